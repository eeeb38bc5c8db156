#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace commonweal {

/// The comments with which a scenario file opens: "# Question: ...", "# Expect: ...", "# Source: ...".
class ScenarioHeader {
public:
    explicit ScenarioHeader(std::string_view text);

    /// The lines themselves, with their signs and ends.
    static std::string_view lines(std::string_view text);

    /// What stands behind "# word: ", with the lines that go on with it, which are indented; "" when nothing does.
    std::string said(const std::string& word) const;

    /// What stands behind "Source", "Source of the people" and the like.
    std::string sources() const;

    /// All texts, without their words.
    std::string all() const;

private:
    struct Part {
        std::string word, text;
    };
    std::vector<Part> parts_;
};

}  // namespace commonweal
