#include "sim/scenario/scenario.hpp"

#include "sim/scenario/included.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/study_document.hpp"

namespace commonweal {

namespace {

/// One scenario is asked for.
void refuse_variation(const StudyDocument& study) {
    const auto refuse = [](const std::string& where, const std::string& what) {
        throw ConfigError(where, what + " varies, and one scenario is wanted; `commonweal sweep` computes all");
    };
    if (!study.axes.empty()) refuse(study.axes[0].where, study.axes[0].key);
    if (!study.regimes.empty()) refuse(study.regimes[0].where, "the regime");
    if (!study.worlds.empty()) refuse(study.worlds[0].where, "the world");
    if (!study.options.empty()) refuse(study.options[0].where, "[sweep]");
}

}  // namespace

Scenario parse_scenario(const std::string& text, const std::string& name, const std::vector<std::string>& overrides,
                        const Catalog& catalog) {
    const auto here = std::filesystem::current_path();
    for (const auto& override_text : overrides) {
        Document scratch;
        if (is_sweep(override_text)) apply_overrides(scratch, {override_text});  // says why not
    }
    const StudyDocument study = parse_study(text, name, overrides, here);
    refuse_variation(study);
    return scenario_of(study, nullptr, nullptr, {}, catalog);
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const Catalog& catalog) {
    return parse_scenario(scenario_text(file), file.string(), overrides, catalog);
}

}  // namespace commonweal
