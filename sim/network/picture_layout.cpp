#include "sim/network/picture_layout.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "sim/core/parallel.hpp"

namespace commonweal {

namespace {

/// The golden angle: places that turn by it from one to the next fill a disc evenly.
const double golden_angle = std::numbers::pi * (3 - std::sqrt(5.0));

Place around(Place center, double distance, double turns) {
    return {center.x + distance * std::cos(turns * golden_angle), center.y + distance * std::sin(turns * golden_angle)};
}

/// Who stands in the middle of a unit, and who at its rim.
int rank(Role role) {
    constexpr std::array<int, role_names.size()> ranks{2, 1, 0, 3};  // frontline, manager, leader, citizen
    return ranks[static_cast<std::size_t>(role)];
}

double unit_radius(std::size_t members, double spacing) {
    return spacing * (0.75 + std::sqrt(static_cast<double>(members) - 1));
}

void place_agents(const Organizations& all, double spacing, OrganizationLayout& layout) {
    for (std::uint32_t u = 0; u < all.units(); ++u) {
        const auto members = all.members_of_unit(u);
        std::vector<AgentId> order(members.begin(), members.end());
        std::ranges::stable_sort(order, {}, [&](AgentId agent) { return rank(all.role(agent)); });
        for (std::size_t i = 0; i < order.size(); ++i)
            layout.agents[order[i]] =
                around(layout.units[u].center, spacing * std::sqrt(static_cast<double>(i)), static_cast<double>(i));
    }
}

/// Puts the discs of an organization's units around (0, 0), the first one in the middle, and gives the radius that
/// holds them.
double spiral(const std::vector<std::uint32_t>& units, std::vector<Disc>& discs) {
    constexpr double room = 1.8;  // area of the spiral per area of the discs in it
    double before = 0, reach = 0;
    for (std::size_t i = 0; i < units.size(); ++i) {
        Disc& disc = discs[units[i]];
        const double next_to_first = discs[units.front()].radius + disc.radius;
        const double distance =
            i == 0 ? 0 : std::max(next_to_first, std::sqrt(room * (before + disc.radius * disc.radius / 2)));
        disc.center = around({}, distance, static_cast<double>(i));
        before += disc.radius * disc.radius;
        reach = std::max(reach, distance + disc.radius);
    }
    return reach;
}

/// Moves the discs of organizations, with all that they hold, into rows: largest first, the rows as long as makes the
/// whole about half as wide again as it is high. Each disc has room for its name above it.
void place_in_rows(const Organizations& all, const std::vector<std::vector<std::uint32_t>>& units,
                   OrganizationLayout& layout) {
    std::vector<std::size_t> order(layout.organizations.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    // In whole numbers, so that organizations of nearly the same size stand in their own order.
    std::ranges::stable_sort(order, std::greater{},
                             [&](std::size_t k) { return std::round(layout.organizations[k].radius / name_size); });
    const auto wide = [&](std::size_t k) {
        const std::string& name = all.organization_name(static_cast<std::uint32_t>(k));
        return std::max(2 * layout.organizations[k].radius, text_width(name, name_size)) + name_size;
    };
    const auto high = [&](std::size_t k) { return 2 * layout.organizations[k].radius + 2.5 * name_size; };
    double area = 0, longest = 0;
    for (const std::size_t k : order) area += wide(k) * high(k), longest = std::max(longest, wide(k));
    longest = std::max(longest, std::sqrt(1.5 * area));
    double x = 0, y = 0, row = 0;
    for (const std::size_t k : order) {
        if (x > 0 && x + wide(k) > longest) {
            y += row;
            x = row = 0;
        }
        row = std::max(row, high(k));
        Disc& disc = layout.organizations[k];
        disc.center = {x + wide(k) / 2, y + high(k) - disc.radius - name_size / 2};
        for (const std::uint32_t u : units[k]) {
            layout.units[u].center.x += disc.center.x;
            layout.units[u].center.y += disc.center.y;
        }
        x += wide(k);
        layout.width = std::max(layout.width, x);
    }
    layout.height = y + row;
}

/// What pushes each agent away from all others, k^2 / distance, and all of them towards the middle.
void push_apart(const std::vector<Place>& places, double k, std::vector<Place>& force) {
    constexpr std::size_t block = 64;
    parallel_items((places.size() + block - 1) / block, [&](std::size_t number) {
        for (std::size_t i = number * block; i < std::min(places.size(), (number + 1) * block); ++i) {
            Place sum{-places[i].x, -places[i].y};
            for (const Place& other : places) {  // itself too, which adds nothing
                const double x = places[i].x - other.x, y = places[i].y - other.y;
                const double push = k * k / (x * x + y * y + 1e-6 * k * k);
                sum.x += x * push;
                sum.y += y * push;
            }
            force[i] = sum;
        }
    });
}

/// What pulls the two ends of each tie together, distance^2 / k.
void pull_together(const Network& network, const std::vector<Place>& places, double k, std::vector<Place>& force) {
    for (const NamedLayer& named : network.layers())
        for (AgentId a = 0; a < network.agents(); ++a)
            for (const AgentId b : named.layer.neighbors(a)) {
                const double x = places[b].x - places[a].x, y = places[b].y - places[a].y;
                const double pull = std::sqrt(x * x + y * y) / k;
                force[a].x += x * pull;
                force[a].y += y * pull;
            }
}

/// Moves and stretches all places so that they fill the square from (0, 0) to (side, side).
void fill_square(double side, std::vector<Place>& places) {
    const auto [left, right] = std::ranges::minmax(places, {}, &Place::x);
    const auto [top, bottom] = std::ranges::minmax(places, {}, &Place::y);
    const double extent = std::max({right.x - left.x, bottom.y - top.y, 1e-9}), scale = side / extent;
    const Place middle{(left.x + right.x) / 2, (top.y + bottom.y) / 2};
    for (Place& place : places)
        place = {side / 2 + (place.x - middle.x) * scale, side / 2 + (place.y - middle.y) * scale};
}

}  // namespace

double text_width(std::string_view text, double size) noexcept {
    const auto letters = std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; });
    return 0.6 * size * static_cast<double>(letters);
}

