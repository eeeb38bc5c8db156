#include "sim/network/agent_table.hpp"

#include <fmt/format.h>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/network/column_keys.hpp"
#include "sim/network/organization.hpp"

namespace commonweal {

namespace {

/// Which columns hold only numbers. An empty field tells nothing, unless the whole column is empty.
std::vector<bool> number_columns(const std::filesystem::path& file) {
    RowReader rows(file);
    std::vector<bool> numbers(rows.header().size(), true), seen(rows.header().size(), false);
    double ignored = 0;
    while (rows.next())
        for (std::size_t column = 0; column < numbers.size(); ++column) {
            if (rows[column].empty()) continue;
            seen[column] = true;
            if (numbers[column] && !is_number(rows[column], ignored)) numbers[column] = false;
        }
    for (std::size_t column = 0; column < numbers.size(); ++column) numbers[column] = numbers[column] && seen[column];
    return numbers;
}

/// One column under construction.
struct Building {
    std::string name;
    std::size_t column;
    bool number;
    std::string_view rule;  ///< what a number must be
    NumberColumn values = {};
    TextColumnBuilder texts = {};

    void add(const RowReader& rows, std::string_view agent) {
        const std::string_view field = rows[column];
        if (!number) return texts.add(field);
        if (field.empty())
            throw ConfigError(rows.where(), fmt::format("{} of agent '{}' is empty; {}", name, agent, rule));
        is_number(field, values.emplace_back());
    }

    Attribute finish(const std::shared_ptr<const AgentPlaces>& places) {
        if (number) return {name, std::move(values), places};
        return {name, texts.finish(), places};
    }
};

std::vector<Building> columns_of(const RowReader& rows, std::size_t id, const std::vector<bool>& numbers) {
    constexpr std::string_view any_number =
        "a column of numbers needs one for every agent (a word such as 'unknown' makes it a column of texts)";
    std::vector<Building> columns;
    for (std::size_t column = 0; column < rows.header().size(); ++column) {
        const std::string& name = rows.header()[column];
        const bool level = name == "level" && rows.has("organization");
        if (column != id) columns.push_back({name, column, numbers[column], level ? level_rule : any_number});
    }
    return columns;
}

/// The order in which a table's rows go to agents given in another order: [agent] is the row.
std::vector<AgentId> rows_of(const AgentLabels& wanted, const AgentLabels& there, const std::filesystem::path& file) {
    std::vector<AgentId> rows(wanted.size());
    for (AgentId agent = 0; agent < wanted.size(); ++agent) {
        const auto row = there.find(wanted[agent]);
        if (!row)
            throw ConfigError(file.string(),
                              fmt::format("agent '{}' has no row; the network has that agent", wanted[agent]));
        rows[agent] = *row;
    }
    return rows;
}

Attribute reordered(const Attribute& attribute, const std::vector<AgentId>& rows,
                    const std::shared_ptr<const AgentPlaces>& places) {
    if (const auto* numbers = std::get_if<NumberColumn>(&attribute.values)) {
        NumberColumn values;
        for (const AgentId row : rows) values.push_back((*numbers)[row]);
        return {attribute.name, std::move(values), places};
    }
    const auto& column = std::get<TextColumn>(attribute.values);
    TextColumnBuilder texts;
    for (const AgentId row : rows) texts.add(column.texts[column.code[row]]);
    return {attribute.name, texts.finish(), places};
}

void check_known(const AgentLabels& labels, const std::filesystem::path& file, const std::string& id) {
    RowReader rows(file);
    const std::size_t column = columns_of(rows, {{"id", id}}).front();
    while (rows.next())
        if (!labels.find(rows[column])) {
            std::vector<std::string> names;
            for (AgentId agent = 0; agent < std::min<AgentId>(labels.size(), 1000); ++agent)
                names.emplace_back(labels[agent]);
            throw ConfigError(rows.where(), fmt::format("the network has no agent '{}'{}", rows[column],
                                                        did_you_mean(rows[column], names)));
        }
}

}  // namespace

AgentTable read_agent_table(const std::filesystem::path& file, const std::string& id) {
    const auto numbers = number_columns(file);
    RowReader rows(file);
    const std::size_t id_column = columns_of(rows, {{"id", id}}).front();
    auto columns = columns_of(rows, id_column, numbers);
    AgentTable table{std::make_shared<AgentLabels>(), {}};
    const auto places = std::make_shared<AgentPlaces>();
    places->file = rows.file();
    while (rows.next()) {
        const std::string_view name = rows[id_column];
        if (name.empty()) throw ConfigError(rows.where(), fmt::format("{} is empty; every agent needs a name", id));
        const AgentId before = table.labels->size();
        if (const AgentId agent = table.labels->find_or_add(name); agent < before)
            throw ConfigError(rows.where(), fmt::format("agent '{}' has a second row; the first is line {}", name,
                                                        places->line[agent]));
        places->line.push_back(rows.line());
        for (Building& column : columns) column.add(rows, name);
    }
    if (table.labels->size() == 0) throw ConfigError(rows.file(), "the file has a header but no agents");
    for (Building& column : columns) table.attributes.add(column.finish(places));
    return table;
}

Attributes read_attributes_of(const AgentLabels& labels, const std::filesystem::path& file, const std::string& id) {
    check_known(labels, file, id);
    const AgentTable table = read_agent_table(file, id);
    const auto rows = rows_of(labels, *table.labels, file);
    if (table.attributes.columns().empty()) return {};
    const auto places = std::make_shared<AgentPlaces>();
    const AgentPlaces& read = *table.attributes.columns().front().places;
    places->file = read.file;
    for (const AgentId row : rows) places->line.push_back(read.line[row]);
    Attributes attributes;
    for (const Attribute& attribute : table.attributes.columns()) attributes.add(reordered(attribute, rows, places));
    return attributes;
}

}  // namespace commonweal
