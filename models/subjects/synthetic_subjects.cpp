#include "models/subjects/synthetic_subjects.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/core/elementary.hpp"
#include "sim/core/error.hpp"
#include "sim/core/instruction_set.hpp"

namespace commonweal::models {

namespace {

constexpr std::uint32_t entries = 21;

struct Weights {
    double w1, w2, w3, w4, w5;
};
struct Amount {
    double m, d, a, low, high;

    double of(double score) const noexcept {
        const double inside = std::clamp(m + d * std::min(score, 0.0) + a * std::max(score, 0.0), 1.0, 19.0);
        return score < low ? 0.0 : (score > high ? 20.0 : inside);
    }
};

// Tables A, B and C of docs/models/synthetic_subjects.md; one row per type.
constexpr std::array<Weights, 4> weights{
    {{0.78, 0.6258, 0.24, 0.35, 0.9055}, {0.54, 0.8417, 0, 0, 1}, {0.72, 0.6940, 0, 0, 1}, {0.72, 0.6940, 0, 0, 1}}};
constexpr std::array<Amount, 4> beliefs{
    {{9.4, 4.2, 5.5, -9, 2.226}, {8.9, 4.3, 4.2, -9, 1.317}, {8.4, 3.8, 3.4, -9, 1.563}, {7.7, 2.1, 50.0, -9, 0.793}}};
constexpr std::array<Amount, 4> contributions{{{7.9, 10.3, 9.7, -1.011, 1.067},
                                               {0.8, 3.1, 11.6, 0.078, 1.317},
                                               {8.6, 5.4, 6.3, -1.563, 1.563},
                                               {7.2, 8.0, 18.1, -0.793, 0.793}}};

double open_uniform(std::uint32_t word) noexcept { return (static_cast<double>(word >> 8) + 0.5) * 0x1.0p-24; }

/// A value on the 20-token scale in whole tokens of the endowment.
float in_tokens(double value20, double tokens) noexcept {
    return static_cast<float>(std::clamp(std::floor(value20 * tokens / 20.0 + 0.5), 0.0, tokens));
}

using Schedule = std::array<double, entries>;

Schedule conditional_cooperator(double s, double u5) noexcept {
    const double end = s > -0.05 ? 20.0 : std::clamp(24.4 + 20.9 * s, 1.0, 19.0);
    const double ratio = std::clamp(0.5 - 6.0 * std::max(0.0, 0.187 - u5) + 0.9 * std::max(0.0, u5 - 0.78), 0.0, 1.0);
    const double middle = ratio * end;
    Schedule b;
    for (std::uint32_t x = 0; x < entries; ++x)
        b[x] = middle * std::min<double>(x, 10) / 10 + (end - middle) * std::max(x - 10.0, 0.0) / 10;
    return b;
}

Schedule triangle(double s, double u5, double u6) noexcept {
    const double height = std::clamp(6.3 + 8.0 * s, 1.0, 15.0);
    const double rise = std::clamp(0.05 + 0.92 * u5 + 0.70 * s, 0.1, 1.2);
    const double fall = 0.2 + 3.3 * u6;
    Schedule b;
    for (std::uint32_t x = 0; x < entries; ++x) b[x] = std::min({rise * x, height, fall * (20.0 - x)});
    return b;
}

Schedule other(double s, double u5, double u6) noexcept {
    const double level = 2.9 + 1.2 * std::min(s, 0.0) + 20.5 * std::max(s, 0.0);
    Schedule b;
    for (std::uint32_t x = 0; x < entries; ++x) {
        const double w = u6 + 0.618 * x;
        const double wave = 2 * (w - std::floor(w)) - 1;
        b[x] = level + 0.18 * (x - 10.0) + 19.6 * u5 * wave;
    }
    return b;
}

Schedule schedule_of(int type, double s, double u5, double u6) noexcept {
    switch (type) {
        case 1:
            return conditional_cooperator(s, u5);
        case 3:
            return triangle(s, u5, u6);
        case 4:
            return other(s, u5, u6);
        default:
            return Schedule{};
    }
}

/// What makes a person: three uniform and three normal numbers.
struct Traits {
    double u1, z2, z3, z4, u5, u6;
};

SyntheticPerson person_of(const Traits& traits, std::uint32_t tokens) noexcept {
    const auto& [u1, z2, z3, z4, u5, u6] = traits;
    const int type = u1 < 0.550 ? 1 : (u1 < 0.779 ? 2 : (u1 < 0.900 ? 3 : 4));
    const auto row = static_cast<std::size_t>(type - 1);
    const Weights& w = weights[row];
    const Schedule b = schedule_of(type, w.w3 * z2 + w.w4 * z3 + w.w5 * z4, u5, u6);
    const double e = tokens;
    SyntheticPerson person{
        type, in_tokens(beliefs[row].of(z2), e), in_tokens(contributions[row].of(w.w1 * z2 + w.w2 * z3), e), {}};
    for (std::size_t x = 0; x < entries; ++x) person.schedule[x] = in_tokens(b[x], e);
    return person;
}

void normals_of(const std::vector<std::uint32_t>& words, std::vector<float>& z) noexcept {
    for (std::size_t i = 0; i < z.size(); ++i) z[i] = normal_of(words[i]);
}

class Made final : public SubjectSource {
public:
    explicit Made(std::uint32_t tokens) : tokens_(tokens) {}

