#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// The facts of CITATION.cff, which is compiled in, with the commit that the program was built from.
struct Citation {
    std::string title, abstract, version, license, message, commit, date;
    std::vector<std::string> authors, keywords;

    std::string year() const { return date.substr(0, 4); }
};

/// Throws std::runtime_error when the file has no title, version or author: a fault of the build.
const Citation& citation();

/// The text of CITATION.cff.
std::string_view citation_file();

}  // namespace commonweal
