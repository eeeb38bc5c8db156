#include "sim/engine/service_simulation.hpp"

#include <algorithm>
#include <cassert>
#include <limits>

#include "sim/core/elementary.hpp"
#include "sim/engine/decision_parts.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

namespace {

/// Draws of the rule for the pot of the system come after those for the local pot.
constexpr std::uint32_t system_draws = max_draws / 2;

std::size_t most_draws(const ServiceDesign& design) {
    std::size_t draws = 0;
    for (const auto& type : design.types) draws = std::max(draws, type.behavior->draws());
    return draws;
}

std::size_t most_memory(const ServiceDesign& design) {
    std::size_t memory = 0;
    for (const auto& type : design.types) memory = std::max(memory, type.behavior->memory());
    return memory;
}

template <std::size_t width>
void add(std::array<Micro, width>& sum, const std::array<Micro, width>& more) {
    for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += more[lane];
}

}  // namespace

template <std::size_t width>
ServiceSimulation<width>::ServiceSimulation(const ServiceDesign& design, const ServicePlace& place,
                                            const Replicates& replicates)
    : design_(design),
      place_(place),
      replicates_(replicates),
      agents_(place.network().agents()),
      size_(std::size_t{agents_} * width),
      ground_(place.ground()),
      types_(size_),
      endowment_(size_),
      usual_endowment_(size_),
      overhead_(size_),
      endowment_tokens_(size_),
      paid_(size_),
      controlled_(size_),
      expected_fine_(size_),
      released_(size_),
      crowding_out_(size_),
      no_points_(size_),
      payoff_(size_),
      all_payoff_(size_),
      all_local_(size_),
      all_system_(size_),
      draws_(most_draws(design)),
      ones_(agents_, 1.0f),
      no_stage_(agents_, 0) {
    assert(width == 1 || !design.changes_structure());
    const Organizations& organizations = place.organizations();
    const std::uint32_t count = organizations.organizations();
    membership_.members.resize(count);
    for (AgentId agent = 0; agent < agents_; ++agent) {
        membership_.organization.push_back(organizations.organization(agent));
        membership_.unit.push_back(organizations.unit(agent));
        ++membership_.members[organizations.organization(agent)];
    }
    for (std::size_t pot = 0; pot < pots; ++pot) {
        for (auto* planes : {&contribution_, &own_last_, &proposal_, &belief_, &seen_, &returns_, &usual_returns_,
                             &match_, &minimum_, &deterrence_})
            (*planes)[pot] = Plane<float>(size_);
        given_[pot] = Plane<std::int32_t>(size_);
        for (std::size_t slot = 0; slot < most_memory(design); ++slot) memory_[pot].emplace_back(size_);
    }
    local_total_.resize(count);
    local_added_.resize(count);
    local_worth_.assign(count * width, 1.0);
    system_worth_.assign(width, 1.0);
    draw_types();
    draw_endowments();
    draw_beliefs();
    begin_policies();
}

template <std::size_t width>
void ServiceSimulation<width>::draw_types() {
    if (design_.types.size() == 1) return;
    std::vector<std::uint8_t> types;
    for (std::size_t lane = 0; lane < width; ++lane) {
        if (lane == 0 || replicates_[lane] != replicates_[lane - 1])
            types = place_.placement().draw(design_.randomness, place_.instance(), replicates_[lane]);
        for (std::size_t agent = 0; agent < agents_; ++agent) types_[agent * width + lane] = types[agent];
    }
}

template <std::size_t width>
void ServiceSimulation<width>::draw_endowments() {
    std::vector<std::int32_t> of_type;
    for (const ServiceType& type : design_.types)
        of_type.push_back(static_cast<std::int32_t>(micros(design_.game.endowment * type.endowment)));
    for (std::size_t at = 0; at < size_; ++at) {
        usual_endowment_[at] = endowment_[at] = of_type[types_[at]];
        endowment_tokens_[at] = static_cast<float>(tokens(endowment_[at]));
    }
}

template <std::size_t width>
void ServiceSimulation<width>::draw_beliefs() {
    Plane<std::uint32_t> words((std::size_t{agents_} + 3) / 4 * 4 * width);
    for (std::size_t pot = 0; pot < pots; ++pot) {
        design_.randomness.template fill<width>(
            {.stream = Stream::belief, .draw = static_cast<std::uint32_t>(pot), .instance = place_.instance()},
            replicates_, agents_, words.data());
        for (std::size_t at = 0; at < size_; ++at) {
            const float share = design_.beliefs.first[pot] + design_.beliefs.spread * normal_of(words[at]);
            belief_[pot][at] = design_.game.endowment * std::clamp(share, 0.0f, 1.0f);
        }
    }
}

