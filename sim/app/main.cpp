#include <exception>
#include <new>
#include <string>
#include <vector>

#include "sim/app/command_line.hpp"
#include "sim/app/output.hpp"
#include "sim/core/error.hpp"

namespace {

/// Exit codes: README.md, "Exit codes".
enum Code { internal = 1, usage = 2, other_design = 6, input_output = 74 };

int failed(int code, const char* what) {
    commonweal::say_error(what);
    return code;
}

}  // namespace

int main(int count, char** words) {
    using namespace commonweal;
    try {
        const int code = command_line({words + (count > 0 ? 1 : 0), words + count});
        flush_output();
        return code;
    } catch (const ConfigError& error) {
        return failed(usage, error.what());
    } catch (const UsageError& error) {
        return failed(usage, error.what());
    } catch (const OtherDesignError& error) {
        return failed(other_design, error.what());
    } catch (const IoError& error) {
        return failed(input_output, error.what());
    } catch (const std::bad_alloc&) {
        return failed(internal, "not enough memory for a scenario of this size");
    } catch (const std::exception& error) {
        return failed(internal, error.what());
    }
}
