#include "models/catalog.hpp"
#include "models/policies/autonomy.hpp"
#include "models/policies/boards.hpp"
#include "models/policies/bridging_ties.hpp"
#include "models/policies/budget_cut.hpp"
#include "models/policies/co_production.hpp"
#include "models/policies/coaching.hpp"
#include "models/policies/commissioning.hpp"
#include "models/policies/contest.hpp"
#include "models/policies/hero_leader.hpp"
#include "models/policies/incentive_fund.hpp"
#include "models/policies/leadership_network.hpp"
#include "models/policies/leading_by_example.hpp"
#include "models/policies/league_table.hpp"
#include "models/policies/mandate.hpp"
#include "models/policies/matching_grant.hpp"
#include "models/policies/mediation.hpp"
#include "models/policies/merger.hpp"
#include "models/policies/peer_punishment.hpp"
#include "models/policies/peer_reward.hpp"
#include "models/policies/rank_pay.hpp"
#include "models/policies/rivalry.hpp"
#include "models/policies/see_itself.hpp"
#include "models/policies/shared_savings.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const PolicyEntry> policies() {
    static const std::array catalog{
        policy_entry<Autonomy>(),
        policy_entry<Boards>(),
        policy_entry<BridgingTies>(),
        policy_entry<BudgetCut>(),
        policy_entry<CoProduction>(),
        policy_entry<Coaching>(),
        policy_entry<Commissioning>(),
        policy_entry<Contest>(),
        policy_entry<HeroLeader>(),
        policy_entry<IncentiveFund>(),
        policy_entry<LeadershipNetwork>(),
        policy_entry<LeadingByExample>(),
        policy_entry<LeagueTable>(),
        policy_entry<Mandate>(),
        policy_entry<MatchingGrant>(),
        policy_entry<Mediation>(),
        policy_entry<Merger>(),
        policy_entry<PeerPunishment>(),
        policy_entry<PeerReward>(),
        policy_entry<RankPay>(),
        policy_entry<Rivalry>(),
        policy_entry<SeeItself>(),
        policy_entry<SharedSavings>(),
    };
    return catalog;
}

}  // namespace commonweal::models
