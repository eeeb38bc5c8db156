#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/network/organization.hpp"
#include "sim/network/picture_layout.hpp"

/// What a picture is made of, as texts of SVG.
namespace commonweal {

/// Text for XML 1.0, which has no place for most control characters: those become blanks.
std::string picture_text(std::string_view text);

/// How the ties of a layer look. Colors of Okabe & Ito (2008), who chose them for all kinds of color vision; colors and
/// dashes together repeat after 30 layers only.
struct LineStyle {
    std::string_view color, dashes;
    double width;

    /// As attributes of a line.
    std::string attributes(double opacity) const;
};
LineStyle line_style(std::size_t layer) noexcept;

/// The shape that stands for a role: its element without the brackets. Front line: a disc; manager: a square; leader: a
/// triangle; citizen: a ring.
struct Mark {
    std::string element, place;

    /// `data`: more attributes; `inside`: what the element holds.
    std::string text(std::string_view data, std::string_view inside) const;
};
Mark mark_of(Role role, const Place& at, double size);

/// Attributes of a group of marks of that role.
std::string_view look_of(Role role) noexcept;

}  // namespace commonweal
