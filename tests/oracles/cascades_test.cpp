#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/catalog.hpp"
#include "sim/sweep/run_all.hpp"
#include "tests/oracles/theory/threshold_cascade.hpp"
#include "tests/support/networks.hpp"

/// The engine against the theory of threshold cascades (THEORY 4.1 and 4.2). Seeds are fixed.
namespace commonweal::oracle {
namespace {

struct Spreading {
    std::string network;           ///< lines of [network]
    std::uint32_t first = 1;       ///< initial adopters
    std::string place = "random";  ///< of these
    double threshold = 0.18;
    std::string measure = "fraction";
    std::uint32_t instances = 1, replicates = 1, rounds = 200;
};

AdoptionSummary spread(const Spreading& s) {
    const std::string text = fmt::format(
        "seed = 11\nreplicates = {}\ninstances = {}\n[session]\nrounds = {}\n[network]\n{}\nwithout_ties = \"keep\"\n"
        "[agents.first]\nbehavior = \"unconditional\"\namount = 20\ncount = {}\nplace = \"{}\"\n"
        "[agents.crowd]\nbehavior = \"threshold\"\nthreshold = {}\nmeasure = \"{}\"\n"
        "[record]\nadoption = true\n[adoption]\nsources = \"first\"\ntip = 0.05\n",
        s.replicates, s.instances, s.rounds, s.network, s.first, s.place, s.threshold, s.measure);
    return *run_all(parse_scenario(text, "text", {}, models::catalog()), {}, {}, {}).adoption;
}

std::string poisson(AgentId agents, double mean_degree) {
    return fmt::format("kind = \"erdos_renyi\"\nagents = {}\nmean_degree = {}", agents, mean_degree);
}

/// One initial adopter, N = 1e4, 20 networks of 50 runs, global: more than 5 %.
double global_share(double mean_degree) {
    const auto summary =
        spread({.network = poisson(10'000, mean_degree), .instances = 20, .replicates = 50, .rounds = 120});
    EXPECT_EQ(summary.runs, 1000u);
    EXPECT_EQ(summary.settled, 1000u);
    return static_cast<double>(summary.tipped) / 1000;
}

TEST(WattsCascades, AreGlobalAsOftenAsTheorySays) {
    for (const double z : {2.0, 4.0})
        EXPECT_NEAR(global_share(z), single_adopter(poisson_degrees(z), 0.18).global, 0.03) << z;
}

TEST(WattsCascades, AreNeverGlobalOutsideOfTheWindow) {
    const Window window = cascade_window(0.18);
    EXPECT_NEAR(window.lower, 1.0207, 1e-4);
    EXPECT_NEAR(window.upper, 5.76468, 1e-4);
    for (const double z : {0.8, 8.0}) EXPECT_EQ(global_share(z), 0) << z;
}

/// A share of initial adopters, N = 1e5, mean over 4 networks of 4 runs.
TEST(GleesonCahalane, SaysHowManyFollowAShareOfInitialAdopters) {
    for (const double z : {2.0, 4.0}) {
        const auto summary =
            spread({.network = poisson(100'000, z), .first = 1000, .instances = 4, .replicates = 4, .rounds = 120});
        EXPECT_EQ(summary.settled, 16u);
        EXPECT_NEAR(summary.size.mean, gleeson_cahalane(poisson_degrees(z), 0.18, 0.01), 0.003) << z;
    }
}

Graph graph_of(const Layer& ties) {
    Graph graph;
    graph.neighbors.resize(ties.agents());
    for (AgentId agent = 0; agent < ties.agents(); ++agent)
        for (const AgentId other : ties.neighbors(agent)) graph.neighbors[agent].push_back(static_cast<int>(other));
    return graph;
}

/// Adopters of each round, in agents, against the curve of the reference from any one agent and its neighbors.
void expect_curve(const AdoptionSummary& found, const Graph& graph, int needed) {
    const auto curve = adoption_curve(graph, neighborhood(graph, 0), [&](int) { return needed; });
    const double agents = static_cast<double>(graph.neighbors.size());
    for (std::size_t t = 0; t < found.adopters.size(); ++t)
        ASSERT_EQ(std::lround(found.adopters[t].mean * agents), curve[std::min(t, curve.size() - 1)]) << t;
}

TEST(ComplexContagion, MovesAlongARingByTheExactNumberOfAgents) {
    for (const auto& [k, a, n] :
         {std::array{1, 1, 50}, std::array{2, 1, 101}, std::array{2, 2, 64}, std::array{3, 2, 100},
          std::array{3, 3, 47}, std::array{5, 3, 200}, std::array{4, 4, 90}}) {
        const auto rounds = static_cast<std::uint32_t>(ring_adoption_rounds(n, k, a));
        const auto found =
            spread({.network = fmt::format("kind = \"ring_lattice\"\nagents = {}\ndegree = {}", n, 2 * k),
                    .first = static_cast<std::uint32_t>(2 * k + 1),
                    .place = "cluster",
                    .threshold = static_cast<double>(a),
                    .measure = "number",
                    .replicates = 3,
                    .rounds = rounds + 5});
        for (std::uint32_t t = 0; t + 1 < rounds; ++t) {  // before the fronts meet
            const int front = 2 * k + 1 + 2 * (k - a + 1) * static_cast<int>(t);
            EXPECT_EQ(std::lround(found.adopters[t].mean * n), std::min(front, n)) << k << a << n << " " << t;
            EXPECT_EQ(found.adopters[t].sd, 0);
        }
        EXPECT_LT(found.adopters[rounds - 1].mean, 1) << k << a << n;
        EXPECT_EQ(found.adopters[rounds].mean, 1) << k << a << n;
        EXPECT_EQ(found.settled, 3u);
    }
}

TEST(ComplexContagion, StandsStillOnARingWhenBridgesAreTooNarrow) {
    for (const int k : {1, 2, 4}) {
        const auto found = spread({.network = fmt::format("kind = \"ring_lattice\"\nagents = 60\ndegree = {}", 2 * k),
                                   .first = static_cast<std::uint32_t>(2 * k + 1),
                                   .place = "cluster",
                                   .threshold = k + 1.0,
                                   .measure = "number"});
        EXPECT_EQ(std::lround(found.size.mean * 60), 2 * k + 1);
    }
}

TEST(ComplexContagion, FollowsTheReferenceOnLattices) {
    for (const std::string neighborhood : {"von_neumann", "moore"})
        for (const int needed : {1, 2, 3}) {
            const std::uint32_t around = neighborhood == "moore" ? 9 : 5;
            const Network network = generated(
                "square_lattice", {{"width", whole(17)}, {"height", whole(21)}, {"neighborhood", neighborhood}});
            const auto found = spread({.network = fmt::format("kind = \"square_lattice\"\nwidth = 17\nheight = 21\n"
                                                              "neighborhood = \"{}\"",
                                                              neighborhood),
                                       .first = around,
                                       .place = "cluster",
                                       .threshold = static_cast<double>(needed),
                                       .measure = "number",
                                       .rounds = 60});
            expect_curve(found, graph_of(network.ties()), needed);
        }
}

/// Simple contagion moves one tie per round: agents at distance d adopt in round d + 1.
TEST(ComplexContagion, ReachesEachDistanceInItsRound) {
    const auto found = spread({.network = "kind = \"ring_lattice\"\nagents = 31\ndegree = 2",
                               .threshold = 1,
                               .measure = "number",
                               .rounds = 30});
    ASSERT_EQ(found.reach.size(), 16u);
    for (const auto& row : found.reach) {
        EXPECT_EQ(row.people, row.distance == 0 ? 1 : 2);
        EXPECT_EQ(row.share.mean, 1);
        EXPECT_EQ(row.round.mean, static_cast<double>(row.distance) + 1);
    }
}

}  // namespace
}  // namespace commonweal::oracle
