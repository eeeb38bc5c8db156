#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "sim/record/results_file.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/adoption_summary.hpp"
#include "sim/sweep/experiment_runs.hpp"
#include "sim/sweep/moments.hpp"

namespace commonweal {

/// How runs are computed. None of it changes a value.
struct Execution {
    unsigned threads = 0;   ///< 0: as many as cores
    std::size_t lanes = 0;  ///< runs per batch: 1, 8, 16, 64 (of strategies); 0: chosen by the number of replicates
    std::function<void(std::uint64_t done, std::uint64_t all)> progress = {};  ///< called between waves; may be empty
    std::function<bool()> stop = {};  ///< asked between waves; true ends the work and leaves no file; may be empty
};

/// What `run` prints of strategies.
struct EvolutionSummary {
    struct Row {
        Round round;
        std::vector<Spread> share;  ///< [strategy]
        Spread payoff;
        std::optional<Spread> fund_cost;  ///< per agent, where there is a fund
    };
    std::vector<std::string> strategies;
    std::vector<Row> rows;                ///< recorded rounds
    std::vector<Spread> late;             ///< [strategy], over the last `window` rounds
    std::vector<std::uint64_t> absorbed;  ///< [strategy], runs in which it took over everybody
    Spread absorption_steps;              ///< over those runs
    Round window = 1;
};

/// What `run` prints of a service.
struct ServiceSummary {
    struct Row {
        Round round;
        Spread payoff, local, system;  ///< per agent [tokens]
    };
    struct Policy {
        std::string name;
        Spread cost;            ///< per agent and round [tokens]
        std::int64_t extended;  ///< runs in which its pilot was extended; -1 without a pilot
    };
    std::vector<Row> rows;
    Spread welfare, local, system, gini, public_cost;  ///< means over the run
    std::vector<Policy> policies;
    std::int64_t gap = 0;  ///< largest gap of the ledger in any run and round [micro-tokens]
};

/// What `run` prints.
struct Summary {
    struct Row {
        std::string condition;
        Round round;  ///< of the condition
        Spread contribution, free_riders, full, payoff, points;
    };
    struct Ties {
        Round round;
        Spread degree, cut, made;  ///< neighbors per agent in the round; ties cut and made after it
    };
    struct Effect {
        std::string condition;
        std::uint32_t degree;
        Round lag;
        Spread effect;  ///< tokens per token; mean over runs
        double people;  ///< per source
    };
    struct Gain {
        std::string condition;
        Round lag;
        Spread others, own;
    };
    struct Multiplier {
        std::string condition;
        Spread value;
    };
    std::uint64_t runs = 0, twin_runs = 0, decisions = 0;
    std::vector<Row> rows;
    std::vector<Ties> tie_rounds;  ///< where ties change
    std::vector<Effect> effects;
    std::vector<Gain> gains;
    std::vector<Multiplier> multipliers;
    std::optional<AdoptionSummary> adoption;    ///< when it is recorded
    std::optional<EvolutionSummary> evolution;  ///< of strategies; the tables above are empty then
    std::optional<ServiceSummary> service;      ///< of a service; the tables above are empty then
    std::uint64_t agents = 0, ties = 0;         ///< of the last network instance; ties 0 without a network
    bool stopped = false;
};

/// Computes every run of a scenario, in parallel over batches, and writes the results file when `output` is not empty.
/// `study` carries version, commit and citation. Values do not depend on `execution`.
/// Throws IoError when the file cannot be written; nothing is left of it then.
Summary run_all(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                const Study& study);

}  // namespace commonweal
