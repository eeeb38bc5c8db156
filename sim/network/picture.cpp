#include "sim/network/picture.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <numeric>
#include <optional>

#include "sim/core/error.hpp"
#include "sim/network/picture_layout.hpp"
#include "sim/network/picture_marks.hpp"

namespace commonweal {

namespace {

constexpr double margin = 16, line_height = 20, heading_size = 16, text_size = 13;

/// Distance of neighboring agents; the largest networks, of whose agents none is drawn, come out as wide as one of
/// `most_marks` agents.
double spacing_for(AgentId agents) { return 8 * std::sqrt(std::min(1.0, most_marks / static_cast<double>(agents))); }

std::string circle(const Disc& disc, std::string_view more = "") {
    return fmt::format("<circle{} cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\"", more, disc.center.x, disc.center.y,
                       disc.radius);
}

/// One entry of the legend.
struct Entry {
    std::string symbol;  ///< drawn around (0, 0), 24 wide
    std::string text;
};

/// What kind of thing each mark of the picture is.
enum class Detail { agents, units, organizations };

class Picture {
public:
    Picture(const Network& network, const std::string& title) : network_(network), title_(title) {
        if (network.attributes().find("organization"))
            all_.emplace(network);
        else if (network.agents() > most_marks)
            throw ConfigError(
                fmt::format("a picture has room for {} agents, and {} belong to no organization; draw a "
                            "smaller network, or give agents the attribute 'organization'",
                            most_marks, network.agents()));
        roles_ = all_ && network.attributes().find("role");
        choose_detail();
    }

    std::string text() {
        place();
        const std::string between = lines();
        const std::string body =
            discs() + (detail_ == Detail::organizations ? marks() + between : between + marks()) + names();
        const std::string legend = legend_text();
        const double high = bottom_ + margin;
        const double room = (width_ - 2 * margin) / std::max(1.0, text_width(title_, heading_size));
        return fmt::format(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
            "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" viewBox=\"0 0 {0:.0f} {1:.0f}\" width=\"{0:.0f}\" "
            "height=\"{1:.0f}\" font-family=\"sans-serif\" font-size=\"{2}\" fill=\"#000000\">\n"
            "<title>{3}</title>\n<desc>{4}</desc>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n"
            "<text x=\"{5}\" y=\"{6}\" font-size=\"{7:.1f}\">{3}</text>\n{8}{9}</svg>\n",
            width_, high, text_size, picture_text(title_), picture_text(description()), margin, margin + heading_size,
            heading_size * std::min(1.0, room), body, legend);
    }

private:
    void choose_detail() {
        if (network_.agents() <= most_marks) return;
        detail_ = all_->units() <= most_marks ? Detail::units : Detail::organizations;
        if (detail_ == Detail::organizations && all_->organizations() > most_marks)
            throw ConfigError(fmt::format("a picture has room for {} organizations; there are {}", most_marks,
                                          all_->organizations()));
    }

    /// Everything gets its place, below the heading and within the margins.
    void place() {
        const double top = 2 * margin + heading_size;
        if (all_) {
            layout_ = layout_of(*all_, spacing_for(network_.agents()));
        } else {
            const double side = std::max(420.0, 22 * std::sqrt(network_.agents()));
            layout_.agents = force_layout(network_, side);
            layout_.width = layout_.height = side;
        }
        const auto move = [&](Place& at) { at = {at.x + margin, at.y + top}; };
        std::ranges::for_each(layout_.agents, move);
        for (auto* discs : {&layout_.units, &layout_.organizations})
            for (Disc& disc : *discs) move(disc.center);
        width_ = std::max(layout_.width, 420.0) + 2 * margin;
        bottom_ = top + layout_.height;
    }

    /// Number of marks, and the place of each.
    std::uint32_t marks_there_are() const {
        if (detail_ == Detail::agents) return network_.agents();
        return detail_ == Detail::units ? all_->units() : all_->organizations();
    }
    std::uint32_t mark(AgentId agent) const {
        if (detail_ == Detail::agents) return agent;
        return detail_ == Detail::units ? all_->unit(agent) : all_->organization(agent);
    }
    Place place_of(std::uint32_t mark) const {
        if (detail_ == Detail::agents) return layout_.agents[mark];
        return (detail_ == Detail::units ? layout_.units : layout_.organizations)[mark].center;
    }

    std::string discs() const {
        std::string text = "<g fill=\"#f2f2f2\" stroke=\"#999999\">\n";
        for (const Disc& disc : layout_.organizations) text += circle(disc) + "/>\n";
        text += "</g>\n";
        if (detail_ != Detail::agents) return text;
        text += "<g fill=\"#ffffff\" stroke=\"#cccccc\" stroke-width=\"0.5\">\n";
        for (const Disc& disc : layout_.units) text += circle(disc) + "/>\n";
        return text + "</g>\n";
    }

