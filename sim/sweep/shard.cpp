#include "sim/sweep/shard.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "sim/core/digest.hpp"
#include "sim/core/error.hpp"
#include "sim/record/hdf5_file.hpp"
#include "sim/record/hdf5_reader.hpp"

namespace commonweal {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::size_t digest_size = 32;

Json json_of(const Column& column) {
    return {{"name", column.name},
            {"type", static_cast<int>(column.type)},
            {"axes", column.axes},
            {"unit", column.unit},
            {"long_name", column.long_name}};
}

Column column_of(const Json& json) {
    return {json.at("name"), static_cast<Number>(json.at("type").get<int>()), json.at("axes"), json.at("unit"),
            json.at("long_name")};
}

/// All of a schema but the values of constants, which are arrays of their own.
std::string text_of(const RunSchema& schema) {
    Json json{{"coordinates", Json::array()}, {"columns", Json::array()}, {"constants", Json::array()}};
    for (const Coordinate& axis : schema.coordinates)
        json["coordinates"].push_back({{"name", axis.name},
                                       {"long_name", axis.long_name},
                                       {"first", axis.first},
                                       {"step", axis.step},
                                       {"count", axis.count},
                                       {"texts", axis.texts}});
    for (const Column& column : schema.columns) json["columns"].push_back(json_of(column));
    for (const Constant& constant : schema.constants) json["constants"].push_back(json_of(constant.column));
    json["attributes"] = schema.attributes;
    json["provenance"] = schema.provenance;
    return json.dump();
}

RunSchema schema_of(const std::string& text) {
    const Json json = Json::parse(text);
    RunSchema schema;
    for (const Json& axis : json.at("coordinates"))
        schema.coordinates.push_back({axis.at("name"), axis.at("long_name"), axis.at("first"), axis.at("step"),
                                      axis.at("count"), axis.at("texts")});
    for (const Json& column : json.at("columns")) schema.columns.push_back(column_of(column));
    for (const Json& constant : json.at("constants")) schema.constants.push_back({column_of(constant), {}});
    schema.attributes = json.at("attributes").get<std::vector<Label>>();
    schema.provenance = json.at("provenance").get<std::vector<Label>>();
    return schema;
}

/// Batches of one schema, which are written as one table.
struct Table {
    std::string name;
    std::vector<const RunBatch*> batches;
    std::uint64_t rows = 0;

    const RunSchema& schema() const { return batches.front()->rows.schema(); }
};

std::vector<Table> tables_of(const std::vector<RunBatch>& batches) {
    std::vector<Table> tables;
    for (const RunBatch& batch : batches) {
        auto table = std::ranges::find_if(tables, [&](const Table& known) {
            return known.batches.front()->rows.shared_schema() == batch.rows.shared_schema() ||
                   known.schema() == batch.rows.schema();
        });
        if (table == tables.end()) table = tables.insert(tables.end(), {fmt::format("t{}", tables.size()), {}, 0});
        table->batches.push_back(&batch);
        table->rows += batch.runs.size();
    }
    return tables;
}

class TableWriter {
public:
    TableWriter(Hdf5File& file, const Table& table) : file_(file), table_(table) {}

    void write() {
        file_.group(table_.name);
        file_.attribute(table_.name, "schema", text_of(table_.schema()));
        file_.attribute(table_.name, "rows", static_cast<std::int32_t>(table_.rows));
        numbers();
        networks();
        columns();
        for (const Constant& constant : table_.schema().constants)
            if (!constant.values.empty()) {
                const std::string name = variable("c", constant.column.name, Number::int32, {constant.values.size()});
                file_.write(name, 0, constant.values.size(), Number::int32, constant.values.data());
            }
    }

private:
    /// A variable of this table. Its axes have no names: only we read it.
    std::string variable(const std::string& kind, const std::string& name, Number type,
                         const std::vector<std::uint64_t>& shape) {
        const std::string full = fmt::format("{}/{}_{}", table_.name, kind, name);
        std::vector<Hdf5File::Axis> axes;
        for (const std::uint64_t size : shape) axes.push_back({"", size});
        file_.variable(full, type, axes, "", "");
        return full;
    }

    void numbers() {
        std::vector<std::int32_t> runs;
        std::string digests;
        for (const RunBatch* batch : table_.batches) {
            runs.insert(runs.end(), batch->runs.begin(), batch->runs.end());
            for (std::size_t row = 0; row < batch->runs.size(); ++row) digests += batch->rows.digest(row);
        }
        file_.write(variable("run", "number", Number::int32, {runs.size()}), 0, runs.size(), Number::int32,
                    runs.data());
        file_.write(variable("run", "digest", Number::int8, {runs.size(), digest_size}), 0, runs.size(), Number::int8,
                    digests.data());
    }

    void networks() {
        std::vector<std::string> names;
        std::vector<std::int32_t> of_runs;
        for (const RunBatch* batch : table_.batches) {
            const auto known = std::ranges::find(names, batch->network);
            const auto at = static_cast<std::int32_t>(known - names.begin());
            if (known == names.end()) names.push_back(batch->network);
            of_runs.insert(of_runs.end(), batch->runs.size(), at);
        }
        file_.write(variable("run", "network", Number::int32, {of_runs.size()}), 0, of_runs.size(), Number::int32,
                    of_runs.data());
        file_.texts(table_.name + "/networks", {{"", names.size()}}, "");
        file_.write(table_.name + "/networks", 0, names);
    }

