#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "sim/core/parallel.hpp"
#include "tests/support/networks.hpp"

/// Promises that every generator of networks keeps.
namespace commonweal {
namespace {

struct Case {
    std::string name;
    std::vector<std::pair<std::string, Value>> values;
    std::uint64_t digest;  ///< of seed 7, instance 3; changes only together with CHANGELOG.md
};

using Numbers = std::vector<double>;

const std::vector<Case>& cases() {
    static const std::vector<Case> list{
#include "tests/models/networks/golden_networks.inc"
    };
    return list;
}

std::string text_of(const Case& c) {
    std::string text = c.name;
    for (const auto& [key, value] : c.values) text += " " + key + "=" + value_text(value);
    return text;
}

void expect_simple(const Layer& layer, const std::string& what) {
    std::uint64_t ends = 0;
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const auto row = layer.neighbors(agent);
        ends += row.size();
        for (std::size_t k = 0; k < row.size(); ++k) {
            ASSERT_LT(row[k], layer.agents()) << what;
            ASSERT_NE(row[k], agent) << what;
            ASSERT_TRUE(k == 0 || row[k - 1] < row[k]) << what;
            ASSERT_TRUE(std::ranges::binary_search(layer.neighbors(row[k]), agent)) << what;
        }
    }
    EXPECT_EQ(ends, 2 * layer.ties()) << what;
}

TEST(Generators, MakeSimpleGraphsForManyParametersAndSeeds) {
    for (const Case& c : cases())
        for (std::uint64_t seed = 0; seed < 5; ++seed)
            expect_simple(generated(c.name, c.values, seed).ties(), text_of(c));
}

TEST(Generators, GiveTheSameNetworksForever) {
    for (const Case& c : cases()) {
        const std::uint64_t digest = digest_of(generated(c.name, c.values, 7, 3));
        EXPECT_EQ(digest, c.digest) << text_of(c) << fmt::format(" has digest 0x{:016x}", digest);
    }
}

TEST(Generators, DrawAnewForEachSeedAndInstanceOnlyWhenTheySaySo) {
    for (const auto& entry : models::networks()) {
        if (entry.info.name == "network_file") continue;
        const auto generator = entry.make({}, "test");
        const auto digest = [&](std::uint64_t seed, std::uint32_t instance) {
            return digest_of(generator->generate(seeded(seed), instance));
        };
        EXPECT_EQ(digest(1, 0), digest(1, 0)) << entry.info.name;
        EXPECT_EQ(digest(1, 0) != digest(2, 0), generator->random()) << entry.info.name;
        EXPECT_EQ(digest(1, 0) != digest(1, 1), generator->random()) << entry.info.name;
    }
}

/// More agents than one block has, so that blocks are computed at the same time.
TEST(Generators, DoNotDependOnThreads) {
    const std::vector<Case> large{
        {"erdos_renyi", {{"agents", whole(60'000)}}, 0},
        {"stochastic_block_model", {{"sizes", Numbers{30'000, 30'000}}, {"p_in", 2e-4}, {"p_out", 1e-5}}, 0},
        {"affiliation", {{"agents", whole(60'000)}}, 0},
        {"random_regular", {{"agents", whole(60'000)}, {"degree", whole(10)}}, 0},
        {"configuration_model", {{"agents", whole(60'000)}, {"max_degree", whole(1000)}}, 0},
        {"lfr_communities", {{"agents", whole(40'000)}}, 0},
        {"barabasi_albert", {{"agents", whole(60'000)}}, 0},
        {"watts_strogatz", {{"agents", whole(60'000)}}, 0},
        {"public_service", {{"agents", whole(60'000)}}, 0},
        {"kagome_lattice", {{"width", whole(150)}, {"height", whole(150)}}, 0},
    };
    for (const Case& c : large) {
        const auto digest = [&](unsigned threads, std::uint64_t seed) {
            std::uint64_t value = 0;
            with_threads(threads, [&] { value = digest_of(generated(c.name, c.values, seed)); });
            return value;
        };
        const std::uint64_t one = digest(1, 1);
        EXPECT_EQ(digest(2, 1), one) << c.name;
        EXPECT_EQ(digest(8, 1), one) << c.name;
        EXPECT_EQ(digest(1, 2) == one, c.name == "kagome_lattice") << "control: another seed of " << c.name;
    }
}

TEST(Generators, UseTheSeedOfNetworksAlone) {
    const auto& entry = models::networks()[1];
    const auto digest = [&](const Seeds& seeds) {
        return digest_of(entry.make({}, "test")->generate(Randomness(seeds), 0));
    };
    EXPECT_EQ(digest({.network = 1, .initial = 2, .dynamics = 3}), digest({.network = 1, .initial = 8, .dynamics = 9}));
    EXPECT_NE(digest({.network = 1, .initial = 2, .dynamics = 3}), digest({.network = 2, .initial = 2, .dynamics = 3}))
        << "control";
}

}  // namespace
}  // namespace commonweal
