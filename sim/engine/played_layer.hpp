#pragma once

#include <string>
#include <string_view>

#include "sim/network/network.hpp"

namespace commonweal {

/// The layer that games are played on: that of the name, or the first when it is empty. Throws ConfigError with the
/// names there are.
const NamedLayer& played_layer(const Network& network, const std::string& name);

/// Throws ConfigError, with their number and the first of them, when agents have no neighbor to `act` with.
void check_neighbors(const Network& network, const Layer& ties, std::string_view act);

/// Throws ConfigError when weights should count and there are none.
void check_weighted(const NamedLayer& played);

}  // namespace commonweal
