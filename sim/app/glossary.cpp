#include "sim/app/glossary.hpp"

#include <regex>

namespace commonweal {

namespace {

std::string plain(const std::string& markdown) {
    static const std::regex sentence_of_a_link(R"( ?\[[^\]]*\]\([^)]*\)\.)"), link(R"(\[([^\]]*)\]\([^)]*\))"),
        emphasis(R"([*`])");
    const std::string without = std::regex_replace(markdown, sentence_of_a_link, "");
    return std::regex_replace(std::regex_replace(without, link, "$1"), emphasis, "");
}

std::vector<std::string> words_of(std::string_view bold) {
    if (bold.ends_with('.')) bold.remove_suffix(1);
    std::vector<std::string> words;
    while (!bold.empty()) {
        const std::size_t end = std::min(bold.find(", "), bold.size());
        words.emplace_back(bold.substr(0, end));
        bold.remove_prefix(std::min(end + 2, bold.size()));
    }
    return words;
}

}  // namespace

std::vector<GlossaryEntry> glossary_of(std::string_view page) {
    std::vector<GlossaryEntry> entries;
    while (!page.empty()) {
        const std::size_t end = std::min(page.find("\n\n"), page.size());
        std::string_view paragraph = page.substr(0, end);
        page.remove_prefix(std::min(end + 2, page.size()));
        const std::size_t bold_ends = paragraph.find("**", 2);
        if (!paragraph.starts_with("**") || bold_ends == paragraph.npos) continue;
        std::string text(paragraph.substr(bold_ends + 2));
        while (!text.empty() && text.back() == '\n') text.pop_back();
        for (char& c : text)
            if (c == '\n') c = ' ';
        text = plain(text);
        text.erase(0, text.find_first_not_of(' '));
        const bool has_symbol = paragraph.substr(bold_ends + 2).starts_with(" *");
        const std::size_t symbol_ends = has_symbol ? text.find(". ") : text.npos;
        std::string symbol;
        if (symbol_ends != text.npos) {
            symbol = text.substr(0, symbol_ends);
            text.erase(0, symbol_ends + 2);
        }
        entries.push_back({words_of(paragraph.substr(2, bold_ends - 2)), symbol, text});
    }
    return entries;
}

}  // namespace commonweal
