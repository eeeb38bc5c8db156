#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"

namespace commonweal {

/// People with what a laboratory learned of each: first contribution, first belief, and the schedule of the strategy method.
struct SubjectPool {
    std::uint32_t tokens = 0;               ///< S: the schedule has an entry for each mean 0, 1, ..., S of the others
    std::vector<float> first_contribution;  ///< [person], tokens
    std::vector<float> first_belief;        ///< [person], tokens: expected mean contribution of the others in the first round
    std::vector<float> schedule;            ///< [person, S + 1], tokens: contribution if the others give 0 ... S on average

    std::size_t size() const noexcept { return first_contribution.size(); }
};

/// One person of a pool, as a behavior rule sees it.
struct Person {
    float first_contribution = 0;
    float first_belief = 0;
    const float* schedule = nullptr;  ///< [S + 1]
    float top = 0;                    ///< S

    /// The schedule's answer to a belief in [0, S]; between whole tokens linear interpolation.
    float planned(float belief) const noexcept {
        const auto below = static_cast<std::int32_t>(belief < top - 1.0f ? belief : top - 1.0f);
        const float share = belief - static_cast<float>(below);
        return schedule[below] + share * (schedule[below + 1] - schedule[below]);
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
    virtual SubjectDraw draw(const Randomness& randomness, std::uint32_t instance, std::span<const std::uint32_t> replicates,
                             AgentId agents) const = 0;
};

}  // namespace commonweal
