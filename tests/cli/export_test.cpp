#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "sim/core/csv.hpp"
#include "sim/record/hdf5_reader.hpp"
#include "tests/cli/program.hpp"
#include "tests/support/scenarios.hpp"

namespace commonweal::cli {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const std::string strategies = R"(title = "Invasion"
seed = 1
replicates = 6
[session]
rounds = 4
[network]
kind = "ring_lattice"
agents = 8
[game]
enhancement = 3
[agents.C]
strategy = "cooperator"
count = 1
[agents.D]
strategy = "defector"
[update]
rule = "death_birth"
[record]
every = 2
)";

const std::vector<std::string> axes{"session.rounds=2,4", "game.mpcr=0.3,0.45", "matching.kind=partners,strangers"};

/// The files of a folder, name and bytes.
std::map<std::string, std::string> files_of(const fs::path& folder) {
    std::map<std::string, std::string> files;
    for (const auto& entry : fs::directory_iterator(folder))
        files[entry.path().filename().string()] = text_of(entry.path());
    return files;
}

/// The number in a cell, read back; NaN for an empty one.
double number(const CsvTable& table, std::size_t row, const std::string& column) {
    const std::string& text = table.text(row, table.column(column));
    return text.empty() ? std::nan("") : std::stod(text);
}

class Export : public Cli {
protected:
    Export() {
        write("small.toml", scenario);
        write("invasion.toml", strategies);
        write("test::thin_networks.toml", test::thin_networks);
    }

    Ran sweep(const std::string& file, const std::string& folder, const std::vector<std::string>& more) const {
        std::vector<std::string> words{"sweep", file, "-o", folder, "-q"};
        words.insert(words.end(), more.begin(), more.end());
        return run(words);
    }

    /// The same words with `more` behind them.
    static std::vector<std::string> with(std::vector<std::string> words, const std::vector<std::string>& more) {
        words.insert(words.end(), more.begin(), more.end());
        return words;
    }

    CsvTable table(const std::string& file) const { return CsvTable(folder_ / file); }

    std::vector<double> numbers(const Hdf5Reader& file, const std::string& name) const {
        std::uint64_t all = 1;
        for (const auto size : file.shape(name)) all *= size;
        std::vector<double> values(all);
        file.read(name, 0, file.shape(name)[0], Number::float64, values.data());
        return values;
    }
};

