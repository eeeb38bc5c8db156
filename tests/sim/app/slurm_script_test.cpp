#include "sim/app/slurm_script.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/app/child_process.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/core/error.hpp"
#include "tests/sim/app/programs.hpp"

namespace commonweal {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

SlurmJob job() {
    return {.program = "/opt/commonweal",
            .sweep_arguments = {"decay.toml", "game.mpcr=0.2,0.4", "-o", "out"},
            .store = "/scratch/out",
            .tasks = 8,
            .time = "01:00:00",
            .partition = "short",
            .account = "lab",
            .memory = "4G",
            .cpus_per_task = 2,
            .extra = {"--qos=long"}};
}

TEST(SlurmScript, AsksForWhatTheJobNeeds) {
    EXPECT_THAT(array_script(job()), StartsWith("#!/usr/bin/env bash\n"
                                                "#SBATCH --job-name=commonweal-out\n"
                                                "#SBATCH --output=/scratch/out/slurm/%A_%a.log\n"
                                                "#SBATCH --open-mode=append\n"
                                                "#SBATCH --time=01:00:00\n"
                                                "#SBATCH --partition=short\n"
                                                "#SBATCH --account=lab\n"
                                                "#SBATCH --mem=4G\n"
                                                "#SBATCH --qos=long\n"
                                                "#SBATCH --array=1-8\n"
                                                "#SBATCH --cpus-per-task=2\n"
                                                "#SBATCH --requeue\n"
                                                "#SBATCH --signal=B:USR1@120\n"
                                                "\n"));
    EXPECT_THAT(merge_script(job()), AllOf(StartsWith("#!/usr/bin/env bash\n#SBATCH --job-name=commonweal-out-merge\n"),
                                           HasSubstr("#SBATCH --output=/scratch/out/slurm/merge_%j.log\n"),
                                           HasSubstr("#SBATCH --qos=long\n"), Not(HasSubstr("--array")),
                                           HasSubstr("\n/opt/commonweal merge /scratch/out\n")));
}

TEST(SlurmScript, LeavesTheClusterItsDefaults) {
    SlurmJob plain = job();
    plain.time = plain.partition = plain.account = plain.memory = "";
    plain.extra.clear();
    EXPECT_THAT(array_script(plain),
                AllOf(Not(HasSubstr("--time")), Not(HasSubstr("--partition")), Not(HasSubstr("--account")),
                      Not(HasSubstr("--mem")), Not(HasSubstr("--signal")), Not(HasSubstr("--max-time"))));
}

TEST(SlurmScript, RunsTheShareAndStopsBeforeTheTimeLimit) {
    EXPECT_THAT(array_script(job()), HasSubstr("\n/opt/commonweal sweep decay.toml game.mpcr=0.2,0.4 -o out --shard "
                                               "auto --threads \"$SLURM_CPUS_PER_TASK\" --max-time 55m &\n"));
    SlurmJob own = job();
    own.sweep_arguments = {"decay.toml", "--max-time=2s", "--threads", "1"};
    EXPECT_THAT(array_script(own),
                HasSubstr("\n/opt/commonweal sweep decay.toml --max-time=2s --threads 1 --shard auto &\n"));
}

TEST(SlurmScript, ReadsTimeAsSlurmDoes) {
    const std::vector<std::pair<std::string, std::string>> cases{
        {"60", "55m"},    {"02:00", "90s"},    {"10:30", "473s"},         {"1:30:00", "85m"},
        {"1-0", "1435m"}, {"1-1:30", "1525m"}, {"2-03:04:06", "183546s"}, {"4", "3m"}};
    for (const auto& [time, most] : cases) {
        SlurmJob timed = job();
        timed.time = time;
        EXPECT_THAT(array_script(timed), HasSubstr("--max-time " + most + " &\n")) << time;
    }
}

TEST(SlurmScript, RefusesWhatCannotBe) {
    const auto refused = [](auto change) {
        SlurmJob wrong = job();
        change(wrong);
        EXPECT_THROW(array_script(wrong), UsageError);
    };
    for (const char* time : {"soon", "1:99:0:0", "-", "1-", "1:", ":1", "1-2-3", "1", "01:59", "-5", "1.5"})
        refused([&](SlurmJob& wrong) { wrong.time = time; });
    refused([](SlurmJob& wrong) { wrong.tasks = 0; });
    refused([](SlurmJob& wrong) { wrong.cpus_per_task = 0; });
    refused([](SlurmJob& wrong) { wrong.partition = "a\nrm"; });
    refused([](SlurmJob& wrong) { wrong.extra = {"--qos=a\nrm"}; });
    refused([](SlurmJob& wrong) { wrong.extra = {"qos=a"}; });
    refused([](SlurmJob& wrong) { wrong.store = "/scratch/a\\b"; });
}

/// Runs the array's script with programs that stand for Slurm and for commonweal.
class SlurmTask : public WithPrograms {
protected:
    SlurmTask() {
        program("scontrol", "printf '%s\\n' \"$@\" >> \"$here/scontrol\"\n");
        job_.store = folder_ / "the \"store\"'s";
    }

