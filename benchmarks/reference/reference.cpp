#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <exception>
#include <iostream>
#include <stdexcept>
#include <string>

#include "benchmarks/reference/conditional_cooperation.hpp"
#include "benchmarks/reference/imitation.hpp"
#include "benchmarks/reference/network.hpp"

/// The simple reference that ratios are quoted to: plain vectors of neighbors, one pass for the totals of groups, the
/// generator and the distributions of the standard library. It knows nothing of commonweal but the file of the network.
namespace {

constexpr const char* usage = R"(usage: reference MODEL NETWORK WARM ROUNDS [ENHANCEMENT]

MODEL is conditional_cooperation, imitation_together or imitation_one_by_one; NETWORK a file of `workload --write-network`.
For each number i on the standard input it plays WARM + ROUNDS rounds with the seed i and prints one line of JSON: the seconds that
the last ROUNDS took, by the clock and of the processor, the updates made in them, and the mean level in them.
)";

double wall() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

double processor() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

/// The level is taken after every round but not timed.
template <class Model>
void measure(Model&& model, std::size_t agents, int warm, int rounds) {
    for (int round = 0; round < warm; ++round) model.round();
    double seconds = 0, used = 0, levels = 0;
    for (int round = 0; round < rounds; ++round) {
        const double begin = wall(), before = processor();
        model.round();
        used += processor() - before;
        seconds += wall() - begin;
        levels += model.level();
    }
    std::printf("{\"seconds\": %.9g, \"processor_seconds\": %.9g, \"updates\": %.0f, \"levels\": [%.9g]}\n", seconds,
                used, static_cast<double>(agents) * rounds, levels / rounds);
    std::fflush(stdout);
}

void serve(const std::string& model, const Neighbors& neighbors, int warm, int rounds, double enhancement) {
    unsigned seed = 0;
    while (std::cin >> seed) {
        if (model == "conditional_cooperation") {
            ConditionalCooperation run(neighbors, seed);
            measure(run, neighbors.size(), warm, rounds);
            if (!(run.mean_payoff() > 0)) throw std::runtime_error("payoffs make no sense");
        } else if (model == "imitation_together") {
            measure(ImitationTogether(neighbors, enhancement, seed), neighbors.size(), warm, rounds);
        } else if (model == "imitation_one_by_one") {
            measure(ImitationOneByOne(neighbors, enhancement, seed), neighbors.size(), warm, rounds);
        } else {
            throw std::runtime_error("there is no model " + model);
        }
    }
}

}  // namespace

int main(int count, char** words) {
    if (count < 5 || count > 6) {
        std::fputs(usage, stderr);
        return 2;
    }
    try {
        const Neighbors neighbors = read_network(words[2]);
        std::printf("{\"agents\": %zu}\n", neighbors.size());
        std::fflush(stdout);
        serve(words[1], neighbors, std::atoi(words[3]), std::atoi(words[4]), count == 6 ? std::atof(words[5]) : 0);
        return 0;
    } catch (const std::exception& error) {
        std::fprintf(stderr, "reference: error: %s\n", error.what());
        return 2;
    }
}
