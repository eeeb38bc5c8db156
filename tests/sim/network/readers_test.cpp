#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/agent_table.hpp"
#include "sim/network/edge_list.hpp"
#include "sim/network/graphml.hpp"
#include "sim/network/network_writer.hpp"
#include "sim/network/row_reader.hpp"
#include "sim/network/xml_positions.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::StartsWith;

class Readers : public testing::Test {
protected:
    /// What the edge list reader says of this file.
    std::string edges_refused(const std::string& text, const EdgeListFormat& format = {}) const {
        const auto file = folder_.file("e.csv", text);
        return without_folder(message_of([&] { read_edge_list(file, format); }));
    }
    std::string agents_refused(const std::string& text) const {
        const auto file = folder_.file("a.csv", text);
        return without_folder(message_of([&] { read_agent_table(file); }));
    }
    std::string graphml_refused(const std::string& graph, const std::string& keys = "",
                                const std::string& direction = "undirected") const {
        const auto file = folder_.file("g.graphml", graphml(graph, keys, direction));
        return without_folder(message_of([&] { read_graphml(file); }));
    }
    static std::string graphml(const std::string& graph, const std::string& keys = "",
                               const std::string& direction = "undirected") {
        return "<?xml version=\"1.0\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n" + keys +
               "<graph id=\"G\" edgedefault=\"" + direction + "\">\n" + graph + "</graph></graphml>\n";
    }
    std::string without_folder(std::string message) const {
        const std::string folder = (folder_ / "").string();
        for (auto at = message.find(folder); at != message.npos; at = message.find(folder))
            message.erase(at, folder.size());
        return message;
    }

    Folder folder_;
};

TEST_F(Readers, RowReaderTakesAnyDelimiterQuotesAndLineEnds) {
    RowReader rows(folder_.file("t.csv",
                                "\xEF\xBB\xBF"
                                "a;b ; c\r\n\r\n1;\"x;\"\"y\"\"\";3\r\n  4 ;5;\"\""));
    EXPECT_EQ(rows.header(), (std::vector<std::string>{"a", "b", "c"}));
    ASSERT_TRUE(rows.next());
    EXPECT_THAT(rows.fields(), ElementsAre("1", "x;\"y\"", "3"));
    EXPECT_EQ(rows.line(), 3u);
    ASSERT_TRUE(rows.next());
    EXPECT_THAT(rows.fields(), ElementsAre("4", "5", ""));
    EXPECT_FALSE(rows.next());
}

