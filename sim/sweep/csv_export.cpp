#include "sim/sweep/csv_export.hpp"

#include <fmt/compile.h>
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <optional>

#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/record/csv_file.hpp"
#include "sim/record/durable.hpp"
#include "sim/record/results_file.hpp"
#include "sim/sweep/shard_index.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

constexpr const char* text_type = "text";

std::string_view name_of(Number type) {
    switch (type) {
        case Number::int8:
            return "int8";
        case Number::int32:
            return "int32";
        case Number::float32:
            return "float32";
        case Number::float64:
            return "float64";
    }
    return "";
}

std::string_view type_of(Varying::Kind kind) {
    if (kind == Varying::Kind::text) return text_type;
    return name_of(kind == Varying::Kind::whole ? Number::int32 : Number::float64);
}

/// What is told of each column of the files.
struct Described {
    std::string name;
    std::string_view type;
    std::string unit, meaning;
};

Described described(const Column& column) { return {column.name, name_of(column.type), column.unit, column.long_name}; }

Described described(const Coordinate& axis) {
    const bool texts = !axis.texts.empty();
    return {axis.name, texts ? text_type : name_of(Number::int32), texts ? "" : "1", axis.long_name};
}

const Described run_column{"run", name_of(Number::int32), "1", "number of the run in the design"};

/// Columns of runs.csv that tell runs apart and how they ended.
std::vector<Described> labels_of(const std::vector<Varying>& varying) {
    std::vector<Described> all{run_column, {"point", name_of(Number::int32), "1", "design point of the run"}};
    for (const Varying& what : varying)
        all.push_back(
            {what.name, type_of(what.kind), what.kind == Varying::Kind::text ? "" : what.unit, what.long_name});
    all.push_back({"instance", name_of(Number::int32), "1", "network instance of the run"});
    all.push_back({"replicate", name_of(Number::int32), "1", "replicate of the run"});
    all.push_back({"status", text_type, "", "how the run ended: done, failed"});
    all.push_back({"message", text_type, "", "why the run failed"});
    return all;
}

std::string joined_with(std::string_view separator, const std::vector<std::string>& names) {
    return fmt::format("{}", fmt::join(names, separator));
}

/// The values of an axis as fields, each with the comma before it.
std::vector<std::string> fields_of(const Coordinate& axis) {
    std::vector<std::string> fields;
    fields.reserve(axis.size());
    for (std::uint64_t i = 0; i < axis.size(); ++i) {
        fmt::memory_buffer field;
        field.push_back(',');
        if (axis.texts.empty())
            fmt::format_to(std::back_inserter(field), "{}", axis.first + static_cast<std::int32_t>(i) * axis.step);
        else
            add_field(field, axis.texts[i]);
        fields.push_back(fmt::to_string(field));
    }
    return fields;
}

void add(fmt::memory_buffer& line, std::string_view text) { line.append(text.data(), text.data() + text.size()); }

void add_whole(fmt::memory_buffer& line, std::int64_t number) {
    fmt::format_to(std::back_inserter(line), FMT_COMPILE("{}"), number);
}

/// Places on a number of axes: calls visit(indices, cell) for each combination, the last axis fastest; `cell` is the
/// place in an array of these sizes.
template <class Visit>
void each_cell(const std::vector<std::vector<std::uint32_t>>& places, const std::vector<std::uint64_t>& sizes,
               const Visit& visit) {
    if (std::ranges::any_of(places, [](const auto& own) { return own.empty(); })) return;
    std::vector<std::size_t> turn(places.size(), 0);
    std::vector<std::uint32_t> indices(places.size());
    while (true) {
        std::uint64_t cell = 0;
        for (std::size_t axis = 0; axis < places.size(); ++axis) {
            indices[axis] = places[axis][turn[axis]];
            cell = cell * sizes[axis] + indices[axis];
        }
        visit(indices, cell);
        std::size_t axis = places.size();
        while (axis > 0 && ++turn[axis - 1] == places[axis - 1].size()) turn[--axis] = 0;
        if (axis == 0) return;
    }
}

bool has_column(const RunSchema& schema, const std::string& name) {
    return std::ranges::find(schema.columns, name, &Column::name) != schema.columns.end() ||
           std::ranges::any_of(schema.constants, [&](const Constant& fixed) { return fixed.column.name == name; });
}

