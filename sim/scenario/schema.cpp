#include <limits>
#include <nlohmann/json.hpp>

#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

using Json = nlohmann::ordered_json;

Json value_json(const Value& value) {
    return std::visit([](const auto& v) { return Json(v); }, value);
}

Json whole_json(double x) {
    return x < 0x1p63 ? Json(static_cast<std::int64_t>(x)) : Json(std::numeric_limits<std::int64_t>::max());
}

Json type_json(const ParameterInfo& info) {
    const Json number{{"type", "number"}, {"minimum", info.low}, {"maximum", info.high}};
    switch (info.kind) {
        case ValueKind::number:
            return number;
        case ValueKind::whole:
            return {{"type", "integer"}, {"minimum", whole_json(info.low)}, {"maximum", whole_json(info.high)}};
        case ValueKind::flag:
            return {{"type", "boolean"}};
        case ValueKind::choice:
            return {{"enum", std::vector<std::string>(info.choices.begin(), info.choices.end())}};
        case ValueKind::text:
            return {{"type", "string"}};
        case ValueKind::numbers:
            return {{"type", "array"}, {"items", number}};
        case ValueKind::texts:
            return {{"type", "array"}, {"items", {{"type", "string"}}}};
    }
    return Json::object();
}

Json property_json(const ParameterInfo& info) {
    Json property = type_json(info);
    const bool unit = !info.unit.empty() && info.unit != "-";
    property["description"] = std::string(info.meaning) + (unit ? " [" + std::string(info.unit) + "]" : "");
    if (has_preset(info)) property["default"] = value_json(info.preset);
    return property;
}

Json properties_json(const std::vector<ParameterInfo>& infos) {
    Json properties = Json::object();
    for (const auto& info : infos) properties[std::string(info.name)] = property_json(info);
    return properties;
}

Json section_json(const SectionInfo& section) {
    return {{"type", "object"},
            {"description", section.meaning},
            {"properties", properties_json(section.parameters)},
            {"additionalProperties", false}};
}

/// What may stand in a table of this model: its own keys, and those of the section.
Json model_table(const SectionInfo& section, const ModelInfo& model) {
    Json properties = properties_json(model.parameters);
    for (const auto& info : section.parameters) properties[std::string(info.name)] = true;
    return {{"description", model.summary}, {"properties", properties}, {"additionalProperties", false}};
}

/// A table whose `key` names a model, which decides what else may stand there.
template <class Entries>
Json model_section(const SectionInfo& section, const std::string& key, const Entries& entries) {
    Json table = section_json(section);
    table.erase("additionalProperties");
    Json names = Json::array(), cases = Json::array();
    for (const auto& entry : entries) {
        names.push_back(entry.info.name);
        const Json is_named{{"properties", {{key, {{"const", entry.info.name}}}}}, {"required", {key}}};
        cases.push_back({{"if", is_named}, {"then", model_table(section, entry.info)}});
    }
    Json& named = table["properties"][key];
    named.erase("type");
    named.erase("default");
    named["enum"] = names;
    table["allOf"] = cases;
    return table;
}

template <class Entries>
Json required_model_section(const SectionInfo& section, const std::string& key, const Entries& entries) {
    Json table = model_section(section, key, entries);
    table["required"] = {key};
    return table;
}

/// [agents.<type>]: a behavior rule or a strategy.
Json agents_json(const SectionInfo& section, const Catalog& catalog) {
    Json with_behavior = required_model_section(section, "behavior", catalog.behaviors);
    Json with_strategy = required_model_section(section, "strategy", catalog.strategies);
    with_behavior["properties"].erase("strategy");
    with_strategy["properties"].erase("behavior");
    return {{"oneOf", {with_behavior, with_strategy}}};
}

/// [sanction]: an empty rule turns the stage off.
Json sanction_json(const SectionInfo& section, const Catalog& catalog) {
    Json table = required_model_section(section, "rule", catalog.sanctions);
    for (const char* none : {"none", ""}) table["properties"]["rule"]["enum"].push_back(none);
    return table;
}

