#pragma once

#include "sim/model/behavior_lanes.hpp"
#include "sim/model/catalog.hpp"
#include "sim/model/sanction_lanes.hpp"
#include "sim/model/update_steps.hpp"

namespace commonweal {

/// The catalog line of a behavior rule.
template <BehaviorRule Rule>
CatalogEntry<Behavior> behavior_entry() {
    return {info_of<Rule>(),
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<Behavior> {
                return std::make_unique<BehaviorOf<Rule>>(configured<Rule>(settings, Rule::name, where));
            }};
}

/// The catalog line of a sanction rule.
template <SanctionRule Rule>
CatalogEntry<Sanction> sanction_entry() {
    return {info_of<Rule>(),
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<Sanction> {
                return std::make_unique<SanctionOf<Rule>>(configured<Rule>(settings, Rule::name, where));
            }};
}

/// The catalog line of a strategy.
template <StrategyModel Model>
CatalogEntry<Strategy> strategy_entry() {
    return {info_of<Model>(),
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<Strategy> {
                return std::make_unique<StrategyOf<Model>>(configured<Model>(settings, Model::name, where));
            }};
}

/// The catalog line of an update rule.
template <UpdateRule Rule>
CatalogEntry<Update> update_entry() {
    return {info_of<Rule>(),
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<Update> {
                return std::make_unique<UpdateOf<Rule>>(configured<Rule>(settings, Rule::name, where));
            }};
}

/// The catalog line of a generator of networks.
template <NetworkModel Model>
CatalogEntry<NetworkGenerator> network_entry() {
    return {info_of<Model>(),
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<NetworkGenerator> {
                return std::make_unique<NetworkGeneratorOf<Model>>(configured<Model>(settings, Model::name, where));
            }};
}

/// The catalog line of a policy.
template <PolicyModel Model>
PolicyEntry policy_entry() {
    PolicyNeeds needs;
    if constexpr (requires { Model::needs; }) needs = Model::needs;
    return {info_of<Model>(), Model::who_pays, Model::at_zero, needs,
            [](const std::vector<Setting>& settings, const std::string& where) -> std::unique_ptr<Policy> {
                return std::make_unique<PolicyOf<Model>>(configured<Model>(settings, Model::name, where));
            }};
}

/// The catalog line of a subject source: a described table that makes a SubjectSource for a game.
template <Described Source>
SubjectEntry subject_entry() {
    return {info_of<Source>(),
            [](const std::vector<Setting>& settings, const std::string& where,
               const SubjectNeeds& needs) -> std::shared_ptr<const SubjectSource> {
                return configured<Source>(settings, Source::name, where).source_for(needs, where);
            }};
}

}  // namespace commonweal
