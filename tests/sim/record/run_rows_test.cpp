#include "sim/record/run_rows.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <limits>

#include "sim/record/schema_union.hpp"

namespace commonweal {
namespace {

using testing::Each;
using testing::ElementsAre;
using testing::IsNan;
using testing::NanSensitiveDoubleEq;

constexpr double nan = std::numeric_limits<double>::quiet_NaN();

std::shared_ptr<RunSchema> schema_of(std::uint64_t rounds, std::int32_t step = 1, Number type = Number::int8) {
    auto schema = std::make_shared<RunSchema>();
    schema->coordinates = {counting("round", rounds, "round", 0, step), {"strategy", "type", 0, 1, 0, {"C", "D"}}};
    schema->columns = {{"share", Number::float64, {"round", "strategy"}, "1", "share"},
                       {"absorbed", type, {}, "1", "strategy that took over"}};
    return schema;
}

RunRows rows_of(const std::shared_ptr<const RunSchema>& schema, double first) {
    RunRows rows(schema, 2);
    std::vector<double> share(2 * schema->cells(schema->columns[0]));
    for (std::size_t i = 0; i < share.size(); ++i) share[i] = first + static_cast<double>(i);
    rows.put("share", share);
    rows.put("absorbed", std::vector<std::int32_t>{1, -1});
    return rows;
}

TEST(RunRows, KeepWhatWasPutAndMissWhatWasNot) {
    const auto schema = schema_of(3);
    RunRows rows(schema, 2);
    EXPECT_THAT(rows.value(0, 1, 5), IsNan());
    EXPECT_THAT(rows.value(1, 0, 0), IsNan());
    rows.put("absorbed", std::vector<std::int32_t>{1, -1});
    EXPECT_EQ(rows.value(1, 1, 0), -1);
    EXPECT_EQ(rows_of(schema, 10).value(0, 1, 2), 18);  // the second row begins with cell 6
    EXPECT_THROW(rows.put("share", std::vector<double>{1, 2}), std::logic_error);
    EXPECT_THROW(rows.put("shore", std::vector<double>{1, 2}), std::out_of_range);
}

TEST(RunRows, DigestOfARowIsThatOfItsValuesNamesAndShapes) {
    const auto digest = [](const std::shared_ptr<const RunSchema>& schema, double first, std::size_t row) {
        return rows_of(schema, first).digest(row);
    };
    const std::string one = digest(schema_of(3), 10, 0);
    EXPECT_EQ(one.size(), 32u);
    EXPECT_EQ(one, digest(schema_of(3), 10, 0));
    EXPECT_NE(one, digest(schema_of(3), 10, 1));
    EXPECT_NE(one, digest(schema_of(3), 11, 0));
    EXPECT_NE(one, digest(schema_of(3, 1, Number::int32), 10, 0));
    auto renamed = schema_of(3);
    renamed->columns[0].name = "shares";
    RunRows rows(renamed, 1);
    RunRows same(schema_of(3), 1);
    EXPECT_NE(rows.digest(0), same.digest(0));
}

/// Different bits of "not a number" are one value.
TEST(RunRows, KnowOneNan) {
    RunRows rows(schema_of(1), 2), other(schema_of(1), 2);
    rows.put("share", std::vector<double>{nan, 1, nan, 1});
    other.put("share", std::vector<double>{-nan, 1, std::bit_cast<double>(0x7ff8000000000123ull), 1});
    EXPECT_EQ(rows.digest(0), other.digest(0));
    EXPECT_EQ(rows.digest(1), other.digest(1));
}

/// Every single bit of every value counts.
TEST(RunRows, DigestSeesEveryBit) {
    RunRows rows = rows_of(schema_of(2), 1);
    const std::string before = rows.digest(0);
    for (std::size_t column = 0; column < 2; ++column)
        for (std::size_t bit = 0; bit < 8 * rows.stride(column); ++bit) {
            rows.column(column)[bit / 8] ^= std::byte{1} << (bit % 8);
            EXPECT_NE(rows.digest(0), before) << column << " " << bit;
            rows.column(column)[bit / 8] ^= std::byte{1} << (bit % 8);
        }
    EXPECT_EQ(rows.digest(0), before);
}

TEST(RunRows, JoinOnePartAfterTheOther) {
    const std::shared_ptr<const RunSchema> schema = schema_of(2);
    std::vector<RunRows> parts{rows_of(schema, 0), rows_of(schema, 100)};
    const RunRows all = joined(schema, parts);
    ASSERT_EQ(all.rows(), 4u);
    EXPECT_EQ(all.value(0, 0, 0), 0);
    EXPECT_EQ(all.value(0, 3, 1), 105);
    EXPECT_EQ(all.value(1, 2, 0), 1);
}

/// What one row of `rows` looks like in the joined schema, column by name.
std::vector<double> placed(SchemaUnion& schemas, std::size_t source, const RunRows& rows, std::string_view name) {
    const RunSchema& joined = schemas.joined();
    const std::size_t at = joined.index(name);
    const Column& column = joined.columns[at];
    std::vector<std::byte> target(joined.cells(column) * bytes_of(column.type));
    fill_missing(column.type, target.data(), joined.cells(column));
    schemas.place(source, rows, 0, at, target.data());
    std::vector<double> values;
    for (std::uint64_t cell = 0; cell < joined.cells(column); ++cell)
        values.push_back(number_at(column.type, target.data() + cell * bytes_of(column.type)));
    return values;
}

TEST(SchemaUnion, OfEqualSchemasIsThatSchema) {
    SchemaUnion schemas;
    EXPECT_EQ(schemas.add(schema_of(3)), 0u);
    EXPECT_EQ(schemas.add(schema_of(3)), 0u);
    EXPECT_EQ(schemas.joined(), *schema_of(3));
    EXPECT_FALSE(schemas.has_holes(0));
    EXPECT_THAT(placed(schemas, 0, rows_of(schema_of(3), 4), "share"), ElementsAre(4, 5, 6, 7, 8, 9));
}

/// Rounds 0, 2, 4 and 0, 3 are together rounds 0, 1, 2, 3, 4.
TEST(SchemaUnion, HasRoomForTheRoundsOfAll) {
    SchemaUnion schemas;
    const auto twos = schema_of(3, 2), threes = schema_of(2, 3, Number::int32);
    schemas.add(twos);
    schemas.add(threes);
    const Coordinate& round = schemas.joined().coordinate("round");
    EXPECT_EQ(round.first, 0);
    EXPECT_EQ(round.step, 1);
    EXPECT_EQ(round.count, 5u);
    EXPECT_TRUE(schemas.has_holes(0));
    EXPECT_FALSE(schemas.has_holes(1));
    EXPECT_EQ(schemas.joined().columns[1].type, Number::int32);
    const auto x = NanSensitiveDoubleEq(nan);
    EXPECT_THAT(placed(schemas, 0, rows_of(twos, 1), "share"), ElementsAre(1, 2, x, x, 3, 4, x, x, 5, 6));
    EXPECT_THAT(placed(schemas, 1, rows_of(threes, 1), "share"), ElementsAre(1, 2, x, x, x, x, 3, 4, x, x));
    EXPECT_THAT(placed(schemas, 0, rows_of(twos, 1), "absorbed"), ElementsAre(1));
    EXPECT_THAT(placed(schemas, 1, rows_of(threes, 1), "absorbed"), ElementsAre(1));
}

TEST(SchemaUnion, JoinsTextsInTheOrderInWhichTheyCome) {
    SchemaUnion schemas;
    auto other = schema_of(1);
    other->coordinates[1].texts = {"D", "L"};
    schemas.add(schema_of(1));
    schemas.add(other);
    EXPECT_THAT(schemas.joined().coordinate("strategy").texts, ElementsAre("C", "D", "L"));
    const auto x = NanSensitiveDoubleEq(nan);
    EXPECT_THAT(placed(schemas, 1, rows_of(other, 1), "share"), ElementsAre(x, 1, 2));
}

/// Who was computed first, and whose shard was read first, does not show in the file.
TEST(SchemaUnion, JoinsInTheOrderOfTheFirstRunsWhateverWasAddedFirst) {
    auto early = schema_of(1), late = schema_of(1);
    early->provenance = {{"matching", "partners"}};
    late->provenance = {{"matching", "strangers"}};
    late->coordinates[1].texts = {"D", "L"};
    const auto joined = [](const auto& schemas) {
        SchemaUnion all;
        for (const auto& [schema, first_run] : schemas) all.add(schema, first_run);
        return all.joined();
    };
    using Added = std::vector<std::pair<std::shared_ptr<RunSchema>, std::uint32_t>>;
    const RunSchema in_order = joined(Added{{early, 0}, {late, 16}});
    EXPECT_EQ(in_order.provenance.front().second, "partners; strangers");
    EXPECT_THAT(in_order.coordinate("strategy").texts, ElementsAre("C", "D", "L"));
    EXPECT_EQ(joined(Added{{late, 16}, {early, 0}}), in_order);
    EXPECT_EQ(joined(Added{{late, 32}, {early, 48}, {early, 0}, {late, 16}}), in_order);
    EXPECT_NE(joined(Added{{late, 0}, {early, 16}}), in_order);
}

TEST(SchemaUnion, LeavesColumnsEmptyThatASourceDoesNotHave) {
    SchemaUnion schemas;
    auto fewer = schema_of(1);
    fewer->columns.pop_back();
    schemas.add(schema_of(1));
    schemas.add(fewer);
    schemas.joined();
    EXPECT_TRUE(schemas.has_holes(1));
    EXPECT_THAT(placed(schemas, 1, RunRows(fewer, 1), "absorbed"), Each(IsNan()));
}

/// A constant that differs between scenarios is told run by run.
TEST(SchemaUnion, MakesColumnsOfConstantsThatDiffer) {
    const auto with = [](std::vector<std::int32_t> values) {
        auto schema = schema_of(values.size());
        schema->constants = {{{"session", Number::int32, {"round"}, "1", "session"}, std::move(values)}};
        return schema;
    };
    SchemaUnion same, different;
    same.add(with({7, 8}));
    EXPECT_EQ(same.joined().constants.size(), 1u);
    different.add(with({7, 8}));
    different.add(with({7, 8, 9}));
    EXPECT_EQ(different.joined().constants.size(), 0u);
    const RunRows rows(with({7, 8}), 1);
    EXPECT_THAT(placed(different, 0, rows, "session"), ElementsAre(7, 8, NanSensitiveDoubleEq(nan)));
}

}  // namespace
}  // namespace commonweal
