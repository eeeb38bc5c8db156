#include "sim/model/strategy.hpp"

namespace commonweal {

std::vector<StrategyTerms> terms_of(const std::vector<const Strategy*>& strategies) {
    std::vector<StrategyTerms> all;
    for (const Strategy* own : strategies) {
        StrategyTerms terms{own->traits(), own->fee(), own->divided(), {}};
        for (const Strategy* other : strategies) terms.deals.push_back(own->deal(other->traits()));
        all.push_back(std::move(terms));
    }
    return all;
}

}  // namespace commonweal
