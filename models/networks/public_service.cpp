#include "models/networks/public_service.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <unordered_map>

#include "models/networks/line_tree.hpp"

namespace commonweal::models {

namespace {

/// Steps of the construction, each with random numbers of its own.
enum Step : std::uint32_t { team_sizes, informal_ties, board_seats, contact_ties };

struct Kind {
    std::string_view name;
    std::uint32_t count;
    double size;
};

std::array<Kind, 5> kinds_of(const PublicService& model) {
    return {Kind{"commissioner", model.commissioners, model.commissioner_size},
            Kind{"trust", model.trusts, model.trust_size}, Kind{"practice", model.practices, model.practice_size},
            Kind{"council", model.councils, model.council_size},
            Kind{"community", model.communities, model.community_size}};
}

/// An organization before its people are drawn.
struct Plan {
    std::string name;
    std::string_view kind;
    std::uint32_t agents = 0;
    std::uint32_t teams = 0;
    std::vector<std::uint32_t>
        managers;  ///< of managers, number at each depth below the leader; the last one leads teams
    std::uint32_t frontline = 0;
    std::uint32_t citizens = 0;  ///< of each unit
};

/// Numbers of managers at each depth, so that nobody has more than `span` of them.
std::vector<std::uint32_t> line_of(std::uint32_t teams, std::uint32_t span) {
    std::vector<std::uint32_t> depths{teams};
    while (depths.front() > span) depths.insert(depths.begin(), (depths.front() + span - 1) / span);
    return depths;
}

/// As many units as have room for their people; an organization that is too small for one has fewer citizens.
void fill(Plan& plan, const PublicService& model) {
    constexpr std::uint32_t least_staff = 3;  // a leader, a manager, and one at the front line
    plan.citizens = model.citizens_per_team;
    const double per_team = model.team_size + model.citizens_per_team + 1.0 / model.span;
    plan.teams = static_cast<std::uint32_t>(std::max(1.0, std::floor(plan.agents / per_team + 0.5)));
    for (;; --plan.teams) {
        plan.managers = line_of(plan.teams, model.span);
        const std::uint64_t others = 1 + std::accumulate(plan.managers.begin(), plan.managers.end(), std::uint64_t{0}) +
                                     std::uint64_t{plan.teams} * plan.citizens;
        if (plan.agents >= others + plan.teams) {
            plan.frontline = static_cast<std::uint32_t>(plan.agents - others);
            return;
        }
        if (plan.teams == 1) {
            plan.frontline = plan.agents >= least_staff ? 1 : 0;
            plan.citizens = plan.frontline ? plan.agents - least_staff : 0;
            return;
        }
    }
}

/// Organizations with their sizes, which add up to the number of agents: whole parts first, then the largest rests.
std::vector<Plan> plans_of(const PublicService& model) {
    std::vector<Plan> plans;
    std::vector<double> exact;
    double sum = 0;
    for (const Kind& kind : kinds_of(model)) sum += kind.count * kind.size;
    std::uint32_t dealt = 0;
    for (const Kind& kind : kinds_of(model))
        for (std::uint32_t i = 1; i <= kind.count; ++i) {
            exact.push_back(kind.size / sum * model.agents);
            plans.push_back(
                {fmt::format("{}_{}", kind.name, i), kind.name, static_cast<std::uint32_t>(exact.back()), 0, {}, 0});
            dealt += plans.back().agents;
        }
    std::vector<std::size_t> order(plans.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, std::greater{}, [&](std::size_t k) { return exact[k] - std::floor(exact[k]); });
    for (std::size_t i = 0; dealt < model.agents && !order.empty(); ++i, ++dealt)
        ++plans[order[i % order.size()]].agents;
    for (Plan& plan : plans) fill(plan, model);
    return plans;
}

std::uint64_t staff_of(const Plan& plan) { return plan.agents - std::uint64_t{plan.teams} * plan.citizens; }

/// Pairs of an organization's staff that the line leaves untied.
std::uint64_t untied_pairs(const Plan& plan) {
    const std::uint64_t staff = staff_of(plan);
    return staff * (staff - 1) / 2 - (staff - 1);
}

/// Informal ties that an organization should have: each counts for two of its staff.
std::uint64_t wanted_links(const PublicService& model, const Plan& plan) {
    return static_cast<std::uint64_t>(model.informal * static_cast<double>(staff_of(plan)) / 2 + 0.5);
}

/// A small organization has all the pairs that it can have; but not the whole service.
void check_informal(const PublicService& model, const std::vector<Plan>& plans, const std::string& where) {
    std::uint64_t wanted = 0, untied = 0;
    for (const Plan& plan : plans) {
        wanted += wanted_links(model, plan);
        untied += untied_pairs(plan);
    }
    if (wanted > untied)
        throw ConfigError(where, fmt::format("informal is {}; all organizations together have {} pairs that the line "
                                             "leaves untied, fewer than the {} ties asked for",
                                             number_text(model.informal), untied, wanted));
}

/// Parts of `count` that differ by at most one.
std::vector<std::uint32_t> even_parts(std::uint32_t count, std::uint32_t parts) {
    std::vector<std::uint32_t> sizes(parts, count / parts);
    for (std::uint32_t i = 0; i < count % parts; ++i) ++sizes[i];
    return sizes;
}

/// Makes the people and ties of one service, organization by organization.
class Service {
public:
    Service(const PublicService& model, const Randomness& randomness, std::uint32_t instance)
        : model_(model), randomness_(randomness), instance_(instance), plans_(plans_of(model)) {}

