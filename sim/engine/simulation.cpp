#include "sim/engine/simulation.hpp"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "sim/core/elementary.hpp"
#include "sim/core/instruction_set.hpp"
#include "sim/engine/decision_parts.hpp"
#include "sim/engine/group_sums.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

namespace {

std::size_t most_draws(const Experiment& experiment) {
    std::size_t draws = 0;
    for (const auto& type : experiment.types) draws = std::max(draws, type.behavior->draws());
    return draws;
}

std::size_t most_memory(const Experiment& experiment) {
    std::size_t memory = 0;
    for (const auto& type : experiment.types) memory = std::max(memory, type.behavior->memory());
    return memory;
}

bool same_bits(const Plane<float>& a, const Plane<float>& b) noexcept {
    return std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

}  // namespace

template <std::size_t width>
Simulation<width>::Simulation(const Experiment& experiment, const MeetingPlan& plan, const Replicates& replicates)
    : experiment_(experiment),
      plan_(plan),
      place_(plan.neighborhoods()),
      replicates_(replicates),
      size_(std::size_t{experiment.agents()} * width),
      types_(size_),
      own_last_(size_),
      contributions_(size_),
      others_sum_(size_),
      payoffs_(size_),
      given_(size_),
      received_(size_),
      draws_(most_draws(experiment)),
      sanctions_(experiment.agents()),
      shared_(place_ || experiment.matching->shared()) {
    const std::size_t padded = (std::size_t{experiment.agents()} + 3) / 4 * 4 * width;
    const std::size_t sanction_draws =
        experiment.any_sanctions() ? experiment.sanction->draws() * (experiment.group_size - 1) : 0;
    for (std::size_t i = 0; i < sanction_draws; ++i) words_.emplace_back(padded);
    for (std::size_t i = 0; i < most_memory(experiment); ++i) memory_.emplace_back(size_);
    for (auto& plane : words_) word_planes_.push_back(plane.data());
    for (auto& plane : memory_) memory_planes_.push_back(plane.data());
    if (!shared_) own_slots_.resize(size_);
    if (place_) {
        others_ = place_->game().others();
        own_return_ = place_->game().own_return();
        scratch_ = Plane<float>(size_ * place_->game().template scratch_planes<width>());
    } else {
        others_.assign(experiment.agents(), static_cast<float>(experiment.group_size - 1));
        own_return_.assign(experiment.agents(), experiment.game.mpcr);
    }
    if (experiment.subjects)
        subjects_ = experiment.subjects->draw(experiment.randomness, plan.instance(), replicates_, experiment.agents());
    if (experiment.types.size() > 1) place_ ? place_types() : draw_types();
}

template <std::size_t width>
void Simulation<width>::place_types() {
    std::vector<std::uint8_t> types;
    for (std::size_t lane = 0; lane < width; ++lane) {
        if (lane == 0 || replicates_[lane] != replicates_[lane - 1])
            types = place_->placement().draw(experiment_.randomness, plan_.instance(), replicates_[lane]);
        for (std::size_t agent = 0; agent < types.size(); ++agent) types_[agent * width + lane] = types[agent];
    }
}

template <std::size_t width>
void Simulation<width>::draw_types() {
    Plane<std::uint32_t> words((std::size_t{experiment_.agents()} + 3) / 4 * 4 * width);
    experiment_.randomness.template fill<width>({.stream = Stream::type, .instance = plan_.instance()}, replicates_,
                                                experiment_.agents(), words.data());
    for (std::size_t at = 0; at < size_; ++at) {
        const float u = uniform_of(words[at]);
        std::uint8_t type = 0;
        while (type + 1u < experiment_.types.size() && u >= experiment_.types[type].up_to) ++type;
        types_[at] = type;
    }
}

template <std::size_t width>
void Simulation<width>::run(Recorder& recorder, Nudge* nudge) {
    if (nudge) nudge->applied.assign(size_, 0.0f);
    begin_ties();
    for (Round round = 1; round <= experiment_.rounds(); ++round) {
        if ((round - 1) % experiment_.condition_rounds == 0) begin_condition();
        for (AgentId session = 0; session < experiment_.sessions; ++session) {
            const bool has = experiment_.sanction &&
                             experiment_.sanctioned[experiment_.condition_of(session, experiment_.game_of(round))];
            std::fill_n(sanctions_.begin() + session * experiment_.session_size, experiment_.session_size,
                        static_cast<std::uint8_t>(has));
        }
        match(round);
        decide(round);
        if (place_ && round == 1) start();
        if (nudge) apply(*nudge, round);
        if (ties_ && round > 1) renew(round);
        play();
        sanction(round);
        settle();
        if (ties_) learn(round);
        recorder.on_round(view(round));
        if (place_ && !ties_ && (!nudge || round > nudge->round[0]) && still(round)) {
            while (++round <= experiment_.rounds()) recorder.on_repeat(view(round));
            return;
        }
    }
}

template <std::size_t width>
RoundView Simulation<width>::view(Round round) const noexcept {
    const bool points = experiment_.any_sanctions();
    return {.round = round,
            .width = width,
            .contributions = contributions_.data(),
            .payoffs = payoffs_.data(),
            .given = points ? given_.data() : nullptr,
            .received = points ? received_.data() : nullptr,
            .slots = slots_,
            .shared = shared_,
            .ties = ties_ ? &tie_view_ : nullptr,
            .sums = place_ ? &sums_ : nullptr};
}

/// Whether all rounds to come are like this one: no rule draws, and neither contributions nor memories of any lane
/// changed since the last round. Payoffs follow from contributions. Rules may take the first two rounds for special.
template <std::size_t width>
bool Simulation<width>::still(Round round) {
    if (round < 3 || draws_ > 0 || !words_.empty() || !same_bits(contributions_, own_last_)) {
        memory_before_.clear();
        return false;
    }
    bool same = !memory_before_.empty() || memory_.empty();
    for (std::size_t slot = 0; slot < memory_before_.size(); ++slot)
        same = same && same_bits(memory_[slot], memory_before_[slot]);
    if (same) return true;
    memory_before_.resize(memory_.size());
    for (std::size_t slot = 0; slot < memory_.size(); ++slot) {
        if (memory_before_[slot].size() == 0) memory_before_[slot] = Plane<float>(size_);
        std::copy_n(memory_[slot].data(), size_, memory_before_[slot].data());
    }
    return false;
}

/// Contributions of round 1 that come from data instead of from the rule.
template <std::size_t width>
void Simulation<width>::start() {
    for (std::size_t type = 0; type < experiment_.types.size(); ++type) {
        const float* const first = place_->start(type);
        if (!first) continue;
        for (std::size_t at = 0; at < size_; ++at)
            if (types_[at] == type) contributions_[at] = first[at / width];
    }
}

/// Every run begins with the network of its instance.
template <std::size_t width>
void Simulation<width>::begin_ties() {
    if (!place_ || !experiment_.network->ties.changes()) return;
    assert(width == 1);
    ties_.emplace(*experiment_.network, *place_, experiment_.randomness,
                  RewiringKey{0, plan_.instance(), replicates_[0]});
    others_ = ties_->game().others();
    own_return_ = ties_->game().own_return();
}

/// The ties of now: agents decided by what they saw on those of the last round.
template <std::size_t width>
void Simulation<width>::renew(Round round) {
    ties_->renew(round);
    others_ = ties_->game().others();
    own_return_ = ties_->game().own_return();
}

template <std::size_t width>
void Simulation<width>::learn(Round round) {
    const double degree = ties_->mean_degree();
    const TieChanges changes = ties_->learn(round, {contributions_.data(), size_});
    tie_view_ = {degree, changes.cut, changes.made};
}

/// A condition begins without a past: nobody has given, seen or received anything yet.
template <std::size_t width>
void Simulation<width>::begin_condition() {
    contributions_.fill(0);
    others_sum_.fill(0);
    received_.fill(0);
    payoffs_.fill(0);
    for (auto& plane : memory_) plane.fill(0);
}

template <std::size_t width>
void Simulation<width>::match(Round round) {
    if (shared_) {
        slots_ = plan_.slots(round);  // nullptr on a network: neighborhoods stay
        return;
    }
    std::vector<AgentId> lane_slots(experiment_.agents());
    for (std::size_t lane = 0; lane < width; ++lane) {
        meet(experiment_, plan_.instance(), replicates_[lane], round, lane_slots);
        for (std::size_t slot = 0; slot < lane_slots.size(); ++slot) own_slots_[slot * width + lane] = lane_slots[slot];
    }
    slots_ = own_slots_.data();
}

template <std::size_t width>
void Simulation<width>::decide(Round round) {
    own_last_.swap(contributions_);
    const auto decide_in = [&](AgentId begin, AgentId end, const std::uint32_t* const* words) {
        for (std::size_t type = 0; type < experiment_.types.size(); ++type)
            experiment_.types[type].behavior->decide(
                BehaviorBlock<width>{.begin = begin,
                                     .end = end,
                                     .round = (round - 1) % experiment_.condition_rounds + 1,
                                     .endowment = experiment_.game.endowment,
                                     .others = others_.data(),
                                     .own_return = own_return_.data(),
                                     .type = static_cast<std::uint8_t>(type),
                                     .types = experiment_.types.size() > 1 ? types_.data() : nullptr,
                                     .sanctions = sanctions_.data(),
                                     .own_last = own_last_.data(),
                                     .others_sum = others_sum_.data(),
                                     .received = received_.data(),
                                     .payoffs = payoffs_.data(),
                                     .pool = subjects_.pool.get(),
                                     .person = subjects_.person.data(),
                                     .words = words,
                                     .memory = memory_planes_.data(),
                                     .contributions = contributions_.data()});
        bound(begin, end);
    };
    decide_in_parts<width>(experiment_.randomness,
                           {.stream = Stream::behavior, .round = round, .instance = plan_.instance()}, replicates_,
                           experiment_.agents(), draws_, decide_in);
}

/// Contributions lie in [0, e], and are whole when tokens are.
template <std::size_t width>
void Simulation<width>::bound(AgentId begin, AgentId end) {
    const float endowment = experiment_.game.endowment;
    const bool whole = experiment_.whole_tokens;
    float* const c = contributions_.data();
    vectorized([&] {
        for (std::size_t at = std::size_t{begin} * width; at < std::size_t{end} * width; ++at) {
            const float positive = c[at] > 0.0f ? c[at] : 0.0f;
            c[at] = positive < endowment ? positive : endowment;
        }
        if (!whole) return;
        for (std::size_t at = std::size_t{begin} * width; at < std::size_t{end} * width; ++at)
            c[at] = round_half_up(c[at]);
    });
}

template <std::size_t width>
void Simulation<width>::apply(Nudge& nudge, Round round) {
    for (AgentId agent = 0; agent < experiment_.agents(); ++agent) {
        if (nudge.round[agent / experiment_.session_size] != round) continue;
        for (std::size_t at = agent * width; at < (agent + 1) * width; ++at) {
            const float moved = contributions_[at] + nudge.amounts[at];
            const bool outside = moved < 0.0f || moved > experiment_.game.endowment;
            nudge.applied[at] = nudge.reverse && outside ? -nudge.amounts[at] : nudge.amounts[at];
            contributions_[at] += nudge.applied[at];
        }
    }
}

template <std::size_t width>
void Simulation<width>::play() {
    if (place_) {
        const NeighborhoodGame& game = ties_ ? ties_->game() : place_->game();
        game.template see<width>(contributions_.data(), others_sum_.data(), scratch_.data());
        const std::size_t blocks = (std::size_t{experiment_.agents()} + agents_per_block - 1) / agents_per_block;
        std::vector<RoundSums> parts(blocks);
        const RoundView now = view(0);
        game.template pay<width>(contributions_.data(), others_sum_.data(), scratch_.data(), payoffs_.data(),
                                 [&](AgentId begin, AgentId end) {
                                     vectorized([&] {
                                         parts[begin / agents_per_block].template add<width>(
                                             now, begin, end, experiment_.game.endowment);
                                     });
                                 });
        sums_ = {};
        for (const RoundSums& part : parts) sums_.join(part);
        return;
    }
    const AgentId size = experiment_.group_size;
    for (std::size_t first = 0; first < experiment_.agents(); first += size) {
        if (size > small_group)
            sum_others_large<width>(slots_, shared_, first, size, contributions_.data(), others_sum_.data());
        else if (shared_)
            sum_others_shared<width>(slots_ + first, size, contributions_.data(), others_sum_.data());
        else
            sum_others_by_lane<width>(slots_, first, size, contributions_.data(), others_sum_.data());
    }
    for (std::size_t at = 0; at < size_; ++at)
        payoffs_[at] = experiment_.game.payoff(contributions_[at], others_sum_[at]);
}

template <std::size_t width>
void Simulation<width>::sanction(Round round) {
    if (!experiment_.any_sanctions()) return;
    given_.fill(0);
    received_.fill(0);
    if (std::find(sanctions_.begin(), sanctions_.end(), 1) == sanctions_.end()) return;
    for (std::size_t draw = 0; draw < words_.size(); ++draw)
        experiment_.randomness.template fill<width>({.stream = Stream::sanction,
                                                     .draw = static_cast<std::uint32_t>(draw),
                                                     .round = round,
                                                     .instance = plan_.instance()},
                                                    replicates_, experiment_.agents(), words_[draw].data());
    for (AgentId session = 0; session < experiment_.sessions; ++session) {
        const std::size_t begin = std::size_t{session} * experiment_.session_size;
        if (!sanctions_[begin]) continue;
        experiment_.sanction->assign(SanctionBlock<width>{.begin = begin,
                                                          .end = begin + experiment_.session_size,
                                                          .size = experiment_.group_size,
                                                          .slots = slots_,
                                                          .shared = shared_,
                                                          .endowment = experiment_.game.endowment,
                                                          .cap = experiment_.stage.cap,
                                                          .contributions = contributions_.data(),
                                                          .others_sum = others_sum_.data(),
                                                          .words = word_planes_.data(),
                                                          .given = given_.data(),
                                                          .received = received_.data()});
    }
}

template <std::size_t width>
void Simulation<width>::settle() {
    if (!experiment_.any_sanctions()) return;
    for (std::size_t at = 0; at < size_; ++at) payoffs_[at] -= experiment_.stage.loss(given_[at], received_[at]);
}

template class Simulation<1>;
template class Simulation<8>;
template class Simulation<16>;

}  // namespace commonweal
