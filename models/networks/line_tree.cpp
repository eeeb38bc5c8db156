#include "models/networks/line_tree.hpp"

#include <algorithm>
#include <unordered_map>

namespace commonweal::models {

void LineTree::add_depth(std::vector<AgentId> agents, const std::vector<std::uint32_t>& reports) {
    std::vector<std::uint32_t> first{0};
    for (const std::uint32_t count : reports) first.push_back(first.back() + count);
    first_.push_back(std::move(first));
    agents_.push_back(std::move(agents));
}

LineTree::Span LineTree::below(std::uint32_t depth, std::uint32_t i, std::uint32_t steps) const noexcept {
    Span span{i, i + 1};
    for (std::uint32_t step = 0; step < steps; ++step)
        span = {first_[depth + step][span.first], first_[depth + step][span.last]};
    return span;
}

namespace {

/// The pairs of one class, numbered. With near = 0 the number is the position of the lower agent. Otherwise each agent
/// c just below a common superior has a run of numbers: every pair of an agent `far - 1` below c with an agent `near -
/// 1` below another report of the same superior (for near = far: below one further left, so that no pair comes twice).
class NumberedPairs {
public:
    NumberedPairs(const LineTree& tree, std::uint32_t depth, std::uint32_t near, std::uint32_t far)
        : tree_(tree), depth_(depth), near_(near), far_(far) {
        if (near == 0) return;
        ends_.reserve(tree.at(depth + 1).size());
        std::uint64_t end = 0;
        for (std::uint32_t a = 0; a < tree.at(depth).size(); ++a) {
            const LineTree::Span reports = tree.below(depth, a, 1), partners = tree.below(depth, a, near);
            for (std::uint32_t c = reports.first; c < reports.last; ++c)
                ends_.push_back(end += std::uint64_t{tree.below(depth + 1, c, far - 1).size()} *
                                       (before(partners, c) + after(partners, c)));
        }
    }

    std::uint64_t size() const noexcept {
        if (near_ == 0) return tree_.at(depth_ + far_).size();
        return ends_.empty() ? 0 : ends_.back();
    }

    Tie operator[](std::uint64_t number) const {
        if (near_ == 0) return {superior(static_cast<std::uint32_t>(number), far_), at(far_, number)};
        const auto c = static_cast<std::uint32_t>(std::ranges::upper_bound(ends_, number) - ends_.begin());
        if (c > 0) number -= ends_[c - 1];
        const LineTree::Span far = tree_.below(depth_ + 1, c, far_ - 1),
                             partners = tree_.below(depth_, parent(depth_, c), near_);
        const std::uint64_t left = before(partners, c), choices = left + after(partners, c);
        const std::uint64_t partner = number % choices;
        const std::uint64_t other = partner < left ? partners.first + partner : own(c).last + (partner - left);
        return {at(far_, far.first + number / choices), at(near_, other)};
    }

private:
    AgentId at(std::uint32_t steps, std::uint64_t position) const noexcept {
        return tree_.at(depth_ + steps)[position];
    }

    /// Whoever is as far down as the partners, but below c itself.
    LineTree::Span own(std::uint32_t c) const noexcept { return tree_.below(depth_ + 1, c, near_ - 1); }

    std::uint32_t before(const LineTree::Span& partners, std::uint32_t c) const noexcept {
        return own(c).first - partners.first;
    }
    std::uint32_t after(const LineTree::Span& partners, std::uint32_t c) const noexcept {
        return near_ == far_ ? 0 : partners.last - own(c).last;
    }

    /// Position of the superior, at `depth`, of an agent at the next depth.
    std::uint32_t parent(std::uint32_t depth, std::uint32_t position) const noexcept {
        return tree_.superior(depth, position);
    }

    AgentId superior(std::uint32_t position, std::uint32_t steps) const noexcept {
        for (std::uint32_t step = steps; step-- > 0;) position = parent(depth_ + step, position);
        return tree_.at(depth_)[position];
    }

    const LineTree& tree_;
    std::uint32_t depth_, near_, far_;
    std::vector<std::uint64_t> ends_;  ///< [agent below the common superior], end of its run of numbers
};

/// Numbers below `size` without replacement: the shuffle of Fisher & Yates, of which only the places that were touched
/// are kept.
class WithoutReplacement {
public:
    explicit WithoutReplacement(std::uint64_t size) : left_(size) {}

    std::uint64_t draw(DrawSequence& draws) {
        const std::uint64_t place = draws.below(left_--);
        const std::uint64_t last = held(left_), number = held(place);
        moved_[place] = last;
        return number;
    }

private:
    std::uint64_t held(std::uint64_t place) const {
        const auto found = moved_.find(place);
        return found == moved_.end() ? place : found->second;
    }

    std::uint64_t left_;
    std::unordered_map<std::uint64_t, std::uint64_t> moved_;  ///< place -> what it holds now, where that changed
};

}  // namespace

void add_informal_ties(const LineTree& tree, std::uint64_t links, double lambda, double zeta, DrawSequence& draws,
                       std::vector<Tie>& ties) {
    if (links == 0) return;
    std::vector<LinkClass> classes;
    std::vector<NumberedPairs> pairs;
    std::vector<WithoutReplacement> numbers;
    for (std::uint32_t depth = 0; depth < tree.depths(); ++depth)
        for (std::uint32_t far = 1; far < tree.depths() - depth; ++far)
            for (std::uint32_t near = far == 1 ? 1 : 0; near <= far; ++near) {  // near 0, far 1: tied already
                pairs.emplace_back(tree, depth, near, far);
                numbers.emplace_back(pairs.back().size());
                classes.push_back(link_class(depth, near, far, lambda, zeta, pairs.back().size()));
            }
    LinkClassDraw draw(std::move(classes));
    for (std::uint64_t added = 0; added < links; ++added) {
        const std::size_t c = draw.draw(draws);
        ties.push_back(pairs[c][numbers[c].draw(draws)]);
        draw.took_from(c);
    }
}

}  // namespace commonweal::models
