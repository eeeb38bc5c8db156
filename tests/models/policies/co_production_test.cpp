#include "models/policies/co_production.hpp"

#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

/// Two organizations of two units; of every five agents the last two are citizens. The second organization may have
/// none.
Network service_with_citizens(bool everywhere = true) {
    const Network staff = service_network(2, 2, 5);
    Attributes attributes;
    TextColumnBuilder role;
    for (AgentId agent = 0; agent < staff.agents(); ++agent)
        role.add(agent % 5 > 2 && (everywhere || agent < 10) ? "citizen" : "frontline");
    for (const Attribute& column : staff.attributes().columns())
        if (column.name != "role") attributes.add(column);
    attributes.add({"role", role.finish()});
    std::vector<NamedLayer> layers(staff.layers().begin(), staff.layers().end());
    return Network(std::move(layers), std::move(attributes), nullptr);
}

/// Staff give `staff` to each pot, citizens `citizens`.
ServiceDesign two_sides(double staff, double citizens, Round rounds = 2) {
    ServiceDesign design = service_design(service_with_citizens(), "unconditional", {{"amount", staff}}, rounds);
    design.types.push_back(service_design(service_network(1, 1, 2), "unconditional", {{"amount", citizens}}).types[0]);
    design.places = {{.name = "staff"}, {.name = "citizens", .attribute = "role", .value = "citizen"}};
    return design;
}

models::CoProduction with_rho(double rho) {
    models::CoProduction policy;
    policy.rho = rho;
    return policy;
}

TEST(CoProduction, IsAMeanOfBothSides) {
    EXPECT_DOUBLE_EQ(with_rho(1).made(30, 12), 42);
    EXPECT_NEAR(with_rho(0.5).made(36, 16), 2 * 25, 1e-12);  // ((6 + 4)/2)^2
    EXPECT_NEAR(with_rho(-1).made(30, 60), 2 * 40, 1e-12);   // harmonic mean
    EXPECT_NEAR(with_rho(0).made(9, 16), 2 * 12, 1e-12);     // geometric mean
    EXPECT_NEAR(with_rho(-20).made(10, 1e6), 2 * 10 * std::pow(2, 0.05), 1e-9);
    for (const double rho : {-20.0, -1.0, -1e-5, 0.0, 1e-7, 1e-5, 0.3, 1.0}) {
        EXPECT_NEAR(with_rho(rho).made(7, 7), 14, 1e-9) << rho;
        EXPECT_DOUBLE_EQ(with_rho(rho).made(5, 11), with_rho(rho).made(11, 5)) << rho;
        EXPECT_EQ(with_rho(rho).made(0, 0), 0) << rho;
    }
    for (const double near : {1e-5, -1e-5, 2e-6}) EXPECT_NEAR(with_rho(near).made(9, 16), 24, 1e-4) << near;
    EXPECT_NEAR(with_rho(0.5).made(0, 16), 8, 1e-12);
    for (const double rho : {0.0, -0.5, -20.0}) EXPECT_EQ(with_rho(rho).made(0, 16), 0) << rho;
}

TEST(CoProduction, HasTheSlopeOfItsMean) {
    for (const double rho : {-3.0, -0.5, 0.0, 0.5, 0.9}) {
        const auto policy = with_rho(rho);
        const double step = 1e-4, all = policy.made(30, 12);
        const double of_staff = (policy.made(30 + step, 12) - policy.made(30 - step, 12)) / (2 * step);
        const double of_citizens = (policy.made(30, 12 + step) - policy.made(30, 12 - step)) / (2 * step);
        EXPECT_NEAR(policy.marginal(all, 30), of_staff, 1e-7) << rho;
        EXPECT_NEAR(policy.marginal(all, 12), of_citizens, 1e-7) << rho;
    }
}

