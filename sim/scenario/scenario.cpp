#include "sim/scenario/scenario.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>

#include "sim/scenario/builder.hpp"
#include "sim/scenario/overrides.hpp"
#include "sim/scenario/screen.hpp"
#include "sim/scenario/section_list.hpp"

namespace commonweal {

namespace {

std::string file_text(const std::filesystem::path& file) {
    std::error_code failure;
    if (std::filesystem::is_directory(file, failure)) throw IoError(file.string(), "is a folder, not a scenario file");
    std::ifstream in(file, std::ios::binary);
    if (!in) throw IoError(file.string(), std::string("cannot be read: ") + std::strerror(errno));
    std::string text;
    text.resize(largest_scenario + 1);
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad()) throw IoError(file.string(), std::string("cannot be read: ") + std::strerror(errno));
    text.resize(static_cast<std::size_t>(in.gcount()));
    return text;
}

/// Puts the short forms of the top level, such as seed = 42, where they belong.
void unfold_short_forms(Document& document) {
    const std::vector<Entry> top = document.table("", document.name).entries;
    for (Entry entry : top) {
        const std::string table = entry.setting.key;
        if (short_for(table).empty()) continue;
        document.erase("", table);
        entry.setting.key = short_for(table);
        document.table(table, entry.key_where).entries.push_back(entry);
    }
}

}  // namespace

Scenario parse_scenario(const std::string& text, const std::string& name, const std::vector<std::string>& overrides,
                        const Catalog& catalog) {
    Document document = parse_document(text, name);
    unfold_short_forms(document);
    apply_overrides(document, overrides);
    return Builder(std::move(document), std::filesystem::path(name).parent_path(), catalog).build();
}

Scenario read_scenario(const std::filesystem::path& file, const std::vector<std::string>& overrides,
                       const Catalog& catalog) {
    return parse_scenario(file_text(file), file.string(), overrides, catalog);
}

}  // namespace commonweal
