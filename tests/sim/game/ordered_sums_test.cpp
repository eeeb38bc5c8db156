#include "sim/game/ordered_sums.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <bit>
#include <numeric>
#include <random>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using Hosts = NeighborhoodRules::Hosts;
using Kind = NeighborhoodRules::Kind;

std::vector<AgentId> anyhow(AgentId agents, std::mt19937& words) {
    std::vector<AgentId> order(agents);
    std::iota(order.begin(), order.end(), 0);
    std::shuffle(order.begin(), order.end(), words);
    return order;
}

/// `count` ties anywhere, with weights.
Layer random_ties(AgentId agents, std::size_t count, std::mt19937& words) {
    TieList list{agents, {}, {}};
    while (list.ties.size() < count) {
        const auto a = static_cast<AgentId>(words() % agents), b = static_cast<AgentId>(words() % agents);
        if (a == b) continue;
        list.ties.push_back({a, b});
        list.weights.push_back(static_cast<float>(words() % 1000) / 100);
    }
    return Layer(std::move(list), Duplicates::merge);
}

struct Played {
    std::vector<float> seen, payoffs;
};

template <std::size_t width>
Played play(const NeighborhoodGame& game, const std::vector<float>& contributions) {
    const std::size_t size = std::size_t{game.agents()} * width;
    Played played{std::vector<float>(size), std::vector<float>(size)};
    std::vector<float> scratch(size * game.scratch_planes<width>());
    std::vector<int> told(game.agents());
    game.see<width>(contributions.data(), played.seen.data(), scratch.data());
    game.pay<width>(contributions.data(), played.seen.data(), scratch.data(), played.payoffs.data(),
                    [&](AgentId begin, AgentId end) {
                        for (AgentId agent = begin; agent < end; ++agent) ++told[agent];
                    });
    EXPECT_EQ(std::count(told.begin(), told.end(), 1), game.agents());
    return played;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](float x, float y) {
        return std::bit_cast<std::uint32_t>(x) == std::bit_cast<std::uint32_t>(y);
    });
}

template <std::size_t width>
void expect_the_same(const NeighborhoodRules& rules, const Layer& ties, const AgentOrder& order, int mode) {
    std::mt19937 words(7);
    std::vector<float> contributions(std::size_t{ties.agents()} * width);
    for (float& tokens : contributions) tokens = static_cast<float>(words() % 20000) / 1000;
    NeighborhoodGame game(rules, {ties.offsets(), ties.targets(), ties.weights()});
    const Played plain = play<width>(game, contributions);
    game.add_up_in(order, rows_in_order(ties, order), width == 1, width > 1);
    ASSERT_EQ(game.scratch_planes<width>(), (game.has_pots() ? 1u : 0u) + 2);
    ASSERT_EQ(game.scratch_planes<(width == 1 ? 16 : 1)>(), game.has_pots() ? 1u : 0u);
    const Played ordered = play<width>(game, contributions);
    EXPECT_TRUE(same_bits(plain.seen, ordered.seen)) << width << " lanes, mode " << mode;
    EXPECT_TRUE(same_bits(plain.payoffs, ordered.payoffs)) << width << " lanes, mode " << mode;
}

/// Every game, in an order made by chance: to the last bit.
TEST(OrderedSums, ChangeNoValue) {
    std::mt19937 words(3);
    const Layer ties = random_ties(700, 3000, words);
    AgentOrder order{anyhow(700, words), std::vector<AgentId>(700)};
    for (AgentId place = 0; place < 700; ++place) order.place[order.agent[place]] = place;
    for (const Kind kind : {Kind::public_goods, Kind::donation})
        for (const Hosts hosts : {Hosts::all, Hosts::focal})
            for (int mode = 0; mode < 16; ++mode) {
                const NeighborhoodRules rules{.kind = kind,
                                              .hosts = hosts,
                                              .enhancement = 3,
                                              .by_enhancement = (mode & 1) != 0,
                                              .average = (mode & 2) != 0,
                                              .per_individual = (mode & 4) != 0,
                                              .weighted = (mode & 8) != 0};
                expect_the_same<1>(rules, ties, order, mode);
                expect_the_same<8>(rules, ties, order, mode);
                expect_the_same<16>(rules, ties, order, mode);
            }
}

/// The same where blocks of agents are computed by several threads.
TEST(OrderedSums, ChangeNoValueOfALargeNetwork) {
    std::mt19937 words(4);
    const Layer ties = random_ties(120000, 300000, words);
    expect_the_same<1>({.enhancement = 3, .by_enhancement = true}, ties, reverse_cuthill_mckee(ties), 0);
}

/// A torus whose agents have numbers by chance is put in order, for lanes; a torus as it is made, and ties that lead
/// anywhere, are not, and nothing is where everything is close at hand.
TEST(OrderedSums, AreChosenWhereNeighborsLieFarApartAndNeedNot) {
    std::mt19937 words(5);
    const auto lanes_ordered = [](const Layer& ties) {
        NeighborhoodGame game({}, {ties.offsets(), ties.targets(), {}});
        order_sums(game, ties);
        return game.scratch_planes<16>() == 3;
    };
    const auto torus = [&](AgentId side, bool shuffled) {
        std::vector<AgentId> number(side * side);
        std::iota(number.begin(), number.end(), 0);
        if (shuffled) number = anyhow(side * side, words);
        std::vector<Tie> ties;
        for (AgentId at = 0; at < side * side; ++at) {
            ties.push_back({number[at], number[at / side * side + (at + 1) % side]});
            ties.push_back({number[at], number[(at + side) % (side * side)]});
        }
        return layer_of(side * side, std::move(ties));
    };
    EXPECT_TRUE(lanes_ordered(torus(250, true)));
    EXPECT_FALSE(lanes_ordered(torus(250, false)));
    EXPECT_FALSE(lanes_ordered(torus(100, true)));
    EXPECT_FALSE(lanes_ordered(random_ties(60000, 300000, words)));
}

}  // namespace
}  // namespace commonweal
