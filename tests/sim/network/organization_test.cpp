#include "sim/network/organization.hpp"

#include <gtest/gtest.h>

#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

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

TEST(Organizations, RefuseWhatCannotBe) {
    const Folder folder;
    const auto message = [&](const std::string& people) {
        const Network network = loaded(folder, people);
        return message_of([&] { Organizations all(network); });
    };
    EXPECT_NE(message("id,organisation\na,x\nb,x\nc,x\nd,x\n").find("did you mean 'organisation'"), std::string::npos);
    EXPECT_NE(message("id,organization,role\na,x,leader\nb,x,boss\nc,x,leader\nd,x,leader\n").find("'boss' is no role"),
              std::string::npos);
    EXPECT_NE(message("id,organization,unit\na,x,u\nb,y,u\nc,x,v\nd,x,v\n").find("unit 'u' is in two organizations"),
              std::string::npos);
    EXPECT_NE(message("id,organization,level\na,x,0\nb,x,0.5\nc,x,1\nd,x,2\n").find("level of agent b is '0.5'"),
              std::string::npos);
    EXPECT_NE(message("id,organization,role\na,x,leader\nb,x,manger\nc,x,leader\nd,x,leader\n")
                  .find("did you mean 'manager'?"),
              std::string::npos);
    const std::string two = message("id,organization,level\na,x,1\nb,x,0\nc,x,0\nd,x,2\n");
    EXPECT_NE(two.find("agent a reports to both b and c"), std::string::npos) << two;
}

}  // namespace
}  // namespace commonweal
