#include "sim/record/hdf5_file.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>

#include <fstream>
#include <iterator>

#include "sim/core/error.hpp"

namespace commonweal {
namespace {

std::filesystem::path fresh(const std::string& name) {
    const auto path = std::filesystem::path(testing::TempDir()) / ("hdf5_" + name + ".h5");
    std::filesystem::remove(path);
    return path;
}

std::string bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

void write_example(const std::filesystem::path& path, float first) {
    Hdf5File file(path);
    file.attribute("", "format", "example");
    file.coordinate(counting("run", 4, "run"));
    file.coordinate({"condition", "treatment", 0, 1, 0, {"basic", "punishment"}});
    file.variable("x", Number::float32, {{"run", 4}, {"condition", 2}}, "tokens", "an example");
    file.variable("small", Number::int8, {{"run", 4}}, "1", "whole numbers");
    const float a[] = {first, 2, 3, 4}, b[] = {5, 6, 7, 8}, s[] = {1, -2, 20, 0};
    file.write("x", 0, 2, Number::float32, a);
    file.write("x", 2, 2, Number::float32, b);
    file.write("small", 0, 4, Number::float32, s);
    file.finish();
}

TEST(Hdf5File, KeepsWhatWasWrittenInPieces) {
    const auto path = fresh("pieces");
    write_example(path, 1);
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    const hid_t x = H5Dopen2(file, "x", H5P_DEFAULT), small = H5Dopen2(file, "small", H5P_DEFAULT);
    double values[8] = {};
    int whole[4] = {};
    EXPECT_GE(H5Dread(x, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values), 0);
    EXPECT_GE(H5Dread(small, H5T_NATIVE_INT, H5S_ALL, H5S_ALL, H5P_DEFAULT, whole), 0);
    EXPECT_THAT(values, testing::ElementsAre(1, 2, 3, 4, 5, 6, 7, 8));
    EXPECT_THAT(whole, testing::ElementsAre(1, -2, 20, 0));
    H5Dclose(x);
    H5Dclose(small);
    H5Fclose(file);
}

TEST(Hdf5File, GivesTheSameBytesForTheSameContentsOnly) {
    const auto one = fresh("one"), two = fresh("two"), control = fresh("control");
    write_example(one, 1);
    write_example(two, 1);
    write_example(control, 1.5f);
    EXPECT_EQ(bytes(one), bytes(two));
    EXPECT_NE(bytes(one), bytes(control));
}

/// Rows of 3 MB are cut along later axes, small ones share a chunk, and pieces need not be whole chunks.
TEST(Hdf5File, KeepsWhatIsCutIntoChunks) {
    constexpr std::uint64_t runs = 37, rounds = 3, agents = 250'001;
    const auto path = fresh("chunks");
    std::vector<float> large(2 * rounds * agents);
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<float>(i % 1013);
    std::vector<std::int8_t> small(runs * 20'000);
    for (std::size_t i = 0; i < small.size(); ++i) small[i] = static_cast<std::int8_t>(i % 101);
    {
        Hdf5File file(path);
        file.variable("large", Number::float32, {{"run", 2}, {"round", rounds}, {"agent", agents}}, "tokens", "large");
        file.variable("small", Number::int8, {{"run", runs}, {"cell", 20'000}}, "1", "small");
        for (std::uint64_t run = 0; run < 2; ++run)
            file.write("large", run, 1, Number::float32, large.data() + run * rounds * agents);
        const std::uint64_t pieces[] = {16, 5, 11, 5};  // a whole chunk, parts of chunks, and the rest
        std::uint64_t first = 0;
        for (const std::uint64_t count : pieces) {
            file.write("small", first, count, Number::int8, small.data() + first * 20'000);
            first += count;
        }
        ASSERT_EQ(first, runs);
        file.finish();
    }
    const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT);
    ASSERT_GE(file, 0);
    const hid_t first = H5Dopen2(file, "large", H5P_DEFAULT), second = H5Dopen2(file, "small", H5P_DEFAULT);
    std::vector<float> large_read(large.size());
    std::vector<std::int8_t> small_read(small.size());
    EXPECT_GE(H5Dread(first, H5T_NATIVE_FLOAT, H5S_ALL, H5S_ALL, H5P_DEFAULT, large_read.data()), 0);
    EXPECT_GE(H5Dread(second, H5T_NATIVE_INT8, H5S_ALL, H5S_ALL, H5P_DEFAULT, small_read.data()), 0);
    EXPECT_TRUE(large_read == large);
    EXPECT_TRUE(small_read == small);
    EXPECT_LT(H5Dget_storage_size(first), large.size() * sizeof(float) / 2);  // compressed
    H5Dclose(first);
    H5Dclose(second);
    H5Fclose(file);
}

TEST(Hdf5File, LeavesNothingWithoutFinish) {
    const auto path = fresh("unfinished");
    {
        Hdf5File file(path);
        file.coordinate(counting("run", 1, "run"));
    }
    EXPECT_FALSE(std::filesystem::exists(path));
    EXPECT_FALSE(std::filesystem::exists(path.string() + ".partial"));
}

TEST(Hdf5File, NamesTheFileThatCannotBeCreated) {
    try {
        Hdf5File file("/no/such/folder/results.h5");
        FAIL();
    } catch (const IoError& error) {
        EXPECT_THAT(error.what(), testing::HasSubstr("/no/such/folder/results.h5: cannot be created"));
    }
}

TEST(Hdf5File, KeepsAnOlderFileUntilTheNewOneIsComplete) {
    const auto path = fresh("older");
    write_example(path, 1);
    const std::string before = bytes(path);
    {
        Hdf5File file(path);
        file.attribute("", "format", "other");
        EXPECT_EQ(bytes(path), before);
    }
    EXPECT_EQ(bytes(path), before);
}

}  // namespace
}  // namespace commonweal
