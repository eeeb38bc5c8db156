#include "sim/network/table_remarks.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/network/spelling.hpp"
#include "tests/support/networks.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

class Remarks : public testing::Test {
protected:
    std::vector<std::string> of_ties(const std::string& text, const EdgeListFormat& format = {},
                                     const std::string& keys = "") const {
        return without_folder(edge_list_remarks(folder_.file("e.csv", text), format, keys));
    }
    std::vector<std::string> of_agents(const std::string& text) const {
        return without_folder(agent_table_remarks(folder_.file("a.csv", text), "id"));
    }

private:
    std::vector<std::string> without_folder(std::vector<std::string> remarks) const {
        for (auto& remark : remarks) remark.erase(0, (folder_ / "").string().size());
        return remarks;
    }

    Folder folder_;
};

TEST_F(Remarks, TellColumnsThatCouldBeLayersOrWeights) {
    const std::string ties = "source,target,Layer,Hours\na,b,x,2\nb,c,y,1\n";
    EXPECT_THAT(of_ties(ties), ElementsAre("e.csv: columns that are not used: Layer, Hours; layer=Layer would read the "
                                           "layers, weight=Hours would read the weights"));
    EXPECT_THAT(of_ties(ties, {.weight = "Hours"}),
                ElementsAre("e.csv: column that is not used: Layer; layer=Layer would read the layers"));
    EXPECT_THAT(of_ties(ties, {.weight = "Hours", .layer = "Layer"}), IsEmpty());
    EXPECT_THAT(
        of_ties("source,target,Hours a week\na,b,1\n", {}, "network."),
        ElementsAre("e.csv: column that is not used: Hours a week; network.weight='Hours a week' would read the "
                    "weights"));
    EXPECT_THAT(of_ties("source,target,kind\na,b,x\nb,c,x\n"),
                ElementsAre("e.csv: column that is not used: kind; layer=kind would read the layers"));
    EXPECT_THAT(of_ties("source,target,note\na,b,long ago\nb,c,\nc,d,\nd,e,\n"), IsEmpty())
        << "a column with empty fields can be neither";
    EXPECT_THAT(of_ties("source,target,weight,layer,note\na,b,1,x,9\n"), IsEmpty());
}

TEST_F(Remarks, TellLayersThatDifferOnlyInSpelling) {
    EXPECT_THAT(of_ties("source,target,layer\na,b,Advice\nb,c,\"advice \"\nc,d,Advice\nc,e, Advice \n"),
                ElementsAre("e.csv: the layers 'Advice' (3 ties) and 'advice ' (1 tie) differ only in capitals or "
                            "spaces, and are kept apart"));
    EXPECT_THAT(of_ties("source,target,layer\na,b,x\nb,c,X\nc,d,y\nd,e,Y\n"),
                ElementsAre("e.csv: the layers 'x' (1 tie) and 'X' (1 tie) differ only in capitals or spaces, and are "
                            "kept apart (1 more like this)"));
    EXPECT_THAT(of_ties("source,target,layer\na,b,Line\n"),
                ElementsAre("e.csv: the layer 'Line' is not read as the line of organizations; the name for that is "
                            "'line'"));
    EXPECT_THAT(of_ties("source,target,layer\na,b,line\nb,c,team\n"), IsEmpty());
}

TEST_F(Remarks, TellValuesOfAgentsThatDifferOnlyInSpelling) {
    EXPECT_THAT(
        of_agents("id,organization,age\nAnn,North Ward,1\nann,north ward,1\nbob,NorthWard,2\n"),
        ElementsAre("a.csv: in column 'organization' the values 'North Ward' (1 agent) and 'north ward' (1 agent) "
                    "and 'NorthWard' (1 agent) differ only in capitals or spaces, and are kept apart"));
    EXPECT_THAT(of_agents("id,site\na,x\nb,y\nc,x\n"), IsEmpty());
}

TEST_F(Remarks, TellColumnsNamedAlmostLikeThoseOfOrganizations) {
    EXPECT_THAT(of_agents("id,organization,Role\na,x,leader\n"),
                ElementsAre("a.csv: column 'Role' is not read as the role of an agent; the name for that is 'role'"));
    EXPECT_THAT(of_agents("id,Role\na,leader\n"), IsEmpty()) << "no organizations are meant";
}

TEST(Spelling, LeavesOutCapitalsAndSpaces) {
    EXPECT_EQ(without_spelling(" North\tWARD\xC2\xA0"), "northward");
    EXPECT_EQ(without_spelling("ÄRZTE Île ×"), "ärzteîle×");
    EXPECT_EQ(without_spelling("\xC3"), "\xC3");
}

}  // namespace
}  // namespace commonweal
