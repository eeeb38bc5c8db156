#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "sim/record/results_file.hpp"
#include "sim/scenario/study_document.hpp"
#include "sim/sweep/criterion.hpp"
#include "sim/sweep/point_design.hpp"

namespace commonweal {

/// What a person asks a sweep for: enough to make the same design again anywhere.
struct DesignRequest {
    std::string text;                    ///< of the scenario file
    std::filesystem::path file;          ///< its absolute path
    std::vector<std::string> more;       ///< files whose regimes and worlds are in the text, as the command names them
    std::filesystem::path here;          ///< the folder that the command was given in
    std::vector<std::string> overrides;  ///< key=value and key=several values
    std::vector<std::string> until;      ///< criteria; all must be met
    std::uint32_t max_replicates = 0;    ///< with `until`
};

/// A place in a design.
struct RunId {
    std::uint32_t cell, instance, replicate;
    bool operator==(const RunId&) const = default;
};

/// Replicates that are computed and judged together.
inline constexpr std::uint32_t block_size = 16;

/// All runs of a sweep. A cell is a design point under a regime in a world; every cell has the same instances and
/// replicates. Runs are numbered replicate by replicate in blocks of `block_size`, so that the first ones are a
/// balanced sample: block, then instance, then cell, then replicate within the block.
class Design {
public:
    /// Throws ConfigError for anything that is not exactly right.
    Design(DesignRequest request, const Catalog& catalog);

    const DesignRequest& request() const noexcept { return request_; }
    const PointDesign& points() const noexcept { return points_; }
    std::size_t regimes() const noexcept { return study_.regimes.size(); }  ///< 0 without any
    std::size_t worlds() const noexcept { return study_.worlds.size(); }    ///< 0 without any
    std::uint32_t instances() const noexcept { return instances_; }
    std::uint32_t replicates() const noexcept { return replicates_; }  ///< of a cell's instance; with `until` at most
    const std::vector<Criterion>& until() const noexcept { return until_; }

    std::uint32_t cells() const noexcept { return cells_; }
    std::uint32_t runs() const noexcept { return runs_; }

    /// Blocks of replicates, and the runs of one block, instance and cell, which are consecutive.
    std::uint32_t blocks() const noexcept { return (replicates_ + block_size - 1) / block_size; }
    std::uint32_t first_run(std::uint32_t block, std::uint32_t instance, std::uint32_t cell) const noexcept;
    std::uint32_t block_runs(std::uint32_t block) const noexcept;

    RunId id(std::uint32_t run) const noexcept;
    std::uint32_t run(const RunId& id) const noexcept;

    std::uint32_t point_of(std::uint32_t cell) const noexcept;
    const Variant* regime_of(std::uint32_t cell) const noexcept;  ///< null when there are none
    const Variant* world_of(std::uint32_t cell) const noexcept;   ///< null when there are none

    /// "point 3 (game.mpcr = 0.4), regime punishment": for messages.
    std::string name_of(std::uint32_t cell) const;

    /// `more`: settings besides those of the cell. Throws ConfigError.
    Scenario scenario(std::uint32_t cell, const std::vector<Setting>& more = {}) const;

    /// Builds the scenarios of all cells, of very many only every so many, so that mistakes are told before anything is
    /// computed. Returns the data files that they read, as absolute paths. Throws ConfigError that names the cell.
    std::set<std::filesystem::path> check_cells() const;

    /// What a cell is made of: equal ones have equal keys in every design with the same base. A key does not depend on
    /// what else the design has; the second of two equal points has another key than the first.
    std::vector<std::string> cell_keys() const;

    /// All that defines the design, one line each, for comparison: the base, and what varies.
    std::vector<std::string> base_lines() const;
    std::vector<std::string> design_lines() const;

    /// What varies, for the results file: names, kinds, and the values of a cell in that order.
    std::vector<Varying> varying() const;
    void add_values(std::uint32_t cell, Ledger& ledger) const;

    /// The design as the results file tells it.
    std::string json() const;

    const std::string& title() const noexcept { return title_; }

private:
    std::vector<Setting> settings(std::uint32_t cell) const;

    DesignRequest request_;
    Catalog catalog_;
    StudyDocument study_;
    PointDesign points_;
    std::vector<Criterion> until_;
    std::vector<Varying::Kind> kinds_;  ///< [key]
    std::string title_;
    std::uint32_t instances_ = 1, replicates_ = 1, cells_ = 1, runs_ = 1;
};

}  // namespace commonweal