OrganizationLayout layout_of(const Organizations& all, double spacing) {
    OrganizationLayout layout;
    std::size_t agents = 0;
    std::vector<std::vector<std::uint32_t>> units(all.organizations());
    for (std::uint32_t u = 0; u < all.units(); ++u) {
        units[all.organization_of_unit(u)].push_back(u);
        const std::size_t members = all.members_of_unit(u).size();
        layout.units.push_back({{}, unit_radius(members, spacing)});
        agents += members;
    }
    for (const auto& own : units) layout.organizations.push_back({{}, spiral(own, layout.units) + spacing / 2});
    place_in_rows(all, units, layout);
    layout.agents.resize(agents);
    place_agents(all, spacing, layout);
    return layout;
}

std::vector<Place> force_layout(const Network& network, double side) {
    const auto agents = static_cast<double>(network.agents());
    const double k = 1;  // distance at which a tie pulls as strongly as two agents push; the square comes at the end
    std::vector<Place> places, force(network.agents());
    for (AgentId agent = 0; agent < network.agents(); ++agent)
        places.push_back(around({}, k * std::sqrt(agent + 0.5), agent));
    const auto steps = static_cast<int>(std::clamp(1.5e9 / (agents * agents), 60.0, 300.0));
    for (int step = 0; step < steps; ++step) {
        push_apart(places, k, force);
        pull_together(network, places, k, force);
        const double farthest = k * std::sqrt(agents) / 10 * (1 - static_cast<double>(step) / steps);
        for (AgentId agent = 0; agent < network.agents(); ++agent) {
            const double size = std::hypot(force[agent].x, force[agent].y);
            const double move = std::min(size, farthest) / std::max(size, 1e-12);
            places[agent].x += force[agent].x * move;
            places[agent].y += force[agent].y * move;
        }
    }
    fill_square(side, places);
    return places;
}

}  // namespace commonweal
