#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>

#include "sim/app/catalog_pages.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
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
    return text + (names.empty() ? "  no scenario that comes with the program names it" : line) + "\n";
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

std::string in_small_letters(std::string text) {
    for (char& c : text) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
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
    std::vector<CatalogPage> pages = catalog_pages();
    std::ranges::reverse(pages);  // words of the glossary first: they say what is meant
    for (const CatalogPage& page : pages)
        if (found.size() < 4 && word.size() > 2 && has_word(in_small_letters(page.text), in_small_letters(word)))
            found.push_back("`commonweal describe " + page.name + "`");
    return found.empty() ? "" : fmt::format("; it is spoken of in {}", fmt::join(found, ", "));
}

}  // namespace

/// What a scenario that comes with the program says of itself, in the comments with which its file opens.
std::string scenario_page(const std::string& name) {
    if (!is_scenario_name(name)) return "";
    const std::filesystem::path file = find_scenario(name);
    std::ifstream in(file);
    std::string text = fmt::format("{}: file of scenarios\n  {}\n\n", name, file.string());
    for (std::string line; std::getline(in, line) && line.starts_with('#');)
        text += fmt::format("{}\n", std::string_view(line).substr(line.starts_with("# ") ? 2 : 1));
    return text;
}

int describe_command(const std::string& name) {
    std::string text;
    const auto add = [&](const std::string& page) {
        if (!page.empty()) text += (text.empty() ? "" : "\n") + page;
    };
    std::vector<std::string> told;  // words that share a page
    bool model = false;
    for (const CatalogPage& page : catalog_pages())
        if (in_small_letters(page.name) == in_small_letters(name) && std::ranges::count(told, page.text) == 0) {
            add(page.text + (page.model ? used_in(page.name) : ""));
            told.push_back(page.text);
            model = model || page.model;
        }
    if (!model) add(key_page(name));
    if (text.empty()) text = scenario_page(name);
    if (text.empty())
        throw UsageError(
            fmt::format("nothing is named '{}'{}{}; `commonweal list` shows models and metrics; sections: study, "
                        "session, network, game, agents, update, policy, sweep, regime, world and more",
                        name, did_you_mean(name, described_names()), pages_with(name)));
    print(text);
    return 0;
}

}  // namespace commonweal
