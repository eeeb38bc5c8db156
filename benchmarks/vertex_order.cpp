#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <random>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/engine/plane.hpp"
#include "sim/game/ordered_sums.hpp"

/// What does it bring to add up a round of the game in an order in which neighbors lie close together, on networks
/// whose agents are numbered by chance, and what does it cost to find the order? One thread; 10^6 agents.
///     Arguments: network 0 torus, k = 4; 1 small world, k = 10, 5 % of the ties lead anywhere; 2 communities of 1000,
///     k = 10, 10 % lead out; 3 ties anywhere, k = 10. Order 0: as numbered, 1: in that order, wanted or not. "wanted"
///     tells what sim/game/ordered_sums.cpp decides.
namespace commonweal {
namespace {

constexpr AgentId agents = 1'000'000;

Layer network(std::int64_t kind) {
    std::mt19937 words(1);
    const auto anybody = [&] { return static_cast<AgentId>(words() % agents); };
    std::vector<AgentId> number(agents);
    std::iota(number.begin(), number.end(), 0);
    std::shuffle(number.begin(), number.end(), words);
    std::vector<Tie> ties;
    const auto tie = [&](AgentId a, AgentId b) {
        if (a != b) ties.push_back({number[a], number[b]});
    };
    constexpr AgentId side = 1000, community = 1000;
    for (AgentId at = 0; at < agents; ++at) {
        if (kind == 0) {
            tie(at, at / side * side + (at + 1) % side);
            tie(at, (at + side) % agents);
            continue;
        }
        for (AgentId j = 1; j <= 5; ++j) {
            if (kind == 1) tie(at, words() % 20 == 0 ? anybody() : (at + j) % agents);
            if (kind == 2) tie(at, words() % 10 == 0 ? anybody() : at / community * community + anybody() % community);
            if (kind == 3) tie(at, anybody());
        }
    }
    return Layer({agents, std::move(ties), {}}, Duplicates::merge);
}

template <std::size_t width>
void round_of_the_game(benchmark::State& state) {
    const Layer ties = network(state.range(0));
    NeighborhoodGame game({.enhancement = 3, .by_enhancement = true}, {ties.offsets(), ties.targets(), {}});
    order_sums(game, ties);
    const bool wanted = game.scratch_planes<width>() == 3;
    NeighborhoodGame played({.enhancement = 3, .by_enhancement = true}, {ties.offsets(), ties.targets(), {}});
    if (state.range(1) == 1) {
        AgentOrder order = reverse_cuthill_mckee(ties);
        OrderedRows rows = rows_in_order(ties, order);
        played.add_up_in(std::move(order), std::move(rows), true, true);
    }
    Plane<float> given(agents * width), seen(agents * width), payoffs(agents * width),
        scratch(agents * width * played.scratch_planes<width>());
    std::mt19937 words(2);
    for (std::size_t at = 0; at < given.size(); ++at) given[at] = static_cast<float>(words() % 21);
    with_threads(1, [&] {
        for (auto _ : state) {
            played.see<width>(given.data(), seen.data(), scratch.data());
            played.pay<width>(given.data(), seen.data(), scratch.data(), payoffs.data());
            benchmark::DoNotOptimize(payoffs[0]);
        }
    });
    state.counters["wanted"] = wanted;
    state.counters["updates"] =
        benchmark::Counter(static_cast<double>(given.size()), benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(round_of_the_game<1>)->ArgsProduct({{0, 1, 2, 3}, {0, 1}})->Unit(benchmark::kMillisecond);
BENCHMARK(round_of_the_game<16>)->ArgsProduct({{0, 1, 2, 3}, {0, 1}})->Unit(benchmark::kMillisecond);

void finding_the_order(benchmark::State& state) {
    const Layer ties = network(state.range(0));
    for (auto _ : state) benchmark::DoNotOptimize(rows_in_order(ties, reverse_cuthill_mckee(ties)).targets.data());
}
BENCHMARK(finding_the_order)->DenseRange(0, 3)->Unit(benchmark::kMillisecond);

void finding_that_there_is_none(benchmark::State& state) {
    const Layer ties = network(3);
    NeighborhoodGame game({}, {ties.offsets(), ties.targets(), {}});
    for (auto _ : state) order_sums(game, ties);
}
BENCHMARK(finding_that_there_is_none)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace commonweal
