#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto subsidies = static_cast<std::size_t>(Account::subsidies);
constexpr auto waste = static_cast<std::size_t>(Account::waste);

const Values linear{{"targeting", std::string("linear")},
                    {"sees", std::string("local")},
                    {"shortfall", 0.2},
                    {"strength", 1.5},
                    {"antisocial", 0.0},
                    {"effect", 3.0},
                    {"cost", 1.0}};

/// Agent 0 gives 9 to the local pot, the three others of its unit 3.
ServiceDesign one_good_example(Values values, double budget = -1) {
    ServiceDesign design = service_design(service_network(1, 1, 4), "unconditional", {{"amount", 3.0}}, 1);
    design.game = {40, 1.5, 2};
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", 9.0}}).types[0]);
    design.places = {{.name = "others"}, {.name = "one", .who = {"0"}}};
    design.keep_agents = true;
    if (!values.empty()) add_policy(design, "peer_reward", values).budget = budget;
    return design;
}

/// 6 tokens above the others: 1.5 * .2 * 6 = 1.8 points, each paid 1 by the others together and 2 by the purse.
TEST(PeerReward, GivesAndCostsWhatItsPointsSay) {
    const ServiceTrace without = trace_of(one_good_example({})), with = trace_of(one_good_example(linear));
    const auto change = [&](std::size_t agent) { return with.agents[0][agent] - without.agents[0][agent]; };
    EXPECT_NEAR(change(0), 3 * 1.8, 1e-5);
    for (const std::size_t other : {1u, 2u, 3u}) EXPECT_NEAR(change(other), -1.8 / 3, 1e-5);
    EXPECT_NEAR(tokens(with.books[subsidies]), 2 * 1.8, 1e-5);
    EXPECT_EQ(with.books[waste], 0);
    EXPECT_EQ(with.gap, 0);
}

TEST(PeerReward, GivesWhatColleaguesPayWhenThePurseIsEmpty) {
    const ServiceTrace without = trace_of(one_good_example({})), with = trace_of(one_good_example(linear, 1.2));
    EXPECT_EQ(with.books[subsidies], micros(1.2));
    EXPECT_NEAR(with.agents[0][0] - without.agents[0][0], 1.8 + 1.2, 1e-5);
    EXPECT_EQ(with.gap, 0);
}

/// A reward that brings less than it costs uses up the difference, and needs no public money.
TEST(PeerReward, UsesUpWhatItCostsMoreThanItBrings) {
    Values values = linear;
    values[5].second = 0.25;  // effect
    const ServiceTrace trace = trace_of(one_good_example(values));
    EXPECT_NEAR(tokens(trace.books[waste]), 0.75 * 1.8, 1e-5);
    EXPECT_EQ(trace.books[subsidies], 0);
    EXPECT_EQ(trace.gap, 0);
}

TEST(PeerReward, IsExpectedAsItIsPaid) {
    for (const double first : {2.0, 12.0}) {
        ServiceDesign design = service_design(service_network(2, 2, 5));
        design.game = {60, 2, 4};
        add_policy(design, "peer_reward", linear);
        const Slopes slopes = slopes_of(design, first, 0.01, 0.1);
        EXPECT_NEAR(slopes.paid, slopes.expected, 5e-6) << first;
        if (first == 12) {
            EXPECT_GT(slopes.felt_local, -1 + 2.0 / 10 + 3 * 1.5 * 0.2 * 0.9);
        }
    }
}

/// Without public money left a point is worth what colleagues pay for it.
TEST(PeerReward, IsExpectedAtItsCostWhenThePurseIsEmpty) {
    const auto felt = [](double effect, double budget) {
        ServiceDesign design = service_design(service_network(2, 2, 5));
        design.game = {60, 2, 4};
        Values values = linear;
        values[5].second = effect;
        add_policy(design, "peer_reward", values).budget = budget;
        return slopes_of(design, 12, 0.01, 0.1).felt_local;
    };
    EXPECT_NEAR(felt(3, 0.001), felt(1, -1), 1e-6);
    EXPECT_GT(felt(3, -1), felt(1, -1) + 0.1);
}

/// Rewards raise what is given, and keep what punishment would use up.
TEST(PeerReward, RaisesContributionsAndWelfare) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), reward = design,
                  punishment = design;
    add_policy(reward, "peer_reward", {{"antisocial", 0.0}});
    add_policy(punishment, "peer_punishment", {{"antisocial", 0.0}});
    const Effect effect = effect_of(design, reward);
    EXPECT_GT(effect.local + effect.system, 0);
    EXPECT_GT(effect.welfare, effect_of(design, punishment).welfare);
}

TEST(PeerReward, KeepsItsPromises) {
    expect_nothing_changes("peer_reward", {{"strength", 0.0}});
    expect_closed_books("peer_reward", {});
    expect_closed_books("peer_reward", linear);
    expect_money_in_scope_only("peer_reward", {});
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, "peer_reward", {}).budget = 200;
    expect_closed_books_in_all_lanes(design);
}

}  // namespace
}  // namespace commonweal
