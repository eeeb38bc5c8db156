#include "tests/oracles/theory/institutional_incentives.hpp"

#include <gtest/gtest.h>

#include "sim/record/evolution_rows.hpp"
#include "tests/oracles/engine.hpp"

/// Institutional incentives, THEORY 5.4 (Sasaki, Brannstrom, Dieckmann & Sigmund 2012; Chen, Sasaki, Brannstrom &
/// Dieckmann 2015): roots of the expected payoffs within 1e-6, and populations of Z = 10,000, whose basin boundary is
/// met within .02. Contributions return to the others only, n = 5, c = 1, r = 3; seeds are fixed.
namespace commonweal {
namespace {

using Scheme = FundRules::Scheme;
using test::expect_probability;
using test::expect_within;

constexpr int n = 5;
constexpr double r = 3, c = 1;
constexpr AgentId population = 10'000;
constexpr std::size_t runs = 12;

StrategyGame game_of(const FundRules& fund) {
    return test::game_with({.enhancement = r, .cost = c, .own_share = false, .fund = fund},
                           {{"cooperator"}, {"defector"}});
}

/// What the engine expects a cooperator to earn more than a defector, with k cooperators among z.
class Advantage {
public:
    Advantage(const FundRules& fund, std::uint64_t z) : game_(game_of(fund)), table_(game_, n), z_(z) {}

    double at(std::uint64_t k) const {
        const GroupCount everybody{static_cast<std::uint32_t>(k), static_cast<std::uint32_t>(z_)};
        const std::size_t place = game_.place_of(incentive_of(game_.rules().fund, everybody));
        return table_.expected(0, {k - 1, z_ - k}, place) - table_.expected(1, {k, z_ - k - 1}, place);
    }