    Network make() {
        for (std::uint32_t k = 0; k < plans_.size(); ++k) add_organization(k);
        join_leaders();
        for (std::uint32_t board = 0; board < model_.boards; ++board) seat(board);
        Attributes attributes;
        attributes.add({"organization", std::move(organization_)});
        attributes.add({"kind", kind_.finish()});
        attributes.add({"unit", std::move(unit_)});
        attributes.add({"role", role_.finish()});
        attributes.add({"level", std::move(level_)});
        std::vector<NamedLayer> layers;
        const auto add = [&](const char* name, std::vector<Tie>& ties) {
            layers.push_back({name, Layer({model_.agents, std::move(ties), {}}, Duplicates::merge)});
        };
        add("team", team_);
        add("line", line_);
        add("informal", informal_);
        add("board", board_);
        add("coproduction", coproduction_);
        return Network(std::move(layers), std::move(attributes), nullptr);
    }

private:
    DrawSequence draws(Step step, std::uint32_t item) const {
        return DrawSequence(randomness_,
                            {.stream = Stream::network, .draw = step, .round = item, .instance = instance_});
    }

    AgentId add(std::string_view role, double level) {
        organization_.code.push_back(static_cast<std::uint32_t>(organization_.texts.size() - 1));
        unit_.code.push_back(static_cast<std::uint32_t>(unit_.texts.size() - 1));
        kind_.add(plans_[organization_.texts.size() - 1].kind);
        role_.add(role);
        level_.push_back(level);
        return next_++;
    }

    /// Level of the leaders: the top, leaders of commissioners below it, and all others below those.
    double leader_level(std::uint32_t k) const {
        if (k == 0) return 0;
        return k < model_.commissioners || model_.commissioners < 2 ? 1 : (k % model_.commissioners == 0 ? 1 : 2);
    }

    void add_organization(std::uint32_t k) {
        const Plan& plan = plans_[k];
        organization_.texts.push_back(plan.name);
        unit_.texts.push_back(plan.name + "/0");
        const double top = leader_level(k);
        const AgentId leader = add("leader", top);
        leaders_.push_back(leader);
        LineTree tree(leader);
        std::vector<std::vector<AgentId>> head{{leader}};
        for (std::size_t depth = 0; depth + 1 < plan.managers.size(); ++depth) {
            std::vector<AgentId> managers;
            for (std::uint32_t i = 0; i < plan.managers[depth]; ++i)
                managers.push_back(add("manager", top + 1 + static_cast<double>(depth)));
            head.push_back(std::move(managers));
        }
        for (std::size_t depth = 1; depth < head.size(); ++depth) {
            const auto reports =
                even_parts(plan.managers[depth - 1], static_cast<std::uint32_t>(head[depth - 1].size()));
            tie_higher_managers(head[depth - 1], head[depth].front(), reports);
            tree.add_depth(head[depth], reports);
        }
        for (const auto& one : head) seniors_.insert(seniors_.end(), one.begin(), one.end());
        add_teams(k, tree, top + static_cast<double>(plan.managers.size()));
        tree.each_tie([&](AgentId superior, AgentId report) { line_.push_back({superior, report}); });
        add_informal(k, tree);
        first_senior_.push_back(seniors_.size());
    }

    /// Each manager with its reports, who stand next to each other from `first` on, and these with each other.
    void tie_higher_managers(const std::vector<AgentId>& managers, AgentId first,
                             const std::vector<std::uint32_t>& reports) {
        for (std::size_t i = 0; i < managers.size(); first += reports[i++]) {
            for (std::uint32_t report = 0; report < reports[i]; ++report)
                team_.push_back({managers[i], first + report});
            clique(first, first + reports[i], team_);
        }
    }

