#include "sim/sweep/point_design.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "sim/sweep/sobol_sequence.hpp"

namespace commonweal {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using Kind = DesignOptions::Kind;
using Points = std::vector<std::vector<double>>;

Value whole(std::int64_t x) { return x; }

Axis axis(const std::string& key, const std::string& text) { return parse_axis(key, text, "f.toml:" + key); }

PointDesign design(const std::vector<std::string>& texts, const DesignOptions& options) {
    std::vector<Axis> axes;
    for (const std::string& text : texts)
        axes.push_back(axis(std::string(1, static_cast<char>('a' + axes.size())), text));
    return PointDesign(std::move(axes), options, "f.toml:9");
}

/// All points of a design over `axes` axes uniform(0,1): the coordinates of the unit cube.
Points coordinates(std::size_t axes, const DesignOptions& options) {
    const PointDesign cube = design(std::vector<std::string>(axes, "uniform(0,1)"), options);
    Points all;
    for (std::size_t i = 0; i < cube.size(); ++i) {
        all.emplace_back();
        for (const Value& value : cube.point(i)) all.back().push_back(std::get<double>(value));
    }
    return all;
}

std::set<std::size_t> strata(const Points& points, std::size_t axis, std::size_t count) {
    std::set<std::size_t> met;
    for (const auto& point : points) met.insert(static_cast<std::size_t>(point[axis] * static_cast<double>(count)));
    return met;
}

template <class Action>
std::string message_of(const Action& action) {
    try {
        action();
    } catch (const ConfigError& error) {
        return error.what();
    }
    ADD_FAILURE() << "nothing was thrown";
    return "";
}

std::string refusal(const std::vector<std::string>& texts, const DesignOptions& options) {
    return message_of([&] { design(texts, options); });
}

std::string written(const std::string& text) {
    const auto path = std::filesystem::path(testing::TempDir()) /
                      (std::string("points_") + testing::UnitTest::GetInstance()->current_test_info()->name() + ".csv");
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
}

PointDesign table(const std::string& text) { return design({}, {.kind = Kind::table, .file = written(text)}); }

/// What follows the path of the file.
std::string table_refusal(const std::string& text) {
    const std::string file = written(text);
    const std::string message = refusal({}, {.kind = Kind::table, .file = file});
    EXPECT_TRUE(message.starts_with(file)) << message;
    return message.substr(std::min(file.size(), message.size()));
}

TEST(Kinds, AreNamedAndRead) {
    for (const std::string name : {"grid", "zip", "lhs", "sobol", "saltelli", "morris", "table"})
        EXPECT_EQ(kind_name(parse_kind(name, "")), name);
    EXPECT_EQ(message_of([] { parse_kind("sobl", "f.toml:2:3"); }),
              "f.toml:2:3: unknown design 'sobl' (did you mean 'sobol'?); known: grid, zip, lhs, sobol, saltelli, "
              "morris, table");
}

TEST(Grid, CombinesAllValuesTheLastAxisFastest) {
    const PointDesign grid = design({"1,2", "x,y,z"}, {});
    ASSERT_EQ(grid.size(), 6u);
    EXPECT_THAT(grid.keys(), ElementsAre("a", "b"));
    const std::vector<std::pair<std::int64_t, std::string>> expected{{1, "x"}, {1, "y"}, {1, "z"},
                                                                     {2, "x"}, {2, "y"}, {2, "z"}};
    for (std::size_t i = 0; i < 6; ++i)
        EXPECT_THAT(grid.point(i), ElementsAre(whole(expected[i].first), Value(expected[i].second))) << i;
}

TEST(Grid, HasOnePointWithoutAxes) {
    const PointDesign grid = design({}, {});
    EXPECT_EQ(grid.size(), 1u);
    EXPECT_TRUE(grid.point(0).empty());
}

TEST(Grid, HoldsNoPoints) {
    const PointDesign grid = design({"integers(1,46340)", "range(0,46340,1)"}, {});
    ASSERT_EQ(grid.size(), 46340u * 46340u);
    EXPECT_THAT(grid.point(grid.size() - 1), ElementsAre(whole(46340), whole(46339)));
}

TEST(Grid, RefusesTooManyPoints) {
    EXPECT_EQ(refusal({"integers(1,65536)", "integers(1,32768)"}, {}),
              "f.toml:9: the grid has more than 2147483647 points: a has 65536, b has 32768");
    const std::vector<std::string> overflowing(8, "integers(1,4294967296)");
    EXPECT_THAT(refusal(overflowing, {}), HasSubstr("the grid has more than 2147483647 points"));
}

TEST(Grid, RefusesValuesThatCannotBeCounted) {
    for (const Kind kind : {Kind::grid, Kind::zip})
        EXPECT_EQ(refusal({"1,2", "uniform(0,1)"}, {.kind = kind}),
                  "f.toml:b: b=uniform(0,1): " + std::string(kind_name(kind)) +
                      " takes values one by one, and there are none to count here; write linspace(a,b,n), or choose a "
                      "design that samples: lhs, sobol, saltelli, morris");
}

TEST(Zip, PairsValuesOfTheSamePlace) {
    const PointDesign zip = design({"1,2,3", "x,y,z"}, {.kind = Kind::zip});
    ASSERT_EQ(zip.size(), 3u);
    EXPECT_THAT(zip.point(1), ElementsAre(whole(2), Value(std::string("y"))));
}

TEST(Zip, TellsTheLengthsThatDiffer) {
    EXPECT_EQ(refusal({"1,2,3", "x,y", "integers(1,3)"}, {.kind = Kind::zip}),
              "f.toml:9: zip needs axes of the same number of values: a has 3, b has 2, c has 3");
    EXPECT_EQ(refusal({}, {.kind = Kind::zip}), "f.toml:9: zip needs at least one axis");
    EXPECT_THAT(refusal({"integers(1,4294967296)"}, {.kind = Kind::zip}), HasSubstr("at most 2147483647"));
}

TEST(LatinHypercube, MeetsEachStratumOfEachAxisOnce) {
    for (const std::size_t points : {1u, 2u, 7u, 49u, 1000u}) {
        const Points cube = coordinates(4, {.kind = Kind::lhs, .points = points, .seed = 3});
        ASSERT_EQ(cube.size(), points);
        for (std::size_t axis = 0; axis < 4; ++axis)
            EXPECT_EQ(strata(cube, axis, points).size(), points) << points << ", " << axis;
    }
}

TEST(LatinHypercube, TakesEachValueEquallyOften) {
    const PointDesign cube = design({"x,y,z", "uniform(0,1)"}, {.kind = Kind::lhs, .points = 30});
    std::map<std::string, int> counts;
    for (std::size_t i = 0; i < cube.size(); ++i) ++counts[std::get<std::string>(cube.point(i)[0])];
    EXPECT_THAT(counts, ElementsAre(testing::Pair("x", 10), testing::Pair("y", 10), testing::Pair("z", 10)));
}

TEST(LatinHypercube, PairsStrataAtRandomAndPlacesPointsWithinThem) {
    const std::size_t points = 2000;
    const Points cube = coordinates(3, {.kind = Kind::lhs, .points = points, .seed = 5});
    double xy = 0, yz = 0, place = 0, order = 0;
    for (std::size_t i = 0; i < points; ++i) {
        xy += (cube[i][0] - 0.5) * (cube[i][1] - 0.5) * 12;
        yz += (cube[i][1] - 0.5) * (cube[i][2] - 0.5) * 12;
        order += ((static_cast<double>(i) + 0.5) / points - 0.5) * (cube[i][0] - 0.5) * 12;
        place += std::fmod(cube[i][0] * points, 1.0) - 0.5;
    }
    const double tolerance = 4 / std::sqrt(static_cast<double>(points));  // 4 standard errors of a correlation
    EXPECT_NEAR(xy / points, 0, tolerance);
    EXPECT_NEAR(yz / points, 0, tolerance);
    EXPECT_NEAR(order / points, 0, tolerance);
    EXPECT_NEAR(place / points, 0, tolerance / std::sqrt(12.0));
}

TEST(Samples, AreFunctionsOfTheSeed) {
    for (const DesignOptions& options :
         {DesignOptions{.kind = Kind::lhs, .points = 16}, DesignOptions{.kind = Kind::sobol, .points = 16},
          DesignOptions{.kind = Kind::saltelli, .points = 16},
          DesignOptions{.kind = Kind::morris, .trajectories = 16}}) {
        const auto with_seed = [&](std::uint64_t seed) {
            DesignOptions seeded = options;
            seeded.seed = seed;
            return coordinates(3, seeded);
        };
        EXPECT_EQ(with_seed(1), with_seed(1)) << kind_name(options.kind);
        EXPECT_NE(with_seed(1), with_seed(2)) << kind_name(options.kind);
        EXPECT_NE(with_seed(1), with_seed(std::uint64_t{1} << 32 | 1)) << "all 64 bits count";
        EXPECT_EQ(with_seed(0), coordinates(3, options)) << "no seed is seed 0";
    }
}

TEST(Sobol, HasOnePointInEachIntervalOfEachAxis) {
    const Points all = coordinates(5, {.kind = Kind::sobol, .points = 256, .seed = 11});
    for (std::size_t m = 0; m <= 8; ++m) {
        const std::size_t first = std::size_t{1} << m;
        const Points some(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(first));
        for (std::size_t axis = 0; axis < 5; ++axis) EXPECT_EQ(strata(some, axis, first).size(), first) << m << axis;
    }
}

TEST(Sobol, HasOnePointInEachBoxOfTheFirstTwoAxes) {
    const Points all = coordinates(2, {.kind = Kind::sobol, .points = 256, .seed = 11});
    for (const double across : {1.0, 4.0, 16.0, 64.0, 256.0}) {
        std::set<std::pair<int, int>> boxes;
        for (const auto& point : all)
            boxes.emplace(static_cast<int>(point[0] * across), static_cast<int>(point[1] * 256 / across));
        EXPECT_EQ(boxes.size(), 256u) << across;
    }
}

TEST(Sobol, IsThePublishedSequenceWithFlippedBits) {
    const Points all = coordinates(3, {.kind = Kind::sobol, .points = 100, .seed = 0});
    const SobolSequence sequence(3);
    const auto word = [&](std::size_t i, std::size_t axis) {
        return static_cast<std::uint32_t>(all[i][axis] * 0x1p32);
    };
    for (std::size_t axis = 0; axis < 3; ++axis) {
        EXPECT_NE(word(0, axis), 0u) << "seed 0 shifts, too";
        for (std::uint32_t i = 0; i < 100; ++i)
            EXPECT_EQ(word(i, axis) ^ word(0, axis), sequence.word(i, axis)) << i << ", " << axis;
    }
    EXPECT_NE(word(0, 0), word(0, 1)) << "each axis has a shift of its own";
}

TEST(Sobol, ShiftsEachPointToTheWholeCube) {
    constexpr int seeds = 1000;
    double sum = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed)
        sum += coordinates(2, {.kind = Kind::sobol, .points = 1, .seed = seed})[0][1];
    EXPECT_NEAR(sum / seeds, 0.5, 4 / std::sqrt(12.0 * seeds));  // 4 standard errors of a mean of uniform numbers
}

