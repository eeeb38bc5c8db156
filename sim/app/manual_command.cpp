#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "sim/app/citation.hpp"
#include "sim/app/commands.hpp"
#include "sim/app/output.hpp"
#include "sim/core/error.hpp"
#include "sim/core/nearest.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

namespace fs = std::filesystem;

namespace {

struct Fact {
    const char* name;
    const char* meaning;
};

constexpr std::array exit_codes{
    Fact{"0", "done"},
    Fact{"1", "internal error, or not enough memory"},
    Fact{"2", "wrong command line, scenario or data file; nothing was written"},
    Fact{"3", "finished, and some runs failed"},
    Fact{"4", "incomplete, and the same command goes on"},
    Fact{"5", "a verification or reproduction does not agree"},
    Fact{"6", "the output exists and belongs to another design"},
    Fact{"74", "a file cannot be read or written"},
    Fact{"130, 143", "interrupted; what was computed of a sweep is kept"},
};

constexpr std::array variables{
    Fact{"COMMONWEAL_CONFIGS", "folder of scenarios that is searched before the others"},
    Fact{"COMMONWEAL_INSTRUCTIONS", "vector instructions to use: sse2, avx2 or avx512; changes no value"},
    Fact{"PATH", "where commands of the Python package are looked for, as commonweal-NAME"},
};

constexpr std::array files{
    Fact{"share/commonweal/configs", "scenarios, regimes, worlds, sweeps and templates that come with the program"},
    Fact{"FOLDER/results.h5", "results of a sweep: HDF5, which h5py, xarray, R and MATLAB open"},
    Fact{"FOLDER/manifest.json, journal, shards", "what a sweep goes on from"},
};

std::string names_of(const OptionInfo& option, const char* separator = ", ") {
    return fmt::format("{}{}{}", fmt::join(option.names, separator), option.value.empty() ? "" : " ", option.value);
}

// roff

/// A text with what roff would take for its own escaped.
std::string roff(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '\\')
            escaped += "\\e";
        else if (c == '-')
            escaped += "\\-";
        else if (c == '\'' || c == '`')
            escaped += c == '\'' ? "\\(aq" : "\\(ga";
        else
            escaped += c;
    }
    return escaped.starts_with('.') ? "\\&" + escaped : escaped;
}

std::string roff_entry(const std::string& name, const std::string& meaning) {
    return fmt::format(".TP\n.B {}\n{}\n", roff(name), roff(meaning));
}

template <class Facts>
std::string roff_facts(const char* title, const Facts& facts) {
    std::string text = fmt::format(".SH {}\n", title);
    for (const Fact& fact : facts) text += roff_entry(fact.name, fact.meaning);
    return text;
}

std::string page_name(const std::string& command) {
    std::string name = command.empty() ? "commonweal" : "commonweal-" + command;
    std::ranges::replace(name, ' ', '-');
    return name;
}

std::string roff_examples(const CommandInfo& command) {
    std::string text = ".SH EXAMPLES\n.nf\n", rest = command.examples;
    while (!rest.empty()) {
        const std::size_t end = rest.find('\n');
        text += roff(rest.substr(0, end)) + "\n";
        rest.erase(0, end + 1);
    }
    return text + ".fi\n";
}

std::string roff_options(const char* title, const std::vector<OptionInfo>& options) {
    if (options.empty()) return "";
    std::string text = fmt::format(".SH {}\n", title);
    for (const OptionInfo& option : options) text += roff_entry(names_of(option), meaning_of(option));
    return text;
}

std::string roff_commands(const CommandInfo& command) {
    std::string text;
    for (const CommandInfo& inner : command.commands) text += roff_entry(inner.call(), inner.summary);
    return text.empty() ? "" : ".SH COMMANDS\n" + text;
}

std::string roff_see_also(const CommandInfo& command) {
    std::vector<std::string> pages;
    if (!command.name.empty()) pages.push_back(page_name(""));
    for (const std::string& name : command.see_also) pages.push_back(page_name(name));
    std::string text;
    for (std::size_t i = 0; i < pages.size(); ++i)
        text += fmt::format(".BR {} (1){}\n", roff(pages[i]), i + 1 < pages.size() ? "," : "");
    return text.empty() ? "" : ".SH SEE ALSO\n" + text;
}

std::string man_page(const CommandInfo& command) {
    std::string title = page_name(command.name);
    std::ranges::transform(title, title.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    std::string text = fmt::format(".TH {} 1 \"{}\" \"commonweal {}\" \"User Commands\"\n", roff(title),
                                   citation().date, citation().version);
    text += fmt::format(".SH NAME\n{} \\- {}\n", roff(page_name(command.name)), roff(command.summary));
    text += roff_examples(command);
    text += fmt::format(".SH SYNOPSIS\n.B {}\n", roff(usage_of(command)));
    text += ".SH DESCRIPTION\n" + roff(command.summary + ".") + "\n";
    for (const std::string& paragraph : command.more) text += ".PP\n" + roff(paragraph) + "\n";
    text += roff_options("ARGUMENTS", command.arguments) + roff_options("OPTIONS", command.options) +
            roff_commands(command);
    text += roff_facts("EXIT STATUS", exit_codes) + roff_facts("ENVIRONMENT", variables);
    if (command.name.empty()) text += roff_facts("FILES", files);
    return text + roff_see_also(command);
}

// Markdown

/// A text in a cell of a table.
std::string cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*') escaped += '\\';
        escaped += c;
    }
    return escaped;
}

