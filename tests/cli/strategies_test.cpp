#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::StartsWith;

const std::string scenario = R"(title = "Invasion"
seed = 1
replicates = 40
[session]
rounds = 200
[network]
kind = "ring_lattice"
agents = 8
[game]
enhancement = 3
[agents.C]
strategy = "cooperator"
count = 1
[agents.D]
strategy = "defector"
[update]
rule = "death_birth"
[record]
every = 100
)";

class Strategies : public Cli {
protected:
    Strategies() { write("invasion.toml", scenario); }
};

TEST_F(Strategies, PrintsSharesAndWhoTookOver) {
    const Ran ran = run({"run", "invasion.toml", "-o", "results.h5"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(StartsWith("Invasion\n40 runs; each is 200 rounds of 8 agents with"), HasSubstr("round"),
                               HasSubstr("taken over by  runs"), HasSubstr("Elementary steps until then: mean")));
    EXPECT_THAT(text_of(folder_ / "results.h5"), StartsWith("\x89HDF"));
}

TEST_F(Strategies, AreCheckedWithoutARun) {
    const Ran ran = run({"config", "check", "invasion.toml"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("correct; 40 runs of 200 rounds with strategies on the network ring_lattice"));
}

TEST_F(Strategies, PrintsOneJsonObject) {
    const Ran ran = run({"run", "invasion.toml", "--json", "-q"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    const auto object = nlohmann::json::parse(ran.out);
    EXPECT_EQ(object["rounds"].size(), 3u);
    EXPECT_EQ(object["rounds"][2]["round"], 200);
    EXPECT_EQ(object["absorbed"]["C"].get<int>() + object["absorbed"]["D"].get<int>(), 40);
    EXPECT_NEAR(object["late_share"]["C"]["mean"].get<double>() * 40, object["absorbed"]["C"].get<int>(), 1e-9);
}

TEST_F(Strategies, SayWhatAFundSpends) {
    const std::vector<std::string> fund{"run", "invasion.toml", "fund.scheme=punish", "fund.per_head=0.5", "-q"};
    const Ran text = run(fund);
    EXPECT_EQ(text.code, 0) << text.err;
    EXPECT_THAT(text.out,
                AllOf(HasSubstr("fund cost: spent in a round, per agent"), HasSubstr("  payoff  fund cost\n")));
    std::vector<std::string> json = fund;
    json.insert(json.end(), {"--json", "-o", "results.h5"});
    const auto first = nlohmann::json::parse(run(json).out)["rounds"][0];
    EXPECT_DOUBLE_EQ(first["fund_cost"]["mean"], 5 * 0.5) << "groups of five, one cooperator: all are fined in full";
    EXPECT_THAT(text_of(folder_ / "results.h5"), HasSubstr("fund_cost"));
    const Ran without = run({"run", "invasion.toml", "--json", "-q"});
    EXPECT_FALSE(nlohmann::json::parse(without.out)["rounds"][0].contains("fund_cost"));
}

TEST_F(Strategies, GivesTheSameBytesForAnyThreadsWithAFund) {
    const auto result = [&](const std::string& threads) {
        const Ran ran = run({"run", "invasion.toml", "fund.scheme=carrot_then_stick", "fund.per_head=0.6",
                             "update.rule=birth_death", "record.agents=true", "-o", "results.h5", "--force", "--json",
                             "-q", "--threads", threads});
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out + text_of(folder_ / "results.h5");
    };
    EXPECT_EQ(result("1"), result("3"));
}

TEST_F(Strategies, GivesTheSameBytesForAnyThreadsButNotForAnotherSeed) {
    const auto result = [&](const std::string& option, const std::string& value) {
        const Ran ran = run({"run", "invasion.toml", "record.agents=true", "-o", "results.h5", "--force", "--json",
                             "-q", option, value});
        EXPECT_EQ(ran.code, 0) << ran.err;
        return ran.out + text_of(folder_ / "results.h5");
    };
    const std::string one = result("--threads", "1");
    EXPECT_EQ(one, result("--threads", "3"));
    const Ran other =
        run({"run", "invasion.toml", "seed=2", "record.agents=true", "-o", "results.h5", "--force", "-q"});
    EXPECT_EQ(other.code, 0);
    EXPECT_NE(one.substr(one.find("\x89HDF")), text_of(folder_ / "results.h5"));
}

TEST_F(Strategies, PlaysOnANetworkThatSomebodyMeasured) {
    write("ties.csv", "source,target\nann,bob\nbob,cem\ncem,ann\ncem,dia\n");
    write("people.csv", "id,role\nann,chief\nbob,nurse\ncem,nurse\ndia,nurse\n");
    std::string text = scenario;
    const std::string ring = "kind = \"ring_lattice\"\nagents = 8";
    text.replace(text.find(ring), ring.size(), "kind = \"network_file\"\nfile = \"ties.csv\"\nagents = \"people.csv\"");
    text.replace(text.find("count = 1"), 9, "where = \"role=chief\"");
    write("ward.toml", text);
    const Ran ran = run({"run", "ward.toml", "-q"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, HasSubstr("200 rounds of 4 agents with 4 ties"));
    const auto ends_with = [&](const std::string& setting, const std::string& message) {
        const Ran refused = run({"run", "ward.toml", setting, "-o", "none.h5"});
        EXPECT_EQ(refused.code, 2);
        EXPECT_THAT(refused.err, HasSubstr(message));
        EXPECT_FALSE(fs::exists(folder_ / "none.h5"));
    };
    ends_with("agents.C.where='role=cheif'", "[agents.C]: no agent of the network has role=cheif");
    ends_with("network.play_on=team", "team");
    write("people.csv", "id,role\nann,chief\nbob,nurse\ncem,nurse\ndia,nurse\neva,nurse\n");
    ends_with("record.every=50", "1 of 5 agents have no neighbor to play with or imitate, the first is agent eva");
    EXPECT_EQ(run({"run", "ward.toml", "network.without_ties=keep", "-q"}).code, 0);
}

}  // namespace
}  // namespace commonweal::cli
