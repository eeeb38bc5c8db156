#pragma once

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <string>
#include <vector>

#include "sim/core/parallel.hpp"
#include "sim/engine/evolution.hpp"
#include "sim/model/catalog.hpp"
#include "tests/oracles/theory/graph.hpp"
#include "tests/support/networks.hpp"

/// The engine of strategies as the oracle tests use it: models by name, many independent runs, and comparisons in
/// standard errors. Models come from the catalog, as in a scenario: what is tested is the code that users run.
namespace commonweal::test {

using Settings = std::vector<std::pair<std::string, Value>>;

/// A model by its name in the catalog.
struct Named {
    std::string name;
    Settings settings = {};
};

template <class Contract>
std::shared_ptr<const Contract> made(std::span<const CatalogEntry<Contract>> catalog, const Named& wanted) {
    std::vector<Setting> settings;
    for (const auto& [key, value] : wanted.settings) settings.push_back({key, value, "test"});
    for (const auto& entry : catalog)
        if (entry.info.name == wanted.name) return entry.make(settings, wanted.name);
    throw ConfigError("no model is named " + wanted.name);
}

/// A game of these strategies, numbered in this order.
inline StrategyGame game_with(const GameRules& rules, const std::vector<Named>& names) {
    std::vector<std::shared_ptr<const Strategy>> made_;
    std::vector<const Strategy*> strategies;
    for (const Named& name : names) strategies.push_back(made_.emplace_back(made(models::strategies(), name)).get());
    return StrategyGame(rules, terms_of(strategies));
}

/// Makes one network, for every instance.
class Fixed final : public NetworkGenerator {
public:
    explicit Fixed(const oracle::Graph& graph) : graph_(graph) {}
    bool random() const noexcept override { return false; }
    Network generate(const Randomness&, std::uint32_t) const override {
        std::vector<Tie> ties;
        for (int i = 0; i < oracle::size(graph_); ++i)
            for (const int j : graph_.neighbors[static_cast<std::size_t>(i)])
                if (j < i) ties.push_back({static_cast<AgentId>(i), static_cast<AgentId>(j)});
        return Network(layer_of(static_cast<AgentId>(oracle::size(graph_)), std::move(ties)));
    }

private:
    oracle::Graph graph_;
};

/// How a run ended: the strategy that has everybody, or -1, and after how many elementary steps.
struct Ending {
    std::int32_t strategy;
    double steps;
};

/// Ends of independent runs.
inline std::vector<Ending> endings(const EvolutionDesign& design, std::size_t runs) {
    const Habitat habitat(design, 0);
    std::vector<Ending> all(runs);
    parallel_items(runs, [&](std::size_t run) {
        const EvolutionTrace trace = evolve(design, habitat, static_cast<std::uint32_t>(run));
        all[run] = {trace.absorbed, trace.absorption_steps};
    });
    return all;
}

/// Share of the runs that one strategy won.
inline double won_by(std::int32_t strategy, const std::vector<Ending>& all) {
    double won = 0;
    for (const Ending& ending : all) won += ending.strategy == strategy;
    return won / static_cast<double>(all.size());
}

/// A mean and its standard error.
struct Estimate {
    double mean, error;
};

inline Estimate mean_of(const std::vector<double>& values) {
    const double n = static_cast<double>(values.size());
    double sum = 0, squares = 0;
    for (const double x : values) sum += x;
    for (const double x : values) squares += (x - sum / n) * (x - sum / n);
    return {sum / n, std::sqrt(squares / (n - 1) / n)};
}

/// Mean number of steps of the runs that ended, or of those that `strategy` won.
inline Estimate steps_of(const std::vector<Ending>& all, std::int32_t strategy = -1) {
    std::vector<double> steps;
    for (const Ending& ending : all)
        if (ending.strategy >= 0 && (strategy < 0 || ending.strategy == strategy)) steps.push_back(ending.steps);
    return mean_of(steps);
}

/// Standard error of a share of independent runs when the probability is p; of a certain event 1e-12, for rounding.
inline double binomial_error(double p, std::size_t runs) {
    return std::sqrt(std::max(p * (1 - p) / static_cast<double>(runs), 1e-24));
}

/// Prints the comparison, and expects the two to differ by at most `errors` standard errors.
inline void expect_within(const std::string& what, double found, double reference, double error, double errors = 4) {
    std::printf("%-58s %12.7g  reference %12.7g  SE %9.3g  (%+.2f SE)\n", what.c_str(), found, reference, error,
                error > 0 ? (found - reference) / error : 0.0);
    EXPECT_LE(std::abs(found - reference), errors * error) << what << ": " << found << " and " << reference;
}

/// A share of runs against the probability, within 4 binomial standard errors.
inline void expect_probability(const std::string& what, double found, double p, std::size_t runs) {
    expect_within(what, found, p, binomial_error(p, runs));
}

}  // namespace commonweal::test
