#include "sim/sweep/unit_design.hpp"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/draw_sequence.hpp"
#include "sim/core/elementary.hpp"
#include "sim/core/randomness.hpp"
#include "sim/sweep/sobol_sequence.hpp"

namespace commonweal {

namespace {

/// What a random number of a design decides; the round of its key is the axis or the trajectory. Append, never
/// renumber.
enum class Decision : std::uint32_t { strata = 0, place = 1, shift = 2, start = 3, order = 4 };

DrawKey key_of(Decision decision, std::size_t round) {
    return {.stream = Stream::design, .draw = static_cast<std::uint32_t>(decision), .round = static_cast<Round>(round)};
}

Randomness randomness_of(std::uint64_t seed) {
    return Randomness({.network = seed, .initial = seed, .dynamics = seed});
}

/// The numbers from 0 in random order (Fisher & Yates 1938).
void shuffle(const Randomness& randomness, const DrawKey& key, std::span<std::uint32_t> order) {
    std::iota(order.begin(), order.end(), 0u);
    DrawSequence draws(randomness, key);
    for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[draws.below(left)]);
}

class LatinHypercube final : public UnitDesign {
public:
    LatinHypercube(std::uint32_t points, std::size_t axes, std::uint64_t seed)
        : randomness_(randomness_of(seed)), points_(points), strata_(points * axes) {
        for (std::size_t axis = 0; axis < axes; ++axis)
            shuffle(randomness_, key_of(Decision::strata, axis), std::span(strata_).subspan(axis * points, points));
    }

    std::size_t size() const noexcept override { return points_; }

    void point(std::size_t i, std::span<double> coordinates) const override {
        for (std::size_t axis = 0; axis < coordinates.size(); ++axis) {
            const std::uint32_t word = randomness_.word(key_of(Decision::place, axis), static_cast<AgentId>(i));
            const double place = (static_cast<double>(word >> 12) + 0.5) * 0x1p-20;
            coordinates[axis] = (strata_[axis * points_ + i] + place) / static_cast<double>(points_);
        }
    }

private:
    Randomness randomness_;
    std::size_t points_;
    std::vector<std::uint32_t> strata_;  ///< [axis, point]
};

class ShiftedSobol final : public UnitDesign {
public:
    ShiftedSobol(std::uint32_t points, std::size_t axes, std::uint64_t seed) : sequence_(axes), points_(points) {
        const Randomness randomness = randomness_of(seed);
        for (std::size_t axis = 0; axis < axes; ++axis)
            shifts_.push_back(randomness.word(key_of(Decision::shift, axis), 0));
    }

    std::size_t size() const noexcept override { return points_; }

    void point(std::size_t i, std::span<double> coordinates) const override {
        for (std::size_t axis = 0; axis < coordinates.size(); ++axis) coordinates[axis] = coordinate(i, axis);
    }

    double coordinate(std::size_t i, std::size_t axis) const noexcept {
        const std::uint32_t word = sequence_.word(static_cast<std::uint32_t>(i), axis) ^ shifts_[axis];
        return (static_cast<double>(word) + 0.5) * 0x1p-32;
    }

private:
    SobolSequence sequence_;
    std::size_t points_;
    std::vector<std::uint32_t> shifts_;  ///< [axis]
};

class Saltelli final : public UnitDesign {
public:
    Saltelli(std::uint32_t base_points, std::size_t axes, bool second_order, std::uint64_t seed)
        : pairs_(base_points, 2 * axes, seed), axes_(axes), rows_(second_order ? 2 * axes + 2 : axes + 2) {}

    std::size_t size() const noexcept override { return pairs_.size() * rows_; }

    void point(std::size_t i, std::span<double> coordinates) const override {
        const std::size_t pair = i / rows_, row = i % rows_;
        const bool mostly_b = row > axes_;  // rows 0..k are of A; those after it, with B itself as the last, are of B
        const std::size_t exchanged = mostly_b ? row - axes_ - 1 : row - 1;
        for (std::size_t axis = 0; axis < axes_; ++axis) {
            const bool from_b = mostly_b != (axis == exchanged && row != 0 && row + 1 != rows_);
            coordinates[axis] = pairs_.coordinate(pair, from_b ? axes_ + axis : axis);
        }
    }

private:
    ShiftedSobol pairs_;
    std::size_t axes_, rows_;
};

class Morris final : public UnitDesign {
public:
    Morris(std::uint32_t trajectories, std::uint32_t levels, std::size_t axes, std::uint64_t seed)
        : randomness_(randomness_of(seed)), trajectories_(trajectories), levels_(levels), axes_(axes) {}

    std::size_t size() const noexcept override { return trajectories_ * (axes_ + 1); }

    void point(std::size_t i, std::span<double> coordinates) const override {
        const std::size_t trajectory = i / (axes_ + 1), steps = i % (axes_ + 1);
        std::vector<std::uint32_t> order(axes_);
        shuffle(randomness_, key_of(Decision::order, trajectory), order);
        const std::uint32_t half = levels_ / 2;
        for (std::size_t step = 0; step < axes_; ++step) {
            const std::uint32_t axis = order[step];
            const std::uint32_t word = randomness_.word(key_of(Decision::start, trajectory), axis);
            const std::uint32_t lower = below_of(word << 1, half);
            const bool upwards = word >> 31 != 0, changed = step < steps;
            const std::uint32_t level = lower + (upwards == changed ? half : 0);
            coordinates[axis] = static_cast<double>(level) / static_cast<double>(levels_ - 1);
        }
    }

private:
    Randomness randomness_;
    std::size_t trajectories_;
    std::uint32_t levels_;
    std::size_t axes_;
};

}  // namespace

std::shared_ptr<const UnitDesign> latin_hypercube(std::uint32_t points, std::size_t axes, std::uint64_t seed) {
    return std::make_shared<LatinHypercube>(points, axes, seed);
}

std::shared_ptr<const UnitDesign> shifted_sobol(std::uint32_t points, std::size_t axes, std::uint64_t seed) {
    return std::make_shared<ShiftedSobol>(points, axes, seed);
}

std::shared_ptr<const UnitDesign> saltelli(std::uint32_t base_points, std::size_t axes, bool second_order,
                                           std::uint64_t seed) {
    return std::make_shared<Saltelli>(base_points, axes, second_order, seed);
}

std::shared_ptr<const UnitDesign> morris(std::uint32_t trajectories, std::uint32_t levels, std::size_t axes,
                                         std::uint64_t seed) {
    return std::make_shared<Morris>(trajectories, levels, axes, seed);
}

}  // namespace commonweal
