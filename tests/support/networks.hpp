#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "models/catalog.hpp"
#include "sim/network/network.hpp"

/// Networks for tests: made by hand, by a generator of the catalog, or from a file that the test writes.
namespace commonweal {

inline Layer layer_of(AgentId agents, std::vector<Tie> ties) { return Layer({agents, std::move(ties), {}}); }

inline Randomness seeded(std::uint64_t seed) { return Randomness(Seeds{seed, seed, seed}); }

/// The network of a generator, as a scenario's settings would ask for it.
inline Network generated(const std::string& name, const std::vector<std::pair<std::string, Value>>& values = {},
                         std::uint64_t seed = 1, std::uint32_t instance = 0) {
    std::vector<Setting> settings;
    for (const auto& [key, value] : values) settings.push_back({key, value, "test"});
    for (const auto& entry : models::networks())
        if (entry.info.name == name) return entry.make(settings, name)->generate(seeded(seed), instance);
    throw ConfigError("no generator is named " + name);
}

inline Value whole(std::uint64_t x) { return static_cast<std::int64_t>(x); }

/// A folder that is removed with the test.
class Folder {
public:
    Folder() : path_(std::filesystem::temp_directory_path() / ("commonweal_networks_" + std::to_string(counter()))) {
        std::filesystem::create_directories(path_);
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    /// Writes a file and returns its path.
    std::filesystem::path file(const std::string& name, const std::string& text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }
    std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

private:
    static std::uint64_t counter() {
        static std::uint64_t next =
            static_cast<std::uint64_t>(std::filesystem::hash_value(std::filesystem::read_symlink("/proc/self"))) << 20;
        return next++;
    }

    std::filesystem::path path_;
};

/// What the exception says that `act` throws; "" when it throws none.
template <class Exception = ConfigError, class Act>
std::string message_of(const Act& act) {
    try {
        act();
    } catch (const Exception& error) {
        return error.what();
    }
    return "";
}

}  // namespace commonweal
