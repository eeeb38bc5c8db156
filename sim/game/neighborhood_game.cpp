#include "sim/game/neighborhood_game.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/instruction_set.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

namespace {

template <std::size_t width>
using Row = std::array<float, width>;

}  // namespace

NeighborhoodGame::NeighborhoodGame(const NeighborhoodRules& rules, const NeighborRows& rows)
    : rules_(rules), rows_(rows) {
    if (!rules.weighted) rows_.weights = {};
    for (auto* values : {&others_, &own_return_, &part_, &share_, &spent_, &scale_}) values->reserve(agents());
    for (AgentId agent = 0; agent < agents(); ++agent) {
        double seen = 0;
        for (std::uint64_t k = rows_.offsets[agent]; k < rows_.offsets[agent + 1]; ++k)
            seen += static_cast<double>(weight(k));
        add_agent(agent, seen);
    }
    for (AgentId agent = 0; agent < agents(); ++agent) {
        double returned = static_cast<double>(share_[agent]), pots = 0;
        const auto pot = [&](AgentId host) {
            return static_cast<double>(share_[host]) * (1 + static_cast<double>(others_[host]));
        };
        if (has_pots()) {
            pots = pot(agent);
            for (std::uint64_t k = rows_.offsets[agent]; k < rows_.offsets[agent + 1]; ++k) {
                const AgentId host = rows_.targets[k];
                returned += static_cast<double>(weight(k)) * static_cast<double>(share_[host]);
                pots += pot(host);
            }
        } else {
            pots = rules_.kind == NeighborhoodRules::Kind::donation
                       ? rules_.benefit / rules_.endowment * static_cast<double>(others_[agent])
                       : pot(agent);
        }
        const double part = static_cast<double>(part_[agent]), scale = static_cast<double>(scale_[agent]),
                     spent = static_cast<double>(spent_[agent]);
        const double slope = rules_.kind == NeighborhoodRules::Kind::donation ? -spent : part * returned - spent;
        own_return_.push_back(static_cast<float>(1 + scale * slope));
        const double most = std::max(scale * (spent + std::abs(pots)), static_cast<double>(others_[agent]));
        largest_ = std::max(largest_, rules_.endowment * (1 + most));
    }
}

/// What the agent's own row says: W, s, a, the price of a token and the scale of its payoffs.
void NeighborhoodGame::add_agent(AgentId agent, double seen) {
    const bool donation = rules_.kind == NeighborhoodRules::Kind::donation;
    const auto degree = static_cast<double>(rows_.offsets[agent + 1] - rows_.offsets[agent]);
    const double part = has_pots() && rules_.per_individual ? 1 / (1 + seen) : 1;
    double spent = 1, games = 1;
    if (donation) {
        spent = rules_.cost / rules_.endowment * seen;
        games = std::max(degree, 1.0);
    } else if (has_pots()) {
        spent = rules_.per_individual ? 1 : 1 + seen;
        games = degree + 1;
    }
    others_.push_back(static_cast<float>(seen));
    part_.push_back(static_cast<float>(part));
    share_.push_back(static_cast<float>(rules_.by_enhancement ? rules_.enhancement / (degree + 1) : rules_.mpcr));
    spent_.push_back(static_cast<float>(spent));
    scale_.push_back(static_cast<float>(rules_.average ? 1 / games : 1));
}

bool NeighborhoodGame::has_pots() const noexcept {
    return rules_.kind == NeighborhoodRules::Kind::public_goods && rules_.hosts == NeighborhoodRules::Hosts::all;
}

template <std::size_t width>
void NeighborhoodGame::see(Block block, const float* contributions, float* others_sum, float* paid) const noexcept {
    const bool divided = paid && rules_.per_individual;
    for (AgentId agent = block.begin; agent < block.end; ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        Row<width> sum{}, pot{};
        for (std::size_t lane = 0; lane < width; ++lane) pot[lane] = part_[agent] * contributions[row + lane];
        for (std::uint64_t k = rows_.offsets[agent]; k < rows_.offsets[agent + 1]; ++k) {
            const float* const given = contributions + std::size_t{rows_.targets[k]} * width;
            const float scale = weight(k);
            for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += scale * given[lane];
            if (!divided) continue;
            const float part = part_[rows_.targets[k]] * scale;
            for (std::size_t lane = 0; lane < width; ++lane) pot[lane] += part * given[lane];
        }
        std::copy(sum.begin(), sum.end(), others_sum + row);
        if (!paid) continue;
        if (!divided)
            for (std::size_t lane = 0; lane < width; ++lane) pot[lane] += sum[lane];
        for (std::size_t lane = 0; lane < width; ++lane) paid[row + lane] = share_[agent] * pot[lane];
    }
}

template <std::size_t width>
void NeighborhoodGame::pay(Block block, const float* contributions, const float* others_sum, const float* paid,
                           float* payoffs) const noexcept {
    const auto endowment = static_cast<float>(rules_.endowment);
    const bool donation = rules_.kind == NeighborhoodRules::Kind::donation;
    const auto benefit = static_cast<float>(rules_.benefit / rules_.endowment);
    for (AgentId agent = block.begin; agent < block.end; ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        Row<width> got;
        if (paid) {
            std::copy_n(paid + row, width, got.begin());
            for (std::uint64_t k = rows_.offsets[agent]; k < rows_.offsets[agent + 1]; ++k) {
                const float* const pot = paid + std::size_t{rows_.targets[k]} * width;
                for (std::size_t lane = 0; lane < width; ++lane) got[lane] += pot[lane];
            }
        } else if (donation) {
            for (std::size_t lane = 0; lane < width; ++lane) got[lane] = benefit * others_sum[row + lane];
        } else {
            for (std::size_t lane = 0; lane < width; ++lane)
                got[lane] = share_[agent] * (contributions[row + lane] + others_sum[row + lane]);
        }
        for (std::size_t lane = 0; lane < width; ++lane)
            payoffs[row + lane] = endowment + scale_[agent] * (got[lane] - spent_[agent] * contributions[row + lane]);
    }
}

template <std::size_t width>
void NeighborhoodGame::play(const float* contributions, float* others_sum, float* paid, float* payoffs) const {
    each_block(agents(),
               [&](AgentId begin, AgentId end) {
                   vectorized([&] { see<width>({begin, end}, contributions, others_sum, paid); });
               });
    each_block(agents(),
               [&](AgentId begin, AgentId end) {
                   vectorized([&] { pay<width>({begin, end}, contributions, others_sum, paid, payoffs); });
               });
}

template void NeighborhoodGame::play<1>(const float*, float*, float*, float*) const;
template void NeighborhoodGame::play<8>(const float*, float*, float*, float*) const;
template void NeighborhoodGame::play<16>(const float*, float*, float*, float*) const;

}  // namespace commonweal
