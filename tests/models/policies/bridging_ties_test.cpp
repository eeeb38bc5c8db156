#include <set>

#include "tests/support/policy_checks.hpp"
#include "tests/support/policy_rounds.hpp"

namespace commonweal {
namespace {

ServiceDesign bridged(const Values& values) {
    ServiceDesign design = service_design(service_network(6, 4, 6), "norm_incentive", {}, 30);
    add_policy(design, "bridging_ties", values);
    return design;
}

TEST(BridgingTies, JoinPeopleOfDifferentOrganizations) {
    const ServiceDesign design = bridged({{"per_head", 2.0}, {"tie_cost", 0.5}});
    PolicyRounds rounds(design);
    const double before = rounds.modularity();
    const std::vector<Tie> ties = rounds.next();
    EXPECT_EQ(ties.size(), 144u);
    EXPECT_NEAR(rounds.cost(), 72, 1e-9);
    std::set<std::pair<AgentId, AgentId>> pairs;
    for (const Tie& tie : ties) {
        EXPECT_NE(tie.a / 24, tie.b / 24);
        pairs.insert(std::minmax(tie.a, tie.b));
    }
    EXPECT_EQ(pairs.size(), ties.size());
    EXPECT_LT(rounds.modularity(), before - 0.1);
}

TEST(BridgingTies, AreKeptOrDrawnAnew) {
    for (const std::uint64_t every : {0u, 2u}) {
        const ServiceDesign design = bridged({{"rotate_every", whole(every)}});
        PolicyRounds rounds(design);
        std::vector<std::set<std::pair<AgentId, AgentId>>> all;
        for (std::size_t round = 0; round < 5; ++round) {
            auto& now = all.emplace_back();
            for (const Tie& tie : rounds.next()) now.insert({tie.a, tie.b});
            if (round > 0) {
                EXPECT_EQ(now == all[round - 1], every == 0 || round % 2 == 1) << round;
            }
        }
    }
}

TEST(BridgingTies, AreFewerWhenTheBudgetEnds) {
    ServiceDesign design = bridged({{"per_head", 1.0}, {"tie_cost", 1.0}});
    design.policies[0].budget = 100;
    PolicyRounds rounds(design);
    EXPECT_EQ(rounds.next().size(), 72u);
    EXPECT_EQ(rounds.next().size(), 28u);
    EXPECT_EQ(rounds.next().size(), 0u);
    EXPECT_NEAR(rounds.cost(), 100, 1e-9);
    EXPECT_EQ(trace_of(design).books[static_cast<std::size_t>(Account::waste)], micros(100));
}

TEST(BridgingTies, HaveNobodyToJoinInOneOrganization) {
    ServiceDesign design = bridged({});
    design.policies[0].organizations = {"organization_2"};
    PolicyRounds rounds(design);
    EXPECT_TRUE(rounds.next().empty());
    EXPECT_EQ(rounds.cost(), 0);
}

/// Where people of one organization give much to the system, bridges show it to those of the others, who follow; the
/// former see less of each other and give less.
TEST(BridgingTies, CarryGivingBetweenOrganizations) {
    ServiceDesign design = bridged({{"per_head", 2.0}});
    design.types.push_back(
        service_design(service_network(1, 1, 2), "norm_incentive", {{"system_motivation", 2.0}}).types[0]);
    design.places = {{.name = "many", .share = 1},
                     {.name = "givers", .attribute = "organization", .value = "organization_0"}};
    ServiceDesign without = design;
    without.policies.clear();
    const auto before = traces_of<16>(without, 32), after = traces_of<16>(design, 32);
    double gained = 0, lost = 0;
    for (std::size_t run = 0; run < before.size(); ++run) {
        lost += before[run].organization[2][0] - after[run].organization[2][0];
        for (std::size_t k = 1; k < 6; ++k) gained += after[run].organization[2][k] - before[run].organization[2][k];
    }
    EXPECT_GT(gained / 32 / 5, 0.2);
    EXPECT_GT(lost / 32, 0.2);
}

TEST(BridgingTies, KeepTheirPromises) {
    expect_nothing_changes("bridging_ties", {{"per_head", 0.0}});
    expect_closed_books("bridging_ties", {{"rotate_every", whole(3)}});
    ServiceDesign design = unmoved_service(service_network(3, 2, 5)), with = design;
    add_policy(with, "bridging_ties");
    EXPECT_EQ(trace_of(design).payoff, trace_of(with).payoff);
}

}  // namespace
}  // namespace commonweal
