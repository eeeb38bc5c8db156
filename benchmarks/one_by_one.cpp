#include <benchmark/benchmark.h>

#include "benchmarks/simple_reference.hpp"
#include "models/networks/barabasi_albert.hpp"
#include "models/networks/random_regular.hpp"
#include "models/networks/square_lattice.hpp"
#include "models/updates/fermi.hpp"
#include "tests/support/strategies.hpp"

/// What does an elementary step cost when agents revise one after the other, in one run on one thread? Each case stands
/// beside a simple reference: the same network, the same state, the same number of steps. States are of the middle of a
/// run, with both strategies: agents that are alike cost next to nothing.
namespace commonweal {
namespace {

struct Case {
    std::shared_ptr<const NetworkGenerator> network;
    double enhancement;
    Round before, rounds;  ///< that lead to the state, and that are measured
};

constexpr models::Fermi fermi{.strength = 2};

template <class Model>
std::shared_ptr<const NetworkGenerator> generator(const Model& model) {
    return std::make_shared<NetworkGeneratorOf<Model>>(model);
}

void count_steps(benchmark::State& state, double steps) {
    using benchmark::Counter;
    state.counters["step"] = Counter(steps, Counter::kIsIterationInvariantRate | Counter::kInvert);
}

/// The games of a case after its first rounds, and what plays further ones.
class Middle {
public:
    explicit Middle(const Case& what)
        : design_(test::evolution({.enhancement = what.enhancement}, what.network, fermi)),
          habitat_(design_, 0),
          games_(design_.game, *habitat_.ties(), habitat_.placement().draw(design_.randomness, 0, 0),
                 habitat_.levels()) {
        play(games_, 1, what.before);
    }

    void play(HostedGames& games, Round first, Round rounds) const {
        const std::uint64_t steps = games.agents();
        for (Round round = first; round < first + rounds; ++round)
            design_.update->revise_one_by_one(games,
                                              {&design_.randomness, 0, 0, round, steps, 0, habitat_.acceptance()});
    }

    const HostedGames& games() const noexcept { return games_; }
    const Layer& ties() const noexcept { return *habitat_.ties(); }

private:
    EvolutionDesign design_;
    Habitat habitat_;
    HostedGames games_;
};

void engine(benchmark::State& state, const Case& what) {
    const Middle middle(what);
    for (auto _ : state) {
        state.PauseTiming();
        HostedGames games = middle.games();
        state.ResumeTiming();
        middle.play(games, what.before + 1, what.rounds);
    }
    count_steps(state, static_cast<double>(middle.ties().agents()) * what.rounds);
}

void reference(benchmark::State& state, const Case& what) {
    const Middle middle(what);
    const std::uint64_t steps = std::uint64_t{middle.ties().agents()} * what.rounds;
    for (auto _ : state) {
        state.PauseTiming();
        SimpleReference games(middle.ties(), middle.games().strategy(), what.enhancement, fermi.strength);
        state.ResumeTiming();
        for (std::uint64_t step = 0; step < steps; ++step) games.step();
    }
    count_steps(state, static_cast<double>(steps));
}

const Case torus_100{generator(models::SquareLattice{.width = 100, .height = 100}), 4.2, 500, 100};
const Case torus_1000{generator(models::SquareLattice{.width = 1000, .height = 1000}), 4.2, 50, 3};
const Case random_regular{generator(models::RandomRegular{.agents = 10000, .degree = 10}), 9.5, 200, 100};
const Case barabasi_albert{generator(models::BarabasiAlbert{.agents = 10000, .links = 5}), 9.5, 20, 40};

BENCHMARK_CAPTURE(engine, torus_100, torus_100)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reference, torus_100, torus_100)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, torus_1000, torus_1000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reference, torus_1000, torus_1000)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, random_regular, random_regular)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reference, random_regular, random_regular)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(engine, barabasi_albert, barabasi_albert)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(reference, barabasi_albert, barabasi_albert)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace commonweal
