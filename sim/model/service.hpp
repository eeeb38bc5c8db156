#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/game/two_pots.hpp"
#include "sim/network/network.hpp"
#include "sim/network/organization.hpp"

/// A public service while it is played: what policies read and change. Planes are [agent][lane].
namespace commonweal {

/// Where money comes from and where it goes. In every round, to the millionth of a token:
///     endowments + returns + subsidies = fines + waste + rounding + payoffs
enum class Account : std::uint8_t {
    endowments,  ///< what agents were given
    returns,     ///< what pots were worth beyond what was put in
    subsidies,   ///< public money that came in
    fines,       ///< money that went to the public purse
    waste,       ///< used up: bureaucracy, costs of sanctions
    rounding,    ///< parts of a millionth that could not be divided
    payoffs      ///< what agents hold in the end
};
inline constexpr std::size_t accounts = 7;
inline constexpr std::array<std::string_view, accounts> account_names{"endowments", "returns",  "subsidies", "fines",
                                                                      "waste",      "rounding", "payoffs"};

/// Which organization and unit each agent belongs to at present. Lanes share it.
struct Membership {
    std::vector<std::uint32_t> organization, unit;  ///< [agent]
    std::vector<AgentId> members;                   ///< [organization], how many; 0 when it was merged into another
    std::uint32_t version = 0;                      ///< grows with every change

    /// The agent becomes a member of another organization and unit.
    void move(AgentId agent, std::uint32_t to_organization, std::uint32_t to_unit) noexcept {
        --members[organization[agent]];
        ++members[to_organization];
        organization[agent] = to_organization;
        unit[agent] = to_unit;
        ++version;
    }
};

/// The network of one instance, as policies know it.
struct ServiceGround {
    const Network& network;
    const Organizations& organizations;  ///< as they were in the beginning
    const Layer& ties;                   ///< all layers that agents see along, joined
};

/// Everything of a round. What was decided last round is there until the present round decides: `contribution`,
/// `given`, totals and payoffs are those of the last round in act(), and those of this round in later phases.
template <std::size_t width>
struct ServiceRound {
    using LaneMoney = std::array<Micro, width>;

    Round round = 1;
    Round rounds = 1;  ///< of the whole run
    const ServiceGround& ground;
    const TwoPots& game;
    const Randomness& randomness;
    std::uint32_t instance;
    std::span<const std::uint32_t, width> replicates;
    AgentId agents;
    Membership& membership;

    // What agents have, think and do.
    std::int32_t* endowment;              ///< of this round [micro-tokens]; act() may change it
    const std::int32_t* usual_endowment;  ///< without any policy [micro-tokens]
    std::array<float*, pots> belief;      ///< what others are expected to give [tokens]; act(), lead() and learn() do
    std::array<float*, pots> seen;        ///< what others were seen to give [tokens]; inform() changes it
    std::array<const float*, pots> contribution;  ///< [tokens]
    std::array<const std::int32_t*, pots> given;  ///< the same [micro-tokens]
    std::span<LaneMoney> local_total;             ///< [organization], put into its pot by its members
    LaneMoney& system_total;                      ///< put into the pot of the system by agents
    std::span<LaneMoney> local_added;             ///< [organization], added to its pot by contribute()
    LaneMoney& system_added;                      ///< added to the pot of the system by contribute()
    std::span<double> local_worth;                ///< [organization][lane], factor on what its pot pays; 1
    double* system_worth;                         ///< [lane], factor on what the pot of the system pays; 1
    Micro* payoff;                                ///< [micro-tokens]; settle() changes it

    // What a token that arrives brings its giver, and what is asked for; as without policies before act().
    std::array<float*, pots> returns;     ///< m, per token that arrives [-]
    std::array<float*, pots> match;       ///< g, tokens added per token [-]
    std::array<float*, pots> minimum;     ///< contribution that is demanded [tokens]
    std::array<float*, pots> deterrence;  ///< expected fine per token below the minimum [-]
    float* controlled;                    ///< 1 where an agent is controlled
    std::int32_t* overhead;               ///< bureaucracy, taken from the endowment and used up [micro-tokens]
    float* expected_fine;                 ///< of an agent that gives what it gave last [tokens]
    float* released;                      ///< 1 where control is ended by a policy of trust

    std::array<LaneMoney, accounts>& books;

    LaneMoney& book(Account account) noexcept { return books[static_cast<std::size_t>(account)]; }

    std::size_t at(AgentId agent, std::size_t lane) const noexcept { return std::size_t{agent} * width + lane; }
};

/// What belongs to one policy in a round.
template <std::size_t width>
struct PolicyFrame {
    using LaneMoney = std::array<Micro, width>;

    Round since;               ///< rounds in force, from 1
    Round length;              ///< rounds that it will have been in force in the end; of a turn in churn
    std::uint32_t key;         ///< number of the policy in its regime: DrawKey::draw of its random numbers
    const float* mask;         ///< 1 where an agent is in scope; always there
    bool everybody;            ///< all agents are in scope in all lanes
    LaneMoney& left;           ///< of its budget [micro-tokens]
    LaneMoney& cost;           ///< what it cost until now: public money, and what it used up [micro-tokens]
    std::span<double> memory;  ///< as many as it asked for, zero at first
    std::vector<Tie>& ties;    ///< along which agents see each other while it is in force, besides the network
    std::vector<std::uint8_t>&
        detached;  ///< [agent]: 1 when it does not see, nor is seen, along the network; empty: none

    /// Takes at most `wanted` of what is left of the budget, for `lane`, as public money. Returns what there was.
    Micro spend(Micro wanted, std::size_t lane, ServiceRound<width>& now) noexcept {
        const Micro money = wanted < left[lane] ? wanted : left[lane];
        left[lane] -= money;
        cost[lane] += money;
        now.book(Account::subsidies)[lane] += money;
        return money;
    }

    /// Something that is used up and brings nobody anything, out of the public purse.
    Micro waste(Micro wanted, std::size_t lane, ServiceRound<width>& now) noexcept {
        const Micro money = spend(wanted, lane, now);
        now.book(Account::waste)[lane] += money;
        return money;
    }
};

}  // namespace commonweal
