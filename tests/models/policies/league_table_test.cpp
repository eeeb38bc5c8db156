#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// People who give 2 or 10 whatever happens, in organizations of different make-up.
ServiceDesign fixed_people(Round rounds = 40) {
    ServiceDesign design =
        service_design(service_network(4, 3, 6), "unconditional", {{"amount", 2.0}, {"noise", 0.5}}, rounds);
    design.types.push_back(
        service_design(service_network(1, 1, 2), "unconditional", {{"amount", 9.0}, {"noise", 0.5}}).types[0]);
    design.places = {{.name = "low", .share = 0.5}, {.name = "high", .share = 0.5}};
    design.keep_agents = true;
    return design;
}

/// Mean contribution to its pot of each organization at present, read off what its leader was paid: r_L times it.
std::vector<double> table_of(const ServiceTrace& trace, Round round) {
    const std::size_t people = trace.types.size(), from = std::size_t{round} * people;
    double system = 0;
    for (std::size_t agent = 0; agent < people; ++agent) system += trace.agents[2][from + agent];
    std::vector<double> means;
    for (std::size_t leader = 0; leader < people; leader += 18)
        means.push_back((trace.agents[0][from + leader] - 20 + trace.agents[1][from + leader] +
                         trace.agents[2][from + leader] - 4 * system / static_cast<double>(people)) /
                        2);
    std::ranges::sort(means, std::greater{});
    return means;
}

double top_half(const ServiceTrace& trace, Round round) {
    const std::vector<double> means = table_of(trace, round);
    return (means[0] + means[1]) / 2;
}

/// What is measured rises at the top; what people give, and what they have of it, does not change.
TEST(LeagueTable, RaisesWhatIsMeasuredAtTheTopAndNoWelfare) {
    ServiceDesign design = fixed_people(), with = design;
    add_policy(with, "league_table", {{"psi", 0.8}});
    const auto before = traces_of<1>(design, 16), after = traces_of<1>(with, 16);
    double gained = 0;
    for (std::size_t run = 0; run < before.size(); ++run) {
        gained += top_half(after[run], 39) - top_half(before[run], 39);
        EXPECT_NEAR(after[run].welfare, before[run].welfare, 1e-5) << run;  // but for rounding
        EXPECT_EQ(after[run].local, before[run].local) << run;
        EXPECT_EQ(after[run].gap, 0) << run;
    }
    EXPECT_GT(gained / 16, 0.5);
}

/// The same with people who respond to those whom they see: over 32 runs welfare changes by less than three tenths of
/// what the measured mean of the top gains.
TEST(LeagueTable, MeasuresMoreThanItBringsWherePeopleRespond) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {{"motivation", 1.0}}, 40);
    design.types.push_back(service_design(service_network(1, 1, 2), "norm_incentive", {{"motivation", 1.6}}).types[0]);
    design.places = {{.name = "low", .share = 0.5}, {.name = "high", .share = 0.5}};
    design.keep_agents = true;
    ServiceDesign with = design;
    add_policy(with, "league_table", {{"psi", 0.8}});
    const auto before = traces_of<1>(design, 32), after = traces_of<1>(with, 32);
    double measured = 0, welfare = 0;
    for (std::size_t run = 0; run < before.size(); ++run) {
        for (Round round = 30; round < 40; ++round)
            measured += (top_half(after[run], round) - top_half(before[run], round)) / 320;
        welfare += (after[run].welfare - before[run].welfare) / 32;
    }
    EXPECT_GT(measured, 0.3);
    EXPECT_LT(std::abs(welfare), 0.3 * measured);
}

/// An organization keeps r_L + 1 members: six people in each of two, r_L = 4, so that one may go and no other.
TEST(LeagueTable, LeavesEnoughMembersForTheDilemma) {
    ServiceDesign design = service_design(service_network(2, 2, 3), "unconditional", {{"amount", 2.0}}, 30);
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 10.0}}).types[0]);
    design.places = {{.name = "low", .attribute = "organization", .value = "organization_0"},
                     {.name = "high", .attribute = "organization", .value = "organization_1"}};
    design.game = {20, 4, 5};
    design.keep_agents = true;
    add_policy(design, "league_table", {{"psi", 1.0}});
    const ServiceTrace trace = trace_of(design);
    // At the end of round 1 one of the high joins the low.
    for (const Round round : {1u, 2u, 29u}) {
        const double system = 5 * (6 * 2 + 6 * 10) / 12.0;
        EXPECT_NEAR(trace.agents[0][round * 12], 20 - 4 + 4 * (6 * 2 + 10) / 7.0 + system, 1e-3) << round;
        EXPECT_NEAR(trace.agents[0][round * 12 + 6], 20 - 20 + 4 * 10 + system, 1e-3) << round;
    }
    EXPECT_NEAR(trace.agents[0][0], 20 - 4 + 4 * 2 + 5 * 72 / 12.0, 1e-3);
}

/// Who is sent sees its new unit alone, and is seen there.
TEST(LeagueTable, PutsWhoIsSentAmongOthers) {
    ServiceDesign design = service_design(service_network(2, 2, 5), "unconditional", {{"amount", 2.0}}, 3);
    design.types.push_back(service_design(service_network(1, 1, 2), "norm_incentive",
                                          {{"noise", 0.0}, {"pull", 1.0}, {"effort", 1e-6}, {"motivation", 0.8}})
                               .types[0]);
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 9.0}}).types[0]);
    design.places = {{.name = "low", .attribute = "organization", .value = "organization_0"},
                     {.name = "one", .who = {"12"}},
                     {.name = "high", .share = 1}};
    design.beliefs = {{0.2f, 0}, 0, 1};
    design.keep_agents = true;
    add_policy(design, "league_table", {{"psi", 1.0}}).end = 1;
    const ServiceTrace trace = trace_of(design);
    EXPECT_NEAR(trace.agents[1][12], 4, 1e-3);       // the first belief
    EXPECT_NEAR(trace.agents[1][20 + 12], 9, 0.05);  // what was seen among the high
    EXPECT_NEAR(trace.agents[1][40 + 12], 2, 0.05);  // what is seen among the low, after the end, too
}

TEST(LeagueTable, SendsOnlyWhoIsInScope) {
    ServiceDesign design = fixed_people(20);
    const ServiceTrace without = trace_of(design);
    add_policy(design, "league_table", {{"psi", 1.0}}).roles = {1};  // managers: none of the front line
    EXPECT_TRUE(same_run(trace_of(design), without));
    design.policies[0].roles = {};
    EXPECT_FALSE(same_run(trace_of(design), without));
}

TEST(LeagueTable, KeepsItsPromises) {
    expect_nothing_changes("league_table", {{"psi", 0.0}});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    design.turnover = {0.05f, 7, 0.5};
    add_policy(design, "league_table").end = 15;
    for (const ServiceTrace& trace : traces_of<1>(design, 8)) EXPECT_EQ(trace.gap, 0);
}

}  // namespace
}  // namespace commonweal
