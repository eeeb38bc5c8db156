#include "tests/oracles/theory/averaging.hpp"

#include <gtest/gtest.h>

#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/degroot.hpp"
#include "models/behaviors/friedkin_johnsen.hpp"
#include "models/behaviors/linear_influence.hpp"
#include "tests/support/neighborhoods.hpp"

/// The engine against the theory of averaging (THEORY 4.3), far from the bounds 0 and e. Contributions are single
/// precision.
namespace commonweal::oracle {
namespace {

using test::alone;
using test::neighborhood;

/// A graph without symmetry: a path with two triangles and a leaf.
const std::vector<Tie> uneven{{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 5}, {5, 3}, {4, 6}};
constexpr AgentId size_of_uneven = 7;

Matrix random_walk(AgentId agents, const std::vector<Tie>& ties) {
    Matrix p = zeros(static_cast<int>(agents), static_cast<int>(agents));
    for (const auto& [a, b] : ties) p[a][b] = p[b][a] = 1;
    for (auto& row : p) {
        double sum = 0;
        for (const double x : row) sum += x;
        for (double& x : row) x /= sum;
    }
    return p;
}

/// The ties of an uneven graph with first contributions `start` in its table of agents.
std::shared_ptr<const NetworkGenerator> beginning_with(AgentId agents, std::vector<Tie> ties, const Vector& start) {
    Attributes attributes;
    attributes.add({"start", NumberColumn(start)});
    return std::make_shared<test::FixedNetwork>(
        Network(Layer(TieList{agents, std::move(ties), {}}), std::move(attributes)));
}

template <class Rule>
Experiment beginning(AgentId agents, const std::vector<Tie>& ties, const Vector& start, const Rule& rule,
                     Round rounds) {
    Experiment experiment = neighborhood(beginning_with(agents, ties, start), rule, rounds);
    experiment.network->starts = {"start"};
    return experiment;
}

const Vector start{20, 0, 10, 5, 15, 1, 12};

TEST(AveragingOnNetworks, BringsEverybodyToTheDegrootLimit) {
    models::Degroot rule;
    rule.self_weight = 0.5f, rule.first_sd = 0;
    const Matrix w = lazy(random_walk(size_of_uneven, uneven), 0.5);
    const auto run = alone(beginning(size_of_uneven, uneven, start, rule, 400), 0);
    for (const int t : {1, 5, 20})
        for (AgentId i = 0; i < size_of_uneven; ++i)
            EXPECT_NEAR(static_cast<double>(run.contribution(static_cast<Round>(t) + 1, i)),
                        averaged_after(w, start, t)[i], 1e-4);
    for (AgentId i = 0; i < size_of_uneven; ++i)
        EXPECT_NEAR(static_cast<double>(run.contribution(400, i)), degroot_limit(w, start), 1e-4);
}

/// The path of THEORY 4.3: W = [[.5,.5,0],[.25,.5,.25],[0,.5,.5]], x0 = (20,0,10): all 7.5.
TEST(AveragingOnNetworks, AgreesWithThePrintedDegrootExample) {
    models::Degroot rule;
    rule.self_weight = 0.5f, rule.first_sd = 0;
    const auto run = alone(beginning(3, {{0, 1}, {1, 2}}, {20, 0, 10}, rule, 200), 0);
    for (AgentId i = 0; i < 3; ++i) EXPECT_NEAR(run.contribution(200, i), 7.5f, 1e-5f);
}

/// The same W and x0 with half of everybody's weight on its beginning: (14.583333, 3.75, 7.916667).
TEST(AveragingOnNetworks, AgreesWithThePrintedFriedkinJohnsenExample) {
    models::FriedkinJohnsen rule;
    rule.susceptibility = 0.5f, rule.self_weight = 0.5f, rule.first_sd = 0;
    const auto run = alone(beginning(3, {{0, 1}, {1, 2}}, {20, 0, 10}, rule, 200), 0);
    const std::array<float, 3> expected{14.583333f, 3.75f, 7.916667f};
    for (AgentId i = 0; i < 3; ++i) EXPECT_NEAR(run.contribution(200, i), expected[i], 1e-5f);
}

TEST(AveragingOnNetworks, BringsTheAttachedToTheFixedPointOfFriedkinAndJohnsen) {
    for (const float susceptibility : {0.3f, 0.9f}) {
        models::FriedkinJohnsen rule;
        rule.susceptibility = susceptibility, rule.self_weight = 0.25f, rule.first_sd = 0;
        const Matrix w = lazy(random_walk(size_of_uneven, uneven), 0.25);
        const Vector expected = friedkin_johnsen(w, Vector(size_of_uneven, static_cast<double>(susceptibility)), start);
        const auto run = alone(beginning(size_of_uneven, uneven, start, rule, 500), 0);
        for (AgentId i = 0; i < size_of_uneven; ++i)
            EXPECT_NEAR(static_cast<double>(run.contribution(500, i)), expected[i], 2e-5);
    }
}

models::ConditionalCooperator linear(float intercept, float slope) {
    models::ConditionalCooperator rule;
    rule.intercept = intercept, rule.slope = slope, rule.tremble = 0;
    return rule;
}

/// c* = (I - bP)^{-1} a with intercepts of two types; the path of THEORY 4.3 is (5.125, 1.875, 1.125).
TEST(AveragingOnNetworks, BringsConditionalCooperatorsToTheirFixedPoint) {
    Experiment path = neighborhood(test::path_of_three(), linear(0, 0.6f), 200);
    test::add_agents(path, "giving", {0}, linear(4, 0.6f));
    const auto on_path = alone(path, 0);
    const std::array<float, 3> printed{5.125f, 1.875f, 1.125f};
    for (AgentId i = 0; i < 3; ++i) EXPECT_NEAR(on_path.contribution(200, i), printed[i], 1e-5f);

    Experiment experiment = neighborhood(test::network_of(size_of_uneven, uneven), linear(1, 0.75f), 400);
    test::add_agents(experiment, "giving", {1, 5}, linear(3, 0.75f));
    const Vector expected = conditional_contributions(random_walk(size_of_uneven, uneven), 0.75, {1, 3, 1, 1, 1, 3, 1});
    const auto run = alone(experiment, 0);
    for (AgentId i = 0; i < size_of_uneven; ++i)
        EXPECT_NEAR(static_cast<double>(run.contribution(400, i)), expected[i], 1e-5);
}

/// A permanent shock to one intercept: 1'(I-bP)^{-1} e_j, which is 1/(1-b) on a regular graph.
TEST(AveragingOnNetworks, AnswersAPermanentShockAsItShould) {
    const auto total = [](std::shared_ptr<const NetworkGenerator> generator, AgentId shocked, bool shock) {
        Experiment experiment = neighborhood(std::move(generator), linear(4, 0.5f), 300);
        test::add_agents(experiment, "shocked", {shocked}, linear(shock ? 5 : 4, 0.5f));
        const auto run = alone(experiment, 0);
        double sum = 0;
        for (AgentId i = 0; i < experiment.agents(); ++i) sum += static_cast<double>(run.contribution(300, i));
        return sum;
    };
    const auto graph = test::network_of(size_of_uneven, uneven);
    for (AgentId j = 0; j < size_of_uneven; ++j)
        EXPECT_NEAR(total(graph, j, true) - total(graph, j, false),
                    total_response(random_walk(size_of_uneven, uneven), 0.5, static_cast<int>(j)), 1e-4);
    EXPECT_NEAR(total(test::circle(12), 3, true) - total(test::circle(12), 3, false), 2.0, 1e-4);
}

/// A unit pulse at j in round 1: b^t (P^t)_ij t rounds later, nothing before the pulse can have arrived.
TEST(AveragingOnNetworks, AnswersAPulseAsItShould) {
    const Experiment experiment = neighborhood(test::network_of(size_of_uneven, uneven), linear(4, 0.5f), 8);
    const MeetingPlan plan(experiment, 0);
    const Matrix p = random_walk(size_of_uneven, uneven);
    const auto before = alone(experiment, 0);
    for (AgentId j = 0; j < size_of_uneven; ++j) {
        Nudge nudge{{1}, std::vector<float>(size_of_uneven), false, {}};
        nudge.amounts[j] = 4;
        test::LaneTrace twin(experiment, 0);
        Simulation<1>(experiment, plan, {0}).run(twin, &nudge);
        for (int t = 1; t < 8; ++t)
            for (AgentId i = 0; i < size_of_uneven; ++i) {
                const auto round = static_cast<Round>(t + 1);
                const double change =
                    static_cast<double>(twin.contribution(round, i) - before.contribution(round, i)) / 4;
                const double expected = pulse_response(p, 0.5, static_cast<int>(i), static_cast<int>(j), t);
                EXPECT_NEAR(change, expected, 1e-6);
                if (expected == 0) {
                    EXPECT_EQ(change, 0);
                }
            }
    }
}

/// Collects the contributions of the last round, lane by lane.
class LastRound final : public Recorder {
public:
    explicit LastRound(Round last) : last_(last) {}
    void on_round(const RoundView& view) override {
        if (view.round != last_) return;
        for (std::size_t lane = 0; lane < view.width; ++lane) {
            runs.emplace_back();
            for (std::size_t agent = 0; agent < 6; ++agent)
                runs.back().push_back(static_cast<double>(view.contributions[agent * view.width + lane]));
        }
    }
    std::vector<Vector> runs;  ///< [run, agent]

private:
    Round last_;
};

/// Sigma = b^2 P Sigma P' + sigma^2 I on a circle of six, b = 0.6, sigma = 2: variances and covariances of 16,000 runs
/// within four standard errors, sqrt((S_ii S_jj + S_ij^2) / runs) for normal contributions.
TEST(AveragingOnNetworks, SpreadsNoiseAsItShould) {
    models::LinearInfluence rule;
    rule.constant = 200, rule.influence = 0.3f, rule.noise = 2, rule.first_mean = 500, rule.first_sd = 0;
    Experiment experiment = neighborhood(test::circle(6), rule, 40);
    test::give_endowment(experiment, 1000);
    const MeetingPlan plan(experiment, 0);
    LastRound last(40);
    for (std::uint32_t first = 0; first < 16'000; first += 16) {
        std::array<std::uint32_t, 16> replicates;
        for (std::uint32_t lane = 0; lane < 16; ++lane) replicates[lane] = first + lane;
        Simulation<16>(experiment, plan, replicates).run(last);
    }
    Matrix walk = zeros(6, 6);
    for (std::size_t i = 0; i < 6; ++i) walk[i][(i + 1) % 6] = walk[i][(i + 5) % 6] = 0.5;
    const Matrix expected = stationary_covariance(walk, 0.6, 2);
    const double runs = static_cast<double>(last.runs.size());
    for (std::size_t i = 0; i < 6; ++i)
        for (std::size_t j = 0; j <= i; ++j) {
            double product = 0;
            for (const Vector& run : last.runs) product += (run[i] - 500) * (run[j] - 500);
            const double error = std::sqrt((expected[i][i] * expected[j][j] + expected[i][j] * expected[i][j]) / runs);
            EXPECT_NEAR(product / runs, expected[i][j], 4 * error) << i << " " << j;
        }
}

}  // namespace
}  // namespace commonweal::oracle
