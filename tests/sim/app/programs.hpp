#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace commonweal {

/// A folder of its own, whose bin/ comes first on the PATH: what is written there stands for programs of the system.
class WithPrograms : public testing::Test {
protected:
    WithPrograms()
        : folder_(std::filesystem::temp_directory_path() / ("commonweal app_" + std::to_string(getpid()))),
          path_(std::getenv("PATH")) {
        std::filesystem::create_directories(folder_ / "bin");
        setenv("PATH", ((folder_ / "bin").string() + ":" + path_).c_str(), 1);
    }
    ~WithPrograms() override {
        setenv("PATH", path_.c_str(), 1);
        std::filesystem::remove_all(folder_);
    }

    /// A bash script in bin/; $here is the test's folder.
    void program(const std::string& name, const std::string& body) const {
        const auto file = folder_ / "bin" / name;
        std::ofstream(file) << "#!/usr/bin/env bash\nhere=$(dirname \"$0\")/..\n" << body;
        std::filesystem::permissions(file, std::filesystem::perms::owner_all);
    }

    std::string text_of(const std::string& name) const {
        std::ifstream in(folder_ / name, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }

    std::filesystem::path folder_;

private:
    std::string path_;
};

}  // namespace commonweal