    /// The units, whose managers are at `level`. Everybody of a unit gets numbers next to each other.
    void add_teams(std::uint32_t k, LineTree& tree, double level) {
        const Plan& plan = plans_[k];
        DrawSequence sizes = draws(team_sizes, k);
        std::vector<std::uint32_t> frontline(plan.teams, 1);
        for (std::uint32_t i = plan.teams; i < plan.frontline; ++i) ++frontline[sizes.below(plan.teams)];
        DrawSequence contact = draws(contact_ties, k);
        std::vector<AgentId> managers, staff;
        for (std::uint32_t team = 0; team < plan.teams; ++team) {
            unit_.texts.push_back(fmt::format("{}/{}", plan.name, team + 1));
            const AgentId manager = add("manager", level);
            managers.push_back(manager);
            seniors_.push_back(manager);
            for (std::uint32_t i = 0; i < frontline[team]; ++i) staff.push_back(add("frontline", level + 1));
            clique(manager, next_, team_);
            for (std::uint32_t i = 0; i < plan.citizens; ++i)
                attach(add("citizen", level + 2), manager + 1, frontline[team], contact);
        }
        tree.add_depth(managers, even_parts(plan.teams, static_cast<std::uint32_t>(tree.at(tree.depths() - 1).size())));
        tree.add_depth(std::move(staff), frontline);
    }

    static void clique(AgentId first, AgentId end, std::vector<Tie>& ties) {
        for (AgentId a = first; a < end; ++a)
            for (AgentId b = a + 1; b < end; ++b) ties.push_back({a, b});
    }

    void attach(AgentId citizen, AgentId first, std::uint32_t count, DrawSequence& contact) {
        std::vector<AgentId> staff(count);
        std::iota(staff.begin(), staff.end(), first);
        for (std::uint32_t i = 0; i < std::min(model_.contacts, count); ++i) {
            std::swap(staff[i], staff[i + contact.below(count - i)]);
            coproduction_.push_back({staff[i], citizen});
        }
    }

    void add_informal(std::uint32_t k, const LineTree& tree) {
        DrawSequence numbers = draws(informal_ties, k);
        const std::uint64_t links = std::min(wanted_links(model_, plans_[k]), untied_pairs(plans_[k]));
        add_informal_ties(tree, links, model_.lambda, model_.zeta, numbers, informal_);
    }

    /// Leaders of commissioners report to the first, and all others to the commissioners in turn.
    void join_leaders() {
        for (std::uint32_t k = 1; k < leaders_.size(); ++k) {
            const bool commissions = k < model_.commissioners;
            const std::uint32_t to = commissions || model_.commissioners == 0 ? 0 : k % model_.commissioners;
            line_.push_back({leaders_[to], leaders_[k]});
        }
    }

    void seat(std::uint32_t board) {
        DrawSequence numbers = draws(board_seats, board);
        std::unordered_map<std::uint32_t, std::uint32_t>
            moved;  // of a shuffled list of organizations, where it changed
        const auto held = [&](std::uint32_t place) {
            const auto found = moved.find(place);
            return found == moved.end() ? place : found->second;
        };
        std::vector<AgentId> members;
        for (std::uint32_t i = 0; i < model_.board_size; ++i) {
            const auto place = i + static_cast<std::uint32_t>(numbers.below(plans_.size() - i));
            const std::uint32_t organization = held(place);
            moved[place] = held(i);
            const std::size_t begin = organization == 0 ? 0 : first_senior_[organization - 1],
                              end = first_senior_[organization];
            members.push_back(seniors_[begin + numbers.below(end - begin)]);
        }
        for (std::size_t i = 0; i < members.size(); ++i)
            for (std::size_t j = 0; j < i; ++j) board_.push_back({members[j], members[i]});
    }

    const PublicService& model_;
    const Randomness& randomness_;
    std::uint32_t instance_;
    std::vector<Plan> plans_;
    AgentId next_ = 0;
    TextColumn organization_, unit_;
    TextColumnBuilder kind_, role_;
    NumberColumn level_;
    std::vector<AgentId> leaders_, seniors_;  ///< seniors: managers and leaders
    std::vector<std::size_t> first_senior_;   ///< [organization], end of its seniors
    std::vector<Tie> team_, line_, informal_, board_, coproduction_;
};

}  // namespace

void PublicService::check(const std::string& where) const {
    const std::vector<Plan> plans = plans_of(*this);
    if (plans.empty())
        throw ConfigError(where, "no organization; set trusts, practices, commissioners, councils or communities");
    if (boards > 0 && board_size > plans.size())
        throw ConfigError(where,
                          fmt::format("board_size is {}; a board has people of different organizations, and there "
                                      "are {}",
                                      board_size, plans.size()));
    for (const Plan& plan : plans) {
        if (plan.frontline == 0)
            throw ConfigError(where, fmt::format("{} would have {} agents; a leader and a unit of two need 3; raise "
                                                 "agents, or have fewer organizations",
                                                 plan.name, plan.agents));
    }
    check_informal(*this, plans, where);
}

Network PublicService::generate(const Randomness& randomness, std::uint32_t instance) const {
    return Service(*this, randomness, instance).make();
}

}  // namespace commonweal::models
