#include "sim/app/remarks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <set>

#include "models/catalog.hpp"
#include "sim/app/output.hpp"
#include "sim/network/organization.hpp"
#include "sim/scenario/document.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace {

/// What there is in the organizations of a network for policies to act on.
struct Ground {
    bool line = true, leaders = true;
};

/// False for what comes through a pipe.
bool has_plain_files(const Scenario& scenario) {
    return std::ranges::all_of(scenario.inputs, [](const std::filesystem::path& file) {
        std::error_code unknown;
        return std::filesystem::is_regular_file(file, unknown);
    });
}

Ground ground_of(const Scenario& scenario) {
    if (scenario.generator->random() || !has_plain_files(scenario)) return {};  // a generator of services makes both
    const Network network = scenario.generator->generate(Randomness(scenario.seeds), 0);
    const Organizations people(network);
    Ground ground{false, false};
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        ground.line = ground.line || people.superior(agent) != no_agent;
        ground.leaders = ground.leaders || people.role(agent) == Role::manager || people.role(agent) == Role::leader;
    }
    return ground;
}

const PolicyNeeds& needs_of(const ScenarioPolicy& policy) {
    return std::ranges::find(models::policies(), policy.settings.kind,
                             [](const PolicyEntry& entry) { return entry.info.name; })
        ->needs;
}

/// Why a policy changes nothing, "" when it may.
std::string idle_reason(const Scenario& scenario, const ScenarioPolicy& policy, const Ground& ground) {
    const PolicyNeeds& needs = needs_of(policy);
    if (policy.settings.start > scenario.session.rounds)
        return fmt::format("it starts in round {}, after the last, {}", policy.settings.start, scenario.session.rounds);
    if (needs.line && !ground.line)
        return "nobody reports to anybody; the layer of ties that says so is named 'line', and the column 'level' says "
               "who is higher";
    if (needs.leaders && !ground.leaders)
        return "nobody is a manager or leader; the column of the table of agents that says so is named 'role'";
    for (const ScenarioPolicy& other : scenario.policies) {
        if (other.name == policy.name) break;
        if (other.settings.kind == needs.before) return "";
    }
    return needs.before.empty() ? "" : fmt::format("no {} stands before it in the file", needs.before);
}

void say_idle_policies(const Scenario& scenario, const std::string& regime) {
    if (scenario.play != Play::service || scenario.policies.empty()) return;
    const Ground ground = ground_of(scenario);
    for (const ScenarioPolicy& policy : scenario.policies)
        if (const std::string reason = idle_reason(scenario, policy, ground); !reason.empty())
            say(fmt::format("warning: {}policy {} changes nothing: {}", regime, policy.name, reason));
}

/// Keys of [counterfactual] that differ from what they are by themselves, where no twin runs are made.
void say_idle_twins(const Scenario& scenario) {
    const bool twins = scenario.play == Play::laboratory || scenario.play == Play::network;
    if (!twins || scenario.record.cascade) return;
    const Document resolved = parse_document(scenario.resolved, "");
    const Table* const table = resolved.find("counterfactual");
    for (const ParameterInfo& info : parameter_infos<CounterfactualSection>()) {
        const Entry* const entry = table ? table->find(info.name) : nullptr;
        if (entry && value_text(entry->setting.value) != value_text(info.preset))
            say(fmt::format("warning: counterfactual.{} changes nothing: twin runs are made with record.cascade=true",
                            info.name));
    }
}

/// One cell of each regime; cell 0 without regimes.
void for_each_regime(const Design& design, const std::function<void(std::uint32_t cell)>& call) {
    std::set<const Variant*> seen;
    for (std::uint32_t cell = 0; cell < design.cells(); ++cell)
        if (seen.insert(design.regime_of(cell)).second) {
            call(cell);
            if (seen.size() >= std::max<std::size_t>(design.regimes(), 1)) return;
        }
}

}  // namespace

void say_remarks(const NetworkGenerator* generator, std::string_view keys) {
    if (!generator) return;
    for (const std::string& remark : generator->remarks(keys)) say("warning: " + remark);
}

void say_remarks(const Scenario& scenario) {
    say_remarks(scenario.generator.get(), scenario_keys);
    say_idle_policies(scenario, "");
    say_idle_twins(scenario);
}

void say_remarks(const Design& design) {
    const Scenario first = design.scenario(0);
    say_remarks(first.generator.get(), scenario_keys);
    if (design.cells() == 1) say_idle_twins(first);
    for_each_regime(design, [&](std::uint32_t cell) {
        const Variant* const regime = design.regime_of(cell);
        say_idle_policies(design.scenario(cell), regime ? "regime " + regime->name + ": " : "");
    });
}

void check_places(const Design& design) {
    for_each_regime(design, [&](std::uint32_t cell) {
        const Scenario scenario = design.scenario(cell);
        if (!scenario.generator || scenario.generator->random() || scenario.play != Play::service ||
            !has_plain_files(scenario))
            return;
        try {
            make_trial(scenario)->place(0);
        } catch (const ConfigError& error) {
            throw ConfigError(fmt::format("{}\nin {}", error.what(), design.name_of(cell)));
        }
    });
}

}  // namespace commonweal
