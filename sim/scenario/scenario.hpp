#pragma once

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/model/catalog.hpp"
#include "sim/scenario/network_sections.hpp"
#include "sim/scenario/sections.hpp"
#include "sim/scenario/service_sections.hpp"

namespace commonweal {

/// What is played: groups of a session, behavior rules on a network, strategies that spread, or the nested game of a
/// service.
enum class Play { laboratory, network, evolution, service };

struct AgentType {
    std::string name;  ///< of the table [agents.<name>]
    AgentsSection settings;
    bool by_count;                             ///< settings.count is said, be it 0
    std::shared_ptr<const Behavior> behavior;  ///< null in Play::evolution
    std::shared_ptr<const Strategy> strategy;  ///< null otherwise

    /// Whether some agents may be of this type.
    bool peopled() const noexcept {
        return !settings.who.empty() || !settings.where.empty() || (by_count ? settings.count > 0 : settings.share > 0);
    }
};

/// A policy of a scenario.
struct ScenarioPolicy {
    std::string name;   ///< of its table
    std::string where;  ///< for messages
    PolicySection settings;
    std::shared_ptr<const Policy> policy;
};

/// A scenario, parsed, checked and built: every default is filled in, every model made. Nothing in it can fail later.
struct Scenario {
    StudySection study;
    SessionSection session;
    NetworkSection network;
    MatchingSection matching;
    GameSection game;
    FundSection fund;
    SanctionSection sanction;
    UpdateSection update;
    RewiringSection rewiring;
    AdoptionSection adoption;
    RecordSection record;
    CounterfactualSection counterfactual;
    BeliefsSection beliefs;
    CrowdingOutSection crowding_out;
    TurnoverSection turnover;
    Seeds seeds;

    Play play = Play::laboratory;
    std::shared_ptr<const NetworkGenerator> generator;  ///< null without [network]
    std::shared_ptr<const Update> update_rule;          ///< null unless Play::evolution
    bool by_enhancement = false;   ///< pots on a network pay enhancement / size per token, instead of mpcr
    std::vector<AgentType> types;  ///< in the order of the file
    std::shared_ptr<const Sanction> sanction_rule;  ///< null without a sanction stage
    std::vector<bool> sanctioned;                   ///< [condition]
    std::vector<ScenarioPolicy> policies;           ///< in the order in which they act
    std::shared_ptr<const SubjectSource> subjects;  ///< null when no behavior rule needs people

    bool ties_change() const noexcept { return play == Play::network && (rewiring.redraw || rewiring.share > 0); }

    /// Whether agents play schedules of `subjects`: a type that would need them may have a share of 0.
    bool subjects_play() const noexcept {
        return subjects && std::ranges::any_of(types, [](const AgentType& type) {
                   return type.behavior && type.behavior->needs_subjects() && type.peopled();
               });
    }

    MatchingKind matching_kind() const noexcept { return static_cast<MatchingKind>(matching.kind); }

    std::vector<std::filesystem::path> inputs;  ///< data files that it reads

    std::string resolved;  ///< the whole scenario as TOML, defaults filled in; reading it again gives the same Scenario
};

/// Reads a scenario file and applies overrides "key.sub=value" (TOML values; a bare word is taken as text), in order.
/// Throws ConfigError for anything that is not exactly right (file:line:column, the value, what is allowed, the nearest
/// name) and IoError when the file cannot be read.
Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const Catalog& catalog);

/// The same from a text; `name` stands for the file in messages.
Scenario parse_scenario(const std::string& text, const std::string& name, const std::vector<std::string>& overrides,
                        const Catalog& catalog);

/// JSON Schema (draft 2020-12) of scenario files, from the tables of the sections and of the catalog.
std::string scenario_schema(const Catalog& catalog);

}  // namespace commonweal
