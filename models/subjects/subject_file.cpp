#include "models/subjects/subject_file.hpp"

#include <fmt/format.h>

#include <map>

#include "sim/core/csv.hpp"
#include "sim/core/elementary.hpp"

namespace commonweal::models {

namespace {

class FileSource final : public SubjectSource {
public:
    FileSource(std::string file, std::shared_ptr<const SubjectPool> pool)
        : file_(std::move(file)), pool_(std::move(pool)) {}

    std::string origin() const override { return fmt::format("data file {} ({} subjects)", file_, pool_->size()); }
    bool has_rows() const noexcept override { return true; }

    SubjectDraw draw(const Randomness& randomness, std::uint32_t instance, std::span<const std::uint32_t> replicates,
                     AgentId agents) const override {
        SubjectDraw drawn{pool_, std::vector<std::uint32_t>(std::size_t{agents} * replicates.size())};
        const auto people = static_cast<std::uint32_t>(pool_->size());
        for (std::size_t lane = 0; lane < replicates.size(); ++lane) {
            const DrawKey key{.stream = Stream::subject, .instance = instance, .replicate = replicates[lane]};
            for (AgentId quad = 0; quad < (agents + 3) / 4; ++quad) {
                const Words words = randomness.words(key, quad);
                for (AgentId agent = quad * 4; agent < std::min(agents, quad * 4 + 4); ++agent)
                    drawn.person[std::size_t{agent} * replicates.size() + lane] = below_of(words[agent % 4], people);
            }
        }
        return drawn;
    }

private:
    std::string file_;
    std::shared_ptr<const SubjectPool> pool_;
};

/// How many columns prefix0, prefix1, ... there are without a gap.
std::uint32_t schedule_columns(const CsvTable& table, const std::string& prefix) {
    std::uint32_t count = 0;
    while (table.has(prefix + std::to_string(count))) ++count;
    return count;
}

/// The row of each subject's first round, subjects in the order in which the file first names them.
std::vector<std::size_t> first_rows(const CsvTable& table, std::size_t subject, std::size_t round) {
    std::map<std::string, std::size_t> place;
    std::vector<std::size_t> rows;
    std::vector<double> earliest;
    for (std::size_t row = 0; row < table.rows(); ++row) {
        const double when = table.number(row, round, -1e15, 1e15);
        const auto [found, fresh] = place.try_emplace(table.text(row, subject), rows.size());
        if (fresh) {
            rows.push_back(row);
            earliest.push_back(when);
        } else if (when < earliest[found->second]) {
            rows[found->second] = row;
            earliest[found->second] = when;
        }
    }
    return rows;
}

}  // namespace

std::shared_ptr<const SubjectSource> SubjectFile::source_for(const SubjectNeeds& needs,
                                                             const std::string& where) const {
    if (file.empty()) throw ConfigError(where, "file is missing; it must be the path of a CSV file of subjects");
    const CsvTable table(file);
    const std::size_t id = table.column(subject), when = table.column(round);
    const std::size_t gift = table.column(contribution), guess = table.column(belief);
    const std::uint32_t entries = schedule_columns(table, schedule);
    if (entries < 2) (void)table.column(schedule + std::to_string(entries));
    if (entries != needs.tokens + 1)
        throw ConfigError(
            file, fmt::format("the schedule has the columns {0}0 to {0}{1}, so game.endowment must be {1}; it is {2}",
                              schedule, entries - 1, needs.tokens));
    const std::size_t first_entry = table.column(schedule + "0");
    std::vector<std::size_t> columns;
    for (std::uint32_t k = 0; k < entries; ++k)
        columns.push_back(k ? table.column(schedule + std::to_string(k)) : first_entry);
    auto pool = std::make_shared<SubjectPool>();
    pool->steps = needs.tokens;
    const double top = needs.tokens;
    for (const std::size_t row : first_rows(table, id, when)) {
        pool->first_contribution.push_back(static_cast<float>(table.number(row, gift, 0, top)));
        pool->first_belief.push_back(static_cast<float>(table.number(row, guess, 0, top)));
        for (const std::size_t column : columns)
            pool->schedule.push_back(static_cast<float>(table.number(row, column, 0, top)));
    }
    if (pool->size() == 0) throw ConfigError(file, "the file has a header but no subjects");
    return std::make_shared<FileSource>(file, std::move(pool));
}

}  // namespace commonweal::models
