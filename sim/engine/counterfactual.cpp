#include "sim/engine/counterfactual.hpp"

#include <algorithm>

#include "sim/engine/network_cascade.hpp"
#include "sim/engine/simulation.hpp"

namespace commonweal {

namespace {

constexpr std::size_t width = max_lanes;
constexpr std::uint32_t most_degrees = 10;

/// Contributions of a batch: [round][agent][lane].
class Contributions final : public Recorder {
public:
    explicit Contributions(const Experiment& experiment)
        : size_(std::size_t{experiment.agents()} * width), values_(size_ * experiment.rounds()) {}
    void on_round(const RoundView& view) override {
        std::copy_n(view.contributions, size_, values_.begin() + static_cast<std::ptrdiff_t>((view.round - 1) * size_));
    }
    const float* round(Round round) const noexcept { return values_.data() + (round - 1) * size_; }

private:
    std::size_t size_;
    std::vector<float> values_;
};

/// Group numbers of one replicate: [round][agent], within the run.
std::vector<std::vector<AgentId>> group_numbers(const Experiment& experiment, const MeetingPlan& plan,
                                                std::uint32_t replicate) {
    std::vector<std::vector<AgentId>> numbers(experiment.rounds(), std::vector<AgentId>(experiment.agents()));
    std::vector<AgentId> own(experiment.agents());
    for (Round round = 1; round <= experiment.rounds(); ++round) {
        const AgentId* slots = plan.slots(round);
        if (!slots) {
            meet(experiment, plan.instance(), replicate, round, own);
            slots = own.data();
        }
        for (AgentId slot = 0; slot < experiment.agents(); ++slot)
            numbers[round - 1][slots[slot]] = slot / experiment.group_size;
    }
    return numbers;
}

/// What one source of one session changed under one condition, added to the table.
class Tally {
public:
    Tally(const Experiment& experiment, const TwinDesign& design, CascadeTable& table)
        : experiment_(experiment), design_(design), table_(table) {}

    struct Twin {
        std::uint32_t condition;
        AgentId session, source;  ///< source: number within the session
        double applied;           ///< tokens given more
        const std::vector<std::uint32_t>* degrees;
        const Contributions* base;
        const Contributions* nudged;
        std::size_t lane;
    };

