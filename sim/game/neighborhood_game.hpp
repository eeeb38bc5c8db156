#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <vector>

#include "sim/game/neighbor_sums.hpp"
#include "sim/network/agent_order.hpp"
#include "sim/network/layer.hpp"

namespace commonweal {

/// What tokens bring to agents who play with their neighbors.
struct NeighborhoodRules {
    enum class Kind : std::uint8_t { public_goods, donation };
    enum class Hosts : std::uint8_t { all, focal };

    Kind kind = Kind::public_goods;
    Hosts hosts = Hosts::all;     ///< whose games an agent plays: its own and those of its neighbors, or its own
    double endowment = 20;        ///< e [tokens]
    double mpcr = 0.4;            ///< what each member gets per token in a pot [-] ...
    double enhancement = 3;       ///< ... or r, shared by all members [-] ...
    bool by_enhancement = false;  ///< ... when this is set
    double cost = 1;              ///< of giving the whole endowment to one neighbor, in a donation game [tokens]
    double benefit = 2;           ///< what that brings the neighbor [tokens]
    bool average = false;         ///< payoffs of all games are averaged instead of added
    bool per_individual = false;  ///< an agent divides its contribution among its games instead of giving it to each
    bool weighted = false;        ///< the weight of a tie scales what its agents give to, and see of, each other
};

/// The linear game of agents with their neighbors. Agent i has k_i neighbors j and ties of weight w_ij (1 when ties do
/// not count by weight), and W_i = sum_j w_ij; S_i = sum_j w_ij c_j is what it sees the others give.
///
/// Public goods. Agent g hosts a game with k_g + 1 members; per token in the pot each member gets a_g = MPCR, or
/// r / (k_g + 1).
///     focal hosts:   pi_i = e - c_i + a_i (c_i + S_i)
///     all hosts:     pi_i = e - s_i (1 + W_i) c_i + sum over g = i and its neighbors of a_g pot_g,
///                    pot_g = s_g c_g + sum_j s_j w_gj c_j
///     s_i = 1 when contributions are per game, 1 / (1 + W_i) per individual. average: all but e divided by k_i + 1.
/// Donation. Tokens c are the share c / e of the act.
///     pi_i = e - (c_i / e) cost W_i + (benefit / e) S_i.  average: all but e divided by k_i.
/// An agent without neighbors plays its own game alone, and has nobody to donate to.
class NeighborhoodGame {
public:
    /// The rows must outlive the game.
    NeighborhoodGame(const NeighborhoodRules& rules, const NeighborRows& rows);

    /// From now on see() and pay() copy what agents give into this order, add up there, and copy back. No value
    /// changes. Pays where rows of neighbors lie far apart otherwise, in planes of one lane, of many, or both.
    void add_up_in(AgentOrder order, OrderedRows rows, bool in_one_lane, bool in_many);

    /// Rows of planes that one round reads because of ties, per end of a tie; and that an order copies, per agent.
    int reads() const noexcept { return has_pots() ? 2 : 1; }
    int copies() const noexcept { return has_pots() ? 3 : 2; }

    AgentId agents() const noexcept { return rows_.agents(); }
    const NeighborRows& rows() const noexcept { return rows_; }

    const std::vector<float>& others() const noexcept { return others_; }  ///< [agent], W_i [-]

    /// [agent]: 1 + d pi_i / d c_i, what a token that it gives brings back to itself [-].
    const std::vector<float>& own_return() const noexcept { return own_return_; }

    /// No payoff, and nothing that an agent sees, is larger while contributions lie in [0, e] [tokens].
    double largest() const noexcept { return largest_; }

    /// True when neighbors' pots pay an agent too.
    bool has_pots() const noexcept;

    /// Planes of scratch that see() and pay() need.
    template <std::size_t width>
    std::size_t scratch_planes() const noexcept {
        return (has_pots() ? 1 : 0) + (ordered<width>() ? 2 : 0);
    }

    /// Called with parts [begin, end) of the agents while what was written of them is in the cache; by several threads
    /// where the network is large, never for two parts of one block of agents_per_block.
    using AfterPart = std::function<void(AgentId begin, AgentId end)>;

    /// One round is see(), then pay(): others_sum = S and payoffs, from contributions. `scratch` is scratch_planes()
    /// planes one after the other, that pay() gets as see() left them. Planes are [agent][lane]. Sums run in the order
    /// own, then neighbors; lanes never touch each other, and neither the width nor the number of threads changes a
    /// bit. Large networks are walked in parallel.
    template <std::size_t width>
    void see(const float* contributions, float* others_sum, float* scratch) const;
    template <std::size_t width>
    void pay(const float* contributions, const float* others_sum, float* scratch, float* payoffs,
             const AfterPart& after = {}) const;

private:
    struct Range {
        AgentId begin, end;
    };
    template <std::size_t width, class Formula>
    static void each_cell(Range range, const Formula& formula) noexcept;
    template <std::size_t width, class Pass>
    void each_range(const Pass& pass) const;
    template <std::size_t width>
    void see_range(Range range, const float* contributions, float* others_sum, float* paid) const noexcept;
    template <std::size_t width>
    void pay_range(Range range, const float* contributions, const float* others_sum, const float* paid,
                   float* payoffs) const noexcept;
    template <std::size_t width>
    void pay_pots(Range range, const float* contributions, float* payoffs) const noexcept;

    template <std::size_t width>
    bool ordered() const noexcept {
        return width == 1 ? in_one_lane_ : in_many_;
    }
    /// Copies rows of lanes: row i of `to` is row from_row[i] of `from`, for i in a range.
    template <std::size_t width>
    static void collect(Range range, const std::vector<AgentId>& from_row, const float* from, float* to) noexcept;

    float weight(std::uint64_t end) const noexcept { return rows_.weights.empty() ? 1.0f : rows_.weights[end]; }
    void add_agent(AgentId agent, double seen);

    NeighborhoodRules rules_;
    NeighborRows rows_;
    NeighborSums sums_;
    std::vector<float> others_, own_return_;
    std::vector<float> part_;     ///< [agent], s_i [-]
    std::vector<float> divided_;  ///< [end of a tie], s_j w_ij of its target, when contributions are divided [-]
    std::vector<float> share_;    ///< [agent], a_i [-]
    std::vector<float> spent_;    ///< [agent], what a token given costs [-]
    std::vector<float> scale_;    ///< [agent], 1, or 1 / games when payoffs are averaged [-]
    double largest_ = 0;

    bool in_one_lane_ = false, in_many_ = false;  ///< whether planes of so many lanes are added up in the order
    AgentOrder order_;
    OrderedRows ordered_rows_;
    std::unique_ptr<const NeighborhoodGame> moved_;  ///< the same game among agents who stand in that order
};

}  // namespace commonweal
