#include "sim/scenario/screen.hpp"

#include <fmt/format.h>

#include "sim/core/error.hpp"

namespace commonweal {

namespace {

constexpr int deepest = 16;

/// Walks over a TOML text and knows only what is a comment, what is a string, and where brackets and dots stand.
class Walk {
public:
    Walk(std::string_view text, const std::string& name) : text_(text), name_(name) {}

    void run() {
        while (at_ < text_.size()) step();
    }

private:
    void step() {
        const char c = text_[at_];
        if (c == '#') return skip_to("\n");
        if (c == '"' || c == '\'') return skip_string(c);
        if (c == '[' || c == '{') count(++brackets_, "values are nested");
        if (c == ']' || c == '}') brackets_ = brackets_ > 0 ? brackets_ - 1 : 0;
        if (c == '.') count(++dots_, "the parts of a key are nested");
        if (c == ',' || c == '=' || c == '{' || c == '[' || c == '\n') dots_ = 0;
        advance();
    }

    void skip_string(char quote) {
        const std::string three(3, quote);
        const bool block = text_.substr(at_, 3) == three;
        const std::string_view end = block ? std::string_view(three) : std::string_view(three).substr(0, 1);
        for (std::size_t i = 0; i < end.size(); ++i) advance();
        while (at_ < text_.size() && text_.substr(at_, end.size()) != end && (block || text_[at_] != '\n')) {
            if (quote == '"' && text_[at_] == '\\') advance();
            advance();
        }
        for (std::size_t i = 0; i < end.size(); ++i) advance();
    }

    void skip_to(std::string_view end) {
        while (at_ < text_.size() && text_.substr(at_, end.size()) != end) advance();
    }

    void advance() {
        if (at_ >= text_.size()) return;
        const auto code = static_cast<unsigned char>(text_[at_]);
        if ((code < 0x20 && code != '\t' && code != '\n' && code != '\r') || code == 0x7f)
            refuse(fmt::format("control character U+{:04X}; a scenario is plain text", code));
        column_ = code == '\n' ? 1 : column_ + 1;
        line_ += code == '\n' ? 1 : 0;
        ++at_;
    }

    void count(int depth, std::string_view what) const {
        if (depth > deepest) refuse(fmt::format("{} more than {} deep", what, deepest));
    }

    [[noreturn]] void refuse(const std::string& what) const {
        throw ConfigError(fmt::format("{}:{}:{}", name_, line_, column_), what);
    }

    std::string_view text_;
    const std::string& name_;
    std::size_t at_ = 0, line_ = 1, column_ = 1;
    int brackets_ = 0, dots_ = 0;
};

}  // namespace

void screen(std::string_view text, const std::string& name) {
    if (text.size() > largest_scenario)
        throw ConfigError(name, fmt::format("{} bytes; a scenario has at most {}", text.size(), largest_scenario));
    Walk(text, name).run();
}

}  // namespace commonweal
