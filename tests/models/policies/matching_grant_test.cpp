#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto subsidies = static_cast<std::size_t>(Account::subsidies);

/// Everybody gives 5 to the system; 30 people, 4 rounds: 600 tokens, matched by a quarter.
ServiceDesign givers(double budget) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 5.0}}, 4);
    add_policy(design, "matching_grant", {{"per_token", 0.25}}).budget = budget;
    return design;
}

TEST(MatchingGrant, CostsWhatItAddsAndTheSystemPaysItManifold) {
    ServiceDesign design = givers(-1);
    const ServiceTrace with = trace_of(design);
    EXPECT_EQ(with.books[subsidies], micros(150));
    EXPECT_NEAR(with.policy_cost[0] * 30 * 4, 150, 1e-9);
    EXPECT_EQ(with.gap, 0);
    design.policies.clear();
    EXPECT_NEAR((with.welfare - trace_of(design).welfare) * 30 * 4, 150 * 4, 1e-3);  // r_S = 4
}

TEST(MatchingGrant, MatchesAllGiftsAlikeUntilNothingIsLeft) {
    const ServiceTrace trace = trace_of(givers(100));
    EXPECT_EQ(trace.books[subsidies], micros(100));
    const std::vector<double> added{37.5, 37.5, 25, 0};
    for (std::size_t round = 0; round < added.size(); ++round)
        EXPECT_NEAR(trace.round_cost[round] * 30, added[round], 1e-9) << round;
}

/// Everybody gives 4, 5 or 9 to the system: what is expected is paid while there is money for it.
TEST(MatchingGrant, IsExpectedWhileAnythingIsLeft) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "matching_grant", {{"per_token", 0.5}});
    const Slopes slopes = slopes_of(design, 5);
    EXPECT_NEAR(slopes.felt_system, -1 + 4.0 / 30 * 1.5, 1e-5);
    EXPECT_NEAR(slopes.paid, slopes.expected, 2e-5);
    design.policies[0].budget = 60;  // less than half of what all give in round 1, which is 121 tokens at least
    EXPECT_NEAR(slopes_of(design, 5).felt_system, -1 + 4.0 / 30, 1e-5);
}

TEST(MatchingGrant, RaisesWhatTheSystemGets) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "matching_grant", {{"per_token", 0.5}});
    const Effect effect = effect_of(design, with);
    EXPECT_GT(effect.system, 0);
    EXPECT_GT(effect.welfare, 0);
}

TEST(MatchingGrant, MatchesGiftsInScopeOnly) {
    ServiceDesign design = givers(-1);
    design.policies[0].organizations = {"organization_1"};
    EXPECT_EQ(trace_of(design).books[subsidies], micros(50));
}

TEST(MatchingGrant, KeepsItsPromises) {
    expect_nothing_changes("matching_grant", {{"per_token", 0.0}});
    expect_closed_books("matching_grant", {{"per_token", 0.5}});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "matching_grant", {{"per_token", 0.5}}).budget = 300;
    expect_closed_books_in_all_lanes(design);
}

}  // namespace
}  // namespace commonweal
