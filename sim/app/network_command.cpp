#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/network_measures.hpp"
#include "sim/app/output.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/remarks.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/parallel.hpp"
#include "sim/network/network_writer.hpp"
#include "sim/network/picture.hpp"
#include "sim/record/durable.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/included.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/study_document.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

const CatalogEntry<NetworkGenerator>* entry_of(std::string_view name) {
    for (const auto& entry : models::networks())
        if (entry.info.name == name) return &entry;
    return nullptr;
}

[[noreturn]] void refuse(const std::string& word) {
    std::vector<std::string> names;
    for (const auto& entry : models::networks()) names.emplace_back(entry.info.name);
    throw UsageError(fmt::format("{} is neither a file, nor a scenario, nor a generator of networks{}; generators: {}",
                                 word, did_you_mean(word, names), fmt::join(names, ", ")));
}

std::vector<Setting> settings_of(const NetworkOptions& options) {
    Document document{std::string(command_line), {}};
    apply_overrides(document, options.settings);
    std::vector<Setting> settings;
    for (const Table& table : document.tables)
        for (const Entry& entry : table.entries) {
            settings.push_back(entry.setting);
            if (!table.path.empty()) settings.back().key = table.path + "." + entry.setting.key;
        }
    return settings;
}

/// Whose network is asked for: which generator, drawn with which seeds, under what name.
struct Source {
    std::shared_ptr<const NetworkGenerator> generator;
    Seeds seeds;
    std::string title;
    std::string_view keys;  ///< what stands in front of a parameter on the command line

    Network network(std::uint32_t instance) const { return generator->generate(Randomness(seeds), instance); }
};

std::string title_of(const NetworkOptions& options) {
    std::string title = options.what;
    for (const auto& setting : options.settings) title += " " + setting;
    return title;
}

/// The scenario of a file, of a study without what its worlds, regimes and axes change. Throws UsageError when an axis
/// says that the network varies.
Scenario base_scenario(const NetworkOptions& options) {
    const fs::path file = find_scenario(options.what);
    const StudyDocument study = parse_study(scenario_text(file), file.string(), options.settings, fs::current_path());
    for (const Setting& axis : study.axes)
        if (axis.key.starts_with("network.") || axis.key.starts_with("seed"))
            throw UsageError(
                fmt::format("{}: {} has several values; {}=VALUE takes one of them", options.what, axis.key, axis.key));
    return scenario_of(study, nullptr, nullptr, {}, models::catalog());
}

/// The network of a scenario, with the seed that the scenario has.
Source scenario_source(const NetworkOptions& options) {
    if (options.seed)
        throw UsageError(fmt::format("{}: a scenario has seeds of its own; seed.network={} changes the one of networks",
                                     options.what, *options.seed));
    const Scenario scenario = base_scenario(options);
    if (!scenario.generator) throw UsageError(options.what + ": this scenario has no [network]");
    std::string title = title_of(options);
    if (scenario.generator->random()) title += fmt::format(", instance {}", options.instance);
    return {scenario.generator, scenario.seeds, title, scenario_keys};
}

/// The network that the words ask for: of a scenario, of a generator by its name, else of a file.
Source source_of(const NetworkOptions& options) {
    if (fs::path(options.what).extension() == ".toml") return scenario_source(options);
    auto settings = settings_of(options);
    const auto* entry = entry_of(options.what);
    if (!entry) {
        if (std::error_code unknown; !fs::exists(options.what, unknown)) {
            if (is_scenario_name(options.what)) return scenario_source(options);
            refuse(options.what);
        }
        entry = entry_of("network_file");
        settings.push_back({"file", options.what, std::string(command_line)});
    }
    const std::shared_ptr<const NetworkGenerator> generator = entry->make(settings, std::string(entry->info.name));
    if (generator->random() && !options.seed)
        throw UsageError(fmt::format("{} draws by chance: --seed N says with which numbers", options.what));
    const std::uint64_t seed = options.seed.value_or(0);
    std::string title = title_of(options);
    if (generator->random()) title += fmt::format(", seed {}, instance {}", seed, options.instance);
    return {generator, Seeds{seed, seed, seed}, title, ""};
}

