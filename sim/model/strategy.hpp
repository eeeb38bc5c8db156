#pragma once

#include "sim/game/strategy_game.hpp"
#include "sim/model/model_info.hpp"

namespace commonweal {

/// A strategy of the evolutionary models: what it does in a game, never how it is chosen. A plain struct of parameters
/// that says its traits, its fee, and what it does to a co-player with given traits.
template <class Model>
concept StrategyModel = Described<Model> && requires(const Model model, const StrategyTraits& other) {
    { Model::traits } -> std::convertible_to<StrategyTraits>;
    { model.fee() } noexcept -> std::convertible_to<double>;
    { model.divided() } noexcept -> std::convertible_to<bool>;
    { model.deal(other) } noexcept -> std::same_as<Deal>;
};

/// A strategy as a catalog hands it out.
class Strategy {
public:
    virtual ~Strategy() = default;
    virtual StrategyTraits traits() const noexcept = 0;
    virtual double fee() const noexcept = 0;
    virtual bool divided() const noexcept = 0;
    virtual Deal deal(const StrategyTraits& other) const noexcept = 0;
};

template <StrategyModel Model>
class StrategyOf final : public Strategy {
public:
    explicit StrategyOf(const Model& model) : model_(model) {}
    StrategyTraits traits() const noexcept override { return Model::traits; }
    double fee() const noexcept override { return model_.fee(); }
    bool divided() const noexcept override { return model_.divided(); }
    Deal deal(const StrategyTraits& other) const noexcept override { return model_.deal(other); }

private:
    Model model_;
};

/// The terms of strategies that meet in one game, in this order.
std::vector<StrategyTerms> terms_of(const std::vector<const Strategy*>& strategies);

}  // namespace commonweal
