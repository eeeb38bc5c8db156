#include "sim/record/evolution_file.hpp"

namespace commonweal {

namespace {

std::vector<std::int32_t> counting(std::uint64_t count, std::uint64_t step = 1) {
    std::vector<std::int32_t> numbers(count);
    for (std::uint64_t i = 0; i < count; ++i) numbers[i] = static_cast<std::int32_t>(i * step);
    return numbers;
}

/// One value or row of each run, one after the other.
template <class T, class Row>
std::vector<T> gathered(const std::vector<EvolutionFile::Run>& runs, const Row& row) {
    std::vector<T> all;
    for (const auto& run : runs) row(run, all);
    return all;
}

}  // namespace

EvolutionFile::EvolutionFile(const std::filesystem::path& path, const EvolutionDesign& design, const Study& study,
                             AgentId agents, std::uint64_t runs)
    : design_(design), runs_(runs), file_(path) {
    file_.attribute("", "format", "commonweal-results");
    file_.attribute("", "format_version", std::int32_t{1});
    file_.attribute("", "title", study.title);
    file_.group("provenance");
    file_.attribute("provenance", "configuration", study.configuration);
    file_.attribute("provenance", "version", study.version);
    file_.attribute("provenance", "commit", study.commit);
    file_.attribute("provenance", "matching", study.matching);
    file_.attribute("provenance", "citation", study.citation);
    file_.coordinate("run", counting(runs), "number of the run");
    file_.coordinate("round", counting(design.recorded(), design.every), "round; 0 is the initial state");
    file_.coordinate("strategy", study.types, "type of agents");
    if (design.keep_strategies) file_.coordinate("agent", counting(agents), "number of the agent");
    variables(agents);
}

void EvolutionFile::variables(AgentId agents) {
    const std::vector<Hdf5File::Axis> run{{"run", runs_}};
    const Hdf5File::Axis round{"round", design_.recorded()}, strategy{"strategy", design_.game.strategies()};
    file_.variable("replicate", Number::int32, run, "1", "replicate of the run");
    file_.variable("instance", Number::int32, run, "1", "network instance of the run");
    file_.variable("share", Number::float64, {run[0], round, strategy}, "1", "share of agents with the strategy");
    file_.variable("mean_payoff", Number::float64, {run[0], round}, "payoff", "mean payoff of an agent in a round");
    file_.variable("late_share", Number::float64, {run[0], strategy}, "1",
                   "share of agents with the strategy, mean over the last record.window rounds");
    file_.variable("absorbed", Number::int32, run, "1",
                   "index of the strategy that took over everybody for good, -1 when none did");
    file_.variable("absorption_steps", Number::float64, run, "1",
                   "elementary steps (revisions of one agent) until then; NaN when none did");
    file_.variable("absorption_round", Number::float64, run, "1", "the same in rounds");
    if (design_.keep_strategies)
        file_.variable("agent_strategy", Number::int8, {run[0], round, {"agent", agents}}, "1",
                       "index of the agent's strategy; -1 for a free place of a splitting group");
}

void EvolutionFile::append(const std::vector<Run>& runs) {
    const std::uint64_t count = runs.size();
    const auto put = [&]<class T>(const char* name, const std::vector<T>& values) {
        file_.write(name, written_, count, values.data());
    };
    using Ints = std::vector<std::int32_t>;
    using Doubles = std::vector<double>;
    const auto all = [](Doubles& out, const Doubles& row) { out.insert(out.end(), row.begin(), row.end()); };
    put("replicate", gathered<std::int32_t>(runs, [](const Run& run, Ints& out) {
            out.push_back(static_cast<std::int32_t>(run.replicate));
        }));
    put("instance", gathered<std::int32_t>(runs, [](const Run& run, Ints& out) {
            out.push_back(static_cast<std::int32_t>(run.instance));
        }));
    put("share", gathered<double>(runs, [&](const Run& run, Doubles& out) { all(out, run.trace->share); }));
    put("mean_payoff", gathered<double>(runs, [&](const Run& run, Doubles& out) { all(out, run.trace->payoff); }));
    put("late_share", gathered<double>(runs, [&](const Run& run, Doubles& out) { all(out, run.trace->late_share); }));
    put("absorbed",
        gathered<std::int32_t>(runs, [](const Run& run, Ints& out) { out.push_back(run.trace->absorbed); }));
    put("absorption_steps",
        gathered<double>(runs, [](const Run& run, Doubles& out) { out.push_back(run.trace->absorption_steps); }));
    put("absorption_round", gathered<double>(runs, [](const Run& run, Doubles& out) {
            out.push_back(run.trace->absorption_steps / run.trace->steps_per_round);
        }));
    if (design_.keep_strategies)
        put("agent_strategy", gathered<std::int32_t>(runs, [](const Run& run, Ints& out) {
                for (const std::uint8_t s : run.trace->strategies) out.push_back(s == 255 ? -1 : s);
            }));
    written_ += count;
}

}  // namespace commonweal
