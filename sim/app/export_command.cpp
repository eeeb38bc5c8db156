#include <fmt/format.h>

#include "models/catalog.hpp"
#include "sim/app/output.hpp"
#include "sim/app/progress.hpp"
#include "sim/app/store_commands.hpp"
#include "sim/sweep/csv_export.hpp"

namespace commonweal {

namespace {

constexpr std::string_view external = "salib";

}  // namespace

bool is_external_export(const std::vector<std::string>& words) {
    if (words.empty() || words[0] != "export") return false;
    for (std::size_t i = 1; i < words.size(); ++i)
        if (words[i] == fmt::format("--to={}", external) ||
            (words[i] == "--to" && i + 1 < words.size() && words[i + 1] == external))
            return true;
    return false;
}

int export_command(const ExportOptions& options) {
    const Store store = Store::open(options.store, models::catalog());
    CsvExportOptions wanted;
    wanted.folder = options.output.empty() ? store.folder() / "csv" : options.output;
    wanted.columns = options.columns;
    wanted.force = options.force;
    Progress progress(options.quiet ? ProgressStyle::none : ProgressStyle::automatic, "writing tables");
    const MergeReport report = export_csv(store, wanted);
    progress.clear();
    const int code = tell(report, store, wanted.folder);
    flush_output();
    if (report.written && !options.quiet)
        say(fmt::format("data_dictionary.csv in {} says what every column means", wanted.folder.string()));
    return code;
}

}  // namespace commonweal
