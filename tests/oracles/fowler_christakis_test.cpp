#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "models/catalog.hpp"
#include "sim/sweep/run_all.hpp"

/// The engine against an independent program: tests/oracles/fowler_christakis_bands.py plays the same design with
/// synthetic subjects, written from their specification and in another language. Its means are in
/// fowler_christakis_bands.json.
namespace commonweal {
namespace {

using Overrides = std::vector<std::string>;

const nlohmann::json& bands() {
    static const nlohmann::json json = nlohmann::json::parse(
        std::ifstream(std::filesystem::path(COMMONWEAL_SOURCE) / "tests/oracles/fowler_christakis_bands.json"));
    return json;
}

Summary played(Overrides overrides) {
    const auto file = std::filesystem::path(COMMONWEAL_SOURCE) / "configs/experiments/fowler_christakis_2010.toml";
    for (const char* basic : {"session.conditions=[\"basic\"]", "sanction.rule=\"\"", "sanction.conditions=[]"})
        overrides.emplace_back(basic);
    return run_all(read_scenario(file, overrides, models::catalog()), {}, {}, {});
}

const Overrides deterministic{"game.tokens=whole", "agents.subjects.rounding=belief_and_others"};
const Overrides unrounded{"game.tokens=continuous", "agents.subjects.rounding=none"};
const Overrides noisy{"game.tokens=whole", "agents.subjects.rounding=belief", "agents.subjects.belief_noise=2.3",
                      "agents.subjects.contribution_noise=4.8"};

Overrides with(Overrides base, const Overrides& more) {
    base.insert(base.end(), more.begin(), more.end());
    return base;
}

/// Period means and shares at 0 and 20 agree within 4 standard errors of the difference of the two means.
void expect_periods(const std::string& variant, const Overrides& overrides) {
    constexpr double replications = 2000;
    const Summary summary = played(with(overrides, {"replicates=2000", "seed.all=77"}));
    const auto& expected = bands()["bands"][variant];
    const double count = expected["R"];
    for (Round round = 0; round < 6; ++round) {
        const auto near = [&](const char* what, const Spread& seen) {
            const auto& cell = expected["periods"][what][round];
            const double sd = cell["sd"];
            const double error = sd * std::sqrt(1 / count + 1 / replications);
            EXPECT_NEAR(seen.mean, cell["mean"].get<double>(), 4 * error + 1e-5)
                << variant << " " << what << " round " << round + 1;
        };
        near("mean", summary.rows[round].contribution);
        near("share at 0", summary.rows[round].free_riders);
        near("share at 20", summary.rows[round].full);
    }
}

TEST(FowlerChristakis, DeterministicPeriodsAgreeWithAnIndependentProgram) {
    expect_periods("deterministic", deterministic);
}
TEST(FowlerChristakis, UnroundedPeriodsAgreeWithAnIndependentProgram) { expect_periods("unrounded", unrounded); }
TEST(FowlerChristakis, NoisyPeriodsAgreeWithAnIndependentProgram) { expect_periods("noisy", noisy); }

/// Causal effects by degree and lag, gains and the multiplier agree within 4 standard errors of the difference.
void expect_cascade(const std::string& variant, const std::string& nudge, const Overrides& overrides) {
    const double replications = 200;
    const Summary summary =
        played(with(overrides, {"replicates=200", "seed.all=78", "record.cascade=true",
                                nudge == "flipped" ? "counterfactual.ceiling=reverse" : "counterfactual.ceiling=add"}));
    const auto& expected = bands()["causal"][variant][nudge];
    const auto near = [&](const nlohmann::json& cell, const Spread& seen, const std::string& what) {
        const double theirs = cell["se"], ours = seen.sd / std::sqrt(replications);
        EXPECT_NEAR(seen.mean, cell["mean"].get<double>(), 4 * std::hypot(theirs, ours)) << variant << " " << what;
    };
    int cells = 0;
    for (const auto& effect : summary.effects) {
        if (effect.degree > 3) continue;
        const std::string lag = "after " + std::to_string(effect.lag);
        near(expected["effects"]["degree " + std::to_string(effect.degree)][lag], effect.effect,
             "degree " + std::to_string(effect.degree) + " " + lag);
        ++cells;
    }
    EXPECT_EQ(cells, 5 + 4 + 3);
    for (const auto& gain : summary.gains)
        near(expected["gain of all others"]["after " + std::to_string(gain.lag)], gain.others, "gain");
}

TEST(FowlerChristakis, UnroundedCascadeAgreesWithAnIndependentProgram) {
    expect_cascade("unrounded", "unclipped", unrounded);
}
TEST(FowlerChristakis, ReversedCascadeAgreesWithAnIndependentProgram) {
    expect_cascade("unrounded", "flipped", unrounded);
}
TEST(FowlerChristakis, NoisyCascadeAgreesWithAnIndependentProgram) {
    expect_cascade("unrounded noisy", "unclipped",
                   with(unrounded, {"agents.subjects.belief_noise=2.3", "agents.subjects.contribution_noise=4.8"}));
}

}  // namespace
}  // namespace commonweal
