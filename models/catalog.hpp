#pragma once

#include "sim/model/catalog.hpp"

namespace commonweal::models {

/// One list per folder, each in the catalog.cpp of its folder: there is no other list.
std::span<const CatalogEntry<Behavior>> behaviors();
std::span<const CatalogEntry<Sanction>> sanctions();
std::span<const SubjectEntry> subjects();
std::span<const CatalogEntry<NetworkGenerator>> networks();
std::span<const CatalogEntry<Strategy>> strategies();
std::span<const CatalogEntry<Update>> updates();
std::span<const PolicyEntry> policies();

inline Catalog catalog() {
    return {behaviors(), sanctions(), subjects(), networks(), strategies(), updates(), policies()};
}

}  // namespace commonweal::models
