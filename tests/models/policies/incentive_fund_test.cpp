#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto subsidies = static_cast<std::size_t>(Account::subsidies);
constexpr auto fines = static_cast<std::size_t>(Account::fines);

/// Two units of five; agents 0 to `givers` - 1 give 6 to each pot, the others 2. Of 20 tokens half is asked for.
ServiceDesign service_of(std::uint32_t givers, const std::string& way, Round rounds = 1, double budget = -1) {
    ServiceDesign design = service_design(service_network(1, 2, 5), "unconditional", {{"amount", 2.0}}, rounds);
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 6.0}}).types[0]);
    design.places = {{.name = "others"}, {.name = "givers"}};
    for (std::uint32_t agent = 0; agent < givers; ++agent) design.places[1].who.push_back(std::to_string(agent));
    design.keep_agents = true;
    if (!way.empty()) add_policy(design, "incentive_fund", {{"way", way}, {"per_head", 1.5}}).budget = budget;
    return design;
}

double change(const ServiceTrace& with, const ServiceTrace& without, std::size_t agent) {
    return double{with.agents[0][agent]} - double{without.agents[0][agent]};
}

TEST(IncentiveFund, SharesTheFundOfAUnit) {
    const ServiceTrace without = trace_of(service_of(3, "")), reward = trace_of(service_of(3, "reward")),
                       fine = trace_of(service_of(3, "fine"));
    for (std::size_t agent = 0; agent < 10; ++agent) {
        EXPECT_NEAR(change(reward, without, agent), agent < 3 ? 7.5 / 3 : 0, 1e-5) << agent;
        EXPECT_NEAR(change(fine, without, agent), agent < 3 ? 0 : agent < 5 ? -7.5 / 2 : -7.5 / 5, 1e-5) << agent;
    }
    EXPECT_EQ(reward.books[subsidies], micros(7.5));
    EXPECT_EQ(fine.books[fines], micros(15));
    EXPECT_NEAR(fine.policy_cost[0] * 10, -15, 1e-9);
    EXPECT_EQ(reward.gap, 0);
    EXPECT_EQ(fine.gap, 0);
}

/// After a round in which half of all gave enough, fines replace rewards; the first round rewards.
TEST(IncentiveFund, ChangesFromCarrotToStick) {
    const ServiceTrace few = trace_of(service_of(4, "carrot_then_stick", 3));
    EXPECT_EQ(few.books[fines], 0);
    EXPECT_EQ(few.books[subsidies], micros(7.5) * 3);
    const ServiceTrace half = trace_of(service_of(5, "carrot_then_stick", 3));
    EXPECT_EQ(half.books[subsidies], micros(7.5));
    EXPECT_EQ(half.books[fines], micros(7.5) * 2);
}

TEST(IncentiveFund, SpendsNoMoreThanItsBudget) {
    const ServiceTrace trace = trace_of(service_of(10, "reward", 4, 40));  // 15 a round
    EXPECT_EQ(trace.books[subsidies], micros(40));
    EXPECT_NEAR(trace.round_cost[2] * 10, 10, 1e-5);
    EXPECT_EQ(trace.round_cost[3], 0);
    EXPECT_EQ(trace.gap, 0);
}

/// m times what it takes to reach the threshold is the bonus, or the fine, that giving it really brings.
TEST(IncentiveFund, ExpectsWhatGivingEnoughBrings) {
    for (const char* const way : {"reward", "fine"}) {
        const ServiceTrace below = trace_of(service_of(3, way, 2)), above = trace_of(service_of(4, way, 2));
        const ServiceTrace plain_below = trace_of(service_of(3, "", 2)), plain_above = trace_of(service_of(4, "", 2));
        const double brings = change(above, plain_above, 13) - change(below, plain_below, 13);  // agent 3 in round 2
        EXPECT_NEAR(brings, std::string(way) == "reward" ? 7.5 / 4 : 7.5 / 2, 1e-5);
        ServiceDesign design = service_of(3, way, 2);
        design.types.push_back(
            service_design(service_network(1, 1, 2), "better_response", {{"step", 0.1}, {"first_contribution", 2.0}})
                .types[0]);
        design.places.push_back({.name = "one", .who = {"3"}});
        const ServiceTrace trace = trace_of(design);
        const double felt = (double{trace.agents[1][13]} - double{trace.agents[1][3]}) / 0.1;
        EXPECT_NEAR((felt + 1 - 2.0 / 10) * 10, brings, 1e-4) << way;
    }
}

TEST(IncentiveFund, RaisesContributions) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40);
    for (const char* const way : {"reward", "fine", "carrot_then_stick"}) {
        ServiceDesign with = design;
        add_policy(with, "incentive_fund", {{"way", std::string(way)}, {"per_head", 2.0}});
        const Effect effect = effect_of(design, with);
        EXPECT_GT(effect.local + effect.system, 0) << way;
    }
}

TEST(IncentiveFund, KeepsItsPromises) {
    expect_nothing_changes("incentive_fund", {{"per_head", 0.0}});
    for (const char* const way : {"reward", "fine", "carrot_then_stick"}) {
        expect_closed_books("incentive_fund", {{"way", std::string(way)}});
        expect_money_in_scope_only("incentive_fund", {{"way", std::string(way)}});
    }
}

}  // namespace
}  // namespace commonweal
