#include "sim/app/scenario_header.hpp"

#include <algorithm>

namespace commonweal {

namespace {

/// "Question" of "Question: does ...", "Source of the people" of such a line: at most four words; "" of other lines.
std::string word_of(std::string_view line) {
    const std::size_t end = line.find(": ");
    if (end == std::string_view::npos || end == 0 || line[0] < 'A' || line[0] > 'Z') return "";
    const std::string_view word = line.substr(0, end);
    const bool plain =
        std::ranges::all_of(word, [](char c) { return c == ' ' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    return plain && std::ranges::count(word, ' ') < 4 ? std::string(word) : "";
}

}  // namespace

ScenarioHeader::ScenarioHeader(std::string_view text) {
    while (text.starts_with("#")) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        std::string_view line = text.substr(1, end - 1);
        text.remove_prefix(std::min(end + 1, text.size()));
        const bool goes_on = line.starts_with("   ") && !parts_.empty();
        line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
        if (const std::string word = goes_on ? "" : word_of(line); !word.empty())
            parts_.push_back({word, std::string(line.substr(word.size() + 2))});
        else if (goes_on)
            parts_.back().text += " " + std::string(line);
        else if (!line.empty())
            parts_.push_back({"", std::string(line)});
    }
}

std::string_view ScenarioHeader::lines(std::string_view text) {
    std::size_t end = 0;
    while (end < text.size() && text[end] == '#') end = std::min(text.find('\n', end), text.size() - 1) + 1;
    return text.substr(0, end);
}

std::string ScenarioHeader::said(const std::string& word) const {
    const auto found = std::ranges::find(parts_, word, &Part::word);
    return found == parts_.end() ? "" : found->text;
}

std::string ScenarioHeader::all() const {
    std::string text;
    for (const Part& part : parts_) text += (text.empty() ? "" : "\n") + part.text;
    return text;
}

std::string ScenarioHeader::sources() const {
    std::string text;
    for (const Part& part : parts_)
        if (part.word.starts_with("Source")) text += (text.empty() ? "" : " ") + part.text;
    return text;
}

}  // namespace commonweal