template <std::size_t width>
void ServiceSimulation<width>::begin_policies() {
    Round turns = 0, turn = 0;
    for (const PolicyInForce& own : design_.policies) turns += own.rollout.kind == Rollout::Kind::churn;
    for (std::size_t i = 0; i < design_.policies.size(); ++i) {
        const PolicyInForce& own = design_.policies[i];
        policies_.emplace_back(design_, place_, i, std::span<const std::uint32_t, width>(replicates_), turns, turn);
        turn += own.rollout.kind == Rollout::Kind::churn;
        writes_ |= own.policy->writes();
        leads_ = leads_ || own.policy->leads();
    }
    controls_ = writes_ & Writes::controls;
}

/// m without policies: r_L / n of the agent's organization, and r_S / N.
template <std::size_t width>
void ServiceSimulation<width>::renew_returns() {
    if (returns_version_ == membership_.version) return;
    returns_version_ = membership_.version;
    const auto system = static_cast<float>(design_.game.system_enhancement / agents_);
    for (AgentId agent = 0; agent < agents_; ++agent) {
        const auto local =
            static_cast<float>(design_.game.local_enhancement / membership_.members[membership_.organization[agent]]);
        std::fill_n(usual_returns_[0].data() + std::size_t{agent} * width, width, local);
        std::fill_n(usual_returns_[1].data() + std::size_t{agent} * width, width, system);
    }
    for (std::size_t pot = 0; pot < pots; ++pot) std::copy_n(usual_returns_[pot].data(), size_, returns_[pot].data());
}

template <std::size_t width>
std::vector<ServiceTrace> ServiceSimulation<width>::run(std::size_t count) {
    for (Round round = 1; round <= design_.rounds; ++round) {
        round_ = round;
        act(round);
        decide(round);
        if (leads_) lead(round);
        put_in_pots();
        each_policy(Phase::contribute);
        play();
        settle();
        observe();
        learn();
        change_people(round);
        record(round);
    }
    std::vector<ServiceTrace> traces(count);
    finish(traces);
    return traces;
}

template <std::size_t width>
ServiceRound<width> ServiceSimulation<width>::view() noexcept {
    const auto both = [](auto& planes) { return std::array{planes[0].data(), planes[1].data()}; };
    return {.round = round_,
            .rounds = design_.rounds,
            .ground = ground_,
            .game = design_.game,
            .randomness = design_.randomness,
            .instance = place_.instance(),
            .replicates = replicates_,
            .agents = agents_,
            .membership = membership_,
            .endowment = endowment_.data(),
            .usual_endowment = usual_endowment_.data(),
            .belief = both(belief_),
            .seen = both(seen_),
            .contribution = {contribution_[0].data(), contribution_[1].data()},
            .given = {given_[0].data(), given_[1].data()},
            .local_total = local_total_,
            .system_total = system_total_,
            .local_added = local_added_,
            .system_added = system_added_,
            .local_worth = local_worth_,
            .system_worth = system_worth_.data(),
            .payoff = payoff_.data(),
            .returns = both(returns_),
            .match = both(match_),
            .minimum = both(minimum_),
            .deterrence = both(deterrence_),
            .controlled = controlled_.data(),
            .overhead = overhead_.data(),
            .expected_fine = expected_fine_.data(),
            .released = released_.data(),
            .books = books_};
}

template <std::size_t width>
void ServiceSimulation<width>::each_policy(Phase phase) {
    if (in_force_.empty()) return;
    ServiceRound<width> now = view();
    for (const std::size_t i : in_force_) {
        PolicyFrame<width> own = policies_[i].frame();
        design_.policies[i].policy->play(phase, now, own);
    }
}

