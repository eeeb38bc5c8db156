#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/sweep/axis.hpp"

namespace commonweal {

/// Which points of the space of the axes a sweep visits. An option that the kind does not use must not be given.
struct DesignOptions {
    enum class Kind : std::uint8_t {
        grid,      ///< all combinations; the last axis changes fastest
        zip,       ///< the first values of all axes, the second ones, ...
        lhs,       ///< a Latin hypercube: each axis cut into as many strata as there are points, each stratum met once
        sobol,     ///< the Sobol sequence, shifted at random
        saltelli,  ///< pairs of points that differ in one axis, for Sobol indices
        morris,    ///< trajectories of one-at-a-time steps, for elementary effects
        table,     ///< points listed in a file
    };
    Kind kind = Kind::grid;
    std::optional<std::uint64_t> points = {};        ///< lhs, sobol: how many; saltelli: base points
    std::optional<std::uint32_t> trajectories = {};  ///< morris
    std::optional<std::uint32_t> levels = {};        ///< morris: even; 4 when not given
    std::optional<bool> second_order = {};           ///< saltelli: also the points for interactions of pairs; false
    std::optional<std::uint64_t> seed = {};  ///< lhs, sobol, saltelli, morris: 0 when not given, which is a seed
    std::optional<std::string> file = {};    ///< table: path of the CSV file
};

/// grid, zip, lhs, ...
std::string_view kind_name(DesignOptions::Kind kind) noexcept;

/// Throws ConfigError(where) for a name that is none, with the nearest one.
DesignOptions::Kind parse_kind(const std::string& name, const std::string& where);

class UnitDesign;

/// The points of a sweep, one value for each axis. A point is computed when it is asked for; only a Latin hypercube
/// and a table hold something for each point.
///
/// Kinds that sample (lhs, sobol, saltelli, morris) place points in the unit cube and take the quantiles of the axes,
/// so that the values of a finite axis are equally likely. Their random numbers are a function of the seed alone, and
/// those of one axis do not depend on how many axes there are. The first points of a longer sobol, saltelli or morris
/// design are those of a shorter one; this does not hold for lhs.
class PointDesign {
public:
    /// Throws ConfigError: at `where` for the options, at the place of an axis for what is wrong with it. A table takes
    /// no axes; its file says them.
    PointDesign(std::vector<Axis> axes, const DesignOptions& options, const std::string& where);

    /// At least 1, at most 2^31 - 1.
    std::size_t size() const noexcept { return size_; }

    /// The values of point i < size(), in the order of the keys.
    std::vector<Value> point(std::size_t i) const;

    /// The keys that vary, in the order of the axes or of the columns of the table.
    const std::vector<std::string>& keys() const noexcept { return keys_; }

    /// Empty for a table.
    const std::vector<Axis>& axes() const noexcept { return axes_; }

    const DesignOptions& options() const noexcept { return options_; }

private:
    std::vector<Axis> axes_;
    DesignOptions options_;
    std::vector<std::string> keys_;
    std::size_t size_ = 1;
    std::shared_ptr<const UnitDesign> unit_;  ///< null for grid, zip and table
    std::vector<Value> cells_;                ///< of a table, [point, key]
};

}  // namespace commonweal
