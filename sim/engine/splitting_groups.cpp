#include "sim/engine/splitting_groups.hpp"

#include <algorithm>
#include <numeric>

#include "sim/core/draw_sequence.hpp"
#include "sim/engine/evolution_record.hpp"

namespace commonweal {

namespace {

/// Members of one group by strategy.
using Members = std::vector<std::uint32_t>;

std::uint32_t size_of(const Members& members) {
    return std::accumulate(members.begin(), members.end(), std::uint32_t{0});
}

/// The strategy of the member at a place from 0.
std::size_t at(const Members& members, std::uint64_t place) {
    std::size_t strategy = 0;
    while (place >= members[strategy]) place -= members[strategy++];
    return strategy;
}

class SplittingGroups {
public:
    SplittingGroups(const EvolutionDesign& design, const std::vector<std::uint8_t>& start)
        : design_(design),
          groups_(design.groups, Members(design.game.strategies())),
          having_(design.game.strategies()) {
        for (std::size_t agent = 0; agent < start.size(); ++agent) {
            ++groups_[agent / design.group_size][start[agent]];
            ++having_[start[agent]];
        }
        weights_.resize(groups_.size() * having_.size());
        for (std::size_t group = 0; group < groups_.size(); ++group) weigh(group);
    }

    std::uint64_t having(std::size_t strategy) const noexcept { return having_[strategy]; }
    std::uint64_t total() const noexcept { return std::accumulate(having_.begin(), having_.end(), std::uint64_t{0}); }

    /// Strategies of the agents, group after group, then the free places as 255.
    std::vector<std::uint8_t> strategy() const {
        std::vector<std::uint8_t> all;
        for (const Members& members : groups_) {
            const std::size_t end = all.size() + design_.group_size;
            for (std::size_t s = 0; s < members.size(); ++s)
                all.insert(all.end(), members[s], static_cast<std::uint8_t>(s));
            all.resize(end, 255);
        }
        return all;
    }

    double mean_payoff() const {
        double sum = 0;
        for (const Members& members : groups_)
            for (std::size_t s = 0; s < members.size(); ++s)
                if (members[s]) sum += members[s] * payoff(members, s);
        return sum / static_cast<double>(total());
    }

    double fund_cost() const noexcept { return 0; }  ///< donations have no fund

    bool uniform() const noexcept { return std::ranges::count(having_, std::uint64_t{0}) + 1 == std::ssize(having_); }
    std::size_t first_strategy() const noexcept {
        return static_cast<std::size_t>(std::ranges::find_if(having_, [](auto n) { return n > 0; }) - having_.begin());
    }

    void step(DrawSequence& draws) {
        const auto [home, parent] = draw_parent(draws.uniform());
        std::size_t strategy = parent;
        if (design_.mutation > 0 && draws.uniform() < design_.mutation) strategy = draws.below(having_.size());
        std::size_t group = home;
        if (design_.migration > 0 && groups_.size() > 1 && draws.uniform() < design_.migration)
            group = another(home, draws);
        ++groups_[group][strategy];
        ++having_[strategy];
        if (size_of(groups_[group]) > design_.group_size) {
            if (groups_.size() > 1 && draws.uniform() < design_.split)
                split(group, draws);
            else
                die(group, draws);
        }
        weigh(group);
    }

private:
    double payoff(const Members& members, std::size_t strategy) const {
        const std::uint32_t size = size_of(members);
        if (size < 2) return 0;
        return design_.game.payoff(strategy, design_.game.count_of(members), members.data(), size) / (size - 1.0);
    }

    /// Fitness is scaled by exp(top): payoffs of a donation game lie within benefit and cost of zero.
    void weigh(std::size_t group) {
        const std::size_t d = having_.size();
        for (std::size_t s = 0; s < d; ++s)
            weights_[group * d + s] =
                groups_[group][s] ? groups_[group][s] * design_.update->fitness(payoff(groups_[group], s), 0) : 0.0;
    }

    std::pair<std::size_t, std::size_t> draw_parent(double u) const {
        const double sum = std::accumulate(weights_.begin(), weights_.end(), 0.0);
        double left = u * sum;
        std::size_t cell = 0, last = 0;
        for (; cell < weights_.size(); ++cell) {
            if (weights_[cell] == 0) continue;
            last = cell;
            if (left < weights_[cell]) break;
            left -= weights_[cell];
        }
        return {last / having_.size(), last % having_.size()};
    }

    std::size_t another(std::size_t group, DrawSequence& draws) const {
        const std::size_t other = draws.below(groups_.size() - 1);
        return other + (other >= group ? 1 : 0);
    }

    void die(std::size_t group, DrawSequence& draws) {
        const std::size_t strategy = at(groups_[group], draws.below(size_of(groups_[group])));
        --groups_[group][strategy];
        --having_[strategy];
    }

    void split(std::size_t group, DrawSequence& draws) {
        const std::size_t dead = another(group, draws);
        for (std::size_t s = 0; s < having_.size(); ++s) having_[s] -= groups_[dead][s];
        Members half(having_.size());
        for (std::size_t s = 0; s < half.size(); ++s)
            for (std::uint32_t member = 0; member < groups_[group][s]; ++member) half[s] += draws.word() >> 31;
        Members rest = groups_[group];
        for (std::size_t s = 0; s < half.size(); ++s) rest[s] -= half[s];
        for (auto [empty, full] : {std::pair{&half, &rest}, std::pair{&rest, &half}})
            if (size_of(*empty) == 0) {
                const std::size_t moved = at(*full, draws.below(size_of(*full)));
                --(*full)[moved];
                ++(*empty)[moved];
            }
        groups_[group] = rest;
        groups_[dead] = half;
        weigh(dead);
    }

    const EvolutionDesign& design_;
    std::vector<Members> groups_;
    std::vector<std::uint64_t> having_;
    std::vector<double> weights_;  ///< [group, strategy]: members times fitness
};

}  // namespace

EvolutionTrace evolve_groups(const EvolutionDesign& design, const std::vector<std::uint8_t>& start,
                             std::uint32_t instance, std::uint32_t replicate) {
    SplittingGroups groups(design, start);
    const std::uint64_t steps = std::uint64_t{design.groups} * design.group_size;
    EvolutionRecord record(design, static_cast<double>(steps));
    record.on_round(0, groups);
    const bool absorbing = design.mutation == 0;
    double made = 0;
    bool still = absorbing && groups.uniform();
    if (still) record.absorbed(groups.first_strategy(), 0);
    Round round = 0;
    while (round < design.rounds && !still) {
        ++round;
        DrawSequence draws(design.randomness,
                           {.stream = Stream::groups, .round = round, .instance = instance, .replicate = replicate});
        for (std::uint64_t step = 0; step < steps && !still; ++step) {
            groups.step(draws);
            ++made;
            still = absorbing && groups.uniform();
        }
        if (still) record.absorbed(groups.first_strategy(), made);
        record.on_round(round, groups);
    }
    if (still) record.fill(round, groups);
    return record.take(made);
}

}  // namespace commonweal
