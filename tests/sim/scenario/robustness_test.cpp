#include <gtest/gtest.h>

#include "tests/sim/scenario/toy_scenario.hpp"

/// Whatever the text, the answer is a Scenario or a ConfigError: never a crash, a hang, or another exception.
namespace commonweal {
namespace {

/// Small congruential generator (Knuth's MMIX constants): the same texts on every machine.
struct Luck {
    std::uint64_t state;
    std::size_t below(std::size_t n) {
        state = state * 6364136223846793005u + 1442695040888963407u;
        return static_cast<std::size_t>(state >> 33) % n;
    }
};

const std::vector<std::string> pieces{"[",
                                      "]",
                                      "{",
                                      "}",
                                      "=",
                                      ".",
                                      ",",
                                      "\n",
                                      "\"",
                                      "'",
                                      "\"\"\"",
                                      "'''",
                                      "#",
                                      "\\",
                                      "nan",
                                      "-inf",
                                      "1e999",
                                      "0x1F",
                                      "true",
                                      "1979-05-27",
                                      "07:32:00",
                                      "[[a]]",
                                      "[game]",
                                      "a=1",
                                      "\\u0000",
                                      "\xff",
                                      "\xc3\xa9",
                                      "\xef\xbb\xbf",
                                      "\r\n",
                                      "\t",
                                      "99999999999999999999",
                                      "-0",
                                      "_"};

std::string mutated(std::string text, Luck& luck) {
    const std::size_t changes = 1 + luck.below(4);
    for (std::size_t i = 0; i < changes; ++i) {
        const std::size_t at = luck.below(text.size() + 1);
        switch (luck.below(5)) {
            case 0:
                text.insert(at, pieces[luck.below(pieces.size())]);
                break;
            case 1:
                text.erase(at, luck.below(20));
                break;
            case 2:
                text.insert(at, 1, static_cast<char>(luck.below(256)));
                break;
            case 3:
                text = text.substr(0, at);
                break;
            default:
                text.insert(at, text.substr(luck.below(text.size() + 1), luck.below(40)));
                break;
        }
    }
    return text;
}

TEST(Robustness, OddTextsAreConfigErrors) {
    for (const std::string text : {"",
                                   "\n",
                                   "\xef\xbb\xbf",
                                   "\xff\xfe",
                                   "=",
                                   "[",
                                   "[]",
                                   "[[",
                                   "a",
                                   "a=",
                                   "a=[",
                                   "a={",
                                   "'",
                                   "\"\"\"",
                                   "a.b.c",
                                   "[a.b",
                                   "\\",
                                   "[\x01]",
                                   "a = 1979-05-27T07:32:00Z",
                                   "a = [1, [2]]",
                                   "a = [1, 'x', true]",
                                   "a = 1e999",
                                   "a = 0xffffffffffffffffff",
                                   "[agents]\n[agents.a.b]",
                                   "[[agents.a]]",
                                   "session = []",
                                   "session = [{}]",
                                   "agents.a = 'giver'"})
        EXPECT_NE(toy::refusal(text), "") << text;
    EXPECT_NE(toy::refusal(std::string(100, '\0')), "");
}

TEST(Robustness, LongNamesAndValuesAreConfigErrors) {
    const std::string big(1'000'000, 'x');
    EXPECT_NE(toy::refusal(big + " = 1"), "");
    EXPECT_NE(toy::refusal("[" + big + "]"), "");
    EXPECT_LT(toy::refusal(toy::small + "[game]\ntokens = '" + big + "'").size(), 300u);
    EXPECT_LT(toy::refusal(toy::small, {"agents.zed.behavior=" + big}).size(), 300u);
    EXPECT_LT(toy::refusal(toy::small + "[matching]\nkind = '" + big + "'").size(), 300u);
}

TEST(Robustness, MutatedScenariosAreReadOrRefused) {
    Luck luck{1};
    const std::string text =
        "title = 'x'\nsubjects = 'a.csv'\n" + toy::small +
        "[sanction]\nrule = 'judge'\n[game]\nmpcr = 0.5\n[agents.b]\nbehavior = 'actor'\nshare = 0\n";
    ASSERT_EQ(toy::refusal(text), "");
    std::size_t refused = 0;
    for (int i = 0; i < 5000; ++i) {
        const std::string mutant = mutated(text, luck);
        ASSERT_NO_THROW(refused += toy::refusal(mutant).empty() ? 0 : 1) << mutant;
    }
    EXPECT_GT(refused, 2500u) << "the mutants are strange enough";
    EXPECT_LT(refused, 5000u) << "and not all beyond repair";
}

TEST(Robustness, MutatedOverridesAreTakenOrRefused) {
    Luck luck{2};
    const std::vector<std::string> texts{"game.mpcr=0.5", "title=\"a b\"", "session.conditions=[\"a\", \"b\"]",
                                         "agents.x.behavior=giver", "seed=3"};
    for (int i = 0; i < 5000; ++i) {
        const std::string mutant = mutated(texts[luck.below(texts.size())], luck);
        ASSERT_NO_THROW(toy::refusal(toy::small, {mutant})) << mutant;
    }
}

}  // namespace
}  // namespace commonweal
