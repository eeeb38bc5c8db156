#include "sim/engine/network_cascade.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>

#include "sim/core/draw_sequence.hpp"
#include "sim/engine/simulation.hpp"

namespace commonweal {

namespace {

constexpr std::size_t width = max_lanes;

/// Contributions of one run after the nudged round: [lag - 1, agent].
class Baseline final : public Recorder {
public:
    Baseline(const Experiment& experiment, Round nudged, Round lags)
        : nudged_(nudged), agents_(experiment.agents()), values_(std::size_t{lags} * agents_) {}

    void on_round(const RoundView& view) override {
        if (view.round <= nudged_) return;
        std::copy_n(view.contributions, agents_,
                    values_.begin() + static_cast<std::ptrdiff_t>((view.round - nudged_ - 1) * agents_));
    }
    const float* at(Round lag) const noexcept { return values_.data() + (lag - 1) * agents_; }

private:
    Round nudged_;
    std::size_t agents_;
    std::vector<float> values_;
};

/// Distances from up to 16 sources: [agent][lane], 0 for the source itself and beyond `most` ties.
class Distances {
public:
    Distances(const Layer& ties, std::uint32_t most) : ties_(ties), most_(most), ties_to_(ties.agents() * width) {}

    void find(std::span<const AgentId> sources) {
        std::fill(ties_to_.begin(), ties_to_.end(), std::uint8_t{0});
        for (std::size_t lane = 0; lane < sources.size(); ++lane) search(sources[lane], lane);
    }
    AgentId agents() const noexcept { return ties_.agents(); }
    const std::uint8_t* of(AgentId agent) const noexcept { return ties_to_.data() + std::size_t{agent} * width; }

    /// [distance], people at that distance from the source of a lane.
    std::vector<double> people(std::size_t lane) const {
        std::vector<double> count(most_ + std::size_t{1});
        for (AgentId agent = 0; agent < ties_.agents(); ++agent) count[of(agent)[lane]] += 1;
        return count;
    }

private:
    void search(AgentId source, std::size_t lane) {
        std::vector<AgentId> shell{source}, next;
        for (std::uint32_t distance = 1; distance <= most_ && !shell.empty(); ++distance) {
            next.clear();
            for (const AgentId from : shell)
                for (const AgentId to : ties_.neighbors(from)) {
                    std::uint8_t& known = ties_to_[std::size_t{to} * width + lane];
                    if (to == source || known) continue;
                    known = static_cast<std::uint8_t>(distance);
                    next.push_back(to);
                }
            shell.swap(next);
        }
    }

    const Layer& ties_;
    std::uint32_t most_;
    std::vector<std::uint8_t> ties_to_;
};

/// Adds up, lane by lane, how twins differ from the run.
class Effects final : public Recorder {
public:
    struct Twins {
        const Baseline& baseline;
        const Distances& distances;
        Round nudged;
        std::uint32_t reach;  ///< ties per round
    };
    Effects(const Twins& twins, CascadeTable& table) : twins_(twins), table_(table) {}

    /// The twins to come: their sources, and where the nudge will say how many tokens they gave more.
    void watch(std::span<const AgentId> sources, const Nudge& nudge) {
        sources_ = sources;
        nudge_ = &nudge;
        people_.clear();
        for (std::size_t lane = 0; lane < sources.size(); ++lane) people_.push_back(twins_.distances.people(lane));
    }

    void on_round(const RoundView& view) override {
        if (view.round <= twins_.nudged) return;
        const Round lag = view.round - twins_.nudged;
        add_differences(view.contributions, lag);
        for (std::size_t lane = 0; lane < sources_.size(); ++lane) add_lane(lane, lag);
    }

private:
    struct Sums {
        std::array<double, 256> at_distance{};  ///< [tokens]; of 0: nobody that is counted by distance
        double all = 0, own = 0;
    };