    /// The share x = k / z at which it changes sign, between whole k by a straight line.
    double root(bool rises) const {
        std::uint64_t low = 1, high = z_ - 1;
        while (high - low > 1) {
            const std::uint64_t middle = (low + high) / 2;
            ((at(middle) > 0) == rises ? high : low) = middle;
        }
        const double a = at(low), b = at(high);
        return (static_cast<double>(low) + a / (a - b)) / static_cast<double>(z_);
    }

private:
    StrategyGame game_;
    GroupTable table_;
    std::uint64_t z_;
};

/// Every number of cooperators of a small population: the derived formulas, to rounding.
TEST(InstitutionalIncentives, AreExpectedAsDerived) {
    const std::uint64_t z = 60;
    const double plain = oracle::others_only_advantage(z, r, c);
    const Advantage punish({.scheme = Scheme::punish, .per_head = 0.5, .fine = 1.25}, z);
    const Advantage reward({.scheme = Scheme::reward, .per_head = 0.7, .bonus = 0.8}, z);
    const Advantage both({.scheme = Scheme::carrot_then_stick, .per_head = 0.6, .switch_at = 0.3}, z);
    for (std::uint64_t k = 1; k < z; ++k) {
        const double at = static_cast<double>(k);
        EXPECT_NEAR(punish.at(k), plain + 1.25 * oracle::expected_fine(at, z, n, 0.5), 1e-12) << k;
        EXPECT_NEAR(reward.at(k), plain + 0.8 * oracle::expected_bonus(at, z, n, 0.7), 1e-12) << k;
        EXPECT_NEAR(both.at(k),
                    plain + (k < 18 ? oracle::expected_bonus(at, z, n, 0.6) : oracle::expected_fine(at, z, n, 0.6)),
                    1e-12)
            << k;
    }
}

/// The roots in a population of 1e7. To first order in 1 / Z the others-only game takes r c / Z from the advantage and
/// the fine adds d n (n-1) / 2 x^(n-1) / Z, so the root lies by their difference over the slope d sum_i i x^(i-1) above
/// that of the infinite population: less than 3e-7 here. Rewards mirror it.
TEST(InstitutionalIncentives, TurnWhereTheInfinitePopulationDoes) {
    const double x = oracle::unstable_share(n, 0.5);
    EXPECT_NEAR(x, 0.518790, 5e-7) << "printed";
    for (const double d : {0.25, 0.5, 0.8}) {
        const double root = oracle::unstable_share(n, d);
        const double unstable = Advantage({.scheme = Scheme::punish, .per_head = d}, 10'000'000).root(true);
        const double stable = Advantage({.scheme = Scheme::reward, .per_head = d}, 10'000'000).root(false);
        std::printf("d/c = %.2f: x* = %.7f, engine %.7f; 1 - x* = %.7f, engine %.7f\n", d, root, unstable, 1 - root,
                    stable);
        EXPECT_NEAR(unstable, root, 1e-6);
        EXPECT_NEAR(stable, 1 - root, 1e-6);
    }
}

EvolutionDesign design_of(const FundRules& fund, double share, Round rounds, std::uint64_t seed,
                          const test::Named& rule = {"fermi", {{"strength", 10.0}}}) {
    EvolutionDesign design(game_of(fund), seeded(seed));
    design.meeting = EvolutionDesign::Meeting::well_mixed;
    design.population = population;
    design.group_size = n;
    design.update = test::made(models::updates(), rule);
    design.places = {{.name = "C", .count = static_cast<std::uint32_t>(std::lround(share * population))},
                     {.name = "D"}};
    design.rounds = rounds;
    design.window = 20;
    return design;
}

/// Mean share of C over the last 20 rounds of independent runs, and its standard error.
test::Estimate late_share(const EvolutionDesign& design) {
    const Habitat habitat(design, 0);
    std::vector<double> late(runs);
    parallel_items(runs, [&](std::size_t run) {
        late[run] = evolve(design, habitat, static_cast<std::uint32_t>(run)).late_share[0];
    });
    return test::mean_of(late);
}

/// All runs end with one strategy alone: the mean is exact, its standard error 0.
void expect_all(const std::string& what, const EvolutionDesign& design, double share) {
    const test::Estimate found = late_share(design);
    std::printf("%-58s share of C %.6f +- %.6f (%zu runs)\n", what.c_str(), found.mean, found.error, runs);
    EXPECT_EQ(found.mean, share) << what;
    EXPECT_EQ(found.error, 0) << what;
}

const test::Named proportional{"proportional_imitation"};

/// Within .02 of x* on either side, by two rules of imitation. The slope of the advantage at x* is 1.7; under fermi 10
/// a run drifts away from x* at a rate of about 2 per round and has a deviation of .005 per square root of a round, so
/// that .02 is 8 standard deviations of what chance does.
TEST(InstitutionalIncentives, DivideTheBasinsOfPunishment) {
    const FundRules punish{.scheme = Scheme::punish, .per_head = 0.5};
    const double x = oracle::unstable_share(n, 0.5);
    expect_all("punish, d = .5, from x* - .02", design_of(punish, x - 0.02, 120, 401), 0);
    expect_all("punish, d = .5, from x* + .02", design_of(punish, x + 0.02, 120, 402), 1);
    expect_all("the same, proportional imitation, from x* - .02", design_of(punish, x - 0.02, 400, 403, proportional),
               0);
    expect_all("the same, proportional imitation, from x* + .02", design_of(punish, x + 0.02, 400, 404, proportional),
               1);
}

/// Closer to the boundary chance decides, as the exact fixation probability of the birth-death chain says.
TEST(InstitutionalIncentives, LeaveTheBoundaryToChance) {
    const std::size_t many = 2000;
    const int z = 500;
    oracle::Vector delta(z + 1, 0.0);
    for (int k = 1; k < z; ++k) delta[k] = oracle::others_only_advantage(z, r, c) + oracle::expected_fine(k, z, n, 0.5);
    std::uint64_t seed = 410;
    for (const int start : {240, 255, 260, 265, 280}) {
        EvolutionDesign design =
            design_of({.scheme = Scheme::punish, .per_head = 0.5}, 0, 2000, ++seed, {"fermi", {{"strength", 2.0}}});
        design.population = z;
        design.every = 2000;
        design.places[0].count = static_cast<std::uint32_t>(start);
        expect_probability("punish, Z = 500, from " + std::to_string(start),
                           test::won_by(0, test::endings(design, many)), oracle::fermi_fixation(delta, 2, start), many);
    }
}

TEST(InstitutionalIncentives, FailBelowAndSucceedAboveTheLimits) {
    for (const Scheme scheme : {Scheme::punish, Scheme::reward}) {
        const std::string name = scheme == Scheme::punish ? "punish" : "reward";
        expect_all(name + ", d = .17 < c / n, from .98",
                   design_of({.scheme = scheme, .per_head = 0.17}, 0.98, 200, 420), 0);
        expect_all(name + ", d = 1.1 > c, from .02", design_of({.scheme = scheme, .per_head = 1.1}, 0.02, 200, 421), 1);
    }
}

TEST(InstitutionalIncentives, SettleWhereRewardsBalance) {
    std::uint64_t seed = 430;
    for (const double d : {0.3, 0.5, 0.8})
        for (const double start : {0.05, 0.95}) {
            const double x = 1 - oracle::unstable_share(n, d);
            const test::Estimate found =
                late_share(design_of({.scheme = Scheme::reward, .per_head = d}, start, 120, ++seed));
            std::printf("reward, d = %.1f, from %.2f: share of C %.5f +- %.5f, 1 - x* = %.5f\n", d, start, found.mean,
                        found.error, x);
            EXPECT_NEAR(found.mean, x, 0.02);
            EXPECT_LT(found.error, 0.005);
        }
}

/// n = 5: the threshold of d / c is .516129.
TEST(InstitutionalIncentives, NeedLessWithTheCarrotFirst) {
    const double threshold = oracle::carrot_then_stick_threshold(n);
    const auto both = [](double d) { return FundRules{.scheme = Scheme::carrot_then_stick, .per_head = d}; };
    expect_all("carrot, then stick, .02 above, from .02", design_of(both(threshold + 0.02), 0.02, 200, 440), 1);
    const double below = threshold - 0.02;
    const test::Estimate stuck = late_share(design_of(both(below), 0.02, 200, 441));
    std::printf("carrot, then stick, .02 below, from .02: share of C %.5f +- %.5f\n", stuck.mean, stuck.error);
    EXPECT_NEAR(stuck.mean, 1 - oracle::unstable_share(n, below), 0.02) << "as with rewards alone";
    const double d = threshold + 0.02;
    expect_all("stick alone, .02 above, from .02", design_of({.scheme = Scheme::punish, .per_head = d}, 0.02, 200, 442),
               0);
    const test::Estimate carrot = late_share(design_of({.scheme = Scheme::reward, .per_head = d}, 0.02, 200, 443));
    std::printf("carrot alone, .02 above, from .02: share of C %.5f +- %.5f\n", carrot.mean, carrot.error);
    EXPECT_NEAR(carrot.mean, 1 - oracle::unstable_share(n, d), 0.02);
}

/// A switch by the count of each group asks for more. With J cooperators among four co-players a cooperator gets
/// 5 d / (J + 1) for J < 2 and a defector loses 5 d / (5 - J) for J > 2, so that at x = 1/2, where it is least, the
/// incentive is (5 + 4 (2.5 + 2.5) + 5) / 16 d = 1.875 d. Between the thresholds, .516 and .533, the population's
/// switch leads everybody to cooperate; that of the groups is stuck where d (1.875 + 15 u^2 - 10 u^4) = c, x = 1/2 - u.
TEST(InstitutionalIncentives, NeedMoreWhereEachGroupSwitches) {
    const FundRules by_all{.scheme = Scheme::carrot_then_stick, .per_head = 0.525};
    FundRules by_group = by_all;
    by_group.by_group = true;
    EXPECT_NEAR(Advantage(by_group, 10'000'000).at(5'000'000), 1.875 * 0.525 - c, 1e-6);
    expect_all("by the population, d = .525, from .02", design_of(by_all, 0.02, 300, 444), 1);
    const double u =
        oracle::root_of([](double at) { return 1.875 + 15 * at * at - 10 * std::pow(at, 4) - c / 0.525; }, 0, 0.5);
    const test::Estimate stuck = late_share(design_of(by_group, 0.02, 300, 445));
    std::printf("by groups, d = .525, from .02: share of C %.5f +- %.5f, expected %.5f\n", stuck.mean, stuck.error,
                0.5 - u);
    EXPECT_NEAR(stuck.mean, 0.5 - u, 0.02);
}

/// The fund spends d per head wherever it reaches somebody: a group of all defectors is not rewarded, one of all
/// cooperators not fined.
TEST(InstitutionalIncentives, CostWhatTheySpend) {
    for (const double x : {0.1, 0.5, 0.9}) {
        const auto spent = [&](Scheme scheme) {
            std::vector<std::uint8_t> who(population, 1);
            std::fill_n(who.begin(), std::lround(x * population), std::uint8_t{0});
            const StrategyGame game = game_of({.scheme = scheme, .per_head = 0.5});
            return WellMixedGames(game, n, std::move(who)).fund_cost();
        };
        EXPECT_NEAR(spent(Scheme::reward), 0.5 * (1 - oracle::all_among((1 - x) * population, population, n)), 1e-12);
        EXPECT_NEAR(spent(Scheme::punish), 0.5 * (1 - oracle::all_among(x * population, population, n)), 1e-12);
    }
}

/// Digest of all that a run leaves in a results file without a fund.
std::string digest_of(EvolutionDesign design) {
    const EvolutionTrace trace = evolve(design, Habitat(design, 0), 0);
    const EvolutionDesign without = design_of({}, 0.5, 30, 450);
    const auto schema =
        std::make_shared<const RunSchema>(evolution_schema(without, population, {{"C", "D"}, "well_mixed", ""}));
    return evolution_rows({trace}, schema).digest(0);
}

TEST(InstitutionalIncentives, ChangeNoBitWithoutABudget) {
    const std::string without = digest_of(design_of({}, 0.5, 30, 450));
    for (const Scheme scheme : {Scheme::punish, Scheme::reward, Scheme::carrot_then_stick}) {
        EXPECT_EQ(digest_of(design_of({.scheme = scheme, .per_head = 0}, 0.5, 30, 450)), without);
        EXPECT_NE(digest_of(design_of({.scheme = scheme, .per_head = 1e-3}, 0.5, 30, 450)), without);
    }
}

}  // namespace
}  // namespace commonweal
