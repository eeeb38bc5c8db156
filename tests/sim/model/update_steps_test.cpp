#include "sim/model/update_steps.hpp"

#include <gtest/gtest.h>

#include "models/strategies/loner.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "tests/support/strategies.hpp"

/// Imitation on networks beside the same thing written down plainly: everything counted anew for each revision.
namespace commonweal {
namespace {

/// Selection that lets both strategies live for some rounds.
constexpr models::Fermi weak{.strength = 0.2};

std::shared_ptr<const NetworkGenerator> circle(AgentId agents, std::initializer_list<AgentId> distances) {
    std::vector<Tie> ties;
    for (AgentId a = 0; a < agents; ++a)
        for (const AgentId distance : distances) ties.push_back({a, (a + distance) % agents});
    return test::network_of(agents, ties);
}

/// A circle on which everybody has four neighbors, and a hub that is tied to `spokes` of them.
std::shared_ptr<const NetworkGenerator> wheel(AgentId agents, AgentId spokes) {
    std::vector<Tie> ties;
    for (AgentId a = 0; a < agents; ++a)
        for (const AgentId distance : {1u, 7u}) ties.push_back({a, (a + distance) % agents});
    for (AgentId spoke = 0; spoke < spokes; ++spoke) ties.push_back({agents, spoke});
    return test::network_of(agents + 1, ties);
}

/// Whether large neighborhoods have a word of their own for the acceptance.
enum class Words256 { as_documented, swapped };

/// Strategies after each round.
template <class Rule>
std::vector<std::uint8_t> plainly(const EvolutionDesign& design, const Rule& rule, Words256 words) {
    const Habitat habitat(design, 0);
    const Layer& ties = *habitat.ties();
    std::vector<std::uint8_t> now = habitat.placement().draw(design.randomness, 0, 5), all = now;
    const AgentId agents = ties.agents();
    for (Round round = 1; round <= design.rounds; ++round) {
        const std::vector<std::uint8_t> before = now;
        for (AgentId number = 0; number < agents; ++number) {
            const auto word = [&](Stream stream) {
                return design.randomness.word({.stream = stream, .round = round, .replicate = 5}, number);
            };
            const AgentId focal = design.together ? number : below_of(word(Stream::focal), agents);
            const std::uint64_t product = std::uint64_t{word(Stream::model)} * ties.degree(focal);
            const AgentId model = ties.neighbors(focal)[product >> 32];
            const bool one_word = (ties.degree(focal) <= 256) == (words == Words256::as_documented);
            const std::uint32_t rest = one_word ? static_cast<std::uint32_t>(product) : word(Stream::accept);
            HostedGames fresh(design.game, ties, design.together ? before : now);
            if (fresh.strategy(focal) == fresh.strategy(model)) continue;
            fresh.prepare_spans();
            const double p = rule.probability({fresh.payoff(focal), fresh.payoff(model), fresh.span(focal, model)});
            if (((rest >> 1) + 0.5) * 0x1.0p-31 < p) now[focal] = fresh.strategy(model);
        }
        all.insert(all.end(), now.begin(), now.end());
    }
    return all;
}

template <class Rule>
void expect_as_written_plainly(EvolutionDesign design, const Rule& rule) {
    design.update = test::update_of(rule);
    design.rounds = 4;
    design.keep_strategies = true;
    for (const bool together : {false, true}) {
        design.together = together;
        const auto strategies = evolve(design, Habitat(design, 0), 5).strategies;
        EXPECT_EQ(strategies, plainly(design, rule, Words256::as_documented));
        EXPECT_NE(strategies, plainly(design, rule, Words256::swapped));
        EXPECT_EQ(evolve(design, Habitat(design, 0), 5).absorbed, -1) << "rounds with nothing to do prove little";
    }
}

TEST(Imitation, IsAsWrittenPlainlyWithLevels) {
    const auto network = circle(60, {1, 7});
    ASSERT_TRUE(Habitat(test::evolution({.enhancement = 4}, network, models::Fermi{}), 0).acceptance());
    expect_as_written_plainly(test::evolution({.enhancement = 4}, network, weak), weak);
    expect_as_written_plainly(test::evolution({.enhancement = 4}, network, weak), models::ProportionalImitation{});
    expect_as_written_plainly(
        test::evolution({.hosts = GameRules::Hosts::focal, .enhancement = 4, .threshold = 2}, network, weak), weak);
}

TEST(Imitation, IsAsWrittenPlainlyOnIrregularNetworks) {
    const auto network = wheel(60, 9);
    expect_as_written_plainly(test::evolution({.enhancement = 3}, network, weak), weak);
    expect_as_written_plainly(test::evolution({.enhancement = 3, .average = true}, network, weak),
                              models::ProportionalImitation{});
    expect_as_written_plainly(test::evolution({.enhancement = 3, .own_share = false}, network, weak), weak);
}

TEST(Imitation, IsAsWrittenPlainlyWhereAHubHasManyModels) {
    const auto network = wheel(400, 300);
    expect_as_written_plainly(test::evolution({.enhancement = 3, .average = true}, network, weak), weak);
}

/// More steps than looks are drawn ahead, and no whole number of blocks.
TEST(Imitation, IsAsWrittenPlainlyInRoundsOfManySteps) {
    expect_as_written_plainly(test::evolution({.enhancement = 4}, circle(531, {1, 7}), weak), weak);
    expect_as_written_plainly(test::evolution({.enhancement = 3}, wheel(531, 9), weak), weak);
}

TEST(Imitation, IsAsWrittenPlainlyAmongThreeStrategies) {
    const auto network = circle(60, {1, 7});
    EvolutionDesign design(test::game_of({.enhancement = 3}, models::Cooperator{}, models::Defector{}, models::Loner{}),
                           Randomness(Seeds{1, 2, 3}));
    design.places = {{.name = "C", .share = 0.3}, {.name = "D", .share = 0.3}, {.name = "L", .share = 0.4}};
    design.generator = network;
    expect_as_written_plainly(design, weak);
}

/// The table is a cache: without it the games end up the same.
TEST(Imitation, DoesNotDependOnTheTable) {
    const auto game = test::game_of({.enhancement = 4}, models::Cooperator{}, models::Defector{});
    const Network network = circle(60, {1, 7})->generate(Randomness(Seeds{1, 1, 1}), 0);
    const Layer& ties = network.layers().front().layer;
    const Randomness randomness(Seeds{1, 1, 1});
    const UpdateOf<models::Fermi> update(weak), other(models::Fermi{.strength = 0.8});
    const auto table = update.acceptance(*PayoffLevels::of(game, ties));
    const auto otherwise = other.acceptance(*PayoffLevels::of(game, ties));
    ASSERT_TRUE(table && otherwise);
    std::vector<std::uint8_t> start(60);
    for (std::size_t agent = 0; agent < 60; ++agent) start[agent] = agent % 3 == 0 ? 1 : 0;
    const auto after = [&](const AcceptanceTable* acceptance, bool together) {
        HostedGames games(game, ties, start);
        for (Round round = 1; round <= 3; ++round) {
            const RevisionPlan plan{&randomness, 0, 0, round, 60, 0, acceptance};
            together ? update.revise_together(games, plan) : update.revise_one_by_one(games, plan);
        }
        return games.strategy();
    };
    for (const bool together : {false, true}) {
        EXPECT_EQ(after(&*table, together), after(nullptr, together));
        EXPECT_NE(after(&*table, together), after(&*otherwise, together));
    }
}

}  // namespace
}  // namespace commonweal