/// One file of columns with the same axes.
struct Table {
    std::string name;
    std::vector<std::string> axes;
    std::vector<std::size_t> columns;  ///< of the schema; of constants_*.csv its constants
    std::unique_ptr<CsvFile> file;

    /// [source]: places on every axis that runs of this schema have; nothing when they have no such column.
    std::vector<std::optional<std::vector<std::vector<std::uint32_t>>>> places;
    std::vector<bool> known;                    ///< [source]: `places` is filled in
    std::vector<std::vector<std::byte>> cells;  ///< [column], of one run
};

class CsvExport {
public:
    CsvExport(const Store& store, ShardIndex& index, const CsvExportOptions& options)
        : design_(store.design()),
          index_(index),
          options_(options),
          schema_(index.schemas().joined()),
          varying_(design_.varying()),
          labels_(labels_of(varying_)) {
        check_columns();
        choose_tables();
        for (const Coordinate& axis : schema_.coordinates) fields_.push_back(fields_of(axis));
    }

    void write(const std::vector<std::uint32_t>& runs) {
        create();
        for (const std::uint32_t run : runs) add_run(run);
        for (Table& table : constants_) write_constants(table);
        write_dictionary();
        for (const auto& file : files()) file->close();
        for (const auto& file : files()) file->publish();
    }

private:
    bool wanted(const std::string& column) const {
        return options_.columns.empty() || std::ranges::find(options_.columns, column) != options_.columns.end();
    }

    void check_columns() const {
        std::vector<std::string> known;
        for (const Column& column : schema_.columns) known.push_back(column.name);
        for (const Constant& constant : schema_.constants) known.push_back(constant.column.name);
        const std::string all = joined_with(", ", known);
        for (const Described& label : labels_) known.push_back(label.name);
        for (const auto& name : options_.columns)
            if (std::ranges::find(known, name) == known.end())
                throw UsageError(
                    fmt::format("there is no column '{}'{}; columns: {}", name, did_you_mean(name, known), all));
    }

    static void put(std::vector<Table>& tables, const std::string& before, const Column& column, std::size_t at) {
        auto table = std::ranges::find(tables, column.axes, &Table::axes);
        if (table == tables.end()) {
            tables.emplace_back();
            table = std::prev(tables.end());
            table->name = before + joined_with("_", column.axes) + ".csv";
            table->axes = column.axes;
        }
        table->columns.push_back(at);
    }

    void choose_tables() {
        tables_.emplace_back();  // the runs themselves, which have no further axes
        tables_.front().name = "runs.csv";
        for (std::size_t i = 0; i < schema_.columns.size(); ++i)
            if (wanted(schema_.columns[i].name)) put(tables_, "", schema_.columns[i], i);
        for (std::size_t i = 0; i < schema_.constants.size(); ++i)
            if (wanted(schema_.constants[i].column.name)) put(constants_, "constants_", schema_.constants[i].column, i);
        for (Table& table : tables_)
            for (const std::size_t column : table.columns)
                table.cells.emplace_back(schema_.cells(schema_.columns[column]) *
                                         bytes_of(schema_.columns[column].type));
    }

    std::vector<CsvFile*> files() const {
        std::vector<CsvFile*> all;
        for (const Table& table : tables_) all.push_back(table.file.get());
        for (const Table& table : constants_) all.push_back(table.file.get());
        all.push_back(dictionary_.get());  // comes last: where it is, the files are
        return all;
    }

    std::unique_ptr<CsvFile> create(const std::string& name) const {
        return std::make_unique<CsvFile>(options_.folder / name);
    }

    void check_absent(const std::string& name) const { check_replaceable(options_.folder / name, options_.force); }

    void create() {
        for (const Table& table : tables_) check_absent(table.name);
        for (const Table& table : constants_) check_absent(table.name);
        check_absent(dictionary_name);
        std::error_code failure;
        fs::create_directories(options_.folder, failure);
        if (failure) throw IoError(options_.folder.string(), "cannot be made: " + failure.message());
        for (Table& table : tables_) {
            table.file = create(table.name);
            write_header(table, described_columns(table));
        }
        for (Table& table : constants_) {
            table.file = create(table.name);
            write_header(table, described_constants(table));
        }
        dictionary_ = create(dictionary_name);
    }