    void add_differences(const float* contributions, Round lag) {
        sums_.assign(sources_.size(), {});
        const float* const base = twins_.baseline.at(lag);
        for (AgentId agent = 0; agent < twins_.distances.agents(); ++agent) {
            const float* const row = contributions + std::size_t{agent} * width;
            const float before = base[agent];
            if (std::all_of(row, row + width, [&](float c) { return c == before; })) continue;
            const std::uint8_t* const distance = twins_.distances.of(agent);
            for (std::size_t lane = 0; lane < sources_.size(); ++lane) {
                const double change = static_cast<double>(row[lane]) - static_cast<double>(before);
                if (agent == sources_[lane]) {
                    sums_[lane].own = change;
                    continue;
                }
                sums_[lane].at_distance[distance[lane]] += change;
                sums_[lane].all += change;
            }
        }
    }

    void add_lane(std::size_t lane, Round lag) {
        const auto applied = static_cast<double>(nudge_->applied[std::size_t{sources_[lane]} * width + lane]);
        const std::uint64_t reached = std::min<std::uint64_t>(table_.degrees, std::uint64_t{twins_.reach} * lag);
        for (std::uint32_t degree = 1; degree <= reached; ++degree) {
            table_.effect[table_.cell(0, degree, lag)] += sums_[lane].at_distance[degree] / applied;
            table_.people[table_.cell(0, degree, lag)] += people_[lane][degree];
        }
        table_.gain[lag - 1] += sums_[lane].all / applied;
        table_.own[lag - 1] += sums_[lane].own / applied;
    }

    Twins twins_;
    CascadeTable& table_;
    std::span<const AgentId> sources_;
    const Nudge* nudge_ = nullptr;
    std::vector<std::vector<double>> people_;  ///< [lane, distance]
    std::vector<Sums> sums_;                   ///< [lane]
};

}  // namespace

std::uint32_t ties_per_round(const NetworkDesign& design) noexcept {
    const bool pots = design.rules.kind == NeighborhoodRules::Kind::public_goods;
    return pots && design.rules.hosts == NeighborhoodRules::Hosts::all ? 2 : 1;
}

std::vector<AgentId> sources_of(const Experiment& experiment, std::uint32_t instance, std::uint32_t replicate,
                                std::uint32_t count) {
    std::vector<AgentId> agents(experiment.agents());
    std::iota(agents.begin(), agents.end(), AgentId{0});
    if (count == 0) return agents;
    DrawSequence draws(experiment.randomness, {.stream = Stream::source, .instance = instance, .replicate = replicate});
    for (std::size_t i = 0; i < count; ++i) std::swap(agents[i], agents[i + draws.below(agents.size() - i)]);
    agents.resize(count);
    std::ranges::sort(agents);
    return agents;
}

CascadeTable network_cascade(const Experiment& experiment, const MeetingPlan& plan, std::uint32_t replicate,
                             const TwinDesign& design) {
    CascadeTable table(1, cascade_lags(experiment, design), cascade_degrees(experiment, design));
    const std::vector<AgentId> sources = sources_of(experiment, plan.instance(), replicate, design.sources);
    table.sources = static_cast<double>(sources.size());
    Baseline baseline(experiment, design.round, table.lags);
    Simulation<1>(experiment, plan, {replicate}).run(baseline);

    std::array<std::uint32_t, width> same;
    same.fill(replicate);
    Simulation<width> twins(experiment, plan, same);
    Distances distances(plan.neighborhoods()->ties(), table.degrees);
    Effects effects({baseline, distances, design.round, ties_per_round(*experiment.network)}, table);
    Nudge nudge{{design.round}, std::vector<float>(std::size_t{experiment.agents()} * width), design.reverse, {}};
    for (std::size_t first = 0; first < sources.size(); first += width) {
        const auto some = std::span(sources).subspan(first, std::min(width, sources.size() - first));
        for (std::size_t lane = 0; lane < some.size(); ++lane) nudge.amounts[some[lane] * width + lane] = design.nudge;
        distances.find(some);
        effects.watch(some, nudge);
        twins.run(effects, &nudge);
        for (std::size_t lane = 0; lane < some.size(); ++lane) nudge.amounts[some[lane] * width + lane] = 0;
    }
    return table;
}

}  // namespace commonweal