/// [subjects]: the kind may be left out, and the file's name may stand for the whole table.
Json subjects_json(const SectionInfo& section, const Catalog& catalog) {
    Json table = model_section(section, "kind", catalog.subjects);
    Json any = Json::array();
    for (const auto& entry : catalog.subjects) any.push_back(model_table(section, entry.info));
    table["anyOf"] = any;
    return {{"oneOf", {table, {{"type", "string"}, {"description", "path of a file of subjects"}}}}};
}

Json seed_json(const SectionInfo& section) {
    Json table = section_json(section);
    for (auto& property : table["properties"]) property.erase("default");
    table["anyOf"] = {{{"required", {"all"}}}, {{"required", {"network", "initial", "dynamics"}}}};
    return {{"oneOf", {table, table["properties"]["all"]}}};
}

/// [sweep]: options of the design, and axes in tables named as those of the scenario.
Json sweep_json(const SectionInfo& section) {
    const Json values{{"type", {"string", "array", "number", "boolean"}},
                      {"description",
                       "1,2,3; range(a,b,step); linspace(a,b,n); logspace(a,b,n); integers(a,b); "
                       "choice(x,y); and of designs that sample uniform(a,b), loguniform(a,b)"}};
    Json axes{{"type", "object"}, {"description", "keys of this table of the scenario, and the values they take"}};
    axes["additionalProperties"] = {{"anyOf", {values, {{"type", "object"}, {"additionalProperties", values}}}}};
    Json sweep = section_json(section);
    for (auto& property : sweep["properties"]) property.erase("default");
    sweep["additionalProperties"] = axes;
    return sweep;
}

/// [[policy]]: a list, each with its kind and perhaps a label; or tables by name, as a resolved scenario has them.
Json policies_json(const SectionInfo& section, const Catalog& catalog) {
    Json named = required_model_section(section, "kind", catalog.policies), listed = named;
    const Json label{{"type", "string"},
                     {"pattern", "^[A-Za-z0-9_-]{1,64}$"},
                     {"description", "name of this policy; its kind when left out"}};
    listed["properties"]["label"] = label;
    for (Json& one : listed["allOf"]) one["then"]["properties"]["label"] = label;
    return {{"oneOf",
             {{{"type", "array"}, {"description", section.meaning}, {"items", listed}},
              {{"type", "object"}, {"description", section.meaning}, {"additionalProperties", named}}}}};
}

Json table_json(const SectionInfo& section, const Catalog& catalog) {
    if (section.path == "agents.<type>")
        return {{"type", "object"},
                {"description", "one table for each type of agent"},
                {"minProperties", 1},
                {"propertyNames", {{"pattern", "^[A-Za-z0-9_-]{1,64}$"}}},
                {"additionalProperties", agents_json(section, catalog)}};
    if (section.path == "policy.<name>") return policies_json(section, catalog);
    if (section.path == "network") return required_model_section(section, "kind", catalog.networks);
    if (section.path == "update") return required_model_section(section, "rule", catalog.updates);
    if (section.path == "sanction") return sanction_json(section, catalog);
    if (section.path == "subjects") return subjects_json(section, catalog);
    if (section.path == "seed") return seed_json(section);
    return section_json(section);
}

}  // namespace

std::string scenario_schema(const Catalog& catalog) {
    const auto sections = scenario_sections();
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"}};
    schema.update(section_json(sections[0]));
    schema["title"] = "commonweal scenario";
    for (const auto& section : sections)
        if (!section.path.empty())
            schema["properties"][std::string(section.path.substr(0, section.path.find('.')))] =
                table_json(section, catalog);
    const auto studies = study_sections();
    schema["properties"]["sweep"] = sweep_json(studies[0]);
    schema["properties"]["include"] = {{"type", "array"},
                                       {"items", {{"type", "string"}}},
                                       {"description", "files of regimes and worlds, which have such tables only"}};
    for (const char* const variant : {"regime", "world"})
        schema["properties"][variant] = {{"type", "object"},
                                         {"description", std::string("one table for each ") + variant +
                                                             ", with the values that differ from the base"},
                                         {"propertyNames", {{"pattern", "^[A-Za-z0-9_-]{1,64}$"}}},
                                         {"additionalProperties", {{"type", "object"}}}};
    schema["required"] = {"agents", "seed"};
    return schema.dump(2) + "\n";
}

}  // namespace commonweal
