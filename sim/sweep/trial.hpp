#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "sim/record/run_rows.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// A scenario whose runs can be computed, in any order and from any thread. Runs are pure functions of the scenario,
/// the instance and the replicate.
class Trial {
public:
    /// Where the runs of one network instance take place.
    class Place {
    public:
        virtual ~Place() = default;
        std::string network;  ///< digest of the network, "" without
    };

    virtual ~Trial() = default;

    /// The arrays that every run leaves behind.
    const std::shared_ptr<const RunSchema>& schema() const noexcept { return schema_; }

    /// Throws ConfigError when the network of this instance cannot be played on.
    virtual std::unique_ptr<const Place> place(std::uint32_t instance) const = 0;

    /// Runs with these replicates, which ascend. `lanes`: computed together, 1, 8, 16 or 64; 0: chosen. Values do not
    /// depend on it.
    virtual RunRows play(const Place& place, std::span<const std::uint32_t> replicates, std::size_t lanes) const = 0;

protected:
    std::shared_ptr<const RunSchema> schema_;
};

/// Throws ConfigError when the scenario cannot be played.
std::unique_ptr<const Trial> make_trial(Scenario scenario);

}  // namespace commonweal
