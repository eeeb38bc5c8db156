#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/networks/configuration_model.hpp"
#include "models/networks/whole_numbers.hpp"
#include "sim/network/clustering.hpp"
#include "sim/network/components.hpp"
#include "sim/network/degrees.hpp"
#include "tests/support/networks.hpp"

/// Statistical tests have a fixed seed and a tolerance of four standard errors, written as such.
namespace commonweal::models {
namespace {

using testing::HasSubstr;
using Numbers = std::vector<double>;

TEST(WholeNumbers, HaveTheirMeanAndRange) {
    EXPECT_NEAR(WholeNumbers::poisson(3.5).mean(), 3.5, 1e-12);
    EXPECT_NEAR(WholeNumbers::poisson(500).mean(), 500, 1e-9);
    EXPECT_NEAR(WholeNumbers::power_law(2, 1, 3).mean(), (1 + 0.5 + 1.0 / 3) / (1 + 0.25 + 1.0 / 9), 1e-12);
    const Randomness randomness = seeded(1);
    DrawSequence draws(randomness, {.stream = Stream::network});
    const WholeNumbers law = WholeNumbers::power_law(2.5, 3, 40);
    double sum = 0;
    constexpr int count = 20'000;
    for (int k = 0; k < count; ++k) {
        const auto x = law.draw(draws);
        ASSERT_TRUE(3 <= x && x <= 40);
        sum += x;
    }
    EXPECT_NEAR(sum / count, law.mean(), 4 * 5.1 / std::sqrt(count)) << "the standard deviation is about 5.1";
    for (int k = 0; k < 100; ++k) EXPECT_EQ(WholeNumbers::poisson(0).draw(draws), 0u);
}

TEST(ErdosRenyi, HasBinomialTiesAndDegrees) {
    constexpr double n = 5000, p = 8 / (n - 1), pairs = n * (n - 1) / 2;
    const Network network = generated("erdos_renyi", {{"agents", whole(5000)}, {"mean_degree", 8.0}});
    EXPECT_NEAR(static_cast<double>(network.ties().ties()), pairs * p, 4 * std::sqrt(pairs * p * (1 - p)));
    const double variance = std::pow(degrees_of(network.ties()).sd, 2);
    EXPECT_NEAR(variance, 8 * (1 - p), 4 * 8 * std::sqrt(2 / n)) << "relative standard error of a variance: sqrt(2/n)";
}

TEST(ErdosRenyi, TiesEveryPairEquallyOften) {
    // 15 pairs of 6 agents in 4000 networks with p = .3: chi-square with 15 terms, each (x - mean)^2 / variance.
    std::vector<double> count(36);
    for (std::uint64_t seed = 0; seed < 4000; ++seed) {
        const Network network =
            generated("erdos_renyi", {{"agents", whole(6)}, {"mean_degree", 0.0}, {"p", 0.3}}, seed);
        for (AgentId i = 0; i < 6; ++i)
            for (const AgentId j : network.ties().neighbors(i)) count[i * 6 + j] += 1;
    }
    double chi_square = 0;
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = i + 1; j < 6; ++j) chi_square += std::pow(count[i * 6 + j] - 1200, 2) / (4000 * 0.3 * 0.7);
    EXPECT_LT(chi_square, 45.0) << "15 degrees of freedom: p = 8e-5";
}

TEST(ErdosRenyi, RefusesTwoAnswersToOneQuestion) {
    EXPECT_THAT(message_of([] { generated("erdos_renyi", {{"p", 0.1}}); }),
                HasSubstr("p is 0.1 and mean_degree is 10; they say the same thing"));
    EXPECT_THAT(message_of([] { generated("erdos_renyi", {{"agents", whole(5)}}); }),
                HasSubstr("mean_degree is 10; 5 agents have at most 4"));
}

TEST(RandomRegular, GivesEverybodyTheSameDegree) {
    for (const auto& [agents, degree] : {std::pair{10, 3}, {11, 10}, {50, 30}, {2000, 4}, {3000, 20}}) {
        const Degrees degrees =
            degrees_of(generated("random_regular", {{"agents", whole(static_cast<unsigned>(agents))},
                                                    {"degree", whole(static_cast<unsigned>(degree))}})
                           .ties());
        EXPECT_EQ(degrees.min, static_cast<unsigned>(degree));
        EXPECT_EQ(degrees.max, static_cast<unsigned>(degree));
    }
    EXPECT_THAT(message_of([] { generated("random_regular", {{"agents", whole(5)}, {"degree", whole(3)}}); }),
                HasSubstr("15 ends of ties; the number must be even"));
    EXPECT_THAT(message_of([] { generated("random_regular", {{"agents", whole(4)}, {"degree", whole(4)}}); }),
                HasSubstr("below the number of agents, which is 4"));
}

/// Two-regular graphs of six agents: 60 are one ring, 10 two triangles.
TEST(RandomRegular, IsNearlyUniformEvenWhenItIsSmall) {
    int rings = 0;
    constexpr int networks = 5000;
    for (std::uint64_t seed = 0; seed < networks; ++seed)
        rings += components_of(generated("random_regular", {{"agents", whole(6)}, {"degree", whole(2)}}, seed).ties())
                     .count == 1;
    EXPECT_NEAR(rings / static_cast<double>(networks), 60.0 / 70, 0.05)
        << "mended pairings are uniform only in the limit of large graphs";
}

TEST(WattsStrogatz, KeepsTiesAndLosesClusteringAsRewiringGrows) {
    const auto network = [](double p) {
        return generated("watts_strogatz", {{"agents", whole(2000)}, {"degree", whole(10)}, {"rewiring", p}});
    };
    EXPECT_EQ(digest_of(network(0)),
              digest_of(generated("ring_lattice", {{"agents", whole(2000)}, {"degree", whole(10)}})));
    for (const double p : {0.0, 0.1, 0.5, 1.0}) EXPECT_EQ(network(p).ties().ties(), 10'000u);
    EXPECT_GT(clustering_of(network(0.05).ties()).mean_local, clustering_of(network(0.3).ties()).mean_local);
    const Degrees degrees = degrees_of(network(1).ties());
    EXPECT_GE(degrees.min, 5u) << "an agent keeps the k/2 ties that it owns";
}

TEST(BarabasiAlbert, StartsFromACliqueAndAddsTies) {
    const Network network = generated("barabasi_albert", {{"agents", whole(1000)}, {"links", whole(3)}});
    EXPECT_EQ(network.ties().ties(), 6u + 996u * 3);
    EXPECT_EQ(degrees_of(network.ties()).min, 3u);
    EXPECT_EQ(components_of(network.ties()).count, 1u);
    for (AgentId i = 0; i < 4; ++i)
        for (AgentId j = 0; j < i; ++j) EXPECT_TRUE(network.ties().tied(i, j));
    EXPECT_THAT(message_of([] { generated("barabasi_albert", {{"agents", whole(2)}}); }),
                HasSubstr("links is 2; it must be below the number of agents, which is 2"));
}

TEST(ConfigurationModel, HasTheDegreesOfTheListWhenItSwaps) {
    const Numbers list{9, 8, 7, 7, 5, 4, 4, 3, 3, 2, 2, 2};
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const Network network =
            generated("configuration_model", {{"distribution", std::string("list")}, {"degrees", list}}, seed);
        for (AgentId agent = 0; agent < 12; ++agent) ASSERT_EQ(network.ties().degree(agent), list[agent]) << seed;
    }
}

TEST(ConfigurationModel, FindsTheOnlyGraphThereIs) {
    // Threshold graphs are alone with their degrees: no pairing but one is simple.
    for (const Numbers& list : {Numbers{4, 1, 1, 1, 1}, Numbers{5, 4, 3, 3, 2, 1}, Numbers{7, 6, 5, 4, 4, 3, 2, 1}}) {
        const Network network =
            generated("configuration_model", {{"distribution", std::string("list")}, {"degrees", list}});
        for (AgentId agent = 0; agent < list.size(); ++agent) EXPECT_EQ(network.ties().degree(agent), list[agent]);
    }
}

TEST(ConfigurationModel, LosesATieNowAndThenWhenItErases) {
    const auto ties = [](const std::string& repair) {
        return generated("configuration_model",
                         {{"agents", whole(2000)}, {"max_degree", whole(1500)}, {"exponent", 2.0}, {"repair", repair}})
            .ties()
            .ties();
    };
    EXPECT_LT(ties("erase"), ties("swap"));
    EXPECT_GT(static_cast<double>(ties("erase")), 0.5 * static_cast<double>(ties("swap")));
}

TEST(ConfigurationModel, DrawsPoissonDegrees) {
    const Degrees degrees =
        degrees_of(generated("configuration_model",
                             {{"agents", whole(5000)}, {"distribution", std::string("poisson")}, {"mean_degree", 6.0}})
                       .ties());
    EXPECT_NEAR(degrees.mean, 6, 4 * std::sqrt(6.0 / 5000));
    EXPECT_NEAR(degrees.sd * degrees.sd, 6, 4 * 6 * std::sqrt(2.0 / 5000));
}

TEST(ConfigurationModel, RefusesDegreesThatNoGraphHas) {
    const auto refused = [](const Numbers& list) {
        return message_of(
            [&] { generated("configuration_model", {{"distribution", std::string("list")}, {"degrees", list}}); });
    };
    EXPECT_THAT(refused({1, 1, 1}), HasSubstr("degrees add up to 3"));
    EXPECT_THAT(refused({3, 3, 1, 1}), HasSubstr("no simple graph has these"));
    EXPECT_THAT(refused({2, 1.5, 1}), HasSubstr("degrees holds 1.5"));
    EXPECT_THAT(refused({4, 1, 1}),
                HasSubstr("degrees holds 4; it must be a whole number below the number of agents, which is 3"));
    EXPECT_THAT(message_of([] { generated("configuration_model", {{"degrees", Numbers{1, 1}}}); }),
                HasSubstr("needs distribution = \"list\""));
    EXPECT_THAT(message_of([] { generated("configuration_model", {{"agents", whole(100)}}); }),
                HasSubstr("max_degree is 100; it must be below the number of agents"));
}

/// Every degree sequence of up to six agents against the definition: some graph has it.
TEST(ConfigurationModel, KnowsWhichDegreesAreGraphical) {
    constexpr unsigned n = 5;
    std::set<std::vector<std::uint32_t>> real;
    for (unsigned graph = 0; graph < 1u << (n * (n - 1) / 2); ++graph) {
        std::vector<std::uint32_t> degrees(n);
        unsigned bit = 0;
        for (unsigned i = 0; i < n; ++i)
            for (unsigned j = 0; j < i; ++j, ++bit)
                if (graph >> bit & 1) ++degrees[i], ++degrees[j];
        real.insert(degrees);
    }
    std::vector<std::uint32_t> degrees(n);
    for (unsigned code = 0; code < 3125; ++code) {
        for (unsigned i = 0, rest = code; i < n; ++i, rest /= 5) degrees[i] = rest % 5;
        EXPECT_EQ(is_graphical(degrees), real.contains(degrees)) << testing::PrintToString(degrees);
    }
}

TEST(StochasticBlockModel, HasTheExpectedDegreesInEachBlock) {
    const std::vector<double> sizes{400, 600, 1000}, matrix{0.05, 0.01, 0.002, 0.01, 0.03, 0.004, 0.002, 0.004, 0.02};
    const Network network = generated("stochastic_block_model", {{"sizes", sizes}, {"matrix", matrix}});
    const auto& block = std::get<NumberColumn>(network.attributes().find("block")->values);
    for (std::size_t r = 0; r < 3; ++r) {
        double expected = -matrix[r * 4], variance = 0, found = 0;
        for (std::size_t s = 0; s < 3; ++s) {
            expected += sizes[s] * matrix[r * 3 + s];
            variance += (s == r ? 2 : 1) * sizes[s] * matrix[r * 3 + s];  // ties inside the block count twice
        }
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            if (block[agent] == static_cast<double>(r)) found += network.ties().degree(agent);
        EXPECT_NEAR(found / sizes[r], expected, 4 * std::sqrt(variance / sizes[r])) << "block " << r;
    }
}

TEST(StochasticBlockModel, RefusesTablesThatDoNotFit) {
    const auto refused = [](const Numbers& sizes, const Numbers& matrix) {
        return message_of([&] { generated("stochastic_block_model", {{"sizes", sizes}, {"matrix", matrix}}); });
    };
    EXPECT_THAT(refused({}, {}), HasSubstr("sizes is empty"));
    EXPECT_THAT(refused({2.5}, {}), HasSubstr("sizes holds 2.5"));
    EXPECT_THAT(refused({2, 2}, {0.1, 0.2, 0.3}), HasSubstr("matrix has 3 numbers; 2 blocks need 4"));
    EXPECT_THAT(refused({2, 2}, {0.1, 0.2, 0.3, 0.1}),
                HasSubstr("not symmetric: row 2 column 1 is 0.3, row 1 column 2 is 0.2"));
    EXPECT_THAT(refused({2, 2}, {0.1, 2, 2, 0.1}),
                HasSubstr("matrix is [0.1, 2, 2, 0.1]; it must be a list of numbers in [0, 1]"));
}

TEST(Affiliation, TiesAllWhoShareAGroup) {
    // One group on average of size n: with one group, members are a clique.
    const Network network =
        generated("affiliation", {{"agents", whole(40)}, {"groups_per_agent", 1.0}, {"group_size", 40.0}});
    const Degrees degrees = degrees_of(network.ties());
    EXPECT_EQ(degrees.histogram.size(), 2u);
    EXPECT_EQ(degrees.histogram.at(0) + degrees.max + 1, 40u);
    EXPECT_EQ(degrees_of(generated("affiliation", {{"groups_per_agent", 0.0}}).ties()).max, 0u);
    EXPECT_THAT(message_of([] { generated("affiliation", {{"agents", whole(3)}, {"groups_per_agent", 0.1}}); }),
                HasSubstr("make no group"));
}

}  // namespace
}  // namespace commonweal::models
