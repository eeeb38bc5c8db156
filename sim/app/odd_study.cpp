#include "sim/app/odd_study.hpp"

#include <algorithm>

#include "models/catalog.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/scenario/included.hpp"

namespace commonweal {

namespace fs = std::filesystem;

OddStudy::OddStudy(const OddOptions& wanted)
    : options(wanted),
      text(scenario_text(find_scenario(wanted.file))),
      header(text),
      design({.text = text,
              .file = fs::absolute(find_scenario(wanted.file)).lexically_normal(),
              .more = {},
              .here = fs::current_path(),
              .overrides = wanted.overrides,
              .until = {},
              .max_replicates = 0},
             models::catalog()),
      scenario(design.scenario(0)),
      models(models_of(design)),
      resolved(parse_document(scenario.resolved, wanted.file)),
      inputs(design.check_cells()) {
    std::size_t largest = 0;
    cells([&](std::uint32_t cell, Scenario one) {
        for (OddStream& stream : odd_streams(one))
            if (std::ranges::find(streams, stream.decides, &OddStream::decides) == streams.end())
                streams.push_back(std::move(stream));
        const std::size_t size = odd_phases(one).size() + odd_entities(one).size();
        if (size > largest) largest = size, fullest_cell = cell, fullest = std::move(one);
        return true;
    });
}

std::string odd_cell(std::string_view text) {
    std::string escaped;
    for (const char c : text) {
        if (c == '|' || c == '<' || c == '*') escaped += '\\';
        escaped += c == '\n' ? ' ' : c;
    }
    return escaped;
}

}  // namespace commonweal
