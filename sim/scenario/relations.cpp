#include "sim/scenario/relations.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/fixed_point.hpp"
#include "sim/core/nearest.hpp"
#include "sim/game/well_mixed_games.hpp"
#include "sim/matching/perfect_strangers.hpp"
#include "sim/scenario/service_relations.hpp"

namespace commonweal {

namespace {

constexpr std::uint32_t perfect_strangers_kind = 2;
static_assert(MatchingSection::kinds[perfect_strangers_kind] == "perfect_strangers");

constexpr std::uint64_t largest_schedule = 100'000'000;  // agents * rounds, 400 MB

bool is_whole(double x) { return x == std::floor(x); }

class Relations {
public:
    Relations(const Scenario& scenario, const Document& document) : s_(scenario), document_(document) {}

    void check() const {
        check_matching();
        check_shares();
        if (s_.play == Play::evolution) return check_evolution();
        if (s_.play == Play::service) return check_service(s_, document_);
        check_tokens();
        if (s_.play == Play::laboratory) check_laboratory();
        check_rewiring();
        if (s_.record.cascade) check_counterfactual();
        if (s_.record.adoption) check_adoption();
    }

private:
    void check_laboratory() const {
        check_conditions();
        check_sanctioned();
        check_groups();
        check_rounds();
        check_sizes();
        check_meetings();
        check_sums();
    }

    void check_matching() const {
        const MatchingKind kind = s_.matching_kind();
        const std::string_view word = MatchingSection::kinds[s_.matching.kind];
        if (kind == MatchingKind::neighborhoods && !s_.generator)
            refuse("matching", "kind", "matching.kind is \"neighborhoods\", but there is no [network]");
        if (s_.generator && kind != MatchingKind::neighborhoods)
            refuse("matching", "kind",
                   fmt::format("matching.kind is \"{}\"; on a [network] agents meet in \"neighborhoods\"", word));
        const bool groups = kind < MatchingKind::neighborhoods;
        if (s_.play == Play::laboratory && !groups)
            refuse("matching", "kind", fmt::format("matching.kind is \"{}\", which needs types with a strategy", word));
        if (s_.play == Play::evolution && groups)
            refuse("matching", "kind",
                   "strategies spread on a [network], or with matching.kind = \"well_mixed\" or \"splitting_groups\"");
        if (s_.play == Play::network && !s_.sanction.rule.empty())
            refuse("sanction", "rule",
                   "there is no sanction stage between neighbors; it is part of the laboratory. On a network punishers "
                   "are "
                   "strategies: `commonweal describe moralist`, `commonweal describe pool_punisher`");
        if (s_.play == Play::evolution && !s_.sanction.rule.empty())
            refuse("sanction", "rule",
                   "there is no sanction stage among strategies; it is part of the laboratory. Here punishers are "
                   "strategies: `commonweal describe moralist`, `commonweal describe pool_punisher`");
        if (s_.play == Play::service && !s_.sanction.rule.empty())
            refuse("sanction", "rule",
                   "a service has no sanction stage of its own; see the policies peer_punishment and peer_reward");
    }

    void check_evolution() const {
        if (s_.update_rule->form() == UpdateForm::birth_death && s_.update.order == 1)
            refuse("update", "order", "update.order is \"synchronous\"; births come one by one: \"asynchronous\"");
        if (s_.record.every > s_.session.rounds)
            refuse("record", "every",
                   fmt::format("record.every is {}, more than session.rounds, which is {}", s_.record.every,
                               s_.session.rounds));
        if (s_.record.window > s_.session.rounds)
            refuse("record", "window",
                   fmt::format("record.window is {}, more than session.rounds, which is {}", s_.record.window,
                               s_.session.rounds));
        const bool uneven = s_.game.cost_per == 1 || s_.game.weighted;
        if (uneven && s_.game.synergy != 1)
            refuse("game", "synergy", "game.synergy needs equal contributions: cost_per = \"game\", without weights");
        if (!s_.game.own_share && s_.game.synergy != 1)
            refuse("game", "synergy",
                   fmt::format("game.synergy is {}; where a giver has no share of its own contribution "
                               "(game.own_share = false) all contributions count alike: synergy must be 1",
                               number_text(s_.game.synergy)));
        check_fund();
        if (s_.game.kind == 1)
            for (const AgentType& type : s_.types)
                if (!type.strategy->traits().participates)
                    refuse("agents." + type.name, "strategy", "a loner needs game.kind = \"public_goods\"");
        if (s_.matching_kind() == MatchingKind::well_mixed) check_well_mixed();
        if (s_.matching_kind() == MatchingKind::splitting_groups) check_splitting();
    }