/// Whether the points of the shorter design are the first ones of the longer one.
bool begins_with(const Points& longer, const Points& shorter) {
    return shorter.size() < longer.size() && std::equal(shorter.begin(), shorter.end(), longer.begin());
}

TEST(Samples, BeginAsShorterOnes) {
    EXPECT_TRUE(begins_with(coordinates(3, {.kind = Kind::sobol, .points = 100}),
                            coordinates(3, {.kind = Kind::sobol, .points = 37})));
    EXPECT_TRUE(begins_with(coordinates(3, {.kind = Kind::saltelli, .points = 9}),
                            coordinates(3, {.kind = Kind::saltelli, .points = 4})));
    EXPECT_TRUE(begins_with(coordinates(3, {.kind = Kind::morris, .trajectories = 9}),
                            coordinates(3, {.kind = Kind::morris, .trajectories = 4})));
    EXPECT_FALSE(begins_with(coordinates(3, {.kind = Kind::lhs, .points = 100}),
                             coordinates(3, {.kind = Kind::lhs, .points = 37})));
}

TEST(Samples, KeepAnAxisWhenOthersAreAdded) {
    for (const Kind kind : {Kind::lhs, Kind::sobol}) {
        const Points two = coordinates(2, {.kind = kind, .points = 20}),
                     five = coordinates(5, {.kind = kind, .points = 20});
        for (std::size_t i = 0; i < 20; ++i)
            for (std::size_t axis = 0; axis < 2; ++axis) EXPECT_EQ(two[i][axis], five[i][axis]) << kind_name(kind);
    }
}

