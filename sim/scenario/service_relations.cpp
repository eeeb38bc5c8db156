#include "sim/scenario/service_relations.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/nearest.hpp"
#include "sim/game/two_pots.hpp"

namespace commonweal {

namespace {

[[noreturn]] void refuse(const Document& document, const std::string& path, std::string_view key,
                         const std::string& what) {
    throw ConfigError(document.where(path, key), what);
}

void check_game(const Scenario& scenario, const Document& document) {
    const GameSection& game = scenario.game;
    if (!(1 < game.local_enhancement && game.local_enhancement < game.system_enhancement))
        refuse(document, "game", "local_enhancement",
               fmt::format("game.local_enhancement is {} and game.system_enhancement is {}; the system's pot must be "
                           "worth more than an organization's, and that more than 1",
                           number_text(game.local_enhancement), number_text(game.system_enhancement)));
    for (const AgentType& type : scenario.types)
        if (const double endowment = game.endowment * type.settings.endowment_share; endowment > largest_endowment)
            refuse(document, "game", "endowment",
                   fmt::format("agents.{} have an endowment of {} tokens; in two_pots at most {} fit", type.name,
                               number_text(endowment), number_text(largest_endowment)));
    for (const AgentType& type : scenario.types)
        if (type.behavior->needs_subjects())
            refuse(document, "agents." + type.name, "behavior",
                   "this behavior rule plays schedules of subjects, which no one has measured for two pots");
}

void check_policy(const Scenario& scenario, const ScenarioPolicy& own, const Document& document) {
    const PolicySection& settings = own.settings;
    const std::string path = "policy." + own.name;
    const Round last = settings.end ? settings.end : scenario.session.rounds;
    if (settings.end && settings.end < settings.start)
        refuse(document, path, "end",
               fmt::format("policy.{}.end is {}, before its start, {}", own.name, settings.end, settings.start));
    const std::vector<std::string> roles(role_names.begin(), role_names.end());
    for (const std::string& role : settings.roles)
        if (std::ranges::find(roles, role) == roles.end())
            refuse(document, path, "roles",
                   fmt::format("policy.{}.roles names {}; known: {}{}", own.name, value_text(role),
                               fmt::join(roles, ", "), did_you_mean(role, roles)));
    if (settings.rollout != 1) return;
    if (own.policy->scheduled() || own.policy->changes_structure())
        refuse(document, path, "rollout",
               fmt::format("'{}' changes who belongs or is tied to whom, for all alike; it takes no pilot",
                           settings.kind));
    if (std::uint64_t{settings.start} + settings.pilot_rounds > last)
        refuse(document, path, "pilot_rounds",
               fmt::format("a pilot of {} rounds that starts in round {} leaves no round until {} to extend it",
                           settings.pilot_rounds, settings.start, last));
}

}  // namespace

void check_service(const Scenario& scenario, const Document& document) {
    check_game(scenario, document);
    for (const ScenarioPolicy& own : scenario.policies) check_policy(scenario, own, document);
    if (scenario.policies.size() > 64)
        refuse(document, "policy." + scenario.policies.back().name, "kind", "more than 64 policies");
    if (scenario.session.rounds > 1'000'000'000 / 2000)
        refuse(document, "session", "rounds", "a service plays at most 500000 rounds: sums of money stay exact");
}

}  // namespace commonweal