/// Everything that policies may write is as it is without them, then they act in their order.
template <std::size_t width>
void ServiceSimulation<width>::act(Round round) {
    for (LaneMoney& account : books_) account.fill(0);
    for (LaneMoney& added : local_added_) added.fill(0);
    system_added_.fill(0);
    const unsigned changing = Writes::endowments | Writes::controls;
    if (writes_ & changing) std::copy_n(usual_endowment_.data(), size_, endowment_.data());
    if (writes_ & Writes::worth) {
        std::ranges::fill(local_worth_, 1.0);
        std::ranges::fill(system_worth_, 1.0);
    }
    if (controls_) {
        controlled_.fill(0);
        expected_fine_.fill(0);
        released_.fill(0);
        overhead_.fill(0);
    }
    for (std::size_t pot = 0; pot < pots; ++pot) {
        if (writes_ & Writes::incentives) {
            std::copy_n(usual_returns_[pot].data(), size_, returns_[pot].data());
            match_[pot].fill(0);
        }
        if (writes_ & Writes::demands) {
            minimum_[pot].fill(0);
            deterrence_[pot].fill(0);
        }
    }
    renew_returns();
    in_force_.clear();
    for (std::size_t i = 0; i < policies_.size(); ++i)
        if (policies_[i].begin(round)) in_force_.push_back(i);
    each_policy(Phase::act);
    if (controls_) charge_overhead();
    if (writes_ & changing)
        for (std::size_t at = 0; at < size_; ++at) endowment_tokens_[at] = static_cast<float>(tokens(endowment_[at]));
    extra_ties_ =
        std::ranges::any_of(policies_, [](const auto& own) { return !own.ties().empty() || !own.detached().empty(); });
    if (controls_) suffer_control();
}

/// Bureaucracy comes out of endowments and brings nobody anything.
template <std::size_t width>
void ServiceSimulation<width>::charge_overhead() {
    LaneMoney used{};
    for (std::size_t at = 0; at < size_; at += width)
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::int32_t asked = overhead_[at + lane], there = endowment_[at + lane];
            const std::int32_t paid = asked < there ? asked : there;
            endowment_[at + lane] = there - paid;
            used[lane] += paid;
        }
    add(books_[static_cast<std::size_t>(Account::endowments)], used);
    add(books_[static_cast<std::size_t>(Account::waste)], used);
}

/// Crowding out: control takes chi of the motivation, at once or in proportion to the expected fine; without control
/// the loss fades by the share rho per round, and so it does where a policy of trust has ended control.
template <std::size_t width>
void ServiceSimulation<width>::suffer_control() {
    const CrowdingOut& model = design_.crowding_out;
    for (std::size_t at = 0; at < size_; ++at) {
        const float amount =
            model.kind == CrowdingOut::Kind::categorical ? controlled_[at] : expected_fine_[at] * controlled_[at];
        const float lost = model.strength * amount;
        const bool held = controlled_[at] > 0.0f && released_[at] == 0.0f;
        const float faded = crowding_out_[at] * (1.0f - model.recovery);
        const float kept = held ? crowding_out_[at] : faded;
        crowding_out_[at] = held && lost > kept ? lost : kept;
    }
}

template <std::size_t width>
void ServiceSimulation<width>::decide(Round round) {
    if (leads_)
        for (std::size_t pot = 0; pot < pots; ++pot) {
            memory_before_[pot].clear();
            for (const auto& plane : memory_[pot]) {
                memory_before_[pot].emplace_back(size_);
                std::copy_n(plane.data(), size_, memory_before_[pot].back().data());
            }
        }
    for (std::size_t pot = 0; pot < pots; ++pot) own_last_[pot].swap(contribution_[pot]);
    propose(round);
    project();
}

template <std::size_t width>
void ServiceSimulation<width>::propose(Round round) {
    for (std::size_t pot = 0; pot < pots; ++pot) {
        const IncentivePlanes planes{pot == 1,
                                     endowment_tokens_.data(),
                                     returns_[pot].data(),
                                     match_[pot].data(),
                                     crowding_out_.data(),
                                     minimum_[pot].data(),
                                     deterrence_[pot].data()};
        std::vector<float*> memory;
        for (auto& plane : memory_[pot]) memory.push_back(plane.data());
        const auto decide_in = [&](AgentId begin, AgentId end, const std::uint32_t* const* words) {
            for (std::size_t type = 0; type < design_.types.size(); ++type)
                design_.types[type].behavior->decide(
                    BehaviorBlock<width>{.begin = begin,
                                         .end = end,
                                         .round = round,
                                         .endowment = design_.game.endowment,
                                         .others = ones_.data(),
                                         .own_return = ones_.data(),
                                         .type = static_cast<std::uint8_t>(type),
                                         .types = design_.types.size() > 1 ? types_.data() : nullptr,
                                         .sanctions = no_stage_.data(),
                                         .own_last = own_last_[pot].data(),
                                         .others_sum = belief_[pot].data(),
                                         .received = no_points_.data(),
                                         .payoffs = paid_.data(),
                                         .pool = nullptr,
                                         .person = nullptr,
                                         .words = words,
                                         .memory = memory.data(),
                                         .contributions = proposal_[pot].data(),
                                         .incentives = &planes});
        };
        decide_in_parts<width>(
            design_.randomness,
            {.stream = Stream::behavior, .draw = pot ? system_draws : 0, .round = round, .instance = place_.instance()},
            replicates_, agents_, draws_, decide_in);
    }
}