TEST_F(Export, HasTheValuesOfTheResultsFile) {
    ASSERT_EQ(sweep("small.toml", "swept", axes).code, 0);
    const Ran ran = run({"export", "swept", "--to", "csv"});
    ASSERT_EQ(ran.code, 0) << ran.err;
    EXPECT_EQ(ran.out, "swept/csv\n");
    const Hdf5Reader results(folder_ / "swept/results.h5");
    const auto run_numbers = results.whole_numbers("run"), points = results.whole_numbers("point"),
               replicates = results.whole_numbers("replicate"), rounds = results.whole_numbers("session.rounds");
    const auto mpcr = numbers(results, "game.mpcr");
    const auto matching = results.texts("matching.kind");

    const CsvTable runs = table("swept/csv/runs.csv");
    EXPECT_THAT(runs.header(), ElementsAre("run", "point", "session.rounds", "game.mpcr", "matching.kind", "instance",
                                           "replicate", "status", "message"));
    ASSERT_EQ(runs.rows(), run_numbers.size());
    ASSERT_EQ(runs.rows(), 32u);
    for (std::size_t row = 0; row < runs.rows(); ++row) {
        EXPECT_EQ(number(runs, row, "run"), run_numbers[row]);
        EXPECT_EQ(number(runs, row, "point"), points[row]);
        EXPECT_EQ(number(runs, row, "replicate"), replicates[row]);
        EXPECT_EQ(number(runs, row, "instance"), 0);
        EXPECT_EQ(number(runs, row, "session.rounds"), rounds[row]);
        EXPECT_EQ(number(runs, row, "game.mpcr"), mpcr[row]);
        EXPECT_EQ(runs.text(row, runs.column("matching.kind")), matching[row]);
        EXPECT_EQ(runs.text(row, runs.column("status")), "done");
        EXPECT_EQ(runs.text(row, runs.column("message")), "");
    }

    // Runs of two rounds have two rows; the places that the file has for runs of four are left out.
    const CsvTable by_round = table("swept/csv/condition_condition_round.csv");
    for (const std::string column : {"mean_contribution", "share_full", "share_free_riders", "mean_payoff"}) {
        const auto values = numbers(results, column);
        ASSERT_EQ(values.size(), 32u * 4);
        std::size_t row = 0;
        for (std::size_t r = 0; r < run_numbers.size(); ++r)
            for (std::size_t round = 0; round < 4; ++round) {
                const double value = values[r * 4 + round];
                ASSERT_EQ(std::isnan(value), static_cast<int>(round) >= rounds[r]);
                if (std::isnan(value)) continue;
                ASSERT_LT(row, by_round.rows());
                EXPECT_EQ(number(by_round, row, "run"), run_numbers[r]);
                EXPECT_EQ(by_round.text(row, by_round.column("condition")), "basic");
                EXPECT_EQ(number(by_round, row, "condition_round"), static_cast<double>(round + 1));
                EXPECT_EQ(number(by_round, row, column), value);
                ++row;
            }
        EXPECT_EQ(row, by_round.rows());
    }

    const CsvTable agents = table("swept/csv/constants_agent.csv");
    EXPECT_THAT(agents.header(), ElementsAre("agent", "session", "subject"));
    const auto subjects = results.whole_numbers("subject");
    ASSERT_EQ(agents.rows(), subjects.size());
    for (std::size_t row = 0; row < agents.rows(); ++row) EXPECT_EQ(number(agents, row, "subject"), subjects[row]);
}

TEST_F(Export, LeavesMissingValuesEmpty) {
    ASSERT_EQ(sweep("invasion.toml", "swept", {"game.enhancement=2,3"}).code, 0);
    ASSERT_EQ(run({"export", "swept", "--to", "csv"}).code, 0);
    const Hdf5Reader results(folder_ / "swept/results.h5");
    const CsvTable runs = table("swept/csv/runs.csv");
    const auto steps = numbers(results, "absorption_steps");
    ASSERT_EQ(runs.rows(), steps.size());
    std::size_t missing = 0;
    for (std::size_t row = 0; row < runs.rows(); ++row) {
        missing += std::isnan(steps[row]);
        EXPECT_EQ(runs.text(row, runs.column("absorption_steps")).empty(), std::isnan(steps[row]));
        if (!std::isnan(steps[row])) {
            EXPECT_EQ(number(runs, row, "absorption_steps"), steps[row]);
        }
    }
    EXPECT_GT(missing, 0u);
    EXPECT_LT(missing, runs.rows());
    const CsvTable shares = table("swept/csv/round_strategy.csv");
    EXPECT_THAT(shares.header(), ElementsAre("run", "round", "strategy", "share"));
    const auto values = numbers(results, "share");
    ASSERT_EQ(shares.rows(), values.size());
    for (std::size_t row = 0; row < shares.rows(); ++row) {
        EXPECT_EQ(number(shares, row, "share"), values[row]);
        EXPECT_EQ(number(shares, row, "round"), static_cast<double>(row / 2 % 3 * 2));
        EXPECT_EQ(shares.text(row, shares.column("strategy")), row % 2 ? "D" : "C");
    }
}

