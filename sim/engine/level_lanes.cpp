#include "sim/engine/level_lanes.hpp"

#include <algorithm>

#include "sim/core/instruction_set.hpp"
#include "sim/engine/decision_parts.hpp"
#include "sim/engine/neighbor_rows.hpp"

namespace commonweal {

namespace {

/// All bits where a number is this one, else none. A comparison would keep the loop scalar.
template <unsigned one, class Cell>
Cell all_where(Cell number) noexcept {
    return static_cast<Cell>(std::min<Cell>(number ^ Cell{one}, 1) - 1);
}

/// The row of the neighbor that each lane picked. No lane looks up memory of its own: all rows are read in full.
template <std::size_t width, class Cell>
std::array<Cell, width> picked(const RowsOfNeighbors<width, Cell>& rows, AgentId agent,
                               const std::array<Cell, width>& which) noexcept {
    const auto models = rows.neighbors(agent);
    std::array<Cell, width> sum{};
    std::size_t k = 0;
    for (; k + 4 <= models.size(); k += 4) {
        const Cell *const a = rows.of(models[k]), *const b = rows.of(models[k + 1]), *const c = rows.of(models[k + 2]),
                          *const d = rows.of(models[k + 3]);
        const auto number = static_cast<Cell>(k);
        for (std::size_t i = 0; i < width; ++i) {
            const auto from = static_cast<Cell>(which[i] - number);
            sum[i] = static_cast<Cell>(sum[i] | (a[i] & all_where<0>(from)) | (b[i] & all_where<1>(from)) |
                                       (c[i] & all_where<2>(from)) | (d[i] & all_where<3>(from)));
        }
    }
    for (; k < models.size(); ++k) {
        const Cell* const a = rows.of(models[k]);
        const auto number = static_cast<Cell>(k);
        for (std::size_t i = 0; i < width; ++i)
            sum[i] = static_cast<Cell>(sum[i] | (a[i] & all_where<0>(static_cast<Cell>(which[i] - number))));
    }
    return sum;
}

}  // namespace

template <std::size_t width, class Cell>
LevelLanes<width, Cell>::LevelLanes(const EvolutionDesign& design, const Habitat& habitat, const Replicates& replicates)
    : design_(design),
      ties_(*habitat.ties()),
      levels_(*habitat.levels()),
      table_(*habitat.acceptance()),
      short_thresholds_(table_, levels_.contributor(), levels_.most()),
      instance_(habitat.instance()),
      replicates_(replicates),
      giving_((std::size_t{habitat.agents()} + 3) / 4 * 4 * width),
      groups_(giving_.size()),
      seen_(giving_.size()) {
    const std::size_t giver = levels_.contributor();
    thresholds_ = {table_.entries().data() + table_.first(1 - giver), static_cast<std::int32_t>(table_.step_own()),
                   static_cast<std::int32_t>(table_.step_model()),
                   static_cast<std::int32_t>(table_.first(giver) - table_.first(1 - giver))};
    for (std::size_t lane = 0; lane < width; ++lane) {
        const auto start = habitat.placement().draw(design.randomness, instance_, replicates[lane]);
        for (AgentId agent = 0; agent < agents(); ++agent)
            giving_[std::size_t{agent} * width + lane] = start[agent] == giver;
    }
    count_givers();
}

/// Groups, levels and what others see, of the strategies of this moment.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::look_around() {
    if (known_) return;
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            for (AgentId host = begin; host < end; ++host) count_group(host);
        });
    });
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            for (AgentId agent = begin; agent < end; ++agent) see(agent);
        });
    });
    known_ = true;
}

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::count_group(AgentId host) noexcept {
    const RowsOfNeighbors<width, std::uint8_t> rows(ties_, giving_.data());
    rows.call_ahead(host);
    std::array<std::uint8_t, width> sum;
    std::copy_n(rows.of(host), width, sum.begin());
    rows.add(host, sum);
    std::ranges::copy(sum, groups_.data() + std::size_t{host} * width);
}

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::see(AgentId agent) noexcept {
    const RowsOfNeighbors<width, std::uint8_t> rows(ties_, groups_.data());
    rows.call_ahead(agent);
    std::array<Cell, width> level;
    std::copy_n(rows.of(agent), width, level.begin());
    if (levels_.linear()) rows.add(agent, level);
    const std::uint8_t* const giving = giving_.data() + std::size_t{agent} * width;
    Cell* const seen = seen_.data() + std::size_t{agent} * width;
    for (std::size_t i = 0; i < width; ++i) seen[i] = static_cast<Cell>(level[i] | (giving[i] << level_bits));
}

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise(Round round) {
    look_around();
    decide_in_parts<width>(
        design_.randomness, {.stream = Stream::model, .round = round, .instance = instance_},
        std::span<const std::uint32_t, width>(replicates_), agents(), 1,
        [&](AgentId begin, AgentId end, const std::uint32_t* const* words) { revise_part(begin, end, words[0]); });
    known_ = false;
    count_givers();
}

