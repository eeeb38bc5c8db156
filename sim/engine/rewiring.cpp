#include "sim/engine/rewiring.hpp"

#include <algorithm>

#include "sim/core/bernoulli_skips.hpp"
#include "sim/core/draw_sequence.hpp"

namespace commonweal {

namespace {

enum Draw : std::uint32_t { offers, decisions };

/// Turns increasing numbers of pairs into pairs: (0, 1), (0, 2), ..., (1, 2), ..., (n-2, n-1).
class PairWalk {
public:
    explicit PairWalk(AgentId agents) noexcept : row_(agents - std::uint64_t{1}) {}

    Tie at(std::uint64_t number) noexcept {
        for (; number - first_ >= row_; ++a_) first_ += row_--;
        return {a_, static_cast<AgentId>(a_ + 1 + (number - first_))};
    }

private:
    AgentId a_ = 0;
    std::uint64_t first_ = 0;  ///< number of the pair (a, a + 1)
    std::uint64_t row_;        ///< pairs of a with later agents
};

/// Whether the decider of an offered pair changes the tie. Always the same number of draws.
bool changes(Tie pair, bool tied, const RewiringRates& rates, std::span<const std::uint8_t> cooperated,
             DrawSequence& draws) {
    if (draws.below(2) == 1) std::swap(pair.a, pair.b);
    const std::size_t acts = 2u * !cooperated[pair.a] + !cooperated[pair.b];
    return draws.uniform() < (tied ? rates.cut : rates.make)[acts];
}

bool insert(std::vector<AgentId>& row, AgentId agent) {
    const auto place = std::ranges::lower_bound(row, agent);
    if (place != row.end() && *place == agent) return false;
    row.insert(place, agent);
    return true;
}

bool erase(std::vector<AgentId>& row, AgentId agent) {
    const auto place = std::ranges::lower_bound(row, agent);
    if (place == row.end() || *place != agent) return false;
    row.erase(place);
    return true;
}

}  // namespace

ChangingTies::ChangingTies(const Layer& layer) : rows_(layer.agents()), ties_(layer.ties()) {
    if (layer.weighted())
        throw ConfigError(
            "ties of a network with weights cannot change, since a new tie has no weight; take a network "
            "without weights or leave rewiring out");
    for (AgentId agent = 0; agent < layer.agents(); ++agent) {
        const auto row = layer.neighbors(agent);
        rows_[agent].assign(row.begin(), row.end());
    }
}

bool ChangingTies::tied(AgentId a, AgentId b) const noexcept {
    const bool shorter = rows_[a].size() <= rows_[b].size();
    return std::ranges::binary_search(rows_[shorter ? a : b], shorter ? b : a);
}

bool ChangingTies::cut(AgentId a, AgentId b) {
    if (!erase(rows_[a], b)) return false;
    erase(rows_[b], a);
    --ties_;
    return true;
}

bool ChangingTies::make(AgentId a, AgentId b) {
    if (a == b || !insert(rows_[a], b)) return false;
    insert(rows_[b], a);
    ++ties_;
    return true;
}

void ChangingTies::write(TieRows& rows) const {
    rows.offsets.assign(1, 0);
    rows.targets.clear();
    rows.targets.reserve(2 * ties_);
    for (const auto& row : rows_) {
        rows.targets.insert(rows.targets.end(), row.begin(), row.end());
        rows.offsets.push_back(rows.targets.size());
    }
}

TieChanges rewire(ChangingTies& ties, const RewiringRates& rates, std::span<const std::uint8_t> cooperated,
                  const Randomness& randomness, const RewiringKey& key) {
    DrawKey draw{Stream::rewiring, offers, key.round, key.instance, key.replicate};
    DrawSequence skips(randomness, draw);
    draw.draw = decisions;
    DrawSequence choices(randomness, draw);
    PairWalk walk(ties.agents());
    TieChanges done;
    const std::uint64_t agents = ties.agents(), pairs = agents < 2 ? 0 : agents * (agents - 1) / 2;
    BernoulliSkips(rates.share).each(std::uint64_t{0}, pairs, skips, [&](std::uint64_t number) {
        const Tie pair = walk.at(number);
        const bool tied = ties.tied(pair.a, pair.b);
        if (!changes(pair, tied, rates, cooperated, choices)) return;
        if (tied)
            done.cut += ties.cut(pair.a, pair.b);
        else
            done.made += ties.make(pair.a, pair.b);
    });
    return done;
}

Randomness redrawn(const Randomness& randomness, const RewiringKey& key) noexcept {
    const Words words = randomness.words({Stream::redraw, 0, key.round, key.instance, key.replicate}, 0);
    Seeds seeds = randomness.seeds();
    seeds.network = std::uint64_t{words[0]} << 32 | words[1];
    return Randomness(seeds);
}

}  // namespace commonweal
