#include "models/networks/ring_lattice.hpp"

#include <fmt/format.h>

namespace commonweal::models {

void check_ring(std::uint32_t agents, std::uint32_t degree, const std::string& where) {
    if (degree % 2 != 0)
        throw ConfigError(where,
                          fmt::format("degree is {}; it counts both sides of the ring and must be even", degree));
    if (degree >= agents)
        throw ConfigError(
            where, fmt::format("degree is {}; it must be below the number of agents, which is {}", degree, agents));
}

void RingLattice::check(const std::string& where) const { check_ring(agents, degree, where); }

Network RingLattice::generate(const Randomness&, std::uint32_t) const {
    TieList list{agents, {}, {}};
    list.ties.reserve(std::size_t{agents} * degree / 2);
    for (AgentId i = 0; i < agents; ++i)
        for (AgentId d = 1; d <= degree / 2; ++d)
            list.ties.push_back({i, static_cast<AgentId>((std::uint64_t{i} + d) % agents)});
    return Network(Layer(std::move(list)));
}

}  // namespace commonweal::models
