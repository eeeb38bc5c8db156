#include "sim/sweep/store.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <set>
#include <unordered_map>

#include "sim/core/error.hpp"
#include "sim/record/durable.hpp"
#include "sim/sweep/trial.hpp"

namespace commonweal {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

namespace {

Json json_of(const DesignRequest& request) {
    Json json{{"file", request.file.string()},
              {"here", request.here.string()},
              {"overrides", request.overrides},
              {"until", request.until},
              {"max_replicates", request.max_replicates},
              {"scenario", request.text}};
    if (!request.more.empty()) json["more"] = request.more;
    return json;
}

DesignRequest request_of(const Json& json) {
    DesignRequest request;
    request.file = json.at("file").get<std::string>();
    request.here = json.at("here").get<std::string>();
    request.overrides = json.at("overrides").get<std::vector<std::string>>();
    request.until = json.at("until").get<std::vector<std::string>>();
    request.max_replicates = json.at("max_replicates");
    request.text = json.at("scenario");
    if (json.contains("more")) request.more = json.at("more").get<std::vector<std::string>>();
    return request;
}

/// Lines that only one of two designs has, as a patch shows them.
std::string difference(const std::vector<std::string>& old_lines, const std::vector<std::string>& new_lines) {
    std::string text;
    const auto add = [&](char sign, const std::vector<std::string>& lines, const std::vector<std::string>& others) {
        const std::set<std::string> known(others.begin(), others.end());
        std::size_t told = 0, left = 0;
        for (const auto& line : lines) {
            if (known.contains(line)) continue;
            if (told++ < 20)
                text += fmt::format("\n  {} {}", sign, line);
            else
                ++left;
        }
        if (left) text += fmt::format("\n  {} ... and {} more", sign, left);
    };
    add('-', old_lines, new_lines);
    add('+', new_lines, old_lines);
    return text;
}

std::vector<std::string> lines_of(const Design& design) {
    auto lines = design.base_lines();
    const auto more = design.design_lines();
    lines.insert(lines.end(), more.begin(), more.end());
    return lines;
}

/// For every cell of `before` its place in `after`; throws OtherDesignError when one is not there.
std::vector<std::uint32_t> places(const Design& before, const Design& after, const std::string& folder) {
    std::unordered_map<std::string, std::uint32_t> found;
    const auto keys = after.cell_keys();
    for (std::uint32_t cell = 0; cell < keys.size(); ++cell) found.emplace(keys[cell], cell);
    std::vector<std::uint32_t> cells;
    const auto old_keys = before.cell_keys();
    for (std::uint32_t cell = 0; cell < old_keys.size(); ++cell) {
        const auto place = found.find(old_keys[cell]);
        if (place == found.end())
            throw OtherDesignError(
                fmt::format("{}: the new design lacks {} of the old one; --extend takes designs that hold all old "
                            "points (a grid with more values, a longer CSV or Sobol design, more replicates; never a "
                            "Latin hypercube){}",
                            folder, before.name_of(cell), difference(lines_of(before), lines_of(after))));
        cells.push_back(place->second);
    }
    return cells;
}

void check_extension(const Design& before, const Design& after, const std::string& folder) {
    const auto refuse = [&](const std::string& why) {
        throw OtherDesignError(fmt::format("{}: this is no extension of the design there: {}{}", folder, why,
                                           difference(lines_of(before), lines_of(after))));
    };
    if (before.base_lines() != after.base_lines()) refuse("the scenario differs");
    if (after.instances() < before.instances()) refuse("it has fewer instances");
    if (after.replicates() < before.replicates()) refuse("it has fewer replicates");
    if (before.until().empty() != after.until().empty()) refuse("one of them judges when replicates are enough");
    for (const Criterion& criterion : before.until())
        if (std::ranges::find(after.until(), criterion.text, &Criterion::text) == after.until().end())
            refuse("it judges otherwise when replicates are enough");
    places(before, after, folder);
}

/// Data files that the scenarios of a design read, with their digests. Throws as Design::check_cells does.
std::map<std::string, std::string> checked_inputs(const Design& design) {
    std::map<std::string, std::string> inputs;
    for (const auto& path : design.check_cells()) inputs[path.string()] = digest_of_file(path);
    return inputs;
}

/// Throws unless a store may be made here: there is no such folder, or it is empty, or another process has begun to.
void check_free(const fs::path& folder) {
    std::error_code unknown;
    if (!fs::exists(folder, unknown)) return;
    const std::set<std::string> own{"journal", "shards", "making.lock", "manifest.json", "manifest.json.partial",
                                    "lock"};
    bool free = fs::is_directory(folder, unknown);
    if (free)
        for (const auto& file : fs::directory_iterator(folder, unknown)) free &= own.contains(file.path().filename());
    if (!free) throw OtherDesignError(folder.string() + " exists and is no store of a sweep");
}

void make_folder(const fs::path& folder) {
    std::error_code failure;
    fs::create_directories(folder, failure);
    if (failure) throw IoError(folder.string(), "cannot be made: " + failure.message());
}

}  // namespace

struct Store::Manifest {
    Program program;
    std::string configuration;
    std::map<std::string, std::string> inputs;
    std::vector<DesignRequest> generations;

