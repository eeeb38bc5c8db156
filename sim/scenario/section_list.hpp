#pragma once

#include <string_view>
#include <vector>

#include "sim/model/parameter.hpp"

namespace commonweal {

/// A table of a scenario file that belongs to the house, for messages, `describe` and the JSON Schema.
struct SectionInfo {
    std::string_view path;     ///< "" is the top level; "agents.<type>" stands for any name
    std::string_view meaning;  ///< one sentence
    std::vector<ParameterInfo> parameters;
};

/// All of them, in the order in which a resolved scenario lists them.
std::vector<SectionInfo> scenario_sections();

/// Tables that only a study of many cells has: [sweep] with the keys of its design, [regime.<name>] and [world.<name>].
std::vector<SectionInfo> study_sections();

/// The key for which the name of a table stands alone, "" for most: subjects = "people.csv" is short for subjects.file,
/// and seed = 42 for seed.all.
std::string_view short_for(std::string_view table) noexcept;

}  // namespace commonweal
