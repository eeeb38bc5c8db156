#include "sim/network/attributes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "sim/core/error.hpp"

namespace commonweal {

std::size_t Attribute::agents() const noexcept {
    const auto* numbers = std::get_if<NumberColumn>(&values);
    return numbers ? numbers->size() : std::get_if<TextColumn>(&values)->code.size();
}

std::string Attribute::text(AgentId agent) const {
    if (const auto* numbers = std::get_if<NumberColumn>(&values)) return fmt::format("{}", (*numbers)[agent]);
    const auto& column = std::get<TextColumn>(values);
    return column.texts[column.code[agent]];
}

std::string Attribute::where(AgentId agent) const {
    return places ? fmt::format("{}:{}", places->file, places->line[agent]) : "[network]";
}

TextColumn TextColumnBuilder::finish() {
    TextColumn column{{}, std::move(code_)};
    for (AgentId i = 0; i < texts_.size(); ++i) column.texts.emplace_back(texts_[i]);
    return column;
}

void Attributes::add(Attribute attribute) {
    if (find(attribute.name))
        throw ConfigError(fmt::format("there are two agent attributes named '{}'", attribute.name));
    columns_.push_back(std::move(attribute));
}

const Attribute* Attributes::find(std::string_view name) const noexcept {
    const auto found = std::ranges::find(columns_, name, &Attribute::name);
    return found == columns_.end() ? nullptr : &*found;
}

}  // namespace commonweal
