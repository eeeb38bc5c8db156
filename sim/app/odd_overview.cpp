#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "sim/app/odd_study.hpp"
#include "sim/app/odd_texts.hpp"
#include "sim/app/version.hpp"
#include "sim/scenario/section_list.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

/// Writes the first four elements, part by part.
class Overview {
public:
    explicit Overview(const OddStudy& study) : study_(study) {}

    std::string text() const { return head() + purpose() + entities() + schedule() + concepts(); }

private:
    /// Says of which cell a part of the text is.
    std::string of_fullest() const {
        return study_.fullest_cell == 0
                   ? ""
                   : fmt::format(
                         "What follows is of {}, where most happens; other cells leave out what they do not have.\n\n",
                         study_.design.name_of(study_.fullest_cell));
    }

    std::string head() const {
        const std::string file = fs::path(study_.options.file).filename().string();
        std::string text = fmt::format("# {}: ODD protocol\n\n",
                                       study_.scenario.study.title.empty() ? file : study_.scenario.study.title);
        text += fmt::format(
            "The description follows the ODD (Overview, Design concepts, Details) protocol as updated by Grimm et al. "
            "(2020). It was made by "
            "commonweal {} (commit {}) from `{}`{}; values are those of that scenario.\n",
            program_version(), program_commit(), file, changes());
        return text +
               (study_.design.cells() > 1
                    ? fmt::format("The scenario is an experiment of {} cells: what differs between them is marked "
                                  "\"varies\", and \"Experiment\" tells how.\n",
                                  study_.design.cells())
                    : "");
    }

    std::string changes() const {
        if (study_.options.overrides.empty()) return "";
        std::string text;
        for (const auto& word : study_.options.overrides) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", word);
        return " with " + text;
    }

    std::string purpose() const {
        std::string text = "\n## 1. Purpose and patterns\n\n";
        const std::string question = study_.header.said("Question"), expected = study_.header.said("Expect"),
                          source = study_.header.sources();
        text += question.empty() ? "The scenario file states no question.\n"
                                 : fmt::format("The model is to answer: {}\n", question);
        text +=
            expected.empty()
                ? "\nThe scenario file states no pattern by which the model would be judged.\n"
                : fmt::format("\nPatterns by which it is judged, as the scenario file expects them: {}\n", expected);
        if (!source.empty()) text += fmt::format("\nSource: {}\n", source);
        return text;
    }

    std::string scales() const {
        const SessionSection& session = study_.scenario.session;
        const auto number = [&](std::string_view key, std::uint32_t one) {
            return study_.varied("session", key, std::to_string(one));
        };
        std::string text = "\nScales: ";
        if (study_.scenario.play == Play::laboratory)
            text += fmt::format(
                        "a run is an experiment of {} sessions with {} agents each, who play {} rounds under each of "
                        "the conditions {}. ",
                        number("sessions", session.sessions), number("agents", session.agents),
                        number("rounds", session.rounds), fmt::join(session.conditions, ", ")) +
                    (session.conditions.size() > 1
                         ? fmt::format("The order of conditions is {}. ", SessionSection::orders.at(session.order))
                         : "");
        else
            text += fmt::format("a run has {} rounds{}. ", number("rounds", session.rounds),
                                study_.scenario.generator ? " on one network" : "");
        text += fmt::format(
            "Time goes on in rounds; a round is one play of all games and has no length in calendar time. {}",
            study_.scenario.generator ? "Space is the network: who is tied to whom. It has no other geometry."
                                      : "There is no space.");
        return text + "\n";
    }

    std::string entities() const {
        std::string text = "\n## 2. Entities, state variables, and scales\n\n| entity | state variables |\n|---|---|\n";
        for (const OddEntity& entity : odd_entities(study_.fullest))
            text += fmt::format("| {} | {} |\n", entity.name, odd_cell(entity.variables));
        text += "\nTypes of agents:\n\n| type | acts by | who |\n|---|---|---|\n";
        for (const AgentType& type : study_.scenario.types) {
            const std::string rule = type.settings.behavior.empty() ? "strategy " + type.settings.strategy
                                                                    : "behavior rule " + type.settings.behavior;
            text += fmt::format("| {} | {} | {} |\n", type.name, rule, odd_cell(who(type)));
        }
        return text + scales();
    }

    std::string who(const AgentType& type) const {
        if (!type.settings.who.empty()) return fmt::format("by name: {}", fmt::join(type.settings.who, ", "));
        if (!type.settings.where.empty()) return "those with " + type.settings.where;
        if (type.by_count) {
            constexpr std::array places{"anywhere", "in a cluster", "at the hubs"};
            return fmt::format("exactly {}, {}",
                               study_.varied("agents." + type.name, "count", std::to_string(type.settings.count)),
                               study_.scenario.generator ? places.at(type.settings.place) : "anywhere");
        }
        return study_.scenario.types.size() == 1
                   ? "everybody"
                   : fmt::format("share {} of those whom no other rule takes",
                                 study_.varied("agents." + type.name, "share", number_text(type.settings.share)));
    }

