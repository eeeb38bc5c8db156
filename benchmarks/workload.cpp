#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include "models/catalog.hpp"
#include "sim/app/version.hpp"
#include "sim/core/error.hpp"
#include "sim/core/instruction_set.hpp"
#include "sim/core/parallel.hpp"
#include "sim/engine/evolution_lanes.hpp"
#include "sim/engine/simulation.hpp"
#include "sim/record/run_block.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/sweep/experiment_runs.hpp"
#include "sim/sweep/run_evolution.hpp"

/// Plays the rounds of a scenario whenever it is asked to, and tells how long they took: no network is made and no file
/// is written meanwhile. benchmarks/README.md says what for.
namespace commonweal {
namespace {

constexpr const char* usage = R"(usage: workload FILE [KEY=VALUE ...] [--lanes N] [--threads N] [--warm N]
                [--write-network FILE]

Builds the scenario and its network and prints one line of JSON. Then, for each number i on the standard input, it plays the
replicates i R to (i + 1) R - 1 (R: `replicates`) and prints one line of JSON: the seconds that all rounds but the first
--warm ones took, by the clock and of the processor, the updates made in them, and for each replicate the mean contribution, or the share of the first
strategy, in the recorded ones of them.

  --lanes N             replicates computed together: 1, 8 or 16 of behavior rules; 1, 16 or 64 of strategies, where that is
                        possible (16)
  --threads N           threads (1)
  --warm N              rounds at the beginning that are not counted (0); for behavior rules only with a single batch
  --write-network FILE  also writes agents, ties and the ends of all ties as 32-bit numbers, for benchmarks/reference
)";

struct Options {
    std::string file, network;
    std::vector<std::string> overrides;
    std::size_t lanes = 16;
    unsigned threads = 1;
    Round warm = 0;
};

unsigned number_of(const std::string& option, const char* word) {
    char* end = nullptr;
    const unsigned long number = std::strtoul(word, &end, 10);
    if (*word == 0 || *end != 0) throw ConfigError(option, fmt::format("{} is no whole number", word));
    return static_cast<unsigned>(number);
}

Options options_of(int count, char** words) {
    Options options;
    for (int i = 1; i < count; ++i) {
        const std::string word = words[i];
        if (!word.starts_with("--")) {
            options.file.empty() ? options.file = word : options.overrides.emplace_back(word);
            continue;
        }
        if (i + 1 == count) throw ConfigError(word, "a value must follow");
        const char* const value = words[++i];
        if (word == "--lanes")
            options.lanes = number_of(word, value);
        else if (word == "--threads")
            options.threads = number_of(word, value);
        else if (word == "--warm")
            options.warm = number_of(word, value);
        else if (word == "--write-network")
            options.network = value;
        else
            throw ConfigError(word, "is no option");
    }
    if (options.file.empty()) throw ConfigError("FILE", "is missing");
    return options;
}

/// Seconds by the clock on the wall, and of the processor, all threads together.
struct Clock {
    double wall = 0, processor = 0;

    friend Clock operator-(const Clock& a, const Clock& b) { return {a.wall - b.wall, a.processor - b.processor}; }
};

Clock now() {
    const auto wall = std::chrono::steady_clock::now().time_since_epoch();
    return {std::chrono::duration<double>(wall).count(), static_cast<double>(std::clock()) / CLOCKS_PER_SEC};
}

struct Played {
    Clock time = {};
    std::uint64_t updates = 0;
    std::vector<double> levels = {};  ///< [replicate]
};

class Player {
public:
    virtual ~Player() = default;
    virtual Played play(std::uint32_t first_replicate) const = 0;
    virtual AgentId agents() const = 0;
    virtual const Layer* ties() const = 0;  ///< nullptr without a network
};

/// Notes when the warm rounds are over; otherwise the recorder of the program.
class Watch final : public Recorder {
public:
    Watch(Recorder& recorder, Round warm) : recorder_(recorder), warm_(warm) {}
    const Clock& begin() const noexcept { return begin_; }

