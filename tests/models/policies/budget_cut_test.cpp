#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto endowments = static_cast<std::size_t>(Account::endowments);
constexpr auto subsidies = static_cast<std::size_t>(Account::subsidies);

Micro public_money(const ServiceTrace& trace) { return trace.books[endowments] + trace.books[subsidies]; }

ServiceTrace cut(const std::string& way, double part, double invest, double first, Round start, Round end) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {}, 37);
    auto& own = add_policy(design, "budget_cut", {{"way", way}, {"cut", part}, {"invest", invest}, {"first", first}});
    own.start = start;
    own.end = end;
    return trace_of(design);
}

/// Both ways give all agents together the same, to the micro-token, whatever the shares and the rounds.
TEST(BudgetCut, SavesTheSameInBothWays) {
    const Micro whole = micros(20) * 30 * 37;
    struct Case {
        double part, invest, first;
        Round start, end;
    };
    for (const Case& plan : {Case{0.1, 0.1, 0.25, 1, 0}, Case{0.0713, 0.031, 0.4, 3, 31}, Case{0.2, 1, 0.3, 1, 7},
                             Case{1.0 / 3, 1.0 / 7, 0.19, 12, 30}, Case{0.1, 0.5, 0.25, 5, 5}}) {
        const ServiceTrace salami = cut("salami", plan.part, plan.invest, plan.first, plan.start, plan.end);
        const ServiceTrace transform = cut("transform", plan.part, plan.invest, plan.first, plan.start, plan.end);
        const Round rounds = (plan.end ? plan.end : 37) - plan.start + 1;
        const auto each = static_cast<Micro>(plan.part * static_cast<double>(micros(20)));
        EXPECT_EQ(public_money(salami), whole - each * 30 * rounds);
        EXPECT_EQ(public_money(transform), public_money(salami));
        EXPECT_EQ(salami.books[subsidies], 0);
        const auto invested = static_cast<Micro>(plan.invest * static_cast<double>(micros(20)));
        EXPECT_EQ(transform.books[subsidies], invested * 30 * static_cast<Round>(plan.first * rounds));
        EXPECT_EQ(salami.gap, 0);
        EXPECT_EQ(transform.gap, 0);
        EXPECT_NEAR(salami.policy_cost[0], transform.policy_cost[0], 1e-12);
        EXPECT_LT(salami.policy_cost[0], 0);  // it saves
    }
}

/// Who gives nothing keeps what it has: the two ways round by round.
TEST(BudgetCut, InvestsFirstAndSavesLater) {
    const auto kept = [](const std::string& way) {
        ServiceDesign design = service_design(service_network(3, 2, 5), "free_rider", {}, 8);
        add_policy(design, "budget_cut", {{"way", way}, {"cut", 0.1}, {"invest", 0.2}, {"first", 0.25}});
        return trace_of(design).payoff;
    };
    const auto salami = kept("salami"), transform = kept("transform");
    for (std::size_t round = 0; round < 8; ++round) {
        EXPECT_NEAR(salami[round], 18, 1e-9);
        EXPECT_NEAR(transform[round], round < 2 ? 24 : 20 - 20 * (8 * 0.1 + 2 * 0.2) / 6, 1e-9) << round;
    }
}

/// In churn each turn is a whole: what is invested in it is saved in it, also in a last turn that is cut short.
TEST(BudgetCut, SavesWithinEachTurn) {
    const auto turns = [](const std::string& way) {
        ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {}, 24);
        auto& own = add_policy(design, "budget_cut", {{"way", way}, {"first", 0.4}});
        own.rollout.kind = Rollout::Kind::churn;
        own.rollout.rounds = 5;  // in force in rounds 1 to 5, 11 to 15 and 21 to 24
        return trace_of(design);
    };
    const ServiceTrace salami = turns("salami"), transform = turns("transform");
    EXPECT_EQ(public_money(salami), micros(20) * 30 * 24 - micros(2) * 30 * 14);
    EXPECT_EQ(public_money(transform), public_money(salami));
    EXPECT_EQ(transform.books[subsidies], micros(2) * 30 * (2 + 2 + 1));
    EXPECT_EQ(transform.gap, 0);
}

/// What the budget does not allow to invest need not be saved.
TEST(BudgetCut, OwesNoMoreThanItGot) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "free_rider", {}, 10);
    const Micro whole = micros(20) * 30 * 10;
    add_policy(design, "budget_cut", {{"way", std::string("transform")}, {"cut", 0.1}, {"invest", 0.2}}).budget = 77;
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.books[subsidies], micros(77));
    EXPECT_EQ(public_money(trace), whole - micros(2) * 30 * 10);
    EXPECT_EQ(trace.gap, 0);
}

TEST(BudgetCut, RefusesToSaveMoreThanThereIs) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    EXPECT_THROW(add_policy(design, "budget_cut",
                            {{"way", std::string("transform")}, {"cut", 0.6}, {"invest", 0.5}, {"first", 0.5}}),
                 ConfigError);
}

TEST(BudgetCut, LowersWelfare) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "budget_cut", {{"cut", 0.2}});
    EXPECT_LT(effect_of(design, with).welfare, 0);
}

TEST(BudgetCut, KeepsItsPromises) {
    expect_nothing_changes("budget_cut", {{"cut", 0.0}});
    expect_nothing_changes("budget_cut", {{"way", std::string("transform")}, {"cut", 0.0}, {"invest", 0.0}});
    for (const char* const way : {"salami", "transform"}) {
        expect_closed_books("budget_cut", {{"way", std::string(way)}});
        ServiceDesign design = service_design(service_network(3, 2, 5), "free_rider", {}, 8);
        add_policy(design, "budget_cut", {{"way", std::string(way)}}).organizations = {"organization_1"};
        const ServiceTrace trace = trace_of(design);
        EXPECT_EQ(trace.organization[0][0], 20);
        EXPECT_NEAR(trace.organization[0][1], 18, 1e-9);
    }
}

}  // namespace
}  // namespace commonweal
