#include "sim/app/metric_list.hpp"

#include <algorithm>
#include <array>
#include <cassert>

#include "models/catalog.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace {

/// A small scenario of each kind of play, with all that can be recorded. Its schema names the metrics.
struct Prototype {
    const char* play;
    const char* scenario;
};

constexpr std::array<Prototype, 5> prototypes{{
    {"laboratory", R"(
replicates = 1
seed = 1
[session]
conditions = ["basic", "punishment"]
[matching]
kind = "strangers"
[agents.people]
behavior = "belief_schedule"
[sanction]
rule = "hurdle_punishment"
conditions = ["punishment"]
[record]
agents = true
cascade = true
)"},
    {"network", R"(
replicates = 1
seed = 1
[network]
kind = "square_lattice"
width = 4
height = 4
[game]
hosts = "focal"
[agents.people]
behavior = "conditional_cooperator"
[record]
agents = true
cascade = true
adoption = true
)"},
    {"network", R"(
replicates = 1
seed = 1
[network]
kind = "erdos_renyi"
agents = 20
[agents.people]
behavior = "conditional_cooperator"
[game]
hosts = "focal"
[rewiring]
share = 0.1
)"},
    {"strategies", R"(
replicates = 1
seed = 1
[network]
kind = "square_lattice"
width = 4
height = 4
[agents.cooperators]
strategy = "cooperator"
share = 0.5
[agents.defectors]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
[fund]
scheme = "reward"
[record]
agents = true
)"},
    {"service", R"(
replicates = 1
seed = 1
[network]
kind = "public_service"
agents = 200
[game]
kind = "two_pots"
[agents.people]
behavior = "norm_incentive"
[[policy]]
kind = "matching_grant"
[record]
agents = true
)"},
}};

struct Words {
    const char* name;
    const char* formula;
    const char* when;
};

/// What the files do not hold: how a metric is computed, and what must be set for it.
constexpr std::array words{
    Words{"mean_contribution", "(1/n) sum_i c_i", ""},
    Words{"share_full", "(1/n) #{i: c_i = e}", ""},
    Words{"share_free_riders", "(1/n) #{i: c_i = 0}", ""},
    Words{"mean_payoff", "(1/n) sum_i pi_i; pi_i: the payoff of an agent at the end of the round", ""},
    Words{"mean_points", "(1/n) sum_i (points that i gave)", ""},
    Words{"contribution", "c_i", "record.agents = true"},
    Words{"payoff", "pi_i", "record.agents = true"},
    Words{"group", "", "record.agents = true"},
    Words{"session", "", ""},
    Words{"subject", "", ""},
    Words{"session_condition", "", ""},
    Words{"points_given", "", "record.agents = true, and a sanction stage"},
    Words{"points_received", "", "record.agents = true, and a sanction stage"},
    Words{"agent_type", "", "record.agents = true"},
    Words{"subject_row", "", "record.agents = true, and a file of subjects"},
    Words{"neighbors", "", "record.agents = true"},
    Words{"causal_effect",
          "mean over sources s and people j at degree d of (c_j(t + lag) with the nudge - c_j(t + lag) without) / "
          "(tokens of "
          "the nudge), in twin runs with the same luck",
          "record.cascade = true"},
    Words{"causal_people", "mean over sources of #{j at degree d}", "record.cascade = true"},
    Words{"causal_gain",
          "mean over sources s of sum_{j != s} (change of c_j, lag rounds later) / (tokens of the nudge)",
          "record.cascade = true"},
    Words{"causal_own", "mean over sources s of (change of c_s, lag rounds later) / (tokens of the nudge)",
          "record.cascade = true"},
    Words{"causal_multiplier", "1 + sum over lags of (causal_gain + causal_own)", "record.cascade = true"},
    Words{"adopters", "(1/n) #{i: c_i >= adoption.level e}", "record.adoption = true"},
    Words{"reproduction", "#{i: adopts first in t} / #{i: adopted first in t - 1}", "record.adoption = true"},
    Words{"adoption_size", "adopters in the last round", "record.adoption = true"},
    Words{"tip_round", "min {t: adopters(t) >= adoption.tip}; NaN when there is none", "record.adoption = true"},
    Words{"settled_round", "min {t: the same agents adopt in t, ..., T}; NaN when they change in T",
          "record.adoption = true"},
    Words{"reach_people", "#{i at that distance}", "record.adoption = true"},
    Words{"reach_share", "#{i at that distance who adopts in some round} / reach_people", "record.adoption = true"},
    Words{"reach_round", "mean over them of the first round in which i adopts", "record.adoption = true"},
    Words{"mean_degree", "2 (ties) / n", "ties that change ([rewiring])"},
    Words{"ties_cut", "", "[rewiring] with a share"},
    Words{"ties_made", "", "[rewiring] with a share"},
    Words{"share", "(1/n) #{i: i has the strategy}", ""},
    Words{"fund_cost", "(1/n) sum over games of what the fund spends", "a [fund]"},
    Words{"late_share", "mean of share over the last record.window rounds", ""},
    Words{"absorbed", "", ""},
    Words{"absorption_steps", "", ""},
    Words{"absorption_round", "absorption_steps / (steps of a round)", ""},
    Words{"agent_strategy", "", "record.agents = true"},
    Words{"mean_local_contribution", "(1/n) sum_i c_i(L)", ""},
    Words{"mean_system_contribution", "(1/n) sum_i c_i(S)", ""},
    Words{"mean_public_cost", "(subsidies - fines) / n", ""},
    Words{"welfare", "mean over rounds of mean_payoff", ""},
    Words{"local_contribution", "mean over rounds of mean_local_contribution", ""},
    Words{"system_contribution", "mean over rounds of mean_system_contribution", ""},
    Words{"late_system_contribution", "mean of mean_system_contribution over the last quarter of the rounds", ""},
    Words{"gini", "sum_i sum_j |p_i - p_j| / (2 n sum_i p_i); p_i: payoffs of agent i in all rounds together", ""},
    Words{"public_cost", "mean over rounds of mean_public_cost", ""},
    Words{"organization_payoff", "mean over rounds and agents of the organization of pi_i", ""},
    Words{"organization_local", "mean over rounds and agents of the organization of c_i(L)", ""},
    Words{"organization_system", "mean over rounds and agents of the organization of c_i(S)", ""},
    Words{"role_payoff", "mean over rounds and agents of the role of pi_i; NaN where nobody has it", ""},
    Words{"role_local", "mean over rounds and agents of the role of c_i(L)", ""},
    Words{"role_system", "mean over rounds and agents of the role of c_i(S)", ""},
    Words{"money", "endowments + returns + subsidies = fines + waste + rounding + payoffs", ""},
    Words{"ledger_gap", "max over rounds of |left side - right side| of the accounts of money", ""},
    Words{"policy_cost", "(public money + what was used up) / (n T)", "a [[policy]]"},
    Words{"pilot_extended", "", "a [[policy]]"},
    Words{"local_contribution_of", "c_i(L)", "record.agents = true"},
    Words{"system_contribution_of", "c_i(S)", "record.agents = true"},
};

