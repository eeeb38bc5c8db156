#include <set>

#include "tests/support/policy_checks.hpp"
#include "tests/support/policy_rounds.hpp"

namespace commonweal {
namespace {

ServiceDesign seated(const Values& values) {
    ServiceDesign design = service_design(service_network(6, 4, 6), "norm_incentive", {}, 40);
    add_policy(design, "boards", values);
    return design;
}

TEST(Boards, SeatManagersAndLeadersOfDifferentOrganizations) {
    const ServiceDesign design = seated({{"boards", whole(1)}, {"seats", whole(5)}});
    PolicyRounds rounds(design);
    std::set<AgentId> members;
    std::set<std::uint32_t> organizations;
    const std::vector<Tie> ties = rounds.next();
    for (const Tie& tie : ties) members.insert({tie.a, tie.b});
    for (const AgentId member : members) {
        EXPECT_EQ(member % 6, 0u) << member;
        organizations.insert(member / 24);
    }
    EXPECT_EQ(members.size(), 5u);
    EXPECT_EQ(organizations.size(), 5u);
    EXPECT_LE(ties.size(), 10u);  // less those who are tied on the line
    EXPECT_GE(ties.size(), 6u);
}

TEST(Boards, LowerTheModularity) {
    const ServiceDesign design = seated({{"boards", whole(20)}});
    PolicyRounds rounds(design);
    const double before = rounds.modularity();
    (void)rounds.next();
    EXPECT_LT(rounds.modularity(), before - 0.02);
}

TEST(Boards, AreKeptOrRotated) {
    const auto seats = [](const Values& values) {
        const ServiceDesign design = seated(values);
        PolicyRounds rounds(design);
        std::vector<std::set<std::pair<AgentId, AgentId>>> all;
        for (int round = 0; round < 7; ++round) {
            auto& now = all.emplace_back();
            for (const Tie& tie : rounds.next()) now.insert({tie.a, tie.b});
        }
        return all;
    };
    const auto kept = seats({{"rotate_every", whole(0)}}), rotated = seats({{"rotate_every", whole(3)}});
    for (std::size_t round = 1; round < 7; ++round) {
        EXPECT_EQ(kept[round], kept[0]) << round;
        EXPECT_EQ(rotated[round] == rotated[round - 1], round % 3 != 0) << round;
    }
    EXPECT_EQ(kept[0], rotated[0]);
}

TEST(Boards, MeetWhileTheyArePaidFor) {
    ServiceDesign design = seated({{"boards", whole(4)}, {"seats", whole(5)}, {"seat_cost", 1.0}});
    design.policies[0].budget = 50;
    PolicyRounds rounds(design);
    const std::vector<std::size_t> boards{4, 4, 2, 0, 0};
    std::size_t cost = 0;
    for (const std::size_t meeting : boards) {
        const std::vector<Tie> ties = rounds.next();
        cost += meeting * 5;
        EXPECT_NEAR(rounds.cost(), static_cast<double>(cost), 1e-9);
        EXPECT_GE(ties.size(), meeting * 4);
        EXPECT_LE(ties.size(), meeting * 10);
    }
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.books[static_cast<std::size_t>(Account::waste)], micros(50));
    EXPECT_EQ(trace.gap, 0);
}

/// Where people of one organization are motivated to give more to the system, boards show it to managers of the others,
/// and conditional cooperation carries it on: the others give more.
TEST(Boards, CarryGivingBetweenOrganizations) {
    ServiceDesign design = seated({{"boards", whole(40)}});
    design.rounds = 30;
    design.types.push_back(
        service_design(service_network(1, 1, 2), "norm_incentive", {{"system_motivation", 2.0}}).types[0]);
    design.places = {{.name = "many", .share = 1},
                     {.name = "givers", .attribute = "organization", .value = "organization_0"}};
    ServiceDesign without = design;
    without.policies.clear();
    const auto before = traces_of<16>(without, 32), after = traces_of<16>(design, 32);
    double gained = 0;
    for (std::size_t run = 0; run < before.size(); ++run)
        for (std::size_t k = 1; k < 6; ++k) gained += after[run].organization[2][k] - before[run].organization[2][k];
    EXPECT_GT(gained / 32 / 5, 0.1);
}

TEST(Boards, SeatThoseInScope) {
    ServiceDesign design = seated({{"boards", whole(3)}, {"seats", whole(5)}, {"seat_cost", 1.0}});
    design.policies[0].organizations = {"organization_1", "organization_3", "organization_4"};
    PolicyRounds rounds(design);
    for (const Tie& tie : rounds.next())
        for (const AgentId member : {tie.a, tie.b})
            EXPECT_TRUE(member / 24 == 1 || member / 24 == 3 || member / 24 == 4) << member;
    EXPECT_NEAR(rounds.cost(), 3 * 3, 1e-9);  // seats that nobody takes cost nothing
}

TEST(Boards, RefuseMoreSeatsThanOrganizations) {
    const ServiceDesign design = seated({{"seats", whole(7)}});
    EXPECT_NE(message_of([&] { ServicePlace(design, 0); }).find("seats is 7"), std::string::npos);
}

TEST(Boards, KeepTheirPromises) {
    expect_nothing_changes("boards", {{"boards", whole(0)}, {"seats", whole(3)}});
    expect_closed_books("boards", {{"seats", whole(3)}, {"rotate_every", whole(4)}});
    ServiceDesign design = unmoved_service(service_network(6, 2, 5)), with = design;
    add_policy(with, "boards");
    const ServiceTrace before = trace_of(design), after = trace_of(with);
    EXPECT_EQ(before.payoff, after.payoff);  // costs are the public purse's
    EXPECT_GT(after.public_cost, 0);
}

}  // namespace
}  // namespace commonweal
