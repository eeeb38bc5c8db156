#pragma once

#include <algorithm>
#include <array>

#include "sim/model/update.hpp"

namespace commonweal {

/// A random word as a number in (0, 1): the midpoint of one of 2^32 equal cells.
inline double unit_of(std::uint32_t word) noexcept { return (static_cast<double>(word) + 0.5) * 0x1.0p-32; }

/// The random words of the revisions of a round: one sequence per kind of decision, numbered by the revision (the
/// elementary step, or the agent when all revise together).
class RevisionWords {
public:
    /// Whether most revisions ask for their word, or a few do. Many words at once cost less each.
    enum class Asked : std::uint8_t { often, seldom };

    static constexpr std::size_t most = 512;  ///< words at hand

    RevisionWords(const RevisionPlan& plan, Stream stream, std::uint32_t draw, Asked asked = Asked::often) noexcept
        : randomness_(*plan.randomness),
          key_{.stream = stream,
               .draw = draw,
               .round = plan.round,
               .instance = plan.instance,
               .replicate = plan.replicate},
          quads_(static_cast<std::uint32_t>((plan.steps + 3) / 4)),
          asked_(asked) {}

    /// The word of a revision. Cheap when revisions are asked for in increasing order.
    std::uint32_t of(std::uint64_t revision) noexcept {
        if (revision - first_ >= known_) know(revision);
        return words_[revision - first_];
    }

    /// The words of `first`, a multiple of 4, and of what follows it: of `most` revisions, or all that there are.
    const std::uint32_t* from(std::uint64_t first) noexcept {
        if (first != first_ || known_ == 0) know(first);
        return words_.data();
    }

private:
    static constexpr std::uint32_t most_quads = most / 4;

    void know(std::uint64_t revision) noexcept {
        const auto quad = static_cast<std::uint32_t>(revision / 4);
        std::uint32_t count = 1;
        if (asked_ == Asked::often && quad < quads_) count = std::min(most_quads, quads_ - quad);
        if (count == 1)
            std::ranges::copy(randomness_.words(key_, quad), words_.begin());
        else
            randomness_.fill_quads(key_, std::span<const std::uint32_t, 1>{&key_.replicate, 1}, quad, quad + count,
                                   words_.data());
        first_ = std::uint64_t{quad} * 4;
        known_ = std::uint64_t{count} * 4;
    }

    const Randomness& randomness_;
    DrawKey key_;
    std::uint32_t quads_;  ///< of a round
    Asked asked_;
    std::uint64_t first_ = 0, known_ = 0;    ///< revisions whose words are at hand
    std::array<std::uint32_t, most> words_;  // written before it is read: a round may be short
};

}  // namespace commonweal
