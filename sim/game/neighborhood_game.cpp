#include "sim/game/neighborhood_game.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/core/instruction_set.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

NeighborhoodGame::NeighborhoodGame(const NeighborhoodRules& rules, const NeighborRows& rows)
    : rules_(rules), rows_(rows), sums_(rows) {
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

void NeighborhoodGame::add_up_in(AgentOrder order, OrderedRows rows, bool in_one_lane, bool in_many) {
    order_ = std::move(order);
    ordered_rows_ = std::move(rows);
    moved_ = std::make_unique<const NeighborhoodGame>(
        rules_, NeighborRows{ordered_rows_.offsets, ordered_rows_.targets, ordered_rows_.weights});
    in_one_lane_ = in_one_lane;
    in_many_ = in_many;
}

bool NeighborhoodGame::has_pots() const noexcept {
    return rules_.kind == NeighborhoodRules::Kind::public_goods && rules_.hosts == NeighborhoodRules::Hosts::all;
}

/// formula(agent, cell) for the lanes of the agents of a range.
template <std::size_t width, class Formula>
void NeighborhoodGame::each_cell(Range range, const Formula& formula) noexcept {
    for (std::size_t agent = range.begin; agent < range.end; ++agent)
        for (std::size_t lane = 0; lane < width; ++lane) formula(agent, agent * width + lane);
}

/// pass(range) for ranges of agents whose part of a plane stays in the cache, 16 KB.
template <std::size_t width, class Pass>
void NeighborhoodGame::each_range(const Pass& pass) const {
    constexpr std::size_t most = 4096 / width;
    each_block(agents(), [&](AgentId first, AgentId last) {
        for (std::size_t begin = first; begin < last; begin += most)
            pass(Range{static_cast<AgentId>(begin), static_cast<AgentId>(std::min<std::size_t>(begin + most, last))});
    });
}

template <std::size_t width>
void NeighborhoodGame::see_range(Range range, const float* contributions, float* others_sum,
                                 float* paid) const noexcept {
    if (rows_.weights.empty())
        sums_.add<width>(range.begin, range.end, nullptr, contributions, others_sum);
    else
        sums_.add_scaled<width>(range.begin, range.end, nullptr, rows_.weights.data(), contributions, others_sum);
    if (!paid) return;
    const float *const own = part_.data(), *const share = share_.data();
    if (rules_.per_individual) {
        each_cell<width>(range, [=](std::size_t agent, std::size_t at) { paid[at] = own[agent] * contributions[at]; });
        sums_.add_scaled<width>(range.begin, range.end, paid, divided_.data(), contributions, paid);
        each_cell<width>(range, [=](std::size_t agent, std::size_t at) { paid[at] = share[agent] * paid[at]; });
    } else {
        each_cell<width>(range, [=](std::size_t agent, std::size_t at) {
            paid[at] = share[agent] * (own[agent] * contributions[at] + others_sum[at]);
        });
    }
}

template <std::size_t width>
void NeighborhoodGame::pay_range(Range range, const float* contributions, const float* others_sum, const float* paid,
                                 float* payoffs) const noexcept {
    const auto endowment = static_cast<float>(rules_.endowment);
    const float *const scale = scale_.data(), *const spent = spent_.data(), *const share = share_.data();
    if (paid) {
        sums_.add<width>(range.begin, range.end, paid, paid, payoffs);
        pay_pots<width>(range, contributions, payoffs);
    } else if (rules_.kind == NeighborhoodRules::Kind::donation) {
        const auto benefit = static_cast<float>(rules_.benefit / rules_.endowment);
        each_cell<width>(range, [=](std::size_t agent, std::size_t at) {
            payoffs[at] = endowment + scale[agent] * (benefit * others_sum[at] - spent[agent] * contributions[at]);
        });
    } else {
        each_cell<width>(range, [=](std::size_t agent, std::size_t at) {
            payoffs[at] = endowment + scale[agent] * (share[agent] * (contributions[at] + others_sum[at]) -
                                                      spent[agent] * contributions[at]);
        });
    }
}

/// Payoffs from what all pots of an agent pay it, in place.
template <std::size_t width>
void NeighborhoodGame::pay_pots(Range range, const float* contributions, float* payoffs) const noexcept {
    const auto endowment = static_cast<float>(rules_.endowment);
    const float *const scale = scale_.data(), *const spent = spent_.data();
    each_cell<width>(range, [=](std::size_t agent, std::size_t at) {
        payoffs[at] = endowment + scale[agent] * (payoffs[at] - spent[agent] * contributions[at]);
    });
}

template <std::size_t width>
void NeighborhoodGame::collect(Range range, const std::vector<AgentId>& from_row, const float* from,
                               float* to) noexcept {
    constexpr std::size_t ahead = 16;
    const AgentId* const row = from_row.data();
    const std::size_t last = from_row.size() - 1;
    for (std::size_t i = range.begin; i < range.end; ++i) {
        if (width > 1) __builtin_prefetch(from + std::size_t{row[std::min(i + ahead, last)]} * width);
        std::copy_n(from + std::size_t{row[i]} * width, width, to + i * width);
    }
}

template <std::size_t width>
void NeighborhoodGame::see(const float* contributions, float* others_sum, float* scratch) const {
    if (!ordered<width>()) {
        each_range<width>([&](Range range) {
            vectorized([&] { see_range<width>(range, contributions, others_sum, has_pots() ? scratch : nullptr); });
        });
        return;
    }
    const std::size_t size = std::size_t{agents()} * width;
    float *const given = scratch, *const seen = given + size, *const paid = has_pots() ? seen + size : nullptr;
    each_range<width>(
        [&](Range range) { vectorized([&] { collect<width>(range, order_.agent, contributions, given); }); });
    each_range<width>([&](Range range) { vectorized([&] { moved_->see_range<width>(range, given, seen, paid); }); });
    each_range<width>([&](Range range) { vectorized([&] { collect<width>(range, order_.place, seen, others_sum); }); });
}

template <std::size_t width>
void NeighborhoodGame::pay(const float* contributions, const float* others_sum, float* scratch, float* payoffs,
                           const AfterPart& after) const {
    const bool moved = ordered<width>() && has_pots();
    const std::size_t size = std::size_t{agents()} * width;
    float* const sums = scratch;  // the plane of what agents gave: see() is done with it
    if (moved) {
        const float* const paid = scratch + 2 * size;
        each_range<width>([&](Range range) {
            vectorized([&] { moved_->sums_.template add<width>(range.begin, range.end, paid, paid, sums); });
        });
    }
    each_range<width>([&](Range range) {
        vectorized([&] {
            if (moved) {
                collect<width>(range, order_.place, sums, payoffs);
                pay_pots<width>(range, contributions, payoffs);
            } else {
                pay_range<width>(range, contributions, others_sum, has_pots() ? scratch : nullptr, payoffs);
            }
        });
        if (after) after(range.begin, range.end);
    });
}

template void NeighborhoodGame::see<1>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<1>(const float*, const float*, float*, float*, const AfterPart&) const;
template void NeighborhoodGame::see<8>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<8>(const float*, const float*, float*, float*, const AfterPart&) const;
template void NeighborhoodGame::see<16>(const float*, float*, float*) const;
template void NeighborhoodGame::pay<16>(const float*, const float*, float*, float*, const AfterPart&) const;

}  // namespace commonweal
