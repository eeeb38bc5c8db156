#include "models/catalog.hpp"
#include "models/policies/autonomy.hpp"
#include "models/policies/commissioning.hpp"
#include "models/policies/contest.hpp"
#include "models/policies/mandate.hpp"
#include "models/policies/matching_grant.hpp"
#include "models/policies/rank_pay.hpp"
#include "models/policies/rivalry.hpp"
#include "models/policies/shared_savings.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const PolicyEntry> policies() {
    static const std::array catalog{
        policy_entry<Autonomy>(), policy_entry<Commissioning>(), policy_entry<Contest>(),
        policy_entry<Mandate>(),  policy_entry<MatchingGrant>(), policy_entry<RankPay>(),
        policy_entry<Rivalry>(),  policy_entry<SharedSavings>(),
    };
    return catalog;
}

}  // namespace commonweal::models
