#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "models/networks/line_tree.hpp"
#include "models/networks/public_service.hpp"
#include "sim/network/organization.hpp"
#include "tests/support/networks.hpp"

namespace commonweal::models {
namespace {

using testing::HasSubstr;
using Values = std::vector<std::pair<std::string, Value>>;

const std::vector<Values>& services() {
    static const std::vector<Values> list{
        {},
        {{"agents", whole(1999)}, {"span", whole(2)}, {"citizens_per_team", whole(0)}},
        {{"agents", whole(20'011)}, {"commissioners", whole(3)}, {"boards", whole(40)}, {"contacts", whole(9)}},
        {{"agents", whole(1203)}, {"commissioners", whole(0)}, {"team_size", 3.5}, {"informal", 0.5}},
        {{"agents", whole(200)},
         {"trusts", whole(1)},
         {"practices", whole(0)},
         {"commissioners", whole(0)},
         {"councils", whole(0)},
         {"communities", whole(0)},
         {"boards", whole(0)}},
    };
    return list;
}

template <class Visit>
void each_tie(const Layer& layer, const Visit& visit) {
    for (AgentId a = 0; a < layer.agents(); ++a)
        for (const AgentId b : layer.neighbors(a))
            if (a < b) visit(a, b);
}

TEST(PublicService, HasExactlySoManyAgentsAndTheSameLayersAlways) {
    for (const Values& values : services())
        for (const std::uint32_t instance : {0u, 1u, 7u}) {
            const Network network = generated("public_service", values, 3, instance);
            const std::uint64_t agents =
                values.empty() ? 2000 : static_cast<std::uint64_t>(std::get<std::int64_t>(values.front().second));
            EXPECT_EQ(network.agents(), agents);
            std::vector<std::string> names;
            for (const NamedLayer& named : network.layers()) names.push_back(named.name);
            EXPECT_EQ(names, (std::vector<std::string>{"team", "line", "informal", "board", "coproduction"}));
        }
    for (std::uint32_t agents = 400; agents < 470; ++agents)
        EXPECT_EQ(generated("public_service", {{"agents", whole(agents)}}).agents(), agents);
}

TEST(PublicService, NamesOrganizationsAlikeInAllInstances) {
    const auto names = [](std::uint32_t instance) {
        const Organizations all(generated("public_service", {}, 1, instance));
        std::vector<std::string> list;
        for (std::uint32_t k = 0; k < all.organizations(); ++k) list.push_back(all.organization_name(k));
        return list;
    };
    EXPECT_EQ(names(0), names(5));
    EXPECT_EQ(names(0).front(), "commissioner_1");
    EXPECT_EQ(names(0).size(), 22u);
}

TEST(PublicService, HasOneTreeOfSuperiors) {
    for (const Values& values : services()) {
        const Network network = generated("public_service", values);
        const Organizations all(network);
        std::uint32_t staff = 0, tops = 0;
        for (AgentId agent = 0; agent < network.agents(); ++agent) {
            const bool citizen = all.role(agent) == Role::citizen;
            staff += !citizen;
            const AgentId superior = all.superior(agent);
            tops += !citizen && superior == no_agent;
            if (citizen) {
                EXPECT_EQ(network.layer("line").degree(agent), 0u);
            }
            if (superior == no_agent) continue;
            EXPECT_EQ(all.level(agent), all.level(superior) + 1);
            EXPECT_TRUE(all.role(superior) == Role::manager || all.role(superior) == Role::leader);
            EXPECT_EQ(all.organization(agent) != all.organization(superior), all.role(agent) == Role::leader);
        }
        EXPECT_EQ(tops, 1u) << "so the line is connected: every other agent has a superior one level up";
        EXPECT_EQ(all.level(0), 0u);
        EXPECT_EQ(all.role(0), Role::leader);
        EXPECT_EQ(network.layer("line").ties(), staff - 1);
    }
}

TEST(PublicService, GivesNobodyMoreManagersThanTheSpan) {
    for (const std::uint64_t span : {2, 3, 6, 40}) {
        const Organizations all(generated("public_service", {{"agents", whole(6000)}, {"span", whole(span)}}));
        std::map<AgentId, std::uint64_t> reports;
        std::uint64_t most = 0;
        for (std::uint32_t k = 0; k < all.organizations(); ++k)
            for (const AgentId agent : all.members_of_organization(k))
                if (all.role(agent) == Role::manager) most = std::max(most, ++reports[all.superior(agent)]);
        EXPECT_LE(most, span);
        EXPECT_GT(most, span / 2) << "control: the span is used";
    }
}

TEST(PublicService, TiesEverybodyOfAUnit) {
    for (const Values& values : services()) {
        const Network network = generated("public_service", values);
        const Organizations all(network);
        const Layer& team = network.layer("team");
        double staff = 0, units = 0;
        for (std::uint32_t u = 0; u < all.units(); ++u) {
            std::vector<AgentId> members;
            std::map<Role, int> count;
            for (const AgentId agent : all.members_of_unit(u)) {
                ++count[all.role(agent)];
                if (all.role(agent) != Role::citizen) members.push_back(agent);
            }
            if (count[Role::leader] == 1) {  // higher managers
                EXPECT_EQ(count[Role::frontline] + count[Role::citizen], 0);
                for (const AgentId a : members)
                    for (const AgentId b : members)
                        if (a < b) {
                            const bool near = all.superior(a) == all.superior(b) || all.superior(b) == a;
                            EXPECT_EQ(team.tied(a, b), near) << all.unit_name(u);
                        }
                continue;
            }
            staff += static_cast<double>(members.size()), ++units;
            EXPECT_EQ(count[Role::manager], 1);
            EXPECT_GE(count[Role::frontline], 1);
            for (const AgentId a : members) EXPECT_EQ(team.degree(a), members.size() - 1);
        }
        each_tie(team, [&](AgentId a, AgentId b) { EXPECT_EQ(all.unit(a), all.unit(b)); });
        const double mean = values.size() == 4 && values[2].first == "team_size" ? 3.5 : 7;
        EXPECT_NEAR(staff / units, mean, mean / 8) << "whole numbers of units keep it from the mean asked for";
    }
}

TEST(PublicService, JoinsDifferentOrganizationsOnBoards) {
    const Network network = generated("public_service", {{"boards", whole(1)}, {"board_size", whole(9)}});
    const Organizations all(network);
    std::set<AgentId> members;
    std::set<std::uint32_t> organizations;
    each_tie(network.layer("board"), [&](AgentId a, AgentId b) {
        for (const AgentId agent : {a, b}) {
            members.insert(agent);
            organizations.insert(all.organization(agent));
            EXPECT_TRUE(all.role(agent) == Role::manager || all.role(agent) == Role::leader);
        }
        EXPECT_NE(all.organization(a), all.organization(b));
    });
    EXPECT_EQ(network.layer("board").ties(), 9u * 8 / 2);
    EXPECT_EQ(members.size(), 9u);
    EXPECT_EQ(organizations.size(), 9u);
    EXPECT_EQ(generated("public_service", {{"boards", whole(0)}}).layer("board").ties(), 0u);
}

TEST(PublicService, TiesCitizensToTheFrontLineOfTheirUnitOnly) {
    for (const Values& values : services()) {
        const Network network = generated("public_service", values);
        const Organizations all(network);
        const std::uint32_t contacts = values.size() == 4 && values[3].first == "contacts" ? 9 : 2;
        std::vector<std::uint32_t> frontline(all.units());
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            frontline[all.unit(agent)] += all.role(agent) == Role::frontline;
        const Layer& layer = network.layer("coproduction");
        each_tie(layer, [&](AgentId staff, AgentId citizen) {
            EXPECT_EQ(all.role(staff), Role::frontline);
            EXPECT_EQ(all.role(citizen), Role::citizen);
            EXPECT_EQ(all.unit(staff), all.unit(citizen));
            EXPECT_EQ(all.level(staff) + 1, all.level(citizen));
        });
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            if (all.role(agent) == Role::citizen) {
                EXPECT_EQ(layer.degree(agent), std::min(contacts, frontline[all.unit(agent)]));
            }
    }
}

TEST(PublicService, HasExactlySoManyInformalTiesPerHead) {
    for (const double informal : {0.0, 0.7, 3.0}) {
        const Network network = generated("public_service", {{"informal", informal}});
        const Organizations all(network);
        std::vector<std::uint64_t> staff(all.organizations()), ties(all.organizations());
        for (AgentId agent = 0; agent < network.agents(); ++agent)
            staff[all.organization(agent)] += all.role(agent) != Role::citizen;
        each_tie(network.layer("informal"), [&](AgentId a, AgentId b) {
            EXPECT_EQ(all.organization(a), all.organization(b));
            EXPECT_NE(all.superior(a), b);
            EXPECT_NE(all.superior(b), a);
            EXPECT_TRUE(all.role(a) != Role::citizen && all.role(b) != Role::citizen);
            ++ties[all.organization(a)];
        });
        for (std::size_t k = 0; k < staff.size(); ++k)
            EXPECT_EQ(ties[k],
                      static_cast<std::uint64_t>(std::floor(informal * static_cast<double>(staff[k]) / 2 + 0.5)));
    }
}

TEST(PublicService, RefusesWhatCannotBe) {
    const auto refused = [](const Values& values) { return message_of([&] { generated("public_service", values); }); };
    EXPECT_THAT(refused({{"agents", whole(200)}, {"practices", whole(60)}}),
                HasSubstr("raise agents, or have fewer organizations"));
    EXPECT_THAT(refused({{"trusts", whole(0)},
                         {"practices", whole(0)},
                         {"commissioners", whole(0)},
                         {"councils", whole(0)},
                         {"communities", whole(0)}}),
                HasSubstr("public_service: no organization"));
    EXPECT_THAT(refused({{"board_size", whole(23)}}), HasSubstr("board_size is 23; a board has people of different"));
    EXPECT_THAT(refused({{"informal", 200.0}}), HasSubstr("public_service: informal is 200; "));
    EXPECT_THAT(refused({{"team_size", 1.0}}), HasSubstr("team_size is 1; it must be"));
    EXPECT_EQ(refused({{"board_size", whole(23)}, {"boards", whole(0)}}), "") << "control";
}

/// The smallest service has all organizations of the default: small ones have fewer citizens, and all pairs they can.
TEST(PublicService, IsThereWithTwoHundredAgents) {
    for (const std::uint64_t agents : {200u, 300u, 350u}) {
        const Network network = generated("public_service", {{"agents", whole(agents)}});
        ASSERT_EQ(network.agents(), agents);
        const Organizations all(network);
        EXPECT_EQ(all.organizations(), 22u);
        for (std::uint32_t k = 0; k < all.organizations(); ++k) {
            std::array<std::size_t, role_names.size()> roles{};
            for (const AgentId agent : all.members_of_organization(k))
                ++roles[static_cast<std::size_t>(all.role(agent))];
            EXPECT_GE(roles[static_cast<std::size_t>(Role::frontline)], 1u) << all.organization_name(k);
            EXPECT_GE(roles[static_cast<std::size_t>(Role::manager)], 1u) << all.organization_name(k);
            EXPECT_EQ(roles[static_cast<std::size_t>(Role::leader)], 1u) << all.organization_name(k);
        }
    }
}

/// A leader, two managers with 1 and 3 teams, of 2, 1, 3 and 2 people: a tree of no regular shape.
LineTree crooked_tree() {
    LineTree tree(0);
    tree.add_depth({1, 2}, {2});
    tree.add_depth({3, 4, 5, 6}, {1, 3});
    tree.add_depth({7, 8, 9, 10, 11, 12, 13, 14}, {2, 1, 3, 2});
    return tree;
}

constexpr AgentId crooked_agents = 15;
constexpr std::array<AgentId, crooked_agents> crooked_superior{0, 0, 0, 1, 2, 2, 2, 3, 3, 4, 5, 5, 5, 6, 6};

using Steps = std::array<int, 3>;  // depth of the common superior, steps to it from the nearer and from the farther

Steps steps_of(AgentId i, AgentId j) {
    const auto depth = [](AgentId agent) {
        int steps = 0;
        for (; agent != 0; agent = crooked_superior[agent]) ++steps;
        return steps;
    };
    int up_i = 0, up_j = 0;
    while (i != j) {
        const bool lower = depth(i) >= depth(j);
        (lower ? i : j) = crooked_superior[lower ? i : j];
        ++(lower ? up_i : up_j);
    }
    return {depth(i), std::min(up_i, up_j), std::max(up_i, up_j)};
}

TEST(InformalTies, DrawTheFirstLinkAsTheEnumerationOfAllPairsSays) {
    const LineTree tree = crooked_tree();
    const Randomness randomness = seeded(4);
    for (const auto& [lambda, zeta] : {std::pair{0.5, 0.5}, {1e9, 1e9}, {0.7, 3.0}, {1e9, 0.4}}) {
        std::map<std::pair<AgentId, AgentId>, double> expected, found;
        double sum = 0;
        for (AgentId j = 0; j < crooked_agents; ++j)
            for (AgentId i = 0; i < j; ++i) {
                if (crooked_superior[j] == i) continue;
                const Steps s = steps_of(i, j);
                sum += expected[{i, j}] = std::exp(-s[0] / lambda - std::sqrt(s[1] * s[1] + s[2] * s[2] - 2.0) / zeta);
            }
        constexpr int networks = 40'000;
        for (int k = 0; k < networks; ++k) {
            DrawSequence draws(randomness, {.stream = Stream::network, .round = static_cast<Round>(k)});
            std::vector<Tie> ties;
            add_informal_ties(tree, 1, lambda, zeta, draws, ties);
            ++found[std::minmax(ties.front().a, ties.front().b)];
        }
        // Pairs of one class are equally likely, and each pair is a cell: finer than classes.
        double chi_square = 0, freedom = -1, rare_found = 0, rare_expected = 0;
        for (const auto& [pair, weight] : expected) {
            const double count = networks * weight / sum;
            if (count < 20) {
                rare_found += found[pair], rare_expected += count;
                continue;
            }
            chi_square += (found[pair] - count) * (found[pair] - count) / count;
            freedom += 1;
        }
        if (rare_expected > 0) {
            chi_square += (rare_found - rare_expected) * (rare_found - rare_expected) / rare_expected;
            freedom += 1;
        }
        // Exceeded with probability 1e-4: Wilson & Hilferty (1931).
        const double limit = freedom * std::pow(1 - 2 / (9 * freedom) + 3.719 * std::sqrt(2 / (9 * freedom)), 3);
        EXPECT_LT(chi_square, limit) << lambda << " " << zeta << ", degrees of freedom " << freedom;
        EXPECT_EQ(found.size(), expected.size()) << "ties of the line, or an agent with itself, were drawn";
    }
}

TEST(InformalTies, TieEveryPairInTheEnd) {
    const LineTree tree = crooked_tree();
    const Randomness randomness = seeded(4);
    DrawSequence draws(randomness, {.stream = Stream::network});
    std::vector<Tie> ties;
    add_informal_ties(tree, 15 * 14 / 2 - 14, 0.5, 0.5, draws, ties);
    std::set<std::pair<AgentId, AgentId>> pairs;
    for (const Tie tie : ties) pairs.insert(std::minmax(tie.a, tie.b));
    tree.each_tie([&](AgentId superior, AgentId report) { pairs.insert(std::minmax(superior, report)); });
    EXPECT_EQ(pairs.size(), 15u * 14 / 2);
}

}  // namespace
}  // namespace commonweal::models
