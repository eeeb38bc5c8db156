#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/app/catalog_pages.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/odd_texts.hpp"
#include "sim/app/output.hpp"
#include "sim/app/publications.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/scenario_models.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/version.hpp"
#include "sim/record/durable.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/included.hpp"
#include "sim/scenario/section_list.hpp"
#include "sim/scenario/unused.hpp"
#include "sim/sweep/design.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

/// A text in a cell of a table.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*') escaped += '\\';
        escaped += c == '\n' ? ' ' : c;
    }
    return escaped;
}

/// Writes the protocol of one design, part by part.
class Odd {
public:
    Odd(const OddOptions& options, const fs::path& file)
        : options_(options),
          text_(scenario_text(file)),
          header_(text_),
          design_({.text = text_,
                   .file = fs::absolute(file).lexically_normal(),
                   .here = fs::current_path(),
                   .overrides = options.overrides,
                   .until = {},
                   .max_replicates = 0},
                  models::catalog()),
          scenario_(design_.scenario(0)),
          models_(models_of(design_)),
          resolved_(parse_document(scenario_.resolved, options.file)) {
        inputs_ = design_.check_cells();
        find_fullest();
    }

    std::string text() const {
        return head() + purpose() + entities() + schedule() + concepts() + initialization() + input_data() +
               submodels() + experiment() + references();
    }

private:
    /// Calls for cells of the design, all or evenly so many, until it returns false.
    template <class Call>
    void cells(const Call& call) const {
        constexpr std::uint32_t most = 512;
        const std::uint32_t step = std::max<std::uint32_t>(1, design_.cells() / most);
        for (std::uint32_t cell = 0; cell < design_.cells(); cell += step)
            if (!call(cell, design_.scenario(cell))) return;
    }

    /// The cell in which most happens: phases, entities and random decisions are told of it, so that nothing is left
    /// out.
    void find_fullest() {
        std::size_t largest = 0;
        cells([&](std::uint32_t cell, Scenario scenario) {
            const std::size_t size =
                odd_phases(scenario).size() + odd_streams(scenario).size() + odd_entities(scenario).size();
            if (size > largest) largest = size, fullest_cell_ = cell, fullest_ = std::move(scenario);
            return true;
        });
    }

    /// Says of which cell a part of the text is.
    std::string of_fullest() const {
        return fullest_cell_ == 0
                   ? ""
                   : fmt::format(
                         "What follows is of {}, where most happens; other cells leave out what they do not have.\n\n",
                         design_.name_of(fullest_cell_));
    }

    std::string head() const {
        const std::string title = scenario_.study.title.empty() ? options_.file : scenario_.study.title;
        std::string text = fmt::format("# {}: ODD protocol\n\n", title);
        text += fmt::format(
            "The description follows the ODD (Overview, Design concepts, Details) protocol as updated by Grimm et al. "
            "(2020). It was made by "
            "commonweal {} (commit {}) from `{}`{}; values are those of that scenario.\n",
            program_version(), program_commit(), fs::path(options_.file).filename().string(), changes());
        return text + (design_.cells() > 1 ? fmt::format("The scenario is an experiment of {} cells; values below are "
                                                         "those of the first, and \"Experiment\" tells what varies.\n",
                                                         design_.cells())
                                           : "");
    }

    std::string changes() const {
        if (options_.overrides.empty()) return "";
        std::string text;
        for (const auto& word : options_.overrides) text += fmt::format("{}`{}`", text.empty() ? "" : ", ", word);
        return " with " + text;
    }

    std::string purpose() const {
        std::string text = "\n## 1. Purpose and patterns\n\n";
        const std::string question = header_.said("Question"), expected = header_.said("Expect"),
                          source = header_.sources();
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
        const SessionSection& session = scenario_.session;
        std::string text = "\nScales: ";
        if (scenario_.play == Play::laboratory)
            text += fmt::format(
                        "a run is an experiment of {} sessions with {} agents each, who play {} rounds under each of "
                        "the conditions {}. ",
                        session.sessions, session.agents, session.rounds, fmt::join(session.conditions, ", ")) +
                    (session.conditions.size() > 1
                         ? fmt::format("The order of conditions is {}. ", SessionSection::orders.at(session.order))
                         : "");
        else
            text +=
                fmt::format("a run has {} rounds{}. ", session.rounds, scenario_.generator ? " on one network" : "");
        text += fmt::format(
            "Time goes on in rounds; a round is one play of all games and has no length in calendar time. {}",
            scenario_.generator ? "Space is the network: who is tied to whom. It has no other geometry."
                                : "There is no space.");
        return text + "\n";
    }

