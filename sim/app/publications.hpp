#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// A publication as the sources of models name it. Titles are not kept.
struct Publication {
    std::vector<std::string> authors;  ///< family names
    bool others = false;               ///< et al.
    std::string year;
    std::string journal;  ///< or the title of a book, without volume
    std::string volume, pages;

    bool operator==(const Publication&) const = default;
};

/// All publications in a text such as "Watts (2002), PNAS 99, 5766-5771; thresholds: Granovetter (1978), American
/// Journal of Sociology 83, 1420-1443."
std::vector<Publication> publications_in(std::string_view text);

/// "Watts (2002), PNAS 99, 5766-5771"
std::string citation_of(const Publication& publication);

}  // namespace commonweal
