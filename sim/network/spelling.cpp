#include "sim/network/spelling.hpp"

#include <fmt/format.h>

#include <map>

namespace commonweal {

namespace {

constexpr std::string_view no_break_space = "\xC2\xA0";

bool is_latin_capital(char first, char second) noexcept {
    const auto code = static_cast<unsigned char>(second);
    return first == '\xC3' && 0x80 <= code && code <= 0x9e && code != 0x97;  // 0x97 is the sign of multiplication
}

}  // namespace

std::string without_spelling(std::string_view text) {
    std::string plain;
    for (; !text.empty(); text.remove_prefix(1)) {
        const char c = text.front();
        if (text.starts_with(no_break_space)) {
            text.remove_prefix(1);
        } else if (text.size() > 1 && is_latin_capital(c, text[1])) {
            plain += c;
            plain += static_cast<char>(text[1] + 0x20);
            text.remove_prefix(1);
        } else if (c != ' ' && c != '\t') {
            plain += 'A' <= c && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
        }
    }
    return plain;
}

void Spellings::add(std::string_view text) {
    const AgentId number = texts_.find_or_add(text);
    times_.resize(texts_.size());
    ++times_[number];
}

std::string Spellings::alike(std::string_view thing, std::size_t& more) const {
    std::map<std::string, std::vector<AgentId>> sets;
    for (AgentId text = 0; text < texts_.size(); ++text) sets[without_spelling(texts_[text])].push_back(text);
    std::erase_if(sets, [](const auto& set) { return set.second.size() < 2; });
    if (sets.empty()) return "";
    more = sets.size() - 1;
    std::string told;
    for (const AgentId text : sets.begin()->second)
        told += fmt::format("{}'{}' ({} {}{})", told.empty() ? "" : " and ", texts_[text], times_[text], thing,
                            times_[text] == 1 ? "" : "s");
    return told;
}

std::string Spellings::like(std::string_view text) const {
    if (texts_.find(text)) return "";
    const std::string plain = without_spelling(text);
    for (AgentId one = 0; one < texts_.size(); ++one)
        if (without_spelling(texts_[one]) == plain) return std::string(texts_[one]);
    return "";
}

}  // namespace commonweal
