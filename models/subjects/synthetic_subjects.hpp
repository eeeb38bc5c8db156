#pragma once

#include "sim/model/catalog.hpp"

namespace commonweal::models {

/// Made-up people with the type shares, schedules, first beliefs and first contributions of a published population.
/// The algorithm, its constants and its fidelity: docs/models/synthetic_subjects.md.
struct SyntheticSubjects {
    static constexpr std::string_view name = "synthetic_subjects";
    static constexpr std::string_view summary =
        "Made-up people that resemble those of Fischbacher & Gaechter (2010): synthetic, not data.";
    static constexpr std::string_view equation =
        "type: conditional cooperator .550, free rider .229, triangle .121, other .100; given the type, three "
        "correlated\n"
        "normal scores give the first belief, the first contribution and the schedule "
        "(docs/models/synthetic_subjects.md)";
    static constexpr std::string_view source =
        "Fitted to summary statistics of Fischbacher & Gaechter (2010), American Economic Review 100, 541-556.";

    static auto parameters() { return std::array<Parameter<SyntheticSubjects>, 0>{}; }

    std::shared_ptr<const SubjectSource> source_for(const SubjectNeeds& needs, const std::string& where) const;
};

/// A made-up person on the scale of an endowment of `tokens`.
struct SyntheticPerson {
    int type;  ///< 1 conditional cooperator, 2 free rider, 3 triangle, 4 other
    float first_belief, first_contribution;
    std::array<float, 21> schedule;
};

/// The person that six random words make: u_k is the midpoint of one of 2^24 equal cells of (0, 1).
SyntheticPerson synthetic_person(const std::array<std::uint32_t, 6>& words, std::uint32_t tokens);

}  // namespace commonweal::models
