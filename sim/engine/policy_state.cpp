#include "sim/engine/policy_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace commonweal {

namespace {

constexpr Micro without_limit = std::numeric_limits<Micro>::max() / 4;

}  // namespace

template <std::size_t width>
PolicyState<width>::PolicyState(const ServiceDesign& design, const ServicePlace& place, std::size_t policy,
                                std::span<const std::uint32_t, width> replicates, Round turns, Round turn)
    : own_(design.policies[policy]),
      place_(place),
      policy_(policy),
      agents_(place.network().agents()),
      first_(own_.start),
      last_(design.last_round(own_)),
      length_(last_ - first_ + 1),
      turns_(turns),
      turn_(turn),
      mask_(std::size_t{agents_} * width),
      memory_(own_.policy->memory({agents_, place.organizations().organizations(), width})) {
    left_.fill(own_.budget < 0 ? without_limit : micros(own_.budget));
    if (own_.rollout.kind != Rollout::Kind::pilot_and_scale) return;
    const std::size_t pairs = place.pilot(policy).size();
    second_treated_.resize(pairs * width);
    sums_.resize(pairs * 2 * width);
    extended_.assign(width, 0);
    for (std::size_t lane = 0; lane < width; ++lane)
        for (std::size_t pair = 0; pair < pairs; ++pair)
            second_treated_[pair * width + lane] =
                static_cast<std::uint8_t>(design.randomness.word({.stream = Stream::rollout,
                                                                  .draw = own_.key,
                                                                  .round = 1,
                                                                  .instance = place.instance(),
                                                                  .replicate = replicates[lane]},
                                                                 static_cast<AgentId>(pair)) >>
                                          31);
}

/// In churn policies come one after the other, each for `rounds`; a single one is on and off.
template <std::size_t width>
bool PolicyState<width>::in_turn(Round round) const noexcept {
    return (round - first_) / own_.rollout.rounds % std::max<Round>(turns_, 2) == turn_;
}

template <std::size_t width>
bool PolicyState<width>::begin(Round round) {
    const bool churn = own_.rollout.kind == Rollout::Kind::churn;
    if (round < first_ || round > last_ || (churn && !in_turn(round))) {
        since_ = 0;
        if (own_.policy->lasting()) return false;
        ties_.clear();
        detached_.clear();
        return false;
    }
    ++since_;
    if (churn && since_ == 1) {  // each turn is a new beginning
        std::ranges::fill(memory_, 0.0);
        length_ = std::min(own_.rollout.rounds, last_ - round + 1);
    }
    const bool pilot = own_.rollout.kind == Rollout::Kind::pilot_and_scale;
    if (pilot && since_ == own_.rollout.rounds + 1) {
        judge();
        scope_extended();
        scoped_ = true;
    }
    if (!scoped_) pilot ? scope_pilot() : scope_everybody();
    scoped_ = true;
    if (pilot && since_ > own_.rollout.rounds)
        return std::ranges::any_of(extended_, [](std::int32_t extended) { return extended == 1; });
    return true;
}

template <std::size_t width>
void PolicyState<width>::scope_everybody() {
    const auto& scope = place_.scope(policy_);
    everybody_ = std::ranges::find(scope, 0) == scope.end();
    for (AgentId agent = 0; agent < agents_; ++agent)
        std::fill_n(mask_.data() + std::size_t{agent} * width, width, scope[agent] ? 1.0f : 0.0f);
}

template <std::size_t width>
void PolicyState<width>::scope_pilot() {
    const auto& scope = place_.scope(policy_);
    const auto& pairs = place_.pilot(policy_);
    mask_.fill(0);
    for (std::size_t pair = 0; pair < pairs.size(); ++pair)
        for (std::size_t second = 0; second < 2; ++second)
            for (const AgentId agent :
                 place_.organizations().members_of_unit(second ? pairs[pair].second : pairs[pair].first))
                for (std::size_t lane = 0; lane < width; ++lane)
                    mask_[std::size_t{agent} * width + lane] =
                        scope[agent] && second_treated_[pair * width + lane] == second ? 1.0f : 0.0f;
}

template <std::size_t width>
void PolicyState<width>::scope_extended() {
    const auto& scope = place_.scope(policy_);
    for (AgentId agent = 0; agent < agents_; ++agent)
        for (std::size_t lane = 0; lane < width; ++lane)
            mask_[std::size_t{agent} * width + lane] = scope[agent] && extended_[lane] ? 1.0f : 0.0f;
    everybody_ = std::ranges::find(scope, 0) == scope.end() && std::ranges::find(extended_, 0) == extended_.end();
}

template <std::size_t width>
PolicyFrame<width> PolicyState<width>::frame() noexcept {
    return {since_, length_, own_.key, mask_.data(), everybody_, left_, cost_, memory_, ties_, detached_};
}

template <std::size_t width>
void PolicyState<width>::observe(const std::array<const std::int32_t*, pots>& given) {
    if (own_.rollout.kind != Rollout::Kind::pilot_and_scale || since_ == 0 || since_ > own_.rollout.rounds) return;
    const auto& pairs = place_.pilot(policy_);
    for (std::size_t pot = 0; pot < pots; ++pot) {
        if (own_.rollout.outcome == Rollout::Outcome::local && pot == 1) continue;
        if (own_.rollout.outcome == Rollout::Outcome::system && pot == 0) continue;
        for (std::size_t pair = 0; pair < pairs.size(); ++pair)
            for (std::size_t second = 0; second < 2; ++second)
                for (const AgentId agent :
                     place_.organizations().members_of_unit(second ? pairs[pair].second : pairs[pair].first))
                    for (std::size_t lane = 0; lane < width; ++lane) {
                        const bool treated = second_treated_[pair * width + lane] == second;
                        sums_[(pair * 2 + (treated ? 0 : 1)) * width + lane] +=
                            given[pot][std::size_t{agent} * width + lane];
                    }
    }
}

/// One-sided paired t test on the means of the units over the pilot. Equal differences above 0 count as significant.
template <std::size_t width>
void PolicyState<width>::judge() {
    const auto& pairs = place_.pilot(policy_);
    const double k = static_cast<double>(pairs.size());
    for (std::size_t lane = 0; lane < width; ++lane) {
        double sum = 0, squares = 0;
        for (std::size_t pair = 0; pair < pairs.size(); ++pair) {
            const bool second = second_treated_[pair * width + lane];
            const auto members = [&](bool of_second) {
                return static_cast<double>(
                    place_.organizations().members_of_unit(of_second ? pairs[pair].second : pairs[pair].first).size());
            };
            const double treated = tokens(sums_[pair * 2 * width + lane]) / members(second);
            const double control = tokens(sums_[(pair * 2 + 1) * width + lane]) / members(!second);
            sum += treated - control;
            squares += (treated - control) * (treated - control);
        }
        const double mean = sum / k, variance = std::max(0.0, (squares - sum * mean) / (k - 1));
        extended_[lane] = mean > 0 && mean > own_.rollout.critical * std::sqrt(variance / k) ? 1 : 0;
    }
}

template class PolicyState<1>;
template class PolicyState<8>;
template class PolicyState<16>;

}  // namespace commonweal
