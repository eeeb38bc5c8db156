#include "sim/app/odd_texts.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace commonweal {

namespace {

bool together(const Scenario& scenario) { return scenario.update.order == 1; }

bool leads(const Scenario& scenario) {
    return std::ranges::any_of(scenario.policies, [](const ScenarioPolicy& one) { return one.policy->leads(); });
}

bool has_turnover(const Scenario& scenario) { return scenario.turnover.rate > 0 || scenario.turnover.every > 0; }

std::vector<OddPhase> laboratory_phases(const Scenario& scenario) {
    std::vector<OddPhase> phases;
    if (scenario.play == Play::laboratory)
        phases.push_back({"match", "agents of a session are put into groups, as [matching] says", "groups"});
    phases.push_back({"decide", "every agent decides by its behavior rule how much to give; all decide at once",
                      "contributions, memories of rules"});
    phases.push_back({"play", "pots pay their members", "what others were seen to give, payoffs"});
    if (scenario.sanction_rule)
        phases.push_back({"sanction",
                          "under the conditions that have this stage, members of a group give each other points",
                          "points given and received"});
    if (scenario.sanction_rule) phases.push_back({"settle", "points change payoffs", "payoffs"});
    if (scenario.ties_change())
        phases.push_back(
            {"learn",
             scenario.rewiring.redraw ? "a new network is drawn" : "some pairs cut or make their tie by what both gave",
             "ties, on which the next round is played"});
    phases.push_back({"record", "means over all agents are taken", "results"});
    return phases;
}

std::vector<OddPhase> service_phases(const Scenario& scenario) {
    std::vector<OddPhase> phases;
    const bool policies = !scenario.policies.empty();
    if (policies)
        phases.push_back({"act", "policies in force act, in the order of the file",
                          "endowments, incentives, demands, ties, membership"});
    phases.push_back(
        {"decide",
         "behavior rules propose a contribution to each pot alone; the pair is projected on what the endowment allows",
         "contributions"});
    if (leads(scenario))
        phases.push_back({"lead", "where leaders give first, who saw it changes its belief and decides again",
                          "beliefs, contributions"});
    if (policies) phases.push_back({"contribute", "policies add to pots", "pots"});
    phases.push_back({"play", "pots of organizations and the pot of the system pay their members", "payoffs"});
    if (policies) phases.push_back({"settle", "transfers between agents and the public purse", "payoffs, budgets"});
    phases.push_back({"observe",
                      policies ? "agents see what others gave along their ties; policies change what is seen"
                               : "agents see what others gave along their ties",
                      "what others were seen to give"});
    phases.push_back({"learn",
                      std::string("beliefs move towards what was seen") + (policies ? "; policies change them" : "") +
                          (has_turnover(scenario) ? "; people come, go and change places" : ""),
                      has_turnover(scenario) ? "beliefs, agents" : "beliefs"});
    phases.push_back({"record", "means over all agents are taken", "results"});
    return phases;
}

std::vector<OddPhase> strategy_phases(const Scenario& scenario) {
    if (scenario.matching_kind() == MatchingKind::splitting_groups)
        return {{"elementary step",
                 "an agent is drawn by fitness and has an offspring of its strategy in its group, or by migration in "
                 "another; a group that is then too large splits, whereupon another group dies, or loses a member",
                 "strategies, groups"},
                {"record", "shares of strategies and mean payoffs are taken every `record.every` rounds", "results"}};
    if (together(scenario))
        return {{"play", "payoffs of all agents with the strategies of the moment", "payoffs"},
                {"revise", "all agents revise their strategy at once by the update rule", "strategies"},
                {"record", "shares of strategies and mean payoffs are taken every `record.every` rounds", "results"}};
    return {{"elementary step",
             "a random agent, the focal agent, revises its strategy by the update rule with the payoffs of the moment; "
             "a round has many such steps, one after the other",
             "the strategy of one agent"},
            {"record", "shares of strategies and mean payoffs are taken every `record.every` rounds", "results"}};
}

std::string interaction(const Scenario& scenario) {
    switch (scenario.play) {
        case Play::laboratory:
            return "Agents interact directly, as members of the group that shares a pot in the round" +
                   std::string(scenario.sanction_rule ? ", and by the points that members of a group give each other."
                                                      : ".");
        case Play::network:
            return "Agents interact with their neighbors: they share pots, or donate to each other, as [game] says. "
                   "What happens to one reaches others one tie per round" +
                   std::string(scenario.game.hosts == 0 ? "; payoffs also tell of the neighbors' pots." : ".");
        case Play::service:
            return "Agents of an organization share its pot, and all agents share the pot of the system. They see each "
                   "other along the ties of the network" +
                   std::string(scenario.policies.empty()
                                   ? "."
                                   : ", and policies add interactions of their own (see submodels).");
        case Play::evolution:
            break;
    }
    if (scenario.matching_kind() == MatchingKind::well_mixed)
        return "Everybody may meet everybody: payoffs are expected values over all groups that could be formed. "
               "Revisions look at any other agent.";
    if (scenario.matching_kind() == MatchingKind::splitting_groups)
        return "Agents play with the members of their group. Groups compete by how fast they grow and split.";
    return "Agents play with their neighbors, and revise by looking at neighbors, as the update rule says.";
}

std::string sensing(const Scenario& scenario) {
    switch (scenario.play) {
        case Play::laboratory:
            return "An agent knows its own last contribution and payoff, what the other members of its group gave in "
                   "the last round, and the points that it received. It does not know who gave what in other groups.";
        case Play::network:
            return "An agent knows its own last contribution and payoff, and what its neighbors gave in the last "
                   "round.";
        case Play::service:
            return "An agent sees the mean of what those gave with whom it has a tie on any layer, for each pot, and "
                   "knows the incentives and demands that it is under. Policies may change what is seen.";
        case Play::evolution:
            break;
    }
    return "The agent that revises knows payoffs: its own and those of the agents that its update rule looks at. "
           "Payoffs are exact.";
}

std::string adaptation(const Scenario& scenario) {
    if (scenario.play == Play::evolution)
        return "Agents change their strategy, by the update rule (see submodels)" +
               std::string(
                   scenario.update.mutation > 0
                       ? fmt::format(", or by chance with probability {} per revision.", scenario.update.mutation)
                       : ".");
    std::string text = "Agents adapt their contribution from round to round, by their behavior rule (see submodels).";
    if (scenario.ties_change() && !scenario.rewiring.redraw) text += " They also change their ties, by [rewiring].";
    return text;
}

std::string learning(const Scenario& scenario) {
    if (scenario.play == Play::evolution) return "None beyond the revision of strategies. Agents remember nothing.";
    if (scenario.play == Play::service)
        return fmt::format(
            "Beliefs are learned: b <- b + weight (seen - b), with weight {}. Behavior rules may have memories of "
            "their own, which their equations show.",
            scenario.beliefs.weight);
    return "What a behavior rule remembers from round to round, such as a belief, an attraction or an aspiration, "
           "stands in its equation. Rules themselves do not change.";
}

std::string prediction(const Scenario& scenario) {
    if (scenario.play == Play::evolution) return "None: agents do not look ahead.";
    if (scenario.play == Play::service)
        return "Agents expect others to give what they believe; the belief about each pot stands in the place of what "
               "others are going to give.";
    return "Explicit only where the equation of a behavior rule has a belief or an expected payoff; else agents "
           "respond to the last round.";
}

std::string collectives(const Scenario& scenario) {
    switch (scenario.play) {
        case Play::laboratory:
            return fmt::format(
                "Groups of {}, which [matching] forms ({}); sessions of {} agents, between which nobody meets.",
                scenario.matching.group_size, MatchingSection::kinds[scenario.matching.kind], scenario.session.agents);
        case Play::network:
            return "None besides the neighborhoods of the network.";
        case Play::service:
            return "Organizations, whose members share a pot, and units within them. Membership comes from the "
                   "network" +
                   std::string(has_turnover(scenario) || !scenario.policies.empty()
                                   ? " and changes where turnover or a policy says so."
                                   : " and stays.");
        case Play::evolution:
            break;
    }
    return scenario.matching_kind() == MatchingKind::splitting_groups
               ? "Groups that grow, split and die; they emerge from births."
               : "None besides the groups that share a pot.";
}

std::string emergence(const Scenario& scenario) {
    if (scenario.play == Play::evolution)
        return "Shares of strategies, who takes over and when: all follow from revisions of single agents. Payoffs and "
               "update rule are imposed.";
    return "Contributions and payoffs of the population and their course over time follow from decisions of single "
           "agents. Behavior rules, groups or ties, and what pots pay are imposed.";
}

std::string objectives(const Scenario& scenario) {
    if (scenario.play == Play::evolution)
        return "Agents have no objective; more payoff makes a strategy spread, as the update rule says.";
    return "Behavior rules need not maximize anything. Where one does, its equation says what: a payoff, a utility, or "
           "the distance to what others give.";
}

}  // namespace

