#pragma once

#include <cstdint>
#include <fstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

/// Who is tied to whom, as a textbook writes it down.
using Neighbors = std::vector<std::vector<int>>;

/// Reads what `workload --write-network` wrote: numbers of agents and ties, then the two ends of each tie.
inline Neighbors read_network(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::uint32_t size[2] = {0, 0};
    file.read(reinterpret_cast<char*>(size), sizeof size);
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ties(size[1]);
    file.read(reinterpret_cast<char*>(ties.data()), static_cast<std::streamsize>(ties.size() * sizeof ties[0]));
    if (!file) throw std::runtime_error(path + " is no network");
    std::vector<std::size_t> degree(size[0], 0);
    for (const auto& [a, b] : ties) {
        ++degree[a];
        ++degree[b];
    }
    Neighbors neighbors(size[0]);
    for (std::size_t i = 0; i < neighbors.size(); ++i) neighbors[i].reserve(degree[i]);
    for (const auto& [a, b] : ties) {
        neighbors[a].push_back(static_cast<int>(b));
        neighbors[b].push_back(static_cast<int>(a));
    }
    return neighbors;
}
