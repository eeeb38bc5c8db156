#include "sim/app/publications.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <regex>

namespace commonweal {

namespace {

constexpr const char* name = R"((?:(?:De|Van|van der|van|von) )?[A-Z][A-Za-z'-]+)";

constexpr const char* journal = R"(([A-Z][A-Za-z&' ]*?) (\d+(?:\(\d+\))?), ([A-Za-z]?\d+(?:-\d+)?))";

/// authors (year[, journal volume, pages])[, journal volume, pages | , title of a book]
const std::regex& publication_form() {
    static const std::regex form(fmt::format(
        R"(({0}(?:, {0})*(?: & {0}| et al\.)?) \((\d{{4}})(?:, {1})?\)(?:, {1}|, ([A-Z][A-Za-z' -]+)(?=[.;,(]|$))?)",
        name, journal));
    return form;
}

std::vector<std::string> names_in(std::string text) {
    if (text.ends_with(" et al.")) text.erase(text.size() - 7);
    std::vector<std::string> names;
    while (!text.empty()) {
        const std::size_t comma = text.find(", "), and_sign = text.find(" & "), end = std::min(comma, and_sign);
        names.push_back(text.substr(0, end));
        text.erase(0, end == std::string::npos ? end : end + (end == comma ? 2 : 3));
    }
    return names;
}

}  // namespace

std::vector<Publication> publications_in(std::string_view text) {
    const std::string all(text);
    std::vector<Publication> found;
    for (auto at = std::sregex_iterator(all.begin(), all.end(), publication_form()); at != std::sregex_iterator();
         ++at) {
        const std::smatch& match = *at;
        Publication publication{.authors = names_in(match[1]),
                                .others = match[1].str().ends_with("et al."),
                                .year = match[2],
                                .journal = match[3].matched   ? match[3]
                                           : match[6].matched ? match[6]
                                                              : match[9],
                                .volume = match[3].matched ? match[4] : match[7],
                                .pages = match[3].matched ? match[5] : match[8]};
        if (std::ranges::find(found, publication) == found.end()) found.push_back(std::move(publication));
    }
    return found;
}

std::string citation_of(const Publication& publication) {
    std::string text;
    for (std::size_t i = 0; i < publication.authors.size(); ++i) {
        const bool last = i + 1 == publication.authors.size();
        text += (i == 0 ? "" : last && !publication.others ? " & " : ", ") + publication.authors[i];
    }
    text += (publication.others ? " et al. (" : " (") + publication.year + ")";
    if (!publication.journal.empty()) text += ", " + publication.journal;
    if (!publication.volume.empty()) text += " " + publication.volume + ", " + publication.pages;
    return text;
}

}  // namespace commonweal
