#include "sim/engine/neighborhoods.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>

#include "models/behaviors/conditional_cooperator.hpp"
#include "models/behaviors/friedkin_johnsen.hpp"
#include "models/behaviors/threshold.hpp"
#include "models/behaviors/unconditional.hpp"
#include "sim/record/run_block.hpp"
#include "tests/support/neighborhoods.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using test::alone;
using test::circle;
using test::neighborhood;
using test::network_of;
using test::path_of_three;
using test::trace;
using testing::HasSubstr;

/// Makes another random graph in every instance.
class RandomGraph final : public NetworkGenerator {
public:
    Network generate(const Randomness& randomness, std::uint32_t instance) const override {
        return generated("random_regular", {{"agents", whole(40)}, {"degree", whole(4)}}, randomness.seeds().network,
                         instance);
    }
    bool random() const noexcept override { return true; }
};

/// One agent more in every instance.
class GrowingGraph final : public NetworkGenerator {
public:
    Network generate(const Randomness&, std::uint32_t instance) const override {
        return Network(layer_of(2 + instance, {{0, 1}}));
    }
    bool random() const noexcept override { return true; }
};

models::ConditionalCooperator trembling() {
    models::ConditionalCooperator rule;
    rule.tremble = 0.3f;
    return rule;
}

/// Conditional cooperators who err on random graphs, a few who always give among them.
Experiment mixed() {
    Experiment experiment = neighborhood(std::make_shared<RandomGraph>(), trembling(), 5);
    experiment.network->rules.hosts = NeighborhoodRules::Hosts::all;
    experiment.types.push_back({test::behavior(models::Unconditional{}), 1});
    experiment.network->places.push_back({.name = "givers", .count = 10});
    return experiment;
}

template <std::size_t width>
std::array<std::uint32_t, width> replicates_from(std::uint32_t first) {
    std::array<std::uint32_t, width> replicates;
    for (std::uint32_t lane = 0; lane < width; ++lane) replicates[lane] = first + lane;
    return replicates;
}

TEST(Neighborhoods, GiveEachReplicateTheSameBitsAtAnyWidthAndPosition) {
    const Experiment experiment = mixed();
    for (const std::uint32_t replicate : {0u, 3u, 7u}) {
        const auto one = alone(experiment, replicate, 2);
        EXPECT_EQ(one.rounds, trace<8>(experiment, 2, replicates_from<8>(0), replicate).rounds);
        EXPECT_EQ(one.rounds, trace<16>(experiment, 2, replicates_from<16>(0), replicate).rounds);
        EXPECT_NE(one.rounds, alone(experiment, replicate + 1, 2).rounds);
        EXPECT_NE(one.rounds, alone(experiment, replicate, 1).rounds);
    }
}

TEST(Neighborhoods, ShareTheNetworkBetweenInstancesUnlessItIsRandom) {
    const Experiment fixed = neighborhood(path_of_three(), trembling(), 2);
    EXPECT_EQ(&MeetingPlan(fixed, 0).neighborhoods()->network(), &MeetingPlan(fixed, 3).neighborhoods()->network());
    const Experiment random = neighborhood(std::make_shared<RandomGraph>(), trembling(), 2);
    EXPECT_NE(digest_of(MeetingPlan(random, 0).neighborhoods()->network()),
              digest_of(MeetingPlan(random, 3).neighborhoods()->network()));
    EXPECT_EQ(digest_of(MeetingPlan(random, 3).neighborhoods()->network()),
              digest_of(MeetingPlan(random, 3).neighborhoods()->network()));
}

TEST(Neighborhoods, PutTypesWhereTheyBelongInEachReplicate) {
    const Experiment experiment = mixed();
    const MeetingPlan plan(experiment, 1);
    const Simulation<8> simulation(experiment, plan, replicates_from<8>(4));
    for (std::size_t lane = 0; lane < 8; ++lane) {
        const auto types =
            plan.neighborhoods()->placement().draw(experiment.randomness, 1, static_cast<std::uint32_t>(4 + lane));
        EXPECT_EQ(std::ranges::count(types, 1), 10);
        for (std::size_t agent = 0; agent < types.size(); ++agent)
            EXPECT_EQ(simulation.types()[agent * 8 + lane], types[agent]);
    }
}

