#include "sim/network/xml_positions.hpp"

#include <algorithm>
#include <utility>

namespace commonweal {

namespace {

constexpr std::string_view space = " \t\r\n";

/// UTF-8 of a character's number; "" when there is none.
std::string character(unsigned long code) {
    const auto byte = [](unsigned long x) { return static_cast<char>(x); };
    if (code == 0 || code > 0x10ffff) return "";
    if (code < 0x80) return {byte(code)};
    if (code < 0x800) return {byte(0xc0 | code >> 6), byte(0x80 | (code & 0x3f))};
    if (code < 0x10000) return {byte(0xe0 | code >> 12), byte(0x80 | (code >> 6 & 0x3f)), byte(0x80 | (code & 0x3f))};
    return {byte(0xf0 | code >> 18), byte(0x80 | (code >> 12 & 0x3f)), byte(0x80 | (code >> 6 & 0x3f)),
            byte(0x80 | (code & 0x3f))};
}

std::string entity(std::string_view name) {
    constexpr std::pair<std::string_view, const char*> known[] = {
        {"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}};
    for (const auto& [word, text] : known)
        if (name == word) return text;
    if (!name.starts_with('#')) return "";
    const bool hex = name.starts_with("#x");
    unsigned long code = 0;
    for (const char c : name.substr(hex ? 2 : 1)) {
        const auto digit = std::string_view("0123456789abcdef").find(static_cast<char>(c | 0x20));
        if (digit == std::string_view::npos || code > 0x10ffff) return "";
        code = code * (hex ? 16 : 10) + digit;
    }
    return character(code);
}

std::string resolved(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const std::size_t end = text[0] == '&' ? text.find(';') : text.npos;
        if (end == text.npos) {
            out += text[0];
            text.remove_prefix(1);
            continue;
        }
        out += entity(text.substr(1, end - 1));
        text.remove_prefix(end + 1);
    }
    return out;
}

/// What is to be skipped when the text at a '<' begins so, up to and with the end.
constexpr std::pair<std::string_view, std::string_view> skipped[] = {
    {"<!--", "-->"}, {"<![CDATA[", "]]>"}, {"<?", "?>"}};

/// Bytes of the comment, the CDATA section, the instruction or the tag that begins the text. A '>' in quotes ends no
/// tag.
std::size_t size_of_markup(std::string_view text) {
    for (const auto& [begin, end] : skipped)
        if (text.starts_with(begin)) {
            const std::size_t found = text.find(end);
            return found == text.npos ? text.size() : found + end.size();
        }
    char quote = 0;
    for (std::size_t i = 1; i < text.size(); ++i) {
        const char c = text[i];
        if (!quote && c == '>') return i + 1;
        if (quote && c == quote)
            quote = 0;
        else if (!quote && (c == '"' || c == '\''))
            quote = c;
    }
    return text.size();
}

bool is_tag(std::string_view text, std::string_view name) {
    text.remove_prefix(1);
    if (!text.starts_with(name)) return false;
    text.remove_prefix(name.size());
    return !text.empty() && (space.find(text[0]) != space.npos || text[0] == '/' || text[0] == '>');
}

}  // namespace

std::string XmlTag::attribute(std::string_view name) const {
    std::size_t at = 0;
    while ((at = text.find('=', at)) != text.npos) {
        const std::size_t last = text.find_last_not_of(space, at - 1);
        const std::size_t first = text.find_last_of(" \t\r\n", last);
        const std::size_t open = text.find_first_of("\"'", at);
        if (first == text.npos || open == text.npos) return "";
        const std::size_t close = text.find(text[open], open + 1);
        if (close == text.npos) return "";
        if (text.substr(first + 1, last - first) == name) return resolved(text.substr(open + 1, close - open - 1));
        at = close + 1;
    }
    return "";
}

std::vector<XmlTag> xml_tags(std::string_view xml, std::string_view name) {
    std::vector<XmlTag> tags;
    std::uint64_t line = 1;
    std::size_t counted = 0, at = 0;
    while ((at = xml.find('<', at)) != xml.npos) {
        const std::string_view rest = xml.substr(at);
        const std::size_t size = size_of_markup(rest);
        if (is_tag(rest, name)) {
            line += static_cast<std::uint64_t>(std::ranges::count(xml.substr(counted, at - counted), '\n'));
            counted = at;
            tags.push_back({rest.substr(0, size), line});
        }
        at += size;
    }
    return tags;
}

std::size_t xml_depth(std::string_view xml) {
    std::size_t depth = 0, deepest = 0, at = 0;
    while ((at = xml.find('<', at)) != xml.npos) {
        const std::string_view rest = xml.substr(at);
        const std::size_t size = size_of_markup(rest);
        if (rest.starts_with("</"))
            depth -= depth > 0;
        else if (!rest.starts_with("<!") && !rest.starts_with("<?") && !rest.substr(0, size).ends_with("/>"))
            deepest = std::max(deepest, ++depth);
        at += size;
    }
    return deepest;
}

}  // namespace commonweal
