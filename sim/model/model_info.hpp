#pragma once

#include <concepts>
#include <string_view>
#include <vector>

#include "sim/model/parameter.hpp"

namespace commonweal {

/// What `list`, `describe`, the JSON Schema and the results file say about a model.
struct ModelInfo {
    std::string_view name;
    std::string_view summary;   ///< one sentence
    std::string_view equation;  ///< the formula, one line per case, symbols explained
    std::string_view source;    ///< author (year), journal
    std::vector<ParameterInfo> parameters;
};

/// A scientific idea that can be named in a scenario: it says what it is, and has one table of parameters.
template <class Model>
concept Described = requires {
    { Model::name } -> std::convertible_to<std::string_view>;
    { Model::summary } -> std::convertible_to<std::string_view>;
    { Model::equation } -> std::convertible_to<std::string_view>;
    { Model::source } -> std::convertible_to<std::string_view>;
    Model::parameters();
};

template <Described Model>
ModelInfo info_of() {
    return {Model::name, Model::summary, Model::equation, Model::source, parameter_infos<Model>()};
}

}  // namespace commonweal
