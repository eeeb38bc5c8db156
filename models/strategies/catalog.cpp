#include "models/catalog.hpp"
#include "models/strategies/cooperator.hpp"
#include "models/strategies/defector.hpp"
#include "models/strategies/immoralist.hpp"
#include "models/strategies/loner.hpp"
#include "models/strategies/moralist.hpp"
#include "models/strategies/pool_punisher.hpp"
#include "models/strategies/rewarder.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const CatalogEntry<Strategy>> strategies() {
    static const std::array catalog{
        strategy_entry<Cooperator>(), strategy_entry<Defector>(), strategy_entry<Immoralist>(),
        strategy_entry<Loner>(),      strategy_entry<Moralist>(), strategy_entry<PoolPunisher>(),
        strategy_entry<Rewarder>(),
    };
    return catalog;
}

}  // namespace commonweal::models