    std::string entities() const {
        std::string text = "\n## 2. Entities, state variables, and scales\n\n| entity | state variables |\n|---|---|\n";
        for (const OddEntity& entity : odd_entities(fullest_))
            text += fmt::format("| {} | {} |\n", entity.name, cell(entity.variables));
        text += "\nTypes of agents:\n\n| type | acts by | who |\n|---|---|---|\n";
        for (const AgentType& type : scenario_.types) {
            const std::string rule = type.settings.behavior.empty() ? "strategy " + type.settings.strategy
                                                                    : "behavior rule " + type.settings.behavior;
            text += fmt::format("| {} | {} | {} |\n", type.name, rule, cell(who(type)));
        }
        return text + scales();
    }

    std::string who(const AgentType& type) const {
        if (!type.settings.who.empty()) return fmt::format("by name: {}", fmt::join(type.settings.who, ", "));
        if (!type.settings.where.empty()) return "those with " + type.settings.where;
        if (type.settings.count > 0) {
            constexpr std::array places{"anywhere", "in a cluster", "at the hubs"};
            return fmt::format("exactly {}, {}", type.settings.count,
                               scenario_.generator ? places.at(type.settings.place) : "anywhere");
        }
        return scenario_.types.size() == 1
                   ? "everybody"
                   : fmt::format("share {} of those whom no other rule takes", number_text(type.settings.share));
    }

    std::string schedule() const {
        std::string text = "\n## 3. Process overview and scheduling\n\n" + of_fullest() +
                           "In every round, in this order; no phase reads what it is itself writing:\n\n| | phase | "
                           "what happens | changes |\n|---|---|---|---|\n";
        int number = 0;
        for (const OddPhase& phase : odd_phases(fullest_))
            text += fmt::format("| {} | {} | {} | {} |\n", ++number, phase.name, cell(phase.does), cell(phase.changes));
        if (scenario_.play == Play::evolution)
            text += scenario_.update.order == 1 ? "\nA round is one revision of all agents, who revise at once.\n"
                    : scenario_.update.steps > 0
                        ? fmt::format("\nA round has {} elementary steps.\n", scenario_.update.steps)
                        : "\nA round has as many elementary steps as there are agents (a Monte Carlo step).\n";
        if (!fullest_.policies.empty()) text += policy_schedule();
        return text;
    }

    std::string policy_schedule() const {
        std::string text =
            "\nPolicies act in this order:\n\n| policy | kind | rounds | scope | budget [tokens] | roll-out "
            "|\n|---|---|---|---|---|---|\n";
        for (const ScenarioPolicy& policy : fullest_.policies) {
            const PolicySection& set = policy.settings;
            std::string scope = set.roles.empty() ? "all roles" : fmt::format("roles {}", fmt::join(set.roles, ", "));
            scope +=
                set.organizations.empty() ? "" : fmt::format("; organizations {}", fmt::join(set.organizations, ", "));
            if (set.share < 1) scope += fmt::format("; share {} of the units", number_text(set.share));
            text += fmt::format("| {} | {} | {} to {} | {} | {} | {} |\n", policy.name, set.kind, set.start,
                                set.end == 0 ? "the end" : std::to_string(set.end), cell(scope),
                                set.budget < 0 ? "no limit" : number_text(set.budget),
                                PolicySection::rollouts.at(set.rollout));
        }
        return text;
    }

    std::string concepts() const {
        std::string text = "\n## 4. Design concepts\n\n**Basic principles.** " + principles() + "\n";
        for (const OddConcept& one : odd_concepts(fullest_)) {
            const std::string said = one.name == "Stochasticity" ? stochasticity()
                                     : one.name == "Observation" ? observation()
                                                                 : one.text + "\n";
            text += fmt::format("\n**{}.** {}", one.name, said);
        }
        return text;
    }

    std::string principles() const {
        std::string text =
            scenario_.play == Play::evolution
                ? "Strategies of public-goods or donation games spread by success."
                : "People give to common pots; what is given is worth more to all together than to the giver.";
        text += " The models of this scenario:\n";
        for (const UsedModel& used : models_)
            text += fmt::format("\n- {} `{}` ([{}]): {} ({})", used.kind, used.info.name, used.place, used.info.summary,
                                used.info.source);
        return text + "\n";
    }

    std::string stochasticity() const {
        const auto streams = odd_streams(fullest_);
        if (streams.empty()) return "None: nothing is drawn by chance.\n";
        std::string text =
            "Random numbers are a function of what is decided (Philox4x32-10; Salmon et al. 2011), so that regimes, "
            "worlds and design points meet the same luck. Decisions that may use them:\n\n| decides | seed | numbers "
            "|\n|---|---|---|\n";
        for (const OddStream& stream : streams)
            text += fmt::format("| {} | `{}` = {} | {} |\n", cell(stream.decides), stream.seed, seed(stream.seed),
                                stream.shared);
        return text;
    }

