#pragma once

#include <array>
#include <cstdint>

namespace commonweal {

/// Money, as whole millionths of a token: sums of it are exact, whatever their order.
using Micro = std::int64_t;

inline constexpr double micros_per_token = 1e6;
inline constexpr double tokens_per_micro = 1e-6;

/// Largest endowment of an agent [tokens]: its millionths fit 32 bits.
inline constexpr double largest_endowment = 2000;

/// Tokens as money, the fraction of a millionth dropped.
inline Micro micros(double tokens) noexcept { return static_cast<Micro>(tokens * micros_per_token); }

inline double tokens(Micro micros) noexcept { return static_cast<double>(micros) * tokens_per_micro; }

/// The pot of an agent's organization, and the pot of the whole system.
enum class Pot : std::uint8_t { local, system };
inline constexpr std::size_t pots = 2;

/// What an agent puts into both pots [tokens].
struct Split {
    float local, system;
};

/// The nearest point of {c >= 0, s >= 0, c + s <= e}: the Euclidean projection of what an agent would like to give.
inline Split projected(float c, float s, float e) noexcept {
    const float inside_c = c > 0.0f ? c : 0.0f, inside_s = s > 0.0f ? s : 0.0f;
    const float excess = (c + s - e) * 0.5f;
    const float edge_c = c - excess;  // on c + s = e
    const float low = edge_c > 0.0f ? edge_c : 0.0f;
    const float on_edge = low < e ? low : e;
    const bool fits = inside_c + inside_s <= e;
    return {fits ? inside_c : on_edge, fits ? inside_s : e - on_edge};
}

/// The nested game of a service: every agent divides its endowment e between itself, its organization and the system.
///
///     payoff_i = e - c_i - s_i + (r_L / n_k) sum_{j in k} c_j + (r_S / N) sum_j s_j + settlements
///
/// k is the organization of i with n_k members, N counts everybody. 1 < r_L < r_S, r_L < n_k and r_S < N: keeping all
/// pays best for each agent, giving to the system pays best for all (Blackwell & McKee 2003, Journal of Economic
/// Behavior & Organization 52; Buchan et al. 2009, PNAS 106).
struct TwoPots {
    float endowment = 20;  ///< e [tokens]
    double local_enhancement =
        2;  ///< r_L, what a token in the pot of an organization is worth to its members together [-]
    double system_enhancement = 4;  ///< r_S, what a token in the pot of the system is worth to all together [-]
};

/// What a pot pays.
struct Payout {
    Micro each;  ///< to every member
    Micro rest;  ///< what could not be divided: less than a millionth of a token per member
    Micro made;  ///< what the pot is worth beyond what was put in
};

/// A pot of `sum`, worth `enhancement` times as much to its `members` together, in equal parts. members > 0.
inline Payout shared_pot(Micro sum, double enhancement, Micro members) noexcept {
    const auto worth = static_cast<Micro>(enhancement * static_cast<double>(sum));
    const Micro each = worth / members;
    return {each, worth - each * members, worth - sum};
}

}  // namespace commonweal
