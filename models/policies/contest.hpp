#pragma once

#include <algorithm>
#include <array>
#include <vector>

#include "sim/model/policy.hpp"

namespace commonweal::models {

/// Competition between organizations for a prize that all pay for (see `equation`).
///
/// Team contest inside a public-goods game. With equal shares within n organizations of m the symmetric equilibrium of
/// players who weigh money alone is x* = S (n-1) / (n^2 m^2 (1-a)), in proportion S (nm-1) / (n^2 m^2 (1-a)), where a
/// is r_L / m. Ranks pay by the order of mean contributions; what a token brings is then read off the published table
/// of prizes as its mean slope, not below a gap of one token per head.
struct Contest {
    static constexpr std::string_view name = "contest";
    static constexpr std::string_view summary =
        "Competition: organizations compete for a prize by what their members give to them.";
    static constexpr std::string_view equation =
        "each round a levy of prize_per_head [tokens] is taken from every endowment in scope; together they are S\n"
        "by = share:  organization k gets S X_k / X, with X_k the contributions of its members, X of all; S / K if X = "
        "0\n"
        "by = rank:   S in parts K, K-1, ..., 1 of K(K+1)/2 by mean contribution; equals share their parts\n"
        "inside = equal:       each member gets the same\n"
        "inside = proportion:  in proportion to its own contribution\n"
        "return per token, added to m:  share, equal: (S/n_k)(X - X_k)/X^2;  share, proportion: S (X - c_i)/X^2;\n"
        "  rank: (first prize - last)/(n_k^2 max(1, best mean - worst mean)), in proportion n_k times as much";
    static constexpr std::string_view source =
        "Gunnthorsdottir & Rapoport (2006), Organizational Behavior and Human Decision Processes 101, 184-199; "
        "Rapoport & "
        "Amaldoss (1997).";
    static constexpr std::string_view who_pays = "agents in scope, by an equal levy on endowments; no public money";
    static constexpr std::string_view at_zero = "prize_per_head = 0";
    static constexpr unsigned writes = Writes::endowments | Writes::incentives;
    static constexpr std::array<std::string_view, 2> ways{"share", "rank"};
    static constexpr std::array<std::string_view, 2> divisions{"equal", "proportion"};

    double prize_per_head = 2;
    std::uint32_t by = 0, inside = 1;

    static auto parameters() {
        using Self = Contest;
        return std::array{
            Parameter<Self>{"prize_per_head", &Self::prize_per_head, 0, 1e3, "tokens per round",
                            "levy on each agent in scope; all levies together are the prize S"},
            Parameter<Self>{"by", &Self::by, 0, 0, "", "how the prize is shared between organizations", ways},
            Parameter<Self>{"inside", &Self::inside, 0, 0, "", "how an organization shares its prize", divisions},
        };
    }

    std::size_t memory(const PolicyMemory& sizes) const noexcept { return sizes.agents * sizes.lanes; }  // levies

    template <std::size_t width>
    void act(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const auto levy = static_cast<std::int32_t>(micros(prize_per_head));
        for (std::size_t at = 0; at < std::size_t{now.agents} * width; ++at) {
            const std::int32_t asked = own.mask[at] > 0.0f ? levy : 0;
            const std::int32_t paid = asked < now.endowment[at] ? asked : now.endowment[at];
            now.endowment[at] -= paid;
            own.memory[at] = paid;
        }
        const Field<width> field(*this, now, own);
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t k = now.membership.organization[agent];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                const double slope = field.slope(k, lane, tokens(now.given[0][at]));
                now.returns[0][at] += static_cast<float>(slope) * own.mask[at];
            }
        }
    }

    template <std::size_t width>
    void settle(ServiceRound<width>& now, PolicyFrame<width>& own) const {
        const Field<width> field(*this, now, own);
        std::array<Micro, width> left = field.levied;
        auto& endowments = now.book(Account::endowments);
        for (std::size_t lane = 0; lane < width; ++lane) endowments[lane] += field.levied[lane];
        for (AgentId agent = 0; agent < now.agents; ++agent) {
            const std::uint32_t k = now.membership.organization[agent];
            for (std::size_t lane = 0; lane < width; ++lane) {
                const std::size_t at = now.at(agent, lane);
                const Micro prize = own.mask[at] > 0.0f ? field.prize(k, lane, now.given[0][at]) : 0;
                now.payoff[at] += prize;
                left[lane] -= prize;
            }
        }
        for (std::size_t lane = 0; lane < width; ++lane) now.book(Account::rounding)[lane] += left[lane];
    }

