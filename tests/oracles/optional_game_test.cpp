#include "tests/oracles/theory/optional_game.hpp"

#include <gtest/gtest.h>

#include <numbers>

#include "tests/oracles/engine.hpp"

/// The optional public-goods game, THEORY 1.4, played by many agents one by one with proportional imitation.
///
/// The factor of time: in one elementary step the focal agent has strategy i with probability x_i and looks at one of
/// strategy j with x_j, and copies it with max(0, P_j - P_i) / M. The expected change of x_i per round of Z steps is
/// therefore sum_j x_i x_j (P_i - P_j) / M = x_i (P_i - mean P) / M: a round is 1/M units of time of the replicator
/// equation, M the width of all payoffs that a group can bring. For N = 5, r = 3, sigma = 1 a defector among four
/// cooperators gets 12/5 and a cooperator among four defectors -2/5, so M = 14/5.
///
/// Periods within 3 %, averages within 4 standard errors of independent runs; seeds are fixed.
namespace commonweal {
namespace {

using test::expect_within;

/// Best payoff less worst payoff of any member of any group: a lone defector, a lone cooperator, or sigma.
double width_of(const oracle::OptionalGame& game) {
    const double r = game.enhancement, n = game.sample;
    const double best = std::max({r * (n - 1) / n, r - 1, game.loner});
    const double worst = std::min({r / n - 1, 0.0, game.loner});
    return best - worst;
}

EvolutionDesign design_of(const oracle::OptionalGame& game, oracle::OptionalState start, AgentId agents) {
    EvolutionDesign design(test::game_with({.enhancement = game.enhancement, .loner_payoff = game.loner},
                                           {{"cooperator"}, {"defector"}, {"loner"}}),
                           seeded(20));
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = agents;
    design.group_size = static_cast<std::uint32_t>(game.sample);
    design.update = test::made(models::updates(), {"proportional_imitation"});
    const auto count = [&](double share) { return static_cast<std::uint32_t>(std::lround(share * agents)); };
    design.places = {{.name = "C", .count = count(start.f * (1 - start.z))},
                     {.name = "D", .count = count((1 - start.f) * (1 - start.z))},
                     {.name = "L"}};
    return design;
}

/// What one run did in whole turns around the interior point.
struct Turns {
    double rounds = 0;            ///< per turn
    double mean_f = 0, gain = 0;  ///< averages over these turns
};

oracle::OptionalState state_of(const EvolutionTrace& trace, std::size_t round) {
    const double c = trace.share[3 * round], d = trace.share[3 * round + 1];
    return {c / (c + d), trace.share[3 * round + 2]};
}

/// Follows the angle around the interior point until `turns` are complete; the last round counts in part.
Turns turns_of(const oracle::OptionalGame& game, const EvolutionTrace& trace, int turns) {
    const oracle::OptionalState center = oracle::interior_point(game);
    const double goal = 2 * std::numbers::pi * turns;
    Turns result;
    double angle = 0;
    for (std::size_t round = 1; 3 * round + 2 < trace.share.size(); ++round) {
        const oracle::OptionalState a = state_of(trace, round - 1), b = state_of(trace, round);
        const double af = a.f - center.f, az = a.z - center.z, bf = b.f - center.f, bz = b.z - center.z;
        const double turned = std::abs(std::atan2(af * bz - az * bf, af * bf + az * bz));
        const double part = std::min(1.0, (goal - angle) / turned);
        const oracle::OptionalState to{a.f + part * (b.f - a.f), a.z + part * (b.z - a.z)};
        result.rounds += part;
        result.mean_f += part * (a.f + to.f) / 2;
        result.gain += part * (oracle::free_riding_gain(game, a.z) + oracle::free_riding_gain(game, to.z)) / 2;
        angle += turned;
        if (angle < goal) continue;
        result.mean_f /= result.rounds;
        result.gain /= result.rounds;
        result.rounds /= turns;
        return result;
    }
    ADD_FAILURE() << "only " << angle / 2 / std::numbers::pi << " turns";
    return result;
}

void expect_orbit(const oracle::OptionalGame& game, double amplitude, AgentId agents, std::size_t runs) {
    const int turns = 2;
    const oracle::OptionalState center = oracle::interior_point(game);
    const oracle::Orbit orbit = oracle::follow_orbit(game, center.z + amplitude, 0.005);
    EvolutionDesign design = design_of(game, {center.f, center.z + amplitude}, agents);
    design.rounds = static_cast<Round>(turns * 1.15 * orbit.period * width_of(game));
    const Habitat habitat(design, 0);
    std::vector<double> rounds(runs), mean_f(runs), gain(runs);
    parallel_items(runs, [&](std::size_t run) {
        const Turns found = turns_of(game, evolve(design, habitat, static_cast<std::uint32_t>(run)), turns);
        rounds[run] = found.rounds, mean_f[run] = found.mean_f, gain[run] = found.gain;
    });
    const test::Estimate period = test::mean_of(rounds), f = test::mean_of(mean_f), f_of_z = test::mean_of(gain);
    std::printf(
        "N = %d, r = %g, sigma = %g, M = %g, amplitude %g: period %.4f +- %.4f rounds, ODE %.4f times M = %.4f\n",
        game.sample, game.enhancement, game.loner, width_of(game), amplitude, period.mean, period.error, orbit.period,
        orbit.period * width_of(game));
    EXPECT_NEAR(period.mean / (orbit.period * width_of(game)), 1, 0.03);
    expect_within("mean f", f.mean, game.loner / (game.enhancement - 1), f.error);
    expect_within("mean F", f_of_z.mean, 0, f_of_z.error);
}

TEST(OptionalGameEngine, TurnsAsTheReplicatorEquation) { expect_orbit({}, 0.1, 200'000, 6); }

TEST(OptionalGameEngine, TurnsSlowerOnLargeOrbits) { expect_orbit({}, 0.3, 100'000, 6); }

TEST(OptionalGameEngine, TurnsWithOtherParameters) {
    expect_orbit({.sample = 4, .enhancement = 2.8, .loner = 0.7}, 0.1, 100'000, 6);
}

/// All payoffs of groups lie within M, and M is attained.
TEST(OptionalGameEngine, KnowsTheWidthOfPayoffs) {
    for (const oracle::OptionalGame& game :
         {oracle::OptionalGame{}, {.sample = 4, .enhancement = 2.8, .loner = 0.7}, {.sample = 3, .loner = 5}}) {
        const StrategyGame engine = test::game_with({.enhancement = game.enhancement, .loner_payoff = game.loner},
                                                    {{"cooperator"}, {"defector"}, {"loner"}});
        WellMixedGames games(engine, static_cast<std::uint32_t>(game.sample), std::vector<std::uint8_t>(50, 0));
        games.prepare_spans();
        EXPECT_NEAR(games.span(0, 1), width_of(game), 1e-12);
    }
}

}  // namespace
}  // namespace commonweal
