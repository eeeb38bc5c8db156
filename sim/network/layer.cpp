#include "sim/network/layer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

void check_ties(const TieList& list) {
    for (const Tie tie : list.ties) {
        if (tie.a >= list.agents || tie.b >= list.agents)
            throw ConfigError(fmt::format("a tie names agent {}; agents are 0 to {}", std::max(tie.a, tie.b),
                                          std::int64_t{list.agents} - 1));
        if (tie.a == tie.b) throw ConfigError(fmt::format("agent {} is tied to itself", tie.a));
    }
    for (const float weight : list.weights)
        if (!(weight >= 0 && std::isfinite(weight)))
            throw ConfigError(fmt::format("a tie has weight {}; it must be a finite number of at least 0", weight));
}

std::vector<std::uint64_t> offsets_of(const TieList& list) {
    std::vector<std::uint64_t> offsets(std::size_t{list.agents} + 1);
    for (const Tie tie : list.ties) {
        ++offsets[tie.a + std::size_t{1}];
        ++offsets[tie.b + std::size_t{1}];
    }
    std::partial_sum(offsets.begin(), offsets.end(), offsets.begin());
    return offsets;
}

/// Rows under construction: offsets, targets, and weights when there are any.
struct Rows {
    std::vector<std::uint64_t>& offsets;
    std::vector<AgentId>& targets;
    std::vector<float>& weights;
};

/// Puts both ends of each tie into their rows, in the order of the list.
void scatter(const TieList& list, const Rows& rows) {
    rows.targets.resize(list.ties.size() * 2);
    rows.weights.resize(list.weights.size() * 2);
    std::vector<std::uint64_t> next(rows.offsets.begin(), rows.offsets.end() - 1);
    for (std::size_t k = 0; k < list.ties.size(); ++k) {
        const auto [a, b] = list.ties[k];
        const std::uint64_t at_a = next[a]++, at_b = next[b]++;
        rows.targets[at_a] = b;
        rows.targets[at_b] = a;
        if (!list.weights.empty()) rows.weights[at_a] = rows.weights[at_b] = list.weights[k];
    }
}

/// Sorts a row by neighbor; equal neighbors keep their order.
void sort_row(const Rows& rows, AgentId agent, std::vector<std::pair<AgentId, float>>& scratch) {
    const auto begin = static_cast<std::ptrdiff_t>(rows.offsets[agent]),
               end = static_cast<std::ptrdiff_t>(rows.offsets[agent + 1]);
    if (rows.weights.empty()) {
        std::sort(rows.targets.begin() + begin, rows.targets.begin() + end);
        return;
    }
    scratch.clear();
    for (auto k = static_cast<std::size_t>(begin); k < static_cast<std::size_t>(end); ++k)
        scratch.emplace_back(rows.targets[k], rows.weights[k]);
    std::stable_sort(scratch.begin(), scratch.end(), [](const auto& x, const auto& y) { return x.first < y.first; });
    for (std::size_t k = 0; k < scratch.size(); ++k) {
        rows.targets[static_cast<std::size_t>(begin) + k] = scratch[k].first;
        rows.weights[static_cast<std::size_t>(begin) + k] = scratch[k].second;
    }
}

/// What a block of agents found: how many pairs (a, b), a < b, are listed more than once, and the first of them.
struct Repeated {
    std::uint64_t pairs = 0;
    Tie first{};
};

void note_repeated(const Rows& rows, AgentId agent, Repeated& found) {
    for (std::uint64_t k = rows.offsets[agent] + 1; k < rows.offsets[agent + 1]; ++k) {
        const AgentId other = rows.targets[k];
        const bool third = k > rows.offsets[agent] + 1 && rows.targets[k - 2] == other;
        if (other != rows.targets[k - 1] || other < agent || third) continue;
        if (found.pairs++ == 0) found.first = {agent, other};
    }
}

Repeated sort_rows(const Rows& rows) {
    const std::size_t agents = rows.offsets.size() - 1;
    std::vector<Repeated> blocks((agents + agents_per_block - 1) / agents_per_block);
    parallel_items(blocks.size(), [&](std::size_t block) {
        std::vector<std::pair<AgentId, float>> scratch;
        const std::size_t end = std::min(agents, (block + 1) * agents_per_block);
        for (std::size_t agent = block * agents_per_block; agent < end; ++agent) {
            sort_row(rows, static_cast<AgentId>(agent), scratch);
            note_repeated(rows, static_cast<AgentId>(agent), blocks[block]);
        }
    });
    Repeated all;
    for (const Repeated& block : blocks) {
        if (all.pairs == 0) all.first = block.first;
        all.pairs += block.pairs;
    }
    return all;
}

/// Makes one entry of equal neighbors that follow each other; their weights are added.
void merge_rows(const Rows& rows) {
    std::uint64_t kept = 0;
    for (std::size_t agent = 0; agent + 1 < rows.offsets.size(); ++agent) {
        const std::uint64_t begin = agent == 0 ? 0 : rows.offsets[agent], end = rows.offsets[agent + 1];
        const std::uint64_t row = kept;
        for (std::uint64_t k = begin; k < end; ++k) {
            const bool again = kept > row && rows.targets[kept - 1] == rows.targets[k];
            if (again && !rows.weights.empty()) rows.weights[kept - 1] += rows.weights[k];
            if (again) continue;
            rows.targets[kept] = rows.targets[k];
            if (!rows.weights.empty()) rows.weights[kept] = rows.weights[k];
            ++kept;
        }
        rows.offsets[agent] = row;
    }
    rows.offsets.back() = kept;
    rows.targets.resize(kept);
    rows.targets.shrink_to_fit();
    if (!rows.weights.empty()) rows.weights.resize(kept);
    for (const float weight : rows.weights)
        if (!std::isfinite(weight))
            throw ConfigError("the weights of merged ties add up to more than a number can hold (3e38)");
}

}  // namespace

DuplicateTie::DuplicateTie(AgentId first, AgentId second, std::uint64_t count)
    : ConfigError(fmt::format("agents {} and {} are tied more than once", first, second)),
      a(first),
      b(second),
      pairs(count) {}

Layer::Layer(TieList&& list, Duplicates duplicates) : weighted_(!list.weights.empty()) {
    if (weighted_ && list.weights.size() != list.ties.size())
        throw ConfigError("some ties have a weight, others have none");
    check_ties(list);
    offsets_ = offsets_of(list);
    const Rows rows{offsets_, targets_, weights_};
    scatter(list, rows);
    list.ties = {};  // the memory is needed no more
    list.weights = {};
    const Repeated repeated = sort_rows(rows);
    if (repeated.pairs == 0) return;
    if (duplicates == Duplicates::refuse) throw DuplicateTie(repeated.first.a, repeated.first.b, repeated.pairs);
    merge_rows(rows);
}

bool Layer::tied(AgentId a, AgentId b) const noexcept {
    const auto row = degree(a) <= degree(b) ? neighbors(a) : neighbors(b);
    return std::binary_search(row.begin(), row.end(), degree(a) <= degree(b) ? b : a);
}

}  // namespace commonweal
