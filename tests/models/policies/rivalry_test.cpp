#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// People who weigh money alone, organizations of one unit.
ServiceDesign rivals(std::uint32_t members, double a, double weight) {
    ServiceDesign design = service_design(service_network(4, 1, members), "better_response",
                                          {{"step", 0.1}, {"first_contribution", 5.0}}, 10);
    design.game = {20, a * members, a * members + 0.5};
    add_policy(design, "rivalry", {{"weight", weight}});
    return design;
}

/// THEORY 5.3: contributions grow iff weight > (1 - a) / (a - 1/m); for a = .4 and m = 4 that is 4.
TEST(Rivalry, MakesPeopleGiveBeyondItsThresholdOnly) {
    struct Case {
        std::uint32_t members;
        double a;
    };
    for (const Case& game : {Case{4, 0.4}, Case{5, 0.3}, Case{6, 0.5}, Case{10, 0.2}}) {
        const double threshold = (1 - game.a) / (game.a - 1.0 / game.members);
        const ServiceTrace above = trace_of(rivals(game.members, game.a, threshold * 1.01));
        const ServiceTrace below = trace_of(rivals(game.members, game.a, threshold * 0.99));
        EXPECT_GT(above.local.back(), above.local.front()) << game.members;
        EXPECT_LT(below.local.back(), below.local.front()) << game.members;
        EXPECT_LT(above.system.back(), above.system.front()) << game.members;
    }
    EXPECT_DOUBLE_EQ((1 - 0.4) / (0.4 - 1.0 / 4), 4);
}

/// The slopes are those of the utility, with mean payoffs that really result.
TEST(Rivalry, WeighsTheLeadThatResults) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "rivalry", {{"weight", 3.0}});
    const Slopes slopes = slopes_of(design, 5);
    const double n = 10, people = 30;
    EXPECT_NEAR(slopes.felt_local, -1 + 2 / n + 3 * ((2 - 1) / n), 1e-5);
    EXPECT_NEAR(slopes.felt_system, -1 + 4 / people + 3 * ((4 / people - 1 / n) - 4 / people), 1e-5);
}

TEST(Rivalry, RaisesTheLocalPotAndLowersTheSystems) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "rivalry", {{"weight", 5.0}});
    const Effect effect = effect_of(design, with);
    EXPECT_GT(effect.local, 0);
    EXPECT_LT(effect.system, 0);
}

TEST(Rivalry, KeepsItsPromises) {
    expect_nothing_changes("rivalry", {{"weight", 0.0}});
    expect_closed_books("rivalry", {{"weight", 3.0}});
    ServiceDesign design = unmoved_service(service_network(3, 2, 5)), with = design;
    add_policy(with, "rivalry", {{"weight", 3.0}});
    EXPECT_TRUE(same_run(trace_of(design), trace_of(with)));  // no money moves
}

/// One organization has no rivals.
TEST(Rivalry, ChangesNothingInOneOrganization) {
    ServiceDesign design = service_design(service_network(1, 4, 5)), with = design;
    add_policy(with, "rivalry", {{"weight", 3.0}});
    EXPECT_TRUE(same_run(trace_of(design), trace_of(with)));
}

}  // namespace
}  // namespace commonweal