/// The rows of one pair: A, A with one axis of B each, B with one axis of A each, B.
void check_block(const Points& rows, std::size_t begin, std::size_t k, bool second_order) {
    const std::size_t length = second_order ? 2 * k + 2 : k + 2;
    const auto& a = rows[begin];
    const auto& b = rows[begin + length - 1];
    for (std::size_t changed = 0; changed < k; ++changed)
        for (std::size_t axis = 0; axis < k; ++axis) {
            ASSERT_NE(a[axis], b[axis]);
            EXPECT_EQ(rows[begin + 1 + changed][axis], axis == changed ? b[axis] : a[axis]);
            if (second_order) {
                EXPECT_EQ(rows[begin + 1 + k + changed][axis], axis == changed ? a[axis] : b[axis]);
            }
        }
}

TEST(Saltelli, HasTheRowsOfSalib) {
    for (const std::size_t k : {1u, 2u, 3u})
        for (const bool second_order : {false, true}) {
            const Points rows =
                coordinates(k, {.kind = Kind::saltelli, .points = 8, .second_order = second_order, .seed = 2});
            const std::size_t length = second_order ? 2 * k + 2 : k + 2;
            ASSERT_EQ(rows.size(), 8 * length);
            for (std::size_t begin = 0; begin < rows.size(); begin += length) check_block(rows, begin, k, second_order);
        }
}

