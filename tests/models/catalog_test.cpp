#include "models/catalog.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "sim/engine/plane.hpp"
#include "sim/scenario/service_sections.hpp"

/// Promises that every model of the catalog keeps, whoever wrote it.
namespace commonweal::models {
namespace {

std::string all_files(const std::string& folder, const std::string& ending) {
    std::ostringstream text;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(std::filesystem::path(COMMONWEAL_SOURCE) / folder))
        if (entry.path().string().ends_with(ending)) text << std::ifstream(entry.path()).rdbuf();
    return text.str();
}

std::vector<const ModelInfo*> all_models() {
    std::vector<const ModelInfo*> infos;
    for (const auto& entry : behaviors()) infos.push_back(&entry.info);
    for (const auto& entry : sanctions()) infos.push_back(&entry.info);
    for (const auto& entry : subjects()) infos.push_back(&entry.info);
    for (const auto& entry : networks()) infos.push_back(&entry.info);
    for (const auto& entry : strategies()) infos.push_back(&entry.info);
    for (const auto& entry : updates()) infos.push_back(&entry.info);
    for (const auto& entry : policies()) infos.push_back(&entry.info);
    return infos;
}

TEST(Catalog, NamesEveryModelOnce) {
    std::set<std::string_view> names;
    for (const ModelInfo* info : all_models()) EXPECT_TRUE(names.insert(info->name).second) << info->name;
}

TEST(Catalog, SaysWhatEachModelIsAndWhoSaidSo) {
    for (const ModelInfo* info : all_models()) {
        EXPECT_FALSE(info->summary.empty()) << info->name;
        EXPECT_FALSE(info->equation.empty()) << info->name;
        EXPECT_FALSE(info->source.empty()) << info->name;
        for (const ParameterInfo& parameter : info->parameters) {
            EXPECT_FALSE(parameter.meaning.empty()) << info->name << "." << parameter.name;
            const bool has_unit = parameter.kind == ValueKind::number || parameter.kind == ValueKind::numbers ||
                                  parameter.kind == ValueKind::whole;
            EXPECT_EQ(has_unit, !parameter.unit.empty()) << info->name << "." << parameter.name;
        }
    }
}

TEST(Catalog, HasDefaultsThatItsOwnChecksAccept) {
    for (const ModelInfo* info : all_models())
        for (const ParameterInfo& parameter : info->parameters)
            EXPECT_NO_THROW((void)checked({std::string(parameter.name), parameter.preset, "default"}, parameter))
                << info->name << "." << parameter.name;
    for (const auto& entry : behaviors()) EXPECT_NE(entry.make({}, "test"), nullptr);
    for (const auto& entry : sanctions()) EXPECT_NE(entry.make({}, "test"), nullptr);
    for (const auto& entry : networks()) EXPECT_NE(entry.make({}, "test"), nullptr);
    for (const auto& entry : strategies()) EXPECT_NE(entry.make({}, "test"), nullptr);
    for (const auto& entry : updates()) EXPECT_NE(entry.make({}, "test"), nullptr);
    for (const auto& entry : policies()) EXPECT_NE(entry.make({}, "test"), nullptr);
}

template <class Entries>
void expect_refusals(const Entries& entries) {
    for (const auto& entry : entries) {
        EXPECT_THROW((void)entry.make({{"no_such_key", 1.0, "test"}}, "test"), ConfigError);
        for (const ParameterInfo& parameter : entry.info.parameters) {
            if (parameter.kind != ValueKind::number) continue;
            const std::string name(parameter.name);
            EXPECT_THROW((void)entry.make({{name, std::nan(""), "test"}}, "test"), ConfigError) << name;
            EXPECT_THROW((void)entry.make({{name, parameter.high * 1.5 + 1, "test"}}, "test"), ConfigError) << name;
            EXPECT_THROW((void)entry.make({{name, std::string("much"), "test"}}, "test"), ConfigError) << name;
        }
    }
}

TEST(Catalog, RefusesUnknownParametersNaNAndValuesOutOfRange) {
    expect_refusals(behaviors());
    expect_refusals(networks());
    expect_refusals(strategies());
    expect_refusals(updates());
    expect_refusals(policies());
}

/// The parameters of a policy stand in one table with those that every [[policy]] has.
TEST(Catalog, SaysWhoPaysForAPolicyAndWhenItDoesNothing) {
    for (const auto& entry : policies()) {
        EXPECT_FALSE(entry.who_pays.empty()) << entry.info.name;
        EXPECT_FALSE(entry.at_zero.empty()) << entry.info.name;
        for (const auto& common : parameter_infos<PolicySection>())
            EXPECT_TRUE(std::ranges::none_of(entry.info.parameters,
                                             [&](const ParameterInfo& own) { return own.name == common.name; }))
                << entry.info.name << "." << common.name;
    }
}

TEST(Catalog, HasAConfigAndATestForEveryModel) {
    const std::string configs = all_files("configs", ".toml"), regimes = all_files("configs/regimes", ".toml"),
                      tests = all_files("tests/models", ".cpp");
    const auto type_name = [](std::string_view name) {
        std::string type;
        bool upper = true;
        for (const char c : name) {
            if (c == '_')
                upper = true;
            else
                type += upper ? static_cast<char>(std::toupper(c)) : c, upper = false;
        }
        return type;
    };
    for (const ModelInfo* info : all_models()) {
        const bool people = info->name == "subject_file" || info->name == "synthetic_subjects";
        const bool network = std::ranges::any_of(networks(), [&](const auto& entry) { return &entry.info == info; });
        if (!people && !network) {
            EXPECT_NE(configs.find('"' + std::string(info->name) + '"'), std::string::npos)
                << "no config uses " << info->name;
        }
        if (std::ranges::any_of(policies(), [&](const auto& entry) { return &entry.info == info; })) {
            EXPECT_NE(regimes.find("kind = \"" + std::string(info->name) + '"'), std::string::npos)
                << "no regime has " << info->name;
        }
        const std::string type = type_name(info->name);
        const bool tested = tests.find("TEST(" + type + ",") != std::string::npos ||
                            tests.find("TEST_F(" + type + "Test,") != std::string::npos;
        EXPECT_TRUE(tested) << "no test of " << type;
    }
}

/// Same inputs, same answer, and it is a number; other agents' lanes do not matter.
TEST(Catalog, LetsBehaviorRulesAnswerTheSameToTheSame) {
    constexpr AgentId agents = 8;
    SubjectPool pool;
    pool.steps = 20;
    pool.first_contribution = {5, 20};
    pool.first_belief = {7, 20};
    for (int person = 0; person < 2; ++person)
        for (int x = 0; x <= 20; ++x) pool.schedule.push_back(person ? 20.0f : static_cast<float>(x) / 2);
    for (const auto& entry : behaviors()) {
        const auto rule = entry.make({}, "test");
        std::vector<Plane<std::uint32_t>> words;
        std::vector<const std::uint32_t*> word_planes;
        for (std::size_t draw = 0; draw < rule->draws(); ++draw) {
            words.emplace_back(agents);
            for (AgentId a = 0; a < agents; ++a)
                words.back()[a] = (a * 8 + static_cast<std::uint32_t>(draw)) * 0x9e3779b9u;
            word_planes.push_back(words.back().data());
        }
        const auto play = [&](Round round) {
            const std::vector<float> mates(agents, 3), own_return(agents, 0.4f), payoffs(agents, 25);
            std::vector<float> own(agents, 4), others(agents), received(agents, 1), given(agents, -1);
            for (AgentId a = 0; a < agents; ++a) others[a] = static_cast<float>(a) * 7;
            std::vector<std::uint32_t> person(agents);
            for (AgentId a = 0; a < agents; ++a) person[a] = a % 2;
            std::vector<std::uint8_t> sanctions(agents, 1);
            std::vector<std::vector<float>> memory(rule->memory(), std::vector<float>(agents, 3));
            std::vector<float*> memory_planes;
            for (auto& plane : memory) memory_planes.push_back(plane.data());
            rule->decide(BehaviorBlock<1>{.begin = 0,
                                          .end = agents,
                                          .round = round,
                                          .endowment = 20,
                                          .others = mates.data(),
                                          .own_return = own_return.data(),
                                          .type = 0,
                                          .types = nullptr,
                                          .sanctions = sanctions.data(),
                                          .own_last = own.data(),
                                          .others_sum = others.data(),
                                          .received = received.data(),
                                          .payoffs = payoffs.data(),
                                          .pool = &pool,
                                          .person = person.data(),
                                          .words = word_planes.data(),
                                          .memory = memory_planes.data(),
                                          .contributions = given.data()});
            return given;
        };
        for (const Round round : {1, 2}) {
            EXPECT_EQ(play(round), play(round)) << entry.info.name;
            for (const float c : play(round)) EXPECT_TRUE(std::isfinite(c)) << entry.info.name;
        }
    }
}

}  // namespace
}  // namespace commonweal::models
