#include <benchmark/benchmark.h>

#include "models/networks/barabasi_albert.hpp"
#include "models/networks/square_lattice.hpp"
#include "models/strategies/loner.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "tests/support/strategies.hpp"

/// Elementary steps (revisions) per second of strategies, one run on one thread. States are of the middle of a run:
/// after some rounds, where most neighbors are alike.
namespace commonweal {
namespace {

template <class Model>
std::shared_ptr<const NetworkGenerator> generator(const Model& model) {
    return std::make_shared<NetworkGeneratorOf<Model>>(model);
}

void measure(benchmark::State& state, EvolutionDesign design, Round rounds) {
    design.rounds = rounds;
    design.every = rounds;
    const Habitat habitat(design, 0);
    std::uint32_t replicate = 0;
    double revisions = 0;
    for (auto _ : state) revisions += evolve(design, habitat, replicate++).revisions;
    state.counters["revisions"] = benchmark::Counter(revisions, benchmark::Counter::kIsRate);
}

void square_lattice(benchmark::State& state) {
    const auto side = static_cast<std::uint32_t>(state.range(0));
    measure(state,
            test::evolution({.enhancement = 4.5}, generator(models::SquareLattice{.width = side, .height = side}),
                            models::Fermi{.strength = 2}),
            static_cast<Round>(4000000 / (side * side) + 1));
}
BENCHMARK(square_lattice)->Arg(100)->Arg(1000)->Unit(benchmark::kMillisecond);

void scale_free_together(benchmark::State& state) {
    auto design =
        test::evolution({.enhancement = 3, .per_individual = state.range(0) == 1},
                        generator(models::BarabasiAlbert{.agents = 1000, .links = 2}), models::ProportionalImitation{});
    design.together = true;
    measure(state, design, 500);
}
BENCHMARK(scale_free_together)->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void volunteers_well_mixed(benchmark::State& state) {
    EvolutionDesign design(test::game_of({}, models::Cooperator{}, models::Defector{}, models::Loner{}),
                           Randomness(Seeds{1, 2, 3}));
    design.places = {{.name = "C", .share = 0.3}, {.name = "D", .share = 0.3}, {.name = "L", .share = 0.4}};
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = 10000;
    design.update = test::update_of(models::ProportionalImitation{});
    measure(state, design, 100);
}
BENCHMARK(volunteers_well_mixed)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace commonweal
