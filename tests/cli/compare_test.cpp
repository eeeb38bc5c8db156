#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>

#include "sim/record/hdf5_reader.hpp"
#include "tests/cli/program.hpp"

/// Comparisons as a user sees them, without the report of the Python package.
namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;

using Words = std::vector<std::string>;

class Compare : public Cli {
protected:
    Compare() {
        write("service.toml",
              "include = [\"prize.toml\"]\nreplicates = 2\nseed = 1\n[session]\nrounds = 4\n"
              "[network]\nkind = \"public_service\"\nagents = 300\n[game]\nkind = \"two_pots\"\n"
              "[agents.people]\nbehavior = \"norm_incentive\"\n[regime.none]\n");
        write("prize.toml", "[[regime.prize.policy]]\nkind = \"contest\"\nprize_per_head = 1\n");
        write("short.toml", "[world.short]\ngame.endowment = 10\n");
    }

    Ran compare(const Words& more) const {
        Words words{"compare", "service.toml", "--no-report", "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }
};

TEST_F(Compare, ComputesRegimesAndWorldsOfSeveralFiles) {
    const Ran ran = compare({"short.toml", "instances=2", "-o", "there"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    const Hdf5Reader results(folder_ / "there" / "results.h5");
    EXPECT_EQ(results.texts("regime").size(), 2u * 2u * 2u);
    std::filesystem::remove(folder_ / "prize.toml");
    std::filesystem::remove(folder_ / "short.toml");
    EXPECT_EQ(run({"verify", "there"}).code, 0);
    EXPECT_EQ(run({"replay", "there", "5"}).code, 0);
}

TEST_F(Compare, NamesTheFileAndLineOfAMistake) {
    write("wrong.toml", "# a policy\n[[regime.more.policy]]\nkind = \"contst\"\n");
    const Ran ran = compare({"wrong.toml", "-o", "there"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("wrong.toml:3:8"), HasSubstr("did you mean 'contest'")));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "there"));
}

/// A policy that acts on nobody is no evidence that it has no effect.
TEST_F(Compare, WarnsOfPoliciesThatActOnNobody) {
    write("ties.csv", "source,target,layer\na,b,Linie\nb,c,Linie\nc,d,team\n");
    write("people.csv",
          "id,organization,Rolle,level\na,x,leader,0\nb,x,frontline,1\nc,y,frontline,2\nd,y,frontline,2\n");
    write("more.toml",
          "[[regime.hero.policy]]\nkind = \"hero_leader\"\n[[regime.lead.policy]]\nkind = \"leading_by_example\"\n"
          "[[regime.trust.policy]]\nkind = \"autonomy\"\n[[regime.late.policy]]\nkind = \"mandate\"\nstart = 9\n");
    write("own.toml",
          "replicates = 2\nseed = 1\n[session]\nrounds = 4\n[network]\nkind = \"network_file\"\nfile = \"ties.csv\"\n"
          "agents = \"people.csv\"\n[game]\nkind = \"two_pots\"\nlocal_enhancement = 1.2\nsystem_enhancement = "
          "1.8\n[agents.people]\nbehavior = \"norm_incentive\"\n"
          "[regime.none]\n");
    const Words words{"compare", "own.toml", "more.toml", "--no-report", "-o", "there"};
    const Ran ran = run(words);
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.err, AllOf(HasSubstr("warning: regime hero: policy hero_leader changes nothing: nobody reports"),
                               HasSubstr("regime lead: policy leading_by_example changes nothing: nobody is a manager"),
                               HasSubstr("regime trust: policy autonomy changes nothing: no mandate stands before it"),
                               HasSubstr("regime late: policy mandate changes nothing: it starts in round 9")));
    write("ties.csv", "source,target,layer\na,b,line\nb,c,line\nc,d,team\n");
    write("people.csv",
          "id,organization,role,level\na,x,leader,0\nb,x,frontline,1\nc,y,frontline,2\nd,y,frontline,2\n");
    write(
        "more.toml",
        "[[regime.hero.policy]]\nkind = \"hero_leader\"\n[[regime.lead.policy]]\nkind = \"leading_by_example\"\n"
        "[[regime.trust.policy]]\nname = \"rule\"\nkind = \"mandate\"\n[[regime.trust.policy]]\nkind = \"autonomy\"\n");
    EXPECT_THAT(run({"compare", "own.toml", "more.toml", "--no-report", "-o", "other"}).err,
                testing::Not(HasSubstr("warning")));
}

TEST_F(Compare, TellsAMisspelledOrganizationBeforeTheFirstRun) {
    write("ties.csv", "source,target\na,b\nc,d\n");
    write("people.csv", "id,organization\na,north\nb,north\nc,south\nd,south\n");
    write("own.toml",
          "replicates = 2\nseed = 1\n[session]\nrounds = 4\n[network]\nkind = \"network_file\"\nfile = \"ties.csv\"\n"
          "agents = \"people.csv\"\n[game]\nkind = \"two_pots\"\nlocal_enhancement = 1.2\nsystem_enhancement = "
          "1.8\n[agents.people]\nbehavior = \"norm_incentive\"\n"
          "[regime.none]\n[[regime.prize.policy]]\nkind = \"mandate\"\norganizations = [\"suoth\"]\n");
    const Ran ran = run({"compare", "own.toml", "--no-report", "-o", "there"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, AllOf(HasSubstr("did you mean 'south'?"), HasSubstr("in point 0, regime prize")));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "there"));
}

