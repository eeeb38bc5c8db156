#pragma once

#include <string>
#include <vector>

namespace commonweal {

/// A variable of results files, as the results of one kind of play have it.
struct MetricShape {
    std::string play;               ///< "laboratory", "network", "strategies", "service"
    std::vector<std::string> axes;  ///< behind `run`
    std::string type;               ///< "float64"
    std::string unit, meaning;
};

/// What runs leave behind under one name.
struct MetricInfo {
    std::string name;
    std::string formula;  ///< "" of what is recorded as it is
    std::string when;     ///< what must be set for it; "" when it is always there
    std::vector<MetricShape> shapes;
};

/// All metrics, in the order of results files. Names, units, meanings and axes are those of the files themselves.
std::vector<MetricInfo> metrics();

}  // namespace commonweal
