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

/// Sums over the neighbors of an agent, in their order, of the rows of a plane.
template <std::size_t width>
class NeighborSums {
public:
    NeighborSums(const NeighborRows& rows, const float* plane)
        : offsets_(rows.offsets.data()),
          targets_(rows.targets.data()),
          last_(rows.targets.size()),
          plane_(plane),
          far_(std::size_t{rows.agents()} * width * sizeof(float) > cached) {}

    void add(AgentId agent, Row<width>& sum) const noexcept {
        std::uint64_t k = offsets_[agent];
        const std::uint64_t end = offsets_[agent + 1];
        if (far_) call(k, end);
        // Several rows in one expression: the sum would otherwise travel through memory for each of them.
        for (; k + 8 <= end; k += 8) {
            const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3),
                               *const e = row(k + 4), *const f = row(k + 5), *const g = row(k + 6),
                               *const h = row(k + 7);
            for (std::size_t i = 0; i < width; ++i)
                sum[i] = (((((((sum[i] + a[i]) + b[i]) + c[i]) + d[i]) + e[i]) + f[i]) + g[i]) + h[i];
        }
        for (; k + 4 <= end; k += 4) {
            const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3);
            for (std::size_t i = 0; i < width; ++i) sum[i] = (((sum[i] + a[i]) + b[i]) + c[i]) + d[i];
        }
        for (; k + 2 <= end; k += 2) {
            const float *const a = row(k), *const b = row(k + 1);
            for (std::size_t i = 0; i < width; ++i) sum[i] = (sum[i] + a[i]) + b[i];
        }
        if (k < end) {
            const float* const a = row(k);
            for (std::size_t i = 0; i < width; ++i) sum[i] = sum[i] + a[i];
        }
    }

    /// Row k counts scale[k] times.
    void add_scaled(AgentId agent, const float* scale, Row<width>& sum) const noexcept {
        std::uint64_t k = offsets_[agent];
        const std::uint64_t end = offsets_[agent + 1];
        if (far_) call(k, end);
        for (; k + 4 <= end; k += 4) {
            const float *const a = row(k), *const b = row(k + 1), *const c = row(k + 2), *const d = row(k + 3);
            const float p = scale[k], q = scale[k + 1], r = scale[k + 2], s = scale[k + 3];
            for (std::size_t i = 0; i < width; ++i) sum[i] = (((sum[i] + p * a[i]) + q * b[i]) + r * c[i]) + s * d[i];
        }
        for (; k < end; ++k) {
            const float* const a = row(k);
            const float p = scale[k];
            for (std::size_t i = 0; i < width; ++i) sum[i] = sum[i] + p * a[i];
        }
    }

private:
    static constexpr std::size_t cached = 1u << 20;  ///< bytes of a plane that a core has close at hand
    static constexpr std::uint64_t ahead = 16;       ///< rows between asking for one and reading it

    const float* row(std::uint64_t k) const noexcept { return plane_ + std::size_t{targets_[k]} * width; }

    void call(std::uint64_t k, std::uint64_t end) const noexcept {
        end = std::min<std::uint64_t>(end + ahead, last_);
        for (k = std::min(k + ahead, end); k < end; ++k) __builtin_prefetch(row(k));
    }

    const std::uint64_t* offsets_;
    const AgentId* targets_;
    std::uint64_t last_;
    const float* plane_;
    bool far_;
};

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
    if (has_pots() && rules_.per_individual)
        for (std::uint64_t k = 0; k < rows_.targets.size(); ++k)
            divided_.push_back(part_[rows_.targets[k]] * weight(k));
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
void NeighborhoodGame::see_block(Block block, const float* contributions, float* others_sum,
                                 float* paid) const noexcept {
    const bool divided = paid && rules_.per_individual;
    const NeighborSums<width> sums(rows_, contributions);
    for (AgentId agent = block.begin; agent < block.end; ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        Row<width> sum{}, pot;
        for (std::size_t lane = 0; lane < width; ++lane) pot[lane] = part_[agent] * contributions[row + lane];
        rows_.weights.empty() ? sums.add(agent, sum) : sums.add_scaled(agent, rows_.weights.data(), sum);
        std::copy(sum.begin(), sum.end(), others_sum + row);
        if (!paid) continue;
        if (divided)
            sums.add_scaled(agent, divided_.data(), pot);
        else
            for (std::size_t lane = 0; lane < width; ++lane) pot[lane] += sum[lane];
        for (std::size_t lane = 0; lane < width; ++lane) paid[row + lane] = share_[agent] * pot[lane];
    }
}

template <std::size_t width>
void NeighborhoodGame::pay_block(Block block, const float* contributions, const float* others_sum, const float* paid,
                                 float* payoffs) const noexcept {
    const auto endowment = static_cast<float>(rules_.endowment);
    const bool donation = rules_.kind == NeighborhoodRules::Kind::donation;
    const auto benefit = static_cast<float>(rules_.benefit / rules_.endowment);
    const NeighborSums<width> pots(rows_, paid);
    for (AgentId agent = block.begin; agent < block.end; ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        Row<width> got;
        if (paid) {
            std::copy_n(paid + row, width, got.begin());
            pots.add(agent, got);
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
void NeighborhoodGame::see(const float* contributions, float* others_sum, float* paid) const {
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] { see_block<width>({begin, end}, contributions, others_sum, paid); });
    });
}

template <std::size_t width>
void NeighborhoodGame::pay(const float* contributions, const float* others_sum, const float* paid, float* payoffs,
                           const AfterPart& after) const {
    constexpr std::size_t part = 4096 / width;  // 16 KB of a plane
    each_block(agents(), [&](AgentId first, AgentId last) {
        for (std::size_t begin = first; begin < last; begin += part) {
            const Block block{static_cast<AgentId>(begin),
                              static_cast<AgentId>(std::min<std::size_t>(begin + part, last))};
            vectorized([&] { pay_block<width>(block, contributions, others_sum, paid, payoffs); });
            if (after) after(block.begin, block.end);
        }
    });
}

template void NeighborhoodGame::see<1>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<1>(const float*, const float*, const float*, float*, const AfterPart&) const;
template void NeighborhoodGame::see<8>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<8>(const float*, const float*, const float*, float*, const AfterPart&) const;
template void NeighborhoodGame::see<16>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<16>(const float*, const float*, const float*, float*, const AfterPart&) const;

}  // namespace commonweal