    /// The script with `commonweal` as its program, run by `command`, where $script is its path.
    Ended run(const std::string& command, int restarts = 0) {
        job_.program = (folder_ / "bin/commonweal").string();
        std::ofstream(folder_ / "array.sh") << array_script(job_);
        return run_to_end({"env", "SLURM_ARRAY_JOB_ID=7", "SLURM_ARRAY_TASK_ID=3", "SLURM_ARRAY_TASK_COUNT=8",
                           "SLURM_CPUS_PER_TASK=2", "SLURM_RESTART_COUNT=" + std::to_string(restarts),
                           "script=" + (folder_ / "array.sh").string(), "here=" + folder_.string(), "bash", "-c",
                           command});
    }
    Ended run() { return run("bash \"$script\""); }

    SlurmJob job_ = job();
};

TEST_F(SlurmTask, ScriptsAreWellFormed) {
    program("commonweal", "");
    run();
    const Ended checked = run_to_end({"bash", "-n", (folder_ / "array.sh").string()});
    EXPECT_EQ(checked.code, 0) << checked.err;
    std::ofstream(folder_ / "merge.sh") << merge_script(job_);
    EXPECT_EQ(run_to_end({"bash", "-n", (folder_ / "merge.sh").string()}).code, 0);
}

TEST_F(SlurmTask, ProgramSeesItsArgumentsUnchanged) {
    program("commonweal", "pwd > \"$here/folder\"; printf '%s|' \"$@\" > \"$here/arguments\"\n");
    job_.sweep_arguments = {"it's decay.toml", "x=range(0,1,0.1)", "", "-o", "the \"store\"'s $HOME"};
    EXPECT_EQ(run().code, 0);
    EXPECT_EQ(text_of("arguments"),
              "sweep|it's decay.toml|x=range(0,1,0.1)||-o|the \"store\"'s $HOME|--shard|auto|--threads|2|--max-time|"
              "55m|");
    EXPECT_EQ(text_of("folder"), std::filesystem::current_path().string() + "\n");
    std::ofstream(folder_ / "merge.sh") << merge_script(job_);
    EXPECT_EQ(run_to_end({"bash", (folder_ / "merge.sh").string()}).code, 0);
    EXPECT_EQ(text_of("arguments"), "merge|" + job_.store.string() + "|");
}

TEST_F(SlurmTask, GoesBackIntoTheQueueWhenIncomplete) {
    program("commonweal", "exit 4\n");
    const Ended ended = run();
    EXPECT_EQ(ended.code, 4);
    EXPECT_EQ(text_of("scontrol"), "requeue\n7_3\n");
    EXPECT_THAT(ended.out, HasSubstr("task 3 of 8, start 1: is incomplete and goes back into the queue\n"));
}

TEST_F(SlurmTask, GoesBackWhenTheLastCallCameBeforeTheProgramListened) {
    program("commonweal", "kill -s USR1 $$\n");
    EXPECT_EQ(run().code, 128 + 10);
    EXPECT_EQ(text_of("scontrol"), "requeue\n7_3\n");
}

TEST_F(SlurmTask, GivesUpAfterAHundredRestarts) {
    program("commonweal", "exit 4\n");
    EXPECT_EQ(run("bash \"$script\"", 99).code, 4);
    EXPECT_EQ(text_of("scontrol"), "requeue\n7_3\n");
    const Ended last = run("bash \"$script\"", 100);
    EXPECT_EQ(last.code, 4);
    EXPECT_EQ(text_of("scontrol"), "requeue\n7_3\n");
    EXPECT_THAT(last.out, HasSubstr("start 101: is incomplete after 101 starts and is given up"));
}

TEST_F(SlurmTask, SaysWhenTheQueueDoesNotTakeIt) {
    program("commonweal", "exit 4\n");
    program("scontrol", "exit 1\n");
    const Ended ended = run();
    EXPECT_EQ(ended.code, 4);
    EXPECT_THAT(ended.out, HasSubstr("cannot go back into the queue"));
}

TEST_F(SlurmTask, EndsWithTheCodeOfTheProgram) {
    for (const int code : {0, 1, 2, 3, 74}) {
        program("commonweal", "exit " + std::to_string(code) + "\n");
        EXPECT_EQ(run().code, code);
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "scontrol"));
}

/// Says that it listens, ends with code 4 when it is signaled, and notes the signal.
const std::string listener = R"(
answer() { echo "$1" > "$here/got"; kill "$!"; exit 4; }
trap 'answer USR1' USR1
trap 'answer TERM' TERM
sleep 600 > /dev/null 2>&1 &
echo listens > "$here/listens"
wait
)";

const std::string signaled_with = R"(
mkfifo "$here/listens"
bash "$script" &
read -r < "$here/listens"
kill -s SIGNAL "$!"
wait "$!"
)";

std::string with_signal(const std::string& name) {
    std::string command = signaled_with;
    return command.replace(command.find("SIGNAL"), 6, name);
}

TEST_F(SlurmTask, PassesTheLastCallOnAndGoesBackIntoTheQueue) {
    program("commonweal", listener);
    EXPECT_EQ(run(with_signal("USR1")).code, 4);
    EXPECT_EQ(text_of("got"), "USR1\n");
    EXPECT_EQ(text_of("scontrol"), "requeue\n7_3\n");
}

// A task that its owner cancels must not come back.
TEST_F(SlurmTask, StaysAwayWhenSlurmEndsIt) {
    program("commonweal", listener);
    EXPECT_EQ(run(with_signal("TERM")).code, 4);
    EXPECT_EQ(text_of("got"), "USR1\n");
    EXPECT_FALSE(std::filesystem::exists(folder_ / "scontrol"));
}

}  // namespace
}  // namespace commonweal
