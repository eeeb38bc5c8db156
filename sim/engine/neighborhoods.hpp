#pragma once

#include <memory>
#include <string>
#include <vector>

#include "sim/engine/placement.hpp"
#include "sim/engine/rewiring.hpp"
#include "sim/game/neighborhood_game.hpp"
#include "sim/model/network_generator.hpp"

namespace commonweal {

/// How agents with behavior rules meet on a network: what all its runs have in common. Immutable while they are
/// computed.
struct NetworkDesign {
    std::shared_ptr<const NetworkGenerator> generator;
    std::shared_ptr<const Network> first;  ///< network of instance 0; of all instances unless the generator is random
    std::string layer;                     ///< played on; "" is the first
    bool keep_lonely = false;              ///< agents without a neighbor are no error
    std::vector<TypePlace> places;         ///< [type]
    std::vector<std::string> starts;       ///< [type]: attribute with the contributions of round 1, or ""
    NeighborhoodRules rules;
    bool whole_tokens = false;
    TieDesign ties;

    /// Generates the network of instance 0.
    void prepare(const Randomness& randomness);
};

/// Where the runs of one network instance take place.
class Neighborhoods {
public:
    /// `design` must outlive it. Throws ConfigError when the number of agents differs from that of instance 0, the
    /// layer is unknown, has no weights that count or weights although ties change, types cannot be placed, agents have
    /// no neighbor, first contributions are not numbers in [0, e] (whole ones when tokens are whole), or payoffs would
    /// be too large for exact sums.
    Neighborhoods(const NetworkDesign& design, const Randomness& randomness, std::uint32_t instance);

    const Network& network() const noexcept { return *network_; }
    const Layer& ties() const noexcept { return *ties_; }
    const std::string& layer_name() const noexcept { return layer_name_; }
    const NeighborhoodGame& game() const noexcept { return *game_; }
    const Placement& placement() const noexcept { return *placement_; }

    /// Contributions of round 1 of the agents of a type, [agent]; nullptr when the rule decides.
    const float* start(std::size_t type) const noexcept {
        return starts_[type].empty() ? nullptr : starts_[type].data();
    }

private:
    void choose_layer(const std::string& wanted);
    void check_weights(const NetworkDesign& design) const;
    void check_sums(const NetworkDesign& design) const;

    std::shared_ptr<const Network> network_;
    std::string layer_name_;
    const Layer* ties_ = nullptr;
    std::unique_ptr<const NeighborhoodGame> game_;
    std::unique_ptr<const Placement> placement_;
    std::vector<std::vector<float>> starts_;  ///< [type], [agent] or empty
};

}  // namespace commonweal
