#include "sim/record/adoption.hpp"

#include <algorithm>
#include <array>
#include <limits>

namespace commonweal {

namespace {

constexpr double none = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint32_t unreached = std::numeric_limits<std::uint32_t>::max();

}  // namespace

AdoptionRecorder::AdoptionRecorder(const AdoptionDesign& design, const Layer& ties, Round rounds, std::size_t used)
    : design_(design), ties_(ties), rounds_(rounds), traces_(used), fresh_before_(used) {
    for (AdoptionTrace& trace : traces_) {
        trace.tip_round = none;
        trace.settled_round = 1;
    }
}

void AdoptionRecorder::on_round(const RoundView& view) {
    if (width_ == 0) {
        width_ = view.width;
        first_ = Plane<Round>(ties_.agents() * width_);
        adopted_ = Plane<std::uint32_t>(ties_.agents() * width_);
    }
    switch (view.width) {
        case 1:
            return watch<1>(view);
        case 8:
            return watch<8>(view);
        default:
            return watch<16>(view);
    }
}

template <std::size_t width>
void AdoptionRecorder::watch(const RoundView& view) {
    std::array<std::uint32_t, width> adopters{}, fresh{}, changed{};
    for (AgentId agent = 0; agent < ties_.agents(); ++agent) {
        const std::size_t row = std::size_t{agent} * width;
        for (std::size_t lane = 0; lane < width; ++lane) {
            const std::uint32_t now = view.contributions[row + lane] >= design_.level ? 1 : 0;
            const std::uint32_t is_first = first_[row + lane] == 0 ? now : 0;
            changed[lane] += now ^ adopted_[row + lane];
            adopters[lane] += now;
            fresh[lane] += is_first;
            adopted_[row + lane] = now;
            first_[row + lane] += is_first * view.round;
        }
    }
    for (std::size_t run = 0; run < traces_.size(); ++run) {
        if (changed[run] && view.round > 1) traces_[run].settled_round = view.round < rounds_ ? view.round : none;
        note(run, view.round, adopters[run], fresh[run]);
    }
}

void AdoptionRecorder::on_repeat(const RoundView& view) {
    for (std::size_t run = 0; run < traces_.size(); ++run) {
        const double adopters = traces_[run].size * ties_.agents();
        note(run, view.round, static_cast<std::uint64_t>(adopters + 0.5), 0);
    }
}

void AdoptionRecorder::note(std::size_t run, Round round, std::uint64_t adopters, std::uint64_t fresh) {
    AdoptionTrace& trace = traces_[run];
    trace.size = static_cast<double>(adopters) / ties_.agents();
    trace.adopters.push_back(trace.size);
    if (trace.size >= design_.tip && !(trace.tip_round > 0)) trace.tip_round = round;
    const auto before = static_cast<double>(fresh_before_[run]);
    trace.reproduction.push_back(before > 0 ? static_cast<double>(fresh) / before : none);
    fresh_before_[run] = fresh;
}

/// Ties to the nearest initial adopter, [agent].
std::vector<std::uint32_t> AdoptionRecorder::distances(std::size_t lane, const std::uint8_t* types) const {
    std::vector<std::uint32_t> distance(ties_.agents(), unreached);
    std::vector<AgentId> queue;
    for (AgentId agent = 0; agent < ties_.agents(); ++agent) {
        const std::size_t at = std::size_t{agent} * width_ + lane;
        const bool source = design_.sources ? types[at] == *design_.sources : first_[at] == 1;
        if (!source) continue;
        distance[agent] = 0;
        queue.push_back(agent);
    }
    for (std::size_t next = 0; next < queue.size(); ++next)
        for (const AgentId to : ties_.neighbors(queue[next])) {
            if (distance[to] != unreached) continue;
            distance[to] = distance[queue[next]] + 1;
            queue.push_back(to);
        }
    return distance;
}

void AdoptionRecorder::add_reach(std::size_t lane, const std::uint8_t* types, AdoptionTrace& trace) const {
    std::array<std::uint64_t, kept_distances> people{}, adopted{}, rounds{};
    const auto distance = distances(lane, types);
    for (AgentId agent = 0; agent < ties_.agents(); ++agent) {
        if (distance[agent] == unreached) continue;
        const std::size_t d = std::min<std::size_t>(distance[agent], kept_distances - 1);
        const Round first = first_[std::size_t{agent} * width_ + lane];
        ++people[d];
        adopted[d] += first > 0;
        rounds[d] += first;
    }
    const auto ratio = [](std::uint64_t a, std::uint64_t b) {
        return b ? static_cast<double>(a) / static_cast<double>(b) : none;
    };
    for (std::size_t d = 0; d < kept_distances; ++d) {
        trace.reach_people.push_back(static_cast<double>(people[d]));
        trace.reach_share.push_back(ratio(adopted[d], people[d]));
        trace.reach_round.push_back(ratio(rounds[d], adopted[d]));
    }
}

std::vector<AdoptionTrace> AdoptionRecorder::take(const std::uint8_t* types) {
    for (std::size_t run = 0; run < traces_.size(); ++run) add_reach(run, types, traces_[run]);
    return std::move(traces_);
}

}  // namespace commonweal