    void check_fund() const {
        if (s_.fund.scheme == 0) return;
        const std::string_view word = FundSection::schemes[s_.fund.scheme];
        if (s_.game.kind == 1)
            refuse("fund", "scheme",
                   fmt::format("fund.scheme is \"{}\"; a fund divides a budget among the members of a pot: "
                               "game.kind must be \"public_goods\"",
                               word));
        if (s_.matching_kind() == MatchingKind::neighborhoods && s_.game.hosts == 1)
            refuse("fund", "scheme",
                   fmt::format("fund.scheme is \"{}\"; a fund pays all members of a group, and with game.hosts = "
                               "\"focal\" only one of them has a payoff in it: game.hosts must be \"all\"",
                               word));
    }

    void check_well_mixed() const {
        if (s_.matching.group_size > s_.session.agents)
            refuse("matching", "group_size",
                   fmt::format("groups of {} are larger than the population, session.agents = {}",
                               s_.matching.group_size, s_.session.agents));
        if (compositions(s_.matching.group_size, s_.types.size()) > most_compositions)
            refuse(
                "matching", "group_size",
                fmt::format("groups of {} with {} strategies can be made up in more than {} ways; take smaller groups",
                            s_.matching.group_size, s_.types.size(), number_text(most_compositions)));
    }

    void check_splitting() const {
        if (s_.update_rule->form() != UpdateForm::birth_death)
            refuse("update", "rule", "groups split by births: update.rule must be \"birth_death\"");
        if (s_.game.kind != 1)
            refuse("game", "kind", "members of splitting groups play game.kind = \"donation\" with each other");
    }

    void check_conditions() const {
        const auto& names = s_.session.conditions;
        if (names.empty())
            refuse("session", "conditions", "session.conditions is empty; it must name at least one treatment");
        for (auto name = names.begin(); name != names.end(); ++name) {
            if (!bare_name(*name))
                refuse("session", "conditions",
                       fmt::format(
                           "condition {} is not a name; a name has 1 to 64 letters a to z or A to Z, digits, _ or -",
                           value_text(*name)));
            if (std::find(names.begin(), name, *name) != name)
                refuse("session", "conditions", fmt::format("condition \"{}\" is listed twice", *name));
        }
    }

    void check_sanctioned() const {
        const auto& listed = s_.sanction.conditions;
        for (auto name = listed.begin(); name != listed.end(); ++name) {
            if (std::ranges::find(s_.session.conditions, *name) == s_.session.conditions.end())
                refuse("sanction", "conditions",
                       fmt::format("sanction.conditions names {}, which session.conditions does not have{}; "
                                   "sanction.rule = \"none\" plays without sanctions",
                                   value_text(*name), did_you_mean(*name, s_.session.conditions)));
            if (std::find(listed.begin(), name, *name) != name)
                refuse("sanction", "conditions", fmt::format("condition \"{}\" is listed twice", *name));
        }
    }

    void check_groups() const {
        const std::uint64_t agents = s_.session.agents, size = s_.matching.group_size;
        if (agents % size == 0) return;
        const std::uint64_t below = agents / size * size;
        const std::string near = below ? fmt::format("{} or {}", below, below + size) : fmt::format("{}", size);
        refuse("session", "agents",
               fmt::format("{} agents cannot be split into groups of {}; session.agents must be a multiple of "
                           "matching.group_size; nearest: {}",
                           agents, size, near));
    }

    void check_rounds() const {
        const std::uint64_t conditions = s_.session.conditions.size();
        if (s_.session.rounds * conditions > 0xffffffffu)
            refuse("session", "rounds",
                   fmt::format("{} rounds under {} conditions are more than {} rounds in all", s_.session.rounds,
                               conditions, 0xffffffffu));
    }

