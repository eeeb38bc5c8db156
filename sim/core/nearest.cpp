#include "sim/core/nearest.hpp"

#include <algorithm>

namespace commonweal {

std::size_t edit_distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replace = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, replace});
            const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
        }
        before.swap(last);
        last.swap(row);
    }
    return last[b.size()];
}

std::string nearest(std::string_view word, const std::vector<std::string>& known) {
    std::string best;
    std::size_t least = 0;
    for (const std::string& name : known) {
        const std::size_t distance = edit_distance(word, name);
        const std::size_t allowed = std::max<std::size_t>(1, std::max(word.size(), name.size()) / 3);
        if (distance <= allowed && (best.empty() || distance < least)) {
            best = name;
            least = distance;
        }
    }
    return best;
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const std::string name = nearest(word, known);
    return name.empty() ? "" : " (did you mean '" + name + "'?)";
}

}  // namespace commonweal