TEST_F(Export, HasNoRowsForColumnsThatARunDoesNotHave) {
    ASSERT_EQ(sweep("small.toml", "swept", {"record.cascade=false,true", "replicates=2"}).code, 0);
    ASSERT_EQ(run({"export", "swept", "--to", "csv"}).code, 0);
    const CsvTable runs = table("swept/csv/runs.csv"), multipliers = table("swept/csv/condition.csv");
    std::vector<std::string> with_twins, found;
    for (std::size_t row = 0; row < runs.rows(); ++row)
        if (runs.text(row, runs.column("record.cascade")) == "1") with_twins.push_back(runs.text(row, 0));
    for (std::size_t row = 0; row < multipliers.rows(); ++row) found.push_back(multipliers.text(row, 0));
    EXPECT_EQ(found.size(), 2u);
    EXPECT_EQ(found, with_twins);
}

TEST_F(Export, QuotesTexts) {
    write("a, \"b\".csv", "source,target\n0,1\n1,2\n2,3\n");
    write("c.csv", "source,target\n0,1\n1,2\n2,0\n");
    write("files.toml",
          "title = \"files\"\nreplicates = 1\nseed = 3\n[session]\nrounds = 2\n[network]\nkind = \"network_file\"\n"
          "file = \"c.csv\"\n[agents.all]\nbehavior = \"conditional_cooperator\"\n");
    ASSERT_EQ(sweep("files.toml", "swept", {"network.file='a, \"b\".csv',c.csv"}).code, 0);
    ASSERT_EQ(run({"export", "swept", "--to", "csv"}).code, 0);
    EXPECT_EQ(text_of(folder_ / "swept/csv/runs.csv"),
              "run,point,network.file,instance,replicate,status,message\n"
              "0,0,\"a, \"\"b\"\".csv\",0,0,done,\n"
              "1,1,c.csv,0,0,done,\n");
}

TEST_F(Export, HasFailedRunsWithTheirMessage) {
    ASSERT_EQ(sweep("test::thin_networks.toml", "swept", {}).code, 3);
    const Ran ran = run({"export", "swept", "--to", "csv"});
    EXPECT_EQ(ran.code, 3);
    EXPECT_THAT(ran.err, HasSubstr("runs failed; `commonweal status swept` lists them"));
    const Hdf5Reader results(folder_ / "swept/results.h5");
    const auto messages = results.texts("ledger/message");
    const CsvTable runs = table("swept/csv/runs.csv");
    ASSERT_EQ(runs.rows(), 24u);
    std::set<std::string> done;
    for (std::size_t row = 0; row < runs.rows(); ++row) {
        EXPECT_EQ(runs.text(row, runs.column("message")), messages[row]);
        EXPECT_EQ(runs.text(row, runs.column("status")), messages[row].empty() ? "done" : "failed");
        if (messages[row].empty()) done.insert(runs.text(row, 0));
    }
    ASSERT_LT(done.size(), 24u);
    const CsvTable by_round = table("swept/csv/condition_condition_round.csv");
    std::set<std::string> found;
    for (std::size_t row = 0; row < by_round.rows(); ++row) found.insert(by_round.text(row, 0));
    EXPECT_EQ(found, done);
    EXPECT_EQ(by_round.rows(), done.size() * 2);
}

TEST_F(Export, WritesTheColumnsThatAreAskedFor) {
    ASSERT_EQ(sweep("small.toml", "swept", axes).code, 0);
    ASSERT_EQ(run({"export", "--to", "csv", "--columns", "mean_payoff,share_full", "swept", "-o", "some"}).code, 0);
    const auto files = files_of(folder_ / "some");
    ASSERT_EQ(files.size(), 3u);
    EXPECT_THAT(files.at("condition_condition_round.csv"),
                StartsWith("run,condition,condition_round,share_full,mean_payoff\n"));
    EXPECT_TRUE(files.contains("runs.csv"));
    EXPECT_THAT(refusal({"export", "swept", "--to", "csv", "--columns", "mean_pay_off", "-o", "more"}),
                HasSubstr("there is no column 'mean_pay_off' (did you mean 'mean_payoff'?); columns: "));
    EXPECT_FALSE(fs::exists(folder_ / "more"));
}