    std::string origin() const override { return "synthetic subjects after Fischbacher & Gaechter (2010); not data"; }
    bool has_rows() const noexcept override { return false; }

    SubjectDraw draw(const Randomness& randomness, std::uint32_t instance, std::span<const std::uint32_t> replicates,
                     AgentId agents) const override {
        const std::size_t size = std::size_t{agents} * replicates.size();
        auto pool = std::make_shared<SubjectPool>();
        pool->steps = entries - 1;
        if (size * entries > UINT32_MAX)
            throw ConfigError("[subjects]", fmt::format("{} people with {} entries each are too many to be computed "
                                                        "together; take fewer lanes (--lanes 1) or fewer agents",
                                                        size, entries));
        pool->first_contribution.resize(size);
        pool->first_belief.resize(size);
        pool->schedule.resize(size * entries);
        std::vector<std::uint32_t> person(size);
        const std::size_t padded = (std::size_t{agents} + 3) / 4 * 4;
        std::array<std::vector<std::uint32_t>, 6> words;
        for (auto& plane : words) plane.resize(padded);
        std::array<std::vector<float>, 3> z;
        for (auto& plane : z) plane.resize(padded);
        for (std::size_t lane = 0; lane < replicates.size(); ++lane) {
            for (std::uint32_t draw = 0; draw < words.size(); ++draw)
                randomness.fill<1>({.stream = Stream::synthetic, .draw = draw, .instance = instance},
                                   replicates.subspan(lane).first<1>(), agents, words[draw].data());
            vectorized([&] {
                for (std::size_t i = 0; i < z.size(); ++i) normals_of(words[1 + i], z[i]);
                for (AgentId agent = 0; agent < agents; ++agent) {
                    const SyntheticPerson made =
                        person_of({open_uniform(words[0][agent]), z[0][agent], z[1][agent], z[2][agent],
                                   open_uniform(words[4][agent]), open_uniform(words[5][agent])},
                                  tokens_);
                    const std::size_t at = std::size_t{agent} * replicates.size() + lane;
                    person[at] = static_cast<std::uint32_t>(at);
                    pool->first_contribution[at] = made.first_contribution;
                    pool->first_belief[at] = made.first_belief;
                    std::copy_n(made.schedule.begin(), entries, pool->schedule.data() + at * entries);
                }
            });
        }
        return {std::move(pool), std::move(person)};
    }

private:
    std::uint32_t tokens_;
};

}  // namespace

SyntheticPerson synthetic_person(const std::array<std::uint32_t, 6>& words, std::uint32_t tokens) {
    return person_of({open_uniform(words[0]), normal_of(words[1]), normal_of(words[2]), normal_of(words[3]),
                      open_uniform(words[4]), open_uniform(words[5])},
                     tokens);
}

std::shared_ptr<const SubjectSource> SyntheticSubjects::source_for(const SubjectNeeds& needs,
                                                                   const std::string&) const {
    return std::make_shared<Made>(needs.tokens);
}

}  // namespace commonweal::models
