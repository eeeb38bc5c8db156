#include "sim/scenario/resolved.hpp"

#include <fmt/format.h>

namespace commonweal {

std::string resolved_text(const std::vector<CheckedTable>& tables) {
    std::string text;
    for (const CheckedTable& table : tables) {
        if (!table.path.empty()) text += fmt::format("\n[{}]\n", table.path);
        for (const auto& [key, value] : table.values) text += fmt::format("{} = {}\n", key, value_text(value));
    }
    return text;
}

}  // namespace commonweal
