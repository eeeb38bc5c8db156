#include "sim/scenario/unused.hpp"

#include <algorithm>
#include <array>

namespace commonweal {

namespace {

template <std::size_t size>
bool one_of(std::string_view key, const std::array<std::string_view, size>& keys) {
    return std::ranges::find(keys, key) != keys.end();
}

std::string unless(bool matters, std::string_view reason) { return matters ? "" : std::string(reason); }

template <class Section>
bool is_house_key(std::string_view key) {
    for (const auto& info : parameter_infos<Section>())
        if (info.name == key) return true;
    return false;
}

class Question {
public:
    explicit Question(const Scenario& scenario)
        : s_(scenario),
          laboratory_(scenario.play == Play::laboratory),
          network_(scenario.play == Play::network),
          evolution_(scenario.play == Play::evolution),
          service_(scenario.play == Play::service),
          neighborhoods_(scenario.matching_kind() == MatchingKind::neighborhoods),
          splitting_(scenario.matching_kind() == MatchingKind::splitting_groups) {}

    std::string session(std::string_view key) const {
        if (key == "rounds") return "";
        if (key == "agents" && splitting_) return "matching.groups and group_size say how many agents there are";
        if (key == "agents") return unless(!s_.generator, "[network] says how many agents there are");
        return unless(laboratory_, "it is for sessions of a laboratory");
    }

    std::string matching(std::string_view key) const {
        if (key == "kind") return "";
        if (key == "group_size") return unless(!neighborhoods_, "an agent shares pots with its neighbors");
        return unless(splitting_, "it is for matching.kind = \"splitting_groups\"");
    }

    std::string game(std::string_view key) const {
        const bool enhancement = one_of<2>(key, {"local_enhancement", "system_enhancement"});
        if (enhancement) return unless(service_, "it is for game.kind = \"two_pots\"");
        if (service_) return unless(one_of<2>(key, {"kind", "endowment"}), "it is not for game.kind = \"two_pots\"");
        const bool donation = s_.game.kind == 1;
        const bool strategies_pot = evolution_ && !donation;
        if (one_of<2>(key, {"endowment", "tokens"})) return unless(!evolution_, "strategies have no endowment");
        if (key == "mpcr")
            return unless(!evolution_ && !s_.by_enhancement && !donation,
                          donation ? "a donation has a cost and a benefit" : "game.enhancement says what a pot pays");
        if (key == "kind") return unless(!laboratory_, "a laboratory plays the public-goods game");
        if (key == "enhancement")
            return unless(strategies_pot || (s_.by_enhancement && !donation),
                          donation ? "a donation has no pot" : "game.mpcr says what a pot pays");
        if (key == "cost") return unless(evolution_ || donation, "contributions cost what they are");
        if (key == "benefit") return unless(donation, "it is for game.kind = \"donation\"");
        if (one_of<3>(key, {"synergy", "threshold", "own_share"}))
            return unless(strategies_pot, "it is for pots that strategies give to");
        if (key == "loner_payoff") return unless(strategies_pot && has_loner(), "no strategy is a loner");
        if (one_of<2>(key, {"hosts", "cost_per"}))
            return unless(neighborhoods_ && !donation, "it is for pots of neighborhoods");
        if (key == "payoff") return unless(neighborhoods_, "it is for neighborhoods");
        return unless(neighborhoods_, "it is for networks");
    }

    std::string fund(std::string_view key) const {
        if (!evolution_) return "it is for strategies";
        if (key == "scheme") return "";
        const std::string_view scheme = FundSection::schemes[s_.fund.scheme];
        const bool carrot = scheme != "punish", stick = scheme != "reward";
        const std::string reason = "fund.scheme is \"" + std::string(scheme) + "\"";
        if (scheme == "none") return reason;
        if (key == "bonus") return unless(carrot, reason);
        if (key == "fine") return unless(stick, reason);
        if (one_of<2>(key, {"switch_at", "switch_by"})) return unless(carrot && stick, reason);
        return "";
    }

