#pragma once

#include <string>
#include <vector>

#include "sim/scenario/scenario.hpp"
#include "tests/sim/scenario/toy_catalog.hpp"

namespace commonweal::toy {

/// A small scenario that is right, with everything that has no default.
inline const std::string small = R"([session]
agents = 24
rounds = 6
conditions = ["basic", "punishment"]

[agents.zed]
behavior = "giver"
gift = 7

[seed]
all = 42
)";

inline Scenario parsed(const std::string& text, const std::vector<std::string>& overrides = {}) {
    return parse_scenario(text, "configs/f.toml", overrides, catalog());
}

/// The message with which a text is refused; "" when it is not. Any other exception fails the test.
inline std::string refusal(const std::string& text, const std::vector<std::string>& overrides = {}) {
    try {
        parsed(text, overrides);
    } catch (const ConfigError& error) {
        return error.what();
    }
    return "";
}

}  // namespace commonweal::toy
