#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "sim/model/catalog.hpp"
#include "sim/scenario/document.hpp"
#include "sim/scenario/included.hpp"
#include "sim/scenario/scenario.hpp"

namespace commonweal {

/// A named set of values that differ from the base: a regime, or a world.
struct Variant {
    std::string name;
    std::string where;
    std::vector<Setting> settings;  ///< keys with their tables, "sanction.cost"
};

/// A scenario file with all that varies in a sweep, before anything is built.
struct StudyDocument {
    Document base;                 ///< without [sweep], [world.<name>] and [regime.<name>]
    std::filesystem::path folder;  ///< where relative paths of the file begin
    std::filesystem::path here;    ///< where relative paths of the command line begin
    std::vector<Setting> options;  ///< of the design: design, points, ...
    std::vector<Setting> axes;     ///< keys with their tables; values as they were written
    std::vector<Variant> worlds, regimes;

    bool varies() const noexcept { return !axes.empty() || !options.empty() || !worlds.empty() || !regimes.empty(); }
};

/// Reads a scenario file and "key=value" texts as parse_scenario does, and what varies besides: tables of the file, and
/// texts of several values, which are axes (and replace an axis of the file). One value for a key that is an axis of
/// the file takes the axis away. Throws ConfigError.
StudyDocument parse_study(const std::string& text, const std::string& name, const std::vector<std::string>& overrides,
                          const std::filesystem::path& here);

/// The scenario of one cell of the study: the base, changed by the world (null: none), then by the regime, then by the
/// values of the design point. Throws ConfigError.
Scenario scenario_of(const StudyDocument& study, const Variant* world, const Variant* regime,
                     const std::vector<Setting>& point, const Catalog& catalog);

/// What is known of a key that varies.
struct AxisInfo {
    std::string unit;     ///< of a section, or of the first model that has such a parameter; "" when it has none
    std::string meaning;  ///< "" when models that have such a parameter mean different things
};

AxisInfo axis_info(const std::string& axis, const Catalog& catalog);

}  // namespace commonweal
