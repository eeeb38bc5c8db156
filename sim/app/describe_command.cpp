#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "sim/app/catalog_pages.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"

namespace commonweal {

namespace {

/// The scenarios that name a model, a few on a line.
std::string used_in(const std::string& model) {
    std::string text = "\nUsed in\n", line = " ";
    const auto names = scenarios_with(model);
    for (std::size_t i = 0; i < names.size(); ++i) {
        const std::string word = " " + names[i] + (i + 1 < names.size() ? "," : "");
        if (line.size() + word.size() > 110) text += line + "\n", line = " ";
        line += word;
    }
    return text + (names.empty() ? "  no scenario that comes with the program" : line) + "\n";
}

}  // namespace

std::vector<std::string> described_names() {
    std::vector<std::string> names;
    for (const CatalogPage& page : catalog_pages()) names.push_back(page.name);
    std::ranges::sort(names);
    names.erase(std::ranges::unique(names).begin(), names.end());
    return names;
}

namespace {

/// " is a key of [game]: `commonweal describe game`" for the name of a key, with or without its section.
std::string sections_with(const std::string& name) {
    const std::size_t dot = name.find_last_of('.');
    const std::string key = "\n  " + (dot == std::string::npos ? name : name.substr(dot + 1)) + " ";
    std::vector<std::string> found;
    for (const CatalogPage& page : catalog_pages())
        if (page.text.find(key) != std::string::npos && found.size() < 4 &&
            (dot == std::string::npos || name.starts_with(page.name + ".") || page.model))
            found.push_back("`commonweal describe " + page.name + "`");
    return found.empty() ? "" : fmt::format("; a key of that name is told by {}", fmt::join(found, ", "));
}

bool has_word(std::string_view text, std::string_view word) {
    const auto part_of_word = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; };
    for (std::size_t at = text.find(word); at != text.npos; at = text.find(word, at + 1)) {
        const std::size_t end = at + word.size();
        if ((at == 0 || !part_of_word(text[at - 1])) && (end == text.size() || !part_of_word(text[end]))) return true;
    }
    return false;
}

/// "; it is spoken of in `commonweal describe matching`" for a word of pages, such as a choice of a key.
std::string pages_with(const std::string& word) {
    std::vector<std::string> found;
    for (const CatalogPage& page : catalog_pages())
        if (found.size() < 4 && word.size() > 2 && has_word(page.text, word))
            found.push_back("`commonweal describe " + page.name + "`");
    return found.empty() ? "" : fmt::format("; it is spoken of in {}", fmt::join(found, ", "));
}

}  // namespace

int describe_command(const std::string& name) {
    std::string text;
    for (const CatalogPage& page : catalog_pages())
        if (page.name == name) text += (text.empty() ? "" : "\n") + page.text + (page.model ? used_in(name) : "");
    if (text.empty()) {
        const std::string key = sections_with(name);
        throw UsageError(fmt::format(
            "nothing is named '{}'{}{}; `commonweal list` shows models and metrics; sections: study, session, "
            "network, game, agents, update, policy, sweep, regime, world and more",
            name, did_you_mean(name, described_names()), key.empty() ? pages_with(name) : key));
    }
    print(text);
    return 0;
}

}  // namespace commonweal
