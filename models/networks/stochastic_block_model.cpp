#include "models/networks/stochastic_block_model.hpp"

#include <fmt/format.h>

#include <cmath>
#include <numeric>

#include "models/networks/bernoulli_ties.hpp"

namespace commonweal::models {

void StochasticBlockModel::check(const std::string& where) const {
    const std::size_t blocks = sizes.size();
    if (blocks == 0) throw ConfigError(where, "sizes is empty; at least one block is needed");
    for (const double size : sizes)
        if (size != std::floor(size))
            throw ConfigError(where, fmt::format("sizes holds {}; the agents of a block are a whole number", size));
    if (const double all = std::accumulate(sizes.begin(), sizes.end(), 0.0); all > 2e8)
        throw ConfigError(where,
                          fmt::format("sizes add up to {} agents; at most 200000000 are possible", number_text(all)));
    if (!matrix.empty() && matrix.size() != blocks * blocks)
        throw ConfigError(
            where, fmt::format("matrix has {} numbers; {} blocks need {}", matrix.size(), blocks, blocks * blocks));
    for (std::size_t r = 0; r < blocks && !matrix.empty(); ++r)
        for (std::size_t s = 0; s < r; ++s)
            if (probability(r, s) != probability(s, r))
                throw ConfigError(
                    where, fmt::format("matrix is not symmetric: row {} column {} is {}, row {} column {} is {}", r + 1,
                                       s + 1, probability(r, s), s + 1, r + 1, probability(s, r)));
}

Network StochasticBlockModel::generate(const Randomness& randomness, std::uint32_t instance) const {
    const std::size_t blocks = sizes.size();
    std::vector<AgentId> begin{0};
    for (const double size : sizes) begin.push_back(begin.back() + static_cast<AgentId>(size));
    NumberColumn block_of(begin.back());
    for (std::size_t r = 0; r < blocks; ++r)
        std::fill(block_of.begin() + begin[r], block_of.begin() + begin[r + 1], static_cast<double>(r));
    std::vector<BernoulliSkips> coins;
    for (std::size_t r = 0; r < blocks; ++r)
        for (std::size_t s = 0; s < blocks; ++s) coins.emplace_back(probability(r, s));
    TieList list{begin.back(), {}, {}};
    list.ties = ties_by_blocks(list.agents, [&](AgentId first, AgentId last, std::vector<Tie>& ties) {
        for (AgentId i = first; i < last; ++i) {
            DrawSequence draws(randomness, {.stream = Stream::network, .round = i, .instance = instance});
            const auto r = static_cast<std::size_t>(block_of[i]);
            for (std::size_t s = r; s < blocks; ++s)
                coins[r * blocks + s].each(std::max(i + 1, begin[s]), begin[s + 1], draws,
                                           [&](AgentId j) { ties.push_back({i, j}); });
        }
    });
    Attributes attributes;
    attributes.add({"block", std::move(block_of)});
    return Network(Layer(std::move(list)), std::move(attributes));
}

}  // namespace commonweal::models
