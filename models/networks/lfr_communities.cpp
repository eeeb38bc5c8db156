#include "models/networks/lfr_communities.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "models/networks/stub_pairing.hpp"
#include "models/networks/whole_numbers.hpp"

namespace commonweal::models {

namespace {

enum Step { draw_degrees, draw_inside, draw_sizes, draw_places, join_inside, join_outside };

/// The steps of one network; each draws from a sequence of its own.
class Making {
public:
    Making(const LfrCommunities& model, const Randomness& randomness, std::uint32_t instance)
        : model_(model), randomness_(randomness), instance_(instance) {}

    Network network() {
        make_degrees();
        make_inside();
        make_sizes();
        take_places();
        join_communities();
        join_between();
        Attributes attributes;
        attributes.add({"community", NumberColumn(community_.begin(), community_.end())});
        return Network(Layer({model_.agents, std::move(ties_), {}}), std::move(attributes));
    }

private:
    DrawSequence draws(Step step, std::uint32_t item = 0) const {
        return {randomness_, {.stream = Stream::network, .draw = step, .round = item, .instance = instance_}};
    }

    void make_degrees() {
        std::uint32_t least = 1;
        const auto law = [&](std::uint32_t min) {
            return WholeNumbers::power_law(model_.tau1, min, model_.max_degree);
        };
        while (least < model_.max_degree && law(least + 1).mean() <= model_.mean_degree) ++least;
        const WholeNumbers low = law(least), high = law(std::min(least + 1, model_.max_degree));
        const double gap = high.mean() - low.mean();
        const double share = gap > 0 ? (model_.mean_degree - low.mean()) / gap : 0;
        DrawSequence sequence = draws(draw_degrees);
        degree_.resize(model_.agents);
        for (std::uint32_t& k : degree_) k = sequence.uniform() < share ? high.draw(sequence) : low.draw(sequence);
        if (std::accumulate(degree_.begin(), degree_.end(), std::uint64_t{0}) % 2 != 0) {
            const auto last = std::ranges::find_if(degree_, [&](std::uint32_t k) { return k < model_.max_degree; });
            if (last != degree_.end())
                ++*last;
            else
                --degree_.front();
        }
    }

    void make_inside() {
        DrawSequence sequence = draws(draw_inside);
        inside_.resize(model_.agents);
        for (AgentId agent = 0; agent < model_.agents; ++agent) {
            const double wanted = (1 - model_.mu) * degree_[agent];
            const double whole = std::floor(wanted);
            inside_[agent] = static_cast<std::uint32_t>(whole) + (sequence.uniform() < wanted - whole ? 1 : 0);
        }
    }

    void make_sizes() {
        const WholeNumbers law = WholeNumbers::power_law(model_.tau2, model_.min_community, model_.max_community);
        DrawSequence sequence = draws(draw_sizes);
        std::uint64_t places = 0;
        while (places < model_.agents) {
            size_.push_back(law.draw(sequence));
            places += size_.back();
        }
        if (places == model_.agents) return;
        places -= size_.back();
        size_.pop_back();
        std::uint64_t left = model_.agents - places;
        const std::uint64_t room = size_.size() * std::uint64_t{model_.max_community} - places;
        if (left > room) {  // the last community stays, smaller, or larger at the expense of the others
            size_.push_back(model_.min_community);
            take_from_others(left < model_.min_community ? model_.min_community - left : 0);
            if (left > model_.min_community) size_.back() = static_cast<std::uint32_t>(left);
            return;
        }
        for (std::size_t c = 0; left > 0; c = (c + 1) % size_.size())
            if (size_[c] < model_.max_community) ++size_[c], --left;
    }

    /// Makes the communities before the last one smaller by `missing` agents together.
    void take_from_others(std::uint64_t missing) {
        std::uint64_t spare = 0;
        for (std::size_t c = 0; c + 1 < size_.size(); ++c) spare += size_[c] - model_.min_community;
        if (missing > spare)
            throw ConfigError(fmt::format("lfr_communities: {} agents cannot be divided into communities of {} to {}",
                                          model_.agents, model_.min_community, model_.max_community));
        for (std::size_t c = 0; missing > 0; c = (c + 1) % (size_.size() - 1))
            if (size_[c] > model_.min_community) --size_[c], --missing;
    }