    static fs::path path(const fs::path& folder) { return folder / "manifest.json"; }

    static Manifest read(const fs::path& folder) {
        const fs::path file = path(folder);
        std::ifstream in(file, std::ios::binary);
        if (!in) {
            std::error_code unknown;
            const char* const why = fs::exists(file, unknown)           ? std::strerror(errno)
                                    : fs::is_directory(folder, unknown) ? "it has no manifest.json"
                                    : fs::is_regular_file(folder, unknown)
                                        ? "it is a file, and a store is the folder that `commonweal sweep "
                                          "FILE -o FOLDER` makes, also of a single cell"
                                        : "there is no such folder";
            throw IoError(folder.string(), fmt::format("is no store of a sweep: {}", why));
        }
        try {
            const Json json = Json::parse(std::string{std::istreambuf_iterator<char>(in), {}});
            if (json.at("format") != "commonweal-store" || json.at("format_version") != 1)
                throw IoError(file.string(), "has a format that this version does not know");
            Manifest manifest;
            manifest.program = {json.at("version"), json.at("commit"), json.at("citation")};
            manifest.configuration = json.at("configuration");
            manifest.inputs = json.at("inputs").get<std::map<std::string, std::string>>();
            for (const Json& request : json.at("generations")) manifest.generations.push_back(request_of(request));
            if (manifest.generations.empty()) throw IoError(file.string(), "has no design");
            return manifest;
        } catch (const Json::exception& error) {
            throw IoError(file.string(), fmt::format("is damaged: {}", error.what()));
        } catch (const std::ios_base::failure&) {  // so the library says of a folder, and of a disk that fails
            throw IoError(file.string(), fmt::format("cannot be read: {}", std::strerror(errno)));
        }
    }

    void make(const fs::path& folder) const;

    /// Throws ConfigError for names that JSON cannot hold.
    std::string text() const {
        Json json{{"format", "commonweal-store"}, {"format_version", 1},          {"version", program.version},
                  {"commit", program.commit},     {"citation", program.citation}, {"inputs", inputs}};
        json["generations"] = Json::array();
        for (const DesignRequest& request : generations) json["generations"].push_back(json_of(request));
        json["configuration"] = configuration;
        try {
            return json.dump(2) + "\n";
        } catch (const Json::exception&) {
            throw ConfigError(generations.back().file.string(),
                              "a sweep takes only names and texts that are UTF-8, which its manifest.json can hold");
        }
    }

