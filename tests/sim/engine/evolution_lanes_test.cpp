#include "sim/engine/evolution_lanes.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "models/networks/barabasi_albert.hpp"
#include "models/networks/random_regular.hpp"
#include "models/networks/square_lattice.hpp"
#include "models/updates/aspiration.hpp"
#include "models/updates/death_birth.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/imitate_best.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "tests/support/instruction_sets.hpp"
#include "tests/support/strategies.hpp"

/// Replicates in lanes are what they are alone, bit by bit.
namespace commonweal {
namespace {

template <class Model>
std::shared_ptr<const NetworkGenerator> generator(const Model& model) {
    return std::make_shared<NetworkGeneratorOf<Model>>(model);
}

std::shared_ptr<const NetworkGenerator> torus() { return generator(models::SquareLattice{.width = 9, .height = 7}); }
std::shared_ptr<const NetworkGenerator> regular(std::uint32_t degree, std::uint32_t agents = 90) {
    return generator(models::RandomRegular{.agents = agents, .degree = degree});
}
std::shared_ptr<const NetworkGenerator> scale_free() {
    return generator(models::BarabasiAlbert{.agents = 150, .links = 3});
}

std::vector<std::uint32_t> first(std::size_t size) {
    std::vector<std::uint32_t> replicates(size);
    std::iota(replicates.begin(), replicates.end(), 3u);
    return replicates;
}

bool same(const std::vector<double>& a, const std::vector<double>& b) {
    return std::ranges::equal(
        a, b, [](double x, double y) { return std::bit_cast<std::uint64_t>(x) == std::bit_cast<std::uint64_t>(y); });
}

void expect_same(const EvolutionTrace& a, const EvolutionTrace& b) {
    EXPECT_EQ(a.strategies, b.strategies);
    EXPECT_TRUE(same(a.share, b.share));
    EXPECT_TRUE(same(a.payoff, b.payoff));
    EXPECT_TRUE(same(a.fund_cost, b.fund_cost));
    EXPECT_TRUE(same(a.late_share, b.late_share));
    EXPECT_EQ(a.absorbed, b.absorbed);
    EXPECT_TRUE(a.absorption_steps == b.absorption_steps ||
                (std::isnan(a.absorption_steps) && std::isnan(b.absorption_steps)));
    EXPECT_EQ(a.steps_per_round, b.steps_per_round);
    EXPECT_EQ(a.revisions, b.revisions);
}

EvolutionDesign together(EvolutionDesign design, Round rounds = 9) {
    design.together = true;
    design.rounds = rounds;
    design.every = 2;
    design.window = 3;
    design.keep_strategies = true;
    return design;
}

/// Some lanes come to an end and others do not, or nothing is shown; a number of replicates that fills no batch.
void expect_lanes(const EvolutionDesign& design, std::size_t widest) {
    const Habitat habitat(design, 1);
    ASSERT_EQ(evolution_lanes(design, habitat), widest);
    const auto replicates = first(70);
    std::vector<EvolutionTrace> alone;
    for (const std::uint32_t replicate : replicates) alone.push_back(evolve(design, habitat, replicate));
    EXPECT_NE(alone[0].strategies, alone[1].strategies);
    for (const InstructionSet set : test::instruction_sets()) {
        const test::UsingInstructions use(set);
        for (const std::size_t lanes : {1u, 8u, 16u, 64u}) {
            SCOPED_TRACE(std::string(name_of(set)) + " " + std::to_string(lanes));
            const auto traces = evolve(design, habitat, replicates, lanes);
            ASSERT_EQ(traces.size(), replicates.size());
            for (std::size_t i = 0; i < traces.size(); ++i) expect_same(traces[i], alone[i]);
        }
    }
}

TEST(EvolutionLanes, AreRunsOneByOneOnATorus) {
    for (const double strength : {0.1, 2.0})
        expect_lanes(together(test::evolution({.enhancement = 4}, torus(), models::Fermi{.strength = strength})), 64);
    expect_lanes(
        together(test::evolution({.enhancement = 4.2, .average = true}, torus(), models::ProportionalImitation{})), 64);
}

/// Levels of 121 and of 196 (two bytes), and of more neighbors than a byte tells from the next agent's.
TEST(EvolutionLanes, AreRunsOneByOneOnRegularNetworks) {
    for (const std::uint32_t degree : {1u, 3u, 10u, 13u, 89u})
        expect_lanes(together(test::evolution({.enhancement = 0.9 * (degree + 1)}, regular(degree), models::Fermi{})),
                     64);
    expect_lanes(together(test::evolution({.enhancement = 6, .own_share = false}, regular(5), models::Fermi{})), 64);
}

/// Hubs, and with them agents that take a second word; agents without a neighbor; spans that differ between pairs.
TEST(EvolutionLanes, AreRunsOneByOneOnIrregularNetworks) {
    for (const double strength : {0.05, 2.0})
        expect_lanes(together(test::evolution({.enhancement = 5}, scale_free(), models::Fermi{.strength = strength})),
                     16);
    const GameRules average{.enhancement = 4, .average = true};
    expect_lanes(together(test::evolution(average, scale_free(), models::ProportionalImitation{})), 16);
    expect_lanes(
        together(test::evolution({.enhancement = 3, .synergy = 0.9, .threshold = 2}, scale_free(), models::Fermi{})),
        16);
    std::vector<Tie> ties;
    for (AgentId spoke = 1; spoke < 300; ++spoke) ties.push_back({0, spoke});
    for (AgentId agent = 1; agent < 150; ++agent) ties.push_back({agent, agent + 150});
    auto design = together(test::evolution({.enhancement = 4, .average = true}, test::network_of(310, ties),
                                           models::Fermi{.strength = 1}));
    design.keep_lonely = true;
    expect_lanes(design, 16);
}

TEST(EvolutionLanes, AreRunsOneByOneWhereAgentsPlayTheirOwnGameOnly) {
    const auto focal = GameRules::Hosts::focal;
    expect_lanes(
        together(test::evolution({.hosts = focal, .enhancement = 4, .threshold = 2}, torus(), models::Fermi{})), 64);
    expect_lanes(together(test::evolution({.kind = GameRules::Kind::donation, .hosts = focal, .benefit = 5}, torus(),
                                          models::Fermi{})),
                 64);
}

TEST(EvolutionLanes, AreRunsOneByOneWhenTheFirstStrategyDoesNotContribute) {
    EvolutionDesign design(test::game_of({.enhancement = 4}, models::Defector{}, models::Cooperator{}),
                           Randomness(Seeds{1, 2, 3}));
    design.places = {{.name = "D", .share = 0.6}, {.name = "C", .share = 0.4}};
    design.generator = torus();
    design.update = test::update_of(models::Fermi{.strength = 0.5});
    expect_lanes(together(design), 64);
}

/// Lanes that came to an end stay as they are while others go on.
TEST(EvolutionLanes, KeepWhatCameToAnEnd) {
    auto design = together(test::evolution({.enhancement = 4.5}, regular(4, 12), models::Fermi{.strength = 0.2}), 12);
    const Habitat habitat(design, 1);
    const auto traces = evolve(design, habitat, first(70), 64);
    const auto ended = std::ranges::count_if(traces, [](const EvolutionTrace& trace) { return trace.absorbed >= 0; });
    EXPECT_GT(ended, 10);
    EXPECT_LT(ended, 70);
    expect_lanes(design, 64);
    design.places = {{.name = "C", .count = 12}, {.name = "D", .share = 1}};
    for (const EvolutionTrace& trace : evolve(design, Habitat(design, 1), first(3), 64)) {
        EXPECT_EQ(trace.absorbed, 0);
        EXPECT_EQ(trace.revisions, 0);
    }
}

/// Several threads walk blocks of agents.
TEST(EvolutionLanes, AreRunsOneByOneOnLargeNetworks) {
    auto design =
        together(test::evolution({.enhancement = 4}, generator(models::SquareLattice{.width = 400, .height = 300}),
                                 models::Fermi{}),
                 2);
    const auto replicates = first(2);
    const auto network = generator(models::BarabasiAlbert{.agents = 120'000, .links = 2});
    for (const auto& each : {design, together(test::evolution({.enhancement = 4}, network, models::Fermi{}), 2)}) {
        const Habitat habitat(each, 0);
        const auto traces = evolve(each, habitat, replicates, 64);
        for (std::size_t i = 0; i < 2; ++i) expect_same(traces[i], evolve(each, habitat, replicates[i]));
    }
}

EvolutionDesign in_turn(EvolutionDesign design, Round rounds = 9, std::uint64_t steps = 0) {
    design = together(std::move(design), rounds);
    design.together = false;
    design.shared_focal = true;
    design.steps = steps;
    return design;
}

TEST(SharedFocalAgents, AreThoseOfReplicateZero) {
    auto design = in_turn(test::evolution({.enhancement = 4}, torus(), models::Fermi{}));
    const Habitat habitat(design, 1);
    const EvolutionTrace zero = evolve(design, habitat, 0), five = evolve(design, habitat, 5);
    design.shared_focal = false;
    expect_same(evolve(design, habitat, 0), zero);
    EXPECT_NE(evolve(design, habitat, 5).strategies, five.strategies);
}

TEST(SharedFocalAgents, LetLanesBeRunsOneByOne) {
    for (const double strength : {0.1, 2.0})
        expect_lanes(in_turn(test::evolution({.enhancement = 4}, torus(), models::Fermi{.strength = strength})), 64);
    expect_lanes(
        in_turn(test::evolution({.enhancement = 4.2, .average = true}, torus(), models::ProportionalImitation{}), 5,
                301),
        64);
    for (const std::uint32_t degree : {1u, 3u, 10u, 13u})
        expect_lanes(in_turn(test::evolution({.enhancement = 0.9 * (degree + 1)}, regular(degree), models::Fermi{})),
                     64);
    expect_lanes(in_turn(test::evolution({.hosts = GameRules::Hosts::focal, .enhancement = 4, .threshold = 2}, torus(),
                                         models::Fermi{})),
                 64);
}

TEST(SharedFocalAgents, LetLanesBeRunsOneByOneWhenTheFirstStrategyDoesNotContribute) {
    EvolutionDesign design(test::game_of({.enhancement = 4}, models::Defector{}, models::Cooperator{}),
                           Randomness(Seeds{1, 2, 3}));
    design.places = {{.name = "D", .share = 0.6}, {.name = "C", .share = 0.4}};
    design.generator = torus();
    design.update = test::update_of(models::Fermi{.strength = 0.5});
    expect_lanes(in_turn(design), 64);
}

/// The step at which one strategy had everybody lies within a round.
TEST(SharedFocalAgents, LetLanesEndWithinARound) {
    const auto design =
        in_turn(test::evolution({.enhancement = 4.5}, regular(4, 12), models::Fermi{.strength = 0.2}), 12, 37);
    const auto traces = evolve(design, Habitat(design, 1), first(70), 64);
    const auto within = std::ranges::count_if(traces, [](const EvolutionTrace& trace) {
        return trace.absorbed >= 0 && std::fmod(trace.absorption_steps, 37) != 0;
    });
    EXPECT_GT(within, 10);
    expect_lanes(design, 64);
}

/// Two random words say who is next.
TEST(SharedFocalAgents, LetLanesBeRunsOneByOneOnLargeNetworks) {
    const auto design =
        in_turn(test::evolution({.enhancement = 4}, generator(models::SquareLattice{.width = 400, .height = 300}),
                                models::Fermi{}),
                1);
    const Habitat habitat(design, 0);
    const auto replicates = first(2);
    const auto traces = evolve(design, habitat, replicates, 64);
    for (std::size_t i = 0; i < 2; ++i) expect_same(traces[i], evolve(design, habitat, replicates[i]));
}

TEST(EvolutionLanes, AreOneWhereNothingElseIsBuilt) {
    const auto expect_one = [](const EvolutionDesign& design) { expect_lanes(design, 1); };
    const GameRules rules{.enhancement = 3};
    auto design = together(test::evolution(rules, torus(), models::Fermi{}));
    design.mutation = 0.01;
    expect_one(design);
    expect_one(together(test::evolution(rules, torus(), models::ImitateBest{})));
    expect_one(together(test::evolution(rules, torus(), models::Aspiration{})));
    expect_one(together(test::evolution(rules, torus(), models::DeathBirth{})));
    expect_one(together(test::evolution({.enhancement = 3, .per_individual = true}, scale_free(), models::Fermi{})));
    design = together(test::evolution(rules, torus(), models::Fermi{}));
    design.together = false;
    expect_one(design);
    design.together = true;
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = 60;
    expect_one(design);
}

}  // namespace
}  // namespace commonweal
