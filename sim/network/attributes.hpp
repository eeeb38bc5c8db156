#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "sim/core/types.hpp"
#include "sim/network/agent_labels.hpp"

namespace commonweal {

/// A column of numbers, one per agent.
using NumberColumn = std::vector<double>;

/// A column of texts, kept as a number of the text per agent. Texts are numbered in order of first appearance.
struct TextColumn {
    std::vector<std::string> texts;
    std::vector<std::uint32_t> code;  ///< [agent], index into texts
};

/// Where the agents stand in the file that tells of them.
struct AgentPlaces {
    std::string file;
    std::vector<std::uint64_t> line;  ///< [agent]
};

/// A named property of every agent.
struct Attribute {
    std::string name;
    std::variant<NumberColumn, TextColumn> values;
    std::shared_ptr<const AgentPlaces> places = nullptr;  ///< for messages; none for a network that was not read

    bool is_text() const noexcept { return std::holds_alternative<TextColumn>(values); }
    std::size_t agents() const noexcept;

    /// The value of an agent as text: a number as its shortest decimal.
    std::string text(AgentId agent) const;

    /// "file:line" of the agent; "[network]" without places.
    std::string where(AgentId agent) const;
};

/// A column of texts from one text per agent, for example as a reader met them.
class TextColumnBuilder {
public:
    void add(std::string_view text) { code_.push_back(texts_.find_or_add(text)); }
    TextColumn finish();

private:
    AgentLabels texts_;
    std::vector<std::uint32_t> code_;
};

/// Columns of the agent table, in its order.
class Attributes {
public:
    /// Throws ConfigError when there is a column of that name.
    void add(Attribute attribute);

    const std::vector<Attribute>& columns() const noexcept { return columns_; }

    /// nullptr when there is none of that name.
    const Attribute* find(std::string_view name) const noexcept;

private:
    std::vector<Attribute> columns_;
};

}  // namespace commonweal
