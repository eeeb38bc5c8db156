#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto waste = static_cast<std::size_t>(Account::waste);

/// One unit of four who give 2, 6, 10 and 8 to the local pot; one type each.
ServiceDesign four_people(std::array<double, 4> amounts = {2, 6, 10, 8}, Round rounds = 1) {
    ServiceDesign design = service_design(service_network(1, 1, 4), "unconditional", {{"amount", amounts[0]}}, rounds);
    design.game = {40, 1.5, 2};
    design.places = {{.name = "0", .who = {"0"}}};
    for (std::size_t i = 1; i < 4; ++i) {
        design.types.push_back(
            service_design(service_network(1, 1, 2), "unconditional", {{"amount", amounts[i]}}).types[0]);
        design.places.push_back({.name = std::to_string(i), .who = {std::to_string(i)}});
    }
    design.keep_agents = true;
    return design;
}

const Values linear{{"targeting", std::string("linear")},
                    {"sees", std::string("local")},
                    {"shortfall", 0.2},
                    {"strength", 1.5},
                    {"antisocial", 0.25},
                    {"effect", 3.0},
                    {"cost", 1.0}};

/// Points by hand: distances to the mean of the others, from below and above, and who pays for them.
TEST(PeerPunishment, TakesAndCostsWhatItsPointsSay) {
    const std::array<double, 4> gave{2, 6, 10, 8};
    ServiceDesign design = four_people(gave);
    const ServiceTrace without = trace_of(design);
    add_policy(design, "peer_punishment", linear);
    const ServiceTrace with = trace_of(design);
    std::array<double, 4> points{};
    double sum = 0, used = 0;
    for (std::size_t i = 0; i < 4; ++i) {
        const double distance = gave[i] - (26 - gave[i]) / 3;
        points[i] = 1.5 * 0.2 * (distance < 0 ? -distance : 0.25 * distance);
        sum += points[i];
    }
    for (std::size_t i = 0; i < 4; ++i) {
        const double lost = 3 * points[i] + (sum - points[i]) / 3;
        EXPECT_NEAR(without.agents[0][i] - with.agents[0][i], lost, 2e-5) << i;
        used += lost;
    }
    EXPECT_NEAR(tokens(with.books[waste]), used, 1e-5);
    EXPECT_NEAR(used, 4 * sum, 1e-9);  // 3 of the target and 1 of its givers
    EXPECT_EQ(with.public_cost, 0);
    EXPECT_EQ(with.gap, 0);
}

/// What people expect of a token is what it saves and costs them, on either side of the mean.
TEST(PeerPunishment, DetersByThePointsThatAreGiven) {
    for (const double first : {2.0, 12.0}) {
        ServiceDesign design = service_design(service_network(2, 2, 5));
        design.game = {60, 2, 4};
        const Slopes without = slopes_of(design, first);
        add_policy(design, "peer_punishment", linear);
        const Slopes slopes = slopes_of(design, first, 0.01, 0.1);
        EXPECT_NEAR(slopes.paid, slopes.expected, 5e-6) << first;
        EXPECT_EQ(slopes.felt_local > without.felt_local, first == 2) << first;
        EXPECT_NEAR(slopes.felt_system, without.felt_system, 1e-4);  // only local contributions are seen
    }
}

/// Two 10 below, of classes 6..10 at a scale of 20: punished in 52 of 100 rounds, with 1.96 points of each of 2 on
/// average.
TEST(PeerPunishment, PicksTargetsAsOftenAsMeasured) {
    ServiceDesign design = four_people({2, 10, 10, 10}, 4000);
    design.game.endowment = 20;
    const ServiceTrace without = trace_of(design);
    add_policy(design, "peer_punishment", {{"antisocial", 0.0}, {"sees", std::string("local")}});
    const ServiceTrace with = trace_of(design);
    double lost = 0;
    int times = 0;
    for (std::size_t at = 0; at < with.agents[0].size(); at += 4) {
        const double loss = without.agents[0][at] - with.agents[0][at];
        lost += loss;
        times += loss > 0;
        EXPECT_TRUE(loss == 0 || std::abs(loss - 3 * 2 * 1.96 / 0.52) < 1e-4);
    }
    EXPECT_NEAR(times / 4000.0, 0.52, 4 * std::sqrt(0.52 * 0.48 / 4000));
    EXPECT_NEAR(lost / 4000, 3 * 2 * 1.96, 4 * 3 * 2 * 1.96 / 0.52 * std::sqrt(0.52 * 0.48 / 4000));
}

TEST(PeerPunishment, RaisesContributionsAndLosesItsCosts) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design,
                  antisocial = design;
    add_policy(with, "peer_punishment", {{"antisocial", 0.0}});
    add_policy(antisocial, "peer_punishment", {{"antisocial", 1.0}});
    const Effect effect = effect_of(design, with), less = effect_of(design, antisocial);
    EXPECT_GT(effect.local + effect.system, 0);
    EXPECT_LT(less.local + less.system, effect.local + effect.system);
    EXPECT_LT(less.welfare, effect.welfare);
}

TEST(PeerPunishment, RefusesPointsOfNobody) {
    ServiceDesign design = four_people();
    EXPECT_THROW(add_policy(design, "peer_punishment", {{"shares", std::vector<double>{0.5, 0.5}}}), ConfigError);
    EXPECT_THROW(add_policy(design, "peer_punishment", {{"shares", std::vector<double>{0, 0.5, 0.5}}}), ConfigError);
}

TEST(PeerPunishment, KeepsItsPromises) {
    expect_nothing_changes("peer_punishment", {{"strength", 0.0}});
    expect_closed_books("peer_punishment", {});
    expect_closed_books("peer_punishment", linear);
    expect_money_in_scope_only("peer_punishment", {});
}

}  // namespace
}  // namespace commonweal
