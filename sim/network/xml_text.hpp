#pragma once

#include <string>
#include <string_view>

namespace commonweal {

/// The text with what XML reads as markup written as entities: & < > ".
std::string xml_text(std::string_view text);

}  // namespace commonweal
