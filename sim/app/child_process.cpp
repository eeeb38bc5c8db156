#include "sim/app/child_process.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

class Pipe {
public:
    Pipe() {
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0)
            throw IoError("pipe", fmt::format("cannot be made: {}", std::strerror(errno)));
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;
    ~Pipe() {
        close_end(0);
        close_end(1);
    }
    int reader() const { return ends_[0]; }
    int writer() const { return ends_[1]; }
    void close_writer() { close_end(1); }

private:
    void close_end(std::size_t end) {
        if (ends_[end] >= 0) ::close(ends_[end]);
        ends_[end] = -1;
    }
    std::array<int, 2> ends_{-1, -1};
};

class SpawnActions {
public:
    SpawnActions() { posix_spawn_file_actions_init(&actions_); }
    SpawnActions(const SpawnActions&) = delete;
    SpawnActions& operator=(const SpawnActions&) = delete;
    ~SpawnActions() { posix_spawn_file_actions_destroy(&actions_); }
    void no_input() { posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0); }
    void send(int descriptor, const Pipe& pipe) {
        posix_spawn_file_actions_adddup2(&actions_, pipe.writer(), descriptor);
    }
    const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_{};
};

pid_t start(std::vector<std::string> words, const Pipe& out, const Pipe& err) {
    std::vector<char*> pointers;
    for (auto& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    SpawnActions actions;
    actions.no_input();
    actions.send(STDOUT_FILENO, out);
    actions.send(STDERR_FILENO, err);
    pid_t child = 0;
    const int failure = posix_spawnp(&child, pointers[0], actions.get(), nullptr, pointers.data(), environ);
    if (failure != 0) throw IoError(words[0], fmt::format("cannot be started: {}", std::strerror(failure)));
    return child;
}

/// Reads both pipes to their ends, whichever has something to say.
void read_all(const Pipe& out, const Pipe& err, Ended& ended) {
    std::array<pollfd, 2> open{pollfd{out.reader(), POLLIN, 0}, pollfd{err.reader(), POLLIN, 0}};
    std::array<std::string*, 2> texts{&ended.out, &ended.err};
    std::array<char, 4096> buffer{};
    while (open[0].fd >= 0 || open[1].fd >= 0) {
        if (::poll(open.data(), open.size(), -1) < 0) {
            if (errno == EINTR) continue;
            throw IoError("pipe", fmt::format("cannot be read: {}", std::strerror(errno)));
        }
        for (std::size_t i = 0; i < open.size(); ++i) {
            if (open[i].fd < 0 || open[i].revents == 0) continue;
            const ssize_t count = ::read(open[i].fd, buffer.data(), buffer.size());
            if (count > 0)
                texts[i]->append(buffer.data(), static_cast<std::size_t>(count));
            else if (count == 0 || errno != EINTR)
                open[i].fd = -1;
        }
    }
}

int exit_code_of(pid_t child) {
    int status = 0;
    while (::waitpid(child, &status, 0) < 0)
        if (errno != EINTR) throw IoError("child process", fmt::format("is lost: {}", std::strerror(errno)));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace

Ended run_to_end(const std::vector<std::string>& words) {
    Pipe out, err;
    const pid_t child = start(words, out, err);
    out.close_writer();
    err.close_writer();
    Ended ended;
    read_all(out, err, ended);
    ended.code = exit_code_of(child);
    return ended;
}

}  // namespace commonweal
