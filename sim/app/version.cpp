#include "sim/app/version.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/app/output.hpp"
#include "sim/core/instruction_set.hpp"
#include "sim/record/hdf5_file.hpp"

namespace commonweal {

namespace {

std::string compiler() {
#if defined(__clang__)
    return fmt::format("Clang {}.{}.{}", __clang_major__, __clang_minor__, __clang_patchlevel__);
#else
    return fmt::format("GCC {}.{}.{}", __GNUC__, __GNUC_MINOR__, __GNUC_PATCHLEVEL__);
#endif
}

/// Name and version. COMMONWEAL_LIBRARIES lists those that CMake found, as {"name", "version"} pairs.
std::vector<std::pair<std::string, std::string>> libraries() {
    std::vector<std::pair<std::string, std::string>> list{COMMONWEAL_LIBRARIES};
    list.emplace_back("HDF5", hdf5_version());
    return list;
}

}  // namespace

std::string program_version() { return COMMONWEAL_VERSION; }

std::string program_commit() { return COMMONWEAL_COMMIT; }

std::string program_date() { return COMMONWEAL_DATE; }

Program program() {
    return {program_version(), program_commit(),
            fmt::format("The commonweal contributors (2026). commonweal {}: cooperation in networks of people.",
                        program_version())};
}

int version_command(bool json) {
    if (json) {
        nlohmann::ordered_json object{{"version", program_version()},
                                      {"commit", program_commit()},
                                      {"compiler", compiler()},
                                      {"instructions", name_of(instruction_set())}};
        for (const auto& [name, version] : libraries()) object["libraries"][name] = version;
        print(object.dump(2) + "\n");
        return 0;
    }
    print(fmt::format("commonweal {} (commit {})\n{}\n", program_version(), program_commit(), compiler()));
    print(fmt::format("vector instructions: {}\n", name_of(instruction_set())));
    for (const auto& [name, version] : libraries()) print(fmt::format("{} {}\n", name, version));
    return 0;
}

}  // namespace commonweal
