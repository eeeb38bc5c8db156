#include "sim/scenario/section_list.hpp"

#include <array>

#include "sim/scenario/network_sections.hpp"
#include "sim/scenario/sections.hpp"
#include "sim/scenario/service_sections.hpp"

namespace commonweal {

namespace {

constexpr std::array<std::string_view, 7> designs{"grid", "zip", "lhs", "sobol", "saltelli", "morris", "table"};

ParameterInfo design_key(std::string_view name, ValueKind kind, std::string_view meaning, const Value& preset) {
    return {name, kind, 0, 0, "", meaning, {}, preset};
}

ParameterInfo design_number(std::string_view name, double low, double high, std::string_view meaning,
                            const Value& preset) {
    return {name, ValueKind::whole, low, high, "-", meaning, {}, preset};
}

/// The keys of [sweep] that are no axes. A text in the place of a whole number: there is no default.
std::vector<ParameterInfo> design_keys() {
    const Value none = std::string();
    std::vector<ParameterInfo> keys{
        design_key("design", ValueKind::choice,
                   "which points are visited; grid: all combinations; zip: first values together, second values "
                   "together, ...; "
                   "lhs, sobol, saltelli, morris: sampled; table: listed in a file",
                   std::string("grid")),
        design_number("points", 1, 2147483647.0, "points of lhs and sobol, base points of saltelli", none),
        design_number("trajectories", 1, 1e6, "trajectories of morris", none),
        design_number("levels", 2, 65536, "levels of morris, an even number", std::int64_t{4}),
        design_number("seed", 0, 0x1p63, "seed of the points of lhs, sobol, saltelli and morris", std::int64_t{0}),
        design_key("second_order", ValueKind::flag, "saltelli: points for pairs, too", false),
        design_key("file", ValueKind::text, "table: CSV file of points, whose header names the keys", none)};
    keys.front().choices = designs;
    return keys;
}

/// The keys of [seed], none of which has a default.
std::vector<ParameterInfo> seed_keys() {
    std::vector<ParameterInfo> keys = parameter_infos<SeedSection>();
    for (ParameterInfo& key : keys) key.preset = std::string();
    return keys;
}

}  // namespace

std::vector<SectionInfo> study_sections() {
    return {{"sweep", "what varies, and which points are visited", design_keys()},
            {"regime.<name>",
             "a set of policies, or of other values, that somebody chooses; it lists only what differs",
             {}},
            {"world.<name>", "a set of conditions that nobody chooses; it lists only what differs", {}}};
}

std::vector<SectionInfo> scenario_sections() {
    return {
        {"", "the whole study", parameter_infos<StudySection>()},
        {"session", "how many people, for how long, under which treatments", parameter_infos<SessionSection>()},
        {"network", "who is tied to whom; the generator's own parameters stand here too",
         parameter_infos<NetworkSection>()},
        {"matching", "who shares a pot", parameter_infos<MatchingSection>()},
        {"game",
         "what contributions bring; in a laboratory payoff = e - c_i + MPCR * (sum of the group's contributions)",
         parameter_infos<GameSection>()},
        {"fund", "incentives for strategies that an institution pays, in every group", parameter_infos<FundSection>()},
        {"sanction", "the stage after contributions are seen; the rule's own parameters stand here too",
         parameter_infos<SanctionSection>()},
        {"agents.<type>", "who plays; the parameters of the behavior rule or strategy stand here too",
         parameter_infos<AgentsSection>()},
        {"update", "how strategies spread; the rule's own parameters stand here too", parameter_infos<UpdateSection>()},
        {"rewiring", "ties that are cut and made", parameter_infos<RewiringSection>()},
        {"adoption", "who counts as an adopter, behind record.adoption", parameter_infos<AdoptionSection>()},
        {"beliefs", "what agents of a service expect others to give", parameter_infos<BeliefsSection>()},
        {"crowding_out", "what control takes of the motivation of agents of a service",
         parameter_infos<CrowdingOutSection>()},
        {"turnover", "people of a service who come, go and change places", parameter_infos<TurnoverSection>()},
        {"policy.<name>", "an intervention in a service, written [[policy]]; the parameters of its kind stand here too",
         parameter_infos<PolicySection>()},
        {"seed", "where the random numbers start; there is no default", seed_keys()},
        {"record", "what goes into the results file besides the means per round", parameter_infos<RecordSection>()},
        {"counterfactual", "the twin runs behind record.cascade", parameter_infos<CounterfactualSection>()},
        {"subjects", "whose schedules and beliefs the agents have; the source's own parameters stand here too",
         parameter_infos<SubjectsSection>()},
    };
}

std::string_view short_for(std::string_view table) noexcept {
    if (table == "subjects") return "file";
    if (table == "seed") return "all";
    return "";
}

}  // namespace commonweal
