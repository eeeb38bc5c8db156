#include <fmt/format.h>

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/remarks.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/text_table.hpp"
#include "sim/sweep/design.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace {

/// What one run is.
std::string run_of(const Scenario& scenario) {
    const std::string rounds = counted(scenario.session.rounds, "round");
    if (scenario.play == Play::laboratory)
        return fmt::format("{} with {} playing {} under {}", counted(scenario.session.sessions, "session"),
                           counted(scenario.session.agents, "agent"), rounds,
                           counted(scenario.session.conditions.size(), "condition"));
    const std::string who = scenario.play == Play::evolution ? "strategies" : "behavior rules";
    if (scenario.generator) return fmt::format("{} with {} on the network {}", rounds, who, scenario.network.kind);
    return fmt::format("{} with {}, {}", rounds, who,
                       scenario.matching_kind() == MatchingKind::well_mixed ? "well mixed" : "in groups that split");
}

/// Files of a network are read when it is made: that of the first cell is made, so that its mistakes are told as well.
void read_network(const Scenario& scenario) {
    if (scenario.generator && !scenario.generator->random()) make_trial(scenario)->place(0);
}

/// The comments that the file opens with, so that question and source stay with the values, and what was changed since.
std::string header_of(std::string_view text, const std::vector<std::string>& overrides) {
    std::string lines(ScenarioHeader::lines(text));
    if (lines.empty()) return "";
    if (!lines.ends_with('\n')) lines += '\n';
    for (std::string word : overrides) {
        std::ranges::replace(word, '\n', ' ');  // a comment ends with its line
        lines += fmt::format("# Changed: {}\n", word);
    }
    return lines;
}

}  // namespace

int check_command(const std::string& file, const std::vector<std::string>& overrides) {
    const auto path = find_scenario(file);
    const Design design({.text = scenario_text(path),
                         .file = path,
                         .more = {},
                         .here = std::filesystem::current_path(),
                         .overrides = overrides,
                         .until = {},
                         .max_replicates = 0},
                        models::catalog());
    const bool reads_files = !design.check_cells().empty();
    const Scenario first = design.scenario(0);
    if (reads_files) read_network(first);
    check_places(design);
    say_remarks(design);
    const std::string cells = design.cells() > 1 ? fmt::format(" in {} cells", design.cells()) : "";
    print(fmt::format("{}: correct; {}{} of {}\n", path.string(), counted(design.runs(), "run"), cells, run_of(first)));
    return 0;
}

int show_command(const std::string& file, const std::vector<std::string>& overrides) {
    const auto path = find_scenario(file);
    const std::string resolved = read_scenario(path, overrides, models::catalog()).resolved;
    print(header_of(scenario_text(path), overrides) + resolved);
    return 0;
}

int schema_command() {
    print(scenario_schema(models::catalog()));
    return 0;
}

}  // namespace commonweal