/// What is proposed becomes what is given: the nearest pair that the endowment allows, in whole micro-tokens.
template <std::size_t width>
void ServiceSimulation<width>::project() {
    const float* const c = proposal_[0].data();
    const float* const s = proposal_[1].data();
    each_block(agents_, [&](AgentId begin, AgentId end) {
        for (std::size_t at = std::size_t{begin} * width; at < std::size_t{end} * width; ++at) {
            const Split split = projected(c[at], s[at], endowment_tokens_[at]);
            const auto local = static_cast<std::int32_t>(split.local * static_cast<float>(micros_per_token));
            const auto system = static_cast<std::int32_t>(split.system * static_cast<float>(micros_per_token));
            const std::int32_t fits = local < endowment_[at] ? local : endowment_[at];
            const std::int32_t rest = endowment_[at] - fits;
            contribution_[0][at] = split.local;
            contribution_[1][at] = split.system;
            given_[0][at] = fits;
            given_[1][at] = system < rest ? system : rest;
        }
    });
}

/// Leaders gave; others see it and decide again with the same draws. Whose belief did not move decides the same again.
template <std::size_t width>
void ServiceSimulation<width>::lead(Round round) {
    each_policy(Phase::lead);
    for (std::size_t pot = 0; pot < pots; ++pot)
        for (std::size_t slot = 0; slot < memory_[pot].size(); ++slot)
            std::copy_n(memory_before_[pot][slot].data(), size_, memory_[pot][slot].data());
    propose(round);
    project();
}

template <std::size_t width>
void ServiceSimulation<width>::put_in_pots() {
    for (LaneMoney& total : local_total_) total.fill(0);
    LaneMoney system{};
    for (AgentId agent = 0; agent < agents_; ++agent) {
        LaneMoney& local = local_total_[membership_.organization[agent]];
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = std::size_t{agent} * width + lane;
            local[lane] += given_[0][at];
            system[lane] += given_[1][at];
        }
    }
    system_total_ = system;
}

/// Pots pay; what was added from outside is in them too. A factor on what a pot pays is part of its return.
template <std::size_t width>
void ServiceSimulation<width>::play() {
    LaneMoney& returns = books_[static_cast<std::size_t>(Account::returns)];
    LaneMoney& rounding = books_[static_cast<std::size_t>(Account::rounding)];
    std::vector<LaneMoney> each(local_total_.size());
    LaneMoney of_system;
    const auto pay = [&](Micro sum, double enhancement, Micro members, std::size_t lane) {
        const Payout payout = shared_pot(sum, enhancement, members);
        returns[lane] += payout.made;
        rounding[lane] += payout.rest;
        return payout.each;
    };
    for (std::size_t k = 0; k < each.size(); ++k)
        for (std::size_t lane = 0; lane < width; ++lane)
            each[k][lane] = membership_.members[k] == 0
                                ? 0
                                : pay(local_total_[k][lane] + local_added_[k][lane],
                                      design_.game.local_enhancement * local_worth_[k * width + lane],
                                      membership_.members[k], lane);
    for (std::size_t lane = 0; lane < width; ++lane)
        of_system[lane] = pay(system_total_[lane] + system_added_[lane],
                              design_.game.system_enhancement * system_worth_[lane], agents_, lane);
    LaneMoney held{};
    for (AgentId agent = 0; agent < agents_; ++agent) {
        const LaneMoney& local = each[membership_.organization[agent]];
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = std::size_t{agent} * width + lane;
            held[lane] += endowment_[at];
            payoff_[at] = Micro{endowment_[at]} - given_[0][at] - given_[1][at] + local[lane] + of_system[lane];
        }
    }
    add(books_[static_cast<std::size_t>(Account::endowments)], held);
}