/// How a network is written: by the ending of the file's name.
using Writer = void (*)(const Network&, const fs::path&);
Writer writer_for(const fs::path& file) {
    const auto ending = file.extension();
    if (ending == ".graphml") return write_graphml;
    if (ending == ".csv" || ending == ".tsv") return write_edge_list;
    throw UsageError(fmt::format("{}: the ending says the format; it must be .csv, .tsv or .graphml", file.string()));
}

/// Ties of all layers together.
std::uint64_t ties_of(const Network& network) {
    std::uint64_t ties = 0;
    for (const NamedLayer& named : network.layers()) ties += named.layer.ties();
    return ties;
}

/// What an edge list cannot hold.
std::string lost(const Network& network) {
    std::uint64_t isolated = 0;
    for (AgentId agent = 0; agent < network.agents(); ++agent) {
        bool tied = false;
        for (const NamedLayer& named : network.layers()) tied = tied || named.layer.degree(agent) > 0;
        isolated += !tied;
    }
    std::string what = isolated ? fmt::format("{} agents without a tie", isolated) : "";
    if (!network.attributes().columns().empty())
        what += what.empty() ? "attributes of agents" : " and attributes of agents";
    return what;
}

ProgressStyle style_of(const NetworkOptions& options) {
    return options.quiet ? ProgressStyle::none : ProgressStyle::automatic;
}

}  // namespace

int network_describe_command(const NetworkOptions& options) {
    const Source source = source_of(options);
    if (!options.quiet) say_remarks(source.generator.get(), source.keys);
    Progress progress(style_of(options), "making the network");
    with_threads(options.threads, [&] {
        const Network network = source.network(options.instance);
        progress.begin("measuring the network");
        const NetworkMeasures measures = measures_of(network, source.title, Randomness(source.seeds));
        progress.clear();
        print(options.json ? network_json(measures) : network_text(measures));
    });
    return 0;
}

int network_write_command(const NetworkOptions& options) {
    const Writer write = writer_for(options.output);
    const Source source = source_of(options);
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    if (!options.agents_output.empty()) check_replaceable(options.agents_output, options.force);
    if (!options.quiet) say_remarks(source.generator.get(), source.keys);
    Progress progress(style_of(options), "making the network");
    with_threads(options.threads, [&] {
        const Network network = source.network(options.instance);
        progress.begin("writing the network");
        if (!options.agents_output.empty()) write_agent_table(network, options.agents_output);
        write(network, options.output);
        progress.clear();
        if (options.quiet) return;
        say(fmt::format("{} agents, {} ties of {} layer{} are in {}", network.agents(), ties_of(network),
                        network.layers().size(), network.layers().size() == 1 ? "" : "s", options.output.string()));
        const bool all = write == write_graphml || !options.agents_output.empty();
        if (const std::string what = all ? "" : lost(network); !what.empty())
            say(fmt::format("an edge list holds no {}; --agents FILE writes them beside it", what));
        if (!all && !edge_list_keeps_numbers(network))
            say("read from this file alone, agents have other numbers (in the order of their first ties), so that runs "
                "draw other luck; --agents FILE keeps the numbers");
    });
    return 0;
}

int network_draw_command(const NetworkOptions& options) {
    if (options.output.extension() != ".svg")
        throw UsageError(fmt::format("{}: a picture is written as .svg", options.output.string()));
    const Source source = source_of(options);
    check_replaceable(options.output, options.force);
    if (!options.quiet) say_remarks(source.generator.get(), source.keys);
    Progress progress(style_of(options), "making the network");
    with_threads(options.threads, [&] {
        const Network network = source.network(options.instance);
        progress.begin("drawing the network");
        write_durably(options.output, picture_of(network, source.title));
        progress.clear();
        if (!options.quiet)
            say(fmt::format("{} agents and {} ties are in {}; a browser opens it", network.agents(), ties_of(network),
                            options.output.string()));
    });
    return 0;
}

}  // namespace commonweal
