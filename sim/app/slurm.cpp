#include "sim/app/slurm.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "sim/app/child_process.hpp"
#include "sim/app/output.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

constexpr unsigned executable = 0777;

struct Scripts {
    fs::path array, merge;
};

Scripts scripts_of(const SlurmJob& job) {
    const fs::path folder = fs::absolute(job.store).lexically_normal() / "slurm";
    return {folder / "array.sh", folder / "merge.sh"};
}

std::vector<std::string> array_command(const Scripts& scripts) {
    return {"sbatch", "--parsable", scripts.array.string()};
}

std::vector<std::string> merge_command(const Scripts& scripts, const std::string& array) {
    return {"sbatch", "--parsable", "--dependency=afterany:" + array, scripts.merge.string()};
}

/// Asked before anything is written.
void require_sbatch() {
    try {
        run_to_end({"sbatch", "--version"});
    } catch (const IoError& error) {
        throw IoError(
            fmt::format("{}. Submit where Slurm's commands are, on a cluster's login node; --dry-run shows "
                        "the scripts anywhere",
                        error.what()));
    }
}

/// The job number that sbatch --parsable prints, "ID" or "ID;CLUSTER".
std::string submitted(const std::vector<std::string>& command) {
    const Ended ended = run_to_end(command);
    const std::string id = ended.out.substr(0, ended.out.find_first_of(";\n"));
    if (ended.code == 0 && !id.empty() && std::ranges::all_of(id, [](unsigned char c) { return std::isdigit(c); }))
        return id;
    std::string said = ended.err + ended.out;
    while (said.ends_with('\n')) said.pop_back();
    throw IoError(command.back(), fmt::format("sbatch did not take it (exit code {}): {}", ended.code, said));
}

}  // namespace

void submit_to_slurm(const SlurmJob& job) {
    const Scripts scripts = scripts_of(job);
    const std::string array_text = array_script(job), merge_text = merge_script(job);
    require_sbatch();
    std::error_code failure;
    fs::create_directories(scripts.array.parent_path(), failure);
    if (failure) throw IoError(scripts.array.parent_path().string(), "cannot be made: " + failure.message());
    write_durably(scripts.array, array_text, executable);
    write_durably(scripts.merge, merge_text, executable);

    const std::string array = submitted(array_command(scripts));
    print(fmt::format("array {}\n", array));
    std::string merge;
    try {
        merge = submitted(merge_command(scripts, array));
    } catch (const IoError& error) {
        throw IoError(
            fmt::format("{}\nThe array is submitted as job {}; when it has ended, join its shares with: "
                        "{} merge {}",
                        error.what(), array, shell_word(job.program), shell_word(job.store.string())));
    }
    print(fmt::format("merge {}\n", merge));
    say(fmt::format("submitted; logs come to {}; `squeue -j {},{}` shows the jobs, `scancel {} {}` ends them",
                    scripts.array.parent_path().string(), array, merge, array, merge));
}

void show_slurm_jobs(const SlurmJob& job) {
    const Scripts scripts = scripts_of(job);
    print(fmt::format("# {}\n{}\n# {}\n{}\n", scripts.array.string(), array_script(job), scripts.merge.string(),
                      merge_script(job)));
    print("# submitted with\n");
    for (const auto& command : {array_command(scripts), merge_command(scripts, "ID_OF_THE_ARRAY")}) {
        std::string line;
        for (const auto& word : command) line += (line.empty() ? "" : " ") + shell_word(word);
        print(line + "\n");
    }
}

}  // namespace commonweal
