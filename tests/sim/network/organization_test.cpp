#include "sim/network/organization.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::StartsWith;

constexpr const char* ties = "source,target,layer\na,b,line\na,c,line\nb,d,line\nb,d,team\n";

Network loaded(const Folder& folder, const std::string& people) {
    return generated("network_file", {{"file", folder.file("ties.csv", ties).string()},
                                      {"agents", folder.file("people.csv", people).string()}});
}

TEST(Organizations, ReadsRolesAndTheLineOfALoadedNetwork) {
    const Folder folder;
    const Network network = loaded(folder,
                                   "id,organization,unit,role,level\n"
                                   "a,ward,top,leader,0\nb,ward,one,manager,1\nc,clinic,two,manager,1\n"
                                   "d,ward,one,frontline,2\ne,clinic,two,citizen,3\n");
    const Organizations all(network);
    ASSERT_EQ(all.organizations(), 2u);
    EXPECT_EQ(all.organization_name(1), "clinic");
    EXPECT_EQ(all.organization(4), 1u);
    EXPECT_EQ(all.units(), 3u);
    EXPECT_EQ(all.unit_name(all.unit(3)), "one");
    EXPECT_EQ(all.organization_of_unit(all.unit(3)), 0u);
    EXPECT_EQ(all.role(0), Role::leader);
    EXPECT_EQ(all.role(4), Role::citizen);
    EXPECT_EQ(all.level(3), 2u);
    EXPECT_EQ(all.superior(0), no_agent);
    EXPECT_EQ(all.superior(3), 1u);
    EXPECT_EQ(all.superior(2), 0u);
    EXPECT_EQ(all.superior(4), no_agent);
    const auto ward = all.members_of_organization(0);
    EXPECT_EQ(std::vector<AgentId>(ward.begin(), ward.end()), (std::vector<AgentId>{0, 1, 3}));
    const auto two = all.members_of_unit(all.unit(2));
    EXPECT_EQ(std::vector<AgentId>(two.begin(), two.end()), (std::vector<AgentId>{2, 4}));
}

TEST(Organizations, ReadGraphMLToo) {
    const Folder folder;
    const auto file = folder.file("people.graphml", R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="o" for="node" attr.name="organization" attr.type="string"/>
  <key id="r" for="node" attr.name="role" attr.type="string"/>
  <key id="l" for="node" attr.name="level" attr.type="int"/>
  <graph edgedefault="undirected">
    <node id="ann"><data key="o">R&amp;D</data><data key="r">manager</data><data key="l">0</data></node>
    <node id="bob"><data key="o">shop</data><data key="r">frontline</data><data key="l">1</data></node>
    <edge source="ann" target="bob"/>
  </graph>
</graphml>
)");
    const Organizations all(generated("network_file", {{"file", file.string()}}));
    ASSERT_EQ(all.organizations(), 2u);
    EXPECT_EQ(all.organization_name(0), "R&D");
    EXPECT_EQ(all.unit_name(all.unit(1)), "shop");
    EXPECT_EQ(all.role(0), Role::manager);
    EXPECT_EQ(all.level(1), 1u);
    EXPECT_EQ(all.superior(1), no_agent) << "GraphML holds one layer, which is not the line";
}

TEST(Organizations, TakeWhatIsNotSaidForTheSimplest) {
    const Folder folder;
    const Network network = loaded(folder, "id,organization\na,1\nb,1\nc,2\nd,2\n");
    const Organizations all(network);
    EXPECT_EQ(all.organizations(), 2u);
    EXPECT_EQ(all.units(), 2u);
    EXPECT_EQ(all.role(0), Role::frontline);
    EXPECT_EQ(all.superior(3), no_agent);
}

class WrongOrganizations : public testing::Test {
protected:
    std::string told(const std::string& people) const {
        const Network network = loaded(folder_, people);
        std::string message = message_of([&] { Organizations all(network); });
        const std::string folder = (folder_ / "").string();
        if (message.starts_with(folder)) message.erase(0, folder.size());
        return message;
    }

    Folder folder_;
};

TEST_F(WrongOrganizations, AreToldWithFileLineAndAgent) {
    EXPECT_THAT(told("id,organisation\na,x\nb,x\nc,x\nd,x\n"),
                AllOf(StartsWith("people.csv: "), HasSubstr("did you mean 'organisation'")));
    EXPECT_EQ(told("id,organization\na,x\n\nb,x\nc,\nd,x\n"),
              "people.csv:5: organization of agent 'c' is empty; every agent belongs to one organization");
    EXPECT_THAT(told("id,organization,unit\na,x,u\nb,x,\nc,x,u\nd,x,u\n"),
                StartsWith("people.csv:3: unit of agent 'b' is empty; every agent is in one unit"));
    EXPECT_EQ(told("id,organization,role\na,x,leader\nb,x,manger\nc,x,leader\nd,x,leader\n"),
              "people.csv:3: role of agent 'b' is 'manger' (did you mean 'manager'?); it must be one of frontline, "
              "manager, leader, citizen");
    EXPECT_THAT(told("id,organization,role\na,x,leader\nb,x,boss\nc,x,leader\nd,x,leader\n"),
                StartsWith("people.csv:3: role of agent 'b' is 'boss'; it must be"));
    EXPECT_EQ(told("id,organization,level\na,x,0\nb,x,0.5\nc,x,1\nd,x,2\n"),
              "people.csv:3: level of agent 'b' is '0.5'; it must be a whole number of at least 0, the steps below the "
              "top");
}

TEST_F(WrongOrganizations, DoNotBlameTheAgentsWhoAreRight) {
    EXPECT_THAT(told("id,organization,level\na,x,0\nb,x,one\nc,x,1\nd,x,2\n"),
                StartsWith("people.csv:3: level of agent 'b' is 'one'; "))
        << "one word makes a column of texts";
    EXPECT_THAT(
        told("id,organization,unit\na,x,u\nb,y,u\nc,y,u\nd,y,v\n"),
        StartsWith("people.csv:2: agent 'a' of organization 'x' has unit 'u', which 2 agents of organization 'y' "
                   "have (first 'b', line 3); a unit is in one organization"))
        << "most agents of the unit are in the other organization";
    EXPECT_THAT(told("id,organization,unit\na,x,u\nb,y,u\nc,y,v\nd,y,v\n"),
                StartsWith("people.csv:3: agent 'b' of organization 'y' has unit 'u', which an agent of organization "
                           "'x' has (first 'a', line 2)"));
}

TEST_F(WrongOrganizations, TellAllWhoCouldBeTheSuperior) {
    EXPECT_EQ(told("id,organization,level\na,x,1\nb,x,0\nc,x,0\nd,x,2\n"),
              "people.csv:2: agent 'a' (level 1, line 2) has 2 neighbors with a smaller level on the layer line: 'b' "
              "(level 0, line 3) and 'c' (level 0, line 4); an agent reports to the one with the smaller level, and "
              "there can be only one: one of these levels or ties is wrong");
    const std::string people = "id,organization,role,level\na,x,leader,0\nb,x,manager,";
    EXPECT_THAT(told(people + "1\nc,x,manager,1\nd,x,frontline,0\n"),
                AllOf(StartsWith("people.csv:5: agent 'b' (manager, level 1, line 3) has 2 neighbors"),
                      EndsWith("the level of 'd' seems to be wrong")));
}

}  // namespace
}  // namespace commonweal
