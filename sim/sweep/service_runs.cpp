#include "sim/sweep/service_runs.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <optional>

#include "sim/engine/service_simulation.hpp"
#include "sim/network/agent_blocks.hpp"
#include "sim/sweep/batches.hpp"
#include "sim/sweep/network_design.hpp"
#include "sim/sweep/results_of_run.hpp"

namespace commonweal {

namespace {

constexpr std::uint32_t policy_keys = 64;

/// A key from the name, so that a policy draws the same numbers in every regime that has it.
std::uint32_t key_of(std::string_view name, const std::vector<PolicyInForce>& others) {
    std::uint32_t hash = 2166136261u;  // FNV-1a
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    std::uint32_t key = (hash ^ hash >> 16) % policy_keys;
    while (std::ranges::find(others, key, &PolicyInForce::key) != others.end()) key = (key + 1) % policy_keys;
    return key;
}

Rollout rollout_of(const PolicySection& settings) {
    Rollout rollout;
    rollout.kind = static_cast<Rollout::Kind>(settings.rollout);
    rollout.pairs = settings.pairs;
    rollout.rounds = rollout.kind == Rollout::Kind::churn ? settings.turn : settings.pilot_rounds;
    rollout.outcome = static_cast<Rollout::Outcome>(settings.outcome);
    if (rollout.kind != Rollout::Kind::pilot_and_scale) return rollout;
    const boost::math::students_t t(settings.pairs - 1.0);
    rollout.critical = settings.alpha > 0 ? boost::math::quantile(boost::math::complement(t, settings.alpha))
                                          : std::numeric_limits<double>::infinity();
    return rollout;
}

PolicyInForce in_force(const ScenarioPolicy& own, const std::vector<PolicyInForce>& others) {
    const PolicySection& settings = own.settings;
    PolicyInForce policy;
    policy.name = own.name;
    policy.where = own.where;
    policy.policy = own.policy;
    policy.start = settings.start;
    policy.end = settings.end;
    for (const std::string& role : settings.roles)
        policy.roles.push_back(static_cast<std::uint32_t>(std::ranges::find(role_names, role) - role_names.begin()));
    policy.organizations = settings.organizations;
    policy.share = settings.share;
    policy.budget = settings.budget;
    policy.rollout = rollout_of(settings);
    policy.key = key_of(own.name, others);
    return policy;
}

template <std::size_t width>
std::vector<ServiceTrace> serve_lanes(const ServiceDesign& design, const ServicePlace& place,
                                      std::span<const std::uint32_t> wanted) {
    typename ServiceSimulation<width>::Replicates replicates;
    for (std::size_t lane = 0; lane < width; ++lane) replicates[lane] = wanted[std::min(lane, wanted.size() - 1)];
    return ServiceSimulation<width>(design, place, replicates).run(wanted.size());
}

/// Collects the summary over runs, in run order.
class ServiceTally {
public:
    explicit ServiceTally(const ServiceDesign& design)
        : design_(design), rounds_(design.rounds), extended_(design.policies.size()), costs_(design.policies.size()) {}

    void add(const ServiceTrace& trace) {
        for (Round round = 0; round < design_.rounds; ++round) {
            rounds_[round][0].add(trace.payoff[round]);
            rounds_[round][1].add(trace.local[round]);
            rounds_[round][2].add(trace.system[round]);
        }
        const std::array numbers{trace.welfare, trace.local_mean, trace.system_mean, trace.gini, trace.public_cost};
        for (std::size_t i = 0; i < numbers.size(); ++i) means_[i].add(numbers[i]);
        for (std::size_t i = 0; i < costs_.size(); ++i) {
            costs_[i].add(trace.policy_cost[i]);
            extended_[i] += trace.extended[i] == 1;
        }
        gap_ = std::max(gap_, trace.gap);
        ++runs_;
    }

    ServiceSummary summary() const {
        ServiceSummary summary;
        for (Round round = 0; round < design_.rounds; ++round)
            summary.rows.push_back(
                {round + 1, rounds_[round][0].spread(), rounds_[round][1].spread(), rounds_[round][2].spread()});
        summary.welfare = means_[0].spread();
        summary.local = means_[1].spread();
        summary.system = means_[2].spread();
        summary.gini = means_[3].spread();
        summary.public_cost = means_[4].spread();
        for (std::size_t i = 0; i < costs_.size(); ++i) {
            const PolicyInForce& own = design_.policies[i];
            summary.policies.push_back(
                {own.name, costs_[i].spread(),
                 own.rollout.kind == Rollout::Kind::pilot_and_scale ? static_cast<std::int64_t>(extended_[i]) : -1});
        }
        summary.gap = gap_;
        return summary;
    }

private:
    const ServiceDesign& design_;
    std::vector<std::array<Moments, 3>> rounds_;
    std::array<Moments, 5> means_;
    std::vector<std::uint64_t> extended_;
    std::vector<Moments> costs_;
    Micro gap_ = 0;
    std::uint64_t runs_ = 0;
};

/// Batches held in memory at once.
/// Where the batches of one network instance are played.
struct Scene {
    ServicePlace place;
    std::string digest;

