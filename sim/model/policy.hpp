#pragma once

#include <concepts>
#include <cstddef>
#include <string_view>

#include "sim/model/model_info.hpp"
#include "sim/model/service.hpp"

namespace commonweal {

/// What a policy writes in act() and lead(): planes that nobody writes are not reset from round to round. endowments:
/// endowment; incentives: returns, match; demands: minimum, deterrence; controls: controlled, expected_fine, released,
/// overhead; worth: local_worth, system_worth.
enum Writes : unsigned { nothing = 0, endowments = 1, incentives = 2, demands = 4, controls = 8, worth = 16 };

/// What a policy wants to remember of a run.
struct PolicyMemory {
    std::size_t agents = 0, organizations = 0, lanes = 0;  ///< of the instance, of the batch
};

/// A policy is an intervention in a service. It is a plain struct of parameters with one function for each phase of the
/// round that it takes part in; the others are left out:
///     act         before decisions: endowments, incentives, demands, ties, membership
///     lead        after leaders gave and before others decide: beliefs, demands
///     contribute  what is added to pots
///     settle      transfers between agents and the public purse
///     inform      what agents see of others
///     learn       beliefs
/// All are called as f<width>(ServiceRound<width>&, PolicyFrame<width>&) while the policy is in force. What is done to
/// an agent is done in proportion to the frame's mask; lanes never mix. `writes` says what act() and lead()
/// change. A policy that decides from the state who belongs where sets `changes_structure` and is computed one run at a
/// time; one that changes ties or membership by plan sets `scheduled`, draws from keys without replicate, and takes no
/// pilot. The ties of a policy go when it ends, and whoever left its own sees them again, unless it is `lasting`. One
/// that asks for money with spend() or waste() sets `spends`, and has a budget. `who_pays` and `at_zero` (the value of
/// which parameter changes not one bit) are told by `describe`; `needs`, a PolicyNeeds that may be left out, what there
/// has to be.
template <class Model>
concept PolicyModel = Described<Model> && requires(const Model policy) {
    { Model::who_pays } -> std::convertible_to<std::string_view>;
    { Model::at_zero } -> std::convertible_to<std::string_view>;
    { Model::writes } -> std::convertible_to<unsigned>;
};

/// Without what a policy acts on nobody.
struct PolicyNeeds {
    bool line = false;             ///< agents who report to others
    bool leaders = false;          ///< agents in the role of manager or leader
    std::string_view before = {};  ///< a kind of policy that stands before it in the file
};

/// The parts of a round in which policies act, in their order.
enum class Phase { act, lead, contribute, settle, inform, learn };

/// A policy behind one virtual call per phase and round.
class Policy {
public:
    virtual ~Policy() = default;

    virtual unsigned writes() const noexcept = 0;
    virtual bool leads() const noexcept = 0;
    virtual bool changes_structure() const noexcept = 0;
    virtual bool scheduled() const noexcept = 0;
    virtual bool lasting() const noexcept = 0;
    virtual bool spends() const noexcept = 0;
    virtual std::size_t memory(const PolicyMemory& sizes) const noexcept = 0;

    /// What can be wrong only when the network is known. Throws ConfigError.
    virtual void check(const ServiceGround& ground, const std::string& where) const = 0;

    virtual void play(Phase phase, ServiceRound<1>& now, PolicyFrame<1>& own) const = 0;
    virtual void play(Phase phase, ServiceRound<8>& now, PolicyFrame<8>& own) const = 0;
    virtual void play(Phase phase, ServiceRound<16>& now, PolicyFrame<16>& own) const = 0;
};

template <PolicyModel Model>
class PolicyOf final : public Policy {
public:
    explicit PolicyOf(const Model& model) : model_(model) {}

    unsigned writes() const noexcept override { return Model::writes; }
    bool leads() const noexcept override { return takes_lead; }
    bool changes_structure() const noexcept override {
        if constexpr (requires { Model::changes_structure; }) return Model::changes_structure;
        return false;
    }
    bool scheduled() const noexcept override {
        if constexpr (requires { Model::scheduled; }) return Model::scheduled;
        return false;
    }
    bool lasting() const noexcept override {
        if constexpr (requires { Model::lasting; }) return Model::lasting;
        return false;
    }
    bool spends() const noexcept override {
        if constexpr (requires { Model::spends; }) return Model::spends;
        return false;
    }
    std::size_t memory(const PolicyMemory& sizes) const noexcept override {
        if constexpr (requires { model_.memory(sizes); }) return model_.memory(sizes);
        return 0;
    }
    void check(const ServiceGround& ground, const std::string& where) const override {
        if constexpr (requires { model_.check(ground, where); }) model_.check(ground, where);
    }

    void play(Phase phase, ServiceRound<1>& now, PolicyFrame<1>& own) const override { call(phase, now, own); }
    void play(Phase phase, ServiceRound<8>& now, PolicyFrame<8>& own) const override { call(phase, now, own); }
    void play(Phase phase, ServiceRound<16>& now, PolicyFrame<16>& own) const override { call(phase, now, own); }

private:
    static constexpr bool takes_lead =
        requires(const Model& model, ServiceRound<1>& now, PolicyFrame<1>& own) { model.lead(now, own); };

    template <std::size_t width>
    void call(Phase phase, ServiceRound<width>& now, PolicyFrame<width>& own) const {
        switch (phase) {
            case Phase::act:
                if constexpr (requires { model_.act(now, own); }) model_.act(now, own);
                return;
            case Phase::lead:
                if constexpr (requires { model_.lead(now, own); }) model_.lead(now, own);
                return;
            case Phase::contribute:
                if constexpr (requires { model_.contribute(now, own); }) model_.contribute(now, own);
                return;
            case Phase::settle:
                if constexpr (requires { model_.settle(now, own); }) model_.settle(now, own);
                return;
            case Phase::inform:
                if constexpr (requires { model_.inform(now, own); }) model_.inform(now, own);
                return;
            case Phase::learn:
                if constexpr (requires { model_.learn(now, own); }) model_.learn(now, own);
                return;
        }
    }

    Model model_;
};

}  // namespace commonweal
