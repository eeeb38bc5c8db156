#include <benchmark/benchmark.h>

#include <numeric>

#include "models/networks/barabasi_albert.hpp"
#include "models/networks/random_regular.hpp"
#include "models/networks/square_lattice.hpp"
#include "models/updates/fermi.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/evolution_lanes.hpp"
#include "tests/support/strategies.hpp"

/// What does the revision of one agent cost when all revise together, payoffs included: one replicate alone, and per
/// replicate of those that are computed in lanes? Fermi imitation of cooperators and defectors where both live on: the
/// strength and the enhancement are those at which they do. The argument is the number of lanes. One thread.
namespace commonweal {
namespace {

template <class Model>
std::shared_ptr<const NetworkGenerator> generator(const Model& model) {
    return std::make_shared<NetworkGeneratorOf<Model>>(model);
}

void measure(benchmark::State& state, std::shared_ptr<const NetworkGenerator> network, double enhancement,
             Round rounds) {
    EvolutionDesign design = test::evolution({.enhancement = enhancement}, std::move(network), models::Fermi{});
    design.together = true;
    design.rounds = design.every = rounds;
    const Habitat habitat(design, 0);
    std::vector<std::uint32_t> replicates(static_cast<std::size_t>(state.range(0)));
    std::iota(replicates.begin(), replicates.end(), 0u);
    double revisions = 0;
    with_threads(1, [&] {
        for (auto _ : state) {
            for (const EvolutionTrace& trace : evolve(design, habitat, replicates, replicates.size()))
                revisions += trace.revisions;
            for (std::uint32_t& replicate : replicates) replicate += static_cast<std::uint32_t>(replicates.size());
        }
    });
    // Inverted rate: seconds per revision.
    state.counters["update"] = benchmark::Counter(revisions, benchmark::Counter::kIsRate | benchmark::Counter::kInvert);
}

void torus(benchmark::State& state) {
    const auto side = static_cast<std::uint32_t>(state.range(1));
    measure(state, generator(models::SquareLattice{.width = side, .height = side}), 4.2, side == 100 ? 300 : 20);
}
BENCHMARK(torus)->ArgsProduct({{1, 16, 64}, {100, 1000}})->Unit(benchmark::kMillisecond);

void random_regular(benchmark::State& state) {
    measure(state, generator(models::RandomRegular{.agents = 10'000, .degree = 10}), 9.5, 300);
}
BENCHMARK(random_regular)->Arg(1)->Arg(16)->Arg(64)->Unit(benchmark::kMillisecond);

void scale_free(benchmark::State& state) {
    const auto agents = static_cast<std::uint32_t>(state.range(1));
    measure(state, generator(models::BarabasiAlbert{.agents = agents, .links = 5}), 9.5, agents == 10'000 ? 60 : 20);
}
BENCHMARK(scale_free)->ArgsProduct({{1, 16}, {10'000, 1'000'000}})->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace commonweal
