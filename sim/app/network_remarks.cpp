#include "sim/app/network_remarks.hpp"

#include "sim/app/output.hpp"

namespace commonweal {

void say_remarks(const NetworkGenerator* generator, std::string_view keys) {
    if (!generator) return;
    for (const std::string& remark : generator->remarks(keys)) say("warning: " + remark);
}

}  // namespace commonweal
