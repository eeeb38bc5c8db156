#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/cli/program.hpp"

namespace commonweal::cli {
namespace {

using testing::HasSubstr;

class BadInput : public Cli {
protected:
    BadInput() { write("good.toml", scenario); }

    /// What `run` says of a scenario that ends with these lines.
    std::string refused(const std::string& lines, const std::vector<std::string>& overrides = {}) const {
        write("bad.toml", scenario + lines);
        std::vector<std::string> words{"run", "bad.toml", "-o", "results.h5"};
        words.insert(words.end(), overrides.begin(), overrides.end());
        const std::string text = refusal(words);
        EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
        EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
        return text;
    }
};

TEST_F(BadInput, UnknownKey) {
    EXPECT_THAT(refused("[game]\nendowmet = 20\n"),
                HasSubstr("bad.toml:12:1: unknown key 'endowmet' in [game] (did you mean 'endowment'?)"));
    EXPECT_THAT(refused("", {"game.endowmet=20"}), HasSubstr("command line: unknown key 'endowmet'"));
    EXPECT_THAT(refused("", {"gmae.endowment=20"}),
                HasSubstr("command line: unknown key 'gmae.endowment' (did you mean 'game.endowment'?)"));
}

TEST_F(BadInput, WrongType) {
    EXPECT_THAT(refused("[game]\nendowment = \"20\"\n"),
                HasSubstr("bad.toml:12:13: game.endowment is \"20\"; it must be a number in"));
    EXPECT_THAT(refused("", {"session.rounds=2.5"}), HasSubstr("session.rounds is 2.5; it must be a whole number in"));
}

TEST_F(BadInput, NanAndInfinity) {
    EXPECT_THAT(refused("[game]\nmpcr = nan\n"),
                HasSubstr("bad.toml:12:8: game.mpcr is nan; it must be a number in [0, 1000]"));
    EXPECT_THAT(refused("", {"game.mpcr=inf"}), HasSubstr("game.mpcr is inf"));
}

TEST_F(BadInput, GroupsThatDoNotDivide) {
    EXPECT_THAT(refused("", {"session.agents=25"}),
                HasSubstr("25 agents cannot be split into groups of 4; session.agents must be a multiple of "
                          "matching.group_size; nearest: 24 or 28"));
}

TEST_F(BadInput, TooManyPerfectStrangerRounds) {
    EXPECT_THAT(refused("", {"session.rounds=8"}),
                HasSubstr("24 agents in groups of 4 can play at most 7 perfect-stranger rounds; session.rounds is 8"));
}

TEST_F(BadInput, NotToml) { EXPECT_THAT(refused("[game\n"), HasSubstr("bad.toml:11:")); }

TEST_F(BadInput, SubjectFileThatIsMissingOrLacksAColumn) {
    const std::vector<std::string> people{"agents.all.behavior=belief_schedule", "subjects=people.csv"};
    write("bad.toml", scenario);
    const Ran missing = run({"run", "bad.toml", people[0], people[1], "-o", "results.h5"});
    EXPECT_EQ(missing.code, 74) << missing.err;
    EXPECT_THAT(missing.err, HasSubstr("people.csv"));
    write("people.csv", "a,b\n1,2\n");
    EXPECT_THAT(refused("", people), HasSubstr("people.csv"));
}

TEST_F(BadInput, FileThatIsNotThere) {
    EXPECT_THAT(refusal({"run", "nothing.toml"}),
                HasSubstr("nothing.toml: there is no such file, and no scenario of that name"));
    EXPECT_THAT(refusal({"run", "experiments/fowler_christakis_2011"}),
                HasSubstr("(did you mean 'experiments/fowler_christakis_2010'?)"));
    EXPECT_THAT(refusal({"config", "check", "."}), HasSubstr("is a folder"));
}

TEST_F(BadInput, Sweeps) {
    EXPECT_THAT(refused("", {"game.mpcr=0.2,0.4"}),
                HasSubstr("one value belongs here; `commonweal sweep` takes several"));
}

TEST_F(BadInput, FullDisk) {
    const Ran full = run({"config", "schema"}, "", "> /dev/full");
    EXPECT_EQ(full.code, 74);
    EXPECT_THAT(full.err, HasSubstr("standard output: cannot be written"));
}

TEST_F(BadInput, OutputThatCannotBeWritten) {
    const Ran nowhere = run({"run", "good.toml", "-o", "no/such/folder/results.h5"});
    EXPECT_EQ(nowhere.code, 74);
    EXPECT_EQ(nowhere.out, "");
    EXPECT_THAT(nowhere.err, HasSubstr("no/such/folder/results.h5"));
    fs::create_directory(folder_ / "folder.h5");
    EXPECT_EQ(run({"run", "good.toml", "-o", "folder.h5", "--force"}).code, 74);
}

TEST_F(BadInput, FileTooLargeForTheDisk) {
    const Ran limited =
        run({"run", "good.toml", "record.agents=true", "-o", "results.h5"}, "ulimit -f 8 && trap '' XFSZ &&");
    EXPECT_EQ(limited.code, 74) << limited.err;
    EXPECT_EQ(limited.out, "");
    EXPECT_FALSE(fs::exists(folder_ / "results.h5"));
    EXPECT_FALSE(fs::exists(folder_ / "results.h5.partial"));
}

}  // namespace
}  // namespace commonweal::cli
