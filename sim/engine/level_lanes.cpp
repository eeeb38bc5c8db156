#include "sim/engine/level_lanes.hpp"

#include <algorithm>

#include "sim/core/instruction_set.hpp"
#include "sim/engine/decision_parts.hpp"
#include "sim/engine/neighbor_rows.hpp"
#include "sim/model/pairwise_steps.hpp"

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

Layer star_of(std::uint32_t degree) {
    TieList list{.agents = degree + 1, .ties = {}, .weights = {}};
    for (AgentId end = 1; end <= degree; ++end) list.ties.push_back({0, end});
    return Layer(std::move(list));
}

}  // namespace

template <std::size_t width, class Cell>
LevelLanes<width, Cell>::LevelLanes(const EvolutionDesign& design, const Habitat& habitat, const Replicates& replicates)
    : design_(design),
      habitat_(habitat),
      ties_(*habitat.ties()),
      levels_(*habitat.levels()),
      table_(*habitat.acceptance()),
      short_thresholds_(table_, levels_.contributor(), levels_.most()),
      instance_(habitat.instance()),
      replicates_(replicates),
      giving_((std::size_t{habitat.agents()} + 3) / 4 * 4 * width),
      groups_(giving_.size()),
      seen_(design.together || !levels_.linear() ? giving_.size() : 0),
      before_(design.together ? 0 : giving_.size()),
      star_(star_of(ties_.degree(0))),
      near_((std::size_t{ties_.degree(0)} + 1) * width) {
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

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::count_groups() {
    if (counted_) return;
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            for (AgentId host = begin; host < end; ++host) count_group(host);
        });
    });
    counted_ = true;
}

/// Levels and what others see, of the strategies of this moment.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::look_around() {
    if (known_) return;
    count_groups();
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            for (AgentId agent = begin; agent < end; ++agent) see(agent, seen_.data() + std::size_t{agent} * width);
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
void LevelLanes<width, Cell>::see(AgentId agent, Cell* seen) const noexcept {
    const RowsOfNeighbors<width, std::uint8_t> rows(ties_, groups_.data());
    rows.call_ahead(agent);
    std::array<Cell, width> level;
    std::copy_n(rows.of(agent), width, level.begin());
    if (levels_.linear()) rows.add(agent, level);
    const std::uint8_t* const giving = giving_.data() + std::size_t{agent} * width;
    for (std::size_t i = 0; i < width; ++i) seen[i] = static_cast<Cell>(level[i] | (giving[i] << level_bits));
}

template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise(Round round) {
    round_ = round;
    design_.together ? revise_together() : revise_in_turn();
    known_ = false;
    count_givers();
}

/// Revision::together() of a pairwise rule: others are seen as they were, so strategies can be changed at once.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise_together() {
    look_around();
    decide_in_parts<width>(design_.randomness, {.stream = Stream::model, .round = round_, .instance = instance_},
                           std::span<const std::uint32_t, width>(replicates_), agents(), 1,
                           [&](AgentId begin, AgentId end, const std::uint32_t* const* words) {
                               decide(ties_, begin, end, words[0], seen_.data(), giving_.data());
                           });
    counted_ = false;
}

/// Revision::one_by_one() of a pairwise rule, step by step in all lanes.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise_in_turn() {
    constexpr std::size_t part = 8192 / width;  // 32 KB of words
    static_assert(part <= RevisionWords::most && part % 4 == 0);
    count_groups();
    std::copy_n(giving_.data(), giving_.size(), before_.data());
    RevisionPlan plan{&design_.randomness, instance_, 0, round_, design_.steps_of(agents()), 0};
    plan.shared_focal = true;
    FocalAgents agents_in_turn(plan, agents());
    std::vector<std::uint32_t> words(part * width);
    std::array<AgentId, part> focal;
    for (std::uint64_t first = 0; first < plan.steps; first += part) {
        const std::size_t count = std::min<std::uint64_t>(part, plan.steps - first);
        design_.randomness.fill_quads<width>({.stream = Stream::model, .round = round_, .instance = instance_},
                                             std::span<const std::uint32_t, width>(replicates_),
                                             static_cast<std::uint32_t>(first / 4),
                                             static_cast<std::uint32_t>((first + count + 3) / 4), words.data());
        agents_in_turn.fill(first, std::span(focal).first(count));
        for (std::size_t i = 0; i < count; ++i) revise_step(focal[i], words.data() + i * width);
    }
}

