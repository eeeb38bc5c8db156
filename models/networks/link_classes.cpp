#include "models/networks/link_classes.hpp"

#include <algorithm>
#include <cmath>

#include "sim/core/elementary.hpp"

namespace commonweal::models {

LinkClass link_class(std::uint32_t depth, std::uint32_t near, std::uint32_t far, double lambda, double zeta,
                     std::uint64_t pairs) {
    const double x = std::sqrt(static_cast<double>(near) * near + static_cast<double>(far) * far - 2);
    return {depth, near, far, -(depth / lambda) - x / zeta, pairs};
}

LinkClassDraw::LinkClassDraw(std::vector<LinkClass> classes) : classes_(std::move(classes)) { scale(); }

std::size_t LinkClassDraw::draw(DrawSequence& draws) const {
    double sum = 0;
    for (std::size_t c = 0; c < classes_.size(); ++c) sum += mass(c);
    double left = draws.uniform() * sum;
    std::size_t last = 0;
    for (std::size_t c = 0; c < classes_.size(); ++c) {
        if (mass(c) == 0) continue;
        last = c;
        if ((left -= mass(c)) < 0) break;
    }
    return last;
}

void LinkClassDraw::took_from(std::size_t c) {
    if (--classes_[c].left == 0) scale();
}

void LinkClassDraw::scale() {
    double largest = -HUGE_VAL;
    for (const LinkClass& pairs : classes_)
        if (pairs.left) largest = std::max(largest, pairs.log_weight);
    weight_.clear();
    for (const LinkClass& pairs : classes_) weight_.push_back(pairs.left ? exp_of(pairs.log_weight - largest) : 0);
}

}  // namespace commonweal::models
