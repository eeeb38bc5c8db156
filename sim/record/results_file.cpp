#include "sim/record/results_file.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace commonweal {

namespace {

constexpr std::array<std::int8_t, 2> states{0, 1};
constexpr std::uint64_t window_bytes = 4 << 20;

Number stored_as(Varying::Kind kind) { return kind == Varying::Kind::whole ? Number::int32 : Number::float64; }

}  // namespace

void Ledger::add(Row row) {
    run.push_back(static_cast<std::int32_t>(row.run));
    point.push_back(static_cast<std::int32_t>(row.point));
    instance.push_back(static_cast<std::int32_t>(row.instance));
    replicate.push_back(static_cast<std::int32_t>(row.replicate));
    status.push_back(row.status);
    digest.push_back(std::move(row.digest));
    network.push_back(std::move(row.network));
    message.push_back(std::move(row.message));
}

ResultsFile::ResultsFile(const std::filesystem::path& path, const RunSchema& schema, const Study& study,
                         const std::vector<Varying>& varying, const std::vector<bool>& holes, std::uint64_t runs)
    : schema_(schema),
      varying_(varying),
      runs_(runs),
      held_(varying.size()),
      held_columns_(schema.columns.size()),
      file_(path) {
    for (const Column& column : schema_.columns) strides_.push_back(schema_.cells(column) * bytes_of(column.type));
    window_ = std::bit_floor(
        std::clamp<std::uint64_t>(window_bytes / std::max<std::uint64_t>(schema_.row_bytes(), 1), 1, 4096));
    describe(study);
    file_.coordinate("run", runs_, "number of the run in the design");
    for (const Coordinate& axis : schema_.coordinates) file_.coordinate(axis);
    ledger();
    columns(holes);
    constants();
}

void ResultsFile::describe(const Study& study) {
    file_.attribute("", "format", "commonweal-results");
    file_.attribute("", "format_version", std::int32_t{1});
    file_.attribute("", "title", study.title);
    file_.attribute("", "complete", std::int32_t{study.complete});
    std::string labels = "point instance replicate status";  // xarray makes these coordinates of the runs
    for (const Varying& what : varying_) labels += " " + what.name;
    file_.attribute("", "coordinates", labels);
    for (const auto& [name, text] : schema_.attributes) file_.attribute("", name, text);
    file_.group("provenance");
    file_.attribute("provenance", "configuration", study.configuration);
    if (!study.design.empty()) file_.attribute("provenance", "design", study.design);
    file_.attribute("provenance", "version", study.program.version);
    file_.attribute("provenance", "commit", study.program.commit);
    file_.attribute("provenance", "citation", study.program.citation);
    for (const auto& [name, text] : schema_.provenance) file_.attribute("provenance", name, text);
}

Hdf5File::Axis ResultsFile::axis(const std::string& name) const { return {name, schema_.coordinate(name).size()}; }

void ResultsFile::ledger() {
    const std::vector<Hdf5File::Axis> run{{"run", runs_}};
    file_.variable("point", Number::int32, run, "1", "design point of the run");
    file_.variable("instance", Number::int32, run, "1", "network instance of the run");
    file_.variable("replicate", Number::int32, run, "1", "replicate of the run");
    file_.variable("status", Number::int8, run, "1", "how the run ended");
    file_.attribute("status", "flag_values", Number::int8, states.data(), states.size());
    file_.attribute("status", "flag_meanings", "done failed");
    for (const Varying& what : varying_) {
        if (what.kind == Varying::Kind::text)
            file_.texts(what.name, run, what.long_name);
        else
            file_.variable(what.name, stored_as(what.kind), run, what.unit, what.long_name);
    }
    file_.group("ledger");
    file_.texts("ledger/digest", run, "XXH3-128 of the values of the run");
    file_.texts("ledger/network", run, "digest of the network of the run");
    file_.texts("ledger/message", run, "why the run failed");
}