std::vector<OddPhase> odd_phases(const Scenario& scenario) {
    if (scenario.play == Play::service) return service_phases(scenario);
    if (scenario.play == Play::evolution) return strategy_phases(scenario);
    return laboratory_phases(scenario);
}

std::vector<OddEntity> odd_entities(const Scenario& scenario) {
    std::vector<OddEntity> entities;
    switch (scenario.play) {
        case Play::laboratory:
            entities = {{"agent",
                         "session; type, which says the behavior rule; contribution [tokens]; payoff [tokens]; points "
                         "given and received [points]; memory of the rule (see its equation)"},
                        {"group", "the agents who share one pot in the round"},
                        {"session", "condition of the round"}};
            break;
        case Play::network:
            entities = {{"agent",
                         "type, which says the behavior rule; contribution [tokens]; payoff [tokens]; memory of the "
                         "rule (see its equation); neighbors; attributes of the network's table, where it has one"},
                        {"tie", "two agents; weight"}};
            break;
        case Play::service:
            entities = {
                {"agent",
                 "type, which says the behavior rule; organization, unit, role; endowment [tokens]; contribution to "
                 "each pot [tokens]; belief about each pot [tokens]; payoff [millionths of a token]; motivation that "
                 "is left, where control took some"},
                {"organization", "members; what was put into its pot [tokens]"},
                {"system", "what was put into its pot [tokens]; accounts of public money [millionths of a token]"},
                {"tie", "two agents; layer"}};
            if (!scenario.policies.empty())
                entities.push_back({"policy",
                                    "whether it is in force; its scope; what is left of its budget [millionths of a "
                                    "token]; what it cost"});
            break;
        case Play::evolution:
            entities = {{"agent", "strategy; payoff, which follows from the strategies of the moment"}};
            if (scenario.generator) entities.push_back({"tie", "two agents; weight"});
            if (scenario.matching_kind() == MatchingKind::splitting_groups)
                entities.push_back({"group", "members, at most `matching.group_size`"});
            break;
    }
    return entities;
}

