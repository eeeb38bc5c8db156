#include "tests/support/policy_checks.hpp"

namespace commonweal {
namespace {

constexpr auto fines = static_cast<std::size_t>(Account::fines);
constexpr auto waste = static_cast<std::size_t>(Account::waste);

ServiceDesign quiet_people(Round rounds) {
    return service_design(service_network(3, 2, 5), "norm_incentive", {{"noise", 0.0}}, rounds);
}

double mean(const std::vector<double>& values, std::size_t first, std::size_t end) {
    double sum = 0;
    for (std::size_t i = first; i < end; ++i) sum += values[i];
    return sum / static_cast<double>(end - first);
}

TEST(Mandate, HoldsPeopleAtTheMinimumWhenControlTakesTheirMotivation) {
    ServiceDesign design = quiet_people(60);
    design.crowding_out = {CrowdingOut::Kind::categorical, 5, 0};
    add_policy(design, "mandate", {{"minimum", 5.0}, {"audit", 1.0}, {"fine", 3.0}});
    design.keep_agents = true;
    const ServiceTrace trace = trace_of(design);
    for (std::size_t at = 59 * 30; at < 60 * 30; ++at) EXPECT_NEAR(trace.agents[1][at], 5, 1e-5) << at;
    EXPECT_EQ(trace.gap, 0);
}

/// Gneezy & Rustichini: a fine that is too small lowers what is done, and nothing comes back when it ends, unless
/// motivation recovers.
TEST(Mandate, LeavesLessBehindWhenMotivationDoesNotRecover) {
    const auto local = [](bool fined, double recovery) {
        ServiceDesign design = service_design(service_network(3, 2, 5), "norm_incentive", {{"noise", 1.0}}, 120);
        design.crowding_out = {CrowdingOut::Kind::categorical, 0.6f, static_cast<float>(recovery)};
        auto& own =
            add_policy(design, "mandate", {{"minimum", 10.0}, {"audit", 0.1}, {"fine", 1.0}, {"bureaucracy", 0.0}});
        own.start = 21;
        own.end = 60;
        if (!fined) design.policies.clear();
        std::vector<double> sums(120);
        for (const ServiceTrace& trace : traces_of<16>(design, 16))
            for (std::size_t round = 0; round < sums.size(); ++round) sums[round] += trace.local[round] / 16;
        return sums;
    };
    const auto never = local(false, 0), lasting = local(true, 0), passing = local(true, 0.2);
    EXPECT_DOUBLE_EQ(mean(never, 0, 20), mean(lasting, 0, 20));
    const double without = mean(never, 100, 120);
    EXPECT_LT(mean(lasting, 50, 60), mean(never, 50, 60) - 1);      // under the fine
    EXPECT_LT(mean(lasting, 100, 120), without - 1);                // no return
    EXPECT_NEAR(mean(passing, 100, 120), without, 0.05 * without);  // return
}

/// Without hidden costs of control a mandate raises what is given.
TEST(Mandate, RaisesContributionsWhereControlCostsNoMotivation) {
    ServiceDesign design = service_design(service_network(4, 3, 6), "norm_incentive", {}, 40), with = design;
    add_policy(with, "mandate", {{"minimum", 10.0}, {"audit", 0.5}, {"fine", 2.0}});
    EXPECT_GT(effect_of(design, with).local, 0);
}

/// Everybody misses 4 of 10 tokens: with audits for sure the fine is exact; with a third of them about that.
TEST(Mandate, FinesWhatItAnnounces) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 6.0}}, 50);
    for (const char* const pot : {"local", "system"})
        for (const double audit : {1.0, 0.3}) {
            design.policies.clear();
            add_policy(design, "mandate",
                       {{"pot", std::string(pot)}, {"minimum", 10.0}, {"audit", audit}, {"fine", 0.5}});
            const ServiceTrace trace = trace_of(design);
            const double expected = audit * 0.5 * 4 * 30 * 50;
            EXPECT_NEAR(tokens(trace.books[fines]), expected, audit == 1 ? 1e-6 : 0.1 * expected);
            EXPECT_EQ(trace.books[waste], micros(0.5) * 30 * 50);
            EXPECT_NEAR(trace.policy_cost[0] * 30 * 50, tokens(trace.books[waste] - trace.books[fines]), 1e-6);
        }
}

/// What people expect of a token below the minimum is what it saves them.
TEST(Mandate, DetersByTheFineThatIsPaid) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    add_policy(design, "mandate", {{"minimum", 9.0}, {"audit", 1.0}, {"fine", 0.4}});
    const Slopes slopes = slopes_of(design, 5, 0.1, 2);
    EXPECT_NEAR(slopes.felt_local, -1 + 0.2 + 0.4, 1e-5);
    EXPECT_NEAR(slopes.paid, slopes.expected, 2e-5);
}

/// Crowding out in proportion: strength times audit times fine times what was missing last round.
TEST(Mandate, TellsTheFineThatIsExpected) {
    ServiceDesign design = quiet_people(12);
    design.beliefs.spread = 0;  // all give the same
    const double gave = trace_of(design).local[0];
    ASSERT_LT(gave, 11);
    const auto with = [&](CrowdingOut::Kind kind, double strength) {
        ServiceDesign one = design;
        one.crowding_out = {kind, static_cast<float>(strength), 0};
        auto& own =
            add_policy(one, "mandate", {{"minimum", 12.0}, {"audit", 0.5}, {"fine", 1.5}, {"bureaucracy", 0.0}});
        own.start = own.end = 2;
        return trace_of(one).local;
    };
    const auto marginal = with(CrowdingOut::Kind::marginal, 0.2);
    const auto same = with(CrowdingOut::Kind::categorical, 0.2 * 0.5 * 1.5 * (12 - gave));
    for (std::size_t round = 0; round < marginal.size(); ++round) EXPECT_NEAR(marginal[round], same[round], 1e-4);
    EXPECT_LT(marginal.back(), trace_of(design).local.back() - 0.5);
}

/// Nobody can be asked for more than it has.
TEST(Mandate, AsksForNoMoreThanThereIs) {
    ServiceDesign design = service_design(service_network(3, 2, 5), "unconditional", {{"amount", 20.0}}, 5);
    design.game.endowment = 8;
    design.beliefs.first = {1, 0};
    design.types =
        service_design(service_network(1, 1, 2), "norm_incentive", {{"motivation", 9.0}, {"noise", 0.0}}).types;
    add_policy(design, "mandate", {{"minimum", 15.0}, {"audit", 1.0}, {"fine", 2.0}, {"bureaucracy", 1.0}});
    const ServiceTrace trace = trace_of(design);
    EXPECT_EQ(trace.local.back() + trace.system.back(), 7);
    EXPECT_LE(trace.books[fines], micros(2.0 * 7 * 30 * 5));
    EXPECT_EQ(trace.gap, 0);
}

TEST(Mandate, KeepsItsPromises) {
    expect_nothing_changes("mandate", {{"minimum", 0.0}});
    expect_closed_books("mandate", {{"minimum", 8.0}});
    expect_money_in_scope_only("mandate", {{"minimum", 8.0}, {"bureaucracy", 0.0}});
}

}  // namespace
}  // namespace commonweal
