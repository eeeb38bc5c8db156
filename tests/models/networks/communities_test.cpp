#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "models/networks/dodds_watts_sabel.hpp"
#include "models/networks/network_file.hpp"
#include "sim/network/degrees.hpp"
#include "sim/network/mixing.hpp"
#include "tests/support/networks.hpp"

namespace commonweal::models {
namespace {

using testing::HasSubstr;

TEST(LfrCommunities, MixesAsAskedOnAverage) {
    for (const double mu : {0.1, 0.3, 0.6}) {
        const Network network = generated("lfr_communities", {{"agents", whole(3000)}, {"mu", mu}});
        const auto& community = std::get<NumberColumn>(network.attributes().find("community")->values);
        double inside = 0;
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            for (const AgentId other : network.ties().neighbors(agent)) inside += community[agent] == community[other];
        // Rounding by chance: variance at most 1/4 per agent; and at most one end per community is moved outside.
        const double ends = 2.0 * static_cast<double>(network.ties().ties());
        EXPECT_NEAR(inside / ends, 1 - mu, 4 * std::sqrt(3000 / 4.0) / ends + 3000 / 20 / ends) << mu;
    }
}

TEST(LfrCommunities, KeepsDegreesAndSizesInTheirRanges) {
    const Network network = generated("lfr_communities", {{"agents", whole(5000)}});
    const Degrees degrees = degrees_of(network.ties());
    EXPECT_NEAR(degrees.mean, 10, 4 * degrees.sd / std::sqrt(5000));
    EXPECT_LE(degrees.max, 50u);
    std::map<double, int> sizes;
    for (const double c : std::get<NumberColumn>(network.attributes().find("community")->values)) ++sizes[c];
    for (const auto& [community, size] : sizes) EXPECT_TRUE(20 <= size && size <= 100) << community << " has " << size;
    EXPECT_GT(mixing_by(network.ties(), *network.attributes().find("community")).modularity, 0.6);
}

TEST(LfrCommunities, RefusesParametersThatCannotBe) {
    const auto refused = [](const std::string& key, const Value& value) {
        return message_of([&] { generated("lfr_communities", {{key, value}}); });
    };
    EXPECT_THAT(refused("max_degree", whole(1000)),
                HasSubstr("max_degree is 1000; it must be below the number of agents"));
    EXPECT_THAT(refused("min_community", whole(200)), HasSubstr("min_community is 200, above max_community"));
    EXPECT_THAT(refused("max_community", whole(40)),
                HasSubstr("max_community is 40; it must be above (1 - mu) * max_degree = 40"));
    EXPECT_THAT(refused("mean_degree", 60.0), HasSubstr("mean_degree is 60; with tau1 = 2.5"));
    EXPECT_THAT(message_of([] {
                    generated("lfr_communities",
                              {{"agents", whole(90)}, {"min_community", whole(80)}, {"max_community", whole(85)}});
                }),
                HasSubstr("90 agents cannot be divided into communities of 80 to 85"));
}

TEST(DoddsWattsSabel, IsATreeWithoutLinks) {
    const Network network =
        generated("dodds_watts_sabel", {{"branching", whole(3)}, {"levels", whole(4)}, {"links", whole(0)}});
    EXPECT_EQ(network.agents(), 40u);
    EXPECT_EQ(network.ties().ties(), 39u);
    const auto& level = std::get<NumberColumn>(network.attributes().find("level")->values);
    const auto& manager = std::get<NumberColumn>(network.attributes().find("manager")->values);
    EXPECT_EQ(manager[0], -1);
    for (AgentId agent = 1; agent < 40; ++agent) {
        EXPECT_EQ(level[agent], level[static_cast<AgentId>(manager[agent])] + 1);
        EXPECT_TRUE(network.ties().tied(agent, static_cast<AgentId>(manager[agent])));
    }
    EXPECT_EQ(std::ranges::count(level, 3), 27);
}

TEST(DoddsWattsSabel, HasItsLimits) {
    const auto added = [](double lambda, double zeta, std::uint64_t links) {
        return generated("dodds_watts_sabel", {{"branching", whole(4)},
                                               {"levels", whole(4)},
                                               {"links", whole(links)},
                                               {"lambda", lambda},
                                               {"zeta", zeta}});
    };
    const auto boss = [](AgentId agent) { return (agent - 1) / 4; };
    const auto each_link = [&](const Network& network, const auto& test) {
        for (AgentId a = 0; a < network.agents(); ++a)
            for (const AgentId b : network.ties().neighbors(a))
                if (a < b && boss(b) != a) test(a, b);
    };
    each_link(added(1e-6, 1e-6, 6),
              [](AgentId a, AgentId b) { EXPECT_TRUE(1 <= a && b <= 4) << "core-periphery: the root's reports"; });
    each_link(added(1e9, 1e-6, 60),
              [&](AgentId a, AgentId b) { EXPECT_EQ(boss(a), boss(b)) << "local teams: siblings"; });
    const auto top = [&](AgentId a) {
        while (a > 4) a = boss(a);
        return a;
    };
    each_link(added(1e-6, 1e9, 500), [&](AgentId a, AgentId b) {
        EXPECT_NE(top(a), top(b)) << "interdivisional: pairs that meet at the root";
    });
    EXPECT_EQ(added(0.5, 0.5, 85 * 84 / 2 - 84).ties().ties(), 85u * 84 / 2) << "all pairs";
    EXPECT_THAT(message_of([&] { added(1, 1, 85 * 84 / 2 - 83); }),
                HasSubstr("85 agents have 3486 pairs that the tree leaves untied"));
    EXPECT_THAT(message_of([] { generated("dodds_watts_sabel", {{"levels", whole(20)}}); }),
                HasSubstr("more than 200000000 agents"));
}

TEST(NetworkFile, ReadsWhatItsParametersSay) {
    const Folder folder;
    const auto edges = folder.file("e.csv", "from,to\na,b\nb,a\n").string(),
               agents = folder.file("a.csv", "name,age\nb,1\na,2\nc,3\n").string();
    const std::vector<std::pair<std::string, Value>> values{{"file", edges},
                                                            {"agents", agents},
                                                            {"id", std::string("name")},
                                                            {"source", std::string("from")},
                                                            {"target", std::string("to")}};
    EXPECT_THAT(message_of([&] { generated("network_file", values); }), HasSubstr("e.csv:3: the tie of"));
    auto merged = values;
    merged.emplace_back("duplicates", std::string("merge"));
    const Network network = generated("network_file", merged);
    EXPECT_EQ(network.agents(), 3u);
    EXPECT_EQ(network.label(0), "b");
    merged.emplace_back("isolated", std::string("refuse"));
    EXPECT_THAT(message_of([&] { generated("network_file", merged); }), HasSubstr("a.csv: agent 'c' has no tie"));
    EXPECT_THAT(message_of([] { generated("network_file"); }), HasSubstr("file is missing"));
}

TEST(NetworkFile, JoinsATableOfAgentsToGraphml) {
    const Folder folder;
    const auto graph = folder
                           .file("g.graphml",
                                 "<graphml><graph edgedefault=\"undirected\"><node id=\"x\"/><node id=\"y\"/><edge "
                                 "source=\"x\" target=\"y\"/></graph></graphml>")
                           .string();
    const auto agents = folder.file("a.csv", "id,age\ny,1\nx,2\n").string();
    const Network network = generated("network_file", {{"file", graph}, {"agents", agents}});
    EXPECT_EQ(network.attributes().find("age")->text(0), "2");
    EXPECT_EQ(network.label(0), "x");
}

}  // namespace
}  // namespace commonweal::models