    std::uint64_t seed(std::string_view name) const {
        return name == "seed.network"   ? scenario_.seeds.network
               : name == "seed.initial" ? scenario_.seeds.initial
                                        : scenario_.seeds.dynamics;
    }

    std::string observation() const {
        std::string text = "What is recorded of every run:\n\n| variable | by | unit | meaning |\n|---|---|---|---|\n";
        const auto trial = make_trial(fullest_);
        for (const Column& column : trial->schema()->columns)
            text += fmt::format("| `{}` | {} | {} | {} |\n", column.name,
                                column.axes.empty() ? "run" : fmt::format("{}", fmt::join(column.axes, ", ")),
                                column.unit == "1" ? "-" : column.unit, cell(column.long_name));
        return text;
    }

    std::string initialization() const {
        std::string text = "\n## 5. Initialization\n\n";
        if (scenario_.generator)
            text += fmt::format(
                "{}: each is {} `{}` (see submodels).\n", counted(scenario_.study.instances, "network instance"),
                scenario_.generator->random() ? "drawn by the generator" : "that of", scenario_.network.kind);
        else if (scenario_.play == Play::laboratory)
            text += fmt::format("{}: each is a schedule of who meets whom, as [matching] says.\n",
                                counted(scenario_.study.instances, "instance"));
        text += fmt::format("Each is played in {}.\n", counted(scenario_.study.replicates, "replicate"));
        if (scenario_.types.size() > 1) text += "Types are given to agents as the table of types says.\n";
        if (scenario_.subjects) text += fmt::format("People are {}.\n", scenario_.subjects->origin());
        if (scenario_.play == Play::service)
            text += fmt::format(
                "First beliefs are drawn with mean {} (own organization) and {} (system) and standard deviation {}, as "
                "shares of the endowment, kept within [0, e].\n",
                number_text(scenario_.beliefs.first_local), number_text(scenario_.beliefs.first_system),
                number_text(scenario_.beliefs.spread));
        else if (scenario_.play != Play::evolution)
            text +=
                "First contributions follow from the behavior rules (see their equations), or from a column of the "
                "network's table where a type names one.\n";
        return text + "Initialization differs between replicates only where the table of random decisions says so.\n";
    }

    std::string input_data() const {
        std::string text =
            "\n## 6. Input data\n\nThe model uses no input that represents processes which change over time.\n";
        if (inputs_.empty()) return text;
        text += "Files that it reads once, at the beginning:\n\n";
        for (const fs::path& input : inputs_) text += fmt::format("- `{}`\n", input.filename().string());
        return text;
    }

    std::string submodels() const {
        std::string text = "\n## 7. Submodels\n\n### Payoffs\n\n```\n" + odd_payoffs(scenario_) + "\n```\n";
        for (const SectionInfo& section : scenario_sections()) text += section_text(section);
        for (const UsedModel& used : models_) text += model_text(used);
        return text;
    }

    const Setting* setting(const std::string& place, std::string_view key) const {
        const Table* const table = resolved_.find(place);
        const Entry* const entry = table ? table->find(key) : nullptr;
        return entry ? &entry->setting : nullptr;
    }

    static std::string row(const ParameterInfo& info, const Value& value) {
        return fmt::format("| `{}` | {} | {} | {} | {} |\n", info.name, cell(value_text(value)),
                           cell(value_text(info.preset)), info.unit.empty() ? "-" : cell(info.unit),
                           cell(info.meaning));
    }

    /// Rows of those parameters that the resolved scenario has and that matter.
    std::string rows(const std::vector<ParameterInfo>& infos, const std::string& place) const {
        std::string text;
        for (const ParameterInfo& info : infos) {
            const Setting* const set = setting(place, info.name);
            if (!set || !why_unused(scenario_, place, info.name).empty()) continue;
            text += row(info, set->value);
        }
        return text;
    }

    static std::string table_of(const std::string& rows) {
        return rows.empty() ? "\nIt has no parameters.\n"
                            : "\n| parameter | value | default | unit | meaning |\n|---|---|---|---|---|\n" + rows;
    }

