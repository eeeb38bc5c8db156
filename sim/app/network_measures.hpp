#pragma once

#include <string>
#include <vector>

#include "sim/network/clustering.hpp"
#include "sim/network/components.hpp"
#include "sim/network/degrees.hpp"
#include "sim/network/distances.hpp"
#include "sim/network/mixing.hpp"
#include "sim/network/network.hpp"

namespace commonweal {

/// What `network describe` says of one layer.
struct LayerMeasures {
    std::string name;
    std::uint64_t ties = 0;
    bool weighted = false;
    double total_weight = 0;  ///< sum over ties [-]; 0 without weights
    Degrees degrees;
    Clustering clustering;
    double degree_assortativity = 0;
    Components components;
    Distances distances;
    struct ByAttribute {
        std::string attribute;
        bool text;  ///< groups of texts, else of numbers
        Mixing mixing;
    };
    std::vector<ByAttribute> mixing;
};

/// What it says of a network.
struct NetworkMeasures {
    std::string title;  ///< what was asked for: a generator with its parameters, or a file
    AgentId agents = 0;
    std::uint64_t digest = 0;
    Components together;  ///< over the ties of all layers
    std::vector<LayerMeasures> layers;
};

/// `randomness` chooses the sources of distances where all would be too many.
NetworkMeasures measures_of(const Network& network, const std::string& title, const Randomness& randomness);

std::string network_text(const NetworkMeasures& measures);
std::string network_json(const NetworkMeasures& measures);

}  // namespace commonweal