    void write(const fs::path& folder) const { write_durably(path(folder), text()); }
};

Store::Store(fs::path folder, const Manifest& manifest, const Catalog& catalog)
    : folder_(std::move(folder)),
      program_(manifest.program),
      configuration_(manifest.configuration),
      inputs_(manifest.inputs) {
    for (const DesignRequest& request : manifest.generations)
        designs_.push_back(std::make_shared<const Design>(request, catalog));
    map_generations();
}

void Store::map_generations() {
    present_cells_.assign(designs_.size(), {});
    for (std::size_t i = 0; i + 1 < designs_.size(); ++i)
        present_cells_[i] = places(*designs_[i], design(), folder_.string());
}

Store Store::open(const fs::path& folder, const Catalog& catalog) { return {folder, Manifest::read(folder), catalog}; }

void Store::check_program(const Program& program) const {
    if (program_.version == program.version && program_.commit == program.commit) return;
    throw OtherDesignError(fmt::format(
        "{}: the sweep was begun by commonweal {} (commit {}), and this is {} (commit {}); go on with that version, or "
        "begin again in another folder",
        folder_.string(), program_.version, program_.commit, program.version, program.commit));
}

/// One worker alone, or several that each have their share.
void Store::lock(bool share) {
    lock_ = std::make_shared<FileLock>(folder_ / "lock", share ? FileLock::Kind::shared : FileLock::Kind::exclusive,
                                       "another process works on this sweep");
}

Store Store::resume(const fs::path& folder, const Program& program, const Catalog& catalog, bool share) {
    Store store(folder, Manifest::read(folder), catalog);
    store.check_program(program);
    store.check_inputs();
    store.lock(share);
    return store;
}

/// Writes the first manifest. Shares that begin together wait for each other here.
void Store::Manifest::make(const fs::path& folder) const {
    check_free(folder);
    const std::string manifest = text();
    make_folder(folder / "journal");
    make_folder(folder / "shards");
    const FileLock making(folder / "making.lock", FileLock::Kind::exclusive, "");
    std::error_code unknown;
    if (!fs::exists(path(folder), unknown)) write_durably(path(folder), manifest);
}

Store Store::open_for(const fs::path& folder, const DesignRequest& request, const Program& program,
                      const Catalog& catalog, bool extend, bool share) {
    const Design wanted(request, catalog);
    const auto lines = lines_of(wanted);
    std::error_code unknown;
    if (!fs::exists(Manifest::path(folder), unknown)) {
        check_free(folder);
        Manifest manifest{program, "", checked_inputs(wanted), {request}};
        const Scenario first = wanted.scenario(0);
        manifest.configuration = first.resolved;
        if (!wanted.until().empty()) {
            const auto trial = make_trial(first);
            for (const Criterion& criterion : wanted.until()) criterion.check(*trial->schema());
        }
        manifest.make(folder);
    }
    {
        Store store = open(folder, catalog);
        if (lines_of(store.design()) != lines) {
            wanted.check_cells();  // a slip of the pen is told as such, not as another design
            if (!extend)
                throw OtherDesignError(
                    fmt::format("{} holds another design (- there, + asked for):{}\nanother folder takes it; --extend "
                                "adds to this one when all old points stay",
                                folder.string(), difference(lines_of(store.design()), lines)));
            store.extend(wanted, program, catalog);
        }
    }
    return resume(folder, program, catalog, share);
}

/// Nobody may write meanwhile, and what was read before the lock may be old.
void Store::extend(const Design& wanted, const Program& program, const Catalog& catalog) {
    lock(false);
    Manifest manifest = Manifest::read(folder_);
    const Store now(folder_, manifest, catalog);
    if (lines_of(now.design()) == lines_of(wanted)) return;
    now.check_program(program);
    now.check_inputs();
    check_extension(now.design(), wanted, folder_.string());
    auto inputs = checked_inputs(wanted);
    manifest.inputs.merge(inputs);
    manifest.generations.push_back(wanted.request());
    manifest.configuration = wanted.scenario(0).resolved;
    manifest.write(folder_);
}

Store Store::open_like(const fs::path& folder, const Store& other, const Catalog& catalog) {
    std::error_code unknown;
    if (!fs::exists(Manifest::path(folder), unknown)) Manifest::read(other.folder_).make(folder);
    Store store = open(folder, catalog);
    store.check_same(other);
    store.lock(false);
    return store;
}

void Store::check_inputs() const {
    for (const auto& [path, digest] : inputs_)
        if (digest_of_file(path) != digest)
            throw OtherDesignError(fmt::format("{}: {} has changed since the sweep began", folder_.string(), path));
}

void Store::check_same(const Store& other) const {
    const auto own = lines_of(design()), theirs = lines_of(other.design());
    if (own != theirs)
        throw OtherDesignError(fmt::format("{} and {} hold different designs (- first, + second):{}", folder_.string(),
                                           other.folder_.string(), difference(own, theirs)));
    bool same = designs_.size() == other.designs_.size();
    for (std::size_t i = 0; same && i < designs_.size(); ++i)
        same = lines_of(*designs_[i]) == lines_of(*other.designs_[i]);
    if (!same)
        throw OtherDesignError(fmt::format("{} and {} hold the same design, but were extended to it in different steps",
                                           folder_.string(), other.folder_.string()));
    if (program_.version != other.program_.version || program_.commit != other.program_.commit)
        throw OtherDesignError(fmt::format("{} and {} were made by different versions of the program", folder_.string(),
                                           other.folder_.string()));
}

Shard Store::read(const JournalEntry& entry) const {
    const fs::path path = shard_path(entry.shard);
    if (digest_of_file(path) != entry.digest)
        throw IoError(path.string(), "is damaged: its bytes are not those that were written");
    return read_shard(path);
}

std::optional<std::uint32_t> Store::present(std::uint32_t generation, std::uint32_t run) const {
    if (generation < 1 || generation > designs_.size() || run >= designs_[generation - 1]->runs()) return {};
    if (generation == designs_.size()) return run;
    RunId id = designs_[generation - 1]->id(run);
    id.cell = present_cells_[generation - 1][id.cell];
    return design().run(id);
}

std::vector<RunState> Store::states(const std::vector<JournalEntry>& entries) const {
    std::vector<RunState> states(design().runs(), RunState::open);
    const auto note = [&](const JournalEntry& entry, const std::vector<RunRange>& ranges, RunState state) {
        for (const RunRange& range : ranges)
            for (std::uint64_t run = range.first; run <= range.last; ++run)
                if (const auto at = present(entry.generation, static_cast<std::uint32_t>(run)))
                    if (states[*at] != RunState::done) states[*at] = state;
    };
    for (const JournalEntry& entry : entries) {
        std::error_code unknown;
        if (!fs::exists(shard_path(entry.shard), unknown)) continue;
        note(entry, entry.failed, RunState::failed);
        note(entry, entry.done, RunState::done);
    }
    return states;
}

void Store::adopt(const Store& other) const {
    Journal journal(journal_path("adopted"));
    const auto known = entries();
    for (JournalEntry entry : other.entries()) {
        const fs::path from = other.shard_path(entry.shard);
        std::error_code failure;
        if (!fs::exists(from, failure)) continue;
        if (std::ranges::find(known, entry.digest, &JournalEntry::digest) != known.end()) continue;
        entry.shard = fmt::format("adopted-{}.h5", entry.digest);
        const fs::path to = shard_path(entry.shard), partial = to.string() + ".partial";
        fs::copy_file(from, partial, fs::copy_options::overwrite_existing, failure);
        if (failure) throw IoError(to.string(), "cannot be written: " + failure.message());
        publish(partial, to);
        journal.append(entry);
    }
}

}  // namespace commonweal
