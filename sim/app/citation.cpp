#include "sim/app/citation.hpp"

#include <algorithm>
#include <stdexcept>

#include "sim/app/version.hpp"

namespace commonweal {

namespace {

struct Line {
    std::size_t indent;
    std::string text;
};

std::vector<Line> lines_of(std::string_view text) {
    std::vector<Line> lines;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
        lines.push_back({indent, std::string(line.substr(indent))});
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// What stands behind "key: " at the top level; a folded text (>-) is joined by blanks.
std::string value_of(const std::vector<Line>& lines, const std::string& key) {
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].indent > 0 || !lines[i].text.starts_with(key + ": ")) continue;
        const std::string value = lines[i].text.substr(key.size() + 2);
        if (value != ">-") return value;
        std::string folded;
        while (++i < lines.size() && lines[i].indent > 0) folded += (folded.empty() ? "" : " ") + lines[i].text;
        return folded;
    }
    return "";
}

/// The items "- text" or "- name: text" below a key.
std::vector<std::string> items_of(const std::vector<Line>& lines, const std::string& key) {
    std::vector<std::string> items;
    auto at = std::ranges::find_if(lines, [&](const Line& line) { return line.indent == 0 && line.text == key + ":"; });
    if (at == lines.end()) return items;
    while (++at != lines.end() && at->indent > 0)
        if (at->text.starts_with("- ")) {
            const std::string item = at->text.substr(2);
            items.push_back(item.starts_with("name: ") ? item.substr(6) : item);
        }
    return items;
}

Citation read_citation() {
    const auto lines = lines_of(citation_file());
    Citation facts{.title = value_of(lines, "title"),
                   .abstract = value_of(lines, "abstract"),
                   .version = value_of(lines, "version"),
                   .license = value_of(lines, "license"),
                   .message = value_of(lines, "message"),
                   .commit = program_commit(),
                   .date = program_date(),
                   .authors = items_of(lines, "authors"),
                   .keywords = items_of(lines, "keywords")};
    if (facts.title.empty() || facts.version.empty() || facts.authors.empty())
        throw std::runtime_error("CITATION.cff has no title, version or author");
    return facts;
}

}  // namespace

const Citation& citation() {
    static const Citation facts = read_citation();
    return facts;
}

}  // namespace commonweal
