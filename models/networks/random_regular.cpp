#include "models/networks/random_regular.hpp"

#include <fmt/format.h>

#include "models/networks/stub_pairing.hpp"

namespace commonweal::models {

namespace {

Layer regular(AgentId agents, std::uint32_t degree, DrawSequence draws) {
    StubPairing pairing(std::vector<std::uint32_t>(agents, degree));
    pairing.pair(draws);
    if (!pairing.mend(draws))
        throw ConfigError(fmt::format("no simple graph of {} agents with {} neighbors each was found", agents, degree));
    return Layer({agents, pairing.ties(), {}});
}

Layer complement(const Layer& layer) {
    TieList list{layer.agents(), {}, {}};
    for (AgentId i = 0; i < layer.agents(); ++i)
        for (AgentId j = i + 1; j < layer.agents(); ++j)
            if (!layer.tied(i, j)) list.ties.push_back({i, j});
    return Layer(std::move(list));
}

}  // namespace

void RandomRegular::check(const std::string& where) const {
    if (degree >= agents)
        throw ConfigError(
            where, fmt::format("degree is {}; it must be below the number of agents, which is {}", degree, agents));
    const std::uint64_t ends = std::uint64_t{agents} * degree;
    if (ends % 2 != 0)
        throw ConfigError(
            where, fmt::format("{} agents with {} neighbors each have {} ends of ties; the number must be even", agents,
                               degree, ends));
    if (ends > UINT32_MAX)
        throw ConfigError(where, fmt::format("agents * degree is {}; it must be below 4294967296", ends));
}

Network RandomRegular::generate(const Randomness& randomness, std::uint32_t instance) const {
    const DrawSequence draws(randomness, {.stream = Stream::network, .instance = instance});
    const bool dense = 2 * std::uint64_t{degree} > agents - 1u;
    return Network(dense ? complement(regular(agents, agents - 1 - degree, draws)) : regular(agents, degree, draws));
}

}  // namespace commonweal::models