template <std::size_t width>
void ServiceSimulation<width>::settle() {
    each_policy(Phase::settle);
    LaneMoney& all = books_[static_cast<std::size_t>(Account::payoffs)];
    LaneMoney sum{};
    for (std::size_t at = 0; at < size_; at += width)
        for (std::size_t lane = 0; lane < width; ++lane) {
            sum[lane] += payoff_[at + lane];
            all_payoff_[at + lane] += payoff_[at + lane];
            all_local_[at + lane] += given_[0][at + lane];
            all_system_[at + lane] += given_[1][at + lane];
        }
    all = sum;
    for (std::size_t at = 0; at < size_; ++at)
        paid_[at] = static_cast<float>(payoff_[at]) * static_cast<float>(tokens_per_micro);
}

/// Mean contribution of those whom an agent sees; without any it sees what it expects.
template <std::size_t width>
void ServiceSimulation<width>::see_network(std::size_t pot) {
    const Layer& ties = ground_.ties;
    const float* const c = contribution_[pot].data();
    float* const seen = seen_[pot].data();
    const float* const belief = belief_[pot].data();
    each_block(agents_, [&](AgentId begin, AgentId end) {
        for (AgentId agent = begin; agent < end; ++agent) {
            std::array<float, width> sum{};
            for (const AgentId other : ties.neighbors(agent))
                for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += c[std::size_t{other} * width + lane];
            const std::uint32_t degree = ties.degree(agent);
            const float part = degree ? 1.0f / static_cast<float>(degree) : 0.0f;
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = std::size_t{agent} * width + lane;
                seen[at] = degree ? sum[lane] * part : belief[at];
            }
        }
    });
}

/// The same with ties of policies, and without those who left theirs.
template <std::size_t width>
void ServiceSimulation<width>::see_extra(std::size_t pot) {
    const Layer& ties = ground_.ties;
    const float* const c = contribution_[pot].data();
    float* const seen = seen_[pot].data();
    const auto away = [&](AgentId agent) { return !detached_.empty() && detached_[agent]; };
    std::vector<std::uint32_t> degree(agents_, 0);
    for (AgentId agent = 0; agent < agents_; ++agent) {
        std::array<float, width> sum{};
        if (!away(agent))
            for (const AgentId other : ties.neighbors(agent)) {
                if (away(other)) continue;
                ++degree[agent];
                for (std::size_t lane = 0; lane < width; ++lane) sum[lane] += c[std::size_t{other} * width + lane];
            }
        std::copy_n(sum.data(), width, seen + std::size_t{agent} * width);
    }
    for (const PolicyState<width>& own : policies_)
        for (const Tie& tie : own.ties())
            for (const auto& [from, to] : {std::pair(tie.a, tie.b), std::pair(tie.b, tie.a)}) {
                ++degree[to];
                for (std::size_t lane = 0; lane < width; ++lane)
                    seen[std::size_t{to} * width + lane] += c[std::size_t{from} * width + lane];
            }
    for (AgentId agent = 0; agent < agents_; ++agent) {
        const float part = degree[agent] ? 1.0f / static_cast<float>(degree[agent]) : 0.0f;
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::size_t at = std::size_t{agent} * width + lane;
            seen[at] = degree[agent] ? seen[at] * part : belief_[pot][at];
        }
    }
}

template <std::size_t width>
void ServiceSimulation<width>::observe() {
    if (extra_ties_) {
        detached_.clear();
        for (const PolicyState<width>& own : policies_) {
            if (own.detached().empty()) continue;
            detached_.resize(agents_, 0);
            for (AgentId agent = 0; agent < agents_; ++agent) detached_[agent] |= own.detached()[agent];
        }
    }
    for (std::size_t pot = 0; pot < pots; ++pot) extra_ties_ ? see_extra(pot) : see_network(pot);
    each_policy(Phase::inform);
}

template <std::size_t width>
void ServiceSimulation<width>::learn() {
    const float weight = design_.beliefs.weight;
    for (std::size_t pot = 0; pot < pots; ++pot)
        for (std::size_t at = 0; at < size_; ++at) belief_[pot][at] += weight * (seen_[pot][at] - belief_[pot][at]);
    each_policy(Phase::learn);
}