    void on_round(const RoundView& view) override {
        recorder_.on_round(view);
        if (view.round == warm_) begin_ = now();
    }
    void on_repeat(const RoundView& view) override {
        recorder_.on_repeat(view);
        if (view.round == warm_) begin_ = now();
    }

private:
    Recorder& recorder_;
    Round warm_;
    Clock begin_ = now();
};

/// Behavior rules, on a network or in a laboratory.
class RulesPlayer final : public Player {
public:
    RulesPlayer(const Scenario& scenario, const Options& options)
        : experiment_(experiment_of(scenario)),
          plan_(experiment_, 0),
          replicates_(scenario.study.replicates),
          lanes_(options.lanes),
          warm_(options.warm) {
        if (warm_ > 0 && replicates_ > lanes_)
            throw ConfigError("--warm", "batches that run side by side have no common end of their warm rounds");
        if (warm_ >= experiment_.rounds()) throw ConfigError("--warm", "no round is left to be timed");
    }

    Played play(std::uint32_t first) const override {
        switch (lanes_) {
            case 1:
                return play_batches<1>(first);
            case 8:
                return play_batches<8>(first);
            case 16:
                return play_batches<16>(first);
            default:
                throw ConfigError("--lanes", "must be 1, 8 or 16");
        }
    }

    AgentId agents() const override { return experiment_.agents(); }
    const Layer* ties() const override { return plan_.neighborhoods() ? &plan_.neighborhoods()->ties() : nullptr; }

private:
    template <std::size_t width>
    Played play_batches(std::uint32_t first) const {
        std::vector<Played> parts((replicates_ + width - 1) / width);
        const Clock begin = now();
        parallel_items(parts.size(), [&](std::size_t batch) {
            const auto done = static_cast<std::uint32_t>(batch * width);
            parts[batch] =
                play_batch<width>(first + done, std::min(static_cast<std::uint32_t>(width), replicates_ - done));
        });
        Played played{.time = now() - begin};
        if (warm_ > 0) played.time = parts.front().time;
        for (const Played& part : parts) {
            played.updates += part.updates;
            played.levels.insert(played.levels.end(), part.levels.begin(), part.levels.end());
        }
        return played;
    }

    template <std::size_t width>
    Played play_batch(std::uint32_t first, std::uint32_t count) const {
        typename Simulation<width>::Replicates replicates;
        for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = first + std::min(lane, count - 1);
        BlockRecorder recorder(experiment_, {}, count);
        Watch watch(recorder, warm_);
        Simulation<width> simulation(experiment_, plan_, replicates);
        simulation.run(watch);
        Played played{.time = now() - watch.begin()};
        const std::vector<double> means = recorder.take().mean_contribution;  // [run, round]
        const std::size_t rounds = means.size() / count;
        for (std::size_t run = 0; run < count; ++run) {
            double sum = 0;
            for (std::size_t round = warm_; round < rounds; ++round) sum += means[run * rounds + round];
            played.levels.push_back(sum / static_cast<double>(rounds - warm_));
        }
        played.updates = std::uint64_t{experiment_.agents()} * (rounds - warm_) * count;
        return played;
    }

    Experiment experiment_;
    MeetingPlan plan_;
    std::uint32_t replicates_;
    std::size_t lanes_;
    Round warm_;
};

/// Strategies. The warm rounds of the same runs are played and timed by themselves.
class StrategiesPlayer final : public Player {
public:
    StrategiesPlayer(const Scenario& scenario, const Options& options)
        : design_(evolution_of(scenario)),
          warm_(design_),
          habitat_(design_, 0),
          replicates_(scenario.study.replicates),
          lanes_(evolution_lanes(design_, habitat_, options.lanes, replicates_)) {
        if (options.warm >= design_.rounds) throw ConfigError("--warm", "no round is left to be timed");
        warm_.rounds = options.warm;
        warm_.every = warm_.window = std::max(options.warm, 1u);
    }

    Played play(std::uint32_t first) const override {
        Played played = play(design_, first);
        if (warm_.rounds == 0) return played;
        const Played before = play(warm_, first);
        played.time = played.time - before.time;
        played.updates -= before.updates;
        return played;
    }

