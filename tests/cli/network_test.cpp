#include <sys/stat.h>

#include <nlohmann/json.hpp>

#include "tests/cli/program.hpp"

/// `commonweal network`: describes and writes networks.
namespace commonweal::cli {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class NetworkCommand : public Cli {
protected:
    nlohmann::json described(std::vector<std::string> words) const {
        words.insert(words.begin(), {"network", "describe"});
        words.emplace_back("--json");
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 0) << ran.err;
        return nlohmann::json::parse(ran.out);
    }
};

TEST_F(NetworkCommand, DescribesAGenerator) {
    const Ran ran = run({"network", "describe", "square_lattice", "width=10", "height=10", "neighborhood=moore"});
    EXPECT_EQ(ran.code, 0) << ran.err;
    EXPECT_THAT(ran.out, AllOf(HasSubstr("square_lattice width=10 height=10 neighborhood=moore\n100 agents"),
                               HasSubstr("mean 8.0000, sd 0.0000"), HasSubstr("degree assortativity   not defined"),
                               HasSubstr("(all pairs that reach each other)")));
    const auto json = described({"complete", "agents=5"});
    EXPECT_EQ(json["agents"], 5);
    EXPECT_EQ(json["layers"][0]["ties"], 10);
    EXPECT_TRUE(json["layers"][0]["degree_assortativity"].is_null());
    EXPECT_EQ(json["layers"][0]["mean_distance"]["mean"], 1.0);
}

TEST_F(NetworkCommand, DrawsTheSameNetworkForTheSameSeedAndInstance) {
    const auto digest = [&](const std::string& seed, const std::string& instance, const std::string& threads) {
        return described({"erdos_renyi", "agents=40000", "--seed", seed, "--instance", instance, "--threads",
                          threads})["digest"]
            .get<std::string>();
    };
    const std::string first = digest("1", "0", "1");
    EXPECT_EQ(digest("1", "0", "2"), first);
    EXPECT_NE(digest("2", "0", "1"), first) << "control";
    EXPECT_NE(digest("1", "1", "1"), first) << "control";
}

TEST_F(NetworkCommand, WritesWhatItReadsBack) {
    const auto digest = described({"dodds_watts_sabel", "levels=3", "links=20", "--seed", "4"})["digest"];
    const std::vector<std::string> words{"network", "write", "dodds_watts_sabel", "levels=3", "links=20",
                                         "--seed",  "4"};
    auto csv = words, graphml = words;
    csv.insert(csv.end(), {"-o", "ties.csv", "--agents", "people.csv"});
    graphml.insert(graphml.end(), {"-o", "ties.graphml"});
    EXPECT_EQ(run(csv).code, 0);
    EXPECT_EQ(run(graphml).code, 0);
    auto alone = words;
    alone.insert(alone.end(), {"-o", "alone.csv"});
    EXPECT_THAT(run(alone).err, HasSubstr("agents have other numbers"));
    EXPECT_NE(described({"alone.csv"})["digest"], digest);
    EXPECT_EQ(described({"ties.csv", "agents=people.csv"})["digest"], digest);
    EXPECT_EQ(described({"ties.graphml"})["digest"], digest);
    EXPECT_FALSE(fs::exists(folder_ / "ties.csv.partial"));
    const Ran again = run(csv);
    EXPECT_EQ(again.code, 6);
    EXPECT_THAT(again.err, HasSubstr("ties.csv exists; --force replaces it"));
    csv.emplace_back("--force");
    EXPECT_EQ(run(csv).code, 0);
}

TEST_F(NetworkCommand, DescribesLayersAndAttributesOfAFile) {
    write("e.csv", "from,to,layer\na,b,work\nb,c,home\n");
    write("a.csv", "id,unit\na,x\nb,x\nc,y\nd,y\n");
    const auto json = described({"e.csv", "agents=a.csv", "source=from", "target=to"});
    ASSERT_EQ(json["layers"].size(), 2u);
    EXPECT_EQ(json["agents"], 4);
    EXPECT_EQ(json["layers"][1]["name"], "home");
    EXPECT_EQ(json["layers"][0]["isolated"], 2);
    EXPECT_EQ(json["layers"][0]["attributes"][0]["name"], "unit");
}

TEST_F(NetworkCommand, DescribesAllLayersTogether) {
    write("e.csv", "source,target,layer\na,b,work\nc,d,work\nb,c,home\n");
    write("a.csv", "id\na\nb\nc\nd\ne\n");
    EXPECT_THAT(run({"network", "describe", "e.csv", "agents=a.csv"}).out,
                HasSubstr("All 2 layers together\n  components         2, 1 of them single agents\n"
                          "  largest component  80.00 % of agents\n"));
    const auto json = described({"e.csv", "agents=a.csv"});
    EXPECT_EQ(json["all_layers"]["components"], 2);
    EXPECT_EQ(json["layers"][0]["components"], 3);
    write("one.csv", "source,target\na,b\nc,d\n");
    EXPECT_THAT(run({"network", "describe", "one.csv"}).out, Not(HasSubstr("together")));
    EXPECT_EQ(described({"one.csv"})["all_layers"]["components"], 2);
}