TEST_F(Export, DescribesEveryColumnOfEveryFile) {
    ASSERT_EQ(sweep("small.toml", "swept", axes).code, 0);
    ASSERT_EQ(run({"export", "swept", "--to", "csv"}).code, 0);
    const CsvTable dictionary = table("swept/csv/data_dictionary.csv");
    EXPECT_THAT(dictionary.header(), ElementsAre("file", "column", "type", "unit", "meaning"));
    std::map<std::string, std::string> told;
    for (std::size_t row = 0; row < dictionary.rows(); ++row) {
        std::string& header = told[dictionary.text(row, 0)];
        header += (header.empty() ? "" : ",") + dictionary.text(row, 1);
        EXPECT_NE(dictionary.text(row, 4), "") << dictionary.text(row, 1);
    }
    std::map<std::string, std::string> headers;
    for (const auto& [name, text] : files_of(folder_ / "swept/csv")) headers[name] = text.substr(0, text.find('\n'));
    headers.erase("data_dictionary.csv");
    EXPECT_EQ(told, headers);
    const std::string text = text_of(folder_ / "swept/csv/data_dictionary.csv");
    EXPECT_THAT(text, HasSubstr("\nruns.csv,session.rounds,int32,"));
    EXPECT_THAT(text, HasSubstr("\nruns.csv,game.mpcr,float64,"));
    EXPECT_THAT(text, HasSubstr("\nruns.csv,matching.kind,text,,"));
    EXPECT_THAT(text, HasSubstr("\ncondition_condition_round.csv,condition,text,,"));
    EXPECT_THAT(text, HasSubstr("\ncondition_condition_round.csv,mean_contribution,float64,tokens,"));
}

TEST_F(Export, SaysThatTheResultsOfARunAreNoStore) {
    write("small.toml", strategies);
    ASSERT_EQ(run({"run", "small.toml", "-o", "out.h5", "-q"}).code, 0);
    for (const std::string command : {"export", "status", "verify"}) {
        std::vector<std::string> words{command, "out.h5"};
        if (command == "export") words.insert(words.end(), {"--to", "csv"});
        const Ran ran = run(words);
        EXPECT_EQ(ran.code, 74) << command;
        EXPECT_THAT(ran.err, HasSubstr("out.h5: is no store of a sweep: it is a file, and a store is the folder that"));
    }
    EXPECT_THAT(run({"status", "nowhere"}).err, HasSubstr("there is no such folder"));
}

TEST_F(Export, ReplacesFilesOnlyWhenToldTo) {
    ASSERT_EQ(sweep("small.toml", "swept", {"replicates=1"}).code, 0);
    ASSERT_EQ(run({"export", "swept", "--to", "csv"}).code, 0);
    const auto before = files_of(folder_ / "swept/csv");
    write("swept/csv/runs.csv", "mine\n");
    const Ran refused = run({"export", "swept", "--to", "csv"});
    EXPECT_EQ(refused.code, 6);
    EXPECT_THAT(refused.err, HasSubstr("runs.csv exists; --force replaces it"));
    EXPECT_EQ(text_of(folder_ / "swept/csv/runs.csv"), "mine\n");
    EXPECT_EQ(run({"export", "swept", "--to", "csv", "--force"}).code, 0);
    EXPECT_EQ(files_of(folder_ / "swept/csv"), before);
}

