#include "sim/app/store_commands.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "models/catalog.hpp"
#include "sim/app/interrupt.hpp"
#include "sim/app/output.hpp"
#include "sim/app/shell_words.hpp"
#include "sim/app/version.hpp"
#include "sim/sweep/merge.hpp"
#include "sim/sweep/verify.hpp"

namespace commonweal {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

/// How far a sweep is, from its journals.
struct Status {
    std::uint64_t runs = 0, done = 0, failed = 0;
    std::uint64_t shards = 0, lost = 0, bytes = 0;
    double seconds = 0;  ///< of computing, over all workers
    std::string last;    ///< when the last shard came
    bool results = false;
    bool judged = false;  ///< the number of runs is the most that may be needed

    std::uint64_t open() const { return runs - done - failed; }
    bool ended() const { return results && (open() == 0 || judged); }
};

Status status_of(const Store& store) {
    Status status;
    const auto entries = store.entries();
    status.runs = store.design().runs();
    status.judged = !store.design().until().empty();
    for (const RunState state : store.states(entries)) {
        status.done += state == RunState::done;
        status.failed += state == RunState::failed;
    }
    std::error_code unknown;
    for (const JournalEntry& entry : entries) {
        ++status.shards;
        status.lost += !fs::exists(store.shard_path(entry.shard), unknown);
        status.bytes += entry.bytes;
        status.seconds += entry.seconds;
        status.last = std::max(status.last, entry.time);
    }
    status.results = fs::exists(store.results_path(), unknown);
    return status;
}

/// Failed runs with their cells and messages.
std::vector<std::string> failures_of(const Store& store) {
    std::vector<std::string> lines;
    const auto entries = store.entries();
    const auto states = store.states(entries);
    for (const JournalEntry& entry : entries) {
        std::error_code unknown;
        if (entry.failed.empty() || !fs::exists(store.shard_path(entry.shard), unknown)) continue;
        const Shard shard = store.read(entry);
        for (const FailedRun& failed : shard.failed) {
            const auto run = store.present(shard.generation, failed.run);
            if (!run || states[*run] != RunState::failed) continue;
            lines.push_back(fmt::format("run {}, {}: {}", *run, store.design().name_of(store.design().id(*run).cell),
                                        failed.message));
        }
    }
    return lines;
}

std::string text_of(const Status& status) {
    std::string text = fmt::format("runs      {}{}\n", status.runs, status.judged ? " at most" : "");
    const double share = 100.0 * static_cast<double>(status.done) / static_cast<double>(status.runs);
    const bool enough = status.judged && status.ended();
    text += fmt::format("done      {} ({:.1f} %)\nfailed    {}\nopen      {}\n", status.done, share, status.failed,
                        enough ? 0 : status.open());
    if (enough) text += fmt::format("unneeded  {}, by --until\n", status.open());
    text += fmt::format("shards    {}, {}\n", status.shards, size_text(static_cast<double>(status.bytes)));
    if (status.lost) text += fmt::format("lost      {} shards are in a journal, and are not there\n", status.lost);
    if (!status.last.empty()) text += fmt::format("last      {}\n", status.last);
    const auto ended = static_cast<double>(status.done + status.failed);
    if (status.seconds > 0 && status.open() && !status.judged)
        text += fmt::format("left      {} of one worker, at {:.3g} runs per second\n",
                            duration_text(static_cast<double>(status.open()) * status.seconds / ended),
                            ended / status.seconds);
    text += fmt::format("results   {}\n", status.results ? "results.h5" : "not built yet");
    if (status.open() && !enough) text += "next      the same command, or `commonweal retry`, computes what is open\n";
    return text;
}

Json json_of(const Status& status, const Store& store) {
    Json json{{"runs", status.runs},
              {"done", status.done},
              {"failed", status.failed},
              {"open", status.open()},
              {"shards", status.shards},
              {"lost_shards", status.lost},
              {"bytes", status.bytes},
              {"seconds", status.seconds},
              {"results", status.results},
              {"version", store.program().version},
              {"commit", store.program().commit}};
    json["generation"] = store.generation();
    return json;
}

}  // namespace

