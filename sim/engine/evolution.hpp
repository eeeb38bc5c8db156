#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "sim/engine/placement.hpp"
#include "sim/model/network_generator.hpp"
#include "sim/model/update.hpp"

namespace commonweal {

/// Everything that all runs of strategies in one scenario have in common. Immutable while runs are computed.
struct EvolutionDesign {
    enum class Meeting : std::uint8_t { neighborhoods, well_mixed, splitting_groups };

    EvolutionDesign(const StrategyGame& game_, const Randomness& randomness_) : game(game_), randomness(randomness_) {}

    StrategyGame game;
    Meeting meeting = Meeting::neighborhoods;
    std::vector<TypePlace> places;  ///< [strategy]

    std::shared_ptr<const NetworkGenerator> generator;  ///< of neighborhoods
    std::string layer;                                  ///< played on; "" is the first
    bool keep_lonely = false;                           ///< agents without a neighbor are no error

    AgentId population = 100;      ///< of a well-mixed population
    std::uint32_t group_size = 5;  ///< drawn from it; of splitting groups the largest size
    std::uint32_t groups = 10;     ///< number of splitting groups
    double split = 0.001;          ///< probability that a group that grew beyond its size splits
    double migration = 0;          ///< probability that an offspring joins another group

    std::shared_ptr<const Update> update;
    bool together = false;      ///< synchronous
    bool shared_focal = false;  ///< asynchronous: all replicates of an instance have the same focal agents
    std::uint64_t steps = 0;    ///< elementary steps of an asynchronous round; 0: one per agent
    double mutation = 0;        ///< per revision

    Round rounds = 10;
    Round every = 1;   ///< recorded rounds are 0, every, 2 every, ...
    Round window = 1;  ///< last rounds over which late means are taken
    bool keep_strategies = false;
    Randomness randomness;

    /// Elementary steps of a round.
    std::uint64_t steps_of(AgentId agents) const noexcept { return steps > 0 && !together ? steps : agents; }

    std::size_t recorded() const noexcept { return rounds / every + 1; }
};

/// Where the runs of one network instance take place.
class Habitat {
public:
    /// Throws ConfigError when the types cannot be placed, the layer is unknown or has no weights that count, or agents
    /// have no neighbor.
    Habitat(const EvolutionDesign& design, std::uint32_t instance);

    std::uint32_t instance() const noexcept { return instance_; }
    AgentId agents() const noexcept { return agents_; }
    const Layer* ties() const noexcept { return ties_; }  ///< null without a network
    const std::optional<Network>& network() const noexcept { return network_; }
    const Placement& placement() const noexcept { return *placement_; }
    const std::shared_ptr<const GroupTable>& groups() const noexcept { return groups_; }  ///< well mixed, or null

    /// Payoffs on the network as a function of a whole number, and what the update rule makes of them; or null.
    const std::shared_ptr<const PayoffLevels>& levels() const noexcept { return levels_; }
    const AcceptanceTable* acceptance() const noexcept { return acceptance_ ? &*acceptance_ : nullptr; }

private:
    std::uint32_t instance_;
    std::optional<Network> network_;
    const Layer* ties_ = nullptr;
    AgentId agents_ = 0;
    std::optional<Placement> placement_;
    std::shared_ptr<const GroupTable> groups_;
    std::shared_ptr<const PayoffLevels> levels_;
    std::optional<AcceptanceTable> acceptance_;
};

/// What one run left behind. Round 0 is the state before anybody revised.
struct EvolutionTrace {
    std::vector<double> share;             ///< [recorded, strategy]
    std::vector<double> payoff;            ///< [recorded], mean over agents
    std::vector<double> fund_cost;         ///< [recorded], spent by the fund per agent; empty without a fund
    std::vector<double> late_share;        ///< [strategy], mean over the last `window` rounds
    std::vector<std::uint8_t> strategies;  ///< [recorded, agent], when kept
    std::int32_t absorbed = -1;            ///< strategy that took over everybody and cannot be displaced, or -1
    double absorption_steps =
        0;  ///< elementary steps until then; synchronous: rounds times agents; NaN when not absorbed
    double steps_per_round = 0;
    double revisions = 0;  ///< elementary steps that were made
};

/// Plays one run. A pure function of design, instance and replicate.
EvolutionTrace evolve(const EvolutionDesign& design, const Habitat& habitat, std::uint32_t replicate);

}  // namespace commonweal
