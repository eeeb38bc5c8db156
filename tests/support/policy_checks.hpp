#pragma once

#include <gtest/gtest.h>

#include <cmath>

#include "tests/support/services.hpp"

/// What every policy promises, in the form that tests ask for it.
namespace commonweal {

/// People who do what they do, whatever holds: only money can differ. Both pots get about `amount` of each.
inline ServiceDesign unmoved_service(Network network, double amount = 6, Round rounds = 6) {
    return service_design(std::move(network), "unconditional", {{"amount", amount}, {"noise", 3.0}}, rounds);
}

/// The parameters at which a policy does nothing leave every bit as it is without the policy.
inline void expect_nothing_changes(const std::string& kind, const Values& values) {
    ServiceDesign design = service_design(service_network(3, 2, 5));
    const ServiceTrace without = trace_of(design);
    add_policy(design, kind, values);
    EXPECT_TRUE(same_run(trace_of(design), without)) << kind;
}

/// Money is accounted for to the millionth, and a run is the same in 1, 8 and 16 lanes.
inline void expect_closed_books_in_all_lanes(const ServiceDesign& design) {
    const auto one = traces_of<1>(design, 19), eight = traces_of<8>(design, 19), sixteen = traces_of<16>(design, 19);
    for (std::size_t run = 0; run < one.size(); ++run) {
        EXPECT_EQ(one[run].gap, 0) << run;
        EXPECT_TRUE(same_run(one[run], eight[run])) << run;
        EXPECT_TRUE(same_run(one[run], sixteen[run])) << run;
        EXPECT_EQ(one[run].policy_cost, eight[run].policy_cost) << run;
        EXPECT_EQ(one[run].policy_cost, sixteen[run].policy_cost) << run;
    }
}

/// The same with people who respond, under a policy for everybody and under one for frontline people in half of the
/// units, and with one that begins late.
inline void expect_closed_books(const std::string& kind, const Values& values) {
    ServiceDesign design = service_design(service_network(3, 4, 5));
    add_policy(design, kind, values);
    expect_closed_books_in_all_lanes(design);
    design.policies[0].roles = {0};
    design.policies[0].share = 0.5;
    design.policies[0].start = 4;
    expect_closed_books_in_all_lanes(design);
}

/// Whoever is not in the scope of a policy has to the last bit what it would have without the policy, and somebody in
/// it has not.
inline void expect_money_in_scope_only(const std::string& kind, const Values& values) {
    ServiceDesign design = unmoved_service(service_network(3, 2, 5));
    design.keep_agents = true;
    const ServiceTrace without = trace_of(design);
    add_policy(design, kind, values).organizations = {"organization_1"};
    const ServiceTrace with = trace_of(design);
    bool differs = false;
    for (std::size_t at = 0; at < with.agents[0].size(); ++at) {
        const bool inside = at % 30 / 10 == 1;
        if (!inside) {
            EXPECT_EQ(with.agents[0][at], without.agents[0][at]) << kind << " " << at;
        }
        differs = differs || (inside && with.agents[0][at] != without.agents[0][at]);
    }
    EXPECT_TRUE(differs) << kind;
    EXPECT_EQ(with.gap, 0);
}

/// What a policy makes agent 0 expect of a token, and what it is really paid for it.
struct Slopes {
    double felt_local, felt_system;  ///< m (1 + g) - 1, as a better responder moves by it
    double paid;                     ///< difference of its payoff when it gives more
    double expected;                 ///< the same, of what it feels
};

/// Agent 0 moves along what it feels to be the slope of its payoff, in two runs by `step` and by `step` + 1 times it;
/// the others give 4 or 9 to each pot. Agent 0 begins with `first` to each pot; compared is its payoff in round 2.
inline Slopes slopes_of(ServiceDesign design, double first, double step = 0.1, double more = 1) {
    const auto type_of = [](const std::string& kind, const Values& values) {
        return service_design(service_network(1, 1, 2), kind, values).types[0];
    };
    design.rounds = 2;
    design.keep_agents = true;
    design.places = {{.name = "one", .who = {"0"}}, {.name = "low", .share = 0.5}, {.name = "high", .share = 0.5}};
    const auto run = [&](double by) {
        design.types = {type_of("better_response", {{"step", by}, {"first_contribution", first}}),
                        type_of("unconditional", {{"amount", 4.0}}), type_of("unconditional", {{"amount", 9.0}})};
        return trace_of(design);
    };
    const ServiceTrace less = run(step), greater = run(step + more);
    const std::size_t agents = less.types.size();
    const auto moved = [&](const ServiceTrace& trace, std::size_t what) {
        return double{trace.agents[what][agents]} - double{trace.agents[what][0]};
    };
    const auto change = [&](std::size_t what) {
        return double{greater.agents[what][agents]} - double{less.agents[what][agents]};
    };
    Slopes slopes{moved(greater, 1) / (step + more), moved(greater, 2) / (step + more), change(0), 0};
    slopes.expected = slopes.felt_local * change(1) + slopes.felt_system * change(2);
    return slopes;
}

/// Differences of paired runs in a mean.
struct Effect {
    double local, system, welfare;
};
inline Effect effect_of(const ServiceDesign& without, const ServiceDesign& with, std::uint32_t runs = 32) {
    const auto before = traces_of<16>(without, runs), after = traces_of<16>(with, runs);
    Effect effect{};
    for (std::size_t run = 0; run < before.size(); ++run) {
        effect.local += (after[run].local_mean - before[run].local_mean) / runs;
        effect.system += (after[run].system_mean - before[run].system_mean) / runs;
        effect.welfare += (after[run].welfare - before[run].welfare) / runs;
    }
    return effect;
}

}  // namespace commonweal
