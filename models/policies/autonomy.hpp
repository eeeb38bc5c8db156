#pragma once

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Trust more, control less: mandates end for whoever is in scope (see `equation`).
struct Autonomy {
    static constexpr std::string_view name = "autonomy";
    static constexpr std::string_view summary =
        "Trust: mandates that stand before it in the file end in its scope, with their control and its cost.";
    static constexpr std::string_view equation =
        "in scope: minimum = 0, deterrence = 0, bureaucracy = 0, not controlled, no audits\n"
        "What bureaucracy took stays in endowments. Intrinsic motivation comes back at the rate recovery of "
        "[crowding_out].\n"
        "Mandates that stand after it in the file remain.";
    static constexpr std::string_view source =
        "Falk & Kosfeld (2006), American Economic Review 96, 1611-1630 (trust against control).";
    static constexpr std::string_view who_pays = "nobody; the public purse forgoes the fines";
    static constexpr std::string_view at_zero =
        "share = 0; it has no strength of its own, and without a mandate before it, it changes nothing";
    static constexpr PolicyNeeds needs{.before = "mandate"};
    static constexpr unsigned writes = Writes::demands | Writes::controls;

    static auto parameters() { return std::array<Parameter<Autonomy>, 0>{}; }

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; ++at) {
            const float bound = 1.0f - own.mask[at];
            for (std::size_t pot = 0; pot < pots; ++pot) {
                now.minimum[pot][at] *= bound;
                now.deterrence[pot][at] *= bound;
            }
            now.controlled[at] *= bound;
            now.expected_fine[at] *= bound;
            now.overhead[at] = bound > 0.0f ? now.overhead[at] : 0;
            now.released[at] = own.mask[at] > 0.0f ? 1.0f : now.released[at];
        }
    }
};
static_assert(PolicyModel<Autonomy>);

}  // namespace commonweal::models
