#pragma once

#include <string>
#include <vector>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/network/organization.hpp"

namespace commonweal::models {

inline constexpr std::uint32_t no_organization = ~0u;

/// The number of an organization; no_organization when there is none of that name.
inline std::uint32_t organization_named(const Organizations& all, const std::string& name) {
    for (std::uint32_t k = 0; k < all.organizations(); ++k)
        if (all.organization_name(k) == name) return k;
    return no_organization;
}

/// Throws ConfigError when a parameter names an organization that there is not; "" names none.
inline void check_organization(const Organizations& all, const std::string& key, const std::string& name,
                               const std::string& where) {
    if (name.empty() || organization_named(all, name) != no_organization) return;
    std::vector<std::string> names;
    for (std::uint32_t k = 0; k < all.organizations(); ++k) names.emplace_back(all.organization_name(k));
    throw ConfigError(where, key + " is \"" + name + "\", which the network does not have" + did_you_mean(name, names));
}

}  // namespace commonweal::models
