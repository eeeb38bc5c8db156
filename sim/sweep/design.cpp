#include "sim/sweep/design.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <nlohmann/json.hpp>
#include <unordered_map>
#include <variant>

#include "sim/core/digest.hpp"
#include "sim/scenario/section.hpp"

namespace commonweal {

namespace {

constexpr std::uint64_t most_runs = 2147483647;
constexpr std::uint32_t most_checked = 1000;

/// The options of [sweep], checked.
DesignOptions options_of(const std::vector<Setting>& settings) {
    DesignOptions options;
    const auto fail = [](const Setting& setting, std::string_view allowed) {
        throw ConfigError(setting.where, fmt::format("sweep.{} is {}; it must be {}", setting.key,
                                                     value_text(setting.value), allowed));
    };
    const auto whole = [&](const Setting& setting, std::int64_t low, std::int64_t high) {
        const auto* value = std::get_if<std::int64_t>(&setting.value);
        if (!value || *value < low || *value > high)
            fail(setting, fmt::format("a whole number from {} to {}", low, high));
        return static_cast<std::uint64_t>(*value);
    };
    const auto text = [&](const Setting& setting) {
        const auto* value = std::get_if<std::string>(&setting.value);
        if (!value) fail(setting, "a text");
        return *value;
    };
    for (const Setting& setting : settings) {
        if (setting.key == "design") {
            options.kind = parse_kind(text(setting), setting.where);
        } else if (setting.key == "points") {
            options.points = whole(setting, 1, static_cast<std::int64_t>(most_runs));
        } else if (setting.key == "trajectories") {
            options.trajectories = static_cast<std::uint32_t>(whole(setting, 1, 1'000'000));
        } else if (setting.key == "levels") {
            options.levels = static_cast<std::uint32_t>(whole(setting, 2, 1'000'000));
        } else if (setting.key == "seed") {
            options.seed = whole(setting, 0, std::numeric_limits<std::int64_t>::max());
        } else if (setting.key == "file") {
            options.file = text(setting);
        } else {
            const auto* flag = std::get_if<bool>(&setting.value);
            if (!flag) fail(setting, "true or false");
            options.second_order = *flag;
        }
    }
    return options;
}

PointDesign points_of(const StudyDocument& study) {
    std::vector<Axis> axes;
    for (const Setting& axis : study.axes) axes.push_back(axis_of(axis));
    DesignOptions options = options_of(study.options);
    if (options.file && std::filesystem::path(*options.file).is_relative()) {
        const auto setting = std::ranges::find(study.options, std::string("file"), &Setting::key);
        options.file = ((setting->where == "command line" ? study.here : study.folder) / *options.file).string();
    }
    return PointDesign(std::move(axes), options, study.options.empty() ? "[sweep]" : study.options[0].where);
}

Varying::Kind kind_of(const Value& value) {
    if (std::holds_alternative<std::string>(value)) return Varying::Kind::text;
    if (const auto* whole = std::get_if<std::int64_t>(&value)) {
        const bool fits = *whole >= -2147483647 && *whole <= 2147483647;
        return fits ? Varying::Kind::whole : Varying::Kind::text;
    }
    if (std::holds_alternative<bool>(value)) return Varying::Kind::whole;
    return std::holds_alternative<double>(value) ? Varying::Kind::real : Varying::Kind::text;
}

Varying::Kind wider(Varying::Kind a, Varying::Kind b) {
    if (a == b) return a;
    return a == Varying::Kind::text || b == Varying::Kind::text ? Varying::Kind::text : Varying::Kind::real;
}

/// One kind for each key, over all points.
std::vector<Varying::Kind> kinds_of(const PointDesign& points) {
    std::vector<Varying::Kind> kinds;
    for (const Axis& axis : points.axes()) {
        Varying::Kind kind = kind_of(axis.finite() ? axis.value(0) : axis.at(0.5));
        for (std::size_t i = 1; axis.finite() && i < axis.size() && kind != Varying::Kind::text; ++i)
            kind = wider(kind, kind_of(axis.value(i)));
        kinds.push_back(kind);
    }
    if (!kinds.empty() || points.keys().empty()) return kinds;
    for (std::size_t i = 0; i < points.size(); ++i) {
        const auto values = points.point(i);
        for (std::size_t key = 0; key < values.size(); ++key) {
            if (i == 0)
                kinds.push_back(kind_of(values[key]));
            else
                kinds[key] = wider(kinds[key], kind_of(values[key]));
        }
    }
    return kinds;
}

std::string plain(const Value& value) {
    const auto* text = std::get_if<std::string>(&value);
    return text ? *text : value_text(value);
}

double number(const Value& value) {
    if (const auto* whole = std::get_if<std::int64_t>(&value)) return static_cast<double>(*whole);
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? 1 : 0;
    return std::get<double>(value);
}

std::string line_of(const Setting& setting) { return fmt::format("{} = {}", setting.key, value_text(setting.value)); }

std::vector<std::string> sorted_lines(const std::vector<Setting>& settings) {
    std::vector<std::string> lines;
    for (const Setting& setting : settings) lines.push_back(line_of(setting));
    std::ranges::sort(lines);
    return lines;
}

std::vector<std::string> names_of(const std::vector<Variant>& variants) {
    std::vector<std::string> names;
    for (const Variant& variant : variants) names.push_back(variant.name);
    return names;
}

bool is_count(std::string_view path, std::string_view key) {
    return path.empty() && (key == "title" || key == "replicates" || key == "instances");
}

}  // namespace

Design::Design(DesignRequest request, const Catalog& catalog)
    : request_(std::move(request)),
      catalog_(catalog),
      study_(parse_study(request_.text, request_.file.string(), request_.overrides, request_.here)),
      points_(points_of(study_)),
      kinds_(kinds_of(points_)) {
    StudySection counts;
    {
        Document top{study_.base.name, {}};
        if (const Table* table = study_.base.find("")) top.tables.push_back(*table);
        counts = section_of<StudySection>(checked_table(top, "", parameter_infos<StudySection>()));
    }
    title_ = counts.title;
    instances_ = counts.instances;
    replicates_ = counts.replicates;
    for (const auto& text : request_.until) until_.push_back(parse_criterion(text));
    if (!until_.empty()) {
        if (request_.max_replicates < block_size)
            throw ConfigError("--max-replicates", fmt::format("is {}; with --until it must be at least {}",
                                                              request_.max_replicates, block_size));
        replicates_ = request_.max_replicates;
    } else if (request_.max_replicates) {
        throw ConfigError("--max-replicates", "has no effect without --until");
    }
    const std::uint64_t cells = points_.size() * std::max<std::size_t>(study_.regimes.size(), 1) *
                                std::max<std::size_t>(study_.worlds.size(), 1);
    if (cells > most_runs || cells * instances_ > most_runs || cells * instances_ * replicates_ > most_runs)
        throw ConfigError(request_.file.string(),
                          fmt::format("the design has {} cells of {} instances and {} replicates; at most 2147483647 "
                                      "runs fit",
                                      cells, instances_, replicates_));
    cells_ = static_cast<std::uint32_t>(cells);
    runs_ = static_cast<std::uint32_t>(cells * instances_ * replicates_);
}

std::uint32_t Design::block_runs(std::uint32_t block) const noexcept {
    return std::min(block_size, replicates_ - block * block_size);
}

std::uint32_t Design::first_run(std::uint32_t block, std::uint32_t instance, std::uint32_t cell) const noexcept {
    return block * block_size * instances_ * cells_ + (instance * cells_ + cell) * block_runs(block);
}

RunId Design::id(std::uint32_t run) const noexcept {
    const std::uint32_t block_of_all = block_size * instances_ * cells_;
    const std::uint32_t block = replicates_ < block_size ? 0 : run / block_of_all;
    const std::uint32_t rest = run - block * block_of_all, size = block_runs(block), item = rest / size;
    return {item % cells_, item / cells_, block * block_size + rest % size};
}

std::uint32_t Design::run(const RunId& id) const noexcept {
    return first_run(id.replicate / block_size, id.instance, id.cell) + id.replicate % block_size;
}

std::uint32_t Design::point_of(std::uint32_t cell) const noexcept {
    return cell % static_cast<std::uint32_t>(points_.size());
}

const Variant* Design::regime_of(std::uint32_t cell) const noexcept {
    if (study_.regimes.empty()) return nullptr;
    return &study_.regimes[cell / points_.size() % study_.regimes.size()];
}

const Variant* Design::world_of(std::uint32_t cell) const noexcept {
    if (study_.worlds.empty()) return nullptr;
    return &study_.worlds[cell / points_.size() / std::max<std::size_t>(study_.regimes.size(), 1)];
}

std::vector<Setting> Design::settings(std::uint32_t cell) const {
    std::vector<Setting> settings;
    const auto values = points_.point(point_of(cell));
    for (std::size_t key = 0; key < values.size(); ++key) {
        const std::string where =
            points_.axes().empty() ? points_.options().file.value_or("") : points_.axes()[key].where;
        settings.push_back({points_.keys()[key], values[key], where});
    }
    return settings;
}

std::string Design::name_of(std::uint32_t cell) const {
    std::string name = fmt::format("point {}", point_of(cell));
    std::string values;
    for (const Setting& setting : settings(cell)) values += (values.empty() ? "" : ", ") + line_of(setting);
    if (!values.empty()) name += fmt::format(" ({})", values);
    if (const Variant* regime = regime_of(cell)) name += ", regime " + regime->name;
    if (const Variant* world = world_of(cell)) name += ", world " + world->name;
    return name;
}

Scenario Design::scenario(std::uint32_t cell, const std::vector<Setting>& more) const {
    std::vector<Setting> all = settings(cell);
    all.insert(all.end(), more.begin(), more.end());
    return scenario_of(study_, world_of(cell), regime_of(cell), all, catalog_);
}

std::set<std::filesystem::path> Design::check_cells() const {
    std::set<std::filesystem::path> inputs;
    const auto add = [&](const std::filesystem::path& path) {
        inputs.insert(std::filesystem::absolute(path).lexically_normal());
    };
    if (points_.options().file) add(*points_.options().file);
    const std::uint32_t checked = std::min(cells_, most_checked);
    for (std::uint64_t i = 0; i < checked; ++i) {
        const auto cell = static_cast<std::uint32_t>(checked == 1 ? 0 : i * (cells_ - 1) / (checked - 1));
        try {
            for (const auto& path : scenario(cell).inputs) add(path);
        } catch (const ConfigError& error) {
            if (cells_ == 1) throw;
            throw ConfigError(fmt::format("{}\nin {}", error.what(), name_of(cell)));
        }
    }
    return inputs;
}

std::vector<std::string> Design::cell_keys() const {
    std::unordered_map<std::string, std::uint32_t> met;
    std::vector<std::string> keys;
    keys.reserve(cells_);
    for (std::uint32_t cell = 0; cell < cells_; ++cell) {
        Digest digest;
        for (const auto& line : sorted_lines(settings(cell))) digest.add(line);
        for (const Variant* variant : {regime_of(cell), world_of(cell)}) {
            digest.add(variant ? "variant " + variant->name : "none");
            for (const auto& line : variant ? sorted_lines(variant->settings) : std::vector<std::string>{})
                digest.add(line);
        }
        std::string key = digest.hex();
        if (const std::uint32_t before = met[key]++) key += fmt::format("#{}", before);
        keys.push_back(std::move(key));
    }
    return keys;
}

std::vector<std::string> Design::base_lines() const {
    std::vector<std::string> lines;
    for (const Table& table : study_.base.tables)
        for (const Entry& entry : table.entries)
            if (!is_count(table.path, entry.setting.key))
                lines.push_back(full_key(table.path, entry.setting.key) + " = " + value_text(entry.setting.value));
    std::ranges::sort(lines);
    return lines;
}

std::vector<std::string> Design::design_lines() const {
    std::vector<std::string> lines{fmt::format("design = {}", kind_name(points_.options().kind))};
    const DesignOptions& options = points_.options();
    if (options.points) lines.push_back(fmt::format("points = {}", *options.points));
    if (options.trajectories) lines.push_back(fmt::format("trajectories = {}", *options.trajectories));
    if (options.levels) lines.push_back(fmt::format("levels = {}", *options.levels));
    if (options.second_order) lines.push_back(fmt::format("second_order = {}", *options.second_order));
    if (options.seed) lines.push_back(fmt::format("design seed = {}", *options.seed));
    for (const Axis& axis : points_.axes()) lines.push_back(fmt::format("axis {} = {}", axis.key, axis.text));
    if (points_.axes().empty() && !points_.keys().empty())
        for (std::size_t i = 0; i < points_.size(); ++i) {
            std::string line;
            const auto values = points_.point(i);
            for (std::size_t key = 0; key < values.size(); ++key)
                line += fmt::format(" {} = {}", points_.keys()[key], value_text(values[key]));
            lines.push_back("point" + line);
        }
    const auto add = [&](std::string_view what, const std::vector<Variant>& variants) {
        for (const Variant& variant : variants) {
            lines.push_back(fmt::format("{} {}", what, variant.name));
            for (const auto& line : sorted_lines(variant.settings))
                lines.push_back(fmt::format("{} {}: {}", what, variant.name, line));
        }
    };
    add("world", study_.worlds);
    add("regime", study_.regimes);
    lines.push_back(fmt::format("instances = {}", instances_));
    lines.push_back(fmt::format("{} = {}", until_.empty() ? "replicates" : "max_replicates", replicates_));
    for (const Criterion& criterion : until_) lines.push_back("until " + criterion.text);
    return lines;
}

std::vector<Varying> Design::varying() const {
    std::vector<Varying> all;
    if (!study_.regimes.empty()) all.push_back({"regime", "1", "regime of the run", Varying::Kind::text});
    if (!study_.worlds.empty()) all.push_back({"world", "1", "world of the run", Varying::Kind::text});
    for (std::size_t key = 0; key < points_.keys().size(); ++key) {
        const AxisInfo info = axis_info(points_.keys()[key], catalog_);
        all.push_back({points_.keys()[key], info.unit,
                       info.meaning.empty() ? "value of the scenario key" : info.meaning, kinds_[key]});
    }
    return all;
}

void Design::add_values(std::uint32_t cell, Ledger& ledger) const {
    std::size_t at = 0;
    if (const Variant* regime = regime_of(cell)) ledger.texts[at++].push_back(regime->name);
    if (const Variant* world = world_of(cell)) ledger.texts[at++].push_back(world->name);
    const auto values = points_.point(point_of(cell));
    for (std::size_t key = 0; key < values.size(); ++key, ++at) {
        if (kinds_[key] == Varying::Kind::text)
            ledger.texts[at].push_back(plain(values[key]));
        else
            ledger.numbers[at].push_back(number(values[key]));
    }
}

std::string Design::json() const {
    const DesignOptions& options = points_.options();
    nlohmann::ordered_json json{{"kind", kind_name(options.kind)}, {"size", points_.size()}};
    if (options.points) json["points"] = *options.points;
    if (options.trajectories) json["trajectories"] = *options.trajectories;
    if (options.kind == DesignOptions::Kind::morris) json["levels"] = options.levels.value_or(4);
    if (options.kind == DesignOptions::Kind::saltelli) json["second_order"] = options.second_order.value_or(false);
    if (options.seed) json["seed"] = *options.seed;
    json["axes"] = nlohmann::ordered_json::array();
    for (const Axis& axis : points_.axes()) {
        nlohmann::ordered_json one{{"key", axis.key}, {"values", axis.text}};
        if (axis.finite()) {
            one["count"] = axis.size();
        } else {
            std::visit(
                [&](const auto& values) {
                    if constexpr (requires { values.low; }) {
                        one["low"] = values.low;
                        one["high"] = values.high;
                    }
                },
                axis.values);
        }
        json["axes"].push_back(one);
    }
    if (points_.axes().empty())
        for (const auto& key : points_.keys()) json["axes"].push_back({{"key", key}});
    json["regimes"] = names_of(study_.regimes);
    json["worlds"] = names_of(study_.worlds);
    json["instances"] = instances_;
    if (until_.empty()) {
        json["replicates"] = replicates_;
    } else {
        json["max_replicates"] = replicates_;
        for (const Criterion& criterion : until_) json["until"].push_back(criterion.text);
        json["judged_at"] = "16, 32, 64, ... replicates";
    }
    return json.dump();
}

}  // namespace commonweal