/// Ten copies of one network are one cluster: intervals over them would be too narrow.
TEST_F(Compare, RefusesInstancesOfANetworkThatIsAlwaysTheSame) {
    const Ran written = run({"network", "write", "public_service", "agents=300", "--seed", "1", "-o", "ties.csv",
                             "--agents", "people.csv"});
    ASSERT_EQ(written.code, 0) << written.err;
    const Words network{"network.kind=network_file", "network.file=ties.csv", "network.agents=people.csv"};
    for (const bool refused : {true, false}) {
        Words words = network;
        words.insert(words.end(), {refused ? "instances=3" : "instances=1", "-o", "there"});
        const Ran ran = compare(words);
        EXPECT_EQ(ran.code, refused ? 2 : 0) << ran.err;
        if (!refused) continue;
        EXPECT_THAT(ran.err,
                    HasSubstr("instances is 3, but network_file gives the same network each time; a comparison takes "
                              "instances for other networks: use replicates = 6"));
    }
}

/// What a report needs to say how it is made again.
TEST_F(Compare, KeepsTheFilesThatFollowInTheManifest) {
    ASSERT_EQ(compare({"short.toml", "-o", "there"}).code, 0);
    std::ifstream file(folder_ / "there" / "manifest.json");
    const auto manifest = nlohmann::json::parse(file);
    EXPECT_EQ(manifest["generations"][0]["more"], nlohmann::json::array({"short.toml"}));
    EXPECT_EQ(run({"retry", "there", "-q"}).code, 0);
}

TEST_F(Compare, RefusesASingleRegime) {
    write("alone.toml", "seed = 1\n[agents.a]\nbehavior = \"free_rider\"\n[regime.one]\n");
    const Ran ran = run({"compare", "alone.toml", "-o", "there"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("at least two regimes"));
}

TEST_F(Compare, RefusesPoliciesWithoutAService) {
    write("laboratory.toml", "seed = 1\n[agents.a]\nbehavior = \"free_rider\"\n[[policy]]\nkind = \"contest\"\n");
    const Ran ran = run({"run", "laboratory.toml"});
    EXPECT_EQ(ran.code, 2);
    EXPECT_THAT(ran.err, HasSubstr("game.kind = \"two_pots\""));
}

}  // namespace
}  // namespace commonweal::cli
