#pragma once

#include <string>
#include <vector>

#include "sim/record/run_rows.hpp"

namespace commonweal {

/// When a cell has enough replicates: a statement about the mean over runs of one number per run.
struct Criterion {
    enum class Measure : std::uint8_t {
        ci,           ///< half width of the 95 % confidence interval of the mean
        relative_ci,  ///< that, divided by the absolute mean
        se,           ///< standard error of the mean
    };
    std::string text;  ///< "ci(mean_contribution) < 0.01", "ci(late_share[defectors]) < 0.02"
    Measure measure = Measure::ci;
    std::string column;  ///< its number is the mean over all of a run's cells that are not missing ...
    std::string label;   ///< ... or over those with this label; "" is all
    double below = 0;

    /// Throws ConfigError for a column or a label that runs of this schema do not have, and for a column of each
    /// strategy without a label: shares add up to 1, so their mean says nothing.
    void check(const RunSchema& schema) const;

    /// The number of a run.
    double of(const RunRows& rows, std::size_t row) const;

    /// True when `runs` meet the criterion. [instance][replicate]; missing values are left out. The mean is that over
    /// these instances: instances are strata, since more replicates say nothing about other networks. With I instances
    /// of n_i runs and variances s_i^2 the standard error is sqrt(sum s_i^2 / n_i) / I, with sum(n_i - 1) degrees of
    /// freedom of Student's t.
    bool met(const std::vector<std::vector<double>>& runs) const;
};

/// Mean of a column over the cells of one run that are not missing; NaN when all are.
double mean_of_cells(const RunRows& rows, std::size_t column, std::size_t row);

/// Reads "ci(COLUMN) < NUMBER" or "ci(COLUMN[LABEL]) < NUMBER". Throws ConfigError that says what is allowed.
Criterion parse_criterion(const std::string& text);

}  // namespace commonweal
