#include "sim/matching/perfect_strangers_anneal.hpp"

#include <algorithm>
#include <array>
#include <cassert>
#include <numeric>
#include <utility>

namespace commonweal {
namespace {

class SplitMix {
public:
    std::uint32_t below(std::uint32_t bound) noexcept {
        return static_cast<std::uint32_t>((std::uint64_t{bits()} * bound) >> 32);
    }
    std::uint32_t bits() noexcept {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return static_cast<std::uint32_t>((z ^ (z >> 31)) >> 32);
    }

private:
    std::uint64_t state_ = 0;
};

/// Chance of accepting a move that makes things worse by k, in units of 2^-32: 0.0574^k, temperature 0.35.
constexpr auto acceptance = [] {
    std::array<std::uint32_t, 8> table{};
    std::uint64_t chance = 0xffffffffULL;
    for (auto& entry : table) {
        entry = static_cast<std::uint32_t>(chance);
        chance = chance * 574 / 10000;
    }
    return table;
}();

constexpr std::uint32_t forbidden = 0;

/// Which difference two agents have: [agent, agent] -> a number, `forbidden` if they must not meet at all.
std::vector<std::uint32_t> difference_table(const StarterShape& shape) {
    const AgentId n = shape.agents;
    const std::uint32_t m = shape.modulus;
    const AgentId classes = n / m;
    std::vector<std::uint32_t> table(std::size_t{n} * n, forbidden);
    for (AgentId p = 0; p < n; ++p) {
        for (AgentId q = 0; q < n; ++q) {
            const AgentId low = std::min(p, q);
            const AgentId high = std::max(p, q);
            if (low / m >= classes || p == q) continue;  // two fixed agents
            std::uint32_t delta = (high % m + m - low % m) % m;
            if (high / m == low / m) {
                if (2 * delta == m) continue;  // would meet twice
                delta = std::min(delta, m - delta);
            }
            const AgentId first = low / m;
            const AgentId second = high / m < classes ? high / m : classes + (high - classes * m);
            const std::uint32_t shift = high / m < classes ? delta : 0;
            table[std::size_t{p} * n + q] = 1 + (first * (classes + n - classes * m) + second) * m + shift;
        }
    }
    return table;
}

class Annealer {
public:
    Annealer(const StarterShape& shape, const std::vector<RoundRow>& met)
        : shape_(shape), difference_(difference_table(shape)), members_(std::size_t{shape.base_rounds} * shape.agents) {
        const AgentId classes = shape.agents / shape.modulus;
        const AgentId fixed = shape.agents % shape.modulus;
        uses_.assign(1 + std::size_t{classes} * (classes + fixed) * shape.modulus, 0);
        uses_[forbidden] = 1;
        for (const auto& round : met) mark_meetings(round);
        for (Round b = 0; b < shape.base_rounds; ++b) shuffle(members_.data() + std::size_t{b} * shape.agents);
        for (std::size_t start = 0; start < members_.size(); start += shape.group_size) count_group(start);
    }

    bool run(std::uint64_t updates) {
        const std::uint64_t per_move = 8 * (std::uint64_t{shape_.group_size} - 1);
        for (std::uint64_t spent = 0; excess_ > 0 && spent < updates; spent += per_move) move();
        return excess_ == 0;
    }

    std::vector<AgentId> take_members() { return std::move(members_); }

private:
    void mark_meetings(const RoundRow& round) {
        for (std::size_t i = 0; i < round.size(); ++i)
            for (std::size_t j = i - i % shape_.group_size; j < i; ++j) uses_[difference(round[i], round[j])] = 1;
    }

    void shuffle(AgentId* row) {
        std::iota(row, row + shape_.agents, AgentId{0});
        for (AgentId i = shape_.agents - 1; i > 0; --i) std::swap(row[i], row[random_.below(i + 1)]);
    }

    void count_group(std::size_t start) {
        for (std::size_t i = start; i < start + shape_.group_size; ++i)
            for (std::size_t j = start; j < i; ++j) add(difference(members_[i], members_[j]));
    }

    std::uint32_t difference(AgentId p, AgentId q) const { return difference_[std::size_t{p} * shape_.agents + q]; }
    void add(std::uint32_t d) { excess_ += uses_[d]++ > 0 ? 1 : 0; }
    void remove(std::uint32_t d) { excess_ -= --uses_[d] > 0 ? 1 : 0; }

    /// In the group of `position`, `out` stops and `in` begins to meet the others.
    void exchange(std::size_t position, AgentId out, AgentId in) {
        const std::size_t start = position - position % shape_.group_size;
        for (std::size_t k = start; k < start + shape_.group_size; ++k) {
            if (k == position) continue;
            remove(difference(out, members_[k]));
            add(difference(in, members_[k]));
        }
    }

    void move() {
        const auto a = static_cast<std::size_t>(random_.below(static_cast<std::uint32_t>(members_.size())));
        const std::size_t b = a - a % shape_.agents + random_.below(shape_.agents);
        if (a / shape_.group_size == b / shape_.group_size) return;
        const std::int64_t before = excess_;
        const AgentId left = members_[a];
        const AgentId right = members_[b];
        exchange(a, left, right);
        exchange(b, right, left);
        const std::int64_t worse = excess_ - before;
        if (worse <= 0 ||
            (worse < std::ssize(acceptance) && random_.bits() < acceptance[static_cast<std::size_t>(worse)])) {
            std::swap(members_[a], members_[b]);
            return;
        }
        exchange(a, right, left);
        exchange(b, left, right);
    }

    StarterShape shape_;
    SplitMix random_;
    std::vector<std::uint32_t> difference_;  // [agent, agent]
    std::vector<std::uint32_t> uses_;        // [difference]; one more where no use is allowed
    std::vector<AgentId> members_;           // [base round, agent]
    std::int64_t excess_ = 0;                // uses beyond the allowed
};

}  // namespace

bool has_enough_differences(const StarterShape& shape) {
    const std::uint64_t m = shape.modulus;
    const std::uint64_t classes = shape.agents / m;
    const std::uint64_t fixed = shape.agents % m;
    const std::uint64_t groups = shape.agents / shape.group_size;
    if (fixed > groups || (fixed > 0 && classes + 1 < shape.group_size)) return false;
    const std::uint64_t available = classes * (classes - 1) / 2 * m + classes * ((m - 1) / 2) + classes * fixed;
    return std::uint64_t{shape.base_rounds} * groups * shape.group_size * (shape.group_size - 1U) / 2 <= available &&
           shape.base_rounds * (shape.group_size - 1U) <= (fixed > 0 ? classes : std::uint64_t{shape.agents});
}

std::optional<Starter> anneal_starter(const StarterShape& shape, const std::vector<RoundRow>& met,
                                      std::uint64_t updates) {
    assert(shape.modulus == 1 || met.empty());
    Annealer annealer(shape, met);
    if (!annealer.run(updates)) return std::nullopt;
    return Starter{shape.agents, shape.group_size, {shape.modulus}, annealer.take_members(), {}};
}

}  // namespace commonweal
