#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "models/catalog.hpp"
#include "sim/app/citation.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/app/publications.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/app/scenario_header.hpp"
#include "sim/app/scenario_models.hpp"
#include "sim/core/error.hpp"
#include "sim/record/hdf5_reader.hpp"
#include "sim/sweep/design.hpp"
#include "sim/sweep/store.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

/// A publication, and what the scenario takes from it.
struct Reference {
    Publication publication;
    std::vector<std::string> reasons;
};

/// What a scenario rests on.
struct Grounds {
    std::string file;
    std::vector<Reference> references;
    std::vector<std::string> unpublished;  ///< what sources say that name no publication
    std::vector<std::string> data;         ///< files that it reads
    std::string version = citation().version, commit = citation().commit;  ///< of the program that computed it
};

void add_source(Grounds& grounds, std::string_view source, const std::string& reason) {
    const auto publications = publications_in(source);
    if (publications.empty()) grounds.unpublished.push_back(fmt::format("{}: {}", reason, source));
    for (const Publication& publication : publications) {
        const auto same = std::ranges::find(grounds.references, publication, &Reference::publication);
        if (same == grounds.references.end())
            grounds.references.push_back({publication, {reason}});
        else if (std::ranges::find(same->reasons, reason) == same->reasons.end())
            same->reasons.push_back(reason);
    }
}

void add_models(Grounds& grounds, const std::vector<UsedModel>& models) {
    for (const UsedModel& used : models)
        add_source(grounds, used.info.source, used.kind + " " + std::string(used.info.name));
}

/// Of a results file: what its provenance says. Of a sweep that is the scenario of the first cell.
Grounds grounds_of_results(const std::string& word) {
    const Hdf5Reader file(word);
    Grounds grounds;
    grounds.file = word;
    grounds.version = file.text("provenance", "version");
    grounds.commit = file.text("provenance", "commit");
    const Document resolved = parse_document(file.text("provenance", "configuration"), word);
    add_models(grounds, models_of(resolved));
    for (const Table& table : resolved.tables)
        for (const std::string_view key : {"file", "agents"})
            if (const Entry* const entry =
                    table.path == "network" || table.path == "subjects" ? table.find(key) : nullptr)
                if (const auto* const text = std::get_if<std::string>(&entry->setting.value); text && !text->empty())
                    grounds.data.push_back(fs::path(*text).filename().string());
    return grounds;
}

/// Of the folder of a sweep: all of its cells.
Grounds grounds_of_sweep(const std::string& word) {
    const Store store = Store::open(word, models::catalog());
    Grounds grounds;
    grounds.file = word;
    grounds.version = store.program().version;
    grounds.commit = store.program().commit;
    add_models(grounds, models_of(store.design()));
    for (const fs::path& input : store.design().check_cells()) grounds.data.push_back(input.filename().string());
    return grounds;
}

Grounds grounds_of_scenario(const std::string& word, const std::vector<std::string>& overrides) {
    const fs::path file = find_scenario(word);
    const std::string text = scenario_text(file);
    const Design design({.text = text,
                         .file = fs::absolute(file).lexically_normal(),
                         .more = {},
                         .here = fs::current_path(),
                         .overrides = overrides,
                         .until = {},
                         .max_replicates = 0},
                        models::catalog());
    Grounds grounds;
    grounds.file = word;
    if (const std::string source = ScenarioHeader(text).all(); !publications_in(source).empty())
        add_source(grounds, source, "the scenario");
    add_models(grounds, models_of(design));
    for (const fs::path& input : design.check_cells()) grounds.data.push_back(input.filename().string());
    return grounds;
}

Grounds grounds_of(const std::string& word, const std::vector<std::string>& overrides) {
    std::error_code unknown;
    const bool sweep = fs::exists(fs::path(word) / "manifest.json", unknown),
               results = fs::path(word).extension() == ".h5";
    if ((sweep || results) && !overrides.empty())
        throw UsageError(fmt::format("{}: {} changes a scenario; results are what they are", word, overrides.front()));
    if (sweep) return grounds_of_sweep(word);
    if (results) return grounds_of_results(word);
    return grounds_of_scenario(word, overrides);
}

/// "fischbacher2010", with a letter where several would have the same.
std::vector<std::string> keys_of(const std::vector<Reference>& references) {
    std::map<std::string, int> seen;
    std::vector<std::string> keys;
    for (const Reference& reference : references) {
        std::string key;
        for (const char c : reference.publication.authors.front())
            if (std::isalpha(static_cast<unsigned char>(c)))
                key += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        key += reference.publication.year;
        const int before = seen[key]++;
        keys.push_back(before == 0 ? key : key + static_cast<char>('a' + before));
    }
    return keys;
}

std::string reasons_of(const Reference& reference) { return fmt::format("{}", fmt::join(reference.reasons, "; ")); }

/// A dash between pages, as BibTeX writes it.
std::string bibtex_pages(const std::string& pages) {
    const std::size_t dash = pages.find('-');
    return dash == std::string::npos ? pages : pages.substr(0, dash) + "--" + pages.substr(dash + 1);
}

