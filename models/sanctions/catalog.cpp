#include "models/catalog.hpp"
#include "models/sanctions/hurdle_punishment.hpp"
#include "models/sanctions/linear_punishment.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const CatalogEntry<Sanction>> sanctions() {
    static const std::array catalog{
        sanction_entry<HurdlePunishment>(),
        sanction_entry<LinearPunishment>(),
    };
    return catalog;
}

}  // namespace commonweal::models
