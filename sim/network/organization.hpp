#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "sim/network/network.hpp"

namespace commonweal {

enum class Role : std::uint8_t { frontline, manager, leader, citizen };
inline constexpr std::array<std::string_view, 4> role_names{"frontline", "manager", "leader", "citizen"};

/// What is told of a level that is none.
inline constexpr std::string_view level_rule = "it must be a whole number of at least 0, the steps below the top";

inline constexpr AgentId no_agent = std::numeric_limits<AgentId>::max();

/// Who belongs to which organization and unit of a network, in which role, and who reports to whom. Read from the
/// attributes of the agents:
///     organization   its name; every network of organizations has it
///     unit           name of the unit, unique over all organizations; without it an organization is one unit
///     role           frontline, manager, leader or citizen; without it everybody is frontline
///     level          steps below the top, 0 the highest; without it everybody is at 0
/// On the layer `line` an agent reports to its neighbor with the smaller level.
class Organizations {
public:
    /// Throws ConfigError without the attribute `organization`, and with file:line for an agent without organization or
    /// unit, with a role that there is not (with the nearest), a level that is not a whole number of at least 0, a unit
    /// that others have in another organization, and two superiors.
    explicit Organizations(const Network& network);

    std::uint32_t organizations() const noexcept { return static_cast<std::uint32_t>(organization_names_.size()); }
    std::uint32_t units() const noexcept { return static_cast<std::uint32_t>(unit_names_.size()); }

    std::uint32_t organization(AgentId agent) const noexcept { return organization_[agent]; }
    std::uint32_t unit(AgentId agent) const noexcept { return unit_[agent]; }
    Role role(AgentId agent) const noexcept { return role_[agent]; }
    std::uint32_t level(AgentId agent) const noexcept { return level_[agent]; }

    /// Whom the agent reports to; no_agent for one at the top, and without a line.
    AgentId superior(AgentId agent) const noexcept { return superior_[agent]; }

    std::span<const AgentId> members_of_organization(std::uint32_t organization) const noexcept {
        return in_organization_.of(organization);
    }
    std::span<const AgentId> members_of_unit(std::uint32_t unit) const noexcept { return in_unit_.of(unit); }

    const std::string& organization_name(std::uint32_t organization) const noexcept {
        return organization_names_[organization];
    }
    const std::string& unit_name(std::uint32_t unit) const noexcept { return unit_names_[unit]; }
    std::uint32_t organization_of_unit(std::uint32_t unit) const noexcept { return of_unit_[unit]; }

private:
    /// Agents of each group, in increasing order.
    struct Members {
        Members() = default;
        Members(const std::vector<std::uint32_t>& group, std::size_t groups);
        std::span<const AgentId> of(std::uint32_t group) const noexcept {
            return {agents.data() + first[group], first[group + 1] - first[group]};
        }
        std::vector<std::size_t> first;
        std::vector<AgentId> agents;
    };

    void read_names(const Network& network);
    void read_roles(const Network& network);
    void read_levels(const Network& network);
    void place_units(const Network& network);
    void find_superiors(const Network& network);
    [[noreturn]] void refuse_unit(const Network& network, std::uint32_t unit) const;
    [[noreturn]] void refuse_superiors(const Network& network, AgentId agent,
                                       const std::vector<AgentId>& superiors) const;

    std::vector<std::string> organization_names_, unit_names_;
    std::vector<std::uint32_t> organization_, unit_, level_, of_unit_;
    std::vector<Role> role_;
    std::vector<AgentId> superior_;
    Members in_organization_, in_unit_;
};

}  // namespace commonweal