/// 12 staff and 8 citizens: pots pay what the mean says, to the rounding.
TEST(CoProduction, PaysWhatBothSidesMake) {
    for (const char* const pot : {"local", "system"})
        for (const double rho : {-2.0, 0.0, 0.5}) {
            ServiceDesign design = two_sides(6, 2);
            const ServiceTrace without = trace_of(design);
            add_policy(design, "co_production", {{"rho", rho}, {"pot", std::string(pot)}});
            const ServiceTrace with = trace_of(design);
            const bool local = std::string(pot) == "local";
            const double staff = 12 * 6, citizens = 8 * 2, enhancement = local ? 2 : 4;
            const double lost = enhancement * (staff + citizens - with_rho(rho).made(staff, citizens));
            EXPECT_NEAR((without.payoff[0] - with.payoff[0]) * 20, lost, 1e-4) << pot << rho;
            EXPECT_EQ(with.gap, 0);
        }
}

/// The side that gives less gets more for a token, and what it expects is what it is paid.
TEST(CoProduction, RewardsTheScarceSide) {
    for (const char* const who : {"0", "4"}) {
        ServiceDesign design = two_sides(7, 3);
        const auto run = [&](double step) {
            ServiceDesign one = design;
            one.keep_agents = true;
            const std::size_t type = who[0] == '0' ? 0 : 1;
            one.types.push_back(service_design(service_network(1, 1, 2), "better_response",
                                               {{"step", step}, {"first_contribution", type ? 3.0 : 7.0}})
                                    .types[0]);
            one.places[1] = {.name = "citizens", .who = {"3", "4", "8", "9", "13", "14", "18", "19"}};
            std::erase(one.places[1].who, who);
            one.places.push_back({.name = "one", .who = {who}});
            add_policy(one, "co_production", {{"rho", -1.0}});
            return trace_of(one);
        };
        const ServiceTrace less = run(0.01), more = run(0.11);
        const std::size_t at = 20 + static_cast<std::size_t>(who[0] - '0');
        const double felt = (double{more.agents[2][at]} - double{more.agents[2][at - 20]}) / 0.11;
        const double all = with_rho(-1).made(84, 24), side = who[0] == '0' ? 84 : 24;
        EXPECT_NEAR(felt, -1 + 4.0 / 20 * with_rho(-1).marginal(all, side), 1e-4) << who;
        EXPECT_EQ(side == 24, felt > -1 + 4.0 / 20) << who;
        const double local = 2.0 / 10 - 1;
        const double paid = double{more.agents[0][at]} - double{less.agents[0][at]} -
                            local * (double{more.agents[1][at]} - double{less.agents[1][at]});
        EXPECT_NEAR(paid, felt * (double{more.agents[2][at]} - double{less.agents[2][at]}), 2e-4) << who;
    }
}

/// Where one side is missing a pot is what it was.
TEST(CoProduction, LeavesPotsOfOneSideAsTheyAre) {
    ServiceDesign design = unmoved_service(service_with_citizens(false), 3), with = design;
    add_policy(with, "co_production", {{"rho", -1.0}, {"pot", std::string("local")}});
    const ServiceTrace before = trace_of(design), after = trace_of(with);
    EXPECT_LT(after.organization[0][0], before.organization[0][0]);
    EXPECT_EQ(after.organization[0][1], before.organization[0][1]);
    with.policies[0].roles = {static_cast<std::uint32_t>(Role::citizen)};
    EXPECT_TRUE(same_run(trace_of(with), before));
}

TEST(CoProduction, KeepsItsPromises) {
    for (const char* const pot : {"local", "system"}) {
        ServiceDesign design = service_design(service_with_citizens());
        const ServiceTrace without = trace_of(design);
        add_policy(design, "co_production", {{"rho", 1.0}, {"pot", std::string(pot)}});
        EXPECT_TRUE(same_run(trace_of(design), without));
        design.policies.clear();
        add_policy(design, "co_production", {{"rho", -0.5}, {"pot", std::string(pot)}});
        EXPECT_FALSE(same_run(trace_of(design), without));
        expect_closed_books_in_all_lanes(design);
        design.policies[0].share = 0.5;
        design.policies[0].start = 4;
        expect_closed_books_in_all_lanes(design);
    }
}

}  // namespace
}  // namespace commonweal
