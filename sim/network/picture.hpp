#pragma once

#include <string>

#include "sim/network/network.hpp"

namespace commonweal {

/// A picture has at most so many marks of one kind: beyond, agents are drawn as the discs of their units, and units as
/// those of their organizations.
inline constexpr std::uint32_t most_marks = 5000;

/// A picture has at most about so many lines; of more ties every k-th is drawn, and the picture says so.
inline constexpr std::uint64_t most_lines = 20'000;

/// The network as a picture (SVG 1.1) for a page that others read, too: with a title and a description, roles by shape
/// and layers by dashes as well as by color, every text escaped, no style sheet and no names that could clash with
/// those of the page around it. Agents with the attribute `organization` stand in the discs of their units and
/// organizations; others where their ties pull them. A pure function of the network and the title. Throws ConfigError
/// for a network of more than `most_marks` agents without organizations, or of more organizations, and what
/// Organizations throws.
std::string picture_of(const Network& network, const std::string& title);

}  // namespace commonweal
