#pragma once

#include "sim/model/catalog.hpp"

namespace commonweal::models {

/// Real people: whole subjects drawn with replacement from a data file, one row per subject and round.
struct SubjectFile {
    static constexpr std::string_view name = "subject_file";
    static constexpr std::string_view summary = "Whole people drawn with replacement from an experiment's data file.";
    static constexpr std::string_view equation =
        "each agent of each replicate is a subject drawn uniformly, with replacement: the first contribution, the "
        "first\n"
        "belief (of the subject's first round in the file) and the schedule b0 ... bS (contribution if the others give "
        "k on\n"
        "average) stay together; S must equal the endowment";
    static constexpr std::string_view source =
        "File layout: replication data of Fischbacher & Gaechter (2010), American Economic Review 100, 541-556.";

    std::string file;
    std::string subject = "idsubj", round = "period", contribution = "contribution", belief = "belief", schedule = "b";

    static auto parameters() {
        using Self = SubjectFile;
        return std::array{
            Parameter<Self>{"file", &Self::file, 0, 0, "", "path of the data file (CSV with a header line)"},
            Parameter<Self>{"subject", &Self::subject, 0, 0, "", "column that tells subjects apart"},
            Parameter<Self>{"round", &Self::round, 0, 0, "", "column of the round; each subject's lowest one is used"},
            Parameter<Self>{"contribution", &Self::contribution, 0, 0, "", "column of the contribution [tokens]"},
            Parameter<Self>{"belief", &Self::belief, 0, 0, "",
                            "column of the expected mean contribution of the others [tokens]"},
            Parameter<Self>{"schedule", &Self::schedule, 0, 0, "",
                            "columns of the schedule: this text followed by 0, 1, ..., S"},
        };
    }

    /// Reads the file. Throws IoError when it cannot be read; ConfigError for a missing column, a value that is no
    /// number in [0, S] (file:line), or a schedule whose length does not fit the endowment.
    std::shared_ptr<const SubjectSource> source_for(const SubjectNeeds& needs, const std::string& where) const;
};

}  // namespace commonweal::models
