#pragma once

#include <cstdint>
#include <vector>

#include "sim/core/draw_sequence.hpp"

namespace commonweal::models {

/// All pairs of a tree whose common superior has one depth, and who are so many steps below it.
struct LinkClass {
    std::uint32_t depth, near, far;  ///< D, min(d_i, d_j), max(d_i, d_j)
    double log_weight;               ///< -D / lambda - x / zeta, x = sqrt(d_i^2 + d_j^2 - 2)
    std::uint64_t left;              ///< pairs not tied yet
};

/// The class with its weight (Dodds, Watts & Sabel 2003); not (near 0, far 1), whose pairs are tied by the tree.
LinkClass link_class(std::uint32_t depth, std::uint32_t near, std::uint32_t far, double lambda, double zeta,
                     std::uint64_t pairs);

/// Draws a class with probability proportional to its weight times its untied pairs. Weights are taken relative to the
/// largest one left, so that they do not all vanish when lambda and zeta are small.
class LinkClassDraw {
public:
    explicit LinkClassDraw(std::vector<LinkClass> classes);

    /// The number of the class. There must be an untied pair.
    std::size_t draw(DrawSequence& draws) const;

    /// One pair of that class is tied now.
    void took_from(std::size_t c);

    const LinkClass& operator[](std::size_t c) const noexcept { return classes_[c]; }

private:
    double mass(std::size_t c) const noexcept { return weight_[c] * static_cast<double>(classes_[c].left); }
    void scale();

    std::vector<LinkClass> classes_;
    std::vector<double> weight_;
};

}  // namespace commonweal::models