private:
    /// What organizations gave in a round, and what prizes follow from it.
    template <std::size_t width>
    struct Field {
        Field(const Contest& contest, const ServiceRound<width>& now, const PolicyFrame<width>& own)
            : contest_(contest),
              count_(now.membership.members.size()),
              members_(count_ * width),
              given_(count_ * width),
              share_(count_ * width) {
            for (AgentId agent = 0; agent < now.agents; ++agent) {
                const std::size_t row = now.membership.organization[agent] * width;
                for (std::size_t lane = 0; lane < width; ++lane) {
                    const std::size_t at = now.at(agent, lane);
                    if (own.mask[at] == 0.0f) continue;
                    ++members_[row + lane];
                    given_[row + lane] += now.given[0][at];
                    levied[lane] += static_cast<Micro>(own.memory[at]);
                }
            }
            for (std::size_t lane = 0; lane < width; ++lane) {
                for (std::size_t k = 0; k < count_; ++k) {
                    all_[lane] += given_[k * width + lane];
                    playing_[lane] += members_[k * width + lane] > 0;
                }
                contest.by == 0 ? share_out(lane) : rank(lane);
            }
        }

        /// What one more token of a member brings it, of which `c` were given.
        double slope(std::uint32_t k, std::size_t lane, double c) const {
            const std::size_t at = k * width + lane;
            if (members_[at] == 0) return 0;
            const double money = tokens(levied[lane]), n = static_cast<double>(members_[at]);
            const bool equal = contest_.inside == 0;
            if (contest_.by == 1) return spread_[lane] * money / (equal ? n * n : n);
            const double all = tokens(all_[lane]), of_k = tokens(given_[at]);
            if (all == 0) return equal ? money / n * (1 - share_[at]) : money * (1 - share_[at] / n);
            return equal ? money / n * (all - of_k) / (all * all) : money * (all - c) / (all * all);
        }

        Micro prize(std::uint32_t k, std::size_t lane, Micro given) const {
            const std::size_t at = k * width + lane;
            const double of_k = share_[at] * static_cast<double>(levied[lane]);
            const double part = contest_.inside == 0 || given_[at] == 0
                                    ? 1 / static_cast<double>(members_[at])
                                    : static_cast<double>(given) / static_cast<double>(given_[at]);
            return static_cast<Micro>(of_k * part);
        }

        std::array<Micro, width> levied{};

    private:
        void share_out(std::size_t lane) {
            for (std::size_t k = 0; k < count_; ++k) {
                const std::size_t at = k * width + lane;
                share_[at] = members_[at] == 0 ? 0
                             : all_[lane] == 0 ? 1 / playing_[lane]
                                               : static_cast<double>(given_[at]) / static_cast<double>(all_[lane]);
            }
        }

        void rank(std::size_t lane) {
            std::vector<std::pair<double, std::size_t>> order;
            for (std::size_t k = 0; k < count_; ++k)
                if (const std::size_t at = k * width + lane; members_[at] > 0)
                    order.emplace_back(tokens(given_[at]) / static_cast<double>(members_[at]), at);
            if (order.empty()) return;
            std::ranges::stable_sort(order, std::greater{}, [](const auto& entry) { return entry.first; });
            const double parts = playing_[lane] * (playing_[lane] + 1) / 2;
            for (std::size_t first = 0; first < order.size();) {
                std::size_t end = first;
                double sum = 0;
                for (; end < order.size() && order[end].first == order[first].first; ++end)
                    sum += playing_[lane] - static_cast<double>(end);
                for (std::size_t i = first; i < end; ++i)
                    share_[order[i].second] = sum / static_cast<double>(end - first) / parts;
                first = end;
            }
            const double gap = order.front().first - order.back().first;
            spread_[lane] = (playing_[lane] - 1) / parts / std::max(1.0, gap);
        }

        const Contest& contest_;
        std::size_t count_;
        std::vector<Micro> members_, given_;
        std::vector<double> share_;
        std::array<Micro, width> all_{};
        std::array<double, width> playing_{}, spread_{};
    };
};
static_assert(PolicyModel<Contest>);

}  // namespace commonweal::models