/// c' = 1 + c / 2 on a path, by hand, and payoffs of one's own pot with MPCR one half.
TEST(Neighborhoods, AreWhatAgentsSee) {
    models::ConditionalCooperator rule;
    rule.slope = 0.5f, rule.intercept = 1, rule.tremble = 0, rule.first_share = 0.5f;
    Experiment experiment = neighborhood(path_of_three(), rule, 2);
    models::Unconditional giver;
    giver.amount = 16;
    test::add_agents(experiment, "giver", {2}, giver);
    const auto run = alone(experiment, 0);
    EXPECT_EQ(run.contribution(1, 0), 10);
    EXPECT_EQ(run.contribution(2, 0), 1 + 10 / 2.0f);
    EXPECT_EQ(run.contribution(2, 1), 1 + 13 / 2.0f);
    EXPECT_EQ(run.contribution(2, 2), 16);
    EXPECT_EQ(run.payoff(2, 0), 20 - 6 + (6 + 7.5f) / 2);
    EXPECT_EQ(run.payoff(2, 1), 20 - 7.5f + (6 + 7.5f + 16) / 2);
}

/// In every mode: what LocalView::forgone says is what the payoff is when the agent, and nobody else, gives otherwise.
TEST(Neighborhoods, MakeForgonePayoffsExact) {
    for (int mode = 0; mode < 16; ++mode) {
        const auto play = [&](float gift) {
            models::Unconditional others, own;
            own.amount = gift;
            Experiment experiment =
                neighborhood(test::weighted_network(4, {{0, 1}, {0, 2}, {2, 3}}, {1, 2, 4}), others, 1);
            auto& rules = experiment.network->rules;
            rules.hosts = mode & 1 ? NeighborhoodRules::Hosts::all : NeighborhoodRules::Hosts::focal;
            rules.average = (mode & 2) != 0;
            rules.per_individual = (mode & 4) != 0;
            rules.kind = mode & 8 ? NeighborhoodRules::Kind::donation : NeighborhoodRules::Kind::public_goods;
            rules.weighted = true;
            test::add_agents(experiment, "own", {2}, own);
            const MeetingPlan plan(experiment, 0);
            return std::pair(alone(experiment, 0).payoff(1, 2), plan.neighborhoods()->game().own_return()[2]);
        };
        const auto [low, own_return] = play(4);
        const LocalView view{.endowment = 20,
                             .own_last = 4,
                             .others_sum = 0,
                             .others = 2,
                             .received = 0,
                             .sanctions = 0,
                             .payoff = low,
                             .own_return = own_return};
        EXPECT_NEAR(view.forgone(14), play(14).first, 1e-4) << mode;
    }
}

TEST(Neighborhoods, TakeFirstContributionsFromATable) {
    Attributes attributes;
    attributes.add({"gift", NumberColumn{3, 8, 0}});
    attributes.add({"half", NumberColumn{3, 2.5, 0}});
    attributes.add({"lot", NumberColumn{3, 2, 21}});
    attributes.add({"unit", TextColumn{{"a"}, {0, 0, 0}}});
    const auto generator =
        std::make_shared<test::FixedNetwork>(Network(layer_of(3, {{0, 1}, {1, 2}}), std::move(attributes)));
    models::FriedkinJohnsen rule;
    rule.susceptibility = 0, rule.self_weight = 0.5f, rule.first_sd = 0;
    Experiment experiment = neighborhood(generator, rule, 3);
    experiment.network->starts = {"gift"};
    const auto run = alone(experiment, 0);
    for (Round round = 1; round <= 3; ++round) {  // whoever is only attached to its beginning stays there
        EXPECT_EQ(run.contribution(round, 0), 3);
        EXPECT_EQ(run.contribution(round, 1), 8);
        EXPECT_EQ(run.contribution(round, 2), 0);
    }
    const auto refused = [&](const std::string& column, bool tokens) {
        experiment.network->starts = {column};
        experiment.network->whole_tokens = tokens;
        return message_of([&] { MeetingPlan(experiment, 0); });
    };
    EXPECT_EQ(refused("half", false), "");
    EXPECT_EQ(refused("half", true),
              "[agents.all]: half of agent 1 is 2.5; a first contribution is a whole number in [0, 20]");
    EXPECT_THAT(refused("lot", false), HasSubstr("lot of agent 2 is 21; a first contribution is a number in [0, 20]"));
    EXPECT_THAT(refused("unit", false), HasSubstr("attribute \"unit\" is text; first contributions are numbers"));
    EXPECT_THAT(refused("gifd", false),
                HasSubstr("agents of the network have no attribute \"gifd\" (did you mean 'gift'?)"));
}

