#include "models/catalog.hpp"
#include "models/updates/aspiration.hpp"
#include "models/updates/birth_death.hpp"
#include "models/updates/death_birth.hpp"
#include "models/updates/fermi.hpp"
#include "models/updates/imitate_best.hpp"
#include "models/updates/proportional_imitation.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const CatalogEntry<Update>> updates() {
    static const std::array catalog{
        update_entry<Aspiration>(), update_entry<BirthDeath>(),  update_entry<DeathBirth>(),
        update_entry<Fermi>(),      update_entry<ImitateBest>(), update_entry<ProportionalImitation>(),
    };
    return catalog;
}

}  // namespace commonweal::models
