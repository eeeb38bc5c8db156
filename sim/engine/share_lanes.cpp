#include "sim/engine/share_lanes.hpp"

#include <algorithm>
#include <bit>

#include "sim/core/instruction_set.hpp"
#include "sim/engine/decision_parts.hpp"
#include "sim/engine/neighbor_rows.hpp"

namespace commonweal {

namespace {

constexpr AgentId agents_of_meetings = 32;  ///< whose meetings stay in the first cache

}  // namespace

/// Agents, lane by lane, that look at a model with the other strategy. Only there payoffs matter.
struct ShareLanes::Meetings {
    template <class Number>
    using Each = std::array<Number, agents_of_meetings * width>;

    std::size_t size = 0;
    Each<std::size_t> own, model;  ///< cells of the planes
    Each<std::uint32_t> rest;      ///< the random number that decides
    Each<double> own_payoff, model_payoff, span;
    Each<std::uint32_t> threshold;
};

bool ShareLanes::fits(const StrategyGame& game, const Layer& ties) noexcept {
    return game.strategies() == 2 && game.contributes(0) != game.contributes(1) &&
           HostedGames::shares_alike(game, ties);
}

ShareLanes::ShareLanes(const EvolutionDesign& design, const Habitat& habitat, const Replicates& replicates)
    : design_(design),
      ties_(*habitat.ties()),
      games_(design.game, ties_, std::vector<std::uint8_t>(habitat.agents())),
      instance_(habitat.instance()),
      replicates_(replicates),
      giver_(design.game.contributes(0) ? 0 : 1),
      giving_(std::size_t{habitat.agents()} * width),
      next_(giving_.size()),
      shares_(giving_.size()),
      payoffs_(giving_.size()),
      totals_((habitat.agents() + agents_per_block - 1) / agents_per_block) {
    if (design.update->needs_span()) games_.prepare_spans();
    for (std::size_t lane = 0; lane < width; ++lane) {
        const auto start = habitat.placement().draw(design.randomness, instance_, replicates[lane]);
        for (AgentId agent = 0; agent < agents(); ++agent)
            giving_[std::size_t{agent} * width + lane] = start[agent] == giver_;
    }
    play();
}

/// Payoffs of this moment.
void ShareLanes::play() {
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            for (AgentId host = begin; host < end; ++host) share(host);
        });
    });
    each_block(agents(), [&](AgentId begin, AgentId end) {
        vectorized([&] {
            while (begin < end) {
                std::array<double, width>& total = totals_[begin / agents_per_block];
                total.fill(0);
                const auto last = static_cast<AgentId>(std::min<std::size_t>(end, begin + agents_per_block));
                for (; begin < last; ++begin) add_shares(begin, total);
            }
        });
    });
    count_givers();
}

/// What each member of a host's group gets.
void ShareLanes::share(AgentId host) noexcept {
    if (ties_.degree(host) < 255)
        share_counting<std::uint8_t>(host);
    else
        share_counting<std::uint32_t>(host);
}

/// Count: holds the members of the group.
template <class Count>
void ShareLanes::share_counting(AgentId host) noexcept {
    const RowsOfNeighbors<width, std::uint8_t> rows(ties_, giving_.data());
    rows.call_ahead(host);
    std::array<Count, width> contributors;
    std::copy_n(rows.of(host), width, contributors.begin());
    rows.add(host, contributors);
    const double* const table = games_.share_table(host);
    double* const share = shares_.data() + std::size_t{host} * width;
    for (std::size_t i = 0; i < width; ++i) share[i] = table[contributors[i]];
}

/// HostedGames::payoff(): the shares of all pots, then what the agent paid is taken off.
void ShareLanes::add_shares(AgentId agent, std::array<double, width>& total) noexcept {
    const RowsOfNeighbors<width, double> rows(ties_, shares_.data());
    rows.call_ahead(agent);
    std::array<double, width> sum{};
    const double* const own = rows.of(agent);
    for (std::size_t i = 0; i < width; ++i) sum[i] += own[i];
    rows.add(agent, sum);
    // A choice between two numbers by a byte would keep the loop scalar; between their bits it does not.
    const auto others_pay = std::bit_cast<std::uint64_t>(games_.dues(agent, 1 - giver_));
    const auto givers_pay = std::bit_cast<std::uint64_t>(games_.dues(agent, giver_));
    const std::uint8_t* const giving = giving_.data() + std::size_t{agent} * width;
    for (std::size_t i = 0; i < width; ++i) {
        const std::uint64_t gives = 0 - std::uint64_t{giving[i]};  // no bit, or all
        sum[i] -= std::bit_cast<double>(others_pay ^ (gives & (others_pay ^ givers_pay)));
    }
    if (design_.game.rules().average)
        for (std::size_t i = 0; i < width; ++i) sum[i] = games_.averaged(agent, sum[i]);
    std::copy(sum.begin(), sum.end(), payoffs_.data() + std::size_t{agent} * width);
    for (std::size_t i = 0; i < width; ++i) total[i] += sum[i];
}

