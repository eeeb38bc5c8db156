#include "sim/matching/matching.hpp"

#include <fmt/format.h>

#include <numeric>
#include <utility>
#include <vector>

#include "sim/core/elementary.hpp"
#include "sim/core/error.hpp"
#include "sim/matching/perfect_strangers.hpp"

namespace commonweal {

namespace {

DrawKey schedule_key(const MeetingKey& key) {
    return {.stream = Stream::schedule, .draw = key.game, .round = 0, .instance = key.instance, .replicate = 0};
}

void random_order(const Randomness& randomness, const DrawKey& key, AgentId session, std::span<AgentId> slots) {
    std::iota(slots.begin(), slots.end(), AgentId{0});
    shuffle(randomness, key, session * static_cast<AgentId>(slots.size()), slots);
}

class Partners final : public Matching {
public:
    bool shared() const noexcept override { return true; }
    void groups(const Randomness& randomness, const MeetingKey& key, std::span<AgentId> slots) const override {
        DrawKey draw = schedule_key(key);
        draw.draw = 0;
        random_order(randomness, draw, key.session, slots);
    }
    std::string construction() const override { return "groups drawn once per session"; }
};

class Strangers final : public Matching {
public:
    bool shared() const noexcept override { return false; }
    void groups(const Randomness& randomness, const MeetingKey& key, std::span<AgentId> slots) const override {
        DrawKey draw = schedule_key(key);
        draw.round = key.round + 1;
        draw.replicate = key.replicate;
        random_order(randomness, draw, key.session, slots);
    }
    std::string construction() const override { return "groups redrawn at random in each round"; }
};

class PerfectStrangersMatching final : public Matching {
public:
    explicit PerfectStrangersMatching(PerfectStrangers found) : found_(std::move(found)) {}

    bool shared() const noexcept override { return true; }
    void groups(const Randomness& randomness, const MeetingKey& key, std::span<AgentId> slots) const override {
        std::vector<AgentId> label(slots.size());
        random_order(randomness, schedule_key(key), key.session, label);
        const auto& plan = found_.schedule.rounds[key.round];
        for (std::size_t slot = 0; slot < slots.size(); ++slot) slots[slot] = label[plan[slot]];
    }
    std::string construction() const override { return found_.construction; }

private:
    PerfectStrangers found_;
};

}  // namespace

void shuffle(const Randomness& randomness, const DrawKey& key, AgentId first, std::span<AgentId> slots) {
    for (std::size_t i = slots.size(); i-- > 1;) {
        const std::uint32_t word = randomness.word(key, first + static_cast<AgentId>(i));
        std::swap(slots[i], slots[below_of(word, static_cast<std::uint32_t>(i + 1))]);
    }
}

std::unique_ptr<Matching> partners() { return std::make_unique<Partners>(); }

std::unique_ptr<Matching> strangers() { return std::make_unique<Strangers>(); }

std::unique_ptr<Matching> perfect_strangers(AgentId agents, AgentId group_size, Round rounds) {
    PerfectStrangers found = perfect_stranger_schedule(agents, group_size, rounds);
    if (rounds > found.bound)
        throw ConfigError(
            fmt::format("{} agents in groups of {} can meet as perfect strangers in at most {} rounds, not {}", agents,
                        group_size, found.bound, rounds));
    if (!found.complete)
        throw ConfigError(
            fmt::format("no perfect-stranger schedule of {} rounds is known here for {} agents in groups of {}: "
                        "found {}, and more than {} are impossible",
                        rounds, agents, group_size, found.schedule.rounds.size(), found.bound));
    return std::make_unique<PerfectStrangersMatching>(std::move(found));
}

}  // namespace commonweal
