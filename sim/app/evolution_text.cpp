#include <fmt/format.h>

#include <cmath>

#include "sim/app/summary_text.hpp"
#include "sim/app/text_table.hpp"

namespace commonweal {

namespace {

std::string number(double x) { return fmt::format("{:.4f}", x); }

std::string headline(const Scenario& scenario, const Summary& summary) {
    std::string text = scenario.study.title.empty() ? "" : scenario.study.title + "\n";
    text += fmt::format("{}; each is {} rounds of {} agents", counted(summary.runs, "run"), scenario.session.rounds,
                        summary.agents);
    switch (scenario.matching_kind()) {
        case MatchingKind::well_mixed:
            return text + fmt::format(", well mixed, in groups of {}\n", scenario.matching.group_size);
        case MatchingKind::splitting_groups:
            return text +
                   fmt::format(" in {} groups of at most {}\n", scenario.matching.groups, scenario.matching.group_size);
        default:
            return text + fmt::format(" with {} ties\n", summary.ties);
    }
}

std::string shares_text(const Summary& summary) {
    const EvolutionSummary& evolution = *summary.evolution;
    const bool fund = !evolution.rows.empty() && evolution.rows[0].fund_cost;
    TextTable table("r" + std::string(2 * evolution.strategies.size() + (fund ? 2 : 1), 'r'));
    std::vector<std::string> head{"round"};
    for (const auto& name : evolution.strategies) {
        head.push_back(name);
        head.emplace_back("sd");
    }
    head.emplace_back("payoff");
    if (fund) head.emplace_back("fund cost");
    table.add(head);
    const auto add = [&](const std::string& label, const std::vector<Spread>& share, const std::string& payoff,
                         const std::string& cost) {
        std::vector<std::string> row{label};
        for (const Spread& spread : share) {
            row.push_back(number(spread.mean));
            row.push_back(spread_text(spread.sd, summary.runs));
        }
        row.push_back(payoff);
        if (fund) row.push_back(cost);
        table.add(row);
    };
    for (const std::size_t row : shown_rows(evolution.rows.size()))
        add(std::to_string(evolution.rows[row].round), evolution.rows[row].share,
            number(evolution.rows[row].payoff.mean), fund ? number(evolution.rows[row].fund_cost->mean) : "");
    if (evolution.window > 1) add(fmt::format("last {}", evolution.window), evolution.late, "", "");
    return fmt::format("\nShares of agents, means over runs; sd: between runs{}\n{}",
                       fund ? "; fund cost: spent in a round, per agent" : "", table.text());
}

std::string absorption_text(const Summary& summary) {
    const auto& evolution = *summary.evolution;
    const double runs = static_cast<double>(summary.runs);
    TextTable table("lrrr");
    table.add({"taken over by", "runs", "share", "se"});
    std::uint64_t all = 0;
    for (std::size_t s = 0; s < evolution.strategies.size(); ++s) {
        const double share = static_cast<double>(evolution.absorbed[s]) / runs;
        table.add({evolution.strategies[s], std::to_string(evolution.absorbed[s]), fmt::format("{:.6f}", share),
                   fmt::format("{:.6f}", std::sqrt(share * (1 - share) / runs))});
        all += evolution.absorbed[s];
    }
    if (all == 0) return "";
    table.add({"nobody yet", std::to_string(summary.runs - all),
               fmt::format("{:.6f}", 1 - static_cast<double>(all) / runs), ""});
    return "\nRuns in which one strategy has everybody for good\n" + table.text() +
           fmt::format("Elementary steps until then: mean {:.6g}, sd {:.6g}\n", evolution.absorption_steps.mean,
                       evolution.absorption_steps.sd);
}

}  // namespace

std::string evolution_text(const Scenario& scenario, const Summary& summary) {
    return headline(scenario, summary) + shares_text(summary) + absorption_text(summary);
}

}  // namespace commonweal
