#include "sim/app/output.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

void check(bool written) {
    if (!written) throw IoError("standard output", "cannot be written");
}

}  // namespace

void print(std::string_view text) { check(std::fwrite(text.data(), 1, text.size(), stdout) == text.size()); }

void flush_output() { check(std::fflush(stdout) == 0 && !std::ferror(stdout)); }

void say(std::string_view text) { fmt::print(stderr, "commonweal: {}\n", text); }

void say_error(std::string_view text) { fmt::print(stderr, "commonweal: error: {}\n", text); }

}  // namespace commonweal