TEST_F(Export, DoesNotDependOnHowTheSweepWasComputed) {
    ASSERT_EQ(sweep("small.toml", "one", with(axes, {"--threads", "1"})).code, 0);
    for (const std::string share : {"3/3", "1/3", "2/3"})
        sweep("small.toml", "three", with(axes, {"--shard", share, "--threads", "2"}));
    ASSERT_EQ(run({"export", "one", "--to", "csv"}).code, 0);
    ASSERT_EQ(run({"export", "three", "--to", "csv"}).code, 0);
    EXPECT_GT(files_of(folder_ / "three/shards").size(), 1u);
    EXPECT_EQ(files_of(folder_ / "one/csv"), files_of(folder_ / "three/csv"));
    ASSERT_EQ(sweep("small.toml", "other", with(axes, {"seed=43"})).code, 0);
    ASSERT_EQ(run({"export", "other", "--to", "csv"}).code, 0);
    EXPECT_NE(files_of(folder_ / "one/csv"), files_of(folder_ / "other/csv"));
}

TEST_F(Export, TakesAnUnfinishedSweep) {
    sweep("small.toml", "swept", with(axes, {"--shard", "1/3"}));
    const Ran ran = run({"export", "swept", "--to", "csv"});
    EXPECT_EQ(ran.code, 4);
    EXPECT_THAT(ran.err, HasSubstr("of 32 runs are missing: "));
    const CsvTable runs = table("swept/csv/runs.csv");
    EXPECT_GT(runs.rows(), 0u);
    EXPECT_LT(runs.rows(), 32u);
}

TEST_F(Export, WritesNothingFromDamagedShards) {
    ASSERT_EQ(sweep("small.toml", "swept", axes).code, 0);
    const fs::path shard = fs::directory_iterator(folder_ / "swept/shards")->path();
    std::fstream(shard, std::ios::in | std::ios::out | std::ios::binary).seekp(100) << "damage";
    const Ran ran = run({"export", "swept", "--to", "csv"});
    EXPECT_EQ(ran.code, 5);
    EXPECT_THAT(ran.err, HasSubstr(shard.filename().string()));
    EXPECT_FALSE(fs::exists(folder_ / "swept/csv"));
}

TEST_F(Export, LeavesNothingWhenItCannotWrite) {
    ASSERT_EQ(sweep("small.toml", "swept", axes).code, 0);
    fs::create_directories(folder_ / "swept/csv/data_dictionary.csv.partial");
    const Ran ran = run({"export", "swept", "--to", "csv"});
    EXPECT_EQ(ran.code, 74);
    EXPECT_THAT(ran.err, HasSubstr("data_dictionary.csv: cannot be written"));
    fs::remove(folder_ / "swept/csv/data_dictionary.csv.partial");
    EXPECT_TRUE(fs::is_empty(folder_ / "swept/csv"));
}

TEST_F(Export, TellsTheFormats) {
    EXPECT_THAT(refusal({"export", "swept", "--to", "scv"}),
                HasSubstr("--to is 'scv' (did you mean 'csv'?); it must be csv or salib"));
    EXPECT_THAT(refusal({"export", "swept"}), HasSubstr("--to is required"));
}

TEST_F(Export, HandsSalibToItsOwnCommand) {
    write("bin/commonweal-export", "#!/bin/sh\necho \"$@\"; exit 7\n");
    fs::permissions(folder_ / "bin/commonweal-export", fs::perms::owner_all);
    for (const std::vector<std::string>& to : {std::vector<std::string>{"--to", "salib"}, {"--to=salib"}}) {
        const Ran ran = run(with({"export", "out dir", "--own", "x"}, to), "PATH=\"$PWD/bin:$PATH\"");
        EXPECT_EQ(ran.code, 7) << ran.err;
        EXPECT_EQ(ran.out, to.size() == 1 ? "out dir --own x --to=salib\n" : "out dir --own x --to salib\n");
    }
    EXPECT_THAT(run({"export", "swept", "--to", "csv"}, "PATH=\"$PWD/bin:$PATH\"").err,
                HasSubstr("no store of a sweep"));
    const Ran missing = run({"export", "swept", "--to", "salib"}, "PATH=/nonexistent");
    EXPECT_EQ(missing.code, 2);
    EXPECT_THAT(missing.err, HasSubstr("commonweal's wheel has it"));
}

}  // namespace
}  // namespace commonweal::cli