    void check_sizes() const {
        const std::uint64_t people = std::uint64_t{s_.session.agents} * s_.session.sessions;
        if (people > 0x80000000u)
            refuse("session", "agents",
                   fmt::format("{} sessions of {} agents are {} agents in a run; at most {} fit", s_.session.sessions,
                               s_.session.agents, people, 0x80000000u));
        if (s_.sanction_rule && s_.sanction_rule->draws() * (s_.matching.group_size - 1) > max_draws)
            refuse("matching", "group_size",
                   fmt::format("groups of {} are too large for a sanction stage; at most {} targets fit",
                               s_.matching.group_size, max_draws / s_.sanction_rule->draws()));
    }

    void check_meetings() const {
        if (s_.matching.kind != perfect_strangers_kind) return;
        const std::uint32_t agents = s_.session.agents, size = s_.matching.group_size, rounds = s_.session.rounds;
        const Round bound = perfect_stranger_bound(agents, size);
        const std::string_view advice = "use matching.kind = \"strangers\" or fewer rounds";
        if (rounds > bound)
            refuse(
                "session", "rounds",
                fmt::format(
                    "{} agents in groups of {} can play at most {} perfect-stranger rounds; session.rounds is {}; {}",
                    agents, size, bound, rounds, advice));
        if (std::uint64_t{agents} * rounds > largest_schedule)
            refuse("session", "agents",
                   fmt::format("a perfect-stranger schedule of {} agents and {} rounds is too large; at most {} "
                               "places fit; {}",
                               agents, rounds, largest_schedule, advice));
        const PerfectStrangers found = perfect_stranger_schedule(agents, size, rounds);
        if (!found.complete)
            refuse("session", "rounds",
                   fmt::format("no schedule of {} perfect-stranger rounds is known for {} agents in groups of {}: the "
                               "longest found has "
                               "{}, and no more than {} are possible; {}",
                               rounds, agents, size, found.schedule.rounds.size(), found.bound, advice));
    }

    void check_tokens() const {
        if (s_.game.tokens == 0 && !is_whole(s_.game.endowment))
            refuse("game", "endowment",
                   fmt::format("game.endowment is {}; with whole tokens it must be a whole number (or set "
                               "game.tokens = \"continuous\")",
                               number_text(s_.game.endowment)));
    }

    void check_shares() const {
        double sum = 0;
        std::string list, last;
        for (const AgentType& type : s_.types) {
            const auto& settings = type.settings;
            const int ways = type.by_count + !settings.who.empty() + !settings.where.empty();
            if (ways > 1)
                refuse("agents." + type.name, "count",
                       fmt::format("[agents.{}] has more than one of count, who, where; "
                                   "one says who is of this type",
                                   type.name));
            if (const auto sign = settings.where.find('=');
                !settings.where.empty() && (sign == 0 || sign == std::string::npos))
                refuse("agents." + type.name, "where",
                       fmt::format("agents.{}.where is {}; it must be attribute=value", type.name,
                                   value_text(settings.where)));
            if (settings.place != 0 && !type.by_count)
                refuse("agents." + type.name, "place",
                       fmt::format("agents.{}.place needs agents.{}.count", type.name, type.name));
            if (ways == 1) continue;
            sum += settings.share;
            last = type.name;
            list +=
                fmt::format("{}agents.{}.share = {}", list.empty() ? "" : ", ", type.name, number_text(settings.share));
        }
        if (!last.empty() && !(std::abs(sum - 1) <= 1e-9))
            refuse("agents." + last, "share",
                   fmt::format("shares add up to {:.10g}; they must add up to 1 ({}). {}", sum, list,
                               advice_on_shares(sum)));
    }

    /// What a person may write who changed one share only.
    std::string advice_on_shares(double sum) const {
        const bool by_count = std::ranges::any_of(s_.types, &AgentType::by_count);
        if (s_.play != Play::laboratory && !by_count)
            return "To vary one type alone, give it a count (none of it: count = 0): shares are of those who are left";
        const auto largest =
            std::ranges::max_element(s_.types, {}, [](const AgentType& type) { return type.settings.share; });
        const double rest = largest->settings.share - (sum - 1);
        return rest < 0 || rest > 1 ? "A share of 0 is nobody"
                                    : fmt::format("They do with agents.{}.share={:.10g}", largest->name, rest);
    }