TEST_F(NetworkCommand, WarnsOnceOfWhatMayNotBeMeant) {
    write("e.csv", "source,target,Layer,Hours\na,b,work,1\nb,c,home,2\n");
    const std::string warning =
        "commonweal: warning: e.csv: columns that are not used: Layer, Hours; layer=Layer would read the layers, "
        "weight=Hours would read the weights\n";
    const Ran ran = run({"network", "describe", "e.csv"});
    EXPECT_EQ(ran.code, 0);
    EXPECT_EQ(ran.err, warning);
    EXPECT_EQ(run({"network", "describe", "e.csv", "-q"}).err, "");
    EXPECT_THAT(run({"network", "draw", "e.csv", "-o", "e.svg"}).err, HasSubstr(warning));
    EXPECT_THAT(run({"network", "write", "e.csv", "-o", "w.csv"}).err, HasSubstr(warning));
    EXPECT_EQ(run({"network", "describe", "e.csv", "layer=Layer", "weight=Hours"}).err, "");
    write("names.csv", "source,target\nBob,Ann\nbob,Eve\n");
    EXPECT_THAT(run({"network", "describe", "names.csv"}).err,
                HasSubstr("names.csv: the agents 'Bob' (1 tie) and 'bob' (1 tie) differ only in capitals or spaces"));
    write("comma.csv", "source;target;weight\na;b;2,5\n");
    EXPECT_THAT(run({"network", "describe", "comma.csv"}).err, HasSubstr("at least 0 with a decimal point"));

    write("s.toml",
          "seed = 1\nreplicates = 3\n[session]\nrounds = 2\n[network]\nkind = \"network_file\"\n"
          "file = \"e.csv\"\n[game]\nmpcr = 0.5\n[agents.all]\nbehavior = \"linear_influence\"\n");
    const std::string of_scenario = "e.csv: columns that are not used: Layer, Hours; network.layer=Layer would";
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"run", "s.toml"}, {"sweep", "s.toml", "-o", "swept"}, {"config", "check", "s.toml"}}) {
        const Ran told = run(words);
        EXPECT_EQ(told.code, 0) << told.err;
        const auto first = told.err.find(of_scenario);
        EXPECT_NE(first, std::string::npos) << told.err;
        EXPECT_EQ(told.err.find(of_scenario, first + 1), std::string::npos) << told.err;
    }
    EXPECT_EQ(run({"run", "s.toml", "-q"}).err, "");
    EXPECT_THAT(run({"run", "s.toml", "network.layer=Layer", "network.weight=Hours"}).err, Not(HasSubstr("warning")));
}

TEST_F(NetworkCommand, ReadsAPipeOnce) {
    write("e.csv", "source,target,Layer\na,b,work\n");
    const fs::path pipe = folder_ / "pipe";
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    const auto reader = start({"network", "describe", "pipe"});
    std::ofstream(pipe) << text_of(folder_ / "e.csv");
    ASSERT_TRUE(eventually([&] { return reader->ended(); }));
    EXPECT_EQ(reader->wait().code, 0);
}

TEST_F(NetworkCommand, KnowsScenariosByNameWithoutTheirFolder) {
    const auto json = described({"rand_2011", "network.agents=50"});
    EXPECT_EQ(json["agents"], 50);
}

TEST_F(NetworkCommand, RefusesBadInput) {
    EXPECT_THAT(refusal({"network", "describe", "erdos_reny", "--seed", "1"}),
                HasSubstr("neither a file, nor a scenario, nor a generator of networks (did you mean 'erdos_renyi'?)"));
    EXPECT_THAT(refusal({"network", "describe", "erdos_renyi"}), HasSubstr("--seed N says with which numbers"));
    EXPECT_THAT(refusal({"network", "describe", "erdos_renyi", "agnets=5", "--seed", "1"}),
                HasSubstr("unknown key 'agnets' in erdos_renyi (did you mean 'agents'?)"));
    EXPECT_THAT(refusal({"network", "describe", "star", "agents=1"}),
                HasSubstr("command line: agents is 1; it must be a whole number in [2, 200000000] [agents]"));
    EXPECT_THAT(refusal({"network", "describe", "star", "agents=nan"}), HasSubstr("agents is nan"));
    EXPECT_THAT(refusal({"network", "describe", "ring_lattice", "degree=3"}),
                HasSubstr("ring_lattice: degree is 3; it counts both sides"));
    EXPECT_THAT(refusal({"network", "write", "star", "-o", "star.txt"}),
                HasSubstr("it must be .csv, .tsv or .graphml"));
    write("e.csv", "source,target\na,b\nb,b\n");
    EXPECT_THAT(refusal({"network", "describe", "e.csv"}), HasSubstr("e.csv:3: agent 'b' is tied to itself"));
    EXPECT_THAT(refusal({"network", "write", "e.csv", "-o", "out.csv"}), HasSubstr("e.csv:3"));
    EXPECT_FALSE(fs::exists(folder_ / "out.csv"));
    EXPECT_EQ(run({"network", "write", "star", "-o", "no_such_folder/out.csv"}).code, 74);
}

