#pragma once

#include <filesystem>
#include <vector>

#include "sim/scenario/document.hpp"
#include "sim/scenario/scenario.hpp"
#include "sim/scenario/section.hpp"

namespace commonweal {

/// Makes a Scenario of a document and a catalog, table by table, and remembers the checked tables for the resolved
/// text.
class Builder {
public:
    /// Relative paths of the file start at `folder`, those of the command line at `here`.
    Builder(Document document, std::filesystem::path folder, std::filesystem::path here, const Catalog& catalog)
        : document_(std::move(document)), folder_(std::move(folder)), here_(std::move(here)), catalog_(catalog) {}

    /// Throws ConfigError for anything that is not exactly right.
    Scenario build();

private:
    template <class Section>
    Section section(const std::string& path) {
        checked_.push_back(checked_table(document_, path, parameter_infos<Section>()));
        return section_of<Section>(checked_.back());
    }

    /// The table of a model, with the keys of its section; `entries`: all models that could stand there.
    template <class Section, class Entries>
    CheckedTable& checked_model(const std::string& path, const ModelInfo& info, const Entries& entries);

    void choose_play(Scenario& scenario);
    void build_network(Scenario& scenario);
    void build_update(Scenario& scenario);
    void build_policies(Scenario& scenario);
    void drop_unused(const Scenario& scenario);
    void build_sanction(Scenario& scenario);
    void check_unused_sanction() const;
    void refuse_type_without_model(const Table& table) const;
    void build_types(Scenario& scenario);
    void build_seeds(Scenario& scenario);
    void build_subjects(Scenario& scenario);
    const SubjectEntry& subject_entry() const;
    void resolve_file(CheckedTable& table, std::string_view key);

    Document document_;
    std::filesystem::path folder_, here_;
    std::vector<std::filesystem::path> inputs_;  ///< data files that models read
    const Catalog& catalog_;
    std::vector<CheckedTable> checked_;
};

}  // namespace commonweal