    void add(const Twin& twin) const {
        const Round start = experiment_.before(twin.session, twin.condition) + design_.round;
        for (Round lag = 1; lag <= table_.lags; ++lag) {
            const float* base = twin.base->round(start + lag);
            const float* nudged = twin.nudged->round(start + lag);
            double others = 0;
            for (AgentId member = 0; member < experiment_.session_size; ++member) {
                const std::size_t row = std::size_t{twin.session * experiment_.session_size + member} * width;
                const double effect = (double{nudged[row + twin.lane]} - double{base[row]}) / twin.applied;
                if (member == twin.source) {
                    table_.own[twin.condition * table_.lags + lag - 1] += effect;
                    continue;
                }
                others += effect;
                const std::uint32_t degree = (*twin.degrees)[std::size_t{lag - 1} * experiment_.session_size + member];
                if (degree == 0 || degree > table_.degrees) continue;
                table_.effect[table_.cell(twin.condition, degree, lag)] += effect;
                table_.people[table_.cell(twin.condition, degree, lag)] += 1;
            }
            table_.gain[twin.condition * table_.lags + lag - 1] += others;
        }
    }

private:
    const Experiment& experiment_;
    const TwinDesign& design_;
    CascadeTable& table_;
};

/// Groups of one session from the nudged round of a condition on: [round, member].
std::vector<std::vector<AgentId>> groups_from(const Experiment& experiment,
                                              const std::vector<std::vector<AgentId>>& numbers, AgentId session,
                                              Round start, Round rounds) {
    std::vector<std::vector<AgentId>> groups;
    for (Round round = start; round < start + rounds; ++round) {
        const auto first = numbers[round - 1].begin() + session * experiment.session_size;
        groups.emplace_back(first, first + experiment.session_size);
    }
    return groups;
}

/// The nudge of a batch: lane l nudges member sources[l] of every session in the nudged round of the condition.
Nudge nudge_of(const Experiment& experiment, const TwinDesign& design, std::uint32_t condition, AgentId first_source,
               AgentId count) {
    Nudge nudge{std::vector<Round>(experiment.sessions),
                std::vector<float>(std::size_t{experiment.agents()} * width),
                design.reverse,
                {}};
    for (AgentId session = 0; session < experiment.sessions; ++session) {
        nudge.round[session] = experiment.before(session, condition) + design.round;
        for (AgentId lane = 0; lane < count; ++lane)
            nudge.amounts[std::size_t{session * experiment.session_size + first_source + lane} * width + lane] =
                design.nudge;
    }
    return nudge;
}

}  // namespace

CascadeTable::CascadeTable(std::uint32_t conditions_, Round lags_, std::uint32_t degrees_)
    : conditions(conditions_),
      lags(lags_),
      degrees(degrees_),
      effect(std::size_t{conditions_} * degrees_ * lags_),
      people(effect.size()),
      gain(std::size_t{conditions_} * lags_),
      own(gain.size()) {}

double CascadeTable::multiplier(std::uint32_t condition) const noexcept {
    double sum = 0;
    for (Round lag = 0; lag < lags; ++lag) sum += gain[condition * lags + lag] + own[condition * lags + lag];
    return 1 + sum / sources;
}

std::vector<std::uint32_t> degrees_of_separation(const std::vector<std::vector<AgentId>>& groups, AgentId source) {
    const std::size_t rounds = groups.size();
    const std::size_t size = rounds ? groups.front().size() : 0;
    std::vector<std::uint32_t> degrees(rounds * size);
    std::vector<std::uint32_t> now(size), nearest;
    for (std::size_t round = 0; round < rounds; ++round) {
        const auto& group = groups[round];
        nearest.assign(*std::max_element(group.begin(), group.end()) + std::size_t{1}, 0);
        for (std::size_t member = 0; member < size; ++member) {
            const std::uint32_t here = round == 0 && member == source ? 1 : (now[member] ? now[member] + 1 : 0);
            if (here && (!nearest[group[member]] || here < nearest[group[member]])) nearest[group[member]] = here;
        }
        for (std::size_t member = 0; member < size; ++member) {
            const std::uint32_t reached = nearest[group[member]];
            if (member != source && reached && (!now[member] || reached < now[member])) now[member] = reached;
        }
        std::copy(now.begin(), now.end(), degrees.begin() + static_cast<std::ptrdiff_t>(round * size));
    }
    return degrees;
}

CascadeTable cascade(const Experiment& experiment, const MeetingPlan& plan, std::uint32_t replicate,
                     const TwinDesign& design) {
    if (plan.neighborhoods()) return network_cascade(experiment, plan, replicate, design);
    CascadeTable table(experiment.conditions, cascade_lags(experiment, design), cascade_degrees(experiment, design));
    table.sources = experiment.agents();
    const Tally tally(experiment, design, table);
    const auto numbers = group_numbers(experiment, plan, replicate);
    std::array<std::uint32_t, width> same;
    same.fill(replicate);
    Simulation<width> simulation(experiment, plan, same);
    Contributions base(experiment), nudged(experiment);
    simulation.run(base);
    for (std::uint32_t condition = 0; condition < experiment.conditions; ++condition)
        for (AgentId first = 0; first < experiment.session_size; first += width) {
            const AgentId count = std::min<AgentId>(width, experiment.session_size - first);
            Nudge nudge = nudge_of(experiment, design, condition, first, count);
            simulation.run(nudged, &nudge);
            for (AgentId session = 0; session < experiment.sessions; ++session) {
                const Round start = experiment.before(session, condition) + design.round;
                const auto groups = groups_from(experiment, numbers, session, start, table.lags);
                for (AgentId lane = 0; lane < count; ++lane) {
                    const auto degrees = degrees_of_separation(groups, first + lane);
                    const std::size_t at = std::size_t{session * experiment.session_size + first + lane} * width + lane;
                    tally.add({condition, session, first + lane, nudge.applied[at], &degrees, &base, &nudged, lane});
                }
            }
        }
    return table;
}

Round cascade_lags(const Experiment& experiment, const TwinDesign& design) {
    return experiment.condition_rounds - design.round;
}

std::uint32_t cascade_degrees(const Experiment& experiment, const TwinDesign& design) {
    const std::uint64_t reach = experiment.network ? ties_per_round(*experiment.network) : 1;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(reach * cascade_lags(experiment, design), most_degrees));
}

}  // namespace commonweal