    /// A section of the house with its values. Those about the experiment, and those of types and policies, stand
    /// elsewhere.
    std::string section_text(const SectionInfo& section) const {
        constexpr std::array elsewhere{"",     "session", "agents.<type>", "policy.<name>",
                                       "seed", "record",  "subjects",      "network"};
        if (std::ranges::find(elsewhere, section.path) != elsewhere.end()) return "";
        const bool unused = (section.path == "counterfactual" && !scenario_.record.cascade) ||
                            (section.path == "adoption" && !scenario_.record.adoption) ||
                            (section.path == "rewiring" && !scenario_.ties_change());
        const std::string values = unused ? "" : rows(section.parameters, std::string(section.path));
        return values.empty() ? ""
                              : fmt::format("\n### [{}]\n\n{}.\n", section.path, section.meaning) + table_of(values);
    }

    std::string model_text(const UsedModel& used) const {
        std::string text = fmt::format("\n### {} `{}`, [{}]\n\n{}\n\n```\n{}\n```\n", used.kind, used.info.name,
                                       used.place, used.info.summary, used.info.equation);
        if (!used.who_pays.empty())
            text += fmt::format("\nWho pays: {}. Changes nothing at: {}.\n", used.who_pays, used.at_zero);
        const bool here =
            resolved_.find(used.place) && std::ranges::any_of(models_of(scenario_), [&](const UsedModel& one) {
                return one.place == used.place && one.info.name == used.info.name;
            });
        text += here ? table_of(rows(used.info.parameters, used.place)) : elsewhere_text(used);
        return text + fmt::format("\nSource: {}\n", used.info.source);
    }

    /// A model that the first cell does not have: its values are those of the first cell that has it.
    std::string elsewhere_text(const UsedModel& used) const {
        std::string text;
        cells([&](std::uint32_t cell_number, const Scenario& scenario) {
            const auto here = [&](const UsedModel& one) {
                return one.place == used.place && one.info.name == used.info.name;
            };
            if (std::ranges::none_of(models_of(scenario), here)) return true;
            const Document document = parse_document(scenario.resolved, options_.file);
            std::string rows;
            for (const ParameterInfo& info : used.info.parameters)
                if (const Entry* const entry = document.find(used.place)->find(info.name))
                    rows += row(info, entry->setting.value);
            text = fmt::format("\nIn {}:\n", design_.name_of(cell_number)) + table_of(rows);
            return false;
        });
        return text;
    }

    std::string experiment() const {
        std::string text = "\n## Experiment\n\n";
        text += fmt::format("{}: {}", counted(design_.runs(), "run"), counted(design_.points().size(), "design point"));
        if (design_.regimes() > 0) text += ", " + counted(design_.regimes(), "regime");
        if (design_.worlds() > 0) text += ", " + counted(design_.worlds(), "world");
        text += fmt::format(", {} with {} each.\n", counted(design_.instances(), "network instance"),
                            counted(design_.replicates(), "replicate"));
        const auto lines = design_.design_lines();
        if (design_.cells() > 1) {
            text += "\nWhat varies:\n\n```\n";
            for (const std::string& line : lines) text += line + "\n";
            text += "```\n";
        }
        return text + fmt::format("\nTo compute it: `commonweal {} {}{}`\n", design_.cells() > 1 ? "sweep" : "run",
                                  shell_word(options_.file), design_.cells() > 1 ? " -o results" : " -o results.h5");
    }

    static std::string counted(std::size_t count, std::string_view thing) {
        return fmt::format("{} {}{}", count, thing, count == 1 ? "" : "s");
    }

    std::string references() const {
        std::vector<Publication> all = publications_in(header_.all());
        for (const UsedModel& used : models_)
            for (Publication& publication : publications_in(used.info.source))
                if (std::ranges::find(all, publication) == all.end()) all.push_back(std::move(publication));
        std::vector<std::string> lines{
            "Grimm et al. (2020), Journal of Artificial Societies and Social Simulation 23(2), 7",
            "Salmon, Moraes, Dror & Shaw (2011), SC '11, Parallel random numbers: as easy as 1, 2, 3"};
        for (const Publication& publication : all) lines.push_back(citation_of(publication));
        std::ranges::sort(lines);
        std::string text = "\n## References\n\n";
        for (const std::string& line : lines) text += "- " + line + "\n";
        return text;
    }

    const OddOptions& options_;
    std::string text_;
    ScenarioHeader header_;
    Design design_;
    Scenario scenario_;
    std::vector<UsedModel> models_;
    Document resolved_;
    std::uint32_t fullest_cell_ = 0;
    Scenario fullest_;
    std::set<fs::path> inputs_;
};

}  // namespace

int odd_command(const OddOptions& options) {
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    const std::string text = Odd(options, find_scenario(options.file)).text();
    if (options.output.empty()) {
        print(text);
        return 0;
    }
    write_durably(options.output, text);
    say(fmt::format("the protocol is in {}; read it beside your question: it says what the scenario says, and no more",
                    options.output.string()));
    return 0;
}

}  // namespace commonweal
