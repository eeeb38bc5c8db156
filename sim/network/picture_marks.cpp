#include "sim/network/picture_marks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "sim/network/xml_text.hpp"

namespace commonweal {

std::string picture_text(std::string_view text) {
    std::string printable(text);
    std::ranges::replace_if(printable, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    return xml_text(printable);
}

LineStyle line_style(std::size_t layer) noexcept {
    constexpr std::array<std::string_view, 6> colors{"#0072b2", "#000000", "#009e73", "#cc79a7", "#e69f00", "#d55e00"};
    constexpr std::array<std::string_view, 5> dashes{"", "6 1", "1 2", "4 2 1 2", "2 2"};
    return {colors[layer % colors.size()], dashes[layer % dashes.size()], layer == 0 ? 0.5 : 0.8};
}

std::string LineStyle::attributes(double opacity) const {
    const std::string pattern = dashes.empty() ? "" : fmt::format(" stroke-dasharray=\"{}\"", dashes);
    return fmt::format("fill=\"none\" stroke=\"{}\" stroke-width=\"{}\" stroke-opacity=\"{}\"{}", color, width, opacity,
                       pattern);
}

std::string Mark::text(std::string_view data, std::string_view inside) const {
    return fmt::format("<{}{} {}>{}</{}>\n", element, data, place, inside, element);
}

Mark mark_of(Role role, const Place& at, double size) {
    if (role == Role::manager)
        return {"rect", fmt::format("x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"", at.x - size,
                                    at.y - size, 2 * size, 2 * size)};
    if (role == Role::leader)
        return {"path", fmt::format("d=\"M{:.1f} {:.1f}l{:.1f} {:.1f}h{:.1f}z\"", at.x, at.y - 1.7 * size, 1.7 * size,
                                    2.9 * size, -3.4 * size)};
    const double radius = role == Role::citizen ? 0.8 * size : size;
    return {"circle", fmt::format("cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"", at.x, at.y, radius)};
}

std::string_view look_of(Role role) noexcept {
    constexpr std::array<std::string_view, role_names.size()> looks{
        "fill=\"#0072b2\"", "fill=\"#d55e00\"", "fill=\"#000000\"",
        "fill=\"#ffffff\" stroke=\"#333333\" stroke-width=\"0.8\""};
    return looks[static_cast<std::size_t>(role)];
}

}  // namespace commonweal
