#pragma once

#include <array>
#include <span>
#include <vector>

#include "sim/engine/evolution.hpp"
#include "sim/engine/plane.hpp"

namespace commonweal {

/// Two strategies, one of which contributes, on one network instance where agents may have any number of neighbors and
/// members of a group share alike (sim/game/hosted_games.hpp), in 16 replicates; all agents revise together by a
/// pairwise rule. Payoffs are the doubles that HostedGames gives, put together in the same order.
class ShareLanes {
public:
    static constexpr std::size_t width = 16;
    using Replicates = std::array<std::uint32_t, width>;

    /// True when a game on these ties is of this kind.
    static bool fits(const StrategyGame& game, const Layer& ties) noexcept;

    /// `design` and `habitat` must outlive it.
    ShareLanes(const EvolutionDesign& design, const Habitat& habitat, const Replicates& replicates);

    AgentId agents() const noexcept { return ties_.agents(); }
    std::uint64_t steps_made(std::size_t) const noexcept { return agents(); }

    /// Everybody revises once, with the payoffs of the beginning.
    void revise(Round round);

    std::uint64_t having(std::size_t lane, std::size_t strategy) const noexcept {
        return strategy == giver_ ? givers_[lane] : agents() - givers_[lane];
    }
    double mean_payoff(std::size_t lane) const noexcept;
    std::vector<std::uint8_t> strategies(std::size_t lane) const;

private:
    struct Meetings;

    void play();
    void share(AgentId host) noexcept;
    template <class Count>
    void share_counting(AgentId host) noexcept;
    void add_shares(AgentId agent, std::array<double, width>& total) noexcept;
    void revise_part(AgentId begin, AgentId end, const std::uint32_t* words, Round round);
    void meet(AgentId agent, const std::uint32_t* words, const std::uint32_t* accept,
              Meetings& meetings) const noexcept;
    void imitate(Meetings& meetings) noexcept;
    void count_givers();

    const EvolutionDesign& design_;
    const Layer& ties_;
    HostedGames games_;  ///< what does not depend on strategies: shares by number, dues, spans
    std::uint32_t instance_;
    Replicates replicates_;
    std::size_t giver_;                              ///< the strategy that contributes
    Plane<std::uint8_t> giving_, next_;              ///< 1: contributes
    Plane<double> shares_;                           ///< [host][lane], of each member
    Plane<double> payoffs_;                          ///< [agent][lane]
    std::vector<std::array<double, width>> totals_;  ///< [block of agents_per_block][lane], of payoffs
    std::array<std::uint64_t, width> givers_{};      ///< [lane]
};

}  // namespace commonweal
