#pragma once

#include <unistd.h>

#include <filesystem>
#include <string>
#include <vector>

#include "models/catalog.hpp"
#include "sim/sweep/sweep.hpp"

/// Small sweeps for tests.
namespace commonweal::test {

inline const std::string sweep_base = R"(title = "small"
replicates = 3
seed = 5
[session]
agents = 8
rounds = 3
[matching]
kind = "strangers"
[game]
mpcr = 0.4
[agents.all]
behavior = "linear_influence"
)";

inline DesignRequest request(const std::vector<std::string>& overrides, const std::string& text = sweep_base) {
    return {.text = text,
            .file = "/nowhere/small.toml",
            .more = {},
            .here = "/nowhere",
            .overrides = overrides,
            .until = {},
            .max_replicates = 0};
}

inline Design design(const std::vector<std::string>& overrides, const std::string& text = sweep_base) {
    return {request(overrides, text), models::catalog()};
}

/// A folder that is gone at the end of the test.
class Folder {
public:
    Folder() {
        static int number = 0;
        path_ = std::filesystem::temp_directory_path() /
                ("commonweal_store_" + std::to_string(getpid()) + "_" + std::to_string(++number));
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

inline const Program program{"1.0", "abc", "cite"};

inline Store store(const Folder& folder, const DesignRequest& request, bool extend = false, bool share = false) {
    return Store::open_for(folder.path(), request, program, models::catalog(), extend, share);
}

}  // namespace commonweal::test