    /// The largest payoff of one agent in one round, and the sum of all of them, must fit fixed-point sums.
    void check_sums() const {
        const double mates = s_.matching.group_size - 1.0;
        const double points =
            s_.sanction_rule ? mates * s_.sanction.cap * (s_.sanction.cost + std::abs(s_.sanction.effect)) : 0;
        const double nudge = s_.record.cascade ? std::abs(s_.counterfactual.nudge) : 0;
        const double most =
            s_.game.endowment * (1 + s_.game.mpcr * s_.matching.group_size) + points + nudge * (1 + s_.game.mpcr);
        const double pot = s_.game.endowment * s_.matching.group_size + nudge;
        const double people = static_cast<double>(s_.session.agents) * s_.session.sessions;
        const double limit = std::min(fixed_limit, 0x1p62 * fixed_unit / people);
        if (!(std::max(most, pot) < limit))
            refuse("game", "endowment",
                   fmt::format("payoffs or pots can reach {} tokens; sums over {} agents are exact below {}",
                               number_text(std::max(most, pot)), number_text(people), number_text(limit)));
    }

    void check_rewiring() const {
        if (!s_.ties_change()) return;
        if (s_.rewiring.redraw && s_.rewiring.share > 0)
            refuse(
                "rewiring", "redraw",
                fmt::format("rewiring.redraw makes a new network for every round, so rewiring.share must be 0; it is "
                            "{}",
                            number_text(s_.rewiring.share)));
        if (s_.rewiring.redraw && !s_.generator->random())
            refuse("rewiring", "redraw",
                   fmt::format("rewiring.redraw has no effect: network.kind = \"{}\" is the same network every time",
                               s_.network.kind));
        if (s_.game.weighted)
            refuse("game", "weighted", "game.weighted counts the weights of ties, and ties that change have none");
        if (s_.record.cascade)
            refuse(
                "record", "cascade",
                "record.cascade follows one token along ties that stay; set rewiring.share = 0 and rewiring.redraw = "
                "false");
    }

    void check_counterfactual() const {
        const auto& twin = s_.counterfactual;
        if (twin.round >= s_.session.rounds)
            refuse("counterfactual", "round",
                   fmt::format("counterfactual.round is {}; it must be before the last round, and "
                               "session.rounds is {}",
                               twin.round, s_.session.rounds));
        if (twin.nudge == 0) refuse("counterfactual", "nudge", "counterfactual.nudge is 0; nothing would change");
        if (std::abs(twin.nudge) > s_.game.endowment)
            refuse("counterfactual", "nudge",
                   fmt::format("counterfactual.nudge is {}; it must be within game.endowment, which is {}",
                               number_text(twin.nudge), number_text(s_.game.endowment)));
        if (s_.game.tokens == 0 && !is_whole(twin.nudge))
            refuse(
                "counterfactual", "nudge",
                fmt::format("counterfactual.nudge is {}, and people give whole tokens; it must be a whole number (or "
                            "set game.tokens = \"continuous\")",
                            number_text(twin.nudge)));
    }

    void check_adoption() const {
        if (s_.adoption.sources.empty()) return;
        std::vector<std::string> names;
        for (const AgentType& type : s_.types) names.push_back(type.name);
        if (std::ranges::find(names, s_.adoption.sources) == names.end())
            refuse("adoption", "sources",
                   fmt::format("adoption.sources is {}, but there is no [agents.{}]{}", value_text(s_.adoption.sources),
                               s_.adoption.sources, did_you_mean(s_.adoption.sources, names)));
    }

    [[noreturn]] void refuse(const std::string& path, std::string_view key, const std::string& what) const {
        throw ConfigError(document_.where(path, key), what);
    }

    const Scenario& s_;
    const Document& document_;
};

}  // namespace

void check_relations(const Scenario& scenario, const Document& document) { Relations(scenario, document).check(); }

std::uint32_t endowment_tokens(const GameSection& game, const Document& document) {
    if (is_whole(game.endowment) && game.endowment >= 1 && game.endowment <= 1000)
        return static_cast<std::uint32_t>(game.endowment);
    throw ConfigError(
        document.where("game", "endowment"),
        fmt::format("game.endowment is {}; a rule that plays subjects' schedules needs a whole number in [1, 1000]",
                    number_text(game.endowment)));
}

}  // namespace commonweal
