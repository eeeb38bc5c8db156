#pragma once

#include "sim/model/network_generator.hpp"

namespace commonweal::models {

/// Agents in blocks; the probability of a tie depends on the two blocks alone.
struct StochasticBlockModel {
    static constexpr std::string_view name = "stochastic_block_model";
    static constexpr std::string_view summary =
        "Agents in blocks; the probability of a tie depends on the blocks of the two.";
    static constexpr std::string_view equation =
        "P(i and j are tied) = p_in within a block, p_out between blocks; or matrix[block of i][block of j]\n"
        "expected degree in block r:  sum over s of n_s * p_rs, less p_rr for the agent itself\n"
        "Agents are numbered block by block; the attribute `block` tells it.";
    static constexpr std::string_view source = "Holland, Laskey & Leinhardt (1983), Social Networks 5, 109-137.";
    static constexpr bool random = true;

    std::vector<double> sizes{250, 250, 250, 250}, matrix;
    double p_in = 0.04, p_out = 0.002;

    static auto parameters() {
        using Self = StochasticBlockModel;
        return std::array{
            Parameter<Self>{"sizes", &Self::sizes, 1, 2e8, "agents", "agents of each block, whole numbers"},
            Parameter<Self>{"p_in", &Self::p_in, 0, 1, "-",
                            "probability of a tie within a block; not read with a matrix"},
            Parameter<Self>{"p_out", &Self::p_out, 0, 1, "-",
                            "probability of a tie between blocks; not read with a matrix"},
            Parameter<Self>{"matrix", &Self::matrix, 0, 1, "-",
                            "p_rs row by row, symmetric, one row per block; empty: p_in and p_out"},
        };
    }

    void check(const std::string& where) const;
    Network generate(const Randomness& randomness, std::uint32_t instance) const;

    /// Probability of a tie between agents of blocks r and s.
    double probability(std::size_t r, std::size_t s) const noexcept {
        return matrix.empty() ? (r == s ? p_in : p_out) : matrix[r * sizes.size() + s];
    }
};
static_assert(NetworkModel<StochasticBlockModel>);

}  // namespace commonweal::models