    std::string schedule() const {
        std::string text =
            "\n## 3. Process overview and scheduling\n\n" + of_fullest() +
            "In every round, in this order; no phase reads what it is itself writing:\n\n| step | phase | "
            "what happens | changes |\n|---|---|---|---|\n";
        int number = 0;
        for (const OddPhase& phase : odd_phases(study_.fullest))
            text += fmt::format("| {} | {} | {} | {} |\n", ++number, phase.name, odd_cell(phase.does),
                                odd_cell(phase.changes));
        if (study_.scenario.play == Play::evolution)
            text += study_.scenario.update.order == 1 ? "\nA round is one revision of all agents, who revise at once.\n"
                    : study_.scenario.update.steps > 0
                        ? fmt::format("\nA round has {} elementary steps.\n", study_.scenario.update.steps)
                        : "\nA round has as many elementary steps as there are agents (a Monte Carlo step).\n";
        if (!study_.fullest.policies.empty()) text += policy_schedule();
        return text;
    }

    std::string policy_schedule() const {
        std::string text =
            "\nPolicies act in this order:\n\n| policy | kind | rounds | scope | budget [tokens] | roll-out "
            "|\n|---|---|---|---|---|---|\n";
        for (const ScenarioPolicy& policy : study_.fullest.policies) {
            const PolicySection& set = policy.settings;
            std::string scope = set.roles.empty() ? "all roles" : fmt::format("roles {}", fmt::join(set.roles, ", "));
            scope +=
                set.organizations.empty() ? "" : fmt::format("; organizations {}", fmt::join(set.organizations, ", "));
            if (set.share < 1) scope += fmt::format("; share {} of the units", number_text(set.share));
            text += fmt::format("| {} | {} | {} to {} | {} | {} | {} |\n", policy.name, set.kind, set.start,
                                set.end == 0 ? "the end" : std::to_string(set.end), odd_cell(scope),
                                set.budget < 0 ? "no limit" : number_text(set.budget),
                                PolicySection::rollouts.at(set.rollout));
        }
        return text;
    }

    std::string concepts() const {
        std::string text = "\n## 4. Design concepts\n\n**Basic principles.** " + principles() + "\n";
        for (const OddConcept& one : odd_concepts(study_.fullest)) {
            const std::string said = one.name == "Stochasticity" ? stochasticity()
                                     : one.name == "Observation" ? observation()
                                                                 : one.text + "\n";
            text += fmt::format("\n**{}.** {}", one.name, said);
        }
        return text;
    }

    std::string principles() const {
        std::string text =
            study_.scenario.play == Play::evolution
                ? "Strategies of public-goods or donation games spread by success."
                : "People give to common pots; what is given is worth more to all together than to the giver.";
        text += " The models of this scenario:\n";
        for (const UsedModel& used : study_.models)
            text += fmt::format("\n- {} `{}` ([{}]): {} ({})", used.kind, used.info.name, used.place, used.info.summary,
                                used.info.source);
        return text + "\n";
    }

    std::string stochasticity() const {
        const auto& streams = study_.streams;
        if (streams.empty()) return "None: nothing is drawn by chance.\n";
        std::string text =
            "Random numbers are a function of what is decided (Philox4x32-10; Salmon et al. 2011), so that regimes, "
            "worlds and design points meet the same luck. Decisions that may use them:\n\n| decides | seed | numbers "
            "|\n|---|---|---|\n";
        for (const OddStream& stream : streams)
            text += fmt::format("| {} | `{}` = {} | {} |\n", odd_cell(stream.decides), stream.seed, seed(stream.seed),
                                stream.shared);
        return text;
    }

    std::uint64_t seed(std::string_view name) const {
        return name == "seed.network"   ? study_.scenario.seeds.network
               : name == "seed.initial" ? study_.scenario.seeds.initial
                                        : study_.scenario.seeds.dynamics;
    }

    std::string observation() const {
        std::string text = "What is recorded of every run:\n\n| variable | by | unit | meaning |\n|---|---|---|---|\n";
        const auto trial = make_trial(study_.fullest);
        for (const Column& column : trial->schema()->columns)
            text += fmt::format("| `{}` | {} | {} | {} |\n", column.name,
                                column.axes.empty() ? "run" : fmt::format("{}", fmt::join(column.axes, ", ")),
                                column.unit == "1" ? "-" : column.unit, odd_cell(column.long_name));
        const auto sections = scenario_sections();
        const auto record = std::ranges::find(sections, "record", &SectionInfo::path);
        const std::string rows = study_.rows(study_.fullest, "record", record->parameters);
        return text + (rows.empty() ? "" : "\nWhat is written, and how often, is said by [record]:\n\n" + rows);
    }

    const OddStudy& study_;
};

}  // namespace

std::string odd_overview(const OddStudy& study) { return Overview(study).text(); }

}  // namespace commonweal