    AgentId agents() const override { return habitat_.agents(); }
    const Layer* ties() const override { return habitat_.ties(); }

private:
    /// Revisions that were made count as updates: a run that was absorbed is not fast for that.
    /// Revisions that were made count as updates: a run that was absorbed is not fast for that.
    Played play(const EvolutionDesign& design, std::uint32_t first) const {
        std::vector<std::vector<EvolutionTrace>> batches((replicates_ + lanes_ - 1) / lanes_);
        const Clock begin = now();
        parallel_items(batches.size(), [&](std::size_t batch) {
            const std::size_t done = batch * lanes_;
            std::vector<std::uint32_t> replicates(std::min<std::size_t>(lanes_, replicates_ - done));
            std::iota(replicates.begin(), replicates.end(), first + static_cast<std::uint32_t>(done));
            batches[batch] = evolve(design, habitat_, replicates, lanes_);
        });
        Played played{.time = now() - begin};
        for (const std::vector<EvolutionTrace>& traces : batches)
            for (const EvolutionTrace& trace : traces) {
                played.updates += static_cast<std::uint64_t>(trace.revisions);
                played.levels.push_back(trace.late_share.front());
            }
        return played;
    }

    EvolutionDesign design_, warm_;
    Habitat habitat_;
    std::uint32_t replicates_;
    std::size_t lanes_;
};

std::unique_ptr<Player> player_of(const Scenario& scenario, const Options& options) {
    switch (scenario.play) {
        case Play::laboratory:
        case Play::network:
            return std::make_unique<RulesPlayer>(scenario, options);
        case Play::evolution:
            return std::make_unique<StrategiesPlayer>(scenario, options);
        case Play::service:
            break;
    }
    throw ConfigError(options.file, "a service is not timed here");
}

void write_network(const std::string& path, const Layer& ties) {
    std::vector<std::uint32_t> words{ties.agents(), static_cast<std::uint32_t>(ties.ties())};
    words.reserve(2 * ties.ties() + 2);
    for (AgentId agent = 0; agent < ties.agents(); ++agent)
        for (const AgentId other : ties.neighbors(agent))
            if (agent < other) words.insert(words.end(), {agent, other});
    std::ofstream file(path, std::ios::binary);
    file.write(reinterpret_cast<const char*>(words.data()),
               static_cast<std::streamsize>(words.size() * sizeof(std::uint32_t)));
    if (!file.flush()) throw IoError(path, "cannot be written");
}

void serve(const Player& player, std::uint32_t replicates) {
    std::uint32_t repetition = 0;
    while (std::cin >> repetition) {
        const Played played = player.play(repetition * replicates);
        fmt::print("{{\"seconds\": {}, \"processor_seconds\": {}, \"updates\": {}, \"levels\": [{}]}}\n",
                   played.time.wall, played.time.processor, played.updates, fmt::join(played.levels, ", "));
        std::fflush(stdout);
    }
}

void run(const Options& options) {
    const Clock begin = now();
    const Scenario scenario = read_scenario(options.file, options.overrides, models::catalog());
    with_threads(options.threads, [&] {
        const auto player = player_of(scenario, options);
        const Layer* const ties = player->ties();
        if (!options.network.empty()) {
            if (!ties) throw ConfigError("--write-network", "the scenario has no network");
            write_network(options.network, *ties);
        }
        fmt::print(
            "{{\"agents\": {}, \"ties\": {}, \"setup_seconds\": {}, \"version\": \"{}\", \"commit\": \"{}\", "
            "\"instructions\": \"{}\"}}\n",
            player->agents(), ties ? ties->ties() : 0, (now() - begin).wall, program_version(), program_commit(),
            name_of(instruction_set()));
        std::fflush(stdout);
        serve(*player, scenario.study.replicates);
    });
}

}  // namespace
}  // namespace commonweal

int main(int count, char** words) {
    if (count < 2 || std::string(words[1]) == "--help") {
        std::fputs(commonweal::usage, count < 2 ? stderr : stdout);
        return count < 2 ? 2 : 0;
    }
    try {
        commonweal::run(commonweal::options_of(count, words));
        return 0;
    } catch (const std::exception& error) {
        fmt::print(stderr, "workload: error: {}\n", error.what());
        return 2;
    }
}