std::string type_name(Number type) {
    constexpr std::array<const char*, 4> names{"int8", "int32", "float32", "float64"};
    return names[static_cast<std::size_t>(type)];
}

MetricInfo& metric(std::vector<MetricInfo>& all, const std::string& name) {
    const auto found = std::ranges::find(all, name, &MetricInfo::name);
    if (found != all.end()) return *found;
    const auto known = std::ranges::find_if(words, [&](const Words& one) { return name == one.name; });
    MetricInfo made{.name = name, .formula = "", .when = "", .shapes = {}};
    if (known != words.end()) made.formula = known->formula, made.when = known->when;
    all.push_back(std::move(made));
    return all.back();
}

void add(std::vector<MetricInfo>& all, const char* play, const Column& column) {
    auto& shapes = metric(all, column.name).shapes;
    if (std::ranges::find(shapes, play, &MetricShape::play) == shapes.end())
        shapes.push_back({play, column.axes, type_name(column.type), column.unit, column.long_name});
}

}  // namespace

std::vector<MetricInfo> metrics() {
    std::vector<MetricInfo> all;
    for (const Prototype& prototype : prototypes) {
        const auto trial = make_trial(parse_scenario(prototype.scenario, prototype.play, {}, models::catalog()));
        for (const Column& column : trial->schema()->columns) add(all, prototype.play, column);
        for (const Constant& constant : trial->schema()->constants) add(all, prototype.play, constant.column);
    }
    // No file of subjects comes with the program, so that no prototype has this one.
    add(all, "laboratory",
        {"subject_row",
         Number::int32,
         {"agent"},
         "1",
         "subject of the data file, in the order in which the file names them, from 0"});
    for ([[maybe_unused]] const auto& one : words)  // no words on what no file has
        assert(std::ranges::find(all, one.name, &MetricInfo::name) != all.end());
    return all;
}

}  // namespace commonweal