    std::vector<Described> described_axes(const Table& table) const {
        std::vector<Described> all;
        for (const auto& axis : table.axes) all.push_back(described(schema_.coordinate(axis)));
        return all;
    }

    std::vector<Described> described_columns(const Table& table) const {
        std::vector<Described> all = labels_;
        if (!table.axes.empty()) {
            all = described_axes(table);
            all.insert(all.begin(), run_column);
        }
        for (const std::size_t column : table.columns) all.push_back(described(schema_.columns[column]));
        return all;
    }

    std::vector<Described> described_constants(const Table& table) const {
        std::vector<Described> all = described_axes(table);
        for (const std::size_t constant : table.columns) all.push_back(described(schema_.constants[constant].column));
        return all;
    }

    static void write_header(Table& table, const std::vector<Described>& columns) {
        fmt::memory_buffer& line = table.file->line();
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i) line.push_back(',');
            add_field(line, columns[i].name);
        }
        table.file->end_row();
    }

    void write_dictionary() {
        fmt::memory_buffer& line = dictionary_->line();
        add(line, "file,column,type,unit,meaning");
        dictionary_->end_row();
        const auto tell = [&](const Table& table, const std::vector<Described>& columns) {
            for (const Described& column : columns) {
                add_field(line, table.name);
                for (const std::string_view text : {std::string_view(column.name), column.type,
                                                    std::string_view(column.unit), std::string_view(column.meaning)}) {
                    line.push_back(',');
                    add_field(line, text);
                }
                dictionary_->end_row();
            }
        };
        for (const Table& table : tables_) tell(table, described_columns(table));
        for (const Table& table : constants_) tell(table, described_constants(table));
    }

    void add_run(std::uint32_t run) {
        Table& runs = tables_.front();
        fmt::memory_buffer& line = runs.file->line();
        const RunId id = design_.id(run);
        const bool done = index_.state(run) == RunState::done;
        add_whole(line, run);
        line.push_back(',');
        add_whole(line, design_.point_of(id.cell));
        add(line, values_of(id.cell));
        line.push_back(',');
        add_whole(line, id.instance);
        line.push_back(',');
        add_whole(line, id.replicate);
        add(line, done ? ",done," : ",failed,");
        if (!done) {
            add_field(line, index_.message(run));
            for (std::size_t i = 0; i < runs.columns.size(); ++i) line.push_back(',');
            runs.file->end_row();
            return;
        }
        const auto place = *index_.place(run);
        const ShardTable& values = index_.table(place);
        const std::size_t source = index_.source(place);
        for (Table& table : tables_) {
            if (!gather(table, source, values.rows, place.row)) continue;
            if (table.axes.empty()) {
                add_cells(table, line, 0);
                table.file->end_row();
            } else {
                add_rows(table, run, *table.places[source]);
            }
        }
    }

    /// Fetches the values of one run; false when it has no such column and no row of the table.
    bool gather(Table& table, std::size_t source, const RunRows& rows, std::size_t row) {
        if (!table.axes.empty() && !places_of(table, source, rows.schema())) return false;
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Number type = schema_.columns[table.columns[i]].type;
            fill_missing(type, table.cells[i].data(), table.cells[i].size() / bytes_of(type));
            index_.schemas().place(source, rows, row, table.columns[i], table.cells[i].data());
        }
        return true;
    }

    bool places_of(Table& table, std::size_t source, const RunSchema& schema) const {
        if (source >= table.known.size()) {
            table.known.resize(source + 1, false);
            table.places.resize(source + 1);
        }
        if (table.known[source]) return table.places[source].has_value();
        table.known[source] = true;
        const auto in_source = [&](std::size_t column) { return has_column(schema, schema_.columns[column].name); };
        if (std::ranges::none_of(table.columns, in_source)) return false;
        std::vector<std::vector<std::uint32_t>> all;
        for (const auto& axis : table.axes) {
            all.push_back(places(schema.coordinate(axis), schema_.coordinate(axis)));
            std::ranges::sort(all.back());
        }
        table.places[source] = std::move(all);
        return true;
    }

    void add_cells(const Table& table, fmt::memory_buffer& line, std::uint64_t cell) const {
        for (std::size_t i = 0; i < table.columns.size(); ++i) {
            const Number type = schema_.columns[table.columns[i]].type;
            line.push_back(',');
            add_field(line, type, table.cells[i].data() + cell * bytes_of(type));
        }
    }

    std::vector<std::uint64_t> sizes_of(const Table& table) const {
        std::vector<std::uint64_t> sizes;
        for (const auto& axis : table.axes) sizes.push_back(schema_.coordinate(axis).size());
        return sizes;
    }

    /// [axis of the table]: its values as fields.
    std::vector<const std::vector<std::string>*> fields_of_axes(const Table& table) const {
        std::vector<const std::vector<std::string>*> all;
        for (const auto& axis : table.axes)
            all.push_back(&fields_[static_cast<std::size_t>(&schema_.coordinate(axis) - schema_.coordinates.data())]);
        return all;
    }

    void add_rows(Table& table, std::uint32_t run, const std::vector<std::vector<std::uint32_t>>& where) {
        fmt::memory_buffer& line = table.file->line();
        const auto fields = fields_of_axes(table);
        each_cell(where, sizes_of(table), [&](const std::vector<std::uint32_t>& indices, std::uint64_t cell) {
            add_whole(line, run);
            for (std::size_t axis = 0; axis < fields.size(); ++axis) add(line, (*fields[axis])[indices[axis]]);
            add_cells(table, line, cell);
            table.file->end_row();
        });
    }

    void write_constants(Table& table) {
        fmt::memory_buffer& line = table.file->line();
        const auto fields = fields_of_axes(table);
        std::vector<std::vector<std::uint32_t>> all;
        for (const std::uint64_t size : sizes_of(table)) {
            all.emplace_back(size);
            for (std::uint32_t i = 0; i < size; ++i) all.back()[i] = i;
        }
        each_cell(all, sizes_of(table), [&](const std::vector<std::uint32_t>& indices, std::uint64_t cell) {
            add(line, std::string_view((*fields[0])[indices[0]]).substr(1));
            for (std::size_t axis = 1; axis < fields.size(); ++axis) add(line, (*fields[axis])[indices[axis]]);
            for (const std::size_t constant : table.columns) {
                line.push_back(',');
                add_whole(line, schema_.constants[constant].values[cell]);
            }
            table.file->end_row();
        });
    }

    /// What varies, of one cell, as fields with a comma before each. Runs of a cell mostly follow each other.
    const std::string& values_of(std::uint32_t cell) {
        if (cell_ == cell) return cell_values_;
        cell_ = cell;
        Ledger ledger(varying_.size());
        design_.add_values(cell, ledger);
        fmt::memory_buffer line;
        for (std::size_t i = 0; i < varying_.size(); ++i) {
            line.push_back(',');
            if (varying_[i].kind == Varying::Kind::text)
                add_field(line, ledger.texts[i].front());
            else if (varying_[i].kind == Varying::Kind::whole)
                add_whole(line, static_cast<std::int64_t>(ledger.numbers[i].front()));
            else
                fmt::format_to(std::back_inserter(line), FMT_COMPILE("{}"), ledger.numbers[i].front());
        }
        cell_values_ = fmt::to_string(line);
        return cell_values_;
    }

    static constexpr const char* dictionary_name = "data_dictionary.csv";

    const Design& design_;
    ShardIndex& index_;
    const CsvExportOptions& options_;
    const RunSchema& schema_;
    std::vector<Varying> varying_;
    std::vector<Described> labels_;
    std::vector<Table> tables_;     ///< the first one is runs.csv
    std::vector<Table> constants_;  ///< what is the same in all runs
    std::unique_ptr<CsvFile> dictionary_;
    std::vector<std::vector<std::string>> fields_;  ///< [coordinate]
    std::optional<std::uint32_t> cell_;
    std::string cell_values_;
};

}  // namespace

MergeReport export_csv(const Store& store, const CsvExportOptions& options) {
    MergeReport report;
    const auto entries = store.entries();
    if (!check_shards(store, entries, report)) return report;
    ShardIndex index(store, entries);
    const auto runs = present_runs(store, index, report);
    if (!report.contradicting.empty()) return report;
    CsvExport(store, index, options).write(runs);
    report.written = true;
    return report;
}

}  // namespace commonweal
