#include "sim/network/picture.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include "sim/core/parallel.hpp"
#include "sim/network/picture_layout.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;
using testing::Not;

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + part.size())) ++found;
    return found;
}

/// What is wrong with a text as XML: elements that are not closed, or closed in another order; a bare & or <. "" if
/// nothing is.
std::string fault(const std::string& xml) {
    std::vector<std::string> open;
    for (std::size_t at = 0; at < xml.size();) {
        if (xml[at] == '&') {
            const std::string entity = xml.substr(at, xml.find(';', at) + 1 - at);
            if (entity != "&amp;" && entity != "&lt;" && entity != "&gt;" && entity != "&quot;") return "bare &";
        }
        if (xml[at] != '<') {
            if (static_cast<unsigned char>(xml[at]) < 0x20 && xml[at] != '\n') return "control character";
            ++at;
            continue;
        }
        const std::size_t end = xml.find('>', at);
        if (end == xml.npos) return "no end of a tag";
        const std::string tag = xml.substr(at + 1, end - at - 1);
        at = end + 1;
        if (tag.find('<') != tag.npos) return "< inside of " + tag;
        if (tag.front() == '?' || tag.back() == '/') continue;
        if (tag.front() != '/') {
            open.push_back(tag.substr(0, tag.find(' ')));
        } else {
            if (open.empty() || open.back() != tag.substr(1)) return "closed too early: " + tag;
            open.pop_back();
        }
    }
    return open.empty() ? "" : "not closed: " + open.back();
}

/// The numbers of an attribute, in the order of the text.
std::vector<double> numbers(const std::string& text, const std::string& attribute) {
    std::vector<double> values;
    const std::string start = " " + attribute + "=\"";
    for (std::size_t at = text.find(start); at != text.npos; at = text.find(start, at + 1))
        values.push_back(std::strtod(text.c_str() + at + start.size(), nullptr));
    return values;
}

TEST(Picture, HasAMarkForEveryAgentOfEveryGenerator) {
    for (const auto& entry : models::networks()) {
        if (entry.info.name == "network_file") continue;
        const Network network = entry.make({}, "test")->generate(seeded(3), 0);
        if (network.agents() > 1200 && entry.info.name != "public_service") continue;
        const std::string picture = picture_of(network, std::string(entry.info.name));
        EXPECT_EQ(fault(picture), "") << entry.info.name;
        EXPECT_EQ(count(picture, " data-agent="), network.agents()) << entry.info.name;
        const auto agents = numbers(picture, "data-agent");
        EXPECT_EQ(std::set<double>(agents.begin(), agents.end()).size(), network.agents()) << entry.info.name;
        EXPECT_THAT(picture, Not(HasSubstr("nan"))) << entry.info.name;
        EXPECT_THAT(picture, HasSubstr("role=\"img\""));
        EXPECT_THAT(picture, HasSubstr("<title>" + std::string(entry.info.name) + "</title>"));
        EXPECT_THAT(picture, HasSubstr("<desc>A network of " + std::to_string(network.agents()) + " agents"));
        const double width = numbers(picture, "width").front(), height = numbers(picture, "height").front();
        const std::string marks = picture.substr(0, picture.find("<g transform"));  // the legend has its own places
        for (const double x : numbers(marks, "cx")) EXPECT_TRUE(0 < x && x < width) << entry.info.name << " " << x;
        for (const double y : numbers(marks, "cy")) EXPECT_TRUE(0 < y && y < height) << entry.info.name << " " << y;
    }
}

TEST(Picture, OfAServiceOfTwoThousandStaysSmall) {
    const std::string picture = picture_of(generated("public_service"), "service");
    EXPECT_LT(picture.size(), 1'000'000u);
    EXPECT_EQ(count(picture, ">trust_2</text>"), 1u);
    for (const char* role : {"frontline", "manager", "leader", "citizen"})
        EXPECT_THAT(picture, HasSubstr(std::string(">") + role + " ("));
    for (const char* layer : {"team", "line", "informal", "board", "coproduction"})
        EXPECT_THAT(picture, HasSubstr(std::string(">") + layer + " ("));
    EXPECT_THAT(picture, Not(HasSubstr("Only one of"))) << "every tie is drawn";
}