TEST(Saltelli, TakesBothPointsFromOneSequence) {
    const std::size_t k = 3;
    const Points rows = coordinates(k, {.kind = Kind::saltelli, .points = 64, .seed = 2});
    const Points sequence = coordinates(2 * k, {.kind = Kind::sobol, .points = 64, .seed = 2});
    for (std::size_t pair = 0; pair < 64; ++pair)
        for (std::size_t axis = 0; axis < k; ++axis) {
            EXPECT_EQ(rows[pair * (k + 2)][axis], sequence[pair][axis]);
            EXPECT_EQ(rows[pair * (k + 2) + k + 1][axis], sequence[pair][k + axis]);
        }
}

/// The axis that alone differs between two points, and by how much.
std::pair<std::size_t, double> step_between(const std::vector<double>& from, const std::vector<double>& to) {
    std::pair<std::size_t, double> step{from.size(), 0};
    for (std::size_t axis = 0; axis < from.size(); ++axis) {
        if (from[axis] == to[axis]) continue;
        EXPECT_EQ(step.first, from.size()) << "more than one axis changes";
        step = {axis, to[axis] - from[axis]};
    }
    return step;
}

TEST(Morris, ChangesEachAxisOnceByDelta) {
    const std::size_t k = 5;
    for (const std::uint32_t levels : {2u, 4u, 10u}) {
        const double delta = levels / (2.0 * (levels - 1));
        const Points points = coordinates(k, {.kind = Kind::morris, .trajectories = 20, .levels = levels, .seed = 4});
        ASSERT_EQ(points.size(), 20 * (k + 1));
        for (std::size_t begin = 0; begin < points.size(); begin += k + 1) {
            std::set<std::size_t> changed;
            for (std::size_t i = begin; i < begin + k; ++i) {
                const auto [axis, step] = step_between(points[i], points[i + 1]);
                changed.insert(axis);
                EXPECT_NEAR(std::abs(step), delta, 1e-15);
            }
            EXPECT_EQ(changed, (std::set<std::size_t>{0, 1, 2, 3, 4}));
        }
        for (const auto& point : points)
            for (const double x : point) {
                EXPECT_EQ(std::round(x * (levels - 1)) / (levels - 1), x) << "off the grid of levels";
                EXPECT_TRUE(0 <= x && x <= 1);
            }
    }
}

TEST(Morris, DrawsStartDirectionAndOrderAtRandom) {
    const std::uint32_t trajectories = 4000;
    const Points points = coordinates(3, {.kind = Kind::morris, .trajectories = trajectories, .levels = 6, .seed = 4});
    std::map<std::size_t, int> first_axis;
    std::map<long, int> starts;
    int upwards = 0;
    for (std::size_t begin = 0; begin < points.size(); begin += 4) {
        const auto [axis, step] = step_between(points[begin], points[begin + 1]);
        ++first_axis[axis];
        upwards += step > 0;
        ++starts[std::lround(points[begin][1] * 5)];
    }
    const auto near_share = [&](int count, double share) {  // 4 standard errors of a binomial share
        EXPECT_NEAR(count / double{trajectories}, share, 4 * std::sqrt(share * (1 - share) / trajectories));
    };
    for (std::size_t axis = 0; axis < 3; ++axis) near_share(first_axis[axis], 1.0 / 3);
    for (long level = 0; level < 6; ++level) near_share(starts[level], 1.0 / 6);
    near_share(upwards, 0.5);
}

