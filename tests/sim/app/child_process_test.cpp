#include "sim/app/child_process.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

TEST(ChildProcess, TellsExitCodeAndBothOutputs) {
    const Ended ended = run_to_end({"sh", "-c", "echo result; echo trouble >&2; exit 7"});
    EXPECT_EQ(ended.code, 7);
    EXPECT_EQ(ended.out, "result\n");
    EXPECT_EQ(ended.err, "trouble\n");
}

TEST(ChildProcess, TellsTheSignal) { EXPECT_EQ(run_to_end({"sh", "-c", "kill -KILL $$"}).code, 128 + 9); }

TEST(ChildProcess, NoShellReadsTheWords) { EXPECT_EQ(run_to_end({"printf", "%s", "$(id) 'x'"}).out, "$(id) 'x'"); }

TEST(ChildProcess, InputIsEmpty) { EXPECT_EQ(run_to_end({"cat"}).out, ""); }

// More than a pipe holds, in turns: a reader that emptied one pipe first would wait for ever.
TEST(ChildProcess, ReadsBothOutputsAtOnce) {
    const Ended ended =
        run_to_end({"bash", "-c", "for ((i = 0; i < 20; ++i)); do printf '%8000s' o; printf '%9000s' e >&2; done"});
    EXPECT_EQ(ended.out.size(), 160'000u);
    EXPECT_EQ(ended.err.size(), 180'000u);
}

TEST(ChildProcess, SaysWhatCannotBeStarted) {
    try {
        run_to_end({"commonweal-no-such-program"});
        FAIL();
    } catch (const IoError& error) {
        EXPECT_STREQ(error.what(), "commonweal-no-such-program: cannot be started: No such file or directory");
    }
}

}  // namespace
}  // namespace commonweal