    void take_places() {
        std::vector<AgentId> agents(model_.agents);
        std::iota(agents.begin(), agents.end(), AgentId{0});
        std::ranges::stable_sort(agents, std::greater{}, [&](AgentId agent) { return inside_[agent]; });
        std::ranges::sort(size_, std::greater{});
        community_.resize(model_.agents);
        members_.resize(size_.size());
        std::vector<std::uint32_t> places;
        std::size_t open = 0;
        DrawSequence sequence = draws(draw_places);
        for (const AgentId agent : agents) {
            for (; open < size_.size() && size_[open] > inside_[agent]; ++open)
                places.insert(places.end(), size_[open], static_cast<std::uint32_t>(open));
            if (places.empty())
                throw ConfigError(fmt::format(
                    "lfr_communities: an agent with {} ties inside its community finds no community of more than that; "
                    "a larger min_community or max_community, or a larger mu, helps",
                    inside_[agent]));
            std::swap(places[sequence.below(places.size())], places.back());
            community_[agent] = places.back();
            members_[places.back()].push_back(agent);
            places.pop_back();
        }
    }

    void join_communities() {
        for (std::size_t c = 0; c < members_.size(); ++c) {
            auto& members = members_[c];
            std::ranges::sort(members);
            std::vector<std::uint32_t> degrees;
            for (const AgentId agent : members) degrees.push_back(inside_[agent]);
            DrawSequence sequence = draws(join_inside, static_cast<std::uint32_t>(c));
            if (std::accumulate(degrees.begin(), degrees.end(), std::uint64_t{0}) % 2 != 0)
                lead_outside(members, degrees, sequence);
            join(degrees, {}, sequence, members, "inside a community");
        }
    }

    /// One end of a tie of a member drawn by chance leads outside instead.
    void lead_outside(const std::vector<AgentId>& members, std::vector<std::uint32_t>& degrees,
                      DrawSequence& sequence) {
        std::size_t chosen;
        do chosen = sequence.below(members.size());
        while (degrees[chosen] == 0);
        --degrees[chosen];
        --inside_[members[chosen]];
    }

    void join_between() {
        std::vector<std::uint32_t> outside(model_.agents);
        for (AgentId agent = 0; agent < model_.agents; ++agent) outside[agent] = degree_[agent] - inside_[agent];
        std::vector<AgentId> everybody(model_.agents);
        std::iota(everybody.begin(), everybody.end(), AgentId{0});
        DrawSequence sequence = draws(join_outside);
        join(outside, community_, sequence, everybody, "between communities");
    }

    void join(const std::vector<std::uint32_t>& degrees, const std::vector<std::uint32_t>& groups,
              DrawSequence& sequence, const std::vector<AgentId>& names, std::string_view where) {
        StubPairing pairing(degrees, groups);
        pairing.pair(sequence);
        if (!pairing.mend(sequence))
            throw ConfigError(fmt::format(
                "lfr_communities: no simple graph with the degrees {} of instance {} was found; larger communities, "
                "more of them, or a lower max_degree help",
                where, instance_));
        for (const Tie tie : pairing.ties()) ties_.push_back({names[tie.a], names[tie.b]});
    }

    const LfrCommunities& model_;
    const Randomness& randomness_;
    std::uint32_t instance_;
    std::vector<std::uint32_t> degree_, inside_;  ///< [agent], ties in all and inside the community
    std::vector<std::uint32_t> size_;             ///< [community]
    std::vector<std::uint32_t> community_;        ///< [agent]
    std::vector<std::vector<AgentId>> members_;   ///< [community]
    std::vector<Tie> ties_;
};

}  // namespace

void LfrCommunities::check(const std::string& where) const {
    const auto refuse = [&](const std::string& what) { throw ConfigError(where, what); };
    if (max_degree >= agents)
        refuse(fmt::format("max_degree is {}; it must be below the number of agents, which is {}", max_degree, agents));
    if (min_community > max_community)
        refuse(fmt::format("min_community is {}, above max_community, which is {}", min_community, max_community));
    if (max_community > agents)
        refuse(fmt::format("max_community is {}; there are only {} agents", max_community, agents));
    if ((1 - mu) * max_degree >= max_community)
        refuse(fmt::format(
            "max_community is {}; it must be above (1 - mu) * max_degree = {}, the ties inside it of one agent",
            max_community, (1 - mu) * max_degree));
    if (mu > 0 && max_community == agents)
        refuse("max_community is all agents, but mu is above 0: there would be no other community to tie to");
    const double least = WholeNumbers::power_law(tau1, 1, max_degree).mean();
    if (mean_degree < least || mean_degree > max_degree)
        refuse(fmt::format("mean_degree is {}; with tau1 = {} and max_degree = {} it must be in [{:.3f}, {}]",
                           mean_degree, tau1, max_degree, least, max_degree));
}

Network LfrCommunities::generate(const Randomness& randomness, std::uint32_t instance) const {
    return Making(*this, randomness, instance).network();
}

}  // namespace commonweal::models