/// The focal agent and its neighbors are looked at as a small network of their own.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::revise_step(AgentId focal, const std::uint32_t* words) noexcept {
    const auto models = ties_.neighbors(focal);
    std::uint8_t* const giving = giving_.data() + std::size_t{focal} * width;
    vectorized([&] {
        see(focal, near_.data());
        for (std::size_t which = 0; which < models.size(); ++which)
            see(models[which], near_.data() + (which + 1) * width);
    });
    decide(star_, 0, 1, words, near_.data(), giving);
    vectorized([&] {
        std::array<std::uint8_t, width> change;  // 1, 0, or -1 modulo 2^8
        for (std::size_t i = 0; i < width; ++i)
            change[i] = static_cast<std::uint8_t>(giving[i] - (near_[i] >> level_bits));
        const auto count = [&](AgentId host) {
            std::uint8_t* const group = groups_.data() + std::size_t{host} * width;
            for (std::size_t i = 0; i < width; ++i) group[i] = static_cast<std::uint8_t>(group[i] + change[i]);
        };
        count(focal);
        for (const AgentId host : models) count(host);
    });
}

/// Alone it would have stopped where one strategy had everybody; that step is found by playing the round once more.
template <std::size_t width, class Cell>
std::uint64_t LevelLanes<width, Cell>::steps_made(std::size_t lane) const {
    const std::uint64_t steps = design_.steps_of(agents());
    if (design_.together || (givers_[lane] != 0 && givers_[lane] != agents())) return steps;
    HostedGames games(design_.game, ties_, strategies_of(before_, lane), habitat_.levels());
    RevisionPlan plan{&design_.randomness, instance_, replicates_[lane], round_, steps, 0, &table_};
    plan.shared_focal = true;
    return design_.update->revise_one_by_one(games, plan);
}

/// Strategies of agents begin to end after they looked at their neighbors. Where a processor can it decides faster than
/// loops over lanes.
template <std::size_t width, class Cell>
void LevelLanes<width, Cell>::decide(const Layer& ties, AgentId begin, AgentId end, const std::uint32_t* words,
                                     const Cell* seen, std::uint8_t* giving) const noexcept {
    if constexpr (sizeof(Cell) == 1) {
        const bool whole_blocks = width == 64 || &ties == &ties_;
        if (whole_blocks && short_thresholds_.fits() && has_fast_decisions())
            return decide_fast<width>({&ties, &table_, &short_thresholds_, levels_.contributor(), begin, end, words,
                                       seen, giving, RowsOfNeighbors<width, Cell>::far(ties.agents())});
    }
    vectorized([&] {
        const RowsOfNeighbors<width, Cell> rows(ties, seen);
        const Thresholds thresholds = thresholds_;
        const std::uint32_t models = ties.degree(0);
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
            std::uint8_t* const row = giving + std::size_t{agent} * width;
            for (std::size_t i = 0; i < width; ++i) row[i] = static_cast<std::uint8_t>(row[i] ^ changes[i]);
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
    return strategies_of(giving_, lane);
}

template <std::size_t width, class Cell>
std::vector<std::uint8_t> LevelLanes<width, Cell>::strategies_of(const Plane<std::uint8_t>& giving,
                                                                 std::size_t lane) const {
    std::vector<std::uint8_t> strategies(agents());
    for (AgentId agent = 0; agent < agents(); ++agent)
        strategies[agent] = static_cast<std::uint8_t>(
            giving[std::size_t{agent} * width + lane] ? levels_.contributor() : 1 - levels_.contributor());
    return strategies;
}

template class LevelLanes<16, std::uint8_t>;
template class LevelLanes<16, std::uint16_t>;
template class LevelLanes<64, std::uint8_t>;
template class LevelLanes<64, std::uint16_t>;

}  // namespace commonweal
