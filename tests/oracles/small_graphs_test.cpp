#include <gtest/gtest.h>

#include <array>
#include <bit>

#include "tests/oracles/engine.hpp"
#include "tests/oracles/theory/coalescence.hpp"
#include "tests/oracles/theory/graph_chain.hpp"
#include "tests/oracles/theory/small_mutation.hpp"

/// The engine on small graphs against the exact chain over all profiles and against the printed values of THEORY 1.5.
/// Seeds are fixed. Probabilities are met within 4 sqrt(p (1-p) / runs), mean times within 4 standard errors, payoffs
/// within a relative 1e-12.
namespace commonweal {
namespace {

using test::expect_probability;
using test::expect_within;
using Hosts = GameRules::Hosts;

struct Case {
    std::string name;
    oracle::Graph graph;
    GameRules rules;
    std::string rule = "fermi";
    double w = 0;
    bool together = false;
    std::size_t runs = 100'000;
    std::uint32_t cooperators = 1;  ///< at the beginning, at random agents
};

oracle::Pot pot_of(const GameRules& rules) {
    if (rules.threshold > 0) return oracle::threshold_pot(rules.enhancement, static_cast<int>(rules.threshold));
    return rules.synergy == 1 ? oracle::linear_pot(rules.enhancement)
                              : oracle::synergy_pot(rules.enhancement, rules.synergy);
}

oracle::Game theory_of(const GameRules& rules) {
    if (rules.kind == GameRules::Kind::donation) return oracle::donation_game(rules.benefit, rules.cost, rules.average);
    return oracle::public_goods_game({.pot = pot_of(rules),
                                      .cost = rules.cost,
                                      .averaged = rules.average,
                                      .focal_only = rules.hosts == Hosts::focal,
                                      .cost_per_individual = rules.per_individual});
}

oracle::Update update_of(const Case& c) {
    if (c.rule == "fermi") return oracle::pairwise_comparison(c.w);
    if (c.rule == "death_birth") return oracle::death_birth(c.w);
    if (c.rule == "birth_death") return oracle::birth_death(c.w);
    if (c.rule == "imitate_best") return oracle::imitate_best();
    return oracle::proportional_imitation(oracle::largest_difference(c.graph, theory_of(c.rules)));
}

oracle::Absorption exact(const Case& c) {
    const oracle::Game game = theory_of(c.rules);
    return c.together ? oracle::synchronous_absorption(c.graph, game, update_of(c))
                      : oracle::asynchronous_absorption(c.graph, game, update_of(c));
}

/// Mean of a quantity by profile over the profiles with so many cooperators.
double mean_over_profiles(const oracle::Vector& by_profile, std::uint32_t cooperators) {
    double sum = 0, profiles = 0;
    for (std::size_t profile = 0; profile < by_profile.size(); ++profile)
        if (std::popcount(profile) == static_cast<int>(cooperators)) sum += by_profile[profile], profiles += 1;
    return sum / profiles;
}

/// The same as the engine plays it, from cooperators at random agents.
EvolutionDesign design_of(const Case& c, std::uint64_t seed) {
    EvolutionDesign design(test::game_with(c.rules, {{"cooperator"}, {"defector"}}), seeded(seed));
    design.generator = std::make_shared<test::Fixed>(c.graph);
    const bool strong = c.rule == "imitate_best" || c.rule == "proportional_imitation";
    design.update =
        test::made(models::updates(), {c.rule, strong ? test::Settings{} : test::Settings{{"strength", c.w}}});
    design.together = c.together;
    design.places = {{.name = "C", .count = c.cooperators}, {.name = "D"}};
    // Where profiles can be frozen or go round for ever a run is given up: this is many absorption times.
    const bool endless = c.rule == "imitate_best" || (c.rule == "death_birth" && c.together);
    design.rounds = design.every = endless ? (c.together ? 600 : 100) : 1'000'000;
    design.steps = endless ? 0 : 1000;
    return design;
}

/// Cooperators at the agents of a profile, defectors elsewhere.
std::vector<TypePlace> places_of(oracle::Profile profile, int agents) {
    std::vector<std::string> who;
    for (int i = 0; i < agents; ++i)
        if (oracle::cooperates(profile, i)) who.push_back(std::to_string(i));
    return {{.name = "C", .who = who}, {.name = "D"}};
}

/// Fixation and time of absorption from cooperators at random agents.
void expect_exact(const Case& c, std::uint64_t seed) {
    const oracle::Absorption theory = exact(c);
    const double rounds = mean_over_profiles(theory.steps, c.cooperators);
    const std::size_t runs = std::isfinite(rounds) ? c.runs : c.runs / 10;
    const auto found = test::endings(design_of(c, seed), runs);
    expect_probability(c.name + ", fixation", test::won_by(0, found),
                       mean_over_profiles(theory.fixation, c.cooperators), runs);
    if (!std::isfinite(rounds)) return;  // some runs never end, as when the two sides of a star swap for ever
    const double steps = c.together ? rounds * oracle::size(c.graph) : rounds;
    const test::Estimate time = test::steps_of(found);
    for (const test::Ending& ending : found) ASSERT_GE(ending.strategy, 0) << c.name << ": a run did not end";
    expect_within(c.name + ", steps", time.mean, steps, time.error);
}

std::vector<std::pair<std::string, oracle::Graph>> graphs() {
    return {{"star", oracle::star_graph(5)},
            {"path", oracle::path_graph(6)},
            {"ring", oracle::ring_graph(7)},
            {"wide ring", oracle::ring_graph(8, 2)},
            {"triangles", oracle::two_triangles()},
            {"random 1", oracle::random_connected_graph(7, 3, 1)},
            {"random 2", oracle::random_connected_graph(8, 5, 2)}};
}

/// THEORY 1.5, second table.
TEST(SmallGraphs, HaveThePrintedFixationProbabilities) {
    struct Printed {
        Case scenario;
        double rho;
    };
    const oracle::Graph star = oracle::star_graph(5), ring = oracle::ring_graph(8);
    const std::string pc = "fermi", db = "death_birth";
    const std::vector<Printed> table{
        {{"star PC r=2 w=2", star, {.enhancement = 2}, pc, 2}, 0.00556848},
        {{"star PC r=3 w=2", star, {.enhancement = 3}, pc, 2}, 0.14046309},
        {{"star PC r=3 w=.1", star, {.enhancement = 3}, pc, 0.1}, 0.17130061},
        {{"ring PC r=2 w=2 (below 1e-8)", ring, {.enhancement = 2}, pc, 2}, 1e-8},
        {{"ring PC r=3 w=2", ring, {.enhancement = 3}, pc, 2, false, 400'000}, 0.00000597},
        {{"ring PC r=3 w=.1", ring, {.enhancement = 3}, pc, 0.1}, 0.09145130},
        {{"ring DB r=2 w=2", ring, {.enhancement = 2}, db, 2, false, 400'000}, 0.00075005},
        {{"ring DB r=3 w=2", ring, {.enhancement = 3}, db, 2}, 0.10092594},
        {{"ring DB r=3 w=.1", ring, {.enhancement = 3}, db, 0.1}, 0.14911502},
    };
    std::uint64_t seed = 100;
    for (const auto& [scenario, rho] : table)
        expect_probability(scenario.name, test::won_by(0, test::endings(design_of(scenario, ++seed), scenario.runs)),
                           rho, scenario.runs);
}

/// Every graph under each rule that has births or imitation; sums and averages take turns.
TEST(SmallGraphs, MeetTheExactChainUnderEveryRule) {
    std::uint64_t seed = 200;
    for (const auto& [name, graph] : graphs())
        for (const auto& [rule, w] : {std::pair{"fermi", 0.5}, {"death_birth", 0.3}, {"birth_death", 0.2}}) {
            const bool average = ++seed % 2 == 0;
            expect_exact({name + " " + rule + (average ? " average" : " sum"),
                          graph,
                          {.enhancement = 2.7, .average = average},
                          rule,
                          w,
                          false,
                          50'000},
                         seed);
        }
}

TEST(SmallGraphs, MeetTheExactChainInEveryGame) {
    const oracle::Graph triangles = oracle::two_triangles(), random = oracle::random_connected_graph(7, 3, 5);
    const GameRules donation{.kind = GameRules::Kind::donation, .hosts = Hosts::focal, .cost = 1, .benefit = 2.5};
    GameRules mean_donation = donation;
    mean_donation.average = true;
    const std::vector<std::pair<std::string, GameRules>> games{
        {"focal", {.hosts = Hosts::focal, .enhancement = 2.2}},
        {"cost per individual", {.enhancement = 3, .per_individual = true}},
        {"threshold 2", {.enhancement = 2.5, .threshold = 2}},
        {"threshold 3, average", {.enhancement = 4, .threshold = 3, .average = true}},
        {"synergy 1.3", {.enhancement = 2, .synergy = 1.3}},
        {"discount .7", {.enhancement = 3, .synergy = 0.7}},
        {"cost 2", {.enhancement = 2.8, .cost = 2}},
        {"donation", donation},
        {"mean donation", mean_donation},
    };
    std::uint64_t seed = 300;
    for (const auto& [name, rules] : games) {
        expect_exact({name + ", triangles PC", triangles, rules, "fermi", 0.4, false, 50'000}, ++seed);
        expect_exact({name + ", random DB", random, rules, "death_birth", 0.25, false, 50'000}, ++seed);
    }
}

TEST(SmallGraphs, MeetTheExactChainWhenAllReviseTogether) {
    std::uint64_t seed = 400;
    for (const auto& [name, graph] : graphs()) {
        if (oracle::size(graph) > 7) continue;  // the chain of all profiles to all profiles grows by 16 per agent
        expect_exact({name + " PC together", graph, {.enhancement = 2.6}, "fermi", 0.6, true, 50'000}, ++seed);
        expect_exact({name + " DB together", graph, {.enhancement = 2.6}, "death_birth", 0.3, true, 50'000}, ++seed);
    }
}

/// Copying in proportion to the pair's largest difference, M of Santos, Santos & Pacheco (2008).
TEST(SmallGraphs, MeetTheExactChainOfProportionalImitation) {
    std::uint64_t seed = 500;
    for (const auto& [name, graph] : {graphs()[0], graphs()[1], graphs()[5]})
        for (const bool together : {false, true})
            for (const bool per_individual : {false, true}) {
                const std::string title = name + (per_individual ? " per individual" : " per game") +
                                          (together ? " together" : " one by one");
                // Smaller r has states where the difference is nearly nothing, and runs that hardly end.
                const GameRules rules{.enhancement = 4.2, .per_individual = per_individual};
                expect_exact({title, graph, rules, "proportional_imitation", 0, together, 15'000, 3}, ++seed);
            }
}

/// From each agent of a graph, and from some profiles of several cooperators.
TEST(SmallGraphs, MeetTheExactChainFromEachProfile) {
    std::uint64_t seed = 600;
    for (const Case& c : {Case{"star PC", oracle::star_graph(5), {.enhancement = 3}, "fermi", 0.5},
                          Case{"triangles DB", oracle::two_triangles(), {.enhancement = 2}, "death_birth", 0.4},
                          Case{"path BD", oracle::path_graph(5), {.enhancement = 2}, "birth_death", 0.5}}) {
        const oracle::Absorption theory = exact(c);
        const int agents = oracle::size(c.graph);
        std::vector<oracle::Profile> profiles{0b00110, 0b10101, 0b11110};
        for (int i = 0; i < agents; ++i) profiles.push_back(oracle::Profile{1} << i);
        for (const oracle::Profile profile : profiles) {
            EvolutionDesign design = design_of(c, ++seed);
            design.places = places_of(profile, agents);
            const auto found = test::endings(design, 50'000);
            const std::string name = c.name + " from profile " + std::to_string(profile);
            expect_probability(name, test::won_by(0, found), theory.fixation[profile], found.size());
            const test::Estimate time = test::steps_of(found), won = test::steps_of(found, 0);
            expect_within(name + ", steps", time.mean, theory.steps[profile], time.error);
            expect_within(name + ", steps if it fixes", won.mean, theory.steps_if_fixed[profile], won.error);
        }
    }
}

/// Neutral: k_i / sum k under PC and DB, (1/k_i) / sum 1/k under BD.
TEST(SmallGraphs, AreNeutralWithoutSelection) {
    const oracle::Graph graph = oracle::random_connected_graph(7, 3, 9);
    double links = 0, inverse = 0;
    for (int i = 0; i < 7; ++i) links += oracle::degree(graph, i), inverse += 1.0 / oracle::degree(graph, i);
    std::uint64_t seed = 700;
    for (const std::string rule : {"fermi", "death_birth", "birth_death"})
        for (int i = 0; i < 7; ++i) {
            EvolutionDesign design = design_of({"", graph, {.enhancement = 3}, rule, 0}, ++seed);
            design.places = places_of(oracle::Profile{1} << i, 7);
            const double k = oracle::degree(graph, i);
            const double rho = rule == "birth_death" ? 1 / (k * inverse) : k / links;
            expect_probability("neutral " + rule + " from " + std::to_string(i),
                               test::won_by(0, test::endings(design, 50'000)), rho, 50'000);
        }
}

/// Profiles from which imitation of the best may end either way: at most three.
std::vector<oracle::Profile> open_profiles(const oracle::Vector& fixation) {
    std::vector<oracle::Profile> open;
    for (oracle::Profile profile = 0; profile < fixation.size() && open.size() < 3; ++profile)
        if (fixation[profile] > 0.05 && fixation[profile] < 0.95) open.push_back(profile);
    return open;
}

/// The chance is who is focal.
TEST(SmallGraphs, ImitateTheBestOneByOne) {
    std::uint64_t seed = 800;
    int compared = 0;
    for (const double r : {3.3, 4.6})
        for (const auto& [name, graph] : graphs()) {
            const Case c{name, graph, {.enhancement = r}, "imitate_best", 0, false, 5000};
            const oracle::Vector fixation = exact(c).fixation;
            for (const oracle::Profile profile : open_profiles(fixation)) {
                EvolutionDesign design = design_of(c, ++seed);
                design.places = places_of(profile, oracle::size(graph));
                expect_probability(name + " best, from profile " + std::to_string(profile),
                                   test::won_by(0, test::endings(design, c.runs)), fixation[profile], c.runs);
                ++compared;
            }
        }
    EXPECT_GT(compared, 10);
}

/// Nothing is left to chance: every profile is tried, and its successor is exact.
TEST(SmallGraphs, ImitateTheBestTogether) {
    for (const auto& [name, graph] : graphs()) {
        const int agents = oracle::size(graph);
        const Case c{name, graph, {.enhancement = 3.3}, "imitate_best", 0, true};
        for (oracle::Profile profile = 1; profile < oracle::all_cooperate(agents); ++profile) {
            EvolutionDesign design = design_of(c, 850);
            design.places = places_of(profile, agents);
            design.keep_strategies = true;
            design.rounds = design.every = 1;
            const auto after = evolve(design, Habitat(design, 0), 0).strategies;
            const auto flips = update_of(c).flips(graph, profile, theory_of(c.rules)(graph, profile));
            for (std::size_t i = 0; i < flips.size(); ++i)
                EXPECT_EQ(after[flips.size() + i] == after[i], flips[i] == 0) << name << " " << profile << " " << i;
        }
    }
}

/// Weak selection: (rho(w) - 1/N) / w is zero at r = r* and has the sign of r - r* elsewhere. The same runs without
/// selection are the control variate: most of them end alike. Finite w is taken off by the exact chain.
TEST(SmallGraphs, AreNeutralAtTheCriticalEnhancement) {
    const double w = 0.02;
    const std::size_t runs = 300'000;
    const oracle::Graph graph = oracle::random_connected_graph(6, 3, 4);
    std::uint64_t seed = 900;
    for (const auto& [rule, weak] : {std::pair{std::string("fermi"), oracle::WeakRule::pairwise_comparison},
                                     {std::string("death_birth"), oracle::WeakRule::death_birth}}) {
        const double r_star = oracle::critical_ratio(graph, oracle::linear_public_goods(graph, false), weak);
        ASSERT_GT(r_star, 0);
        const auto neutral = test::endings(design_of({"", graph, {}, rule, 0}, ++seed), runs);
        for (const double r : {r_star - 2, r_star, r_star + 2}) {
            const Case c{"", graph, {.enhancement = r}, rule, w};
            const auto found = test::endings(design_of(c, seed), runs);
            std::vector<double> differences;
            for (std::size_t run = 0; run < runs; ++run)
                differences.push_back(((found[run].strategy == 0) - (neutral[run].strategy == 0)) / w);
            const test::Estimate slope = test::mean_of(differences);
            const double expected = (oracle::mean_over_single_cooperators(exact(c).fixation) - 1.0 / 6) / w;
            expect_within(rule + " slope at r = " + std::to_string(r), slope.mean, expected, slope.error);
            if (r == r_star) {
                EXPECT_LT(std::abs(slope.mean), 4 * slope.error + std::abs(expected));
                EXPECT_LT(std::abs(expected), 0.02) << "of second order in w only";
            } else {
                EXPECT_GT(slope.mean * (r - r_star), 4 * slope.error) << "the check above can fail";
            }
        }
    }
}

/// Random profiles of d strategies on a random graph with n agents.
std::vector<std::uint8_t> random_strategies(int agents, int d, std::uint64_t& state) {
    std::vector<std::uint8_t> strategies;
    for (int i = 0; i < agents; ++i) strategies.push_back(static_cast<std::uint8_t>(oracle::next_below(state, d)));
    return strategies;
}

void expect_payoff(double found, double expected, const std::string& what) {
    EXPECT_NEAR(found, expected, 1e-12 * (1 + std::abs(expected))) << what;
}

/// Payoffs after random changes of strategy, in every combination of modes that the theory program has.
TEST(SmallGraphs, PayWhatTheTheorySays) {
    std::uint64_t state = 1;
    std::vector<GameRules> modes;
    for (const double r : {0.7, 3.0, 6.5})
        for (const bool average : {false, true})
            for (const std::uint32_t threshold : {0u, 2u, 3u})
                for (const double synergy : {1.0, 0.6, 1.4}) {
                    if (threshold > 0 && synergy != 1) continue;  // the theory has no such pot
                    GameRules rules{
                        .enhancement = r, .cost = 1.7, .synergy = synergy, .threshold = threshold, .average = average};
                    modes.push_back(rules);
                    rules.hosts = Hosts::focal;
                    modes.push_back(rules);
                    rules.hosts = Hosts::all;
                    rules.per_individual = true;
                    if (synergy == 1) modes.push_back(rules);  // unequal gifts have no order
                    rules.kind = GameRules::Kind::donation;
                    rules.hosts = Hosts::focal;
                    rules.per_individual = false;
                    rules.benefit = r;
                    modes.push_back(rules);
                }
    std::size_t compared = 0;
    for (int trial = 0; trial < 10; ++trial) {
        const int agents = 12;
        const oracle::Graph graph =
            oracle::random_connected_graph(agents, trial * 3, static_cast<std::uint64_t>(trial));
        const Network network = test::Fixed(graph).generate(seeded(1), 0);
        for (const GameRules& rules : modes) {
            const StrategyGame game = test::game_with(rules, {{"cooperator"}, {"defector"}});
            HostedGames games(game, network.ties(), random_strategies(agents, 2, state));
            for (int change = 0; change < 20; ++change) {
                games.change(static_cast<AgentId>(oracle::next_below(state, agents)),
                             static_cast<std::uint8_t>(oracle::next_below(state, 2)));
                oracle::Profile profile = 0;
                for (int i = 0; i < agents; ++i)
                    if (games.strategy(static_cast<AgentId>(i)) == 0) profile |= oracle::Profile{1} << i;
                const oracle::Vector expected = theory_of(rules)(graph, profile);
                for (std::size_t i = 0; i < expected.size(); ++i, ++compared)
                    expect_payoff(games.payoff(static_cast<AgentId>(i)), expected[i], "mode");
            }
        }
    }
    std::printf("%zu payoffs in %zu modes\n", compared, modes.size());
}

/// Spans of pairs: the M of proportional imitation.
TEST(SmallGraphs, KnowTheLargestDifferenceOfEachPair) {
    for (const auto& [name, graph] : graphs())
        for (const GameRules& rules :
             {GameRules{.enhancement = 3.1}, GameRules{.enhancement = 2.4, .average = true},
              GameRules{.enhancement = 4, .per_individual = true}, GameRules{.enhancement = 2, .synergy = 1.2}}) {
            const StrategyGame game = test::game_with(rules, {{"cooperator"}, {"defector"}});
            const Network network = test::Fixed(graph).generate(seeded(1), 0);
            HostedGames games(game, network.ties(), std::vector<std::uint8_t>(network.agents(), 0));
            games.prepare_spans();
            const oracle::PairScale scale = oracle::largest_difference(graph, theory_of(rules));
            for (int i = 0; i < oracle::size(graph); ++i)
                for (int j = 0; j < i; ++j)
                    expect_payoff(games.span(static_cast<AgentId>(i), static_cast<AgentId>(j)), scale(i, j), name);
        }
}

/// What agent i earns in its groups when every group pays by member_payoff; fines per co-player are divided by k in
/// spread games, as THEORY 2.1 has them.
double sanctioned_payoff(oracle::PunishmentGame game, const oracle::Graph& graph,
                         const std::vector<oracle::Role>& roles, int i, bool spread) {
    double total = 0;
    const auto play = [&](int host) {
        oracle::Composition group{};
        const auto count = [&](int member) {
            ++group[static_cast<std::size_t>(roles[static_cast<std::size_t>(member)])];
        };
        count(host);
        for (const int member : graph.neighbors[static_cast<std::size_t>(host)]) count(member);
        oracle::PunishmentGame here = game;
        here.sample = oracle::degree(graph, host) + 1;
        if (spread) here.peer_fine /= here.sample - 1, here.peer_cost /= here.sample - 1;
        total += oracle::member_payoff(here, group, roles[static_cast<std::size_t>(i)]);
    };
    play(i);
    for (const int host : graph.neighbors[static_cast<std::size_t>(i)]) play(host);
    return total;
}

/// Punishers and loners in groups of any size, first and second order, divided by k or not.
TEST(SmallGraphs, PunishAsTheTheorySays) {
    using oracle::Role;
    std::uint64_t state = 11;
    for (const bool second : {false, true})
        for (const bool spread : {false, true})
            for (const bool loners : {false, true}) {
                const oracle::PunishmentGame theory{.enhancement = 3.3,
                                                    .loner = 0.8,
                                                    .peer_fine = 1.1,
                                                    .peer_cost = 0.4,
                                                    .pool_fine = 0.6,
                                                    .pool_fee = 0.5,
                                                    .second_order_pool = second};
                std::vector<test::Named> names{
                    {"cooperator"},
                    {"defector"},
                    {"moralist", {{"fine", 1.1}, {"cost_of_fine", 0.4}, {"spread", spread}}},
                    {"pool_punisher", {{"fine", 0.6}, {"pool_fee", 0.5}, {"second_order", second}}}};
                std::vector<Role> role_of{Role::C, Role::D, Role::W, Role::V};
                if (loners) names.push_back({"loner"}), role_of.push_back(Role::L);
                const StrategyGame game = test::game_with({.enhancement = 3.3, .loner_payoff = 0.8}, names);
                const oracle::Graph graph = oracle::random_connected_graph(12, 10, 77);
                const Network network = test::Fixed(graph).generate(seeded(1), 0);
                HostedGames games(game, network.ties(), random_strategies(12, static_cast<int>(names.size()), state));
                for (int change = 0; change < 50; ++change) {
                    games.change(static_cast<AgentId>(oracle::next_below(state, 12)),
                                 static_cast<std::uint8_t>(oracle::next_below(state, static_cast<int>(names.size()))));
                    std::vector<Role> roles;
                    for (const std::uint8_t s : games.strategy()) roles.push_back(role_of[s]);
                    for (int i = 0; i < 12; ++i)
                        expect_payoff(games.payoff(static_cast<AgentId>(i)),
                                      sanctioned_payoff(theory, graph, roles, i, spread), "punishment");
                }
            }
}

/// THEORY 2.1 and 2.2 in one group of k + 1: what a member gets from the numbers of its k co-players.
struct Neighborhood {
    double r, k, fine, fine_cost, reward, reward_cost;
    std::array<double, 5> others;  ///< C, D, M (moralist), I (immoralist), R (rewarder)

    double payoff(std::size_t own) const {
        const auto [c, d, m, i, rewarders] = others;
        const bool gives = own == 0 || own == 2 || own == 4;
        double sum = r * (c + m + rewarders + (gives ? 1 : 0)) / (k + 1) - (gives ? 1 : 0);
        if (gives) sum += reward * rewarders / k;
        if (!gives) sum -= fine * (m + i) / k;
        if (own == 2 || own == 3) sum -= fine_cost * (d + i) / k;
        if (own == 4) sum -= reward_cost * (c + m + rewarders) / k;
        return sum;
    }
};

TEST(SmallGraphs, PunishAndRewardAsOnTheLattice) {
    std::uint64_t state = 5;
    const test::Settings fines{{"fine", 0.9}, {"cost_of_fine", 0.2}, {"spread", Value{true}}};
    const StrategyGame game = test::game_with(
        {.enhancement = 3.4}, {{"cooperator"},
                               {"defector"},
                               {"moralist", fines},
                               {"immoralist", fines},
                               {"rewarder", {{"reward", 0.7}, {"cost_of_reward", 0.3}, {"spread", Value{true}}}}});
    for (int trial = 0; trial < 50; ++trial) {
        const oracle::Graph graph = oracle::random_connected_graph(12, 9, static_cast<std::uint64_t>(trial));
        const Network network = test::Fixed(graph).generate(seeded(1), 0);
        const HostedGames games(game, network.ties(), random_strategies(12, 5, state));
        for (AgentId agent = 0; agent < 12; ++agent) {
            double total = 0;
            const auto play = [&](AgentId host) {
                const auto near = network.ties().neighbors(host);
                Neighborhood group{3.4, static_cast<double>(near.size()), 0.9, 0.2, 0.7, 0.3, {}};
                if (host != agent) group.others[games.strategy(host)] += 1;
                for (const AgentId member : near)
                    if (member != agent) group.others[games.strategy(member)] += 1;
                total += group.payoff(games.strategy(agent));
            };
            play(agent);
            for (const AgentId host : network.ties().neighbors(agent)) play(host);
            expect_payoff(games.payoff(agent), total, "lattice game");
        }
    }
}

/// Weights scale what an agent gives in a neighbor's game, from scratch: share r / size of all that is given there.
TEST(SmallGraphs, PayByTheWeightsOfTies) {
    std::uint64_t state = 8;
    const oracle::Graph graph = oracle::random_connected_graph(10, 8, 3);
    TieList list{10, {}, {}};
    for (AgentId i = 0; i < 10; ++i)
        for (const int j : graph.neighbors[i])
            if (j < static_cast<int>(i)) {
                list.ties.push_back({i, static_cast<AgentId>(j)});
                list.weights.push_back(static_cast<float>(1 + oracle::next_below(state, 7)) / 4);
            }
    const Layer ties(std::move(list));
    const auto weight = [&](AgentId agent, AgentId host) {
        if (agent == host) return 1.0;
        for (std::size_t at = 0; at < ties.degree(agent); ++at)
            if (ties.neighbors(agent)[at] == host) return static_cast<double>(ties.weights(agent)[at]);
        return 0.0;
    };
    for (const bool per_individual : {false, true}) {
        const StrategyGame game =
            test::game_with({.enhancement = 2.6, .cost = 1.5, .per_individual = per_individual, .weighted = true},
                            {{"cooperator"}, {"defector"}});
        HostedGames games(game, ties, random_strategies(10, 2, state));
        const auto gift = [&](AgentId agent, AgentId host) {
            double all = 0;
            for (AgentId g = 0; g < 10; ++g) all += weight(agent, g);
            return games.strategy(agent) != 0 ? 0.0 : 1.5 * weight(agent, host) / (per_individual ? all : 1);
        };
        for (int change = 0; change < 50; ++change) {
            games.change(static_cast<AgentId>(oracle::next_below(state, 10)),
                         static_cast<std::uint8_t>(oracle::next_below(state, 2)));
            for (AgentId agent = 0; agent < 10; ++agent) {
                double total = 0;
                for (AgentId host = 0; host < 10; ++host) {
                    if (host != agent && !ties.tied(agent, host)) continue;
                    double pot = 0;
                    for (AgentId member = 0; member < 10; ++member) pot += gift(member, host);
                    total += 2.6 * pot / (ties.degree(host) + 1.0) - gift(agent, host);
                }
                expect_payoff(games.payoff(agent), total, "weights");
            }
        }
    }
}

}  // namespace
}  // namespace commonweal