namespace {

std::string laboratory_payoffs(const Scenario& scenario) {
    std::string text = "pi_i = e - c_i + mpcr * (sum of the contributions in the group of i)";
    if (scenario.sanction_rule)
        text += "\nwith a sanction stage:  pi_i - cost * (points given by i) - effect * (points received by i)";
    return text;
}

std::string neighborhood_payoffs(const Scenario& scenario) {
    const GameSection& game = scenario.game;
    const bool weighted = game.weighted, average = game.payoff == 1, individual = game.cost_per == 1;
    const std::string weights =
        weighted ? "w_ij: weight of the tie; W_i: sum of the weights of i's ties" : "w_ij = 1; W_i = k_i";
    const std::string symbols = "k_i: neighbors of i; " + weights + "; S_i = sum over neighbors j of w_ij c_j";
    if (game.kind == 1)
        return std::string("pi_i = e - (c_i / e) cost W_i + (benefit / e) S_i") +
               (average ? ", all but e divided by k_i\n" : "\n") + symbols;
    const std::string paid = scenario.by_enhancement ? "enhancement / (k_g + 1)" : "mpcr";
    std::string text = "per token in the pot that g hosts each member gets  a_g = " + paid + "\n";
    if (game.hosts == 1)
        text += "pi_i = e - c_i + a_i (c_i + S_i)";
    else
        text += std::string(
                    "pi_i = e - s_i (1 + W_i) c_i + sum over g = i and its neighbors of a_g pot_g,  pot_g = s_g c_g + "
                    "sum over neighbors j of g of s_j w_gj c_j\n") +
                (individual ? "s_i = 1 / (1 + W_i): a contribution is divided among the games"
                            : "s_i = 1: a contribution is given in each game");
    return text + (average ? "; all but e divided by k_i + 1\n" : "\n") + symbols;
}

std::string strategy_payoffs(const Scenario& scenario) {
    const GameSection& game = scenario.game;
    if (game.kind == 1)
        return "each cooperator pays cost for each neighbor, and each neighbor of a cooperator gets benefit" +
               std::string(game.payoff == 1 ? "; divided by the number of neighbors" : "");
    std::string text = game.own_share ? "pot share of a participant:  r c (1 + delta + ... + delta^(n-1)) / S   for n "
                                        ">= threshold contributors among S participants"
                                      : "pot share of a participant:  r c (n - [it contributes]) / (S - 1)   for n >= "
                                        "threshold contributors among S participants";
    text +=
        "\npayoff in a game:  share - [it contributes] c - fee + sum over co-players t of (effect of t on it - its "
        "cost for t)";
    if (scenario.fund.scheme != 0) text += " + bonus or - fine of the fund";
    text +=
        "\nr: enhancement; c: cost; delta: synergy; fee, effects and costs: those of the strategies; a loner gets "
        "loner_payoff instead";
    if (scenario.matching_kind() == MatchingKind::well_mixed)
        return text +
               "\npayoff of an agent: expected over all groups of group_size that could be formed in the population";
    if (scenario.matching_kind() == MatchingKind::splitting_groups)
        return text + "\npayoff of an agent: that of the game in its group";
    text +=
        game.hosts == 0
            ? "\npayoff of an agent: over the game that it hosts, with its neighbors, and those that its neighbors host"
            : "\npayoff of an agent: of the game that it hosts, with its neighbors";
    if (game.payoff == 1) text += ", divided by their number";
    return text + (game.cost_per == 1 ? "; c is divided among the games that the agent plays" : "");
}

}  // namespace