/// Revision::together() of a pairwise rule: others are seen as they were, so strategies can be changed at once.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise_part(AgentId begin, AgentId end, const std::uint32_t* words) noexcept {
    if constexpr (sizeof(Cell) == 1)
        if (short_thresholds_.fits() && has_fast_decisions())
            return decide_fast<width>({&ties_, &table_, &short_thresholds_, levels_.contributor(), begin, end, words,
                                       seen_.data(), giving_.data(), RowsOfNeighbors<width, Cell>::far(agents())});
    vectorized([&] {
        const RowsOfNeighbors<width, Cell> rows(ties_, seen_.data());
        const Thresholds thresholds = thresholds_;
        const std::uint32_t models = ties_.degree(0);
        for (AgentId agent = begin; agent < end; ++agent, words += width) {
            rows.call_ahead(agent);
            std::array<Cell, width> which;
            std::array<std::uint32_t, width> rest, needed;
            for (std::size_t i = 0; i < width; ++i) {
                const Pick pick = pick_of(words[i], models);
                which[i] = static_cast<Cell>(pick.which);
                rest[i] = pick.rest;
            }
            const std::array<Cell, width> model = picked(rows, agent, which);
            const Cell* const own = rows.of(agent);
            for (std::size_t i = 0; i < width; ++i) {
                constexpr std::int32_t level = strategy_bit - 1;
                const std::int32_t at = thresholds.step_own * (own[i] & level) +
                                        thresholds.step_model * (model[i] & level) +
                                        thresholds.step_strategy * (own[i] >> level_bits);
                needed[i] = thresholds.entries[at];
            }
            std::array<std::uint8_t, width> changes;
            for (std::size_t i = 0; i < width; ++i) {
                const auto differs = static_cast<std::uint8_t>((own[i] ^ model[i]) >> level_bits);
                const auto accepted = static_cast<std::uint8_t>(accepts(rest[i], needed[i]));
                changes[i] = static_cast<std::uint8_t>(differs & accepted);
            }
            std::uint8_t* const giving = giving_.data() + std::size_t{agent} * width;
            for (std::size_t i = 0; i < width; ++i) giving[i] = static_cast<std::uint8_t>(giving[i] ^ changes[i]);
        }
    });
}

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::count_givers() {
    givers_.fill(0);
    vectorized([&] {
        constexpr AgentId most = 255;  // what a byte can count
        for (AgentId begin = 0; begin < agents(); begin += most) {
            std::array<std::uint8_t, width> sum{};
            for (AgentId agent = begin; agent < std::min(begin + most, agents()); ++agent) {
                const std::uint8_t* const giving = giving_.data() + std::size_t{agent} * width;
                for (std::size_t i = 0; i < width; ++i) sum[i] = static_cast<std::uint8_t>(sum[i] + giving[i]);
            }
            for (std::size_t i = 0; i < width; ++i) givers_[i] += sum[i];
        }
    });
}

template <std::size_t width, class Cell>
double LevelLanes<width, Cell>::mean_payoff(std::size_t lane) {
    if (levels_.linear()) return levels_.mean(std::array{having(lane, 0), having(lane, 1)});
    look_around();
    const std::size_t columns = std::size_t{levels_.most()} + 1;
    const std::size_t giver = levels_.contributor();
    std::vector<std::uint64_t> counts(2 * columns);
    for (AgentId agent = 0; agent < agents(); ++agent) {
        const Cell seen = seen_[std::size_t{agent} * width + lane];
        const std::size_t strategy = seen >> level_bits ? giver : 1 - giver;
        ++counts[strategy * columns + (seen & (strategy_bit - 1))];
    }
    return levels_.mean(counts);
}

template <std::size_t width, class Cell>
std::vector<std::uint8_t> LevelLanes<width, Cell>::strategies(std::size_t lane) const {
    std::vector<std::uint8_t> strategies(agents());
    for (AgentId agent = 0; agent < agents(); ++agent)
        strategies[agent] = static_cast<std::uint8_t>(
            giving_[std::size_t{agent} * width + lane] ? levels_.contributor() : 1 - levels_.contributor());
    return strategies;
}

template class LevelLanes<16, std::uint8_t>;
template class LevelLanes<16, std::uint16_t>;
template class LevelLanes<64, std::uint8_t>;
template class LevelLanes<64, std::uint16_t>;

}  // namespace commonweal