TEST(Morris, HasFourLevelsUnlessToldOtherwise) {
    EXPECT_EQ(coordinates(2, {.kind = Kind::morris, .trajectories = 5}),
              coordinates(2, {.kind = Kind::morris, .trajectories = 5, .levels = 4}));
    EXPECT_NE(coordinates(2, {.kind = Kind::morris, .trajectories = 5}),
              coordinates(2, {.kind = Kind::morris, .trajectories = 5, .levels = 6}));
}

TEST(Morris, ChangesListedValuesInEachStep) {
    const PointDesign steps = design({"x,y", "1,2,3", "integers(1,4)"}, {.kind = Kind::morris, .trajectories = 50});
    for (std::size_t i = 0; i + 1 < steps.size(); ++i)
        if (i % 4 != 3) {
            EXPECT_NE(steps.point(i), steps.point(i + 1)) << i;
        }
    EXPECT_EQ(refusal({"1,2", "x"}, {.kind = Kind::morris, .trajectories = 5}),
              "f.toml:b: b=x: one value has no effect that morris could measure");
}

TEST(Table, ListsPoints) {
    const PointDesign points =
        table("game.mpcr,matching.kind,note\n0.5,partners,\"[1, 2]\"\n1,strangers,\"\"\"a, b\"\"\"\n");
    ASSERT_EQ(points.size(), 2u);
    EXPECT_THAT(points.keys(), ElementsAre("game.mpcr", "matching.kind", "note"));
    EXPECT_THAT(points.point(0),
                ElementsAre(Value(0.5), Value(std::string("partners")), Value(std::vector<double>{1, 2})));
    EXPECT_THAT(points.point(1), ElementsAre(whole(1), Value(std::string("strangers")), Value(std::string("a, b"))));
}

TEST(Table, RefusesWrongCellsWithTheirLine) {
    EXPECT_EQ(table_refusal("a,b\n1,2\n3,\n"), ":3: b is empty; each point needs a value of each key");
    EXPECT_THAT(table_refusal("a,b\n1,.5\n"), HasSubstr(":2: b=.5 is not a number as TOML writes it"));
    EXPECT_EQ(table_refusal("a,b\n1,nan\n"), ":2: b is nan; it must be finite");
    EXPECT_THAT(table_refusal("a,b\n1,\"range(0,1,0.1)\"\n"), HasSubstr(":2: b=range(0,1,0.1) is not a TOML value"));
    EXPECT_EQ(table_refusal("a,b\n1\n"), ":2: the row has 1 fields, the header 2");
}

TEST(Table, RefusesWrongHeaders) {
    EXPECT_EQ(table_refusal("a,b,a\n1,2,3\n"), ":1: a occurs twice; a key has one axis");
    EXPECT_EQ(table_refusal("seed,seed.all\n1,2\n"), ":1: seed.all occurs twice (as seed); a key has one axis");
    EXPECT_EQ(table_refusal("a,my key\n1,2\n"), ":1: 'my key' is not a key of the form key or table.key");
    EXPECT_EQ(table_refusal("a,\n1,2\n"), ":1: '' is not a key of the form key or table.key");
    EXPECT_EQ(table_refusal("a,b..c\n1,2\n"), ":1: 'b..c' is not a key of the form key or table.key");
    EXPECT_EQ(table_refusal("a,b\n"), ": the table has a header and no points");
}

TEST(Table, RefusesAxesAndAMissingFile) {
    EXPECT_EQ(refusal({}, {.kind = Kind::table}), "f.toml:9: table needs 'file', the path of a CSV file of points");
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::table, .file = "points.csv"}),
              "f.toml:a: a has several values; with a table, put them into its file");
    EXPECT_THROW(design({}, {.kind = Kind::table, .file = "no/such.csv"}), IoError);
}

