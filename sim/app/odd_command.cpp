#include <fmt/format.h>

#include "sim/app/commands.hpp"
#include "sim/app/odd_study.hpp"
#include "sim/app/output.hpp"
#include "sim/app/scenario_files.hpp"
#include "sim/record/durable.hpp"

namespace commonweal {

int odd_command(const OddOptions& options) {
    const bool to_screen = options.output.empty() || options.output == "-";
    if (!to_screen) check_replaceable(options.output, options.force);
    const OddStudy study(options);
    const std::string text = odd_overview(study) + odd_details(study);
    if (to_screen) {
        print(text);
        return 0;
    }
    write_durably(options.output, text);
    say(fmt::format("the protocol is in {}; read it beside your question: it says what the scenario says, and no more",
                    options.output.string()));
    return 0;
}

}  // namespace commonweal
