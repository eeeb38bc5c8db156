#include "sim/record/run_block.hpp"

#include <gtest/gtest.h>

#include "tests/support/laboratory.hpp"

namespace commonweal {
namespace {

using test::laboratory;

template <std::size_t width>
RunBlock recorded(const Experiment& experiment, const std::array<std::uint32_t, width>& replicates, std::size_t used) {
    const MeetingPlan plan(experiment, 0);
    BlockRecorder recorder(experiment, {.agents = true}, used);
    Simulation<width>(experiment, plan, replicates).run(recorder);
    return recorder.take();
}

TEST(RunBlock, MeansAgreeWithTheTraces) {
    const Experiment experiment = laboratory();
    const RunBlock block = recorded<8>(experiment, {0, 1, 2, 3, 4, 5, 6, 7}, 5);
    const std::size_t agents = experiment.agents(), rounds = experiment.rounds();
    ASSERT_EQ(block.contribution.size(), 5 * rounds * agents);
    ASSERT_EQ(block.mean_contribution.size(), 5 * rounds);
    for (std::size_t run = 0; run < 5; ++run)
        for (std::uint32_t condition = 0; condition < 2; ++condition)
            for (Round round = 1; round <= 3; ++round) {
                double given = 0, payoff = 0, points = 0, none = 0, full = 0;
                for (AgentId agent = 0; agent < agents; ++agent) {
                    const Round when = experiment.before(agent / experiment.session_size, condition) + round;
                    const std::size_t at = (run * rounds + when - 1) * agents + agent;
                    given += block.contribution[at];
                    payoff += block.payoff[at];
                    points += block.given[at];
                    none += block.contribution[at] == 0;
                    full += block.contribution[at] == 20;
                }
                const std::size_t cell = (run * 2 + condition) * 3 + round - 1;
                EXPECT_NEAR(block.mean_contribution[cell], given / 36, 1e-12);
                EXPECT_NEAR(block.mean_payoff[cell], payoff / 36, 1e-12);
                EXPECT_NEAR(block.mean_points[cell], points / 36, 1e-12);
                EXPECT_NEAR(block.share_free_riders[cell], none / 36, 1e-12);
                EXPECT_NEAR(block.share_full[cell], full / 36, 1e-12);
            }
}

TEST(RunBlock, DoesNotDependOnLanes) {
    const Experiment experiment = laboratory();
    const RunBlock one = recorded<1>(experiment, {3}, 1);
    std::array<std::uint32_t, 16> replicates;
    for (std::uint32_t lane = 0; lane < 16; ++lane) replicates[lane] = lane;
    const RunBlock sixteen = recorded<16>(experiment, replicates, 16);
    const auto cut = [](const auto& values, std::size_t run) {
        const std::size_t size = values.size() / 16;
        return std::vector(values.begin() + static_cast<std::ptrdiff_t>(run * size),
                           values.begin() + static_cast<std::ptrdiff_t>((run + 1) * size));
    };
    EXPECT_EQ(one.mean_contribution, cut(sixteen.mean_contribution, 3));
    EXPECT_EQ(one.mean_payoff, cut(sixteen.mean_payoff, 3));
    EXPECT_EQ(one.contribution, cut(sixteen.contribution, 3));
    EXPECT_EQ(one.group, cut(sixteen.group, 3));
    EXPECT_NE(one.contribution, cut(sixteen.contribution, 4));
}

TEST(RunBlock, NumbersGroupsOfThePot) {
    const Experiment experiment = laboratory();
    const RunBlock block = recorded<1>(experiment, {0}, 1);
    for (std::size_t round = 0; round < experiment.rounds(); ++round)
        for (AgentId session = 0; session < 3; ++session) {
            std::array<int, 12> members{};
            for (AgentId agent = session * 12; agent < (session + 1) * 12; ++agent)
                ++members[static_cast<std::size_t>(block.group[round * 36 + agent])];
            for (std::size_t group = 0; group < 12; ++group) EXPECT_EQ(members[group], group / 4 == session ? 3 : 0);
        }
}

}  // namespace
}  // namespace commonweal