std::string code(const std::string& text) {
    std::string escaped;
    for (const char c : text) escaped += c == '|' ? "\\|" : std::string(1, c);
    return "`" + escaped + "`";
}

std::string markdown_options(const char* title, const std::vector<OptionInfo>& options) {
    if (options.empty()) return "";
    std::string text = fmt::format("\n| {} | meaning |\n|---|---|\n", title);
    for (const OptionInfo& option : options)
        text += fmt::format("| {} | {} |\n", code(names_of(option)), cell(meaning_of(option)));
    return text;
}

std::string anchor(const CommandInfo& command) { return "#" + page_name(command.name); }

std::string markdown_commands(const CommandInfo& command) {
    if (command.commands.empty()) return "";
    std::string text = "\n| command | what it does |\n|---|---|\n";
    for (const CommandInfo& inner : command.commands)
        text += fmt::format(
            "| {} | {} |\n",
            inner.external ? code(inner.call()) : fmt::format("[{}]({})", code(inner.call()), anchor(inner)),
            cell(inner.summary));
    return text;
}

template <class Facts>
std::string markdown_facts(const char* title, const char* head, const Facts& facts) {
    std::string text = fmt::format("\n## {}\n\n| {} | meaning |\n|---|---|\n", title, head);
    for (const Fact& fact : facts) text += fmt::format("| {} | {} |\n", code(fact.name), cell(fact.meaning));
    return text;
}

std::string markdown_section(const CommandInfo& command, const CommandInfo& program) {
    std::string text = fmt::format("\n## {}\n\n{}.\n", command.call(), command.summary);
    std::string examples = command.examples;
    text += "\n```\n";
    while (!examples.empty()) {
        const std::size_t end = examples.find('\n');
        text += examples.substr(2, end - 2) + "\n";
        examples.erase(0, end + 1);
    }
    text += fmt::format("```\n\nUsage: {}\n", code(usage_of(command)));
    for (const std::string& paragraph : command.more) text += "\n" + paragraph + "\n";
    text += markdown_options("argument", command.arguments) + markdown_options("option", command.options) +
            markdown_commands(command);
    std::vector<std::string> links;
    for (const std::string& name : command.see_also)
        if (const CommandInfo* const other = find_command(program, name))
            links.push_back(other->external ? code(other->call())
                                            : fmt::format("[{}]({})", code(other->call()), anchor(*other)));
    return links.empty() ? text : text + fmt::format("\nSee also {}.\n", fmt::join(links, ", "));
}

/// Calls for the command and all below it that are the program's own.
template <class Call>
void each(const CommandInfo& command, const Call& call) {
    if (command.external) return;
    call(command);
    for (const CommandInfo& inner : command.commands) each(inner, call);
}

std::string markdown_page(const CommandInfo& program) {
    std::string text =
        "# Commands\n\n" + program.summary + " This page is what `commonweal manual --format markdown` prints.\n";
    text += markdown_commands(program);
    for (const std::string& paragraph : program.more) text += "\n" + paragraph + "\n";
    text += markdown_facts("Exit codes", "code", exit_codes) +
            markdown_facts("Environment variables", "variable", variables) + markdown_facts("Files", "file", files);
    for (const CommandInfo& command : program.commands)
        each(command, [&](const CommandInfo& one) { text += markdown_section(one, program); });
    return text;
}

const CommandInfo& asked(const std::vector<std::string>& words, const CommandInfo& program) {
    if (words.empty()) return program;
    const std::string name = fmt::format("{}", fmt::join(words, " "));
    const CommandInfo* const command = find_command(program, name);
    if (!command || command->name != name || command->external) {
        std::vector<std::string> names;
        each(program, [&](const CommandInfo& one) { names.push_back(one.name); });
        throw UsageError(fmt::format("there is no manual of '{}'{}; `commonweal --help` lists the commands", name,
                                     did_you_mean(name, names)));
    }
    return *command;
}

int write_pages(const ManualOptions& options, const CommandInfo& top, const CommandInfo& program) {
    std::error_code failure;
    fs::create_directories(options.folder, failure);
    if (failure) throw IoError(options.folder.string(), "cannot be made: " + failure.message());
    const bool man = options.format == "man";
    each(top, [&](const CommandInfo& command) {
        const fs::path page = options.folder / (page_name(command.name) + (man ? ".1" : ".md"));
        write_durably(page, man                    ? man_page(command)
                            : command.name.empty() ? markdown_page(program)
                                                   : markdown_section(command, program).substr(1));
        print(page.string() + "\n");
    });
    return 0;
}

}  // namespace

int manual_command(const ManualOptions& options, const CommandInfo& program) {
    const CommandInfo& command = asked(options.command, program);
    if (!options.folder.empty()) return write_pages(options, command, program);
    if (options.format == "man") {
        print(man_page(command));
        if (isatty(STDOUT_FILENO) == 1)
            say(fmt::format("a reader of manuals shows it: commonweal manual {}| man -l -",
                            command.name.empty() ? "" : command.name + " "));
    } else
        print(options.command.empty() ? markdown_page(program) : markdown_section(command, program).substr(1));
    return 0;
}

}  // namespace commonweal