template <std::size_t width>
void ServiceSimulation<width>::change_people(Round round) {
    if (design_.turnover.rate > 0) replace(round);
    if (design_.turnover.every && round % design_.turnover.every == 0) reorganize(round);
}

/// Newcomers take the place and the endowment of those who leave, and know nothing of the service.
template <std::size_t width>
void ServiceSimulation<width>::replace(Round round) {
    std::array<Plane<std::uint32_t>, 3> words;
    for (std::size_t draw = 0; draw < words.size(); ++draw) {
        words[draw] = Plane<std::uint32_t>((std::size_t{agents_} + 3) / 4 * 4 * width);
        design_.randomness.template fill<width>({.stream = Stream::turnover,
                                                 .draw = static_cast<std::uint32_t>(draw),
                                                 .round = round,
                                                 .instance = place_.instance()},
                                                replicates_, agents_, words[draw].data());
    }
    for (std::size_t at = 0; at < size_; ++at) {
        if (!(uniform_of(words[2][at]) < design_.turnover.rate)) continue;
        crowding_out_[at] = 0;
        for (std::size_t pot = 0; pot < pots; ++pot) {
            const float share = design_.beliefs.first[pot] + design_.beliefs.spread * normal_of(words[pot][at]);
            belief_[pot][at] = design_.game.endowment * std::clamp(share, 0.0f, 1.0f);
            for (auto& plane : memory_[pot]) plane[at] = 0;
        }
    }
}

/// A share of the staff of each role changes places, in pairs drawn at random for each run.
template <std::size_t width>
void ServiceSimulation<width>::reorganize(Round round) {
    for (std::size_t lane = 0; lane < width; ++lane)
        for (const Role role : {Role::frontline, Role::manager, Role::leader}) {
            std::vector<AgentId> staff;
            for (AgentId agent = 0; agent < agents_; ++agent)
                if (ground_.organizations.role(agent) == role) staff.push_back(agent);
            const std::uint32_t count =
                static_cast<std::uint32_t>(design_.turnover.reorganized * static_cast<double>(staff.size()) / 2) * 2;
            const auto word = [&](std::uint32_t i) {
                return design_.randomness.word({.stream = Stream::turnover,
                                                .draw = 3 + static_cast<std::uint32_t>(role),
                                                .round = round,
                                                .instance = place_.instance(),
                                                .replicate = replicates_[lane]},
                                               i);
            };
            for (std::uint32_t i = 0; i < count; ++i)
                std::swap(staff[i], staff[i + below_of(word(i), static_cast<std::uint32_t>(staff.size()) - i)]);
            for (std::uint32_t i = 0; i + 1 < count; i += 2) exchange(staff[i], staff[i + 1], lane);
        }
    for (std::size_t at = 0; at < size_; ++at) {
        endowment_[at] = usual_endowment_[at];
        endowment_tokens_[at] = static_cast<float>(tokens(endowment_[at]));
    }
}

template <std::size_t width>
void ServiceSimulation<width>::exchange(AgentId one, AgentId other, std::size_t lane) {
    const std::size_t a = std::size_t{one} * width + lane, b = std::size_t{other} * width + lane;
    std::swap(types_[a], types_[b]);
    std::swap(usual_endowment_[a], usual_endowment_[b]);
    std::swap(crowding_out_[a], crowding_out_[b]);
    for (std::size_t pot = 0; pot < pots; ++pot) {
        std::swap(belief_[pot][a], belief_[pot][b]);
        for (auto& plane : memory_[pot]) std::swap(plane[a], plane[b]);
    }
}

template <std::size_t width>
void ServiceSimulation<width>::record(Round) {
    payoff_sum_.push_back(books_[static_cast<std::size_t>(Account::payoffs)]);
    system_sum_.push_back(system_total_);
    LaneMoney local{}, cost{};
    for (const LaneMoney& total : local_total_) add(local, total);
    const auto& of = [&](Account account) -> const LaneMoney& { return books_[static_cast<std::size_t>(account)]; };
    for (std::size_t lane = 0; lane < width; ++lane) {
        cost[lane] = of(Account::subsidies)[lane] - of(Account::fines)[lane];
        const Micro in = of(Account::endowments)[lane] + of(Account::returns)[lane] + of(Account::subsidies)[lane];
        const Micro out = of(Account::fines)[lane] + of(Account::waste)[lane] + of(Account::rounding)[lane] +
                          of(Account::payoffs)[lane];
        const Micro gap = in > out ? in - out : out - in;
        gap_[lane] = std::max(gap_[lane], gap);
    }
    local_sum_.push_back(local);
    cost_sum_.push_back(cost);
    for (std::size_t account = 0; account < accounts; ++account) add(all_books_[account], books_[account]);
    for (PolicyState<width>& own : policies_) own.observe({given_[0].data(), given_[1].data()});
    if (!design_.keep_agents) return;
    kept_[0].insert(kept_[0].end(), paid_.data(), paid_.data() + size_);
    for (std::size_t pot = 0; pot < pots; ++pot)
        kept_[1 + pot].insert(kept_[1 + pot].end(), contribution_[pot].data(), contribution_[pot].data() + size_);
}

