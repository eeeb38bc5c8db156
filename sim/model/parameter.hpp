#pragma once

#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/error.hpp"

namespace commonweal {

/// A value as a scenario writes it.
using Value = std::variant<bool, std::int64_t, double, std::string, std::vector<double>, std::vector<std::string>>;

/// One `key = value` of a scenario, and where it stands: "file:line:column" or "command line".
struct Setting {
    std::string key;
    Value value;
    std::string where;
};

/// What kind of value a parameter takes.
enum class ValueKind { number, whole, flag, choice, text, numbers, texts };

/// Everything that can be said about a parameter without its model: for `describe`, the JSON Schema and the checks.
struct ParameterInfo {
    std::string_view name;
    ValueKind kind = ValueKind::number;
    double low = 0, high = 0;  ///< closed range of a number, a whole number, or each element of `numbers`
    std::string_view unit;     ///< "tokens", "-", "per round"; "" for flags, choices and texts
    std::string_view meaning;
    std::span<const std::string_view> choices;  ///< allowed words, for `choice`
    Value preset;                               ///< the default
};

/// One value a scenario may set, told once: parser, range check, `describe`, JSON Schema and the results file read it.
/// Relations between parameters belong in Model::check(where). A choice is stored as its index.
template <class Model>
struct Parameter {
    std::string_view name;
    std::variant<float Model::*, double Model::*, std::uint32_t Model::*, std::uint64_t Model::*, bool Model::*,
                 std::string Model::*, std::vector<double> Model::*, std::vector<std::string> Model::*>
        member;
    double low, high;
    std::string_view unit;
    std::string_view meaning;
    std::span<const std::string_view> choices = {};
};

/// A number as the shortest decimal that reads back as the same double: 0.4, 1e-09, 20.
std::string number_text(double x);

/// The double whose shortest decimal is that of the float: 0.1 for 0.1f, which converts to 0.10000000149.
double shortest(float x);

/// A value as TOML writes it: "text", [1, 2], true.
std::string value_text(const Value& value);

/// Whether there is a default: a text in the place of a whole number says that there is none.
bool has_preset(const ParameterInfo& info);

/// "a number in [0, 1] [per round]", "one of 'a', 'b'": what is allowed, for messages and descriptions.
std::string allowed_text(const ParameterInfo& info);

/// Throws ConfigError naming where, the key, the value found, and what is allowed.
[[noreturn]] void refuse(const Setting& setting, const ParameterInfo& info);

/// The value converted to the kind of the parameter and checked: a whole number for `number` becomes a double; nothing
/// else is converted. Choices come back as their index. Throws ConfigError.
Value checked(const Setting& setting, const ParameterInfo& info);

/// Throws ConfigError for a key that no parameter has, with the nearest known one: by its name, else the one whose
/// meaning has the key as a word, as r is the symbol of `enhancement`.
[[noreturn]] void refuse_unknown(const Setting& setting, std::string_view model,
                                 const std::vector<ParameterInfo>& known);

/// Kind and default of a parameter, read from a default-constructed model. Not inlined: GCC 12 would look at the
/// branches for members that a small model cannot have, and warn.
template <class Model>
[[gnu::noinline]] void describe(const Model& model, const Parameter<Model>& parameter, ParameterInfo& info) {
    std::visit(
        [&]<class T>(T Model::*member) {
            const T& preset = model.*member;
            if constexpr (std::is_same_v<T, float>) {
                info.preset = shortest(preset);
            } else if constexpr (std::is_same_v<T, double>) {
                info.preset = preset;
            } else if constexpr (std::is_same_v<T, std::uint32_t>) {
                info.kind = parameter.choices.empty() ? ValueKind::whole : ValueKind::choice;
                if (parameter.choices.empty())
                    info.preset = static_cast<std::int64_t>(preset);
                else
                    info.preset = std::string(parameter.choices[preset]);
            } else if constexpr (std::is_same_v<T, std::uint64_t>) {
                info.kind = ValueKind::whole;
                info.preset = static_cast<std::int64_t>(preset);
            } else if constexpr (std::is_same_v<T, bool>) {
                info.kind = ValueKind::flag;
                info.preset = preset;
            } else {
                info.kind = std::is_same_v<T, std::string>           ? ValueKind::text
                            : std::is_same_v<T, std::vector<double>> ? ValueKind::numbers
                                                                     : ValueKind::texts;
                info.preset = preset;
            }
        },
        parameter.member);
}

/// The parameter table of a model, type-erased, with the defaults of a default-constructed model.
template <class Model>
std::vector<ParameterInfo> parameter_infos() {
    const Model model;
    std::vector<ParameterInfo> infos;
    for (const Parameter<Model>& parameter : Model::parameters()) {
        infos.push_back({parameter.name,
                         ValueKind::number,
                         parameter.low,
                         parameter.high,
                         parameter.unit,
                         parameter.meaning,
                         parameter.choices,
                         {}});
        describe(model, parameter, infos.back());
    }
    return infos;
}

/// Puts a checked value into the member that its parameter names. Not inlined for the same reason.
template <class Model>
[[gnu::noinline]] void assign(Model& model, const Parameter<Model>& parameter, const Value& value) {
    std::visit(
        [&]<class T>(T Model::*member) {
            if constexpr (std::is_same_v<T, float> || std::is_same_v<T, double>)
                model.*member = static_cast<T>(std::get<double>(value));
            else if constexpr (std::is_same_v<T, std::uint32_t> || std::is_same_v<T, std::uint64_t>)
                model.*member = static_cast<T>(std::get<std::int64_t>(value));
            else
                model.*member = std::get<T>(value);
        },
        parameter.member);
}

/// A model with the given settings put in and checked. `where` names the table, for checks between parameters.
/// Throws ConfigError on an unknown key, a wrong type, a value out of range, or NaN.
template <class Model>
Model configured(const std::vector<Setting>& settings, std::string_view name, const std::string& where) {
    const auto infos = parameter_infos<Model>();
    const auto table = Model::parameters();
    Model model;
    for (const Setting& setting : settings) {
        std::size_t found = 0;
        while (found < infos.size() && infos[found].name != setting.key) ++found;
        if (found == infos.size()) refuse_unknown(setting, name, infos);
        assign(model, table[found], checked(setting, infos[found]));
    }
    if constexpr (requires { model.check(where); }) model.check(where);
    return model;
}

}  // namespace commonweal