TEST(Picture, EscapesNames) {
    const Folder folder;
    const auto ties = folder.file("e.csv", "source,target,layer\na<b&\"c\",d>e,\"x<y\"\n").string();
    const auto people =
        folder.file("a.csv", "id,organization,unit,role\na<b&\"c\",R&D <1>,\"u&1\",manager\nd>e,shop,v,citizen\n")
            .string();
    const std::string picture =
        picture_of(generated("network_file", {{"file", ties}, {"agents", people}}), "<script>alert(\"&\")</script>");
    EXPECT_EQ(fault(picture), "");
    EXPECT_THAT(picture, HasSubstr("<title>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</title>"));
    EXPECT_THAT(picture, HasSubstr("<title>a&lt;b&amp;&quot;c&quot;: manager, u&amp;1</title>"));
    EXPECT_THAT(picture, HasSubstr(">R&amp;D &lt;1&gt;</text>"));
    EXPECT_THAT(picture_of(generated("star"),
                           "a\x01"
                           "b\n"),
                HasSubstr("<title>a b </title>"));
    EXPECT_THAT(picture, HasSubstr(">x&lt;y (1 ties)</text>"));
    EXPECT_NE(fault("<svg><title>a & b</title></svg>"), "") << "control of the test's own eyes";
    EXPECT_NE(fault("<svg><g></svg></g>"), "") << "control";
}

TEST(Picture, IsTheSameForAnyThreads) {
    const auto picture = [](unsigned threads, std::uint64_t seed, const char* name) {
        std::string text;
        with_threads(threads, [&] { text = picture_of(generated(name, {{"agents", whole(400)}}, seed), "t"); });
        return text;
    };
    for (const char* name : {"erdos_renyi", "watts_strogatz"}) {
        EXPECT_EQ(picture(1, 1, name), picture(4, 1, name));
        EXPECT_NE(picture(1, 1, name), picture(1, 2, name)) << "control";
    }
}

TEST(Picture, DrawsUnitsOrOrganizationsWhenAgentsAreTooMany) {
    const Network units = generated("public_service", {{"agents", whole(8000)}});
    const std::string picture = picture_of(units, "t");
    EXPECT_EQ(fault(picture), "");
    EXPECT_EQ(count(picture, " data-agent="), 0u);
    EXPECT_EQ(count(picture, " data-unit="), Organizations(units).units());
    EXPECT_THAT(picture, HasSubstr("Discs are units, sized by their agents"));
    const Network large = generated("public_service", {{"agents", whole(100'000)}});
    const std::string organizations = picture_of(large, "t");
    EXPECT_EQ(count(organizations, " data-organization="), 22u);
    EXPECT_LT(organizations.size(), 100'000u);
}

TEST(Picture, SaysThatItLeavesTiesOut) {
    const std::string picture = picture_of(generated("complete", {{"agents", whole(300)}}), "t");
    EXPECT_THAT(picture, HasSubstr("Only one of 3 ties is drawn.</text>"));
    EXPECT_EQ(count(picture.substr(picture.find("<path")), "M"), (300u * 299 / 2 + 2) / 3 + 1)
        << "and one in the legend";
}

TEST(Picture, RefusesWhatItHasNoRoomFor) {
    EXPECT_THAT(message_of([] { picture_of(generated("star", {{"agents", whole(5001)}}), "t"); }),
                HasSubstr("a picture has room for 5000 agents, and 5001 belong to no organization"));
}

TEST(PictureLayout, KeepsOrganizationsUnitsAndAgentsApart) {
    const Network network = generated("public_service");
    const Organizations all(network);
    const OrganizationLayout layout = layout_of(all, 8);
    const auto distance = [](const Place& a, const Place& b) { return std::hypot(a.x - b.x, a.y - b.y); };
    const auto& discs = layout.organizations;
    for (std::size_t i = 0; i < discs.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            EXPECT_GE(distance(discs[i].center, discs[j].center), discs[i].radius + discs[j].radius);
    for (std::uint32_t u = 0; u < all.units(); ++u) {
        const Disc& disc = discs[all.organization_of_unit(u)];
        EXPECT_LE(distance(layout.units[u].center, disc.center) + layout.units[u].radius, disc.radius + 1e-6);
        for (const AgentId a : all.members_of_unit(u)) {
            EXPECT_LE(distance(layout.agents[a], layout.units[u].center), layout.units[u].radius);
            for (const AgentId b : all.members_of_unit(u))
                if (a < b) {
                    EXPECT_GT(distance(layout.agents[a], layout.agents[b]), 0.72 * 8);
                }
        }
    }
}

TEST(PictureLayout, PutsTheTiedNearEachOther) {
    const Network ring = generated("ring_lattice", {{"agents", whole(60)}, {"degree", whole(2)}});
    const auto places = force_layout(ring, 100);
    double tied = 0, all = 0;
    for (AgentId a = 0; a < 60; ++a)
        for (AgentId b = 0; b < a; ++b) {
            const double distance = std::hypot(places[a].x - places[b].x, places[a].y - places[b].y);
            all += distance / (60.0 * 59 / 2);
            if (ring.ties().tied(a, b)) tied += distance / 60;
        }
    EXPECT_LT(tied, all / 4);
}

}  // namespace
}  // namespace commonweal