template <std::size_t width>
void ServiceSimulation<width>::finish(std::vector<ServiceTrace>& traces) const {
    const Organizations& all = ground_.organizations;
    const double people = agents_, rounds = design_.rounds;
    const std::size_t late = (design_.rounds + 3) / 4;
    const auto mean = [](const std::vector<double>& values, std::size_t last) {
        double sum = 0;
        for (std::size_t i = values.size() - last; i < values.size(); ++i) sum += values[i];
        return sum / static_cast<double>(last);
    };
    for (std::size_t lane = 0; lane < traces.size(); ++lane) {
        ServiceTrace& trace = traces[lane];
        const auto per_agent = [&](const std::vector<LaneMoney>& sums, std::vector<double>& means) {
            for (const LaneMoney& sum : sums) means.push_back(tokens(sum[lane]) / people);
        };
        per_agent(payoff_sum_, trace.payoff);
        per_agent(local_sum_, trace.local);
        per_agent(system_sum_, trace.system);
        per_agent(cost_sum_, trace.round_cost);
        trace.welfare = mean(trace.payoff, trace.payoff.size());
        trace.local_mean = mean(trace.local, trace.local.size());
        trace.system_mean = mean(trace.system, trace.system.size());
        trace.late_system = mean(trace.system, late);
        trace.public_cost = mean(trace.round_cost, trace.round_cost.size());
        for (const PolicyState<width>& own : policies_) {
            trace.policy_cost.push_back(tokens(own.cost()[lane]) / people / rounds);
            trace.extended.push_back(own.extended(lane));
        }
        const std::array planes{&all_payoff_, &all_local_, &all_system_};
        for (std::size_t what = 0; what < planes.size(); ++what) {
            std::vector<Micro> of_organization(all.organizations()), of_role(role_names.size());
            std::vector<double> in_organization(all.organizations()), in_role(role_names.size());
            for (AgentId agent = 0; agent < agents_; ++agent) {
                const Micro sum = (*planes[what])[std::size_t{agent} * width + lane];
                const auto role = static_cast<std::size_t>(all.role(agent));
                of_organization[all.organization(agent)] += sum;
                ++in_organization[all.organization(agent)];
                of_role[role] += sum;
                ++in_role[role];
            }
            for (std::size_t k = 0; k < of_organization.size(); ++k)
                trace.organization[what].push_back(tokens(of_organization[k]) / in_organization[k] / rounds);
            for (std::size_t r = 0; r < of_role.size(); ++r)
                trace.role[what].push_back(in_role[r] > 0 ? tokens(of_role[r]) / in_role[r] / rounds
                                                          : std::numeric_limits<double>::quiet_NaN());
        }
        std::vector<Micro> payoffs(agents_);
        for (AgentId agent = 0; agent < agents_; ++agent)
            payoffs[agent] = all_payoff_[std::size_t{agent} * width + lane];
        trace.gini = gini_of(payoffs);
        for (std::size_t account = 0; account < accounts; ++account) trace.books[account] = all_books_[account][lane];
        trace.gap = gap_[lane];
        for (std::size_t what = 0; what < kept_.size(); ++what)
            for (std::size_t at = lane; at < kept_[what].size(); at += width)
                trace.agents[what].push_back(kept_[what][at]);
        if (design_.keep_agents)
            for (AgentId agent = 0; agent < agents_; ++agent)
                trace.types.push_back(types_[std::size_t{agent} * width + lane]);
    }
}

template class ServiceSimulation<1>;
template class ServiceSimulation<8>;
template class ServiceSimulation<16>;

}  // namespace commonweal