/// Signs that LaTeX would take for its own.
std::string bibtex_text(const std::string& text) {
    std::string escaped;
    for (const char c : text)
        escaped += (c == '&' || c == '%' || c == '#' || c == '_') ? fmt::format("\\{}", c) : std::string(1, c);
    return escaped;
}

std::string bibtex_entry(const Reference& reference, const std::string& key) {
    const Publication& publication = reference.publication;
    const bool article = !publication.volume.empty();
    std::string text =
        fmt::format("\n% {}\n@{}{{{},\n  author = {{{}{}}},\n", reasons_of(reference),
                    article                       ? "article"
                    : publication.journal.empty() ? "misc"
                                                  : "book",
                    key, fmt::join(publication.authors, " and "), publication.others ? " and others" : "");
    if (article)
        text += fmt::format("  journal = {{{}}},\n  volume = {{{}}},\n  pages = {{{}}},\n",
                            bibtex_text(publication.journal), publication.volume, bibtex_pages(publication.pages));
    else if (!publication.journal.empty())
        text += fmt::format("  title = {{{}}},\n", bibtex_text(publication.journal));
    return text + fmt::format("  year = {{{}}}\n}}\n", publication.year);
}

std::string comments(const Grounds& grounds, const std::string& sign) {
    std::string text;
    for (const std::string& line : grounds.unpublished) text += fmt::format("{}{}\n", sign, line);
    for (const std::string& line : grounds.data)
        text += fmt::format("{}data file {}: please cite its authors\n", sign, line);
    return text;
}

std::string bibtex(const Grounds& grounds) {
    const Citation& facts = citation();
    std::string text = fmt::format(
        "@software{{commonweal,\n  author = {{{{{}}}}},\n  title = {{{}}},\n  year = {{{}}},\n  version = {{{}}},\n"
        "  note = {{commit {}, license {}}}\n}}\n",
        fmt::join(facts.authors, "}} and {{"), facts.title, facts.year(), grounds.version, grounds.commit,
        facts.license);
    if (grounds.file.empty()) return text;
    text += fmt::format("\n% What {} rests on. Titles of articles are not kept: journal, volume and pages find them.\n",
                        grounds.file);
    text += comments(grounds, "% ");
    const auto keys = keys_of(grounds.references);
    for (std::size_t i = 0; i < keys.size(); ++i) text += bibtex_entry(grounds.references[i], keys[i]);
    return text;
}

/// CITATION.cff with the commit, and with what a scenario rests on as references. A reference needs a title: where none
/// is kept, it is the citation itself.
std::string cff(const Grounds& grounds) {
    std::string text(citation_file());
    const std::string version = "\nversion: ";
    const std::size_t begin = text.find(version) + version.size();
    text.replace(begin, text.find('\n', begin) - begin, grounds.version);
    text += fmt::format("commit: {}\n", grounds.commit);
    if (!grounds.references.empty()) text += "references:\n";
    for (const Reference& reference : grounds.references) {
        const Publication& publication = reference.publication;
        const bool article = !publication.volume.empty();
        const bool book = !article && !publication.journal.empty();
        text += fmt::format("  - type: {}\n    title: \"{}\"\n    authors:\n",
                            article ? "article"
                            : book  ? "book"
                                    : "generic",
                            book ? publication.journal : citation_of(publication));
        for (const std::string& author : publication.authors)
            text += fmt::format("      - family-names: \"{}\"\n", author);
        if (publication.others) text += "      - name: others\n";
        text += fmt::format("    year: {}\n", publication.year);
        if (article)
            text += fmt::format("    journal: \"{}\"\n    volume: \"{}\"\n    notes: \"pages {}; {}\"\n",
                                publication.journal, publication.volume, publication.pages, reasons_of(reference));
        else
            text += fmt::format("    notes: \"{}\"\n", reasons_of(reference));
    }
    return text + comments(grounds, "# ");
}

std::string plain(const Grounds& grounds) {
    const Citation& facts = citation();
    std::string text =
        fmt::format("{} ({}). {}, version {}, commit {} [software]. License: {}.\n", fmt::join(facts.authors, ", "),
                    facts.year(), facts.title, grounds.version, grounds.commit, facts.license);
    if (grounds.file.empty()) return text;
    text += fmt::format("\nWhat {} rests on\n", grounds.file);
    for (const Reference& reference : grounds.references)
        text += fmt::format("  {}.\n      {}\n", citation_of(reference.publication), reasons_of(reference));
    return text + comments(grounds, "  ");
}

}  // namespace

int cite_command(const CiteOptions& options) {
    if (options.formats.size() > 1)
        throw UsageError(fmt::format("--{} and --{}: one format at a time", options.formats[0], options.formats[1]));
    const Grounds grounds = options.file.empty() ? Grounds{} : grounds_of(options.file, options.overrides);
    const std::string format = options.formats.empty() ? "bibtex" : options.formats.front();
    print(format == "cff" ? cff(grounds) : format == "text" ? plain(grounds) : bibtex(grounds));
    return 0;
}

}  // namespace commonweal
