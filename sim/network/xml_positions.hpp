#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// An opening tag of an XML text, for messages and for what a parser does not keep.
struct XmlTag {
    std::string_view text;  ///< from < to >
    std::uint64_t line;

    /// The value of an attribute with its entities resolved; "" when there is none.
    std::string attribute(std::string_view name) const;
};

/// All opening tags of a name, in the order of a well-formed text; those in comments and CDATA are no tags.
std::vector<XmlTag> xml_tags(std::string_view xml, std::string_view name);

/// How deep elements are nested: a parser that calls itself for each level needs to be spared of texts that are too
/// deep.
std::size_t xml_depth(std::string_view xml);

}  // namespace commonweal
