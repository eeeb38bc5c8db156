#include "sim/engine/evolution_lanes.hpp"

#include <algorithm>

#include "sim/engine/evolution_course.hpp"
#include "sim/engine/level_lanes.hpp"
#include "sim/engine/share_lanes.hpp"

namespace commonweal {

namespace {

/// One lane as a record sees it.
template <class Games>
struct LaneState {
    Games& games;
    std::size_t lane;

    std::uint64_t having(std::size_t strategy) const noexcept { return games.having(lane, strategy); }
    std::uint64_t total() const noexcept { return games.agents(); }
    std::vector<std::uint8_t> strategy() const { return games.strategies(lane); }
    double mean_payoff() const { return games.mean_payoff(lane); }
    double fund_cost() const noexcept { return 0; }  // runs with a fund have no lanes
};

/// Plays rounds until all lanes that are wanted, the first `size`, came to an end.
template <class Games>
std::vector<EvolutionTrace> play(const EvolutionDesign& design, Games& games, std::size_t size) {
    std::vector<EvolutionCourse> courses;
    courses.reserve(size);
    const auto state = [&](std::size_t lane) { return LaneState<Games>{games, lane}; };
    std::size_t playing = 0;
    for (std::size_t lane = 0; lane < size; ++lane) {
        courses.emplace_back(design, design.steps_of(games.agents())).begin(state(lane));
        playing += !courses[lane].ended();
    }
    for (Round round = 1; round <= design.rounds && playing > 0; ++round) {
        games.revise(round);
        for (std::size_t lane = 0; lane < size; ++lane) {
            if (courses[lane].ended()) continue;
            courses[lane].add(round, static_cast<double>(games.steps_made(lane)), false, state(lane));
            playing -= courses[lane].ended();
        }
    }
    std::vector<EvolutionTrace> traces;
    for (std::size_t lane = 0; lane < size; ++lane) traces.push_back(courses[lane].take(state(lane)));
    return traces;
}

/// Unused lanes repeat the last replicate; they are computed and thrown away.
template <class Games>
std::vector<EvolutionTrace> evolve_with(const EvolutionDesign& design, const Habitat& habitat,
                                        std::span<const std::uint32_t> wanted) {
    typename Games::Replicates replicates;
    for (std::size_t lane = 0; lane < replicates.size(); ++lane)
        replicates[lane] = wanted[std::min(lane, wanted.size() - 1)];
    Games games(design, habitat, replicates);
    return play(design, games, wanted.size());
}

template <std::size_t width>
std::vector<EvolutionTrace> evolve_levels(const EvolutionDesign& design, const Habitat& habitat,
                                          std::span<const std::uint32_t> wanted) {
    return LevelLanes<width, std::uint8_t>::fits(*habitat.levels())
               ? evolve_with<LevelLanes<width, std::uint8_t>>(design, habitat, wanted)
               : evolve_with<LevelLanes<width, std::uint16_t>>(design, habitat, wanted);
}

std::vector<EvolutionTrace> evolve_together(const EvolutionDesign& design, const Habitat& habitat,
                                            std::span<const std::uint32_t> wanted, std::size_t width) {
    if (width == 1) return {evolve(design, habitat, wanted.front())};
    if (!habitat.levels()) return evolve_with<ShareLanes>(design, habitat, wanted);
    return width == 64 ? evolve_levels<64>(design, habitat, wanted) : evolve_levels<16>(design, habitat, wanted);
}

}  // namespace

std::size_t evolution_lanes(const EvolutionDesign& design, const Habitat& habitat) {
    if (!habitat.ties() || design.update->form() != UpdateForm::pairwise) return 1;
    if (design.mutation > 0 || design.game.has_fund() || !(design.together || design.shared_focal)) return 1;
    if (!habitat.levels() && !design.together) return 1;
    if (!habitat.levels()) return ShareLanes::fits(design.game, *habitat.ties()) ? ShareLanes::width : 1;
    if (!habitat.acceptance() || habitat.ties()->degree(0) == 0) return 1;
    return LevelLanes<64, std::uint16_t>::fits(*habitat.levels()) ? 64 : 1;
}

std::vector<EvolutionTrace> evolve(const EvolutionDesign& design, const Habitat& habitat,
                                   std::span<const std::uint32_t> replicates, std::size_t lanes) {
    lanes = std::min(lanes, evolution_lanes(design, habitat));
    const std::size_t width = lanes >= 64 ? 64 : (lanes >= 16 ? 16 : 1);
    std::vector<EvolutionTrace> traces;
    for (std::size_t first = 0; first < replicates.size(); first += width) {
        const auto some = replicates.subspan(first, std::min(width, replicates.size() - first));
        std::ranges::move(evolve_together(design, habitat, some, width), std::back_inserter(traces));
    }
    return traces;
}

}  // namespace commonweal
