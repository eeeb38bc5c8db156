#include "models/behaviors/logit_cooperation.hpp"

#include <gtest/gtest.h>

#include "tests/models/behaviors/decisions.hpp"

namespace commonweal::models {
namespace {

constexpr std::uint32_t decisions = 20000;

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// Share of many decisions that give everything; all others must give nothing.
double giving(const LogitCooperation& rule, const LocalView& view, bool first = false) {
    double gave = 0;
    for (std::uint32_t decision = 0; decision < decisions; ++decision) {
        Memory<0> none;
        const auto words = words_of<LogitCooperation>(decision);
        const float c = first ? rule.first(view, {}, none, words) : rule.contribution(view, {}, none, words);
        EXPECT_TRUE(c == 0 || c == view.endowment);
        gave += c > 0;
    }
    return gave / decisions;
}

void expect_log_odds(const LogitCooperation& rule, const LocalView& view, double log_odds) {
    const double p = logistic(log_odds);
    EXPECT_NEAR(giving(rule, view), p, four_errors(p, decisions)) << "log odds " << log_odds;
}

TEST(LogitCooperation, AddsUpWhatIsKnownIntoLogOdds) {
    const LogitCooperation rule{.intercept = 0.4f, .per_round = -0.2f, .neighbors = 1.5f, .own = 0.7f, .degree = 0.05f};
    expect_log_odds(rule, after(0, 0, 2), 0.4 - 0.4 + 3 * 0.05);
    expect_log_odds(rule, after(20, 0, 2), 0.4 - 0.4 + 0.7 + 3 * 0.05);
    expect_log_odds(rule, after(20, 40, 2), 0.4 - 0.4 + 0.7 + 1.5 * 2 / 3 + 3 * 0.05);
    expect_log_odds(rule, after(0, 60, 9), 0.4 - 1.8 + 1.5 + 3 * 0.05);
    LocalView hub = after(20, 200, 3);
    hub.others = 20;
    expect_log_odds(rule, hub, 0.4 - 0.6 + 0.7 + 1.5 * 0.5 + 20 * 0.05);
}

TEST(LogitCooperation, SeesNoShareOfOthersWithoutOthers) {
    expect_log_odds({.intercept = 1, .per_round = 0, .neighbors = -8, .degree = 5}, alone(0), 1);
}

TEST(LogitCooperation, IsCertainAtTheEnds) {
    EXPECT_EQ(giving({.intercept = 1000}, after(0, 0)), 1);
    EXPECT_EQ(giving({.intercept = -1000}, after(0, 0)), 0);
    EXPECT_EQ(giving({.first_share = 1}, before_the_first_round(), true), 1);
    EXPECT_EQ(giving({.first_share = 0}, before_the_first_round(), true), 0);
}

TEST(LogitCooperation, StartsWithItsFirstShare) {
    EXPECT_NEAR(giving({.intercept = 9, .first_share = 0.3f}, before_the_first_round(), true), 0.3,
                four_errors(0.3, decisions));
}

/// The log odds of one round against the next differ by the published slope.
TEST(LogitCooperation, DeclinesByItsSlopePerRound) {
    const LogitCooperation rule{.intercept = 0.5f, .per_round = -0.186f};
    for (const int round : {2, 5, 10})
        expect_log_odds(rule, after(0, 0, static_cast<float>(round)), 0.5 - 0.186 * round);
}

}  // namespace
}  // namespace commonweal::models
