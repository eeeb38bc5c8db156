#pragma once

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <utility>
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

/// Exit code of a process; 128 and the signal's number when one ended it, as a shell says it.
inline int code_of(int status) {
    if (WIFEXITED(status)) return WEXITSTATUS(status);
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : -1;
}

/// The program at work beside the test. It is killed when nobody has waited for it.
class Started {
public:
    Started(const fs::path& binary, const fs::path& folder, const std::vector<std::string>& words,
            const std::string& name)
        : out_(folder / (name + ".out")), err_(folder / (name + ".err")) {
        std::vector<std::string> all{binary.string()};
        all.insert(all.end(), words.begin(), words.end());
        std::vector<char*> pointers;
        for (auto& word : all) pointers.push_back(word.data());
        pointers.push_back(nullptr);
        process_ = ::fork();
        if (process_ != 0) return;
        const int out = ::open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666),
                  err = ::open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
        ::dup2(out, STDOUT_FILENO);
        ::dup2(err, STDERR_FILENO);
        if (::chdir(folder.c_str()) == 0) ::execv(pointers[0], pointers.data());
        ::_exit(127);
    }
    ~Started() {
        if (process_ <= 0) return;
        signal(SIGKILL);
        wait();
    }
    Started(const Started&) = delete;
    Started& operator=(const Started&) = delete;

    void signal(int number) const { ::kill(process_, number); }

    /// True when it has ended of itself.
    bool ended() {
        if (process_ > 0 && ::waitpid(process_, &status_, WNOHANG) == process_) process_ = 0;
        return process_ == 0;
    }

    Ran wait() {
        if (process_ > 0) ::waitpid(std::exchange(process_, 0), &status_, 0);
        return {code_of(status_), text_of(out_), text_of(err_)};
    }

private:
    fs::path out_, err_;
    pid_t process_ = -1;
    int status_ = 0;
};

/// Waits for what must come to be; false when it has not after half a minute.
template <class Condition>
bool eventually(const Condition& condition) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > end) return false;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    return true;
}

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
        return {code_of(status), text_of(folder_ / "out"), text_of(folder_ / "err")};
    }

    /// Starts the program in the test's folder; its output goes to files of this name.
    std::unique_ptr<Started> start(const std::vector<std::string>& words, const std::string& name = "started") const {
        return std::make_unique<Started>(binary_, folder_, words, name);
    }

    /// Runs a command line that the program printed, with this program in place of `commonweal`.
    Ran run_line(const std::string& line) const {
        EXPECT_THAT(line, testing::StartsWith("commonweal "));
        const std::string rest = line.substr(line.find(' '));
        const int status =
            std::system(("cd " + quoted(folder_) + " && " + quoted(binary_) + rest + " > out 2> err").c_str());
        return {code_of(status), text_of(folder_ / "out"), text_of(folder_ / "err")};
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
