#include <gtest/gtest.h>

#include <string>

#include "tests/oracles/theory/averaging.hpp"
#include "tests/oracles/theory/coalescence.hpp"
#include "tests/oracles/theory/graph_chain.hpp"
#include "tests/oracles/theory/multilevel.hpp"
#include "tests/oracles/theory/optional_game.hpp"
#include "tests/oracles/theory/small_mutation.hpp"
#include "tests/oracles/theory/threshold_cascade.hpp"
#include "tests/oracles/theory/well_mixed.hpp"

/// The theory programs against every value of the theory reference that they are about, and against each other. A
/// printed value is met within half a unit of its last digit; formula against formula within a relative 1e-9.
namespace commonweal::oracle {
namespace {

const double infinite = HUGE_VAL;

/// Half a unit of the last of `digits` decimals, and a little for its binary form.
double rounding(int digits) { return 0.5000001 * std::pow(10, -digits); }

#define EXPECT_PRINTED(value, printed, digits) EXPECT_NEAR(value, printed, rounding(digits))
#define EXPECT_SAME(a, b) EXPECT_NEAR(a, b, 1e-9 * std::abs(b))

Game linear_game(double r, bool averaged = false) {
    return public_goods_game({.pot = linear_pot(r), .averaged = averaged});
}

double fixation(const Graph& graph, const Game& game, const Update& update) {
    return mean_over_single_cooperators(asynchronous_absorption(graph, game, update).fixation);
}

/// Irregular and regular graphs on which theory and theory are compared.
std::vector<std::pair<std::string, Graph>> assorted_graphs() {
    return {{"star", star_graph(5)},
            {"path", path_graph(6)},
            {"ring", ring_graph(7)},
            {"wide ring", ring_graph(8, 2)},
            {"triangles", two_triangles()},
            {"random 1", random_connected_graph(7, 3, 1)},
            {"random 2", random_connected_graph(8, 5, 2)}};
}

TEST(OracleGraph, HasTheRightDegrees) {
    const auto expect_degrees = [](const Graph& graph, const std::vector<int>& degrees) {
        for (int i = 0; i < size(graph); ++i) EXPECT_EQ(degree(graph, i), degrees[static_cast<std::size_t>(i)]) << i;
    };
    expect_degrees(complete_graph(4), {3, 3, 3, 3});
    expect_degrees(star_graph(3), {3, 1, 1, 1});
    expect_degrees(path_graph(4), {1, 2, 2, 1});
    expect_degrees(ring_graph(5, 2), {4, 4, 4, 4, 4});
    expect_degrees(two_triangles(), {2, 2, 3, 3, 2, 2});
    expect_degrees(torus_graph(5), std::vector<int>(25, 4));
    expect_degrees(torus_graph(5, true), std::vector<int>(25, 8));
}

TEST(OracleLinear, SolvesAndFindsTheStationaryVector) {
    const Vector x = solve({{0, 2, 1}, {1, 1, 0}, {3, 0, -1}}, {7, 3, 0});  // needs a pivot
    EXPECT_NEAR(x[0], 1, 1e-14);
    EXPECT_NEAR(x[1], 2, 1e-14);
    EXPECT_NEAR(x[2], 3, 1e-14);
    EXPECT_THROW(solve({{1, 2}, {2, 4}}, {1, 1}), std::domain_error);
    EXPECT_NEAR(stationary_vector({{0.9, 0.1}, {0.3, 0.7}})[0], 0.75, 1e-14);
}

void expect_payoffs(const PublicGoods& rules, Profile profile, const Vector& expected) {
    const Vector payoffs = public_goods_game(rules)(path_graph(3), profile);
    for (std::size_t i = 0; i < 3; ++i) EXPECT_NEAR(payoffs[i], expected[i], 1e-14) << "agent " << i;
}

TEST(GraphGame, PaysWhatOneFindsByHandOnAPathOfThree) {
    const Pot linear = linear_pot(3);
    expect_payoffs({.pot = linear}, 0b001, {0.5, 2.5, 1});
    expect_payoffs({.pot = linear, .averaged = true}, 0b001, {0.25, 2.5 / 3, 0.5});
    expect_payoffs({.pot = linear, .focal_only = true}, 0b001, {0.5, 1, 0});
    expect_payoffs({.pot = linear, .cost_per_individual = true}, 0b001, {0.25, 1.25, 0.5});
    expect_payoffs({.pot = threshold_pot(3, 2)}, 0b011, {3, 2, 2});
    expect_payoffs({.pot = prize_pot(5, 2)}, 0b011, {8, 7, 5});
    expect_payoffs({.pot = synergy_pot(3, 2)}, 0b011, {5.5, 6, 4.5});
    expect_payoffs({.pot = synergy_pot(3, 1)}, 0b001, {0.5, 2.5, 1});
    const Vector donated = donation_game(3, 1, false)(path_graph(3), 0b010);
    EXPECT_EQ(donated, (Vector{3, -2, 3}));
    EXPECT_EQ(donation_game(3, 1, true)(path_graph(3), 0b010), (Vector{3, -1, 3}));
}

/// THEORY 1.5, second table.
TEST(GraphChain, HasTheExactFixationProbabilities) {
    const Graph star = star_graph(5), ring = ring_graph(8);
    EXPECT_PRINTED(fixation(star, linear_game(2), pairwise_comparison(2)), 0.00556848, 8);
    EXPECT_PRINTED(fixation(star, linear_game(3), pairwise_comparison(2)), 0.14046309, 8);
    EXPECT_PRINTED(fixation(star, linear_game(3), pairwise_comparison(0.1)), 0.17130061, 8);
    EXPECT_LT(fixation(ring, linear_game(2), pairwise_comparison(2)), 1e-8);
    EXPECT_PRINTED(fixation(ring, linear_game(3), pairwise_comparison(2)), 0.00000597, 8);
    EXPECT_PRINTED(fixation(ring, linear_game(3), pairwise_comparison(0.1)), 0.09145130, 8);
    EXPECT_PRINTED(fixation(ring, linear_game(2), death_birth(2)), 0.00075005, 8);
    EXPECT_PRINTED(fixation(ring, linear_game(3), death_birth(2)), 0.10092594, 8);
    EXPECT_PRINTED(fixation(ring, linear_game(3), death_birth(0.1)), 0.14911502, 8);
}

/// Neutral: k_i / sum k under PC and DB, (1/k_i) / sum 1/k under BD.
TEST(GraphChain, IsNeutralAsItShould) {
    for (const auto& [name, graph] : assorted_graphs()) {
        double links = 0, inverse = 0;
        for (int i = 0; i < size(graph); ++i) links += degree(graph, i), inverse += 1.0 / degree(graph, i);
        const Vector pc = asynchronous_absorption(graph, linear_game(3), pairwise_comparison(0)).fixation;
        const Vector db = asynchronous_absorption(graph, linear_game(3), death_birth(0)).fixation;
        const Vector bd = asynchronous_absorption(graph, linear_game(3), birth_death(0)).fixation;
        for (int i = 0; i < size(graph); ++i) {
            EXPECT_SAME(pc[1u << i], degree(graph, i) / links) << name << i;
            EXPECT_SAME(db[1u << i], degree(graph, i) / links) << name << i;
            EXPECT_SAME(bd[1u << i], 1 / (degree(graph, i) * inverse)) << name << i;
        }
    }
}

/// On a complete graph PC and BD are well mixed: a donation game has Delta = -b - (Z-1) c.
TEST(GraphChain, IsWellMixedOnACompleteGraph) {
    const int agents = 8;
    const double w = 0.02, delta = -1.5 - (agents - 1) * 1.0;
    const Graph graph = complete_graph(agents);
    const Absorption pc = asynchronous_absorption(graph, donation_game(1.5, 1, false), pairwise_comparison(w));
    const Absorption bd = asynchronous_absorption(graph, donation_game(1.5, 1, false), birth_death(w));
    for (int i = 1; i < agents; ++i) {
        EXPECT_SAME(pc.fixation[all_cooperate(i)], constant_fixation(w * delta, agents, i));
        EXPECT_SAME(bd.fixation[all_cooperate(i)], constant_fixation(w * delta, agents, i));
    }
    const Vector advantage(static_cast<std::size_t>(agents) + 1, delta);
    EXPECT_SAME(mean_over_single_cooperators(pc.steps), absorption_time(advantage, w));
    EXPECT_SAME(mean_over_single_cooperators(pc.steps_if_fixed), fixation_time(advantage, w));
    EXPECT_SAME(mean_over_single_defectors(pc.fixation), constant_fixation(w * delta, agents, agents - 1));
}

/// On a ring cooperators stay together, so their number is a birth-death chain: at the border a C has b - 2c (-2c if
/// alone), a D has b (2b if alone).
TEST(GraphChain, IsABirthDeathChainOnARing) {
    const int agents = 9;
    const double b = 2.5, c = 1, w = 0.3;
    Vector ratios(agents + 1, 2 * c * w);
    ratios[1] = ratios[agents - 1] = (b + 2 * c) * w;
    const Absorption result =
        asynchronous_absorption(ring_graph(agents), donation_game(b, c, false), pairwise_comparison(w));
    for (int i = 1; i < agents; ++i) EXPECT_SAME(result.fixation[all_cooperate(i)], fixation_from(ratios, i)) << i;
}

/// Two agents at once: C changes with probability f, D with 1 - f; when both change the profile is the mirror image.
TEST(GraphChain, ChangesAllAtOnceWhenSynchronous) {
    const double w = 0.4, f = fermi(w * (1.5 + 1));
    const Absorption result =
        synchronous_absorption(complete_graph(2), donation_game(1.5, 1, false), pairwise_comparison(w));
    EXPECT_SAME(result.fixation[1], (1 - f) * (1 - f) / ((1 - f) * (1 - f) + f * f));
    EXPECT_SAME(result.steps[1], 1 / (1 - 2 * f * (1 - f)));
    EXPECT_THROW(synchronous_absorption(complete_graph(2), linear_game(2), birth_death(1)), std::invalid_argument);
    const Graph graph = two_triangles();
    for (const Vector& row : synchronous_transitions(graph, linear_game(3), pairwise_comparison(1)))
        EXPECT_NEAR(dot(row, Vector(row.size(), 1)), 1, 1e-12);
    const Absorption neutral = synchronous_absorption(graph, linear_game(3), death_birth(0));
    for (int i = 0; i < size(graph); ++i) EXPECT_SAME(neutral.fixation[1u << i], degree(graph, i) / 14.0);
}

/// Star with 3 leaves, r = 3, one C at the center: center 3/4 + 3(3/2) - 4 = 5/4, leaf 3/4 + 3/2 = 9/4: the center
/// changes. On the ring of 8 with r = 4.5 a single C (3(4.5/3 - 1) = 1.5) earns less than its neighbors (3).
TEST(GraphChain, ImitatesTheBest) {
    const Matrix star = asynchronous_transitions(star_graph(3), linear_game(3), imitate_best());
    EXPECT_NEAR(star[0b0001][0b0000], 0.25, 1e-15);
    EXPECT_NEAR(star[0b0001][0b0001], 0.75, 1e-15);
    const Absorption lost = asynchronous_absorption(ring_graph(8), linear_game(4.5), imitate_best());
    EXPECT_EQ(lost.fixation[1], 0);
    EXPECT_TRUE(std::isnan(lost.steps_if_fixed[1]));
    EXPECT_NEAR(lost.steps[1], 8, 1e-9);  // until the cooperator is focal
}

/// Where all earn the same, imitation of the best changes nothing: such profiles count as no fixation, without a time.
TEST(GraphChain, TellsOfProfilesThatNeverEnd) {
    const Game equal = [](const Graph& graph, Profile) { return Vector(graph.neighbors.size(), 1); };
    const Absorption frozen = asynchronous_absorption(two_triangles(), equal, imitate_best());
    EXPECT_EQ(frozen.fixation[0b000111], 0);
    EXPECT_EQ(frozen.steps[0b000111], infinite);
    EXPECT_EQ(frozen.fixation[0b111111], 1);
    EXPECT_EQ(frozen.steps[0], 0);
}

/// THEORY 3: on a regular graph the cost per game and per individual give equal copy probabilities.
TEST(GraphChain, ImitatesInProportionToThePairsLargestDifference) {
    const Graph ring = ring_graph(7, 2);
    const Game per_game = linear_game(3.5);
    const Game per_individual = public_goods_game({.pot = linear_pot(3.5), .cost_per_individual = true});
    const Matrix a =
        asynchronous_transitions(ring, per_game, proportional_imitation(largest_difference(ring, per_game)));
    const Matrix b = asynchronous_transitions(ring, per_individual,
                                              proportional_imitation(largest_difference(ring, per_individual)));
    double furthest = 0;
    for (std::size_t s = 0; s < a.size(); ++s)
        for (std::size_t t = 0; t < a.size(); ++t) furthest = std::max(furthest, std::abs(a[s][t] - b[s][t]));
    EXPECT_LT(furthest, 1e-14);
    const Game unequal = [](const Graph&, Profile) { return Vector{3, 1}; };
    const Matrix pair = asynchronous_transitions(complete_graph(2), unequal, proportional_imitation(constant_scale(4)));
    EXPECT_NEAR(pair[0b01][0b11], 0.5 * 2 / 4, 1e-15);  // the D earns less and copies the C
    EXPECT_EQ(pair[0b01][0b00], 0);
}

/// Path of three, r = 3. End: 3/2 + 2 as a D among C, 1/2 as a C among D. Middle: 3/2 + 2 + 3/2 and 3/2 + 1 + 3/2 - 3.
TEST(GraphChain, KnowsTheLargestDifferenceOfAPair) {
    const PairScale scale = largest_difference(path_graph(3), linear_game(3));
    EXPECT_NEAR(scale(0, 1), 5 - 0.5, 1e-14);
    EXPECT_NEAR(scale(1, 0), 5 - 0.5, 1e-14);
    EXPECT_NEAR(scale(0, 2), 3.5 - 0.5, 1e-14);
}

/// Mutants of fitness r under BD: (1 - 1/r) / (1 - r^-N) on regular graphs (Lieberman, Hauert & Nowak 2005); on a path
/// of three with one mutant end e, the middle m, or both b: m = r b/(r+2), e = r b/(r+1/2), b = (r/2 + e)/(r/2 + 1).
TEST(GraphChain, AmplifiesMutantsOfConstantFitness) {
    const double r = 1.7;
    const Game constant = [r](const Graph& graph, Profile profile) {
        Vector log_fitness;
        for (int i = 0; i < size(graph); ++i) log_fitness.push_back(cooperates(profile, i) ? std::log(r) : 0);
        return log_fitness;
    };
    for (const Graph& graph : {ring_graph(7), ring_graph(8, 2), torus_graph(3)})
        EXPECT_SAME(fixation(graph, constant, birth_death(1)), (1 - 1 / r) / (1 - std::pow(r, -size(graph))));
    const double both = r / 2 / (r / 2 + 1 - r / (r + 0.5));
    const Vector path = asynchronous_absorption(path_graph(3), constant, birth_death(1)).fixation;
    EXPECT_SAME(path[0b011], both);
    EXPECT_SAME(path[0b010], r * both / (r + 2));
    EXPECT_SAME(path[0b001], r * both / (r + 0.5));
}

/// THEORY 1.5, first table, and r* of the second.
TEST(Coalescence, MeetsTheClosedForms) {
    const auto pc = WeakRule::pairwise_comparison, db = WeakRule::death_birth;
    for (const int n : {3, 5, 9, 20}) {
        const Graph star = star_graph(n);
        EXPECT_SAME(critical_ratio(star, linear_public_goods(star, true), pc), star_critical_enhancement(n));
    }
    EXPECT_PRINTED(star_critical_enhancement(9), 4.642857, 6);
    const Graph star = star_graph(5), ring = ring_graph(8);
    EXPECT_PRINTED(critical_ratio(star, linear_public_goods(star, false), pc), 2.800000, 6);
    EXPECT_PRINTED(critical_ratio(ring, linear_public_goods(ring, false), pc), 4.200000, 6);
    EXPECT_PRINTED(critical_ratio(ring, linear_public_goods(ring, false), db), 2.454545, 6);
    for (const Graph& graph : {ring_graph(11), ring_graph(13, 2), ring_graph(16, 3), torus_graph(4), torus_graph(5)})
        for (const bool averaged : {false, true}) {
            const double n = size(graph), k = degree(graph, 0), p3 = return_after_three(graph);
            const LinearGraphGame game = linear_public_goods(graph, averaged);
            EXPECT_SAME(critical_ratio(graph, game, pc), transitive_pc_enhancement(n, k));
            EXPECT_SAME(critical_ratio(graph, game, db), transitive_db_enhancement(n, k, p3));
            EXPECT_SAME(critical_ratio(graph, linear_donation(graph, averaged), db), regular_donation_ratio(n, k));
        }
}

TEST(Coalescence, SolvesItsEquations) {
    for (const auto& [name, graph] : assorted_graphs())
        EXPECT_LT(coalescence_residual(graph, coalescence_times(graph)), 1e-11) << name;
}

/// d rho / d w = 0 at r = r*, by a central difference on the exact chain, and > 0 above.
TEST(Coalescence, AgreesWithTheExactChains) {
    const double w = 1e-3;
    for (const auto& [name, graph] : assorted_graphs())
        for (const bool averaged : {false, true})
            for (const WeakRule rule : {WeakRule::pairwise_comparison, WeakRule::death_birth}) {
                const auto update = rule == WeakRule::death_birth ? death_birth : pairwise_comparison;
                const auto slope = [&](double r) {
                    const Game game = linear_game(r, averaged);
                    return (fixation(graph, game, update(w)) - fixation(graph, game, update(-w))) / (2 * w);
                };
                const double r = critical_ratio(graph, linear_public_goods(graph, averaged), rule);
                EXPECT_NEAR(slope(r), 0, 2e-5) << name << averaged;
                EXPECT_EQ(slope(r + 0.1) > 0, r > 0) << name << averaged << " r* = " << r;
                EXPECT_GT(std::abs(slope(r + 0.1)), 1e-3) << name << averaged;
            }
}

/// THEORY 1.2, table.
TEST(WellMixed, HasThePrintedProbabilitiesAndTimes) {
    struct Row {
        double r, delta, rho_c, rho_d, t1, t1_c;
        int rho_c_digits, rho_d_digits;
    };
    for (const Row& row : {Row{3, -0.448980, 0.005441245, 0.04910731, 345.816, 4495.751, 9, 8},
                           Row{5, -0.081633, 0.016261545, 0.02425937, 421.127, 4790.737, 9, 8}}) {
        const Vector delta = advantages(linear_group_game(50, 5, row.r, 1));
        EXPECT_PRINTED(linear_advantage(50, 5, row.r, 1), row.delta, 6);
        for (int k = 1; k < 50; ++k) EXPECT_NEAR(delta[k], linear_advantage(50, 5, row.r, 1), 1e-12) << k;
        EXPECT_PRINTED(fermi_fixation(delta, 0.1), row.rho_c, row.rho_c_digits);
        EXPECT_PRINTED(1 - fermi_fixation(delta, 0.1, 49), row.rho_d, row.rho_d_digits);
        EXPECT_PRINTED(absorption_time(delta, 0.1), row.t1, 3);
        EXPECT_PRINTED(fixation_time(delta, 0.1), row.t1_c, 3);
    }
}

TEST(WellMixed, MeetsItsClosedForms) {
    const GroupGame game = linear_group_game(30, 4, 2.5, 1);
    const double delta = linear_advantage(30, 4, 2.5, 1), beta = 0.3;
    const Vector advantage = advantages(game);
    for (int k = 1; k < 30; ++k) {
        EXPECT_SAME(cooperator_payoff(game, k), 2.5 / 4 * (1 + 3 * (k - 1) / 29.0) - 1);
        EXPECT_SAME(defector_payoff(game, k), 2.5 / 4 * 3 * k / 29.0);
        EXPECT_SAME(fermi_fixation(advantage, beta, k), constant_fixation(beta * delta, 30, k));
        EXPECT_NEAR(selection_gradient(advantage, beta, k), gain(advantage, beta, k) - loss(advantage, beta, k), 1e-15);
    }
    const double rho_c = fermi_fixation(advantage, beta), rho_d = 1 - fermi_fixation(advantage, beta, 29);
    EXPECT_SAME(rho_c / rho_d, std::exp(beta * delta * 29));
    EXPECT_NEAR(fermi_fixation(advantage, 0), 1 / 30.0, 1e-15);
    EXPECT_NEAR(linear_advantage(30, 4, neutral_enhancement(30, 4), 1), 0, 1e-15);
    EXPECT_EQ(neutral_enhancement(5, 5), infinite);
}

/// The product formula against the solved chain, where a Moran step replaces a uniformly chosen agent.
TEST(WellMixed, SolvesTheMoranProcessWithLinearFitness) {
    const GroupGame game = linear_group_game(12, 4, 3, 1);
    const double w = 0.2, z = 12;
    Matrix system = identity(13);
    Vector right(13, 0.0);
    right[12] = 1;
    for (int k = 1; k < 12; ++k) {
        const double c = k * (1 - w + w * cooperator_payoff(game, k));
        const double d = (z - k) * (1 - w + w * defector_payoff(game, k));
        const double up = c / (c + d) * (z - k) / z, down = d / (c + d) * k / z;
        system[k][k] = up + down;
        system[k][k + 1] = -up;
        system[k][k - 1] = -down;
    }
    const Vector phi = solve(system, right);
    for (int k = 1; k < 12; ++k) EXPECT_SAME(moran_linear_fixation(game, w, k), phi[k]);
}

/// THEORY 1.3.
TEST(WellMixed, HasTheStationaryDistributionWithMutation) {
    const Vector p = stationary_distribution(advantages(linear_group_game(50, 5, 3, 1)), 0.1, 0.01);
    EXPECT_PRINTED(mean_share(p), 0.258496, 6);
    EXPECT_PRINTED(p[0], 0.176069, 6);
    EXPECT_PRINTED(p[50], 0.021266, 6);
}

/// THEORY 1.1: xdot = x (1-x) c (r/n - 1), by a central difference.
TEST(WellMixed, FollowsTheReplicatorEquation) {
    const double advantage = 3.0 / 5 - 1, t = 2, h = 1e-4, x = replicator_share(0.7, advantage, t);
    const double speed = (replicator_share(0.7, advantage, t + h) - replicator_share(0.7, advantage, t - h)) / (2 * h);
    EXPECT_NEAR(speed, x * (1 - x) * advantage, 1e-9);
    EXPECT_NEAR(replicator_share(0.7, advantage, 0), 0.7, 1e-15);
}

/// THEORY 1.6, table; s so large that only the direction of selection is left, and its limit.
TEST(SmallMutation, HasTheLimitOfStrongSelection) {
    using enum Role;
    for (const double s : {1e6, infinite}) {
        const Vector voluntary = small_mutation_shares({}, {C, D, L}, s);
        EXPECT_NEAR(voluntary[0], 0.25, 1e-9);
        EXPECT_NEAR(voluntary[1], 0.25, 1e-9);
        EXPECT_NEAR(voluntary[2], 0.5, 1e-9);
        for (const int m : {30, 100}) {
            const Vector peer = small_mutation_shares({.population = m}, {C, D, L, W}, s);
            for (int i = 0; i < 3; ++i) EXPECT_NEAR(peer[i], 2.0 / (m + 8), 1e-9);
            EXPECT_NEAR(peer[3], (m + 2.0) / (m + 8), 1e-9);
        }
        EXPECT_PRINTED(small_mutation_shares({}, {C, D, L, W}, s)[3], 0.944444, 6);
        EXPECT_NEAR(small_mutation_shares({}, {C, D, W}, s)[1], 1, 1e-9);
    }
}

/// THEORY 1.6, the trap: a single contributor among loners earns exactly sigma.
TEST(SmallMutation, LetsLonersBeInvadedHalfOfTheTimes) {
    EXPECT_NEAR(invasion_probability({}, Role::C, Role::L, infinite), 0.5, 1e-15);
    EXPECT_NEAR(invasion_probability({}, Role::W, Role::L, infinite), 0.5, 1e-15);
    EXPECT_NEAR(invasion_probability({}, Role::W, Role::C, 1e6), 0.01, 1e-12);
}

TEST(SmallMutation, HasTheSharesOfFiniteSelection) {
    using enum Role;
    const Vector shares = small_mutation_shares({}, {C, D, L, W}, 1);
    const Vector printed{0.047330, 0.025887, 0.061271, 0.865512};
    for (int i = 0; i < 4; ++i) EXPECT_PRINTED(shares[i], printed[i], 6) << i;
}

/// Without second-order punishment peer punishers do better than pool punishers; with it the reverse.
TEST(SmallMutation, FavorsPoolPunishersOnlyWithSecondOrderPunishment) {
    using enum Role;
    PunishmentGame game{.peer_fine = 0.7, .peer_cost = 0.7};
    for (const double s : {1.0, 1000.0, infinite}) {
        game.second_order_pool = false;
        const Vector first = small_mutation_shares(game, {C, D, L, W, V}, s);
        EXPECT_GT(first[3], first[4]) << s;
        game.second_order_pool = true;
        const Vector second = small_mutation_shares(game, {C, D, L, W, V}, s);
        EXPECT_LT(second[3], second[4]) << s;
        std::printf("s = %g: W %.6f, V %.6f; with second order W %.6f, V %.6f\n", s, first[3], first[4], second[3],
                    second[4]);
    }
}

/// Mean payoffs of C and D over all groups of N - 1 others, as the sums of a multinomial distribution.
std::pair<double, double> sampled_payoffs(const OptionalGame& game, OptionalState at) {
    const double x = at.f * (1 - at.z), y = 1 - at.z - x;
    const int others = game.sample - 1;
    double c = 0, d = 0;
    for (int i = 0; i <= others; ++i)
        for (int j = 0; i + j <= others; ++j) {
            const double ways =
                std::tgamma(others + 1) / std::tgamma(i + 1) / std::tgamma(j + 1) / std::tgamma(others - i - j + 1);
            const double p = ways * std::pow(x, i) * std::pow(y, j) * std::pow(at.z, others - i - j);
            const bool alone = i + j == 0;
            c += p * (alone ? game.loner : game.enhancement * (i + 1) / (i + j + 1) - 1);
            d += p * (alone ? game.loner : game.enhancement * i / (i + j + 1));
        }
    return {c, d};
}

TEST(OptionalGameTheory, HasThePayoffsOfSampledGroups) {
    for (const OptionalState at : {OptionalState{0.3, 0.2}, {0.5, 0.5}, {0.9, 0.05}, {0.1, 0.9}}) {
        const OptionalGame game{.sample = 5, .enhancement = 3.2, .loner = 0.8};
        const auto [c, d] = sampled_payoffs(game, at);
        EXPECT_SAME(optional_cooperator_payoff(game, at), c);
        EXPECT_SAME(optional_defector_payoff(game, at), d);
        const double participants = at.f * c + (1 - at.f) * d;
        const OptionalState speed = optional_speed(game, at);
        EXPECT_SAME(speed.z, at.z * (1 - at.z) * (game.loner - participants));
        EXPECT_SAME(speed.f, at.f * (1 - at.f) * (c - d));
    }
}

/// THEORY 1.4, table.
TEST(OptionalGameTheory, HasThePrintedPointAndPeriod) {
    const OptionalState at = interior_point({});
    EXPECT_PRINTED(at.z, 0.46133976, 8);
    EXPECT_PRINTED(at.f * (1 - at.z), 0.26933012, 8);
    EXPECT_PRINTED((1 - at.f) * (1 - at.z), 0.26933012, 8);
    EXPECT_PRINTED(small_amplitude_period({}), 18.363999, 6);
    EXPECT_THROW(interior_point({.enhancement = 1.9}), std::invalid_argument);
}

TEST(OptionalGameTheory, HasClosedOrbitsWithExactAverages) {
    const double center = interior_point({}).z;
    double longest = 0;
    for (const double amplitude : {0.01, 0.1, 0.3}) {
        const Orbit orbit = follow_orbit({}, center + amplitude, 0.005);
        EXPECT_NEAR(orbit.mean_f, 0.5, 1e-5) << amplitude;
        EXPECT_NEAR(orbit.mean_gain, 0, 1e-5) << amplitude;
        EXPECT_GT(orbit.period, longest) << "large orbits are slower";
        longest = orbit.period;
    }
    EXPECT_NEAR(follow_orbit({}, center + 0.01, 0.005).period, 18.363999, 0.001 * 18.363999);
}

/// THEORY 4.1.
TEST(ThresholdCascade, HasTheWindowAndProbabilityOfWatts) {
    const Window window = cascade_window(0.18);
    EXPECT_EQ(vulnerable_degree(0.18), 5);
    EXPECT_EQ(vulnerable_degree(1 / 49.0), 49);
    EXPECT_PRINTED(window.lower, 1.02070, 5);
    EXPECT_PRINTED(window.upper, 5.76468, 5);
    EXPECT_PRINTED(single_adopter(poisson_degrees(4), 0.18).global, 0.865296, 6);
    EXPECT_LT(single_adopter(poisson_degrees(6), 0.18).global, 1e-6);
    EXPECT_LT(single_adopter(poisson_degrees(1), 0.18).global, 1e-6);
    const SingleAdopter simple = single_adopter(poisson_degrees(2), 0.001);  // all are vulnerable: the giant component
    EXPECT_SAME(simple.global, 1 - std::exp(-2 * simple.global));
    EXPECT_SAME(simple.vulnerable_share, simple.global);
}

TEST(ThresholdCascade, HasTheFinalSharesOfGleesonAndCahalane) {
    EXPECT_PRINTED(gleeson_cahalane(poisson_degrees(2), 0.18, 0.01), 0.800018, 6);
    EXPECT_PRINTED(gleeson_cahalane(poisson_degrees(4), 0.18, 0.01), 0.980388, 6);
    // Degree 3, two active neighbors needed, rho0 = .2: q = .2 + .8 q^2 = .25, rho = .2 + .8 (3 q^2 (1-q) + q^3).
    EXPECT_NEAR(gleeson_cahalane({0, 0, 0, 1}, 0.34, 0.2), 0.325, 1e-10);
    EXPECT_NEAR(gleeson_cahalane({0.5, 0.5}, 0.1, 0.2), 0.1 + 0.5 * (0.2 + 0.8 * 0.2), 1e-12);
}

/// THEORY 4.2: exact, no tolerance.
TEST(ThresholdCascade, AdvancesOnARingAsTheFormulaSays) {
    for (int k = 1; k <= 5; ++k)
        for (int agents = 2 * k + 2; agents <= 60; ++agents) {
            const Graph ring = ring_graph(agents, k);
            for (int a = 1; a <= k; ++a) {
                const auto curve = adoption_curve(ring, neighborhood(ring, 3), [a](int) { return a; });
                EXPECT_EQ(curve.back(), agents);
                EXPECT_EQ(static_cast<int>(curve.size()) - 1, ring_adoption_rounds(agents, k, a))
                    << "N = " << agents << ", k = " << k << ", a = " << a;
                for (std::size_t t = 1; t + 1 < curve.size(); ++t) EXPECT_EQ(curve[t] - curve[t - 1], 2 * (k - a + 1));
            }
            if (agents < 4 * k + 2) continue;  // on a smaller ring the two fronts help each other
            const auto frozen = adoption_curve(ring, neighborhood(ring, 3), [k](int) { return k + 1; });
            EXPECT_EQ(frozen, std::vector<int>{2 * k + 1});
        }
}

TEST(ThresholdCascade, CountsTheLinksOfABridge) {
    for (int k = 1; k <= 4; ++k) {
        const Graph ring = ring_graph(40, k);
        int across = 0;  // links between 10..19 and 20..29
        for (int i = 10; i < 20; ++i)
            for (const int j : ring.neighbors[i]) across += j >= 20 && j < 30;
        EXPECT_EQ(across, ring_bridge_width(k));
    }
}

const Matrix three_agents{{0.5, 0.5, 0}, {0.25, 0.5, 0.25}, {0, 0.5, 0.5}};

/// THEORY 4.3.
TEST(Averaging, ComesToThePrintedValues) {
    EXPECT_NEAR(degroot_limit(three_agents, {20, 0, 10}), 7.5, 1e-13);
    for (const double x : averaged_after(three_agents, {20, 0, 10}, 100)) EXPECT_NEAR(x, 7.5, 1e-12);
    const Vector stubborn = friedkin_johnsen(three_agents, {0.5, 0.5, 0.5}, {20, 0, 10});
    EXPECT_PRINTED(stubborn[0], 14.583333, 6);
    EXPECT_PRINTED(stubborn[1], 3.75, 6);
    EXPECT_PRINTED(stubborn[2], 7.916667, 6);
    const Vector given = conditional_contributions(random_walk_matrix(path_graph(3)), 0.6, {4, 0, 0});
    EXPECT_NEAR(given[0], 5.125, 1e-13);
    EXPECT_NEAR(given[1], 1.875, 1e-13);
    EXPECT_NEAR(given[2], 1.125, 1e-13);
}

TEST(Averaging, WeighsAgentsByTheirDegreeAndKeepsTheWeightedMean) {
    for (const auto& [name, graph] : assorted_graphs()) {
        const Matrix p = random_walk_matrix(graph);
        const Vector weights = degree_weights(graph), left = stationary_vector(lazy(p, 0.5));
        Vector x;
        for (int i = 0; i < size(graph); ++i) x.push_back(i * i);
        for (std::size_t i = 0; i < x.size(); ++i) EXPECT_NEAR(left[i], weights[i], 1e-12) << name;
        EXPECT_SAME(dot(weights, averaged_after(p, x, 7)), dot(weights, x)) << name;
        EXPECT_NEAR(averaged_after(lazy(p, 0.5), x, 2000)[0], dot(weights, x), 1e-9) << name;
    }
}

TEST(Averaging, RespondsToShocks) {
    for (const Graph& graph : {ring_graph(9), ring_graph(10, 3), torus_graph(4), complete_graph(5)})
        EXPECT_SAME(total_response(random_walk_matrix(graph), 0.7, 2), 1 / (1 - 0.7));
    const Matrix p = random_walk_matrix(path_graph(5));
    for (const double x : conditional_contributions(p, 0.6, Vector(5, 2))) EXPECT_SAME(x, 2 / 0.4);
    EXPECT_EQ(pulse_response(p, 0.6, 4, 0, 3), 0);
    EXPECT_SAME(pulse_response(p, 0.6, 4, 0, 4), std::pow(0.6, 4) * 0.125);
    double sum = 0;
    for (int t = 0; t < 200; ++t)
        for (int i = 0; i < 5; ++i) sum += pulse_response(p, 0.6, i, 1, t);
    EXPECT_SAME(sum, total_response(p, 0.6, 1));
    const Matrix covariance = stationary_covariance(p, 0.8, 0.5);
    const Matrix carried = times(times(p, covariance), transposed(p));
    for (int i = 0; i < 5; ++i)
        for (int j = 0; j < 5; ++j) EXPECT_NEAR(covariance[i][j], 0.64 * carried[i][j] + (i == j ? 0.25 : 0), 1e-12);
}

/// THEORY 4.4: by the matrix of one group of 4 as well.
TEST(Averaging, AddsUpTheResponsesOfStrangers) {
    const double h = 0.2, b = 0.1;
    Matrix step(4, Vector(4, b));
    for (int i = 0; i < 4; ++i) step[i][i] = h;
    for (int t = 0; t < 5; ++t)
        EXPECT_SAME(dot(averaged_after(step, {1, 0, 0, 0}, t), Vector(4, 1)), strangers_response(h, b, 3, t));
    EXPECT_SAME(strangers_multiplier(h, b, 3, 200), 1 / (1 - h - 3 * b));
}

/// THEORY 5.1.
TEST(Multilevel, HasThePrintedProbability) {
    EXPECT_PRINTED(multilevel_fixation({.groups = 10, .members = 10, .benefit = 3, .cost = 1}, 0.1), 0.01070323, 8);
}

/// The two factors are fixation in a group, where payoffs are means over group mates, and of a group among groups.
TEST(Multilevel, IsFixationInAGroupTimesFixationOfAGroup) {
    const int n = 7, m = 5;
    const double b = 4, c = 1, w = 0.15;
    const GroupGame pairs{n, 2, [=](int j) { return b * j - c; }, [=](int j) { return b * j; }};
    const double inside = fermi_fixation(advantages(pairs), w);
    const double among = fermi_fixation(Vector(m + 1, b - c), w);
    EXPECT_SAME(multilevel_fixation({.groups = m, .members = n, .benefit = b, .cost = c}, w), inside * among);
}

TEST(Multilevel, FavorsCooperationAboveItsThreshold) {
    for (const double m : {5.0, 20.0})
        for (const double n : {4.0, 15.0}) {
            const auto slope = [=](double ratio) {
                const MultilevelGame game{.groups = m, .members = n, .benefit = ratio, .cost = 1};
                return (multilevel_fixation(game, 1e-4) - multilevel_fixation(game, -1e-4)) / 2e-4 * n * m;
            };
            const double ratio = multilevel_ratio(m, n);
            EXPECT_NEAR(slope(ratio), 0, 1e-5);
            EXPECT_GT(slope(ratio + 0.1), 1e-2);
            EXPECT_LT(slope(ratio - 0.1), -1e-2);
            EXPECT_SAME(multilevel_fixation({.groups = m, .members = n, .benefit = 3, .cost = 1}, 0), 1 / (n * m));
        }
    EXPECT_NEAR(multilevel_ratio(1e9, 1e10), multilevel_ratio_many_groups(1e9, 1e10, 0), 1e-6);
}

}  // namespace
}  // namespace commonweal::oracle
