#include "models/catalog.hpp"
#include "models/policies/autonomy.hpp"
#include "models/policies/budget_cut.hpp"
#include "models/policies/co_production.hpp"
#include "models/policies/commissioning.hpp"
#include "models/policies/contest.hpp"
#include "models/policies/incentive_fund.hpp"
#include "models/policies/mandate.hpp"
#include "models/policies/matching_grant.hpp"
#include "models/policies/peer_punishment.hpp"
#include "models/policies/peer_reward.hpp"
#include "models/policies/rank_pay.hpp"
#include "models/policies/rivalry.hpp"
#include "models/policies/shared_savings.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const PolicyEntry> policies() {
    static const std::array catalog{
        policy_entry<Autonomy>(),      policy_entry<BudgetCut>(),     policy_entry<CoProduction>(),
        policy_entry<Commissioning>(), policy_entry<Contest>(),       policy_entry<IncentiveFund>(),
        policy_entry<Mandate>(),       policy_entry<MatchingGrant>(), policy_entry<PeerPunishment>(),
        policy_entry<PeerReward>(),    policy_entry<RankPay>(),       policy_entry<Rivalry>(),
        policy_entry<SharedSavings>(),
    };
    return catalog;
}

}  // namespace commonweal::models
