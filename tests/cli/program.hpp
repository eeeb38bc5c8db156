#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

/// Runs the program as a user does, and looks at stdout, stderr and the exit code.
namespace commonweal::cli {

namespace fs = std::filesystem;

inline std::string text_of(const fs::path& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

inline std::string quoted(const std::string& word) {
    std::string text = "'";
    for (const char c : word) text += c == '\'' ? "'\\''" : std::string(1, c);
    return text + "'";
}

struct Ran {
    int code;
    std::string out, err;
};

class Cli : public testing::Test {
protected:
    Cli() : folder_(fs::temp_directory_path() / ("commonweal_cli_" + std::to_string(getpid()))) {
        fs::create_directories(folder_ / "bin");
    }
    ~Cli() override { fs::remove_all(folder_); }

    /// Runs the program in the test's folder, with `before` in front of it, as a shell does.
    Ran run(const std::vector<std::string>& words, const std::string& before = "",
            const std::string& after = "") const {
        std::string command = "cd " + quoted(folder_) + " && COMMONWEAL_CONFIGS=" COMMONWEAL_SOURCE "/configs " +
                              before + " " + quoted(binary_);
        for (const auto& word : words) command += " " + quoted(word);
        command += " > out 2> err " + after;
        const int status = std::system(command.c_str());
        return {WIFEXITED(status) ? WEXITSTATUS(status) : -1, text_of(folder_ / "out"), text_of(folder_ / "err")};
    }

    void write(const std::string& name, const std::string& text) const {
        std::ofstream(folder_ / name, std::ios::binary) << text;
    }

    /// The stderr of a command that must end with exit code 2 and print no result.
    std::string refusal(const std::vector<std::string>& words) const {
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 2) << ran.err;
        EXPECT_EQ(ran.out, "");
        EXPECT_THAT(ran.err, testing::StartsWith("commonweal: error: "));
        return ran.err;
    }

    fs::path folder_;
    fs::path binary_ = COMMONWEAL_BINARY;
};

inline const std::string scenario = R"(title = "Small"
replicates = 4
seed = 42

[session]
agents = 24
rounds = 6

[agents.all]
behavior = "linear_influence"
)";

}  // namespace commonweal::cli
