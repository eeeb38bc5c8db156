#include "models/networks/simple_graphs.hpp"

namespace commonweal::models {

Network Complete::generate(const Randomness&, std::uint32_t) const {
    TieList list{agents, {}, {}};
    list.ties.reserve(std::size_t{agents} * (agents - 1) / 2);
    for (AgentId i = 0; i < agents; ++i)
        for (AgentId j = i + 1; j < agents; ++j) list.ties.push_back({i, j});
    return Network(Layer(std::move(list)));
}

Network Star::generate(const Randomness&, std::uint32_t) const {
    TieList list{agents, {}, {}};
    list.ties.reserve(agents - 1);
    for (AgentId i = 1; i < agents; ++i) list.ties.push_back({0, i});
    return Network(Layer(std::move(list)));
}

}  // namespace commonweal::models