int status_command(const StatusOptions& options) {
    note_interrupts();
    while (true) {
        const Store store = Store::open(options.store, models::catalog());
        const Status status = status_of(store);
        const bool screen = options.watch && isatty(STDOUT_FILENO) == 1;
        if (options.json) {
            Json json = json_of(status, store);
            if (status.failed && !options.watch) json["failures"] = failures_of(store);
            print(json.dump(options.watch ? -1 : 2) + "\n");
        } else {
            print((screen ? "\x1b[H\x1b[J" : "") + text_of(status));
            if (status.failed && !options.watch) {
                const auto lines = failures_of(store);
                constexpr std::size_t most = 20;
                print("\n");
                for (std::size_t i = 0; i < std::min(most, lines.size()); ++i) print(lines[i] + "\n");
                if (lines.size() > most) print(fmt::format("... and {} more\n", lines.size() - most));
            }
        }
        flush_output();
        if (!options.watch || status.open() == 0 || status.ended()) return 0;
        for (int i = 0; i < 20 && !interrupted(); ++i) ::usleep(100'000);
        if (interrupted()) return interrupted();
    }
}

int refuse(const MergeReport& report) {
    for (const auto& shard : report.damaged_shards)
        say_error(
            fmt::format("shard {}: its bytes are not those that were written; delete it, and the command that "
                        "made the sweep computes its runs again",
                        shard));
    constexpr std::size_t most = 20;
    for (std::size_t i = 0; i < std::min(most, report.contradicting.size()); ++i)
        say_error(fmt::format("run {} is in several shards, with different values", report.contradicting[i]));
    if (report.contradicting.size() > most)
        say_error(fmt::format("... and {} more runs", report.contradicting.size() - most));
    return 5;
}

int tell(const MergeReport& report, const Store& store, const fs::path& output) {
    const std::string name = shell_word(store.folder().string());
    for (const auto& shard : report.lost_shards) say(fmt::format("shard {} is in a journal, and is not there", shard));
    if (!report.written) return refuse(report);
    if (report.overlapping)
        say(fmt::format("{} runs are in several shards, with the same values; each is in the results once",
                        report.overlapping));
    print(fmt::format("{}\n", output.string()));
    if (!report.complete()) {
        std::string missing = text_of(report.missing);
        if (missing.size() > 200) missing = missing.substr(0, missing.rfind(',', 200)) + ", ...";
        say(fmt::format("{} of {} runs are missing: {}; the command that made the sweep computes them",
                        report.missing_runs, report.missing_runs + report.done + report.failed, missing));
        return 4;
    }
    if (report.failed) {
        say(fmt::format("{} runs failed; `commonweal status {}` lists them", report.failed, name));
        return 3;
    }
    return 0;
}

void tell_next(const Store& store) {
    flush_output();
    const Design& design = store.design();
    const std::string folder = shell_word(store.folder().string());
    using Kind = DesignOptions::Kind;
    const Kind kind = design.points().options().kind;
    std::string next;
    if (design.regimes() > 1)
        next = fmt::format("`commonweal report {}` writes the report; ", folder);
    else if (kind == Kind::saltelli || kind == Kind::morris)
        next = fmt::format("`commonweal analyze --{} {}` tells which keys matter; ",
                           kind == Kind::morris ? "morris" : "sobol", folder);
    say(fmt::format(
        "next: {}`commonweal export {} --to csv` writes tables; in Python commonweal.open_results({}) opens it", next,
        folder, Json(store.folder().string()).dump()));
}

int merge_command(const MergeOptions& options) {
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic, "reading shards");
    std::vector<Store> stores;
    for (const auto& folder : options.stores) stores.push_back(Store::open(folder, models::catalog()));
    for (const Store& store : stores) stores.front().check_same(store);
    const fs::path target = options.output.empty() ? options.stores.front() : options.output;
    if (stores.size() > 1 || !options.output.empty()) {
        const Store into = Store::open_like(target, stores.front(), models::catalog());
        for (const Store& store : stores) {
            std::error_code unknown;
            if (!fs::equivalent(store.folder(), target, unknown)) into.adopt(store);
        }
    }
    const Store store = Store::open(target, models::catalog());
    progress.begin("building results.h5");
    const MergeReport report = merge(store, store.results_path());
    progress.clear();
    const int code = tell(report, store, store.results_path());
    if (report.written && !options.quiet) tell_next(store);
    return code;
}

int verify_command(const VerifyOptions& options) {
    const Store store = Store::open(options.store, models::catalog());
    store.check_inputs();
    const bool same = store.program().version == program().version && store.program().commit == program().commit;
    if (!same)
        say(fmt::format("the sweep was computed by commonweal {} (commit {}), and this is {} (commit {})",
                        store.program().version, store.program().commit, program().version, program().commit));
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic, "checking shards and results");
    const VerifyReport report = verify(store, options.sample, options.threads,
                                       [&](std::uint64_t done, std::uint64_t all) { progress(done, all); });
    progress.clear();
    if (options.json) {
        print(Json{{"shards", report.shards},
                   {"runs", report.runs},
                   {"recomputed", report.recomputed},
                   {"results", report.results},
                   {"problems", report.problems}}
                  .dump(2) +
              "\n");
    } else {
        const std::uint64_t all = store.design().runs();
        const bool open = report.runs < all && store.design().until().empty();
        print(fmt::format("shards      {}\nruns        {}{}\nrecomputed  {}\nresults.h5  {}\nproblems    {}\n",
                          report.shards, report.runs,
                          open ? fmt::format(" of {}; the others failed, are lost or are not computed yet", all) : "",
                          report.recomputed, report.results ? "compared" : "not compared", report.problems.size()));
        for (const auto& problem : report.problems) print(problem + "\n");
    }
    return report.problems.empty() ? 0 : 5;
}

}  // namespace commonweal