TEST(Neighborhoods, RefuseWhatCannotBePlayed) {
    Experiment lonely = neighborhood(network_of(4, {{1, 3}}), trembling(), 2);
    EXPECT_THAT(message_of([&] { MeetingPlan(lonely, 0); }),
                AllOf(HasSubstr("2 of 4 agents have no neighbor"), HasSubstr("the first is agent 0")));
    lonely.network->keep_lonely = true;
    EXPECT_EQ(message_of([&] { MeetingPlan(lonely, 0); }), "");

    Experiment growing = neighborhood(std::make_shared<GrowingGraph>(), trembling(), 2);
    growing.network->keep_lonely = true;
    EXPECT_THAT(message_of([&] { MeetingPlan(growing, 1); }),
                HasSubstr("network instance 1 has 3 agents, instance 0 has 2"));

    Experiment layer = neighborhood(path_of_three(), trembling(), 2);
    layer.network->layer = "tiess";
    EXPECT_THAT(message_of([&] { MeetingPlan(layer, 0); }), HasSubstr("no layer 'tiess' (did you mean 'ties'?)"));

    Experiment weighted = neighborhood(path_of_three(), trembling(), 2);
    weighted.network->rules.weighted = true;
    EXPECT_THAT(message_of([&] { MeetingPlan(weighted, 0); }), HasSubstr("the ties of layer 'ties' have no weights"));

    Experiment rich = neighborhood(path_of_three(), trembling(), 2);
    test::give_endowment(rich, 1e6);
    rich.network->rules.mpcr = 1000;
    EXPECT_THAT(message_of([&] { MeetingPlan(rich, 0); }), HasSubstr("payoffs can reach"));
}

/// Counts its decisions, so that a test sees how many rounds were computed.
struct Counted : models::Threshold {
    static inline std::uint64_t decisions = 0;
    float contribution(const LocalView& view, const Person& person, Memory<0>& none,
                       const Draws<0>& words) const noexcept {
        ++decisions;
        return models::Threshold::contribution(view, person, none, words);
    }
};

/// The same with a random number that it does not use: nobody can know that its rounds repeat themselves.
struct Drawing : models::Threshold {
    static constexpr std::size_t draws = 1;
    float first(const LocalView& view, const Person& person, Memory<0>& none, const Draws<1>&) const noexcept {
        return models::Threshold::first(view, person, none, {});
    }
    float contribution(const LocalView& view, const Person& person, Memory<0>& none, const Draws<1>&) const noexcept {
        ++Counted::decisions;
        return models::Threshold::contribution(view, person, none, {});
    }
};

template <class Rule>
Experiment contagion(Round rounds) {
    Rule rule;
    rule.threshold = 1, rule.measure = 1;
    Experiment experiment = neighborhood(circle(20), rule, rounds);
    models::Unconditional giver;
    giver.amount = 20;
    test::add_agents(experiment, "giver", {3}, giver);
    return experiment;
}

TEST(Neighborhoods, AreNotComputedAgainOnceNothingChanges) {
    Counted::decisions = 0;
    const auto run = alone(contagion<Counted>(100), 0);
    const std::uint64_t few = Counted::decisions;
    Counted::decisions = 0;
    const auto control = alone(contagion<Drawing>(100), 0);
    ASSERT_EQ(run.rounds.size(), 100u);
    EXPECT_EQ(run.rounds, control.rounds);
    EXPECT_EQ(Counted::decisions, 20u * 99);
    EXPECT_EQ(few, 20u * 11);  // everybody has adopted in round 11; round 12 repeats it
    EXPECT_NE(run.rounds[9], run.rounds[10]);
}

