#include "models/catalog.hpp"
#include "models/subjects/subject_file.hpp"
#include "models/subjects/synthetic_subjects.hpp"
#include "sim/model/entry.hpp"

namespace commonweal::models {

std::span<const SubjectEntry> subjects() {
    static const std::array catalog{
        subject_entry<SyntheticSubjects>(),
        subject_entry<SubjectFile>(),
    };
    return catalog;
}

}  // namespace commonweal::models
