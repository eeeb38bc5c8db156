#pragma once

#include <cmath>

#include "sim/core/randomness.hpp"
#include "sim/model/behavior.hpp"

/// What the tests of behavior rules share: words of many independent decisions, and a view of a game in fours.
namespace commonweal::models {

/// The words of decision number `decision`, for seed 1.
template <class Rule>
Draws<Rule::draws> words_of(std::uint32_t decision, Round round = 1) {
    const Randomness randomness({.network = 1, .initial = 1, .dynamics = 1});
    Draws<Rule::draws> words;
    for (std::uint32_t draw = 0; draw < Rule::draws; ++draw)
        words[draw] =
            randomness.word({.stream = Stream::behavior, .draw = draw, .round = round, .replicate = decision}, 0);
    return words;
}

/// One of four who hold 20 tokens each at an MPCR of .4, after a round in which it gave `own` and the others
/// `others_sum`.
inline LocalView after(float own, float others_sum, float round = 2) {
    return {.endowment = 20,
            .own_last = own,
            .others_sum = others_sum,
            .others = 3,
            .received = 0,
            .sanctions = 0,
            .payoff = 20 - own + 0.4f * (own + others_sum),
            .own_return = 0.4f,
            .round = round};
}

/// The same before anybody gave.
inline LocalView before_the_first_round() {
    LocalView view = after(0, 0, 1);
    view.payoff = 0;
    return view;
}

/// The same for somebody who has no others.
inline LocalView alone(float own) {
    LocalView view = after(own, 0);
    view.others = 0;
    return view;
}

/// Four standard errors of the share of `count` decisions that have probability p.
inline double four_errors(double p, double count) { return 4 * std::sqrt(p * (1 - p) / count); }

}  // namespace commonweal::models
