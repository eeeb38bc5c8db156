#include "sim/app/odd_study.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/core/error.hpp"
#include "sim/scenario/included.hpp"
#include "sim/scenario/section.hpp"
#include "sim/scenario/unused.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

namespace fs = std::filesystem;

DesignRequest OddStudy::request_of(const OddOptions& wanted) {
    std::error_code unknown;
    if (fs::exists(fs::path(wanted.file) / "manifest.json", unknown)) {
        if (!wanted.overrides.empty())
            throw UsageError(
                fmt::format("{}: {} changes a scenario; a sweep is what it is", wanted.file, wanted.overrides.front()));
        return Store::open(wanted.file, models::catalog()).design().request();
    }
    check_is_scenario(wanted.file);
    const fs::path file = find_scenario(wanted.file);
    return {.text = scenario_text(file),
            .file = fs::absolute(file).lexically_normal(),
            .more = {},
            .here = fs::current_path(),
            .overrides = wanted.overrides,
            .until = {},
            .max_replicates = 0};
}

OddStudy::OddStudy(const OddOptions& wanted, const DesignRequest& request)
    : options(wanted),
      text(request.text),
      header(text),
      design(request, models::catalog()),
      scenario(design.scenario(0)),
      inputs(design.check_cells()) {
    if (std::error_code unknown; fs::is_directory(wanted.file, unknown)) options.file = request.file.string();
    options.overrides = request.overrides;
    std::size_t largest = 0;
    cells([&](std::uint32_t cell, Scenario one) {
        for (OddStream& stream : odd_streams(one))
            if (std::ranges::find(streams, stream.decides, &OddStream::decides) == streams.end())
                streams.push_back(std::move(stream));
        if (design.cells() > 1) add_values(one);
        add_models(cell, one);
        const std::size_t size = odd_phases(one).size() + odd_entities(one).size();
        if (size > largest) largest = size, fullest_cell = cell, fullest = std::move(one);
        return true;
    });
}

void OddStudy::add_models(std::uint32_t cell, const Scenario& one) {
    ++looked_at_;
    for (UsedModel& used : models_of(one)) {
        auto known = std::ranges::find_if(models, [&](const OddModel& model) {
            return model.place == used.place && model.info.name == used.info.name;
        });
        if (known == models.end()) known = models.insert(known, OddModel{std::move(used), cell, 0});
        ++known->cells;
    }
    if (one.generator && std::ranges::find(networks, one.network.kind, &OddNetwork::kind) == networks.end())
        networks.push_back({one.network.kind, one.generator->random()});
}

std::string OddStudy::cells_with(const OddModel& model) const {
    if (model.cells == looked_at_) return "";
    return fmt::format("In {} of {} cells, first {}", model.cells, looked_at_, design.name_of(model.first));
}

std::string OddStudy::rows(const Scenario& one, const std::string& place,
                           const std::vector<ParameterInfo>& infos) const {
    const Document resolved = parse_document(one.resolved, options.file);
    const Table* const table = resolved.find(place);
    std::string lines;
    for (const ParameterInfo& info : infos) {
        const Entry* const entry = table ? table->find(info.name) : nullptr;
        if (!entry || !why_unused(one, place, info.name).empty()) continue;
        lines += fmt::format("| `{}` | {} | {} | {} | {} |\n", info.name,
                             odd_cell(varied(place, info.name, value_text(entry->setting.value))),
                             odd_cell(value_text(info.preset)), info.unit.empty() ? "-" : odd_cell(info.unit),
                             odd_cell(info.meaning));
    }
    return lines.empty() ? "" : "| parameter | value | default | unit | meaning |\n|---|---|---|---|---|\n" + lines;
}

void OddStudy::add_values(const Scenario& one) {
    for (const Table& table : parse_document(one.resolved, options.file).tables)
        for (const Entry& entry : table.entries) {
            auto& known = values_[full_key(table.path, entry.setting.key)];
            const std::string value = value_text(entry.setting.value);
            if (std::ranges::find(known, value) == known.end()) known.push_back(value);
        }
}

std::string OddStudy::varied(const std::string& place, std::string_view key, const std::string& one) const {
    const auto found = values_.find(full_key(place, key));
    if (found == values_.end() || found->second.size() < 2) return one;
    constexpr std::size_t most = 5;
    const auto& all = found->second;
    const std::vector<std::string> shown(all.begin(),
                                         all.begin() + static_cast<std::ptrdiff_t>(std::min(most, all.size())));
    return fmt::format("varies: {}{}", fmt::join(shown, ", "),
                       all.size() > most ? fmt::format(", ... ({} values)", all.size()) : "");
}

std::string odd_cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*') escaped += '\\';
        escaped += c == '\n' ? ' ' : c;
    }
    return escaped;
}

}  // namespace commonweal
