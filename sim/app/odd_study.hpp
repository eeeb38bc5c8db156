#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "sim/app/commands.hpp"
#include "sim/app/odd_texts.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/scenario_models.hpp"
#include "sim/scenario/document.hpp"
#include "sim/sweep/design.hpp"

namespace commonweal {

/// A model, in how many of the cells it is, and in which first.
struct OddModel : UsedModel {
    std::uint32_t first = 0;
    std::size_t cells = 0;
};

/// A network that some cells have: its generator, and whether that draws by chance.
struct OddNetwork {
    std::string kind;
    bool random;
};

/// What an ODD protocol is made of: a scenario or the experiment around it, with all that it names.
struct OddStudy {
    /// Of a scenario file, or of the folder of a sweep. Throws ConfigError for a scenario that is not right, UsageError
    /// for values that would change a sweep.
    explicit OddStudy(const OddOptions& wanted) : OddStudy(wanted, request_of(wanted)) {}

    /// Calls for cells of the design, all or evenly so many, until it returns false.
    template <class Call>
    void cells(const Call& call) const {
        constexpr std::uint32_t most = 512;
        const std::uint32_t step = std::max<std::uint32_t>(1, design.cells() / most);
        for (std::uint32_t cell = 0; cell < design.cells(); cell += step)
            if (!call(cell, design.scenario(cell))) return;
    }

    /// "varies: 1, 250, 500" for a key of which cells have several values, else `one`.
    std::string varied(const std::string& place, std::string_view key, const std::string& one) const;

    /// In which cells a model is: "" for all of them, else "In 4 of 8 cells, first point 2".
    std::string cells_with(const OddModel& model) const;

    /// A table of those parameters of a model or section that a scenario has and that matter; "" without any.
    std::string rows(const Scenario& one, const std::string& place, const std::vector<ParameterInfo>& infos) const;

    OddOptions options;  ///< of a sweep: with the file and the values that it was computed from
    std::string text;
    ScenarioHeader header;
    Design design;
    Scenario scenario;             ///< of the first cell: values are its
    std::vector<OddModel> models;  ///< of all cells, each once
    std::set<std::filesystem::path> inputs;
    std::uint32_t fullest_cell = 0;
    Scenario fullest;                  ///< of the cell with most phases and entities, of which these are told
    std::vector<OddStream> streams;    ///< of all cells
    std::vector<OddNetwork> networks;  ///< of all cells, each kind once

private:
    OddStudy(const OddOptions& wanted, const DesignRequest& request);

    static DesignRequest request_of(const OddOptions& wanted);

    void add_models(std::uint32_t cell, const Scenario& one);

    void add_values(const Scenario& one);

    std::map<std::string, std::vector<std::string>> values_;  ///< of each key: those of all cells, each once
    std::size_t looked_at_ = 0;                               ///< so many cells
};

/// Elements 1 to 4: purpose, entities, schedule, design concepts.
std::string odd_overview(const OddStudy& study);

/// Elements 5 to 7, the experiment, and the references.
std::string odd_details(const OddStudy& study);

/// A text in a cell of a Markdown table.
std::string odd_cell(std::string_view text);

}  // namespace commonweal