std::string odd_payoffs(const Scenario& scenario) {
    switch (scenario.play) {
        case Play::laboratory:
            return laboratory_payoffs(scenario);
        case Play::network:
            return neighborhood_payoffs(scenario);
        case Play::evolution:
            return strategy_payoffs(scenario);
        case Play::service:
            break;
    }
    return "pi_i = e_i - c_i - s_i + (local_enhancement / n_k) sum over j in k of c_j + (system_enhancement / N) sum "
           "over all j of s_j + settlements\n"
           "c_i, s_i: contributions to the pots of the own organization and of the system; k: the organization of i, "
           "with n_k members; N: all agents;\n"
           "settlements: what policies add and take, in whole millionths of a token";
}

std::vector<OddConcept> odd_concepts(const Scenario& scenario) {
    return {{"Emergence", emergence(scenario)},     {"Adaptation", adaptation(scenario)},
            {"Objectives", objectives(scenario)},   {"Learning", learning(scenario)},
            {"Prediction", prediction(scenario)},   {"Sensing", sensing(scenario)},
            {"Interaction", interaction(scenario)}, {"Stochasticity", ""},
            {"Collectives", collectives(scenario)}, {"Observation", ""}};
}

std::vector<OddStream> odd_streams(const Scenario& scenario) {
    std::vector<OddStream> streams;
    constexpr const char* by_plan =
        "what follows a plan is shared by the replicates of a network instance, the rest is drawn for each";
    const auto add_as = [&](bool drawn, const char* decides, const char* seed, const char* shared) {
        if (drawn) streams.push_back({decides, seed, shared});
    };
    const auto add = [&](bool drawn, const char* decides, const char* seed, bool shared) {
        add_as(drawn, decides, seed,
               shared ? "shared by the replicates of a network instance" : "drawn for each replicate");
    };
    const bool laboratory = scenario.play == Play::laboratory, strategies = scenario.play == Play::evolution,
               service = scenario.play == Play::service;
    add(scenario.generator && scenario.generator->random(), "ties of the network", "seed.network", true);
    add(scenario.ties_change() && scenario.rewiring.redraw, "the network of a round", "seed.network", false);
    add(laboratory, "who shares a pot with whom", "seed.network", scenario.matching_kind() != MatchingKind::strangers);
    add(scenario.subjects_play(), "which person an agent is", "seed.initial", false);
    const bool counted = std::ranges::any_of(scenario.types, [](const AgentType& type) { return type.by_count; });
    add(scenario.types.size() > 1, "type of an agent", "seed.initial", false);
    add(counted, "where agents of a type with a count are", "seed.initial", false);
    add(service, "first beliefs", "seed.initial", false);
    add(!strategies, "decisions how much to give, the first included", "seed.dynamics", false);
    add(scenario.sanction_rule != nullptr, "whom to give points", "seed.dynamics", false);
    add(scenario.ties_change() && !scenario.rewiring.redraw, "which pairs may change their tie, who decides, and what",
        "seed.dynamics", false);
    const bool groups = scenario.matching_kind() == MatchingKind::splitting_groups;
    add(strategies && !groups && !together(scenario), "which agent revises", "seed.dynamics",
        scenario.update.focal == 1);
    add(strategies && !groups, "whom it looks at, and whether it imitates", "seed.dynamics", false);
    add(strategies && groups, "births, deaths, migration and splitting of groups", "seed.dynamics", false);
    add(strategies && scenario.update.mutation > 0, "mutations", "seed.dynamics", false);
    add_as(service && has_turnover(scenario), "who leaves, who changes places, and what newcomers expect",
           "seed.dynamics", by_plan);
    const auto some = [&](const auto& is) { return std::ranges::any_of(scenario.policies, is); };
    add_as(!scenario.policies.empty(), "what policies decide (see submodels)", "seed.dynamics", by_plan);
    add(some([](const ScenarioPolicy& one) { return one.settings.share < 1; }), "which units a policy concerns",
        "seed.network", true);
    add_as(some([](const ScenarioPolicy& one) { return one.settings.rollout == 1; }),
           "which units are in a pilot, and which of a pair is treated", "seed.dynamics", by_plan);
    add(scenario.record.cascade && scenario.counterfactual.sources > 0 && !laboratory, "whom twin runs nudge",
        "seed.dynamics", false);
    return streams;
}

}  // namespace commonweal
