#include "sim/app/slurm.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sim/app/output.hpp"
#include "sim/core/error.hpp"
#include "tests/sim/app/programs.hpp"

namespace commonweal {
namespace {

using testing::AllOf;
using testing::HasSubstr;

/// Notes its arguments, one call a line, and gives the jobs the numbers 41, 42 ...
const std::string taking = R"(
[[ $1 == --version ]] && exit
printf '%s|' "$@" >> "$here/calls"
echo >> "$here/calls"
echo $((40 + $(wc -l < "$here/calls")))
)";

class Slurm : public WithPrograms {
protected:
    Slurm() {
        job_.program = "commonweal";
        job_.sweep_arguments = {"decay.toml", "-o", "out"};
        job_.store = folder_ / "it's out";
        job_.tasks = 3;
    }

    std::string submit() {
        testing::internal::CaptureStdout();
        std::string failure;
        try {
            submit_to_slurm(job_);
        } catch (const Error& error) {
            failure = error.what();
        }
        flush_output();
        out_ = testing::internal::GetCapturedStdout();
        return failure;
    }

    SlurmJob job_;
    std::string out_;
};

TEST_F(Slurm, SubmitsTheArrayAndThenTheJobThatJoins) {
    program("sbatch", taking);
    EXPECT_EQ(submit(), "");
    EXPECT_EQ(out_, "array 41\nmerge 42\n");
    const std::string folder = (job_.store / "slurm").string();
    EXPECT_EQ(text_of("calls"),
              "--parsable|" + folder + "/array.sh|\n--parsable|--dependency=afterany:41|" + folder + "/merge.sh|\n");
    EXPECT_EQ(text_of("it's out/slurm/array.sh"), array_script(job_));
    EXPECT_EQ(text_of("it's out/slurm/merge.sh"), merge_script(job_));
    struct stat state {};
    ASSERT_EQ(stat((folder + "/array.sh").c_str(), &state), 0);
    EXPECT_TRUE(state.st_mode & S_IXUSR);
    EXPECT_FALSE(std::filesystem::exists(folder + "/array.sh.partial"));
}

TEST_F(Slurm, ReadsTheNumberOfAJobOnAnotherCluster) {
    program("sbatch", "[[ $1 == --version ]] || echo '99;west'\n");
    EXPECT_EQ(submit(), "");
    EXPECT_EQ(out_, "array 99\nmerge 99\n");
}

TEST_F(Slurm, TellsWhatSbatchSays) {
    program("sbatch", "[[ $1 == --version ]] || { echo 'sbatch: error: invalid account' >&2; exit 1; }\n");
    EXPECT_THAT(submit(), HasSubstr("array.sh: sbatch did not take it (exit code 1): sbatch: error: invalid account"));
    EXPECT_EQ(out_, "");
}

TEST_F(Slurm, TellsWhatIsSubmittedWhenTheSecondJobIsRefused) {
    program("sbatch", R"([[ $1 == --version ]] && exit; [[ $2 == --dep* ]] && { echo no >&2; exit 1; }; echo 5)");
    EXPECT_THAT(submit(), AllOf(HasSubstr("merge.sh: sbatch did not take it (exit code 1): no"),
                                HasSubstr("submitted as job 5"), HasSubstr("commonweal merge '")));
    EXPECT_EQ(out_, "array 5\n");
}

TEST_F(Slurm, DoesNotTrustAnswersThatAreNoNumber) {
    program("sbatch", "echo Submitted batch job 5\n");
    EXPECT_THAT(submit(), HasSubstr("did not take it (exit code 0): Submitted batch job 5"));
}

TEST_F(Slurm, WithoutSbatchNothingIsWritten) {
    setenv("PATH", (folder_ / "bin").c_str(), 1);
    EXPECT_THAT(submit(), AllOf(HasSubstr("sbatch: cannot be started"), HasSubstr("login node")));
    EXPECT_FALSE(std::filesystem::exists(job_.store));
}

TEST_F(Slurm, ShowsWhatItWouldSubmit) {
    program("sbatch", taking);
    testing::internal::CaptureStdout();
    show_slurm_jobs(job_);
    flush_output();
    const std::string shown = testing::internal::GetCapturedStdout();
    EXPECT_THAT(shown, AllOf(HasSubstr(array_script(job_)), HasSubstr(merge_script(job_)),
                             HasSubstr("\nsbatch --parsable --dependency=afterany:ID_OF_THE_ARRAY '")));
    EXPECT_FALSE(std::filesystem::exists(job_.store));
    EXPECT_FALSE(std::filesystem::exists(folder_ / "calls"));
}

}  // namespace
}  // namespace commonweal
