#include "sim/sweep/design.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include "tests/support/sweeps.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const std::string with_variants = test::sweep_base + R"(
[regime.nothing]
[regime.high]
game.mpcr = 0.9
[world.calm]
[world.wild.agents.all]
constant = 2.0
[sweep]
session.rounds = [3, 5]
)";

template <class Call>
std::string refusal(const Call& call) {
    try {
        call();
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

TEST(Design, CountsCellsInstancesAndReplicates) {
    const Design design = test::design({"replicates=20", "instances=3"}, with_variants);
    EXPECT_EQ(design.points().size(), 2u);
    EXPECT_EQ(design.cells(), 2u * 2 * 2);
    EXPECT_EQ(design.runs(), 8u * 3 * 20);
}

/// The number of a run and what it is are inverse to each other, and every place has one number.
TEST(Design, NumbersEveryRunOnce) {
    for (const char* replicates : {"replicates=1", "replicates=16", "replicates=37"}) {
        const Design design = test::design({replicates, "instances=3"}, with_variants);
        std::set<std::vector<std::uint32_t>> places;
        for (std::uint32_t run = 0; run < design.runs(); ++run) {
            const RunId id = design.id(run);
            ASSERT_LT(id.cell, design.cells());
            ASSERT_LT(id.instance, design.instances());
            ASSERT_LT(id.replicate, design.replicates());
            ASSERT_EQ(design.run(id), run);
            places.insert({id.cell, id.instance, id.replicate});
        }
        EXPECT_EQ(places.size(), design.runs());
    }
}

/// The first runs are a balanced sample: 16 replicates of every cell and instance before the 17th of any.
TEST(Design, GoesThroughAllCellsBlockByBlock) {
    const Design design = test::design({"replicates=37", "instances=3"}, with_variants);
    const std::uint32_t block = design.cells() * design.instances() * block_size;
    for (std::uint32_t run = 0; run < design.runs(); ++run)
        ASSERT_EQ(design.id(run).replicate / block_size, std::min(run / block, design.blocks() - 1)) << run;
    EXPECT_EQ(design.id(0), (RunId{0, 0, 0}));
    EXPECT_EQ(design.id(15), (RunId{0, 0, 15}));
    EXPECT_EQ(design.id(16), (RunId{1, 0, 0}));
}

TEST(Design, BuildsTheScenarioOfEachCell) {
    const Design design = test::design({}, with_variants);
    std::set<std::string> seen;
    for (std::uint32_t cell = 0; cell < design.cells(); ++cell) {
        const Scenario scenario = design.scenario(cell);
        EXPECT_EQ(scenario.game.mpcr, design.regime_of(cell)->name == "high" ? 0.9 : 0.4);
        EXPECT_EQ(scenario.session.rounds, design.point_of(cell) == 0 ? 3u : 5u);
        EXPECT_THAT(scenario.resolved,
                    HasSubstr(design.world_of(cell)->name == "wild" ? "constant = 2" : "constant = 0"));
        seen.insert(scenario.resolved);
    }
    EXPECT_EQ(seen.size(), design.cells());
    EXPECT_EQ(design.name_of(3), "point 1 (session.rounds = 5), regime high, world calm");
}

/// A dose of one regime: the others are as they are in every point.
TEST(Design, VariesAKeyOfOneRegime) {
    const Design design = test::design({"regime.high.game.mpcr=0.6,0.7", "session.rounds=3"}, with_variants);
    ASSERT_EQ(design.cells(), 2u * 2u * 2u);
    for (std::uint32_t cell = 0; cell < design.cells(); ++cell) {
        const double dose = design.point_of(cell) == 0 ? 0.6 : 0.7;
        EXPECT_EQ(design.scenario(cell).game.mpcr, design.regime_of(cell)->name == "high" ? dose : 0.4);
    }
    EXPECT_EQ(design.varying().back().name, "regime.high.game.mpcr");
    EXPECT_THAT(design.varying().back().long_name, testing::StartsWith("marginal per-capita return"));
    EXPECT_EQ(design.varying().back().unit, test::design({"game.mpcr=0.1,0.2"}).varying().back().unit);
    EXPECT_THAT(refusal([] { test::design({"regime.hihg.game.mpcr=0.6,0.7"}, with_variants); }),
                HasSubstr("there is no regime 'hihg' (did you mean 'high'?)"));
    EXPECT_THAT(refusal([] { test::design({"regime.high.replicates=6,7"}, with_variants); }),
                HasSubstr("'replicates' cannot differ between regimes"));
}

TEST(Design, RefusesNamesThatAreNearlyThoseOfTheFile) {
    EXPECT_THAT(refusal([] { test::design({"world.cam.game.mpcr=0.6"}, with_variants); }),
                HasSubstr("there is no world 'cam' (did you mean 'calm'?)"));
    EXPECT_THAT(refusal([] {
                    test::design({"policy.contest.prize=3"},
                                 with_variants + "[[regime.high.policy]]\nkind = \"contest\"\n");
                }),
                HasSubstr("contest is a policy of a regime; did you mean regime.high.policy.contest.prize?"));
}

TEST(Design, TellsTheValuesOfItsCells) {
    const Design design = test::design({"matching.kind=partners,strangers", "game.mpcr=0.5,1"}, with_variants);
    const auto varying = design.varying();
    ASSERT_EQ(varying.size(), 5u);
    EXPECT_EQ(varying[0].name, "regime");
    EXPECT_EQ(varying[1].name, "world");
    EXPECT_EQ(varying[2].name, "session.rounds");
    EXPECT_EQ(varying[2].kind, Varying::Kind::whole);
    EXPECT_EQ(varying[3].kind, Varying::Kind::text);
    EXPECT_EQ(varying[4].kind, Varying::Kind::real);
    Ledger ledger;
    ledger.texts.resize(5);
    ledger.numbers.resize(5);
    design.add_values(1, ledger);
    EXPECT_THAT(ledger.texts[0], ElementsAre("nothing"));
    EXPECT_THAT(ledger.texts[1], ElementsAre("calm"));
    EXPECT_THAT(ledger.numbers[2], ElementsAre(3));
    EXPECT_THAT(ledger.texts[3], ElementsAre("partners"));
    EXPECT_THAT(ledger.numbers[4], ElementsAre(1));
}

TEST(Design, KeysOfCellsStayWhenTheDesignGrows) {
    const auto small = test::design({"game.mpcr=0.2,0.4"}).cell_keys();
    const auto large = test::design({"game.mpcr=0.1,0.2,0.3,0.4", "replicates=9"}).cell_keys();
    EXPECT_EQ(small[0], large[1]);
    EXPECT_EQ(small[1], large[3]);
    EXPECT_EQ(std::set(large.begin(), large.end()).size(), 4u);
}

TEST(Design, IsToldAsJson) {
    const auto json = nlohmann::json::parse(
        test::design({"game.mpcr=uniform(0.2,0.9)", "sweep.design=saltelli", "sweep.points=4", "sweep.seed=9"}).json());
    EXPECT_EQ(json["kind"], "saltelli");
    EXPECT_EQ(json["size"], 12);
    EXPECT_EQ(json["axes"][0]["low"], 0.2);
    EXPECT_EQ(json["axes"][0]["high"], 0.9);
    EXPECT_EQ(json["second_order"], false);
    EXPECT_EQ(json["seed"], 9);
}

TEST(Design, RefusesWhatIsNotRight) {
    EXPECT_THAT(refusal([] { test::design({"sweep.desing=grid"}); }),
                HasSubstr("unknown key 'desing' in [sweep] (did you mean 'design'?)"));
    EXPECT_THAT(refusal([] { test::design({"replicates=1,2"}); }), HasSubstr("'replicates' cannot be an axis"));
    EXPECT_THAT(refusal([] { test::design({"game.mpcr=0.1,0.2", "game.mpcr=0.3,0.4"}); }),
                HasSubstr("game.mpcr is set twice"));
    EXPECT_THAT(refusal([] { test::design({"sweep.points=-1"}); }),
                HasSubstr("sweep.points is -1; it must be a whole number"));
    EXPECT_THAT(refusal([] { test::design({}, test::sweep_base + "[regime]\nx = 1\n"); }),
                HasSubstr("write regime.<name>.x"));
    EXPECT_THAT(refusal([] { test::design({}, test::sweep_base + "[regime.a]\nreplicates = 1\n"); }),
                HasSubstr("'replicates' cannot differ between regimes"));
    EXPECT_THAT(refusal([] { test::design({"game.mprc=0.1,0.2"}).check_cells(); }),
                HasSubstr("(did you mean 'mpcr'?)"));
    const std::string one = refusal([] { test::design({"game.mpcr=0.1,0.2,-3"}).check_cells(); });
    EXPECT_THAT(one, HasSubstr("game.mpcr is -3"));
    EXPECT_THAT(one, HasSubstr("in point 2 (game.mpcr = -3)"));
}

TEST(Design, ReadsEverySweepThatComesWithTheProgram) {
    std::size_t count = 0;
    for (const auto& file : std::filesystem::directory_iterator(COMMONWEAL_SOURCE "/configs/sweeps")) {
        SCOPED_TRACE(file.path().string());
        auto wanted = test::request({}, scenario_text(file.path()));
        wanted.file = file.path();
        const Design design(wanted, models::catalog());
        EXPECT_GT(design.cells(), 1u);
        EXPECT_NO_THROW(design.check_cells());
        ++count;
    }
    EXPECT_GT(count, 0u);
}

TEST(Design, TakesOneValueInsteadOfAnAxisOfTheFile) {
    const Design design = test::design({"session.rounds=4"}, with_variants);
    EXPECT_EQ(design.points().size(), 1u);
    EXPECT_EQ(design.scenario(0).session.rounds, 4u);
    EXPECT_EQ(test::design({"session.rounds=4,6,7"}, with_variants).points().size(), 3u);
}

}  // namespace
}  // namespace commonweal
