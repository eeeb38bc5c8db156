#include "models/catalog.hpp"
#include "models/policies/contest.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const PolicyEntry> policies() {
    static const std::array catalog{
        policy_entry<Contest>(),
    };
    return catalog;
}

}  // namespace commonweal::models
