#include "models/catalog.hpp"
#include "models/behaviors/belief_schedule.hpp"
#include "models/behaviors/better_response.hpp"
#include "models/behaviors/bush_mosteller.hpp"
#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/conformist.hpp"
#include "models/behaviors/contrarian.hpp"
#include "models/behaviors/degroot.hpp"
#include "models/behaviors/directional_learning.hpp"
#include "models/behaviors/evolutionary_learning.hpp"
#include "models/behaviors/experience_weighted_attraction.hpp"
#include "models/behaviors/fehr_schmidt.hpp"
#include "models/behaviors/free_rider.hpp"
#include "models/behaviors/friedkin_johnsen.hpp"
#include "models/behaviors/linear_influence.hpp"
#include "models/behaviors/logit_cooperation.hpp"
#include "models/behaviors/norm_incentive.hpp"
#include "models/behaviors/quantal_response.hpp"
#include "models/behaviors/threshold.hpp"
#include "models/behaviors/unconditional.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const CatalogEntry<Behavior>> behaviors() {
    static const std::array catalog{
        behavior_entry<BeliefSchedule>(),
        behavior_entry<BetterResponse>(),
        behavior_entry<BushMosteller>(),
        behavior_entry<ConditionalCooperator>(),
        behavior_entry<Conformist>(),
        behavior_entry<Contrarian>(),
        behavior_entry<Degroot>(),
        behavior_entry<DirectionalLearning>(),
        behavior_entry<EvolutionaryLearning>(),
        behavior_entry<ExperienceWeightedAttraction>(),
        behavior_entry<FehrSchmidt>(),
        behavior_entry<FreeRider>(),
        behavior_entry<FriedkinJohnsen>(),
        behavior_entry<LinearInfluence>(),
        behavior_entry<LogitCooperation>(),
        behavior_entry<NormIncentive>(),
        behavior_entry<QuantalResponse>(),
        behavior_entry<Threshold>(),
        behavior_entry<Unconditional>(),
    };
    return catalog;
}

}  // namespace commonweal::models
