#pragma once

#include <memory>
#include <string>

#include "sim/model/behavior_lanes.hpp"
#include "sim/model/catalog.hpp"
#include "sim/model/sanction_lanes.hpp"

/// A made-up catalog: the scenario knows no model, so its tests need none of the real ones.
namespace commonweal::toy {

struct Giver {
    static constexpr std::string_view name = "giver", summary = "Gives always the same.", equation = "c = gift",
                                      source = "made up";
    static constexpr std::size_t draws = 0, memory = 0;
    static constexpr bool needs_subjects = false;
    static constexpr std::array<std::string_view, 2> moods{"glad", "sad"};

    float gift = 5;
    std::uint32_t mood = 0;
    float low = 0, high = 1;

    static auto parameters() {
        return std::array{
            Parameter<Giver>{"gift", &Giver::gift, 0, 100, "tokens", "what it gives"},
            Parameter<Giver>{"mood", &Giver::mood, 0, 0, "", "how it feels", moods},
            Parameter<Giver>{"low", &Giver::low, 0, 1, "-", "lower end"},
            Parameter<Giver>{"high", &Giver::high, 0, 1, "-", "upper end"},
        };
    }

    void check(const std::string& where) const {
        if (low > high) throw ConfigError(where, "low is above high");
    }
    float first(const LocalView&, const Person&, Memory<0>&, const Draws<0>&) const noexcept { return gift; }
    float contribution(const LocalView&, const Person&, Memory<0>&, const Draws<0>&) const noexcept { return gift; }
};

/// Plays a person's schedule, so that it needs subjects.
struct Actor {
    static constexpr std::string_view name = "actor", summary = "Plays a person.", equation = "c = person",
                                      source = "made up";
    static constexpr std::size_t draws = 1, memory = 1;
    static constexpr bool needs_subjects = true;

    float gift = 0;

    static auto parameters() {
        return std::array{Parameter<Actor>{"gift", &Actor::gift, 0, 1, "tokens", "added to the person's own"}};
    }
    float first(const LocalView&, const Person& person, Memory<1>&, const Draws<1>&) const noexcept {
        return person.first_belief;
    }
    float contribution(const LocalView&, const Person&, Memory<1>&, const Draws<1>&) const noexcept { return gift; }
};

struct Judge {
    static constexpr std::string_view name = "judge", summary = "Punishes always.", equation = "p = severity",
                                      source = "made up";
    static constexpr std::size_t draws = 1;

    float severity = 1;

    static auto parameters() {
        return std::array{Parameter<Judge>{"severity", &Judge::severity, 0, 9, "points", "what it assigns"}};
    }
    float points(const SanctionView&, const Draws<1>&) const noexcept { return severity; }
};

/// Remembers what it was made of.
class ToySubjects final : public SubjectSource {
public:
    ToySubjects(std::string origin, bool rows) : origin_(std::move(origin)), rows_(rows) {}
    std::string origin() const override { return origin_; }
    bool has_rows() const noexcept override { return rows_; }
    SubjectDraw draw(const Randomness&, std::uint32_t, std::span<const std::uint32_t>, AgentId) const override {
        return {};
    }

private:
    std::string origin_;
    bool rows_;
};

struct MadeUp {
    static constexpr std::string_view name = "made_up", summary = "Made-up people.", equation = "none",
                                      source = "made up";
    float spread = 2;
    static auto parameters() {
        return std::array{Parameter<MadeUp>{"spread", &MadeUp::spread, 0, 9, "tokens", "how much they differ"}};
    }
};

struct FromFile {
    static constexpr std::string_view name = "from_file", summary = "People of a file.", equation = "none",
                                      source = "made up";
    std::string file;
    static auto parameters() {
        return std::array{Parameter<FromFile>{"file", &FromFile::file, 0, 0, "", "path of the file"}};
    }
};

template <class Rule, class Contract, template <class> class Of>
std::unique_ptr<Contract> make(const std::vector<Setting>& settings, const std::string& where) {
    return std::make_unique<Of<Rule>>(configured<Rule>(settings, Rule::name, where));
}

inline std::shared_ptr<const SubjectSource> make_made_up(const std::vector<Setting>& settings, const std::string& where,
                                                         const SubjectNeeds& needs) {
    const auto made = configured<MadeUp>(settings, MadeUp::name, where);
    return std::make_shared<ToySubjects>("synthetic " + number_text(made.spread) + " " + std::to_string(needs.tokens),
                                         false);
}

inline std::shared_ptr<const SubjectSource> make_from_file(const std::vector<Setting>& settings,
                                                           const std::string& where, const SubjectNeeds&) {
    return std::make_shared<ToySubjects>(configured<FromFile>(settings, FromFile::name, where).file, true);
}

inline Catalog catalog() {
    static const std::vector<CatalogEntry<Behavior>> behaviors{
        {info_of<Giver>(), make<Giver, Behavior, BehaviorOf>},
        {info_of<Actor>(), make<Actor, Behavior, BehaviorOf>},
    };
    static const std::vector<CatalogEntry<Sanction>> sanctions{{info_of<Judge>(), make<Judge, Sanction, SanctionOf>}};
    static const std::vector<SubjectEntry> subjects{{info_of<MadeUp>(), make_made_up},
                                                    {info_of<FromFile>(), make_from_file}};
    return {behaviors, sanctions, subjects};
}

}  // namespace commonweal::toy
