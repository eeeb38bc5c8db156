#include "sim/game/strategy_game.hpp"

#include <algorithm>

namespace commonweal {

StrategyGame::StrategyGame(const GameRules& rules, std::vector<StrategyTerms> terms)
    : rules_(rules), terms_(std::move(terms)) {
    const std::size_t d = terms_.size();
    plain_.assign(d * d, 0.0);
    divided_.assign(d * d, 0.0);
    for (const StrategyTerms& own : terms_) {
        contributes_.push_back(own.traits.contributes);
        participates_.push_back(own.traits.participates);
        voluntary_ = voluntary_ || !own.traits.participates;
    }
    for (std::size_t s = 0; s < d; ++s)
        for (std::size_t t = 0; t < d; ++t) {
            if (!participates_[s] || !participates_[t]) continue;
            (terms_[t].divided ? divided_ : plain_)[s * d + t] += terms_[t].deals[s].effect;
            (terms_[s].divided ? divided_ : plain_)[s * d + t] -= terms_[s].deals[t].cost;
            if (rules_.kind == GameRules::Kind::donation)
                plain_[s * d + t] += (contributes_[t] ? rules_.benefit : 0.0) - (contributes_[s] ? rules_.cost : 0.0);
        }
    const auto nonzero = [](double x) { return x != 0; };
    deals_ = std::ranges::any_of(plain_, nonzero) || std::ranges::any_of(divided_, nonzero);
}

double StrategyGame::value_of(std::uint32_t contributors) const noexcept {
    if (rules_.synergy == 1) return static_cast<double>(contributors);
    double sum = 0, term = 1;
    for (std::uint32_t i = 0; i < contributors; ++i) {
        sum += term;
        term *= rules_.synergy;
    }
    return sum;
}

double StrategyGame::dealt(std::size_t s, const std::uint32_t* counts, std::uint32_t size) const noexcept {
    const std::size_t d = terms_.size();
    double plain = 0, divided = 0;
    for (std::size_t t = 0; t < d; ++t) {
        const double others = static_cast<double>(counts[t]) - (t == s ? 1.0 : 0.0);
        plain += others * plain_[s * d + t];
        divided += others * divided_[s * d + t];
    }
    return size > 1 ? plain + divided / static_cast<double>(size - 1) : plain;
}

StrategyGame StrategyGame::without_fund() const {
    StrategyGame game = *this;
    game.rules_.fund = {};
    return game;
}

GroupCount StrategyGame::count_of(std::span<const std::uint32_t> counts) const noexcept {
    GroupCount group;
    for (std::size_t s = 0; s < counts.size(); ++s) {
        if (contributes_[s]) group.contributors += counts[s];
        if (participates_[s]) group.participants += counts[s];
    }
    return group;
}

}  // namespace commonweal