/// Recorders that copy a round that repeats itself keep the same as those that see it again.
TEST(Neighborhoods, AreRecordedAlikeWhetherComputedOrNot) {
    const auto recorded = [](const Experiment& experiment) {
        const MeetingPlan plan(experiment, 0);
        const Keep keep{true, false, AdoptionDesign{20, 0.9, {}}};
        BlockRecorder means(experiment, keep, 2);
        AdoptionRecorder adoption(*keep.adoption, plan.neighborhoods()->ties(), experiment.rounds(), 2);
        Simulation<8> simulation(experiment, plan, replicates_from<8>(0));
        simulation.run(means);
        simulation.run(adoption);
        return std::pair(means.take(), adoption.take(simulation.types()));
    };
    const auto [block, traces] = recorded(contagion<Counted>(40));
    const auto [control_block, control_traces] = recorded(contagion<Drawing>(40));
    EXPECT_EQ(block.mean_contribution, control_block.mean_contribution);
    EXPECT_EQ(block.mean_payoff, control_block.mean_payoff);
    EXPECT_EQ(block.share_full, control_block.share_full);
    EXPECT_EQ(block.share_free_riders, control_block.share_free_riders);
    EXPECT_EQ(block.contribution, control_block.contribution);
    EXPECT_EQ(block.payoff, control_block.payoff);
    for (std::size_t run = 0; run < 2; ++run) {
        EXPECT_EQ(traces[run].adopters, control_traces[run].adopters);
        EXPECT_EQ(traces[run].tip_round, control_traces[run].tip_round);
        EXPECT_EQ(traces[run].settled_round, 11);
        EXPECT_EQ(control_traces[run].settled_round, 11);
        EXPECT_EQ(traces[run].reach_round[7], control_traces[run].reach_round[7]);
        for (std::size_t round = 0; round < 40; ++round)
            EXPECT_TRUE(
                traces[run].reproduction[round] == control_traces[run].reproduction[round] ||
                (std::isnan(traces[run].reproduction[round]) && std::isnan(control_traces[run].reproduction[round])));
    }
}

/// Remembers in which of its rounds it is, and gives something only in the fifth: contributions rest before that.
struct Sleeper : models::Threshold {
    static constexpr std::size_t memory = 1;
    float first(const LocalView&, const Person&, Memory<1>&, const Draws<0>&) const noexcept { return 0; }
    float contribution(const LocalView& view, const Person&, Memory<1>& kept, const Draws<0>&) const noexcept {
        kept[0] = kept[0] < 9 ? kept[0] + 1 : kept[0];
        return kept[0] == 4 ? view.endowment : 0.0f;
    }
};

TEST(Neighborhoods, AreComputedWhileMemoriesChange) {
    const auto run = alone(neighborhood(circle(4), Sleeper{}, 30), 0);
    ASSERT_EQ(run.rounds.size(), 30u);
    for (Round round = 1; round <= 30; ++round) EXPECT_EQ(run.contribution(round, 0), round == 5 ? 20 : 0) << round;
}

/// A nudge that comes when everything rests already is played.
TEST(Neighborhoods, WaitForTheNudge) {
    const Experiment experiment = contagion<Counted>(30);
    const MeetingPlan plan(experiment, 0);
    test::LaneTrace run(experiment, 0);
    Nudge nudge{{25}, std::vector<float>(20), false, {}};
    nudge.amounts[7] = -5;
    Simulation<1>(experiment, plan, {0}).run(run, &nudge);
    EXPECT_EQ(run.contribution(24, 7), 20);
    EXPECT_EQ(run.contribution(25, 7), 15);
    EXPECT_EQ(run.contribution(26, 7), 20);
    EXPECT_EQ(run.rounds.size(), 30u);
}

}  // namespace
}  // namespace commonweal
