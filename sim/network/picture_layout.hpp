#pragma once

#include <string_view>
#include <vector>

#include "sim/network/network.hpp"
#include "sim/network/organization.hpp"

namespace commonweal {

/// A place in a picture, x to the right and y downwards [units of the picture].
struct Place {
    double x = 0, y = 0;
};

/// A disc that holds others.
struct Disc {
    Place center;
    double radius = 0;
};

/// Size of the letters of an organization's name, which stands above its disc.
inline constexpr double name_size = 13;

/// About how wide a text in UTF-8 is.
double text_width(std::string_view text, double size) noexcept;

/// Where everything of a network of organizations is drawn: discs of organizations in rows, largest first; in each the
/// discs of its units, in a spiral from the first one in the middle; in each of these its agents, by role. A pure
/// function of the network.
struct OrganizationLayout {
    std::vector<Disc> organizations, units;
    std::vector<Place> agents;
    double width = 0, height = 0;
};

/// `spacing`: distance of neighboring agents of a unit.
OrganizationLayout layout_of(const Organizations& organizations, double spacing);

/// Places of the agents of any other network in a square: ties pull together, agents push each other away (Fruchterman
/// & Reingold 1991, Software: Practice and Experience 21, 1129-1164), from a spiral in the order of the agents. A pure
/// function of the network; the time grows with the square of the agents, about three seconds for 5,000.
std::vector<Place> force_layout(const Network& network, double side);

}  // namespace commonweal