    /// Layers in the order of the network, boards last: they lie on top.
    std::vector<std::size_t> layer_order() const {
        std::vector<std::size_t> order(network_.layers().size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::ranges::stable_partition(order, [&](std::size_t i) { return network_.layers()[i].name != "board"; });
        return order;
    }

    std::string lines() {
        std::uint64_t lines = 0;
        std::vector<Bundles> bundles;
        for (const NamedLayer& named : network_.layers()) {
            if (detail_ != Detail::agents) bundles.push_back(bundles_of(named.layer));
            lines += detail_ == Detail::agents ? named.layer.ties() : bundles.back().size();
        }
        every_ = std::max<std::uint64_t>(1, (lines + most_lines - 1) / most_lines);
        std::string text;
        for (const std::size_t i : layer_order())
            text += detail_ == Detail::agents ? tie_lines(i) : bundle_lines(i, bundles[i]);
        return text;
    }

    std::string tie_lines(std::size_t layer) const {
        std::string path;
        std::uint64_t count = 0;
        const Layer& ties = network_.layers()[layer].layer;
        for (AgentId a = 0; a < ties.agents(); ++a)
            for (const AgentId b : ties.neighbors(a)) {
                if (b < a || count++ % every_ != 0) continue;
                const Place from = layout_.agents[a], to = layout_.agents[b];
                path += fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", from.x, from.y, to.x, to.y);
            }
        if (path.empty()) return "";
        return fmt::format("<path {} d=\"{}\"/>\n", line_style(layer).attributes(0.6), path);
    }

    /// Numbers of ties between two units or organizations.
    using Bundles = std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint64_t>;
    Bundles bundles_of(const Layer& layer) const {
        Bundles bundles;
        for (AgentId a = 0; a < layer.agents(); ++a)
            for (const AgentId b : layer.neighbors(a))
                if (a < b && mark(a) != mark(b)) ++bundles[std::minmax({mark(a), mark(b)})];
        return bundles;
    }

    /// One line for each bundle, whose width grows with the root of the number of ties.
    std::string bundle_lines(std::size_t layer, const Bundles& bundles) const {
        std::map<int, std::string> paths;  // by width in tenths
        std::uint64_t number = 0;
        for (const auto& [pair, count] : bundles) {
            if (number++ % every_ != 0) continue;
            const Place from = place_of(pair.first), to = place_of(pair.second);
            const double width = std::min(8.0, 0.7 * std::sqrt(static_cast<double>(count)));
            paths[static_cast<int>(width * 10)] +=
                fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", from.x, from.y, to.x, to.y);
        }
        if (paths.empty()) return "";
        std::string text = fmt::format("<g {}>\n", line_style(layer).attributes(0.6));
        for (const auto& [width, path] : paths)
            text += fmt::format("<path stroke-width=\"{:.1f}\" d=\"{}\"/>\n", width / 10.0, path);
        return text + "</g>\n";
    }

    std::string marks() const { return detail_ == Detail::agents ? agent_marks() : disc_marks(); }

    std::string agent_marks() const {
        const double size = all_ ? 0.36 * spacing_for(network_.agents()) : 4;
        std::array<std::string, role_names.size()> marks;
        for (AgentId agent = 0; agent < network_.agents(); ++agent) {
            const Role role = all_ ? all_->role(agent) : Role::frontline;
            marks[static_cast<std::size_t>(role)] += mark_of(role, layout_.agents[agent], size)
                                                         .text(fmt::format(" data-agent=\"{}\"", agent),
                                                               "<title>" + picture_text(name_of(agent)) + "</title>");
        }
        std::string text;
        for (std::size_t role = 0; role < marks.size(); ++role)
            if (!marks[role].empty())
                text += fmt::format("<g {}>\n{}</g>\n", look_of(static_cast<Role>(role)), marks[role]);
        return text;
    }

    std::string name_of(AgentId agent) const {
        std::string name = (network_.labeled() ? "" : "agent ") + network_.label(agent);
        if (all_ && roles_) name += fmt::format(": {}", role_names[static_cast<std::size_t>(all_->role(agent))]);
        if (all_) name += fmt::format("{} {}", roles_ ? "," : ":", all_->unit_name(all_->unit(agent)));
        return name;
    }

    std::string disc_marks() const {
        const bool units = detail_ == Detail::units;
        std::string text =
            fmt::format("<g fill=\"{}\" stroke=\"#ffffff\" stroke-width=\"0.5\">\n", units ? "#5a9fc8" : "#cfe3f0");
        for (std::uint32_t m = 0; m < marks_there_are(); ++m) {
            const Disc& disc = (units ? layout_.units : layout_.organizations)[m];
            const auto members = units ? all_->members_of_unit(m) : all_->members_of_organization(m);
            text += circle({disc.center, units ? 0.8 * disc.radius : disc.radius},
                           fmt::format(" data-{}=\"{}\"", units ? "unit" : "organization", m)) +
                    fmt::format("><title>{}: {} agents</title></circle>\n",
                                picture_text(units ? all_->unit_name(m) : all_->organization_name(m)), members.size());
        }
        return text + "</g>\n";
    }

    std::string names() const {
        std::string text = fmt::format("<g font-size=\"{}\" text-anchor=\"middle\">\n", name_size);
        for (std::uint32_t k = 0; k < layout_.organizations.size(); ++k) {
            const Disc& disc = layout_.organizations[k];
            text += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", disc.center.x,
                                disc.center.y - disc.radius - name_size / 2, picture_text(all_->organization_name(k)));
        }
        return text + "</g>\n";
    }

