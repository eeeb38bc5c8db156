#include <benchmark/benchmark.h>

#include "sim/core/elementary.hpp"
#include "sim/engine/counterfactual.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/record/run_block.hpp"
#include "tests/support/laboratory.hpp"

/// How many laboratory sessions does one thread play per second?
namespace commonweal {
namespace {

/// The design of Fowler & Christakis (2010): 10 sessions of 24 people, 6 rounds per condition.
Experiment fowler_christakis(bool punishment, bool noise) {
    Experiment experiment = test::laboratory();
    experiment.sessions = 10;
    experiment.session_size = 24;
    experiment.group_size = 4;
    experiment.condition_rounds = 6;
    experiment.conditions = punishment ? 2 : 1;
    experiment.sanctioned = {false, true};
    experiment.sanctioned.resize(experiment.conditions);
    models::BeliefSchedule rule;
    rule.rounding = 1;
    rule.belief_noise = noise ? 2.3f : 0.0f;
    rule.contribution_noise = noise ? 4.8f : 0.0f;
    experiment.types = {{test::behavior(rule), 1}};
    experiment.matching = perfect_strangers(24, 4, 6);
    return experiment;
}

template <std::size_t width>
void play_sessions(benchmark::State& state, const Experiment& experiment) {
    const MeetingPlan plan(experiment, 0);
    std::array<std::uint32_t, width> replicates{};
    std::uint32_t next = 0;
    for (auto _ : state) {
        for (auto& replicate : replicates) replicate = next++;
        BlockRecorder recorder(experiment, {}, width);
        Simulation<width> simulation(experiment, plan, replicates);
        simulation.run(recorder);
        benchmark::DoNotOptimize(recorder.take());
    }
    const double sessions = static_cast<double>(state.iterations()) * width * experiment.sessions;
    state.counters["sessions"] = benchmark::Counter(sessions, benchmark::Counter::kIsRate);
    state.counters["decisions"] =
        benchmark::Counter(sessions * experiment.session_size * experiment.rounds(), benchmark::Counter::kIsRate);
}

/// Sixteen replicates in lanes against one at a time: does sharing the schedule pay?
template <std::size_t width>
void basic_condition(benchmark::State& state) {
    play_sessions<width>(state, fowler_christakis(false, false));
}
BENCHMARK(basic_condition<1>);
BENCHMARK(basic_condition<8>);
BENCHMARK(basic_condition<16>);

/// What does normal noise on beliefs and contributions cost?
void basic_condition_with_noise(benchmark::State& state) { play_sessions<16>(state, fowler_christakis(false, true)); }
BENCHMARK(basic_condition_with_noise);

/// Both conditions: what does the sanction stage cost?
void both_conditions(benchmark::State& state) { play_sessions<16>(state, fowler_christakis(true, false)); }
BENCHMARK(both_conditions);

/// Twin runs over all 240 sources of an experiment.
void twin_runs(benchmark::State& state) {
    const Experiment experiment = fowler_christakis(false, false);
    const MeetingPlan plan(experiment, 0);
    std::uint32_t replicate = 0;
    for (auto _ : state) benchmark::DoNotOptimize(cascade(experiment, plan, replicate++, {}));
    state.counters["twins"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * experiment.agents(), benchmark::Counter::kIsRate);
}
BENCHMARK(twin_runs);

/// Philox in lanes: nanoseconds per random word.
void random_words(benchmark::State& state) {
    const Randomness randomness(Seeds{1, 1, 1});
    std::array<std::uint32_t, 16> replicates{};
    std::vector<std::uint32_t> out(240 * 16);
    Round round = 0;
    for (auto _ : state) {
        randomness.fill<16>({.stream = Stream::behavior, .round = ++round}, replicates, 240, out.data());
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 240 * 16);
}
BENCHMARK(random_words);

/// Normal numbers from words.
void normal_numbers(benchmark::State& state) {
    std::vector<std::uint32_t> words(4096);
    std::vector<float> out(4096);
    for (std::uint32_t i = 0; i < 4096; ++i) words[i] = i * 2654435761u;
    for (auto _ : state) {
        for (std::size_t i = 0; i < 4096; ++i) out[i] = normal_of(words[i]);
        benchmark::DoNotOptimize(out.data());
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * 4096);
}
BENCHMARK(normal_numbers);

}  // namespace
}  // namespace commonweal