void ShareLanes::revise(Round round) {
    decide_in_parts<width>(design_.randomness, {.stream = Stream::model, .round = round, .instance = instance_},
                           std::span<const std::uint32_t, width>(replicates_), agents(), 1,
                           [&](AgentId begin, AgentId end, const std::uint32_t* const* words) {
                               revise_part(begin, end, words[0], round);
                           });
    giving_.swap(next_);
    play();
}

/// Revision::together() of a pairwise rule.
void ShareLanes::revise_part(AgentId begin, AgentId end, const std::uint32_t* words, Round round) {
    const DrawKey key{.stream = Stream::accept, .round = round, .instance = instance_};
    std::array<std::uint32_t, 4 * width> accept;
    Meetings meetings;
    while (begin < end) {
        const AgentId last = std::min(begin + agents_of_meetings, end);
        const std::size_t first = std::size_t{begin} * width;
        std::copy_n(giving_.data() + first, std::size_t{last - begin} * width, next_.data() + first);
        meetings.size = 0;
        const auto fill_accept = [&](AgentId agent) {
            design_.randomness.fill_quads<width>(key, std::span<const std::uint32_t, width>(replicates_), agent / 4,
                                                 agent / 4 + 1, accept.data());
        };
        vectorized([&] {
            for (AgentId agent = begin; agent < last; ++agent, words += width) {
                if (ties_.degree(agent) > most_models_of_a_word) fill_accept(agent);
                meet(agent, words, accept.data() + agent % 4 * width, meetings);
            }
        });
        begin = last;
        imitate(meetings);
    }
}

/// accept: words that decide where one word is not enough.
void ShareLanes::meet(AgentId agent, const std::uint32_t* words, const std::uint32_t* accept,
                      Meetings& meetings) const noexcept {
    const auto models = ties_.neighbors(agent);
    if (models.empty()) return;
    const auto number = static_cast<std::uint32_t>(models.size());
    std::array<std::uint32_t, width> which, rest;
    for (std::size_t i = 0; i < width; ++i) {
        const Pick pick = pick_of(words[i], number);
        which[i] = pick.which;
        rest[i] = pick.rest;
    }
    if (number > most_models_of_a_word) std::copy_n(accept, width, rest.begin());
    const std::uint8_t* const giving = giving_.data();
    const std::size_t row = std::size_t{agent} * width;
    std::size_t size = meetings.size;
    for (std::size_t i = 0; i < width; ++i) {  // all are written down, and those that do not matter written over
        const std::size_t model = std::size_t{models[which[i]]} * width + i;
        meetings.own[size] = row + i;
        meetings.model[size] = model;
        meetings.rest[size] = rest[i];
        size += std::size_t{giving[model]} ^ giving[row + i];
    }
    meetings.size = size;
}

void ShareLanes::imitate(Meetings& meetings) noexcept {
    const std::size_t size = meetings.size;
    const double* const payoffs = payoffs_.data();
    for (std::size_t i = 0; i < size; ++i) {
        meetings.own_payoff[i] = payoffs[meetings.own[i]];
        meetings.model_payoff[i] = payoffs[meetings.model[i]];
    }
    if (design_.update->needs_span())
        for (std::size_t i = 0; i < size; ++i)
            meetings.span[i] = games_.span(static_cast<AgentId>(meetings.own[i] / width),
                                           static_cast<AgentId>(meetings.model[i] / width));
    design_.update->thresholds({meetings.own_payoff.data(), meetings.model_payoff.data(), meetings.span.data(), size},
                               meetings.threshold.data());
    std::uint8_t* const gives = next_.data();
    for (std::size_t i = 0; i < size; ++i)
        gives[meetings.own[i]] = static_cast<std::uint8_t>(
            gives[meetings.own[i]] ^ std::uint8_t{accepts(meetings.rest[i], meetings.threshold[i])});
}

void ShareLanes::count_givers() {
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

double ShareLanes::mean_payoff(std::size_t lane) const noexcept {
    double all = 0;
    for (const std::array<double, width>& total : totals_) all += total[lane];
    return all / agents();
}

std::vector<std::uint8_t> ShareLanes::strategies(std::size_t lane) const {
    std::vector<std::uint8_t> strategies(agents());
    for (AgentId agent = 0; agent < agents(); ++agent)
        strategies[agent] = static_cast<std::uint8_t>(giving_[std::size_t{agent} * width + lane] ? giver_ : 1 - giver_);
    return strategies;
}

}  // namespace commonweal