TEST(PointDesign, RefusesAKeyThatOccursTwice) {
    const auto both = [](const std::string& first, const std::string& second) {
        return message_of([&] { PointDesign({axis(first, "1,2"), axis(second, "3,4")}, {}, ""); });
    };
    EXPECT_EQ(both("game.mpcr", "game.mpcr"), "f.toml:game.mpcr: game.mpcr occurs twice; a key has one axis");
    EXPECT_EQ(both("seed", "seed.all"), "f.toml:seed.all: seed.all occurs twice (as seed); a key has one axis");
    EXPECT_EQ(both("x", "y z"), "f.toml:y z: 'y z' is not a key of the form key or table.key");
}

TEST(PointDesign, RefusesOptionsOfOtherKinds) {
    const auto refused = [](const DesignOptions& options) { return refusal({"1,2"}, options); };
    EXPECT_EQ(refused({.points = 5}), "f.toml:9: grid does not use 'points'; it is an option of lhs, sobol, saltelli");
    EXPECT_EQ(refused({.kind = Kind::zip, .seed = 0}),
              "f.toml:9: zip does not use 'seed'; it is an option of lhs, sobol, saltelli, morris");
    EXPECT_EQ(refused({.kind = Kind::lhs, .points = 5, .levels = 4}),
              "f.toml:9: lhs does not use 'levels'; it is an option of morris");
    EXPECT_EQ(refused({.kind = Kind::sobol, .points = 5, .second_order = false}),
              "f.toml:9: sobol does not use 'second_order'; it is an option of saltelli");
    EXPECT_EQ(refused({.kind = Kind::saltelli, .points = 5, .trajectories = 5}),
              "f.toml:9: saltelli does not use 'trajectories'; it is an option of morris");
    EXPECT_EQ(refused({.kind = Kind::morris, .trajectories = 5, .file = "x.csv"}),
              "f.toml:9: morris does not use 'file'; it is an option of table");
}

TEST(PointDesign, RefusesMissingAndImpossibleCounts) {
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::lhs}), "f.toml:9: lhs needs 'points', a whole number in [1, 100000000]");
    EXPECT_EQ(refusal({"1,2", "1,2"}, {.kind = Kind::lhs, .points = 50'000'001}),
              "f.toml:9: points of lhs is 50000001; here it must be a whole number in [1, 50000000]");
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::sobol, .points = 0}),
              "f.toml:9: points of sobol is 0; here it must be a whole number in [1, 2147483647]");
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::saltelli, .points = 715'827'883}),
              "f.toml:9: points of saltelli is 715827883; here it must be a whole number in [1, 715827882]");
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::saltelli, .points = 536'870'912, .second_order = true}),
              "f.toml:9: points of saltelli is 536870912; here it must be a whole number in [1, 536870911]");
    EXPECT_EQ(refusal({"1,2"}, {.kind = Kind::morris}),
              "f.toml:9: morris needs 'trajectories', a whole number in [1, 1073741823]");
    for (const std::uint32_t levels : {0u, 5u, 65538u})
        EXPECT_EQ(
            refusal({"1,2"}, {.kind = Kind::morris, .trajectories = 1, .levels = levels}),
            "f.toml:9: levels of morris is " + std::to_string(levels) + "; it must be an even number in [2, 65536]");
    EXPECT_EQ(refusal({}, {.kind = Kind::sobol, .points = 4}), "f.toml:9: sobol needs at least one axis");
}

TEST(PointDesign, RefusesMoreDimensionsThanTheSobolSequenceHas) {
    const auto wide = [](Kind kind, std::size_t count) {
        std::vector<Axis> axes;
        for (std::size_t i = 0; i < count; ++i) axes.push_back(axis("a" + std::to_string(i), "uniform(0,1)"));
        return message_of([&] { PointDesign(axes, {.kind = kind, .points = 1}, "f.toml:9"); });
    };
    const std::size_t most = SobolSequence::most_dimensions();
    EXPECT_EQ(wide(Kind::sobol, most + 1), "f.toml:9: sobol needs " + std::to_string(most + 1) +
                                               " dimensions of the Sobol sequence, which has " + std::to_string(most));
    EXPECT_THAT(wide(Kind::saltelli, most / 2 + 1), HasSubstr("saltelli needs " + std::to_string(2 * (most / 2 + 1))));
}

}  // namespace
}  // namespace commonweal