    Scene(const ServiceDesign& design, std::uint32_t instance)
        : place(design, instance), digest(network_text(place.network())) {}
};

/// What a batch leaves: for the summary, and for the file.
struct Played {
    std::vector<ServiceTrace> traces;
    std::optional<RunRows> rows;
};

/// Of a batch while it is computed [bytes].
double bytes_of(const ServiceDesign& design, std::size_t lanes) {
    const double rounds = design.keep_agents ? design.rounds : 1;
    return static_cast<double>(lanes) * design.first->agents() * (200.0 + 24.0 * rounds) + 1;
}

}  // namespace

ServiceDesign service_of(const Scenario& scenario) {
    ServiceDesign design;
    design.randomness = Randomness(scenario.seeds);
    design.game = {static_cast<float>(scenario.game.endowment), scenario.game.local_enhancement,
                   scenario.game.system_enhancement};
    design.rounds = scenario.session.rounds;
    for (const AgentType& type : scenario.types) {
        design.types.push_back({type.behavior, type.settings.endowment_share});
        design.places.push_back(type_place(type));
    }
    for (const ScenarioPolicy& own : scenario.policies) design.policies.push_back(in_force(own, design.policies));
    design.beliefs = {
        {static_cast<float>(scenario.beliefs.first_local), static_cast<float>(scenario.beliefs.first_system)},
        static_cast<float>(scenario.beliefs.spread),
        static_cast<float>(scenario.beliefs.weight)};
    design.crowding_out = {static_cast<CrowdingOut::Kind>(scenario.crowding_out.kind),
                           static_cast<float>(scenario.crowding_out.strength),
                           static_cast<float>(scenario.crowding_out.recovery)};
    design.turnover = {static_cast<float>(scenario.turnover.rate), scenario.turnover.every,
                       scenario.turnover.reorganized};
    design.generator = scenario.generator;
    design.layer = scenario.network.layer;
    design.keep_agents = scenario.record.agents;
    design.prepare();
    return design;
}

RunSchema service_schema_of(const Scenario& scenario, const ServiceDesign& design) {
    ServiceWords words;
    for (const AgentType& type : scenario.types) words.types.push_back(type.name);
    const Organizations organizations(*design.first);
    for (std::uint32_t k = 0; k < organizations.organizations(); ++k)
        words.organizations.emplace_back(organizations.organization_name(k));
    for (const PolicyInForce& own : design.policies) words.policies.push_back(own.name);
    words.network = scenario.network.kind;
    words.layer = design.layer;
    return service_schema(design, design.first->agents(), words);
}

std::size_t service_lanes(const ServiceDesign& design, std::size_t wanted, std::size_t runs, std::size_t threads) {
    if (design.changes_structure()) return 1;
    if (wanted) return std::min(wanted, max_lanes);
    if (design.first->agents() >= large_population) return 1;
    return lanes_for(runs, design.first->agents(), threads);
}

std::vector<ServiceTrace> serve(const ServiceDesign& design, const ServicePlace& place,
                                std::span<const std::uint32_t> replicates, std::size_t lanes) {
    std::vector<ServiceTrace> traces;
    for (std::size_t first = 0; first < replicates.size(); first += lanes) {
        const auto some = replicates.subspan(first, std::min(lanes, replicates.size() - first));
        auto part = lanes == 1   ? serve_lanes<1>(design, place, some)
                    : lanes == 8 ? serve_lanes<8>(design, place, some)
                                 : serve_lanes<16>(design, place, some);
        std::ranges::move(part, std::back_inserter(traces));
    }
    return traces;
}

Summary run_service(const Scenario& scenario, const Execution& execution, const std::filesystem::path& output,
                    const Study& study) {
    const ServiceDesign design = service_of(scenario);
    const auto schema = std::make_shared<const RunSchema>(service_schema_of(scenario, design));
    const std::uint64_t runs = std::uint64_t{scenario.study.replicates} * scenario.study.instances;
    std::optional<ResultsOfRun> file;
    if (!output.empty()) file.emplace(output, scenario, *schema, study);
    ServiceTally tally(design);
    Summary summary;
    with_threads(execution.threads, [&] {
        const std::size_t lanes = service_lanes(design, execution.lanes, scenario.study.replicates, thread_count());
        each_batch(
            {.instances = scenario.study.instances,
             .replicates = scenario.study.replicates,
             .size = lanes,
             .live = live_batches(bytes_of(design, lanes))},
            [&](std::uint32_t instance) { return std::make_shared<Scene>(design, instance); },
            [&](const Scene& scene, const std::vector<std::uint32_t>& replicates) {
                Played played{serve(design, scene.place, replicates, lanes), {}};
                if (file) played.rows = service_rows(played.traces, schema);
                return played;
            },
            [&](const Scene& scene, const Played& played) {
                if (file) file->append(*played.rows, scene.place.instance(), scene.digest);
                for (const ServiceTrace& trace : played.traces) tally.add(trace);
                summary.agents = scene.place.network().agents();
                summary.ties = scene.place.ties().ties();
                summary.runs += played.traces.size();
                if (execution.progress) execution.progress(summary.runs, runs);
            },
            [&] { return !execution.stop || !execution.stop(); });
    });
    summary.stopped = summary.runs < runs;
    summary.decisions = summary.runs * summary.agents * design.rounds;
    summary.service = tally.summary();
    if (file && !summary.stopped) file->finish();
    return summary;
}

}  // namespace commonweal
