#include "models/networks/dodds_watts_sabel.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "models/networks/link_classes.hpp"

namespace commonweal::models {

namespace {

constexpr std::uint64_t most_agents = 200'000'000;

/// b^0 ... b^count.
std::vector<std::uint64_t> powers(std::uint64_t b, std::uint32_t count) {
    std::vector<std::uint64_t> powers{1};
    while (powers.size() <= count) powers.push_back(powers.back() * b);
    return powers;
}

/// The tree, numbered level by level: the reports of agent i are b i + 1, ..., b i + b.
class Tree {
public:
    Tree(std::uint32_t b, std::uint32_t levels) : b_(b), powers_(powers(b, levels)) {
        first_.push_back(0);
        for (std::uint32_t level = 0; level < levels; ++level) first_.push_back(first_.back() + powers_[level]);
    }

    AgentId agents() const noexcept { return static_cast<AgentId>(first_.back()); }
    AgentId manager(AgentId agent) const noexcept { return (agent - 1) / b_; }

    std::uint64_t pairs(std::uint32_t depth, std::uint32_t near, std::uint32_t far) const noexcept {
        if (near == 0) return powers_[depth] * powers_[far];
        const std::uint64_t ordered = powers_[depth] * b_ * (b_ - 1) * powers_[near - 1] * powers_[far - 1];
        return near == far ? ordered / 2 : ordered;
    }

    /// A pair of the class, each equally likely.
    Tie draw(const LinkClass& pairs, DrawSequence& draws) const {
        const auto top = static_cast<AgentId>(first_[pairs.depth] + draws.below(powers_[pairs.depth]));
        if (pairs.near == 0) return {top, below(top, pairs.far, draws)};
        const auto one = static_cast<AgentId>(draws.below(b_));
        auto other = static_cast<AgentId>(draws.below(b_ - 1));
        if (other >= one) ++other;
        return {below(b_ * top + 1 + one, pairs.near - 1, draws), below(b_ * top + 1 + other, pairs.far - 1, draws)};
    }

private:
    AgentId below(AgentId agent, std::uint32_t steps, DrawSequence& draws) const {
        for (std::uint32_t step = 0; step < steps; ++step)
            agent = b_ * agent + 1 + static_cast<AgentId>(draws.below(b_));
        return agent;
    }

    std::uint32_t b_;
    std::vector<std::uint64_t> powers_;
    std::vector<std::uint64_t> first_;  ///< [level], its first agent
};

std::vector<LinkClass> classes_of(const DoddsWattsSabel& model, const Tree& tree) {
    std::vector<LinkClass> classes;
    for (std::uint32_t depth = 0; depth < model.levels; ++depth)
        for (std::uint32_t far = 1; far < model.levels - depth; ++far)
            for (std::uint32_t near = far == 1 ? 1 : 0; near <= far; ++near)  // near 0, far 1: tied already
                classes.push_back(link_class(depth, near, far, model.lambda, model.zeta, tree.pairs(depth, near, far)));
    return classes;
}

void add_links(const DoddsWattsSabel& model, const Tree& tree, DrawSequence& draws, std::vector<Tie>& ties) {
    LinkClassDraw classes(classes_of(model, tree));
    std::unordered_set<std::uint64_t> tied;
    for (std::uint64_t added = 0; added < model.links; ++added) {
        const std::size_t c = classes.draw(draws);
        Tie tie;
        do tie = tree.draw(classes[c], draws);
        while (!tied.insert(std::uint64_t{std::min(tie.a, tie.b)} << 32 | std::max(tie.a, tie.b)).second);
        ties.push_back(tie);
        classes.took_from(c);
    }
}

Attributes attributes_of(const DoddsWattsSabel& model, const Tree& tree) {
    NumberColumn level, manager;
    for (std::uint64_t depth = 0, size = 1; depth < model.levels; ++depth, size *= model.branching)
        level.insert(level.end(), size, static_cast<double>(depth));
    manager.push_back(-1);
    for (AgentId agent = 1; agent < tree.agents(); ++agent) manager.push_back(tree.manager(agent));
    Attributes attributes;
    attributes.add({"level", std::move(level)});
    attributes.add({"manager", std::move(manager)});
    return attributes;
}

}  // namespace

std::uint64_t DoddsWattsSabel::agents() const noexcept {
    std::uint64_t agents = 0, size = 1;
    for (std::uint32_t level = 0; level < levels && agents <= most_agents; ++level, size *= branching) agents += size;
    return agents;
}

void DoddsWattsSabel::check(const std::string& where) const {
    const std::uint64_t n = agents();
    if (n > most_agents)
        throw ConfigError(
            where, fmt::format("branching {} and levels {} make more than {} agents", branching, levels, most_agents));
    const std::uint64_t untied = n * (n - 1) / 2 - (n - 1);
    if (links > untied)
        throw ConfigError(
            where, fmt::format("links is {}; {} agents have {} pairs that the tree leaves untied", links, n, untied));
}

Network DoddsWattsSabel::generate(const Randomness& randomness, std::uint32_t instance) const {
    const Tree tree(branching, levels);
    TieList list{tree.agents(), {}, {}};
    for (AgentId agent = 1; agent < tree.agents(); ++agent) list.ties.push_back({tree.manager(agent), agent});
    DrawSequence draws(randomness, {.stream = Stream::network, .instance = instance});
    add_links(*this, tree, draws, list.ties);
    return Network(Layer(std::move(list)), attributes_of(*this, tree));
}

}  // namespace commonweal::models
