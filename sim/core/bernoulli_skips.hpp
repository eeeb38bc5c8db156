#pragma once

#include <cstdint>

#include "sim/core/draw_sequence.hpp"

namespace commonweal {

/// Steps over the members of a range that a coin with probability p leaves out: the gaps are geometric, so the work is
/// that of the chosen ones (Batagelj & Brandes 2005, Phys. Rev. E 71, 036113).
class BernoulliSkips {
public:
    /// p in [0, 1].
    explicit BernoulliSkips(double p) noexcept;

    /// Calls visit(j) for each j in [begin, end) independently with probability p, in increasing order. `end` is below
    /// 2^63. Uses one uniform number for each visit and one more; none when p is 0 or 1.
    template <class Number, class Visit>
    void each(Number begin, Number end, DrawSequence& draws, const Visit& visit) const {
        if (never_) return;
        for (std::uint64_t j = begin + gap(draws); j < end; j += 1 + gap(draws)) visit(static_cast<Number>(j));
    }

private:
    /// Number of failures before the next success, cut at 2^62.
    std::uint64_t gap(DrawSequence& draws) const;

    bool never_, always_;
    double scale_;  ///< 1 / ln(1 - p)
};

}  // namespace commonweal