TEST_F(Readers, RowReaderReadsFilesLargerThanItsBuffer) {
    std::string text = "source\ttarget\n";
    for (int k = 0; k < 700'000; ++k) text += "agent" + std::to_string(k) + "\tagent" + std::to_string(k + 1) + "\n";
    RowReader rows(folder_.file("long.tsv", text));
    std::uint64_t count = 0;
    while (rows.next()) {
        ASSERT_EQ(rows[0], "agent" + std::to_string(count));
        ++count;
    }
    EXPECT_EQ(count, 700'000u);
    EXPECT_EQ(rows.line(), 700'001u);
}

TEST_F(Readers, RowReaderRefusesWhatIsNoTable) {
    EXPECT_EQ(edges_refused(""), "e.csv: the file is empty; a header line with the names of the columns is needed");
    EXPECT_EQ(edges_refused("source,target\n1,2\n3\n"), "e.csv:3: the row has 1 field, the header 2");
    EXPECT_EQ(edges_refused("source,target\n1,2,3\n"), "e.csv:2: the row has 3 fields, the header 2");
    EXPECT_EQ(edges_refused("source,target\n1,\"2\n"), "e.csv:2: a quoted field is not closed on its line");
    EXPECT_EQ(edges_refused("source,target\n1,\x01\n"), "e.csv:2: there is a control character (0x01)");
    EXPECT_EQ(edges_refused(std::string("source,target\n1,2\n\0,3\n", 21)),
              "e.csv:3: there is a control character (0x00)");
    EXPECT_EQ(edges_refused("source,target\n1,M\xfcller\n"), "e.csv:2: byte 0xfc is not UTF-8; save the file as UTF-8");
    EXPECT_EQ(edges_refused("source,source\n"), "e.csv:1: two columns of the header are named 'source'");
    EXPECT_EQ(edges_refused("source,target\n" + std::string(2'000'000, 'x') + "\n"),
              "e.csv:2: the row is longer than 1 MiB");
    EXPECT_EQ(
        edges_refused("source,traget\n1,2\n"),
        "e.csv: there is no column 'target'; the columns are: source, traget; write target=traget to name another "
        "(a scenario has this key under [network])");
    EXPECT_THAT(message_of<IoError>([&] { read_edge_list(folder_ / "none.csv"); }),
                HasSubstr("none.csv: cannot be read"));
    EXPECT_THAT(message_of<IoError>([&] { read_edge_list(folder_ / ""); }), HasSubstr("cannot be read"));
}

TEST_F(Readers, MissingColumnsAreToldWithWhatNamesOthers) {
    EXPECT_THAT(
        edges_refused("Layer,Person A,Person B,Hours\nx,a,b,1\n"),
        StartsWith("e.csv: there is no column 'source' and no column 'target'; the columns are: Layer, Person A, "
                   "Person B, Hours; write source='Person A' target='Person B' to name others"));
    EXPECT_THAT(edges_refused("Target,SOURCE\na,b\n"), HasSubstr("write source=SOURCE target=Target to"));
    EXPECT_THAT(edges_refused("source,1st (of two)\na,b\n"), HasSubstr("write target='\"1st (of two)\"' to"));
    EXPECT_THAT(edges_refused("source,target,Hours\na,b,1\n", {.weight = "hour"}), HasSubstr("write weight=Hours to"));
    EXPECT_THAT(edges_refused("source,target,note\na,b,1\n", {.weight = "hour"}),
                testing::EndsWith("the columns are: source, target, note"));
    EXPECT_THAT(agents_refused("Full name,age\nann,3\n"), HasSubstr("write id='Full name' to"));
}

TEST_F(Readers, EdgeListNumbersAgentsInOrderOfFirstAppearance) {
    const Network network = read_edge_list(folder_.file("e.csv", "from,to,note\nzoë,\"b, c\",x\n7,zoë,\n"),
                                           {.source = "from", .target = "to"});
    EXPECT_EQ(network.agents(), 3u);
    EXPECT_EQ(network.label(0), "zoë");
    EXPECT_EQ(network.label(1), "b, c");
    EXPECT_EQ(network.label(2), "7");
    EXPECT_THAT(network.ties().neighbors(0), ElementsAre(1, 2));
    EXPECT_EQ(network.layers().front().name, "ties");
}

TEST_F(Readers, EdgeListHasWeightsAndLayers) {
    const Network network = read_edge_list(
        folder_.file("e.csv", "layer,source,target,weight\nwork,a,b,2\nhome,b,c,0.5\nwork,b,c,1e-3\nhome,c,a,0\n"));
    ASSERT_EQ(network.layers().size(), 2u);
    EXPECT_EQ(network.layers()[0].name, "work");
    EXPECT_THAT(network.layer("work").weights(1), ElementsAre(2, 1e-3f));
    EXPECT_THAT(network.layer("home").weights(2), ElementsAre(0, 0.5f));
    EXPECT_EQ(network.layer("home").degree(0), 1u);
}

TEST_F(Readers, EdgeListRefusesBadTiesWithFileAndLine) {
    EXPECT_EQ(edges_refused("source,target\na,b\nb,b\n"), "e.csv:3: agent 'b' is tied to itself");
    EXPECT_EQ(edges_refused("source,target\na,\n"), "e.csv:2: target is empty; a tie needs two agents");
    EXPECT_EQ(edges_refused("source,target,weight\na,b,nan\n"),
              "e.csv:2: weight is 'nan'; it must be a finite number of at least 0");
    EXPECT_EQ(edges_refused("source,target,weight\na,b,1\nb,c,-2\n"),
              "e.csv:3: weight is '-2'; it must be a finite number of at least 0");
    EXPECT_EQ(edges_refused("source,target,weight\na,b,1e99\n"),
              "e.csv:2: weight is '1e99'; it must be a finite number of at least 0");
    EXPECT_EQ(edges_refused("source,target,weight\na,b,\n"),
              "e.csv:2: weight is ''; it must be a finite number of at least 0");
    EXPECT_EQ(edges_refused("source,target,layer\na,b,\n"), "e.csv:2: layer is empty; a layer needs a name");
    EXPECT_EQ(edges_refused("source,target\n"), "e.csv: the file has a header but no ties");
    EXPECT_THAT(edges_refused("source,target\na,b\n", {.weight = "strength"}),
                HasSubstr("there is no column 'strength'"));
}

TEST_F(Readers, EdgeListRefusesDuplicatesWithBothLines) {
    EXPECT_THAT(edges_refused("source,target\na,b\nc,d\nb,a\n"),
                StartsWith("e.csv:4: the tie of 'a' and 'b' is in line 2 already (duplicates"));
    EXPECT_THAT(edges_refused("source,target\na,b\na,b\nd,c\nc,d\n"), HasSubstr("; 2 pairs are listed more than once"));
    const std::string layers = "source,target,layer\na,b,x\na,b,y\n";
    EXPECT_EQ(edges_refused(layers), "") << "in another layer it is another tie";
    EXPECT_THAT(edges_refused(layers + "b,a,y\n"), StartsWith("e.csv:4: the tie of 'a' and 'b' is in line 3 already"));
    EXPECT_EQ(edges_refused("source,target\na,b\nb,a\n", {.duplicates = Duplicates::merge}), "");
}

TEST_F(Readers, AgentTableKeepsNumbersAndTextsApart) {
    const AgentTable table = read_agent_table(folder_.file("a.csv", "id,age,unit,code\nann,30,sales,1\nbob,4.5,,x\n"));
    EXPECT_EQ(table.labels->size(), 2u);
    EXPECT_EQ(std::get<NumberColumn>(table.attributes.find("age")->values), (NumberColumn{30, 4.5}));
    EXPECT_EQ(table.attributes.find("unit")->text(0), "sales");
    EXPECT_EQ(table.attributes.find("unit")->text(1), "");
    EXPECT_TRUE(table.attributes.find("code")->is_text());
    EXPECT_EQ(table.attributes.find("id"), nullptr);
}

TEST_F(Readers, AgentTableRefusesBadRows) {
    EXPECT_EQ(agents_refused("id,age\nann,30\nann,31\n"), "a.csv:3: agent 'ann' has a second row; the first is line 2");
    EXPECT_EQ(agents_refused("id,age\n,30\n"), "a.csv:2: id is empty; every agent needs a name");
    EXPECT_THAT(agents_refused("id,age\nann,30\nbob,\n"),
                StartsWith("a.csv:3: age of agent 'bob' is empty; a column of numbers needs one for every agent"));
    EXPECT_EQ(
        agents_refused("id,organization,level\nann,x,0\nbob,x,\n"),
        "a.csv:3: level of agent 'bob' is empty; it must be a whole number of at least 0, the steps below the top");
    EXPECT_EQ(agents_refused("id,age\n"), "a.csv: the file has a header but no agents");
    EXPECT_THAT(agents_refused("name,age\nann,3\n"), HasSubstr("there is no column 'id'"));
}

TEST_F(Readers, AgentTableSaysWhoThereIs) {
    const auto agents = folder_.file("a.csv", "id,age\nann,30\nbob,31\neve,32\n");
    AgentTable table = read_agent_table(agents);
    const Network network =
        read_edge_list(folder_.file("e.csv", "source,target\neve,ann\n"), {}, table.labels, table.attributes);
    EXPECT_EQ(network.agents(), 3u);
    EXPECT_THAT(network.ties().neighbors(0), ElementsAre(2));
    EXPECT_EQ(network.ties().degree(1), 0u) << "agents without a tie are kept";
    const auto unknown = folder_.file("e.csv", "source,target\nann,bob\nann,evee\n");
    EXPECT_EQ(without_folder(message_of([&] { read_edge_list(unknown, {}, table.labels, table.attributes); })),
              "e.csv:3: agent 'evee' has no row in the table of agents (did you mean 'eve'?)");
}

TEST_F(Readers, GraphmlHasLabelsAttributesAndWeights) {
    const std::string keys =
        "<key id=\"k\" for=\"node\" attr.name=\"age\" attr.type=\"double\"/>\n<key id=\"u\" for=\"node\" "
        "attr.name=\"unit\" attr.type=\"string\"/>\n"
        "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n";
    const Network network = read_graphml(
        folder_.file("g.graphml", graphml("<node id=\"n&amp;1\"><data key=\"k\">30</data><data "
                                          "key=\"u\">x</data></node>\n<!-- <node id=\"no\"/> -->\n"
                                          "<node id=\"n2\"><data key=\"k\">31.5</data><data key=\"u\">y</data></node>\n"
                                          "<edge source=\"n2\" target=\"n&amp;1\"><data key=\"w\">2.5</data></edge>\n",
                                          keys)));
    EXPECT_EQ(network.agents(), 2u);
    EXPECT_EQ(network.label(0), "n&1");
    EXPECT_EQ(std::get<NumberColumn>(network.attributes().find("age")->values), (NumberColumn{30, 31.5}));
    EXPECT_EQ(network.attributes().find("unit")->text(1), "y");
    EXPECT_THAT(network.ties().weights(0), ElementsAre(2.5f));
}

TEST_F(Readers, GraphmlRefusesBadGraphsWithTheirLine) {
    const std::string nodes = "<node id=\"a\"/>\n<node id=\"b\"/>\n";
    EXPECT_EQ(graphml_refused(nodes + "<edge source=\"a\" target=\"b\"/>\n<edge source=\"b\" target=\"b\"/>\n"),
              "g.graphml:7: a node is tied to itself");
    EXPECT_THAT(graphml_refused(nodes + "<edge source=\"a\" target=\"b\"/>\n<edge\n source=\"b\" target=\"a\"/>\n"),
                StartsWith("g.graphml:7: the same nodes are tied"));
    EXPECT_THAT(graphml_refused(nodes + "<edge source=\"a\" target=\"c\"/>\n"), StartsWith("g.graphml"));
    EXPECT_THAT(graphml_refused(nodes, "", "directed"), HasSubstr("directed"));
    EXPECT_THAT(graphml_refused("<node id=\"a\">"), StartsWith("g.graphml: is not GraphML"));
    EXPECT_EQ(graphml_refused(""), "g.graphml: the file has no nodes");
    const std::string key = "<key id=\"k\" for=\"node\" attr.name=\"age\" attr.type=\"double\"/>\n";
    EXPECT_EQ(graphml_refused("<node id=\"a\"><data key=\"k\">1</data></node>\n<node id=\"b\"/>\n", key),
              "g.graphml:6: node 'b' has no age; other nodes have one");
    const std::string weight = "<key id=\"w\" for=\"edge\" attr.name=\"weight\" attr.type=\"double\"/>\n";
    EXPECT_EQ(graphml_refused(nodes + "<edge source=\"a\" target=\"b\"><data key=\"w\">-1</data></edge>\n", weight),
              "g.graphml:7: weight is '-1'; it must be a finite number of at least 0");
}

TEST_F(Readers, GraphmlRefusesWhatIsNoXml) {
    std::string deep;
    for (int level = 0; level < 1'000'000; ++level) deep += "<a>";
    for (const std::string& text : {std::string(), std::string("<"), std::string("<<<"), std::string("<graphml>"), deep,
                                    std::string("\0<graphml/>", 11), std::string("source,target\na,b\n"),
                                    std::string("<graphml><graph edgedefault='undirected'><node/></graph></graphml>")})
        EXPECT_THAT(without_folder(message_of([&] { read_graphml(folder_.file("g.graphml", text)); })),
                    StartsWith("g.graphml"))
            << text.substr(0, 60);
}

TEST_F(Readers, AttributesCanBeJoinedToKnownAgents) {
    AgentLabels labels;
    labels.find_or_add("b");
    labels.find_or_add("a");
    const auto file = folder_.file("a.csv", "id,age,unit\na,1,x\nb,2,y\n");
    const Attributes attributes = read_attributes_of(labels, file);
    EXPECT_EQ(std::get<NumberColumn>(attributes.find("age")->values), (NumberColumn{2, 1}));
    EXPECT_EQ(attributes.find("unit")->text(0), "y");
    const auto unknown = folder_.file("u.csv", "id\na\nb\nc\n");
    EXPECT_EQ(without_folder(message_of([&] { read_attributes_of(labels, unknown); })),
              "u.csv:4: the network has no agent 'c' (did you mean 'b'?)");
    const auto missing = folder_.file("m.csv", "id\na\n");
    EXPECT_EQ(without_folder(message_of([&] { read_attributes_of(labels, missing); })),
              "m.csv: agent 'b' has no row; the network has that agent");
}

TEST_F(Readers, WhatIsWrittenIsReadBackTheSame) {
    AgentTable table =
        read_agent_table(folder_.file("a.csv", "id,age,unit\n\"x, \"\"y\"\"\",30,<a&b>\nb,0.1,\"q, r\"\nalone,2,z\n"));
    const Network network = read_edge_list(folder_.file("e.csv", "source,target,weight\nb,\"x, \"\"y\"\"\",0.1\n"), {},
                                           table.labels, table.attributes);
    const std::uint64_t digest = digest_of(network);
    write_graphml(network, folder_ / "w.graphml");
    EXPECT_EQ(digest_of(read_graphml(folder_ / "w.graphml")), digest);
    for (const std::string ending : {".csv", ".tsv"}) {
        write_edge_list(network, folder_ / ("w" + ending));
        write_agent_table(network, folder_ / ("wa" + ending));
        AgentTable again = read_agent_table(folder_ / ("wa" + ending));
        EXPECT_EQ(digest_of(read_edge_list(folder_ / ("w" + ending), {}, again.labels, again.attributes)), digest);
    }
    EXPECT_FALSE(std::filesystem::exists(folder_ / "w.csv.partial"));
    EXPECT_THROW(write_edge_list(network, folder_ / "no_such_folder/w.csv"), IoError);
}

/// The statement about numbers is the one that reading shows.
TEST_F(Readers, EdgeListKeepsNumbersOnlyInOrderOfTheirFirstTies) {
    const auto kept = [&](const std::string& ties) {
        const AgentTable all = read_agent_table(folder_.file("all.csv", "id\na\nb\nc\nd\n"));
        const Network network =
            read_edge_list(folder_.file("n.csv", "source,target\n" + ties), {}, all.labels, all.attributes);
        write_edge_list(network, folder_ / "again.csv");
        const bool same = digest_of(read_edge_list(folder_ / "again.csv")) == digest_of(network);
        EXPECT_EQ(edge_list_keeps_numbers(network), same) << ties;
        return same;
    };
    EXPECT_TRUE(kept("a,b\nb,c\nc,d\n"));
    EXPECT_FALSE(kept("a,b\na,d\nc,d\n"));
    EXPECT_FALSE(kept("b,c\nb,d\na,d\n"));
}

TEST(XmlTags, AreFoundWithTheirLineAndAttributes) {
    const auto tags =
        xml_tags("<a>\n<!-- <b x='0'/> -->\n<b x = '1>2' y=\"&lt;&#233;&#xe9;\"/><bb/>\n<![CDATA[<b/>]]><b\n/>", "b");
    ASSERT_EQ(tags.size(), 2u);
    EXPECT_EQ(tags[0].line, 3u);
    EXPECT_EQ(tags[0].attribute("x"), "1>2");
    EXPECT_EQ(tags[0].attribute("y"), "<éé");
    EXPECT_EQ(tags[0].attribute("z"), "");
    EXPECT_EQ(tags[1].line, 4u);
}

}  // namespace
}  // namespace commonweal
