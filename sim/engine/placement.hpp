#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/network/network.hpp"

namespace commonweal {

/// Who is of a type: by chance with a share, or exactly `count` agents, or those that are named, or those with an
/// attribute.
struct TypePlace {
    enum class Where : std::uint8_t { random, cluster, hubs };

    std::string name;  ///< for messages
    double share = 1;  ///< probability, for an agent that no other way places; of all such types together 1
    std::optional<std::uint32_t> count = {};  ///< exactly so many, be it 0
    Where place = Where::random;              ///< of `count` agents
    std::vector<std::string> who = {};        ///< names of agents
    std::string attribute = {}, value = {};   ///< all agents with this value

    bool by_share() const noexcept { return !count && who.empty() && attribute.empty(); }
};

/// Types of the agents of one network instance. What does not differ between replicates is found once.
///
/// Named agents and attributes come first, then exact numbers in the order of the types, each among the agents that are
/// still free, then shares. random: each set of `count` free agents is as likely. cluster: a random free agent, then
/// the free agents nearest to it, by distance and number. hubs: by degree, then number.
class Placement {
public:
    /// `ties` may be null for a population without network. `network` too; both must outlive the placement. Throws
    /// ConfigError for a name or attribute that the network does not have, an agent that two types claim, more agents
    /// than there are, or agents that no type takes.
    Placement(std::vector<TypePlace> types, AgentId agents, const Network* network, const Layer* ties);

    /// Type of each agent in one replicate. A pure function of the seeds, instance and replicate.
    std::vector<std::uint8_t> draw(const Randomness& randomness, std::uint32_t instance, std::uint32_t replicate) const;

private:
    void claim(std::uint8_t type, AgentId agent);
    void claim_named(std::uint8_t type);
    void claim_attribute(std::uint8_t type);
    std::vector<AgentId> cluster(AgentId source, const std::vector<std::uint8_t>& types) const;

    std::vector<TypePlace> places_;
    AgentId agents_;
    const Network* network_;
    const Layer* ties_;
    std::vector<std::uint8_t> fixed_;  ///< [agent]: its type, or `free`
    std::vector<AgentId> hubs_;        ///< by degree, when some type asks
};

}  // namespace commonweal