    void columns() {
        const RunSchema& schema = table_.schema();
        for (std::size_t i = 0; i < schema.columns.size(); ++i) {
            const Column& column = schema.columns[i];
            const std::uint64_t cells = schema.cells(column);
            if (cells == 0) continue;
            const std::string name = variable("v", column.name, column.type, {table_.rows, cells});
            std::vector<std::byte> values;  // one write for the whole shard
            values.reserve(table_.rows * cells * bytes_of(column.type));
            for (const RunBatch* batch : table_.batches)
                values.insert(values.end(), batch->rows.column(i),
                              batch->rows.column(i) + batch->rows.rows() * batch->rows.stride(i));
            file_.write(name, 0, table_.rows, column.type, values.data());
        }
    }

    Hdf5File& file_;
    const Table& table_;
};

ShardTable read_table(const Hdf5Reader& file, const std::string& name) {
    auto schema = std::make_shared<RunSchema>(schema_of(file.text(name, "schema")));
    const auto count = static_cast<std::size_t>(file.number(name, "rows"));
    for (Constant& constant : schema->constants) {
        const std::string values = fmt::format("{}/c_{}", name, constant.column.name);
        if (file.has(values)) constant.values = file.whole_numbers(values);
    }
    ShardTable table{{}, {}, {}, RunRows(schema, count)};
    for (const std::int32_t run : file.whole_numbers(name + "/run_number"))
        table.runs.push_back(static_cast<std::uint32_t>(run));
    std::string digests(count * digest_size, ' ');
    file.read(name + "/run_digest", 0, count, Number::int8, digests.data());
    const auto networks = file.texts(name + "/networks");
    for (const std::int32_t network : file.whole_numbers(name + "/run_network"))
        table.networks.push_back(networks.at(static_cast<std::size_t>(network)));
    for (std::size_t row = 0; row < count; ++row)
        table.digests.push_back(digests.substr(row * digest_size, digest_size));
    for (std::size_t i = 0; i < schema->columns.size(); ++i)
        if (table.rows.stride(i))
            file.read(fmt::format("{}/v_{}", name, schema->columns[i].name), 0, count, schema->columns[i].type,
                      table.rows.column(i));
    return table;
}

}  // namespace

void ShardWriter::add(RunBatch batch) {
    bytes_ += batch.rows.bytes() + batch.runs.size() * (digest_size + 8);
    batches_.push_back(std::move(batch));
}

std::vector<std::uint32_t> ShardWriter::done() const {
    std::vector<std::uint32_t> runs;
    for (const RunBatch& batch : batches_) runs.insert(runs.end(), batch.runs.begin(), batch.runs.end());
    return runs;
}

std::vector<std::uint32_t> ShardWriter::failed() const {
    std::vector<std::uint32_t> runs;
    for (const FailedRun& failed : failed_) runs.push_back(failed.run);
    return runs;
}

std::string ShardWriter::write(const std::filesystem::path& path, std::uint32_t generation) const {
    Hdf5File file(path, Hdf5File::Layout::plain);
    file.attribute("", "format", "commonweal-shard");
    file.attribute("", "format_version", std::int32_t{1});
    file.attribute("", "generation", static_cast<std::int32_t>(generation));
    const auto tables = tables_of(batches_);
    file.attribute("", "tables", static_cast<std::int32_t>(tables.size()));
    for (const Table& table : tables) TableWriter(file, table).write();
    std::vector<std::int32_t> runs;
    std::vector<std::string> messages;
    for (const FailedRun& failed : failed_) {
        runs.push_back(static_cast<std::int32_t>(failed.run));
        messages.push_back(failed.message);
    }
    file.variable("failed", Number::int32, {{"", runs.size()}}, "", "");
    file.write("failed", 0, runs.size(), Number::int32, runs.data());
    file.texts("messages", {{"", messages.size()}}, "");
    file.write("messages", 0, messages);
    file.finish();
    return digest_of_file(path);
}

std::uint64_t Shard::bytes() const noexcept {
    std::uint64_t all = 0;
    for (const ShardTable& table : tables) all += table.rows.bytes() + table.runs.size() * 100;
    return all;
}

Shard read_shard(const std::filesystem::path& path) {
    const Hdf5Reader file(path);
    if (file.text("", "format") != "commonweal-shard") throw IoError(path.string(), "is no shard");
    Shard shard;
    shard.generation = static_cast<std::uint32_t>(file.number("", "generation"));
    try {
        for (std::int32_t i = 0; i < file.number("", "tables"); ++i)
            shard.tables.push_back(read_table(file, fmt::format("t{}", i)));
    } catch (const nlohmann::json::exception& error) {
        throw IoError(path.string(), std::string("is damaged: ") + error.what());
    } catch (const std::out_of_range& error) {
        throw IoError(path.string(), std::string("is damaged: ") + error.what());
    }
    const auto messages = file.texts("messages");
    const auto runs = file.whole_numbers("failed");
    if (runs.size() != messages.size()) throw IoError(path.string(), "is damaged: failures without messages");
    for (std::size_t i = 0; i < runs.size(); ++i)
        shard.failed.push_back({static_cast<std::uint32_t>(runs[i]), messages[i]});
    return shard;
}

}  // namespace commonweal
