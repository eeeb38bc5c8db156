#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <set>

#include "sim/core/draw_sequence.hpp"
#include "sim/network/clustering.hpp"
#include "sim/network/degrees.hpp"
#include "tests/support/networks.hpp"

/// Published properties of random networks. Seeds are fixed; a chi-square is refused at p < 1e-4, another statistic
/// outside of the tolerance that its source states or of four standard errors.
namespace commonweal {
namespace {

/// The value that a chi-square variable exceeds with probability 1e-4, by Wilson & Hilferty (1931).
double chi_square_limit(double freedom) {
    const double z = 3.719;  // quantile of the normal distribution
    return freedom * std::pow(1 - 2 / (9 * freedom) + z * std::sqrt(2 / (9 * freedom)), 3);
}

struct Fit {
    double chi_square = 0, freedom = -1;
};

/// Compares counts with expected ones; cells are joined, in order, until 20 are expected in each.
Fit fit(const std::vector<std::pair<double, double>>& found_and_expected) {
    Fit fit;
    double found = 0, expected = 0, found_left = 0, expected_left = 0;
    for (const auto& [o, e] : found_and_expected) expected_left += e, found_left += o;
    for (const auto& [o, e] : found_and_expected) {
        found += o, expected += e;
        if (expected < 20 || expected_left - expected < 20) continue;
        fit.chi_square += (found - expected) * (found - expected) / expected;
        fit.freedom += 1;
        expected_left -= expected, found_left -= found;
        found = expected = 0;
    }
    fit.chi_square += (found_left - expected_left) * (found_left - expected_left) / expected_left;
    fit.freedom += 1;
    return fit;
}

TEST(BarabasiAlbertOracle, HasTheDegreesOfDorogovtsevMendesSamukhin) {
    constexpr double n = 200'000;
    for (const unsigned m : {1u, 2u, 4u}) {
        const Network network = generated("barabasi_albert", {{"agents", whole(200'000)}, {"links", whole(m)}}, 11);
        const Degrees degrees = degrees_of(network.ties());
        std::vector<std::pair<double, double>> cells;
        double rest = n, rest_expected = n;
        for (unsigned k = m; k < 400; ++k) {
            const double expected = n * 2.0 * m * (m + 1) / (static_cast<double>(k) * (k + 1) * (k + 2));
            const auto found = degrees.histogram.find(k);
            cells.emplace_back(found == degrees.histogram.end() ? 0 : static_cast<double>(found->second), expected);
            rest -= cells.back().first, rest_expected -= expected;
        }
        cells.emplace_back(rest, rest_expected);
        const Fit result = fit(cells);
        std::printf("m = %u: chi-square %.1f with %.0f degrees of freedom, limit %.1f\n", m, result.chi_square,
                    result.freedom, chi_square_limit(result.freedom));
        EXPECT_LT(result.chi_square, chi_square_limit(result.freedom)) << m;
        EXPECT_GT(result.freedom, 20);
    }
}

/// The formula counts triangles that survive rewiring, per pair of neighbors that an agent of the mean degree has. Both
/// usual coefficients divide by the pairs of the actual degrees instead; the spread of degrees takes them off the
/// formula, by up to .013 for k = 4 and less for larger k.
TEST(WattsStrogatzOracle, LosesClusteringAsBarratAndWeigtSay) {
    constexpr double n = 10'000;
    for (const unsigned k : {4u, 10u})
        for (const double p : {0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0}) {
            const Network network =
                generated("watts_strogatz", {{"agents", whole(10'000)}, {"degree", whole(k)}, {"rewiring", p}}, 5);
            const double expected = 3.0 * (k - 2) / (4.0 * (k - 1)) * std::pow(1 - p, 3);
            const Clustering found = clustering_of(network.ties());
            const double per_pair = 3 * static_cast<double>(found.triangles) / (n * k * (k - 1) / 2);
            std::printf("k = %u, p = %.2f: formula %.5f, triangles %.5f, transitivity %.5f, mean local %.5f\n", k, p,
                        expected, per_pair, found.transitivity, found.mean_local);
            EXPECT_NEAR(per_pair, expected, p == 0 ? 1e-12 : 0.01) << k << " " << p;
            EXPECT_NEAR(found.transitivity, expected, p == 0 ? 1e-12 : (k == 4 ? 0.015 : 0.01)) << k << " " << p;
            EXPECT_NEAR(found.mean_local, expected, p == 0 ? 1e-12 : (k == 4 ? 0.015 : 0.01)) << k << " " << p;
        }
}

TEST(AffiliationOracle, HasTheTransitivityOfNewmanStrogatzWatts) {
    for (const auto& [mu, nu] : {std::pair{1.0, 5.0}, {2.0, 4.0}, {3.0, 6.0}, {5.0, 3.0}}) {
        const Network network =
            generated("affiliation", {{"agents", whole(20'000)}, {"groups_per_agent", mu}, {"group_size", nu}}, 2);
        const double transitivity = clustering_of(network.ties()).transitivity,
                     degree = degrees_of(network.ties()).mean;
        std::printf("mu = %.0f, nu = %.0f: transitivity %.4f, formula %.4f; mean degree %.3f, formula %.0f\n", mu, nu,
                    transitivity, 1 / (1 + mu), degree, mu * nu);
        EXPECT_NEAR(transitivity, 1 / (1 + mu), 0.01);
        EXPECT_NEAR(degree, mu * nu, 0.02 * mu * nu);
    }
}

TEST(LfrOracle, HasItsExponents) {
    constexpr double n = 50'000;
    const Network network = generated("lfr_communities",
                                      {{"agents", whole(50'000)},
                                       {"tau1", 2.5},
                                       {"mean_degree", 15.0},
                                       {"max_degree", whole(200)},
                                       {"max_community", whole(500)},
                                       {"mu", 0.3}},
                                      3);
    // The maximum-likelihood exponent of degrees of at least 10, which is above the two mixed least ones; no other
    // degree is cut, so its standard error is (tau1 - 1) / sqrt(count) or less (Clauset, Shalizi & Newman 2009).
    double best = 0, most = -HUGE_VAL, count = 0, logs = 0;
    for (const auto& [k, agents] : degrees_of(network.ties()).histogram)
        if (k >= 10) count += static_cast<double>(agents), logs += static_cast<double>(agents) * std::log(k);
    for (double tau = 1.5; tau < 4; tau += 0.001) {
        double norm = 0;
        for (int k = 10; k <= 200; ++k) norm += std::pow(k, -tau);
        if (const double likelihood = -tau * logs - count * std::log(norm); likelihood > most)
            most = likelihood, best = tau;
    }
    std::printf("tau1 = %.3f from %.0f agents\n", best, count);
    EXPECT_NEAR(best, 2.5, 4 * 2.0 / std::sqrt(count))
        << "cut at 200, the likelihood is a little flatter than without a cut";
    const auto& community = std::get<NumberColumn>(network.attributes().find("community")->values);
    std::vector<double> own(50'000);
    for (AgentId agent = 0; agent < network.agents(); ++agent)
        for (const AgentId other : network.ties().neighbors(agent)) own[agent] += community[agent] == community[other];
    double low = 0, high = 0, low_all = 0, high_all = 0;
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        const double k = network.ties().degree(agent);
        (k < 20 ? low : high) += own[agent];
        (k < 20 ? low_all : high_all) += k;
    }
    std::printf("share of ties inside: %.4f of agents below degree 20, %.4f of the others\n", low / low_all,
                high / high_all);
    EXPECT_NEAR(low / low_all, 0.7, 0.01);
    EXPECT_NEAR(high / high_all, 0.7, 0.01);
    EXPECT_LT(std::abs(low / low_all + high / high_all - 1.4), 8 * std::sqrt(n / 4) / low_all + 0.004);
}

/// A pair's class in a tree numbered level by level: (depth of the lowest common superior, steps up, smaller first).
using PairClass = std::array<int, 3>;

int depth_of(std::uint64_t agent, std::uint64_t b) {
    int depth = 0;
    for (; agent > 0; agent = (agent - 1) / b) ++depth;
    return depth;
}

PairClass class_of(std::uint64_t i, std::uint64_t j, std::uint64_t b) {
    int up_i = 0, up_j = 0;
    while (i != j) {
        if (depth_of(i, b) >= depth_of(j, b))
            i = (i - 1) / b, ++up_i;
        else
            j = (j - 1) / b, ++up_j;
    }
    return {depth_of(i, b), std::min(up_i, up_j), std::max(up_i, up_j)};
}

/// Probabilities of the first link's class, by enumeration of all pairs and the acceptance of the paper.
std::map<PairClass, double> first_link(std::uint64_t b, std::uint64_t agents, double lambda, double zeta) {
    std::map<PairClass, double> probability;
    double all = 0;
    for (std::uint64_t i = 0; i < agents; ++i)
        for (std::uint64_t j = 0; j < i; ++j) {
            if ((i - 1) / b == j) continue;  // tied by the tree
            const PairClass c = class_of(i, j, b);
            const double accept =
                std::exp(-c[0] / lambda) * std::exp(-std::sqrt(c[1] * c[1] + c[2] * c[2] - 2.0) / zeta);
            probability[c] += accept;
            all += accept;
        }
    for (auto& [c, p] : probability) p /= all;
    return probability;
}

TEST(DoddsWattsSabelOracle, DrawsTheFirstLinkWithThePublishedProbabilities) {
    const auto exact = first_link(5, 156, 0.5, 0.5);
    EXPECT_NEAR(exact.at({0, 1, 1}), 0.25026, 5e-6);
    EXPECT_NEAR(exact.at({1, 1, 1}), 0.16935, 5e-6);
    EXPECT_NEAR(exact.at({2, 1, 1}), 0.11459, 5e-6);
    for (const auto& [lambda, zeta] : {std::pair{0.5, 0.5}, {1e9, 1e9}, {0.7, 3.0}, {1e9, 0.4}}) {
        std::map<PairClass, double> count;
        for (std::uint64_t seed = 0; seed < 10'000; ++seed) {
            const Network network = generated("dodds_watts_sabel",
                                              {{"branching", whole(5)},
                                               {"levels", whole(4)},
                                               {"links", whole(1)},
                                               {"lambda", lambda},
                                               {"zeta", zeta}},
                                              seed);
            for (AgentId i = 0; i < network.agents(); ++i)
                for (const AgentId j : network.ties().neighbors(i))
                    if (j < i && (i - 1) / 5 != j) count[class_of(i, j, 5)] += 1;
        }
        std::vector<std::pair<double, double>> cells;
        for (const auto& [c, p] : first_link(5, 156, lambda, zeta)) cells.emplace_back(count[c], 10'000 * p);
        std::ranges::sort(cells, std::greater{}, &std::pair<double, double>::second);
        const Fit result = fit(cells);
        std::printf("lambda %g, zeta %g: chi-square %.1f with %.0f degrees of freedom, limit %.1f\n", lambda, zeta,
                    result.chi_square, result.freedom, chi_square_limit(result.freedom));
        EXPECT_LT(result.chi_square, chi_square_limit(result.freedom));
    }
}

/// The law of many links, against the paper's own procedure run literally with another source of chance.
TEST(DoddsWattsSabelOracle, DrawsManyLinksLikeTheRejectionOfThePaper) {
    constexpr int networks = 300, links = 60;
    std::map<PairClass, double> ours, theirs;
    const Randomness randomness = seeded(77);
    for (std::uint64_t seed = 0; seed < networks; ++seed) {
        const Network network = generated(
            "dodds_watts_sabel", {{"branching", whole(3)}, {"levels", whole(4)}, {"links", whole(links)}}, seed);
        for (AgentId i = 0; i < network.agents(); ++i)
            for (const AgentId j : network.ties().neighbors(i))
                if (j < i && (i - 1) / 3 != j) ours[class_of(i, j, 3)] += 1;
        DrawSequence draws(randomness, {.stream = Stream::network, .round = static_cast<Round>(seed)});
        std::set<std::pair<std::uint64_t, std::uint64_t>> tied;
        while (tied.size() < links) {
            const std::uint64_t i = draws.below(40), j = draws.below(40);
            if (i <= j || (i - 1) / 3 == j || tied.contains({i, j})) continue;
            const PairClass c = class_of(i, j, 3);
            if (draws.uniform() < std::exp(-c[0] / 0.5) * std::exp(-std::sqrt(c[1] * c[1] + c[2] * c[2] - 2.0) / 0.5)) {
                tied.insert({i, j});
                theirs[c] += 1;
            }
        }
    }
    for (const auto& [c, count] : theirs) {
        // Counts of one class in one network are less variable than binomial ones, so this standard error is too large.
        const double error = std::sqrt(count + ours[c] + 1);
        EXPECT_LT(std::abs(ours[c] - count), 4 * error)
            << c[0] << " " << c[1] << " " << c[2] << ": " << ours[c] << " and " << count;
    }
}

TEST(ErdosRenyiOracle, HasPoissonDegreesWhenItIsLarge) {
    constexpr double n = 1'000'000, z = 4;
    const Degrees degrees =
        degrees_of(generated("erdos_renyi", {{"agents", whole(1'000'000)}, {"mean_degree", z}}, 9).ties());
    std::vector<std::pair<double, double>> cells;
    double p = std::exp(-z);
    for (unsigned k = 0; k < 30; ++k) {
        const auto found = degrees.histogram.find(k);
        cells.emplace_back(found == degrees.histogram.end() ? 0 : static_cast<double>(found->second), n * p);
        p *= z / (k + 1);
    }
    const Fit result = fit(cells);
    std::printf("chi-square %.1f with %.0f degrees of freedom, limit %.1f\n", result.chi_square, result.freedom,
                chi_square_limit(result.freedom));
    EXPECT_LT(result.chi_square, chi_square_limit(result.freedom));
}

}  // namespace
}  // namespace commonweal
