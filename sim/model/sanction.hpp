#pragma once

#include <concepts>

#include "sim/model/behavior.hpp"

namespace commonweal {

/// What a group member knows when it decides about another one, after all contributions are seen.
struct SanctionView {
    float endowment;    ///< e [tokens]
    float own;          ///< its own contribution [tokens]
    float target;       ///< the target's contribution [tokens]
    float others_mean;  ///< mean contribution of the punisher's group mates [tokens]
};

/// A sanction rule decides how many points to assign to one other member of the group. `draws` words per target.
/// Points may leave [0, cap]: the engine clips them to what the sanction stage allows.
template <class Rule>
concept SanctionRule =
    Described<Rule> && requires(const Rule rule, const SanctionView& view, const Draws<Rule::draws>& draws) {
        { rule.points(view, draws) } noexcept -> std::same_as<float>;
    };

/// The groups of one round that sanction, in `width` lanes. Every plane is [agent][lane].
template <std::size_t width>
struct SanctionBlock {
    std::size_t begin, end;  ///< slots; groups are `size` consecutive slots
    std::size_t size;        ///< members of a group
    const AgentId* slots;    ///< [slot] when lanes share the groups, else [slot][lane]
    bool shared;
    float endowment;  ///< e [tokens]
    float cap;        ///< most points one member can assign to another [points]
    const float* contributions;
    const float* others_sum;
    const std::uint32_t* const*
        words;        ///< [target * draws + draw] planes; targets in slot order, the punisher left out
    float* given;     ///< points assigned, added to
    float* received;  ///< points received, added to
};

/// A sanction rule behind one virtual call per block of groups.
class Sanction {
public:
    virtual ~Sanction() = default;
    virtual std::size_t draws() const noexcept = 0;
    virtual void assign(const SanctionBlock<1>& block) const noexcept = 0;
    virtual void assign(const SanctionBlock<8>& block) const noexcept = 0;
    virtual void assign(const SanctionBlock<16>& block) const noexcept = 0;
};

}  // namespace commonweal
