#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/network_measures.hpp"
#include "sim/app/output.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/parallel.hpp"
#include "sim/network/network_writer.hpp"
#include "sim/record/durable.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/overrides.hpp"

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
    throw UsageError(fmt::format("{} is neither a file nor a generator of networks{}; generators: {}", word,
                                 did_you_mean(word, names), fmt::join(names, ", ")));
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

/// The generator that the words ask for: by its name, else a file.
std::unique_ptr<NetworkGenerator> generator_of(const NetworkOptions& options) {
    auto settings = settings_of(options);
    const auto* entry = entry_of(options.what);
    if (!entry) {
        if (std::error_code unknown; !fs::exists(options.what, unknown)) refuse(options.what);
        entry = entry_of("network_file");
        settings.push_back({"file", options.what, std::string(command_line)});
    }
    auto generator = entry->make(settings, std::string(entry->info.name));
    if (generator->random() && !options.seed)
        throw UsageError(fmt::format("{} draws by chance: --seed N says with which numbers", options.what));
    return generator;
}

Randomness randomness_of(const NetworkOptions& options) {
    const std::uint64_t seed = options.seed.value_or(0);
    return Randomness(Seeds{seed, seed, seed});
}

std::string title_of(const NetworkOptions& options, bool random) {
    std::string title = options.what;
    for (const auto& setting : options.settings) title += " " + setting;
    return random ? fmt::format("{}, seed {}, instance {}", title, *options.seed, options.instance) : title;
}

/// How a network is written: by the ending of the file's name.
using Writer = void (*)(const Network&, const fs::path&);
Writer writer_for(const fs::path& file) {
    const auto ending = file.extension();
    if (ending == ".graphml") return write_graphml;
    if (ending == ".csv" || ending == ".tsv") return write_edge_list;
    throw UsageError(fmt::format("{}: the ending says the format; it must be .csv, .tsv or .graphml", file.string()));
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

}  // namespace

int network_describe_command(const NetworkOptions& options) {
    const auto generator = generator_of(options);
    const Randomness randomness = randomness_of(options);
    with_threads(options.threads, [&] {
        const Network network = generator->generate(randomness, options.instance);
        const NetworkMeasures measures = measures_of(network, title_of(options, generator->random()), randomness);
        print(options.json ? network_json(measures) : network_text(measures));
    });
    return 0;
}

int network_write_command(const NetworkOptions& options) {
    const Writer write = writer_for(options.output);
    const auto generator = generator_of(options);
    if (!options.output.empty()) check_replaceable(options.output, options.force);
    if (!options.agents_output.empty()) check_replaceable(options.agents_output, options.force);
    with_threads(options.threads, [&] {
        const Network network = generator->generate(randomness_of(options), options.instance);
        if (!options.agents_output.empty()) write_agent_table(network, options.agents_output);
        write(network, options.output);
        say(fmt::format("{} agents, {} ties of {} layer{} are in {}", network.agents(), network.ties().ties(),
                        network.layers().size(), network.layers().size() == 1 ? "" : "s", options.output.string()));
        const bool all = write == write_graphml || !options.agents_output.empty();
        if (const std::string what = all ? "" : lost(network); !what.empty())
            say(fmt::format("an edge list holds no {}; --agents FILE writes them beside it", what));
    });
    return 0;
}

}  // namespace commonweal
