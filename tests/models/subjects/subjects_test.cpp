#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>

#include "models/subjects/subject_file.hpp"
#include "models/subjects/synthetic_subjects.hpp"

namespace commonweal::models {
namespace {

using testing::HasSubstr;

std::uint32_t word_of(double u) { return static_cast<std::uint32_t>(u * 16777216.0) << 8; }

/// The check values of docs/models/synthetic_subjects.md.
TEST(SyntheticSubjects, ReproduceTheCheckValuesOfTheirSpecification) {
    const struct {
        std::array<double, 6> u;
        int type;
        float belief, contribution;
        std::array<float, 21> schedule;
    } rows[] = {
        {{.30, .62, .40, .81, .55, .10}, 1, 11, 9, {0,  1,  2,  3,  4,  5,  6,  7,  8,  9, 10,
                                                    11, 12, 13, 14, 15, 16, 17, 18, 19, 20}},
        {{.10, .95, .80, .30, .05, .50}, 1, 18, 20, {0, 0, 0, 0, 0,  0,  0,  0,  0,  0, 0,
                                                     2, 4, 6, 8, 10, 12, 14, 16, 18, 20}},
        {{.60, .35, .90, .50, .50, .50}, 2, 7, 11, {}},
        {{.85, .40, .60, .55, .70, .25}, 3, 7, 9, {0, 1, 2, 2, 3, 4, 5, 5, 6, 7, 7, 7, 7, 7, 6, 5, 4, 3, 2, 1, 0}},
        {{.95, .25, .10, .45, .60, .80}, 4, 6, 0, {8, 0, 0, 5, 0, 11, 2, 0, 8, 0, 14, 5, 0, 11, 2, 0, 8, 0, 14, 5, 0}},
    };
    for (const auto& row : rows) {
        std::array<std::uint32_t, 6> words;
        for (std::size_t k = 0; k < 6; ++k) words[k] = word_of(row.u[k]);
        const SyntheticPerson person = synthetic_person(words, 20);
        EXPECT_EQ(person.type, row.type);
        EXPECT_EQ(person.first_belief, row.belief);
        EXPECT_EQ(person.first_contribution, row.contribution);
        EXPECT_EQ(person.schedule, row.schedule);
    }
}

/// The fidelity table of the specification, from 40,000 people; tolerance 4 standard errors.
TEST(SyntheticSubjects, HaveTheMomentsOfTheirSpecification) {
    const SyntheticSubjects source;
    const auto drawn =
        source.source_for({20}, "")->draw(Randomness(Seeds{1, 2, 3}), 0, std::array<std::uint32_t, 2>{0, 1}, 20000);
    const double n = 40000;
    double contribution = 0, squares = 0, belief = 0, zero = 0, full = 0;
    for (const std::uint32_t who : drawn.person) {
        const double c = drawn.pool->first_contribution[who];
        contribution += c / n;
        squares += c * c / n;
        belief += drawn.pool->first_belief[who] / n;
        zero += (c == 0) / n;
        full += (c == 20) / n;
    }
    const double sd = std::sqrt(squares - contribution * contribution);
    EXPECT_NEAR(contribution, 7.87, 4 * 7.05 / std::sqrt(n) + 0.005);
    EXPECT_NEAR(sd, 7.05, 4 * 7.05 / std::sqrt(2 * n) + 0.005);
    EXPECT_NEAR(belief, 9.81, 4 * 4.92 / std::sqrt(n) + 0.005);
    EXPECT_NEAR(zero, 0.236, 4 * std::sqrt(0.236 * 0.764 / n) + 0.0005);
    EXPECT_NEAR(full, 0.129, 4 * std::sqrt(0.129 * 0.871 / n) + 0.0005);
}

TEST(SyntheticSubjects, ScaleWithTheEndowmentAndStayWithinIt) {
    const SyntheticSubjects source;
    const std::array<std::uint32_t, 1> replicate{0};
    const auto small = source.source_for({10}, "")->draw(Randomness(Seeds{1, 2, 3}), 0, replicate, 1000);
    const auto large = source.source_for({1000}, "")->draw(Randomness(Seeds{1, 2, 3}), 0, replicate, 1000);
    double small_mean = 0, large_mean = 0;
    for (std::size_t i = 0; i < small.pool->schedule.size(); ++i) {
        EXPECT_TRUE(small.pool->schedule[i] >= 0 && small.pool->schedule[i] <= 10 &&
                    small.pool->schedule[i] == std::floor(small.pool->schedule[i]));
        small_mean += small.pool->schedule[i] / 10;
        large_mean += large.pool->schedule[i] / 1000;
    }
    EXPECT_NEAR(small_mean / large_mean, 1, 0.03);
}

TEST(SyntheticSubjects, SayThatTheyAreSynthetic) {
    EXPECT_THAT(SyntheticSubjects{}.source_for({20}, "")->origin(), testing::StartsWith("synthetic"));
}

class SubjectFileTest : public testing::Test {
protected:
    std::string written(const std::string& text) {
        const auto path = std::filesystem::path(testing::TempDir()) /
                          (std::string(testing::UnitTest::GetInstance()->current_test_info()->name()) + ".csv");
        std::ofstream(path) << text;
        return path.string();
    }
    std::string refusal(const SubjectFile& source, std::uint32_t tokens = 2) {
        try {
            (void)source.source_for({tokens}, "here");
        } catch (const Error& error) {
            return error.what();
        }
        return "";
    }
    const std::string good =
        "idsubj,period,contribution,belief,b0,b1,b2\nx,2,0,0,0,1,2\nx,1,2,1,0,1,2\ny,1,1,2,2,2,2\n";
};

TEST_F(SubjectFileTest, TakesEachSubjectsFirstRoundWhole) {
    SubjectFile source;
    source.file = written(good);
    const auto people = source.source_for({2}, "");
    const auto drawn = people->draw(Randomness(Seeds{1, 1, 1}), 0, std::array<std::uint32_t, 2>{0, 1}, 100);
    ASSERT_EQ(drawn.pool->size(), 2u);
    EXPECT_THAT(drawn.pool->first_contribution, testing::ElementsAre(2, 1));
    EXPECT_THAT(drawn.pool->first_belief, testing::ElementsAre(1, 2));
    EXPECT_THAT(drawn.pool->schedule, testing::ElementsAre(0, 1, 2, 2, 2, 2));
    EXPECT_EQ(std::set<std::uint32_t>(drawn.person.begin(), drawn.person.end()), (std::set<std::uint32_t>{0, 1}));
    EXPECT_TRUE(people->has_rows());
    EXPECT_THAT(people->origin(), HasSubstr("2 subjects"));
}

TEST_F(SubjectFileTest, SaysWhichColumnIsMissing) {
    SubjectFile source;
    source.file = written("idsubj,period,contributions,belief,b0,b1,b2\nx,1,1,1,1,1,1\n");
    EXPECT_THAT(refusal(source), HasSubstr("there is no column 'contribution' (did you mean 'contributions'?)"));
    source.file = written("idsubj,period,contribution,belief\nx,1,1,1\n");
    EXPECT_THAT(refusal(source), HasSubstr("there is no column 'b0'"));
}

TEST_F(SubjectFileTest, RefusesValuesOutsideTheEndowment) {
    SubjectFile source;
    source.file = written("idsubj,period,contribution,belief,b0,b1,b2\nx,1,3,1,0,1,2\n");
    EXPECT_THAT(refusal(source), HasSubstr(":2: contribution is '3'; it must be a number in [0, 2]"));
    source.file = written("idsubj,period,contribution,belief,b0,b1,b2\nx,1,1,1,0,,2\n");
    EXPECT_THAT(refusal(source), HasSubstr(":2: b1 is ''"));
}

TEST_F(SubjectFileTest, RefusesAScheduleOfAnotherLength) {
    SubjectFile source;
    source.file = written(good);
    EXPECT_THAT(refusal(source, 20),
                HasSubstr("the schedule has the columns b0 to b2, so game.endowment must be 2; it is 20"));
}

TEST_F(SubjectFileTest, RefusesMissingFilesAndFilesWithoutSubjects) {
    SubjectFile source;
    EXPECT_THAT(refusal(source), HasSubstr("here: file is missing"));
    source.file = "no/such.csv";
    EXPECT_THROW((void)source.source_for({2}, ""), IoError);
    source.file = written("idsubj,period,contribution,belief,b0,b1,b2\n");
    EXPECT_THAT(refusal(source), HasSubstr("no subjects"));
}

/// The published data file, when the user has it: the checks of its readme.
TEST_F(SubjectFileTest, ReadsThePublishedDataWhenItIsThere) {
    const auto file = std::filesystem::path(COMMONWEAL_SOURCE) / "../shared/data/fischbacher_gaechter_2010.csv";
    if (!std::filesystem::exists(file))
        GTEST_SKIP() << "skipped: fischbacher_gaechter_2010.csv not found; docs/data.md says where to get it";
    SubjectFile source;
    source.file = file.string();
    const auto drawn =
        source.source_for({20}, "")->draw(Randomness(Seeds{1, 1, 1}), 0, std::array<std::uint32_t, 1>{0}, 4);
    ASSERT_EQ(drawn.pool->size(), 140u);
    double contribution = 0, belief = 0;
    for (std::size_t i = 0; i < 140; ++i) {
        contribution += drawn.pool->first_contribution[i] / 140.0;
        belief += drawn.pool->first_belief[i] / 140.0;
    }
    EXPECT_NEAR(contribution, 7.89, 0.005);
    EXPECT_NEAR(belief, 9.80, 0.005);
}

}  // namespace
}  // namespace commonweal::models
