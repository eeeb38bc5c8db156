#include "sim/scenario/included.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/error.hpp"
#include "sim/scenario/document.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;

TEST(Included, PutsRegimesAndWorldsBehindTheText) {
    const Folder folder;
    folder.file("one.toml", "[regime.one]\ngame.mpcr = 0.5\n");
    folder.file("dry.toml", "[world.dry]\ngame.endowment = 10\n");
    const auto base = folder.file("base.toml", "include = [\"one.toml\"]\n\n[regime.none]\n");
    const Document document = parse_document(scenario_text(base, {folder / "dry.toml"}), base.string());
    EXPECT_NE(document.find("regime.none"), nullptr);
    ASSERT_NE(document.find("regime.one.game"), nullptr);
    ASSERT_NE(document.find("world.dry.game"), nullptr);
    EXPECT_EQ(document.find("regime.one.game")->find("mpcr")->setting.where, (folder / "one.toml").string() + ":2:13");
}

/// A store keeps the whole text: it is read again without the files.
TEST(Included, ReadsNoFileOfATextThatHasThem) {
    const Folder folder;
    const auto part = folder.file("one.toml", "[regime.one]\ngame.mpcr = 0.5\n");
    const std::string text = scenario_text(folder.file("base.toml", "include = [\"one.toml\"]\n[regime.none]\n"));
    std::filesystem::remove(part);
    EXPECT_EQ(scenario_text(folder.file("kept.toml", text)), text);
}

TEST(Included, RefusesAnythingElseAndWhatIsThereTwice) {
    const Folder folder;
    folder.file("game.toml", "[regime.one]\ngame.mpcr = 0.5\n[game]\nmpcr = 0.3\n");
    folder.file("one.toml", "[regime.one]\ngame.mpcr = 0.5\n");
    const auto message = [&](const std::string& names) {
        const auto base = folder.file("base.toml", "include = [" + names + "]\n[regime.none]\n");
        return message_of([&] { (void)scenario_text(base); });
    };
    EXPECT_THAT(message("\"game.toml\""), HasSubstr("game.toml:4:1: an included file has tables"));
    EXPECT_THAT(message("\"one.toml\", \"one.toml\""), HasSubstr("[regime.one] is in"));
    EXPECT_THAT(message("1"), HasSubstr("include must be a list of files"));
    const auto base = folder.file("base.toml", "include = [\"nowhere.toml\"]\n");
    EXPECT_THROW((void)scenario_text(base), IoError);
}

TEST(Policies, AreTablesByLabelOrKindInTheOrderOfTheFile) {
    const Document document = parse_document(
        "[[policy]]\nkind = \"b\"\n[[policy]]\nkind = \"a\"\n[[policy]]\nkind = \"b\"\nlabel = \"later\"\n"
        "[[regime.one.policy]]\nkind = \"a\"\n",
        "f.toml");
    std::vector<std::string> paths;
    for (const Table& table : document.tables)
        if (!table.entries.empty()) paths.push_back(table.path);
    EXPECT_THAT(paths, testing::ElementsAre("policy.b", "policy.a", "policy.later", "regime.one.policy.a"));
    EXPECT_EQ(document.find("policy.later")->find("label"), nullptr);
    EXPECT_EQ(document.find("policy.later")->find("kind")->setting.where, "f.toml:6:8");
    const auto message = [](const std::string& text) {
        return message_of([&] { (void)parse_document(text, "f.toml"); });
    };
    EXPECT_THAT(message("[[policy]]\nkind = \"b\"\n[[policy]]\nkind = \"b\"\n"),
                HasSubstr("two policies are called 'b'; give one of them another name with label"));
    EXPECT_THAT(message("[[policy]]\nstart = 2\n"), HasSubstr("[[policy]] needs kind"));
}

}  // namespace
}  // namespace commonweal