    std::vector<Entry> entries() const {
        std::vector<Entry> entries;
        if (detail_ == Detail::agents && roles_) {
            for (std::size_t role = 0; role < role_names.size(); ++role)
                if (const std::uint64_t count = in_role(static_cast<Role>(role)))
                    entries.push_back({fmt::format("<g {}>{}</g>", look_of(static_cast<Role>(role)),
                                                   mark_of(static_cast<Role>(role), {}, 5).text("", "")),
                                       fmt::format("{} ({})", role_names[role], count)});
        } else {
            constexpr std::array<std::string_view, 3> things{"agents", "units, by size", "organizations, by size"};
            entries.push_back(
                {fmt::format("<g {}>{}</g>", look_of(Role::frontline), mark_of(Role::frontline, {}, 5).text("", "")),
                 fmt::format("{} ({})", things[static_cast<std::size_t>(detail_)], marks_there_are())});
        }
        for (const std::size_t i : layer_order()) {
            LineStyle style = line_style(i);
            style.width *= 2;
            entries.push_back(
                {fmt::format("<path {} d=\"M-14 0H14\"/>", style.attributes(1)),
                 fmt::format("{} ({} ties)", network_.layers()[i].name, network_.layers()[i].layer.ties())});
        }
        return entries;
    }

    std::uint64_t in_role(Role role) const {
        std::uint64_t count = 0;
        for (AgentId agent = 0; agent < network_.agents(); ++agent) count += all_->role(agent) == role;
        return count;
    }

    /// Entries side by side, as many as have room in a row. Says how far down the picture reaches.
    std::string legend_text() {
        std::string text = "<g>\n";
        double x = margin;
        bottom_ += line_height;
        for (const Entry& entry : entries()) {
            const double wide = 60 + text_width(entry.text, text_size);
            if (x > margin && x + wide > width_) {
                x = margin;
                bottom_ += line_height;
            }
            text += fmt::format(
                "<g transform=\"translate({:.1f} {:.1f})\">{}</g><text x=\"{:.1f}\" y=\"{:.1f}\">{}</text>\n", x + 14,
                bottom_ - 4, entry.symbol, x + 36, bottom_, picture_text(entry.text));
            x += wide;
        }
        if (every_ > 1) {
            bottom_ += line_height;
            text += fmt::format("<text x=\"{}\" y=\"{:.1f}\">{}</text>\n", margin, bottom_, thinned());
        }
        return text + "</g>\n";
    }

    std::string thinned() const {
        return fmt::format("Only one of {} {} is drawn.", every_, detail_ == Detail::agents ? "ties" : "lines");
    }

    std::string description() const {
        std::string text = fmt::format("A network of {} agents", network_.agents());
        if (all_) text += fmt::format(" in {} organizations with {} units", all_->organizations(), all_->units());
        text += ".";
        if (roles_) {
            text += " Roles:";
            for (std::size_t role = 0; role < role_names.size(); ++role)
                text += fmt::format("{} {} {}", role ? "," : "", in_role(static_cast<Role>(role)), role_names[role]);
            text += ".";
        }
        text += " Layers of ties:";
        for (std::size_t i = 0; i < network_.layers().size(); ++i)
            text += fmt::format("{} {} {}", i ? "," : "", network_.layers()[i].name, network_.layers()[i].layer.ties());
        text += ".";
        if (detail_ != Detail::agents)
            text += fmt::format(
                " Discs are {}, sized by their agents; the width of a line grows with the root of the "
                "number of ties between two of them.",
                detail_ == Detail::units ? "units" : "organizations");
        return every_ > 1 ? text + " " + thinned() : text;
    }

    const Network& network_;
    const std::string& title_;
    std::optional<Organizations> all_;
    bool roles_ = false;
    Detail detail_ = Detail::agents;
    std::uint64_t every_ = 1;  ///< of so many lines one is drawn
    OrganizationLayout layout_;
    double width_ = 0, bottom_ = 0;
};

}  // namespace

std::string picture_of(const Network& network, const std::string& title) { return Picture(network, title).text(); }

}  // namespace commonweal