TEST_F(NetworkCommand, DrawsWhatItIsAskedFor) {
    const std::vector<std::string> words{"network", "draw", "public_service", "agents=400", "--seed",
                                         "2",       "-o",   "a.svg"};
    const Ran drawn = run(words);
    EXPECT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_EQ(drawn.out, "");
    EXPECT_THAT(text_of(folder_ / "a.svg"),
                AllOf(HasSubstr("<title>public_service agents=400, seed 2, instance 0</title>"), HasSubstr("</svg>")));
    EXPECT_EQ(run(words).code, 6) << "the picture exists";
    auto again = words;
    again.back() = "b.svg";
    again.insert(again.end(), {"--threads", "1"});
    EXPECT_EQ(run(again).code, 0);
    EXPECT_EQ(text_of(folder_ / "a.svg"), text_of(folder_ / "b.svg"));

    write("e.csv", "source,target\nann,bob\n");
    EXPECT_EQ(run({"network", "draw", "e.csv", "-o", "e.svg"}).code, 0);
    EXPECT_THAT(text_of(folder_ / "e.svg"), HasSubstr("<title>ann</title>"));

    EXPECT_EQ(run({"network", "draw", "star", "-o", "no_such_folder/star.svg"}).code, 74);
    EXPECT_THAT(refusal({"network", "draw", "star", "-o", "star.png"}), HasSubstr("a picture is written as .svg"));
    EXPECT_THAT(refusal({"network", "draw", "star", "agents=6000", "-o", "star.svg"}),
                HasSubstr("a picture has room for 5000 agents"));
    EXPECT_FALSE(fs::exists(folder_ / "star.svg"));
}

TEST_F(NetworkCommand, TakesTheNetworkOfAScenario) {
    const std::string scenario = std::string(COMMONWEAL_SOURCE) + "/configs/scenarios/complex_contagion.toml";
    const Ran drawn = run({"network", "draw", scenario, "-o", "a.svg"});
    EXPECT_EQ(drawn.code, 0) << drawn.err;
    EXPECT_THAT(text_of(folder_ / "a.svg"), HasSubstr("complex_contagion.toml"));
    EXPECT_EQ(described({scenario, "--instance", "0"})["digest"], described({scenario})["digest"]);
    const std::string study = std::string(COMMONWEAL_SOURCE) + "/configs/sweeps/public_service.toml";
    EXPECT_EQ(run({"network", "draw", study, "network.agents=500", "-o", "study.svg"}).code, 0);
    EXPECT_THAT(text_of(folder_ / "study.svg"), HasSubstr("<desc>A network of 500 agents in 22 organizations"));
    EXPECT_THAT(refusal({"network", "draw", study, "network.agents=500,600", "-o", "b.svg"}),
                HasSubstr("network.agents has several values; network.agents=VALUE takes one of them"));
    EXPECT_THAT(refusal({"network", "draw", scenario, "--seed", "1", "-o", "b.svg"}),
                HasSubstr("seed.network=1 changes the one of networks"));
    EXPECT_THAT(refusal({"network", "draw", scenario, "network.agnets=90", "-o", "b.svg"}),
                HasSubstr("(did you mean 'agents'?)"));
    EXPECT_THAT(refusal({"network", "describe",
                         std::string(COMMONWEAL_SOURCE) + "/configs/experiments/fowler_christakis_2010.toml"}),
                HasSubstr("this scenario has no [network]"));
}

TEST_F(NetworkCommand, IsListedAndDescribed) {
    EXPECT_THAT(run({"list", "networks"}).out, AllOf(HasSubstr("barabasi_albert"), HasSubstr("kagome_lattice")));
    EXPECT_THAT(run({"describe", "lfr_communities"}).out,
                AllOf(HasSubstr("lfr_communities: network"), HasSubstr("tau1"), HasSubstr("Lancichinetti")));
}

}  // namespace
}  // namespace commonweal::cli
