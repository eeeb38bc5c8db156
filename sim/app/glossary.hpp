#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// Words of the program that share one meaning.
struct GlossaryEntry {
    std::vector<std::string> words;
    std::string symbol;   ///< that stands for it in formulas; "" for most
    std::string meaning;  ///< plain text without line breaks
};

/// The entries of a page such as docs/explanation/glossary.md: paragraphs that begin with their words in bold type.
/// Sentences that are only a link are left out, as a terminal cannot follow them.
std::vector<GlossaryEntry> glossary_of(std::string_view page);

/// The text of docs/explanation/glossary.md, which is compiled in.
std::string_view glossary_file();

}  // namespace commonweal
