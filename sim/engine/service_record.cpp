#include "sim/engine/service_record.hpp"

#include <algorithm>
#include <limits>

namespace commonweal {

double gini_of(std::vector<Micro>& values) {
    std::ranges::sort(values);
    const double n = static_cast<double>(values.size());
    double sum = 0, ranked = 0;
    for (std::size_t i = 0; i < values.size(); ++i) {
        const double x = static_cast<double>(values[i]);
        sum += x;
        ranked += (2.0 * static_cast<double>(i) + 1.0 - n) * x;
    }
    return sum > 0 ? ranked / (n * sum) : std::numeric_limits<double>::quiet_NaN();
}

}  // namespace commonweal
