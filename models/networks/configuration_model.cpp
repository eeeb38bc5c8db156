#include "models/networks/configuration_model.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/networks/stub_pairing.hpp"
#include "models/networks/whole_numbers.hpp"

namespace commonweal::models {

namespace {

enum Distribution { power_law, poisson, list };
enum Step { draw_degrees, join_ends };

std::uint64_t sum_of(const std::vector<std::uint32_t>& degrees) {
    return std::accumulate(degrees.begin(), degrees.end(), std::uint64_t{0});
}

std::vector<std::uint32_t> degrees_of(const ConfigurationModel& model, DrawSequence draws) {
    if (model.distribution == list) return {model.degrees.begin(), model.degrees.end()};
    const WholeNumbers numbers = model.distribution == poisson
                                     ? WholeNumbers::poisson(model.mean_degree)
                                     : WholeNumbers::power_law(model.exponent, model.min_degree, model.max_degree);
    std::vector<std::uint32_t> degrees(model.agents);
    for (std::uint32_t& degree : degrees) degree = numbers.draw(draws);
    if (sum_of(degrees) % 2 != 0) ++degrees[draws.below(degrees.size())];
    return degrees;
}

}  // namespace

bool is_graphical(std::vector<std::uint32_t> degrees) {
    std::ranges::sort(degrees, std::greater{});
    if (sum_of(degrees) % 2 != 0) return false;
    // The others' min(degree, k): those from `small` on have degree < k, the others before count k each.
    std::uint64_t largest = 0, small_sum = 0;
    std::size_t small = degrees.size();
    for (std::size_t k = 1; k <= degrees.size(); ++k) {
        largest += degrees[k - 1];
        while (small > 0 && degrees[small - 1] < k) small_sum += degrees[--small];
        std::uint64_t others = small_sum;
        if (small > k)
            others += k * (small - k);
        else
            others = std::accumulate(degrees.begin() + static_cast<std::ptrdiff_t>(k), degrees.end(), std::uint64_t{0});
        if (largest > k * (k - 1) + others) return false;
        if (small <= k) return true;  // from here on both sides grow so that it stays true
    }
    return true;
}

void ConfigurationModel::check(const std::string& where) const {
    if (distribution == power_law && min_degree > max_degree)
        throw ConfigError(where,
                          fmt::format("min_degree is {}, above max_degree, which is {}", min_degree, max_degree));
    if (distribution == power_law && max_degree >= agents)
        throw ConfigError(where, fmt::format("max_degree is {}; it must be below the number of agents, which is {}",
                                             max_degree, agents));
    if (distribution != list && !degrees.empty())
        throw ConfigError(where, "degrees is given; that needs distribution = \"list\"");
    if (distribution != list) return;
    if (degrees.empty()) throw ConfigError(where, "degrees is empty; distribution = \"list\" needs one per agent");
    for (const double degree : degrees)
        if (degree != std::floor(degree) || degree >= static_cast<double>(degrees.size()))
            throw ConfigError(
                where,
                fmt::format("degrees holds {}; it must be a whole number below the number of agents, which is {}",
                            degree, degrees.size()));
    const std::vector<std::uint32_t> whole(degrees.begin(), degrees.end());
    if (sum_of(whole) % 2 != 0)
        throw ConfigError(
            where, fmt::format("degrees add up to {}; each tie has two ends, so the sum must be even", sum_of(whole)));
    if (repair == 0 && !is_graphical(whole))
        throw ConfigError(where,
                          "degrees: no simple graph has these (Erdos & Gallai 1960); repair = \"erase\" comes near");
}

Network ConfigurationModel::generate(const Randomness& randomness, std::uint32_t instance) const {
    const auto drawn = degrees_of(
        *this, DrawSequence(randomness, {.stream = Stream::network, .draw = draw_degrees, .instance = instance}));
    StubPairing pairing(drawn);
    DrawSequence draws(randomness, {.stream = Stream::network, .draw = join_ends, .instance = instance});
    pairing.pair(draws);
    if (repair == 0 && !(is_graphical(drawn) && pairing.mend(draws)))
        throw ConfigError(fmt::format(
            "configuration_model: no simple graph with the degrees drawn for instance {} was found; a lower "
            "max_degree or repair = \"erase\" helps",
            instance));
    TieList ties{static_cast<AgentId>(drawn.size()), pairing.ties(), {}};
    std::erase_if(ties.ties, [](Tie tie) { return tie.a == tie.b; });
    return Network(Layer(std::move(ties), repair == 0 ? Duplicates::refuse : Duplicates::merge));
}

}  // namespace commonweal::models
