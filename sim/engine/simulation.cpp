#include "sim/engine/simulation.hpp"

#include <algorithm>

#include "sim/core/elementary.hpp"
#include "sim/core/fixed_point.hpp"

namespace commonweal {

namespace {

/// Above this size the sum of the others is the pot less one's own, in fixed point, instead of a sum over the others.
constexpr AgentId small_group = 16;

template <std::size_t width>
using Row = std::array<float, width>;

/// Where the member in a slot stands in the planes, lane by lane.
template <std::size_t width>
struct Member {
    std::array<std::size_t, width> at;

    Member(const AgentId* slots, bool shared, std::size_t slot) noexcept {
        for (std::size_t lane = 0; lane < width; ++lane)
            at[lane] = std::size_t{shared ? slots[slot] : slots[slot * width + lane]} * width + lane;
    }
};

/// Sums over the other members in slot order, for groups whose lanes share the members.
template <std::size_t width>
void sum_others_shared(const AgentId* group, AgentId size, const float* contributions, float* others_sum) noexcept {
    for (AgentId i = 0; i < size; ++i) {
        Row<width> sum{};
        for (AgentId j = 0; j < size; ++j) {
            if (j == i) continue;
            const float* row = contributions + std::size_t{group[j]} * width;
            for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += row[lane];
        }
        std::copy(sum.begin(), sum.end(), others_sum + std::size_t{group[i]} * width);
    }
}

/// The same when every lane has groups of its own.
template <std::size_t width>
void sum_others_by_lane(const AgentId* slots, std::size_t first, AgentId size, const float* contributions,
                        float* others_sum) noexcept {
    for (AgentId i = 0; i < size; ++i) {
        Row<width> sum{};
        for (AgentId j = 0; j < size; ++j) {
            if (j == i) continue;
            const Member<width> member(slots, false, first + j);
            for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += contributions[member.at[lane]];
        }
        const Member<width> own(slots, false, first + i);
        for (std::size_t lane = 0; lane < width; ++lane) others_sum[own.at[lane]] = sum[lane];
    }
}

/// Large groups: the pot in fixed point, less one's own.
template <std::size_t width>
void sum_others_large(const AgentId* slots, bool shared, std::size_t first, AgentId size, const float* contributions,
                      float* others_sum) noexcept {
    std::array<std::int64_t, width> pot{};
    for (AgentId j = 0; j < size; ++j) {
        const Member<width> member(slots, shared, first + j);
        for (std::size_t lane = 0; lane < width; ++lane) pot[lane] += to_fixed(contributions[member.at[lane]]);
    }
    for (AgentId i = 0; i < size; ++i) {
        const Member<width> own(slots, shared, first + i);
        for (std::size_t lane = 0; lane < width; ++lane)
            others_sum[own.at[lane]] =
                static_cast<float>(from_fixed(pot[lane] - to_fixed(contributions[own.at[lane]])));
    }
}

std::size_t most_draws(const Experiment& experiment) {
    std::size_t draws = experiment.sanction ? experiment.sanction->draws() * (experiment.group_size - 1) : 0;
    for (const auto& type : experiment.types) draws = std::max(draws, type.behavior->draws());
    return draws;
}

std::size_t most_memory(const Experiment& experiment) {
    std::size_t memory = 0;
    for (const auto& type : experiment.types) memory = std::max(memory, type.behavior->memory());
    return memory;
}

}  // namespace

template <std::size_t width>
Simulation<width>::Simulation(const Experiment& experiment, const MeetingPlan& plan, const Replicates& replicates)
    : experiment_(experiment),
      plan_(plan),
      replicates_(replicates),
      size_(std::size_t{experiment.agents()} * width),
      types_(size_),
      own_last_(size_),
      contributions_(size_),
      others_sum_(size_),
      payoffs_(size_),
      given_(size_),
      received_(size_),
      sanctions_(experiment.agents()),
      others_(experiment.agents(), static_cast<float>(experiment.group_size - 1)),
      own_return_(experiment.agents(), experiment.game.mpcr),
      shared_(experiment.matching->shared()) {
    const std::size_t padded = (std::size_t{experiment.agents()} + 3) / 4 * 4 * width;
    for (std::size_t i = 0; i < most_draws(experiment); ++i) words_.emplace_back(padded);
    for (std::size_t i = 0; i < most_memory(experiment); ++i) memory_.emplace_back(size_);
    for (auto& plane : words_) word_planes_.push_back(plane.data());
    for (auto& plane : memory_) memory_planes_.push_back(plane.data());
    if (!shared_) own_slots_.resize(size_);
    if (experiment.subjects)
        subjects_ = experiment.subjects->draw(experiment.randomness, plan.instance(), replicates_, experiment.agents());
    if (experiment.types.size() > 1) draw_types();
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
        bound();
        if (nudge) apply(*nudge, round);
        play();
        sanction(round);
        settle();
        recorder.on_round(
            {round, width, contributions_.data(), payoffs_.data(), given_.data(), received_.data(), slots_, shared_});
    }
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
        slots_ = plan_.slots(round);
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
void Simulation<width>::fill_words(Stream stream, Round round, std::size_t draws) {
    for (std::size_t draw = 0; draw < draws; ++draw)
        experiment_.randomness.template fill<width>(
            {.stream = stream, .draw = static_cast<std::uint32_t>(draw), .round = round, .instance = plan_.instance()},
            replicates_, experiment_.agents(), words_[draw].data());
}

template <std::size_t width>
void Simulation<width>::decide(Round round) {
    own_last_.swap(contributions_);
    std::size_t draws = 0;
    for (const auto& type : experiment_.types) draws = std::max(draws, type.behavior->draws());
    fill_words(Stream::behavior, round, draws);
    for (std::size_t type = 0; type < experiment_.types.size(); ++type)
        experiment_.types[type].behavior->decide(
            BehaviorBlock<width>{.begin = 0,
                                 .end = experiment_.agents(),
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
                                 .words = word_planes_.data(),
                                 .memory = memory_planes_.data(),
                                 .contributions = contributions_.data()});
}

/// Contributions lie in [0, e], and are whole when tokens are.
template <std::size_t width>
void Simulation<width>::bound() {
    const float endowment = experiment_.game.endowment;
    float* const c = contributions_.data();
    for (std::size_t at = 0; at < size_; ++at) {
        const float positive = c[at] > 0.0f ? c[at] : 0.0f;
        c[at] = positive < endowment ? positive : endowment;
    }
    if (!experiment_.whole_tokens) return;
    for (std::size_t at = 0; at < size_; ++at) c[at] = round_half_up(c[at]);
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
    fill_words(Stream::sanction, round, experiment_.sanction->draws() * (experiment_.group_size - 1));
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
