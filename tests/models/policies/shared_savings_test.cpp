#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

Slopes slopes_under(const std::string& kind, std::uint32_t organizations) {
    ServiceDesign design = service_design(service_network(organizations, 2, 5));
    if (!kind.empty()) add_policy(design, kind, {{"weight", 3.0}});
    return slopes_of(design, 5);
}

/// The local slope is the same; through the pot of the system few large organizations help each other (N < 2 r_S n),
/// while rivals never do.
TEST(SharedSavings, DiffersFromRivalryThroughTheSystemAlone) {
    const Slopes none = slopes_under("", 3), shared = slopes_under("shared_savings", 3),
                 rival = slopes_under("rivalry", 3);
    EXPECT_NEAR(shared.felt_local, rival.felt_local, 1e-6);
    EXPECT_GT(shared.felt_local, none.felt_local);
    EXPECT_GT(shared.felt_system, none.felt_system);
    EXPECT_LT(rival.felt_system, none.felt_system);
    EXPECT_NEAR(shared.felt_system - none.felt_system, 3 * (2 * 4.0 / 30 - 1.0 / 10), 1e-5);
}

/// Among many organizations a token to the system costs the own one more than both partners get: at N = 2 r_S n the
/// sign turns.
TEST(SharedSavings, TurnsAtTwiceTheEnhancement) {
    const double seven = slopes_under("shared_savings", 7).felt_system - slopes_under("", 7).felt_system;
    const double eight = slopes_under("shared_savings", 8).felt_system - slopes_under("", 8).felt_system;
    const double nine = slopes_under("shared_savings", 9).felt_system - slopes_under("", 9).felt_system;
    EXPECT_GT(seven, 1e-3);
    EXPECT_NEAR(eight, 0, 1e-5);
    EXPECT_LT(nine, -1e-3);
    EXPECT_GT(nine, slopes_under("rivalry", 9).felt_system - slopes_under("", 9).felt_system);
}

TEST(SharedSavings, RaisesBothPotsWhereOrganizationsAreFew) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "shared_savings", {{"weight", 5.0}});
    const Effect effect = effect_of(design, with);
    EXPECT_GT(effect.local, 0);
    EXPECT_GT(effect.system, 0);
}

TEST(SharedSavings, NeedsAPartner) {
    ServiceDesign design = service_design(service_network(3, 2, 5)), with = design;
    add_policy(with, "shared_savings", {{"weight", 3.0}}).organizations = {"organization_2"};
    EXPECT_TRUE(same_run(trace_of(design), trace_of(with)));
    with.policies[0].organizations = {"organization_0", "organization_2"};
    EXPECT_FALSE(same_run(trace_of(design), trace_of(with)));
}

TEST(SharedSavings, KeepsItsPromises) {
    expect_nothing_changes("shared_savings", {{"weight", 0.0}});
    expect_closed_books("shared_savings", {{"weight", 3.0}});
    ServiceDesign design = unmoved_service(service_network(3, 2, 5)), with = design;
    add_policy(with, "shared_savings", {{"weight", 3.0}});
    EXPECT_TRUE(same_run(trace_of(design), trace_of(with)));  // no money moves
}

}  // namespace
}  // namespace commonweal
