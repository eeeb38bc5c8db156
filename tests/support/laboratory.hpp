#pragma once

#include <memory>
#include <vector>

#include "models/behaviors/belief_schedule.hpp"
#include "models/behaviors/linear_influence.hpp"
#include "models/catalog.hpp"
#include "models/sanctions/hurdle_punishment.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/model/entry.hpp"

/// Small laboratories for tests.
namespace commonweal::test {

template <class Rule>
std::shared_ptr<const Behavior> behavior(const Rule& rule) {
    return std::make_shared<BehaviorOf<Rule>>(rule);
}

/// Three sessions of 12 in groups of 3, two conditions of 3 rounds, the second with punishment; synthetic people.
inline Experiment laboratory() {
    Experiment experiment;
    experiment.sessions = 3;
    experiment.session_size = 12;
    experiment.group_size = 3;
    experiment.condition_rounds = 3;
    experiment.conditions = 2;
    experiment.counterbalanced = true;
    experiment.sanctioned = {false, true};
    experiment.game = {20, 0.5f};
    models::BeliefSchedule rule;
    rule.contribution_noise = 4.8f;
    rule.belief_noise = 2.3f;
    rule.all_or_nothing = 0.2f;
    rule.reaction = 0.3f;
    rule.threat = 1.5f;
    experiment.types = {{behavior(rule), 1}};
    models::HurdlePunishment punishment;
    punishment.check("test");
    experiment.sanction = std::make_shared<SanctionOf<models::HurdlePunishment>>(punishment);
    experiment.subjects = models::subjects()[0].make({}, "test", {20});
    experiment.matching = strangers();
    experiment.randomness = Randomness(Seeds{5, 6, 7});
    return experiment;
}

/// One session of 24 perfect strangers in fours who follow the linear influence rule, far from the bounds.
inline Experiment linear_laboratory(float persistence, float influence, float noise = 0) {
    Experiment experiment;
    experiment.sessions = 1;
    experiment.session_size = 24;
    experiment.group_size = 4;
    experiment.condition_rounds = 6;
    experiment.sanctioned = {false};
    experiment.game = {1e4f, 0.4f};
    experiment.whole_tokens = false;
    models::LinearInfluence rule;
    rule.constant = 5000 * (1 - persistence - 3 * influence);  // the mean stays where it starts
    rule.persistence = persistence;
    rule.influence = influence;
    rule.noise = noise;
    rule.first_mean = 5000;
    rule.first_sd = 100;
    experiment.types = {{behavior(rule), 1}};
    experiment.matching = perfect_strangers(24, 4, 6);
    experiment.randomness = Randomness(Seeds{1, 2, 3});
    return experiment;
}

/// Everything that one lane showed: per round contributions, payoffs, points given and received, and groups, agent by
/// agent.
class LaneTrace final : public Recorder {
public:
    LaneTrace(const Experiment& experiment, std::size_t lane) : experiment_(experiment), lane_(lane) {}
    void on_round(const RoundView& view) override {
        std::vector<float> row;
        for (const float* plane : {view.contributions, view.payoffs, view.given, view.received})
            for (AgentId agent = 0; agent < experiment_.agents(); ++agent)
                row.push_back(plane ? plane[agent * view.width + lane_] : 0);
        rounds.push_back(row);
        if (!view.slots) return;
        std::vector<AgentId> seats;
        for (AgentId slot = 0; slot < experiment_.agents(); ++slot)
            seats.push_back(view.shared ? view.slots[slot] : view.slots[slot * view.width + lane_]);
        slots.push_back(seats);
    }
    float contribution(Round round, AgentId agent) const { return rounds[round - 1][agent]; }
    float payoff(Round round, AgentId agent) const { return rounds[round - 1][experiment_.agents() + agent]; }
    float given(Round round, AgentId agent) const { return rounds[round - 1][2 * experiment_.agents() + agent]; }
    float received(Round round, AgentId agent) const { return rounds[round - 1][3 * experiment_.agents() + agent]; }

    std::vector<std::vector<float>> rounds;
    std::vector<std::vector<AgentId>> slots;

private:
    const Experiment& experiment_;
    std::size_t lane_;
};

/// The trace of one lane of a batch.
template <std::size_t width>
LaneTrace trace(const Experiment& experiment, std::uint32_t instance,
                const std::array<std::uint32_t, width>& replicates, std::size_t lane) {
    const MeetingPlan plan(experiment, instance);
    LaneTrace recorder(experiment, lane);
    Simulation<width>(experiment, plan, replicates).run(recorder);
    return recorder;
}

/// The trace of one replicate on its own.
inline LaneTrace alone(const Experiment& experiment, std::uint32_t replicate, std::uint32_t instance = 0) {
    return trace<1>(experiment, instance, {replicate}, 0);
}

}  // namespace commonweal::test
