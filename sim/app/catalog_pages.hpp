#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/model/parameter.hpp"

namespace commonweal {

/// What `describe` tells of one name.
struct CatalogPage {
    std::string name;
    std::string text;
    bool model = false;  ///< a scenario names it
};

/// All names that `describe` knows: models, sections of scenario files, metrics, words of the glossary. A name may be
/// that of several.
std::vector<CatalogPage> catalog_pages();

/// What is known of a key of scenario files, "mpcr" or with its table, "game.mpcr": one row for each place that has it.
/// Empty when there is none.
std::string key_page(std::string_view key);

/// Scenarios that come with the program and name this model.
std::vector<std::string> scenarios_with(const std::string& model);

/// The values that a parameter takes: "whole, [1, 4096]", "true, false", or its words.
std::string range_of(const ParameterInfo& info);

}  // namespace commonweal
