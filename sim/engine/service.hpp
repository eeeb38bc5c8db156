#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/engine/placement.hpp"
#include "sim/model/behavior.hpp"
#include "sim/model/network_generator.hpp"
#include "sim/model/policy.hpp"

namespace commonweal {

/// One type of agent of a service.
struct ServiceType {
    std::shared_ptr<const Behavior> behavior;
    double endowment = 1;  ///< share of the game's endowment that such an agent has [-]
};

/// What agents expect others to give, and how they learn it: b <- b + weight * (seen - b).
struct Beliefs {
    std::array<float, pots> first{0.4f, 0.3f};  ///< mean of the first beliefs, share of the endowment [-]
    float spread = 0.15f;                       ///< their standard deviation between agents, share of the endowment [-]
    float weight = 0.42f;                       ///< of what is seen in a round [-]
};

/// Crowding out: what control takes of the intrinsic motivation, and how that comes back.
struct CrowdingOut {
    enum class Kind : std::uint8_t { categorical, marginal };

    Kind kind = Kind::categorical;
    float strength = 0;  ///< chi, per token given when there is any control, or per token of expected fine [-]
    float recovery = 0;  ///< rho, share of the loss that comes back per round without control [per round]
};

/// People who come and go, and who are moved.
struct Turnover {
    float rate = 0;            ///< probability that an agent is replaced by a newcomer [per round]
    Round every = 0;           ///< rounds between reorganizations; 0: none
    double reorganized = 0.5;  ///< share of the staff that changes places in one [-]
};

/// How a policy is introduced.
struct Rollout {
    enum class Kind : std::uint8_t { big_bang, pilot_and_scale, churn };
    enum class Outcome : std::uint8_t { both, local, system };

    Kind kind = Kind::big_bang;
    std::uint32_t pairs = 6;          ///< k, matched pairs of units of a pilot
    Round rounds = 10;                ///< T, of a pilot; of a turn in churn
    double critical = 0;              ///< the pilot is extended when its t statistic is larger
    Outcome outcome = Outcome::both;  ///< what a pilot is judged by: contributions to these pots
};

/// A policy with the time, the place and the money that it has.
struct PolicyInForce {
    std::string name;   ///< of its table
    std::string where;  ///< for messages
    std::shared_ptr<const Policy> policy;
    Round start = 1, end = 0;                ///< first and last round in force
    std::vector<std::uint32_t> roles;        ///< in scope; empty: all
    std::vector<std::string> organizations;  ///< in scope; empty: all
    double share = 1;                        ///< of the units in scope
    double budget = -1;                      ///< public money for the whole run [tokens]; below 0: as much as it takes
    Rollout rollout;
    std::uint32_t key = 0;  ///< of its random numbers
};

/// Everything that all runs of a service have in common. Immutable while runs are computed.
struct ServiceDesign {
    TwoPots game;
    Round rounds = 60;
    std::vector<ServiceType> types;
    std::vector<TypePlace> places;  ///< [type]
    std::vector<PolicyInForce> policies;
    Beliefs beliefs;
    CrowdingOut crowding_out;
    Turnover turnover;
    std::shared_ptr<const NetworkGenerator> generator;
    std::shared_ptr<const Network> first;  ///< network of instance 0
    std::string layer;                     ///< that agents see along; "": all
    bool keep_agents = false;              ///< what every agent does in every round
    Randomness randomness{Seeds{}};

    /// Generates the network of instance 0.
    void prepare();

    /// A policy decides from the state who belongs where: runs are computed one by one.
    bool changes_structure() const noexcept;

    Round last_round(const PolicyInForce& policy) const noexcept {
        return policy.end == 0 || policy.end > rounds ? rounds : policy.end;
    }
};

/// Where the runs of one network instance take place.
class ServicePlace {
public:
    /// `design` must outlive it. Throws ConfigError when agents or organizations differ from those of instance 0, types
    /// cannot be placed, a scope names what there is not or has nobody in it, a pilot has too few units, an
    /// organization is so small that giving to it pays for the giver, or a policy cannot be had on this network.
    ServicePlace(const ServiceDesign& design, std::uint32_t instance);

    std::uint32_t instance() const noexcept { return instance_; }
    const Network& network() const noexcept { return *network_; }
    const Organizations& organizations() const noexcept { return *organizations_; }
    const Layer& ties() const noexcept { return *ties_; }
    const Placement& placement() const noexcept { return *placement_; }
    ServiceGround ground() const noexcept { return {*network_, *organizations_, *ties_}; }

    /// [agent]: 1 when the policy may concern it.
    const std::vector<std::uint8_t>& scope(std::size_t policy) const noexcept { return scopes_[policy]; }

    /// Pairs of units of a policy's pilot, matched by organization and size; empty without a pilot.
    const std::vector<std::pair<std::uint32_t, std::uint32_t>>& pilot(std::size_t policy) const noexcept {
        return pilots_[policy];
    }

private:
    void check_returns(const ServiceDesign& design) const;
    void choose_scopes(const ServiceDesign& design);
    void choose_pilots(const ServiceDesign& design);

    std::uint32_t instance_;
    std::shared_ptr<const Network> network_;
    std::unique_ptr<const Organizations> organizations_;
    std::unique_ptr<const Layer> ties_;
    std::unique_ptr<const Placement> placement_;
    std::vector<std::vector<std::uint8_t>> scopes_;
    std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> pilots_;
};

}  // namespace commonweal
