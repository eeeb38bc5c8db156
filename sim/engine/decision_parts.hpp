#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "sim/core/randomness.hpp"
#include "sim/network/agent_blocks.hpp"

namespace commonweal {

/// Calls decide(begin, end, words) for small parts of the population, in parallel when it is large. words: [draw]
/// planes [agent of the part][lane] of the random words of `key`, whose draws count from key.draw on. They are made
/// part by part, so that they never leave the cache.
template <std::size_t width, class Decide>
void decide_in_parts(const Randomness& randomness, const DrawKey& key, std::span<const std::uint32_t, width> replicates,
                     AgentId agents, std::size_t draws, const Decide& decide) {
    constexpr std::size_t most = 4096 / width;  // 16 KB for each draw
    each_block(agents, [&](AgentId first, AgentId last) {
        const std::size_t part = std::min<std::size_t>(most, (last - first + std::size_t{3}) / 4 * 4);
        std::vector<std::uint32_t> buffer(draws * part * width);
        std::vector<const std::uint32_t*> words;
        for (std::size_t draw = 0; draw < draws; ++draw) words.push_back(buffer.data() + draw * part * width);
        for (std::size_t begin = first; begin < last; begin += part) {
            const std::size_t end = std::min<std::size_t>(begin + part, last);
            DrawKey own = key;
            for (std::size_t draw = 0; draw < draws; ++draw, ++own.draw)
                randomness.fill_quads<width>(own, replicates, static_cast<std::uint32_t>(begin / 4),
                                             static_cast<std::uint32_t>((end + 3) / 4),
                                             buffer.data() + draw * part * width);
            decide(static_cast<AgentId>(begin), static_cast<AgentId>(end), words.data());
        }
    });
}

}  // namespace commonweal
