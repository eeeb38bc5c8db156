#include "sim/scenario/overrides.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace commonweal {
namespace {

using testing::HasSubstr;

Document changed(const std::vector<std::string>& overrides) {
    Document document = parse_document("title = 'old'\n[game]\nmpcr = 0.4\n", "f.toml");
    apply_overrides(document, overrides);
    return document;
}

Value value(const std::vector<std::string>& overrides, const std::string& path, const std::string& key) {
    return changed(overrides).find(path)->find(key)->setting.value;
}

std::string refusal(const std::string& text) {
    try {
        changed({text});
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

TEST(Overrides, ReplaceAndAddValues) {
    EXPECT_EQ(value({"game.mpcr=0.6"}, "game", "mpcr"), Value(0.6));
    EXPECT_EQ(value({"game.endowment=10"}, "game", "endowment"), Value(std::int64_t{10}));
    EXPECT_EQ(value({"replicates=3"}, "", "replicates"), Value(std::int64_t{3}));
    EXPECT_EQ(value({"agents.new.behavior=giver"}, "agents.new", "behavior"), Value(std::string("giver")));
}

TEST(Overrides, OfOneKeyAreRefused) {
    EXPECT_THROW(check_said_once({"game.mpcr=0.6", "title=a", "game.mpcr=0.7"}), ConfigError);
    EXPECT_THROW(check_said_once({"seed=1", "seed.all=2"}), ConfigError);
    EXPECT_NO_THROW(check_said_once({"game.mpcr=0.6", "game.mpcr=0.6"}));
    EXPECT_NO_THROW(check_said_once({"seed.network=1", "seed.all=2"}));
}

TEST(Overrides, SayAnewWhoIsOfAType) {
    Document document = parse_document("[agents.a]\nshare = 0.4\n", "f.toml");
    set_over(document, {"agents.a.count", std::int64_t{3}, "f.toml:9:1"});
    EXPECT_FALSE(document.find("agents.a")->find("share"));
    apply_overrides(document, {"agents.a.share=0.2"});
    EXPECT_FALSE(document.find("agents.a")->find("count"));
    apply_overrides(document, {"agents.a.count=2"});
    EXPECT_TRUE(document.find("agents.a")->find("share")) << "both are on the command line: no word has precedence";
}

TEST(Overrides, MarkWhatStoodBesideAFormerModel) {
    Document document = parse_document("[agents.a]\nbehavior = 'x'\nnoise = 1\n[subjects]\nfile = 'p.csv'\n", "f.toml");
    const auto former = [&](const char* table, const char* key) {
        return document.find(table)->find(key)->of_former_model;
    };
    apply_overrides(document, {"agents.a.behavior=x", "agents.a.share=0.5"});
    EXPECT_FALSE(former("agents.a", "noise")) << "the same model again";
    apply_overrides(document, {"agents.a.slope=2", "agents.a.behavior=y"});
    EXPECT_TRUE(former("agents.a", "noise"));
    EXPECT_TRUE(former("subjects", "file"));
    EXPECT_FALSE(former("agents.a", "slope")) << "said together with the new one";
    EXPECT_FALSE(former("agents.a", "behavior"));
    set_all_over(document,
                 {{"agents.a.slope", 3.0, "f.toml:9:1"}, {"agents.a.behavior", std::string("z"), "f.toml:9:9"}});
    EXPECT_FALSE(former("agents.a", "slope")) << "the order within one layer does not matter";
}

TEST(Overrides, StandOnTheCommandLine) { EXPECT_EQ(changed({"game.mpcr=2"}).where("game", "mpcr"), "command line"); }

TEST(Overrides, TellHowAListIsWritten) {
    EXPECT_THAT(refusal("session.conditions=[basic]"), HasSubstr("session.conditions='[\"...\", \"...\"]'"));
}

TEST(Overrides, TakeTomlValues) {
    EXPECT_EQ(value({"title=\"a, b\""}, "", "title"), Value(std::string("a, b")));
    EXPECT_EQ(value({"session.conditions=[\"x\", \"y\"]"}, "session", "conditions"),
              Value(std::vector<std::string>{"x", "y"}));
    EXPECT_EQ(value({"record.agents=true"}, "record", "agents"), Value(true));
    EXPECT_EQ(value({"title="
                     "\"\""},
                    "", "title"),
              Value(std::string()));
    EXPECT_EQ(value({"title='a=b'"}, "", "title"), Value(std::string("a=b"))) << "the first = ends the key";
}

TEST(Overrides, TakePlainWordsAndPathsAsText) {
    EXPECT_EQ(value({"game.tokens=whole"}, "game", "tokens"), Value(std::string("whole")));
    EXPECT_EQ(value({"subjects.file=../data/my people.csv"}, "subjects", "file"),
              Value(std::string("../data/my people.csv")));
    EXPECT_EQ(value({"subjects.file=caf\xc3\xa9.csv"}, "subjects", "file"), Value(std::string("caf\xc3\xa9.csv")));
    EXPECT_EQ(value({"title=a\\b"}, "", "title"), Value(std::string("a\\b")))
        << "nothing in a plain word has a second meaning";
}

TEST(Overrides, ExpandShortForms) {
    EXPECT_EQ(value({"subjects=people.csv"}, "subjects", "file"), Value(std::string("people.csv")));
    EXPECT_EQ(value({"seed=7"}, "seed", "all"), Value(std::int64_t{7}));
}

TEST(Overrides, RefuseOtherForms) {
    EXPECT_EQ(refusal("foo"), "command line: 'foo' is not of the form key=value or table.key=value");
    EXPECT_EQ(refusal("=3"), "command line: '=3' is not of the form key=value or table.key=value");
    EXPECT_THAT(refusal("a..b=3"), HasSubstr("is not of the form"));
    EXPECT_THAT(refusal("a.=3"), HasSubstr("is not of the form"));
    EXPECT_THAT(refusal("a b=3"), HasSubstr("is not of the form"));
}

TEST(Overrides, RefuseAMissingValue) {
    EXPECT_EQ(refusal("title="), "command line: title= has no value; an empty text is written title='\"\"'");
    EXPECT_THAT(refusal("title=  "), HasSubstr("has no value"));
}

TEST(Overrides, RefuseSweeps) {
    for (const std::string text :
         {"1,2,3", "range(0,1,0.1)", "linspace(0,1,5)", "logspace(0,1,5)", "choice(a,b)", "a, b"}) {
        EXPECT_THAT(refusal("game.mpcr=" + text), HasSubstr("one value belongs here; `commonweal sweep` takes several"))
            << text;
    }
}

TEST(Overrides, RefuseHalfQuotedTextsAndStrangeNumbers) {
    EXPECT_THAT(refusal("title=a \"b"), HasSubstr("is not a TOML value"));
    EXPECT_THAT(refusal("session.conditions=[basic]"), HasSubstr("is not a TOML value"));
    EXPECT_THAT(refusal("title=\xff"), HasSubstr("is not a TOML value"));
    EXPECT_THAT(refusal("game.mpcr=.5"), HasSubstr("is not a number as TOML writes it"));
    EXPECT_THAT(refusal("game.mpcr=05"), HasSubstr("is not a number as TOML writes it"));
    EXPECT_THAT(refusal("seed=99999999999999999999"), HasSubstr("is not a number as TOML writes it"));
    EXPECT_THAT(refusal("game.mpcr=40%"), HasSubstr("did you mean game.mpcr=0.4?"));
    EXPECT_THAT(refusal("game.mpcr=0,4"), HasSubstr("a decimal number has a point: game.mpcr=0.4"));
    EXPECT_THAT(refusal("title=a\nb"), HasSubstr("more than one line"));
    EXPECT_THAT(refusal("title=a\x01"), HasSubstr("control character"));
    EXPECT_THAT(refusal("agents.a={share=1}"), HasSubstr("is a table; one value belongs here"));
    EXPECT_THAT(refusal("title=2020-01-01"), HasSubstr("is a date or time"));
}

}  // namespace
}  // namespace commonweal
