#include "sim/app/shell_words.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/app/child_process.hpp"
#include "sim/core/error.hpp"

namespace commonweal {
namespace {

const std::vector<std::string> awkward{"",
                                       "plain",
                                       "two words",
                                       "it's",
                                       "'",
                                       "\"double\"",
                                       "$HOME `id` $(id) \\n \\",
                                       "a=1,2,3",
                                       "range(0,1,0.1)",
                                       "#comment",
                                       "* ? [a-z] {a,b} ~ ! & ; | < >",
                                       "line\nbreak\ttab",
                                       "Fehér–Gächter"};

TEST(ShellWord, IsReadBackUnchangedByShells) {
    for (const std::string shell : {"sh", "bash"}) {
        std::string script = "words=; printf '%s|' ", evaluated = "printf '%s|'", expected;
        for (const auto& text : awkward) {
            script += " " + shell_word(text);
            evaluated += " " + shell_word(text);
            expected += text + "|";
        }
        EXPECT_EQ(run_to_end({shell, "-c", script}).out, expected) << shell;
        EXPECT_EQ(run_to_end({shell, "-c", "eval " + shell_word(evaluated)}).out, expected) << shell;
    }
}

TEST(ShellWord, LeavesPlainWordsAsTheyAre) {
    EXPECT_EQ(shell_word("r=1.5,2"), "r=1.5,2");
    EXPECT_EQ(shell_word("/scratch/me/out-1"), "/scratch/me/out-1");
    EXPECT_EQ(shell_word("it's"), "'it'\\''s'");
}

TEST(SbatchWord, QuotesAsSlurmReads) {
    EXPECT_EQ(sbatch_word("/scratch/out-1"), "/scratch/out-1");
    EXPECT_EQ(sbatch_word("/scratch/my \"own\" #1's $x"), R"("/scratch/my \"own\" #1's $x")");
    EXPECT_EQ(sbatch_word("a\\b"), R"("a\\b")");
}

TEST(SbatchWord, RefusesALineBreak) { EXPECT_THROW(sbatch_word("a\n#SBATCH --uid=0"), UsageError); }

TEST(SbatchLogPath, KeepsPercentSignsAndRefusesBackslashes) {
    EXPECT_EQ(sbatch_log_path("/scratch/50%"), "/scratch/50%%");
    EXPECT_THROW(sbatch_log_path("/scratch/a\\b"), UsageError);
}

}  // namespace
}  // namespace commonweal
