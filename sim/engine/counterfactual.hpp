#pragma once

#include <vector>

#include "sim/engine/experiment.hpp"

namespace commonweal {

/// How twin runs are made.
struct TwinDesign {
    float nudge = 1;            ///< tokens that the source gives more
    Round round = 1;            ///< round of the condition in which it does
    bool reverse = false;       ///< a source that would leave [0, e] is nudged the other way
    std::uint32_t sources = 0;  ///< on a network, so many agents are sources; 0: all
};

/// Causal effect of one person's change on all others, in one run. Sums over sources; all sessions, all their members.
/// An effect is (contribution in the nudged twin - contribution in the other) / tokens that the source gave more.
struct CascadeTable {
    std::uint32_t conditions = 0;
    Round lags = 0;             ///< lag k = 1 .. lags is at index k - 1
    std::uint32_t degrees = 0;  ///< degree of separation d = 1 .. degrees is at index d - 1
    double sources = 0;         ///< sources per condition

    std::vector<double>
        effect;  ///< [condition, degree, lag], summed over sources and the people at that degree at that lag
    std::vector<double> people;  ///< [condition, degree, lag], how many people that were
    std::vector<double> gain;    ///< [condition, lag], summed over sources and all others
    std::vector<double> own;     ///< [condition, lag], summed over sources: the source's own later contributions

    CascadeTable(std::uint32_t conditions, Round lags, std::uint32_t degrees);
    std::size_t cell(std::uint32_t condition, std::uint32_t degree, Round lag) const noexcept {
        return (std::size_t{condition} * degrees + degree - 1) * lags + lag - 1;
    }

    /// 1 + mean over sources of what all people, the source included, give more in all later rounds together.
    double multiplier(std::uint32_t condition) const noexcept;
};

/// Degrees of separation from a source along time-respecting paths (Holme & Saramaki 2012): the source's group of the
/// nudged round is at degree 1; whoever later shares a group with somebody at degree d, at the latest by then, is at
/// degree d + 1 at most. The source itself passes nothing on after the nudged round. 0 marks people not reached.
///
/// groups: [round, member] group numbers of one session, from the nudged round on.
/// Returns [lag, member], lag = 1 .. rounds: the degree at the end of that many rounds, so that the contribution `lag`
/// rounds after the nudge can depend on it.
std::vector<std::uint32_t> degrees_of_separation(const std::vector<std::vector<AgentId>>& groups, AgentId source);

/// Twin runs of one run; on a network network_cascade(). In a laboratory every member of every session is a source once
/// under every condition, with the same random numbers. A batch nudges one member of each session in each lane, since
/// sessions do not touch each other.
CascadeTable cascade(const Experiment& experiment, const MeetingPlan& plan, std::uint32_t replicate,
                     const TwinDesign& design);

/// Number of lags of the table: rounds of a condition that follow the nudged one.
Round cascade_lags(const Experiment& experiment, const TwinDesign& design);

/// Degrees kept in the table: no more than can be reached in so many lags, and no more than ten.
std::uint32_t cascade_degrees(const Experiment& experiment, const TwinDesign& design);

}  // namespace commonweal
