#pragma once

#include <algorithm>

#include "sim/core/elementary.hpp"
#include "sim/model/behavior.hpp"

namespace commonweal::models {

/// People with a belief about the others and a schedule of conditional cooperation (see `equation`).
///
/// The estimated equations of Fischbacher & Gaechter (2010), their Tables 1 and 2, model 3; the values are the
/// defaults. Other published variants are settings of the same table: naive belief (belief_others 1, belief_own 0,
/// belief_constant 0); perfect conditional cooperators (contribution_belief 1, the other contribution_ keys 0).
struct BeliefSchedule {
    static constexpr std::string_view name = "belief_schedule";
    static constexpr std::string_view summary =
        "People who form a belief about the others' giving and answer it with their own schedule of conditional "
        "cooperation.";
    static constexpr std::string_view equation =
        "first round of a condition:\n"
        "  belief = the person's first belief;  c = the person's first contribution + threat * S\n"
        "later rounds:\n"
        "  belief(t) = belief_constant + belief_others * m(t-1) + belief_own * belief(t-1) + belief_noise * z1\n"
        "  plan      = contribution_constant + contribution_schedule * b[belief(t)] + contribution_belief * belief(t)\n"
        "              + threat * S + reaction * R(t-1) + contribution_noise * z2\n"
        "  c(t)      = e with probability plan/e, else 0, with probability all_or_nothing;  plan otherwise\n"
        "m: mean contribution of the others; b[.]: the person's schedule; S: 1 when a sanction stage follows, else 0;\n"
        "R: punishment points received; z: standard normal. Belief and plan are kept within [0, e]; with whole tokens "
        "the\n"
        "engine rounds c half up. rounding says what else is rounded half up.";
    static constexpr std::string_view source =
        "Fischbacher & Gaechter (2010), American Economic Review 100, 541-556; all_or_nothing, threat and reaction are "
        "additions "
        "of this project for the spikes at 0 and e and for the punishment game.";
    static constexpr std::size_t draws = 3;
    static constexpr std::size_t memory = 1;
    static constexpr bool needs_subjects = true;
    static constexpr std::array<std::string_view, 3> roundings{"none", "belief", "belief_and_others"};

    float belief_constant = 0.118f, belief_others = 0.415f, belief_own = 0.569f;
    float contribution_constant = -0.473f, contribution_schedule = 0.242f, contribution_belief = 0.666f;
    float belief_noise = 0, contribution_noise = 0, all_or_nothing = 0;
    float threat = 0, reaction = 0;
    std::uint32_t rounding = 2;

    static auto parameters() {
        using Self = BeliefSchedule;
        return std::array{
            Parameter<Self>{"belief_constant", &Self::belief_constant, -100, 100, "tokens",
                            "constant of the belief equation"},
            Parameter<Self>{"belief_others", &Self::belief_others, -2, 2, "-",
                            "weight of what the others gave in the last round"},
            Parameter<Self>{"belief_own", &Self::belief_own, -2, 2, "-", "weight of the last belief"},
            Parameter<Self>{"contribution_constant", &Self::contribution_constant, -100, 100, "tokens",
                            "constant of the contribution equation"},
            Parameter<Self>{"contribution_schedule", &Self::contribution_schedule, -2, 2, "-",
                            "weight of the schedule's answer to the belief"},
            Parameter<Self>{"contribution_belief", &Self::contribution_belief, -2, 2, "-",
                            "weight of the belief itself"},
            Parameter<Self>{"belief_noise", &Self::belief_noise, 0, 1e4, "tokens",
                            "standard deviation of the normal noise on the belief"},
            Parameter<Self>{"contribution_noise", &Self::contribution_noise, 0, 1e4, "tokens",
                            "standard deviation of the normal noise on the contribution"},
            Parameter<Self>{"all_or_nothing", &Self::all_or_nothing, 0, 1, "per round",
                            "probability that the plan is given as all or nothing with the same mean"},
            Parameter<Self>{"threat", &Self::threat, -100, 100, "tokens", "given more when a sanction stage follows"},
            Parameter<Self>{"reaction", &Self::reaction, -10, 10, "tokens per point",
                            "given more per punishment point received in the last round"},
            Parameter<Self>{"rounding", &Self::rounding, 0, 0, "",
                            "what is rounded half up: none; belief; belief_and_others (also the others' mean)",
                            roundings},
        };
    }

    std::size_t draws_read() const noexcept {
        return all_or_nothing > 0 ? 3 : contribution_noise > 0 ? 2 : belief_noise > 0 ? 1 : 0;
    }

    /// Without noise, and with all of the rounding: as the equations were estimated.
    bool is_plain() const noexcept { return draws_read() == 0 && rounding == 2; }
    BeliefSchedule plain() const noexcept {
        BeliefSchedule rule = *this;
        rule.belief_noise = rule.contribution_noise = rule.all_or_nothing = 0;
        rule.rounding = 2;
        return rule;
    }

    float first(const LocalView& view, const Person& person, Memory<memory>& kept, const Draws<draws>&) const noexcept {
        kept[0] = person.first_belief;
        return person.first_contribution + threat * view.sanctions;
    }

    float contribution(const LocalView& view, const Person& person, Memory<memory>& kept,
                       const Draws<draws>& words) const noexcept {
        const float seen = rounding == 2 ? round_half_up(view.others_mean()) : view.others_mean();
        float belief = belief_constant + belief_others * seen + belief_own * kept[0];
        if (belief_noise > 0) belief += belief_noise * normal_of(words[0]);
        belief = std::clamp(belief, 0.0f, view.endowment);
        if (rounding != 0) belief = round_half_up(belief);
        kept[0] = belief;
        float place = person.position(belief);
        if (rounding != 0) place = round_half_up(place);
        float plan =
            contribution_constant + contribution_schedule * person.planned(place) + contribution_belief * belief;
        plan += threat * view.sanctions + reaction * view.received;
        if (contribution_noise > 0) plan += contribution_noise * normal_of(words[1]);
        if (all_or_nothing > 0) plan = spiked(plan, view.endowment, uniform_of(words[2]));
        return plan;
    }

private:
    /// The plan, or with probability all_or_nothing e with probability plan / e and 0 otherwise; one uniform number
    /// decides both.
    float spiked(float plan, float endowment, float u) const noexcept {
        const float inside = std::clamp(plan, 0.0f, endowment);
        const float all = u * endowment < all_or_nothing * inside ? endowment : 0.0f;
        return u < all_or_nothing ? all : inside;
    }
};
static_assert(BehaviorRule<BeliefSchedule>);

}  // namespace commonweal::models