void ResultsFile::columns(const std::vector<bool>& holes) {
    for (std::size_t i = 0; i < schema_.columns.size(); ++i) {
        const Column& column = schema_.columns[i];
        std::vector<Hdf5File::Axis> axes{{"run", runs_}};
        for (const auto& name : column.axes) axes.push_back(axis(name));
        file_.variable(column.name, column.type, axes, column.unit, column.long_name);
        if (!holes[i]) continue;
        with_type(column.type, [&]<class Stored>(Stored) {
            const Stored missing = missing_of<Stored>();
            if constexpr (std::is_integral_v<Stored>)
                file_.attribute(column.name, "_FillValue", column.type, &missing, 1);
        });
    }
}

void ResultsFile::constants() {
    for (const Constant& constant : schema_.constants) {
        const Column& column = constant.column;
        std::vector<Hdf5File::Axis> axes;
        for (const auto& name : column.axes) axes.push_back(axis(name));
        file_.variable(column.name, column.type, axes, column.unit, column.long_name);
        file_.write(column.name, 0, axes.front().size, Number::int32, constant.values.data());
    }
}

void ResultsFile::append(const Ledger& ledger, const std::vector<const std::byte*>& columns) {
    for (std::size_t first = 0; first < ledger.size();) {
        const std::size_t count = std::min(ledger.size() - first, window_ - held_.size());
        hold(ledger, columns, first, count);
        first += count;
        if (held_.size() == window_) write();
    }
}

void ResultsFile::hold(const Ledger& ledger, const std::vector<const std::byte*>& columns, std::size_t first,
                       std::size_t count) {
    const auto copy = [&](const auto& from, auto& to) {
        const auto begin = from.begin() + static_cast<std::ptrdiff_t>(first);
        to.insert(to.end(), begin, begin + static_cast<std::ptrdiff_t>(count));
    };
    copy(ledger.run, held_.run);
    copy(ledger.point, held_.point);
    copy(ledger.instance, held_.instance);
    copy(ledger.replicate, held_.replicate);
    copy(ledger.status, held_.status);
    copy(ledger.digest, held_.digest);
    copy(ledger.network, held_.network);
    copy(ledger.message, held_.message);
    for (std::size_t i = 0; i < varying_.size(); ++i) {
        if (varying_[i].kind == Varying::Kind::text)
            copy(ledger.texts[i], held_.texts[i]);
        else
            copy(ledger.numbers[i], held_.numbers[i]);
    }
    for (std::size_t i = 0; i < columns.size(); ++i)
        held_columns_[i].insert(held_columns_[i].end(), columns[i] + first * strides_[i],
                                columns[i] + (first + count) * strides_[i]);
}

void ResultsFile::write() {
    const std::uint64_t count = held_.size();
    if (count == 0) return;
    const auto put = [&](const char* name, std::vector<std::int32_t>& values) {
        file_.write(name, written_, count, Number::int32, values.data());
        values.clear();
    };
    const auto put_texts = [&](const std::string& name, std::vector<std::string>& values) {
        file_.write(name, written_, values);
        values.clear();
    };
    file_.write("status", written_, count, Number::int8, held_.status.data());
    held_.status.clear();
    put("run", held_.run);
    put("point", held_.point);
    put("instance", held_.instance);
    put("replicate", held_.replicate);
    for (std::size_t i = 0; i < varying_.size(); ++i) {
        if (varying_[i].kind == Varying::Kind::text) {
            put_texts(varying_[i].name, held_.texts[i]);
        } else {
            file_.write(varying_[i].name, written_, count, Number::float64, held_.numbers[i].data());
            held_.numbers[i].clear();
        }
    }
    put_texts("ledger/digest", held_.digest);
    put_texts("ledger/network", held_.network);
    put_texts("ledger/message", held_.message);
    for (std::size_t i = 0; i < held_columns_.size(); ++i) {
        file_.write(schema_.columns[i].name, written_, count, schema_.columns[i].type, held_columns_[i].data());
        held_columns_[i].clear();
    }
    written_ += count;
}

void ResultsFile::finish() {
    write();
    file_.finish();
}

}  // namespace commonweal
