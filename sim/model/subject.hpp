#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"

namespace commonweal {

/// People with what a laboratory learned of each: first contribution, first belief, and the schedule of the strategy
/// method.
struct SubjectPool {
    std::uint32_t steps = 0;  ///< S: the schedule has an entry for each mean k/S of the endowment, k = 0 ... S
    std::vector<float> first_contribution;  ///< [person], tokens
    std::vector<float> first_belief;  ///< [person], tokens: expected mean contribution of the others in the first round
    std::vector<float> schedule;      ///< [person, S + 1], tokens: contribution if the others give that on average

    std::size_t size() const noexcept { return first_contribution.size(); }
};

/// One person of a pool, as a behavior rule sees it.
struct Person {
    float first_contribution = 0;      ///< [tokens]
    float first_belief = 0;            ///< [tokens]
    const float* schedules = nullptr;  ///< of the whole pool: loops over lanes read them without a pointer for each
    std::uint32_t first_entry = 0;     ///< where the S + 1 entries of this person's schedule begin [tokens]
    float steps = 0;                   ///< S
    float steps_per_token = 1;         ///< S / e

    /// Where a belief in [0, e] stands on the schedule, in [0, S].
    float position(float belief) const noexcept { return belief * steps_per_token; }

    /// The schedule at a position in [0, S]; between entries linear interpolation. [tokens]
    float planned(float position) const noexcept {
        const auto entry = static_cast<std::int32_t>(position), last = static_cast<std::int32_t>(steps) - 1;
        const std::int32_t below = entry < last ? entry : last;
        const float share = position - static_cast<float>(below);
        const std::uint32_t at = first_entry + static_cast<std::uint32_t>(below);
        const float low = schedules[at], high = schedules[at + 1];
        return low + share * (high - low);
    }
};

/// Which people play in one batch of lanes.
struct SubjectDraw {
    std::shared_ptr<const SubjectPool> pool;
    std::vector<std::uint32_t> person;  ///< [agent, lane], index into the pool
};

/// Where the people of a laboratory run come from: a data file, or a made-up population.
class SubjectSource {
public:
    virtual ~SubjectSource() = default;

    /// Begins with "synthetic" when the people are made up; goes into every results file.
    virtual std::string origin() const = 0;

    /// True when `person` is the row of a subject in the user's file.
    virtual bool has_rows() const noexcept = 0;

    /// Draws a person for each agent in each lane; lane l is replicate replicates[l]. A pure function of its arguments.
    virtual SubjectDraw draw(const Randomness& randomness, std::uint32_t instance,
                             std::span<const std::uint32_t> replicates, AgentId agents) const = 0;
};

}  // namespace commonweal
