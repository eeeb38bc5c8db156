#include "models/networks/stub_pairing.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "sim/core/parallel.hpp"

namespace commonweal::models {

StubPairing::StubPairing(const std::vector<std::uint32_t>& degrees, std::vector<std::uint32_t> groups)
    : groups_(std::move(groups)) {
    offsets_.reserve(degrees.size() + 1);
    offsets_.push_back(0);
    for (const std::uint32_t degree : degrees) offsets_.push_back(offsets_.back() + degree);
    const std::uint64_t stubs = offsets_.back();
    if (stubs % 2 != 0)
        throw ConfigError(
            fmt::format("the degrees add up to {}; each tie has two ends, so the sum must be even", stubs));
    if (stubs > UINT32_MAX)
        throw ConfigError(fmt::format("the degrees add up to {}; at most 4294967295 are possible", stubs));
    owner_.resize(stubs);
    partner_.resize(stubs);
    for (AgentId agent = 0; agent < degrees.size(); ++agent)
        std::fill(owner_.begin() + static_cast<std::ptrdiff_t>(offsets_[agent]),
                  owner_.begin() + static_cast<std::ptrdiff_t>(offsets_[agent + 1]), agent);
}

void StubPairing::join(Stub a, Stub b) noexcept {
    partner_[a] = b;
    partner_[b] = a;
}

void StubPairing::pair(DrawSequence& draws) {
    std::vector<Stub> order(owner_.size());
    std::iota(order.begin(), order.end(), Stub{0});
    for (std::size_t left = order.size(); left > 1; --left) std::swap(order[left - 1], order[draws.below(left)]);
    for (std::size_t k = 0; k + 1 < order.size(); k += 2) join(order[k], order[k + 1]);
}

bool StubPairing::bad(Stub stub) const noexcept {
    AgentId a = owner_[stub], b = other_end(stub);
    if (a == b || (!groups_.empty() && groups_[a] == groups_[b])) return true;
    if (offsets_[a + std::size_t{1}] - offsets_[a] > offsets_[b + std::size_t{1}] - offsets_[b]) std::swap(a, b);
    int ties = 0;
    for (std::uint64_t k = offsets_[a]; k < offsets_[a + std::size_t{1}]; ++k)
        ties += other_end(static_cast<Stub>(k)) == b;
    return ties > 1;
}

void StubPairing::find_bad_of(AgentId agent, std::vector<AgentId>& row, std::vector<Stub>& found) const {
    const auto begin = static_cast<Stub>(offsets_[agent]), end = static_cast<Stub>(offsets_[agent + std::size_t{1}]);
    row.clear();
    bool suspect = false;
    for (Stub stub = begin; stub < end; ++stub) {
        row.push_back(other_end(stub));
        suspect = suspect || row.back() == agent || (!groups_.empty() && groups_[row.back()] == groups_[agent]);
    }
    std::ranges::sort(row);
    if (!suspect && std::ranges::adjacent_find(row) == row.end()) return;
    for (Stub stub = begin; stub < end; ++stub)
        if (stub < partner_[stub] && bad(stub)) found.push_back(stub);
}

std::vector<StubPairing::Stub> StubPairing::find_bad() const {
    const std::size_t agents = offsets_.size() - 1;
    std::vector<std::vector<Stub>> blocks((agents + agents_per_block - 1) / agents_per_block);
    parallel_items(blocks.size(), [&](std::size_t block) {
        std::vector<AgentId> row;
        for (std::size_t agent = block * agents_per_block; agent < std::min(agents, (block + 1) * agents_per_block);
             ++agent)
            find_bad_of(static_cast<AgentId>(agent), row, blocks[block]);
    });
    std::vector<Stub> all;
    for (const auto& block : blocks) all.insert(all.end(), block.begin(), block.end());
    return all;
}

bool StubPairing::exchange(Stub stub, Stub other, bool may_stay_bad) noexcept {
    const Stub stub_end = partner_[stub], far_end = partner_[other];
    if (other == stub || other == stub_end) return false;
    const int before = 1 + bad(other);
    join(stub, other);
    join(stub_end, far_end);
    const int after = bad(stub) + bad(stub_end);
    if (after == 0 || (may_stay_bad && after <= before)) return true;
    join(stub, stub_end);
    join(other, far_end);
    return false;
}

bool StubPairing::mend(DrawSequence& draws) {
    std::vector<Stub> left = find_bad();
    std::uint64_t attempts = 100'000 + 1000 * std::uint64_t{left.size()} + 10 * std::uint64_t{owner_.size()};
    while (!left.empty()) {
        const Stub stub = left.back();
        if (!bad(stub)) {
            left.pop_back();
            continue;
        }
        if (attempts-- == 0) return false;
        const Stub stub_end = partner_[stub];
        // Now and then a bad tie may become another bad one: where degrees leave little choice, no single step mends
        // it.
        if (!exchange(stub, static_cast<Stub>(draws.below(owner_.size())), attempts % 16 == 0)) continue;
        left.pop_back();
        for (const Stub end : {stub, stub_end})
            if (bad(end)) left.push_back(end);
    }
    return true;
}

std::vector<Tie> StubPairing::ties() const {
    std::vector<Tie> ties;
    ties.reserve(owner_.size() / 2);
    for (Stub stub = 0; stub < owner_.size(); ++stub)
        if (stub < partner_[stub]) ties.push_back({owner_[stub], other_end(stub)});
    return ties;
}

}  // namespace commonweal::models
