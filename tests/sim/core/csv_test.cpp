#include "sim/core/csv.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

using testing::HasSubstr;

std::filesystem::path written(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      (std::string("csv_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    return path;
}

template <class Failure, class Action>
std::string message_of(const Action& action) {
    try {
        action();
    } catch (const Failure& failure) {
        return failure.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
}

TEST(CsvTable, ReadsTheThreeDelimitersQuotesAndWindowsLines) {
    for (const char d : {',', ';', '\t'}) {
        const std::string s(1, d);
        const CsvTable table(
            written("a" + s + "b c\r\n1" + s + "\"x" + s + "y\"\r\n\r\n2" + s + "\"he said \"\"hm\"\"\"\r\n"));
        ASSERT_EQ(table.rows(), 2u);
        EXPECT_EQ(table.text(0, table.column("b c")), "x" + s + "y");
        EXPECT_EQ(table.text(1, table.column("b c")), "he said \"hm\"");
        EXPECT_EQ(table.number(1, 0, 0, 10), 2.0);
    }
}

TEST(CsvTable, NamesTheColumnsThereAreAndTheNearest) {
    const CsvTable table(written("subject,period,contribution\n1,1,5\n"));
    const auto message = message_of<ConfigError>([&] { (void)table.column("contributions"); });
    EXPECT_THAT(message, HasSubstr("no column 'contributions'"));
    EXPECT_THAT(message, HasSubstr("did you mean 'contribution'?"));
    EXPECT_THAT(message, HasSubstr("subject, period, contribution"));
}

TEST(CsvTable, RefusesValuesThatAreNoNumbersInRange) {
    const CsvTable table(written("c\n5\nfive\nnan\n21\n 7 \n"));
    EXPECT_EQ(table.number(0, 0, 0, 20), 5);
    EXPECT_EQ(table.number(4, 0, 0, 20), 7);
    EXPECT_THAT(message_of<ConfigError>([&] { (void)table.number(1, 0, 0, 20); }), HasSubstr(":3: c is 'five'"));
    EXPECT_THAT(message_of<ConfigError>([&] { (void)table.number(2, 0, 0, 20); }), HasSubstr(":4: c is 'nan'"));
    EXPECT_THAT(message_of<ConfigError>([&] { (void)table.number(3, 0, 0, 20); }), HasSubstr("in [0, 20]"));
}

TEST(CsvTable, RefusesRaggedRowsOpenQuotesAndEmptyFiles) {
    EXPECT_THAT(message_of<ConfigError>([&] { CsvTable table(written("a,b\n1,2\n1\n")); }),
                HasSubstr(":3: the row has 1 fields, the header 2"));
    EXPECT_THAT(message_of<ConfigError>([&] { CsvTable table(written("a,b\n1,\"2\n")); }), HasSubstr("not closed"));
    EXPECT_THAT(message_of<ConfigError>([&] { CsvTable table(written("")); }), HasSubstr("empty"));
}

TEST(CsvTable, RefusesAFileThatIsNotThereOrIsAFolder) {
    EXPECT_THROW(CsvTable("no/such/file.csv"), IoError);
    EXPECT_THROW(CsvTable(std::filesystem::path(testing::TempDir())), IoError);
}

}  // namespace
}  // namespace commonweal
