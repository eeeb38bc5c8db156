#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "sim/app/odd_study.hpp"
#include "sim/app/odd_texts.hpp"
#include "sim/app/publications.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/text_table.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

/// Writes the last three elements, part by part.
class Details {
public:
    explicit Details(const OddStudy& study) : study_(study) {}

    std::string text() const { return initialization() + input_data() + submodels() + experiment() + references(); }

private:
    std::string initialization() const {
        std::string text = "\n## 5. Initialization\n\n";
        if (!study_.networks.empty())
            text += fmt::format("{}: {} (see submodels).\n",
                                counted(study_.scenario.study.instances, "network instance"), network_origins());
        else if (study_.scenario.play == Play::laboratory)
            text += fmt::format("{}: each is a schedule of who meets whom, as [matching] says.\n",
                                counted(study_.scenario.study.instances, "instance"));
        text += fmt::format("Each is played in {}.\n", counted(study_.scenario.study.replicates, "replicate"));
        if (study_.scenario.types.size() > 1) text += "Types are given to agents as the table of types says.\n";
        if (study_.scenario.subjects_play())
            text += fmt::format("People are {}.\n", study_.scenario.subjects->origin());
        if (study_.scenario.play == Play::service)
            text += fmt::format(
                "First beliefs are drawn with mean {} (own organization) and {} (system) and standard deviation {}, as "
                "shares of the endowment, kept within [0, e].\n",
                number_text(study_.scenario.beliefs.first_local), number_text(study_.scenario.beliefs.first_system),
                number_text(study_.scenario.beliefs.spread));
        else if (study_.scenario.play != Play::evolution)
            text +=
                "First contributions follow from the behavior rules (see their equations), or from a column of the "
                "network's table where a type names one.\n";
        return text + "Initialization differs between replicates only where the table of random decisions says so.\n";
    }

    std::string input_data() const {
        std::string text =
            "\n## 6. Input data\n\nThe model uses no input that represents processes which change over time.\n";
        if (study_.inputs.empty()) return text;
        text += "Files that it reads once, at the beginning:\n\n";
        for (const fs::path& input : study_.inputs) text += fmt::format("- `{}`\n", input.filename().string());
        return text;
    }

    std::string submodels() const {
        std::string text = "\n## 7. Submodels\n\n### Payoffs\n\n```\n" + odd_payoffs(study_.scenario) + "\n```\n";
        for (const SectionInfo& section : scenario_sections()) text += section_text(section);
        for (const OddModel& used : study_.models) text += model_text(used);
        return text;
    }

    /// "each is drawn by the generator `watts_strogatz`", and so for every network that a cell has.
    std::string network_origins() const {
        std::vector<std::string> origins;
        for (const OddNetwork& one : study_.networks)
            origins.push_back(fmt::format("{} `{}`", one.random ? "drawn by the generator" : "that of", one.kind));
        return fmt::format("{} {}", origins.size() == 1 ? "each is" : "as the cell says, each is",
                           fmt::join(origins, " or "));
    }

    /// A section of the house with its values. Those about the experiment, and those of types and policies, stand
    /// elsewhere.
    std::string section_text(const SectionInfo& section) const {
        constexpr std::array elsewhere{"",     "session", "agents.<type>", "policy.<name>",
                                       "seed", "record",  "subjects",      "network"};
        if (std::ranges::find(elsewhere, section.path) != elsewhere.end()) return "";
        const bool unused = (section.path == "counterfactual" && !study_.scenario.record.cascade) ||
                            (section.path == "adoption" && !study_.scenario.record.adoption) ||
                            (section.path == "rewiring" && !study_.scenario.ties_change());
        const std::string values =
            unused ? "" : study_.rows(study_.scenario, std::string(section.path), section.parameters);
        return values.empty() ? "" : fmt::format("\n### [{}]\n\n{}.\n\n", section.path, section.meaning) + values;
    }

    std::string model_text(const OddModel& used) const {
        std::string text = fmt::format("\n### {} `{}`, [{}]\n\n{}\n\n```\n{}\n```\n", used.kind, used.info.name,
                                       used.place, used.info.summary, used.info.equation);
        if (!used.who_pays.empty())
            text += fmt::format("\nWho pays: {}. Changes nothing at: {}.\n", used.who_pays, used.at_zero);
        const std::string cells = study_.cells_with(used);
        const std::string values = study_.rows(study_.design.scenario(used.first), used.place, used.info.parameters);
        if (!cells.empty()) text += fmt::format("\n{}.\n", cells);
        text += values.empty() ? "\nIt has no parameters.\n" : "\n" + values;
        return text + fmt::format("\nSource: {}\n", used.info.source);
    }

    std::string experiment() const {
        std::string text = "\n## Experiment\n\n";
        text += fmt::format("{}: {}", counted(study_.design.runs(), "run"),
                            counted(study_.design.points().size(), "design point"));
        if (study_.design.regimes() > 0) text += ", " + counted(study_.design.regimes(), "regime");
        if (study_.design.worlds() > 0) text += ", " + counted(study_.design.worlds(), "world");
        text += fmt::format(", {} with {} each.\n", counted(study_.design.instances(), "network instance"),
                            counted(study_.design.replicates(), "replicate"));
        const auto lines = study_.design.design_lines();
        if (study_.design.cells() > 1) {
            text += "\nWhat varies:\n\n```\n";
            for (const std::string& line : lines) text += line + "\n";
            text += "```\n";
        }
        std::string words = shell_word(study_.options.file);
        for (const std::string& word : study_.options.overrides) words += " " + shell_word(word);
        return text + fmt::format("\nTo compute it: `commonweal {} {}{}`\n",
                                  study_.design.cells() > 1 ? "sweep" : "run", words,
                                  study_.design.cells() > 1 ? " -o results" : " -o results.h5");
    }

    std::string references() const {
        std::vector<Publication> all = publications_in(study_.header.all());
        for (const UsedModel& used : study_.models)
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

    const OddStudy& study_;
};

}  // namespace

std::string odd_details(const OddStudy& study) { return Details(study).text(); }

}  // namespace commonweal
