#include <fmt/format.h>

#include <cmath>

#include "sim/app/summary_text.hpp"
#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

std::string percent(double share) { return fmt::format("{:.1f}", 100 * share); }

/// How many runs tipped, and when.
std::string tips_text(const AdoptionSummary& adoption, double tip) {
    const double runs = static_cast<double>(adoption.runs);
    const double share = static_cast<double>(adoption.tipped) / runs;
    std::string text =
        fmt::format("{} of {} runs tip, that is reach {} % adopters: {:.1f} % (se {:.1f})", adoption.tipped,
                    adoption.runs, percent(tip), 100 * share, 100 * std::sqrt(share * (1 - share) / runs));
    if (adoption.tipped)
        text += fmt::format("; in round {:.2f} on average, sd {:.2f}", adoption.tip_round.mean, adoption.tip_round.sd);
    return text + "\n";
}

std::string sizes_text(const AdoptionSummary& adoption) {
    std::string text = fmt::format("adopters in the last round, %: mean {}, sd {}; ", percent(adoption.size.mean),
                                   percent(adoption.size.sd));
    for (std::size_t i = 0; i < adoption.quantiles.size(); ++i)
        text += fmt::format("{}{:g} % quantile {}", i ? ", " : "", 100 * adoption_quantiles[i],
                            percent(adoption.quantiles[i]));
    return text + fmt::format("; {} runs have settled\n", adoption.settled);
}

std::string reach_text(const AdoptionSummary& adoption) {
    TextTable table("rrrr");
    table.add({"distance", "people", "adopted %", "in round"});
    for (const auto& row : adoption.reach)
        table.add({fmt::format("{}{}", row.distance, row.distance + 1 == kept_distances ? "+" : ""),
                   fmt::format("{:.1f}", row.people), percent(row.share.mean),
                   row.share.mean > 0 ? fmt::format("{:.2f}", row.round.mean) : ""});
    return table.text();
}

}  // namespace

std::string adoption_text(const Scenario& scenario, const AdoptionSummary& adoption) {
    std::string text =
        fmt::format("\nAdoption: who gives at least {:g} tokens\n", scenario.adoption.level * scenario.game.endowment) +
        tips_text(adoption, scenario.adoption.tip) + sizes_text(adoption);
    if (adoption.reproduced)
        text += fmt::format("each initial adopter is followed in round 2 by {:.3f} on average, sd {:.3f}\n",
                            adoption.first_reproduction.mean, adoption.first_reproduction.sd);
    if (!adoption.reach.empty())
        text += "\nBy distance from the initial adopters, means over runs\n" + reach_text(adoption);
    return text;
}

}  // namespace commonweal
