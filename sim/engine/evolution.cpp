#include "sim/engine/evolution.hpp"

#include <concepts>

#include "sim/engine/evolution_course.hpp"
#include "sim/engine/played_layer.hpp"
#include "sim/engine/splitting_groups.hpp"

namespace commonweal {

namespace {

/// Games as a record sees them.
template <class Games>
struct State {
    const Games& games;

    std::uint64_t having(std::size_t strategy) const noexcept { return games.having(strategy); }
    std::uint64_t total() const noexcept { return games.agents(); }
    const std::vector<std::uint8_t>& strategy() const noexcept { return games.strategy(); }
    double mean_payoff() const {
        if constexpr (std::same_as<Games, HostedGames>) return games.mean_payoff();
        double sum = 0;
        for (AgentId agent = 0; agent < games.agents(); ++agent) sum += games.payoff(agent);
        return sum / games.agents();
    }
    double fund_cost() const { return games.fund_cost(); }
};

template <class Games>
class Run {
public:
    Run(const EvolutionDesign& design, Games& games, const Habitat& habitat, std::uint32_t replicate)
        : design_(design),
          games_(games),
          plan_{&design.randomness, habitat.instance(),   replicate,          0, design.steps_of(games.agents()),
                design.mutation,    habitat.acceptance(), design.shared_focal} {}

    EvolutionTrace play() {
        EvolutionCourse course(design_, plan_.steps);
        const State<Games> state{games_};
        course.begin(state);
        while (plan_.round < design_.rounds && !course.ended()) {
            ++plan_.round;
            if (design_.together)
                revise_together(course, state);
            else
                course.add(plan_.round, static_cast<double>(design_.update->revise_one_by_one(games_, plan_)), false,
                           state);
        }
        return course.take(state);
    }

private:
    /// The state cannot change any more also when nobody changed and the rule leaves nothing to chance.
    void revise_together(EvolutionCourse& course, const State<Games>& state) {
        const std::uint64_t changes = design_.update->revise_together(games_, plan_);
        const bool still = changes == 0 && design_.mutation == 0 && design_.update->form() == UpdateForm::best;
        course.add(plan_.round, static_cast<double>(plan_.steps), still, state);
    }

    const EvolutionDesign& design_;
    Games& games_;
    RevisionPlan plan_;
};

}  // namespace

Habitat::Habitat(const EvolutionDesign& design, std::uint32_t instance) : instance_(instance) {
    if (design.meeting == EvolutionDesign::Meeting::neighborhoods) {
        network_.emplace(design.generator->generate(design.randomness, instance));
        const NamedLayer& played = played_layer(*network_, design.layer);
        ties_ = &played.layer;
        agents_ = network_->agents();
        if (!design.keep_lonely) check_neighbors(*network_, *ties_, "to play with or imitate");
        if (design.game.rules().weighted) check_weighted(played);
    } else {
        agents_ = design.meeting == EvolutionDesign::Meeting::well_mixed ? design.population
                                                                         : design.groups * design.group_size;
    }
    if (design.meeting == EvolutionDesign::Meeting::well_mixed &&
        GroupTable::fits(design.group_size, design.game.strategies(), agents_))
        groups_ = std::make_shared<GroupTable>(design.game, design.group_size);
    if (ties_) levels_ = PayoffLevels::of(design.game, *ties_);
    if (levels_) acceptance_ = design.update->acceptance(*levels_);
    placement_.emplace(design.places, agents_, network_ ? &*network_ : nullptr, ties_);
}

EvolutionTrace evolve(const EvolutionDesign& design, const Habitat& habitat, std::uint32_t replicate) {
    std::vector<std::uint8_t> start = habitat.placement().draw(design.randomness, habitat.instance(), replicate);
    switch (design.meeting) {
        case EvolutionDesign::Meeting::well_mixed: {
            WellMixedGames games(design.game, design.group_size, std::move(start), habitat.groups());
            return Run<WellMixedGames>(design, games, habitat, replicate).play();
        }
        case EvolutionDesign::Meeting::splitting_groups:
            return evolve_groups(design, start, habitat.instance(), replicate);
        case EvolutionDesign::Meeting::neighborhoods:
            break;
    }
    HostedGames games(design.game, *habitat.ties(), std::move(start), habitat.levels());
    return Run<HostedGames>(design, games, habitat, replicate).play();
}

}  // namespace commonweal