    std::string agents(std::string_view path, std::string_view key) const {
        if (key == "behavior") return unless(!evolution_, "this type has a strategy");
        if (key == "strategy") return unless(evolution_, "this type has a behavior rule");
        if (one_of<2>(key, {"who", "where"})) return unless(s_.generator != nullptr, "it needs a [network]");
        if (key == "endowment_share") return unless(service_, "it is for game.kind = \"two_pots\"");
        if (key == "first") return unless(network_, "it is for behavior rules on a [network]");
        if (one_of<2>(key, {"count", "place"}) && laboratory_) return "a laboratory draws types by share";
        return placed(agents_type(path), key);
    }

    /// Of what says which agents are of a type.
    static std::string placed(const AgentType* type, std::string_view key) {
        if (!type) return "";
        const bool named = !type->settings.who.empty() || !type->settings.where.empty();
        if (key == "count") return unless(type->by_count, "shares say how many agents are of a type");
        if (key == "place") return unless(type->by_count, "it is of types with a count");
        if (key == "share" && type->by_count)
            return "agents." + type->name +
                   ".count says how many agents are of this type; shares are of those who are left";
        if (key == "share") return unless(!named, "agents." + type->name + " says who is of this type");
        return "";
    }

    const AgentType* agents_type(std::string_view path) const {
        const auto found = std::ranges::find(s_.types, path.substr(path.find('.') + 1), &AgentType::name);
        return found == s_.types.end() ? nullptr : &*found;
    }

    std::string update(std::string_view key) const {
        if (one_of<2>(key, {"order", "steps"}) && splitting_) return "births of splitting groups come one by one";
        if (key == "focal") return unless(s_.update.order == 0, "all agents revise in a synchronous round");
        if (key == "steps") return unless(s_.update.order == 0, "all agents revise in a synchronous round");
        return "";
    }

    std::string record(std::string_view key) const {
        if (one_of<2>(key, {"every", "window"})) return unless(evolution_, "it is for strategies");
        if (key == "cascade") {
            if (service_) return "twin runs are for one pot";
            return unless(!evolution_, "strategies have no contribution to change");
        }
        if (key == "adoption") return unless(network_, "it is for behavior rules on a network");
        return "";
    }

    std::string policy(std::string_view path, std::string_view key) const {
        const auto own = std::ranges::find(s_.policies, path, &ScenarioPolicy::name);
        if (own == s_.policies.end()) return "";
        if (one_of<4>(key, {"pairs", "pilot_rounds", "alpha", "outcome"}))
            return unless(own->settings.rollout == 1, "it is for rollout = \"pilot_and_scale\"");
        if (key == "budget") return unless(own->policy->spends(), "this policy spends no money of a budget");
        if (key == "turn") return unless(own->settings.rollout == 2, "it is for rollout = \"churn\"");
        return "";
    }

private:
    bool has_loner() const {
        return std::ranges::any_of(
            s_.types, [](const AgentType& type) { return type.strategy && !type.strategy->traits().participates; });
    }

    const Scenario& s_;
    bool laboratory_, network_, evolution_, service_, neighborhoods_, splitting_;
};

}  // namespace

std::string why_unused(const Scenario& scenario, std::string_view path, std::string_view key) {
    const Question question(scenario);
    if (path == "session") return question.session(key);
    if (path == "matching") return question.matching(key);
    if (path == "game") return question.game(key);
    if (path == "fund") return question.fund(key);
    if (path.starts_with("agents.")) return is_house_key<AgentsSection>(key) ? question.agents(path, key) : "";
    constexpr std::string_view policy = "policy.";
    if (path.starts_with(policy)) return question.policy(path.substr(policy.size()), key);
    if (path == "beliefs" || path == "crowding_out" || path == "turnover")
        return unless(scenario.play == Play::service, "it is for game.kind = \"two_pots\"");
    if (path == "update") return question.update(key);
    if (path == "record") return question.record(key);
    if (path == "rewiring") return unless(scenario.play == Play::network, "ties change with behavior rules only");
    if (path == "adoption") return unless(scenario.record.adoption, "record.adoption is false");
    if (path == "counterfactual" && key == "sources" && scenario.play == Play::laboratory)
        return "every member of a laboratory session is a source";
    if (path == "counterfactual")
        return unless(scenario.play != Play::evolution && scenario.play != Play::service,
                      scenario.play == Play::service ? "twin runs are for one pot" : "strategies have no twin runs");
    return "";
}

}  // namespace commonweal
