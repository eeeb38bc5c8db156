#pragma once

#include <concepts>
#include <cstdint>

#include "sim/core/randomness.hpp"
#include "sim/model/model_info.hpp"
#include "sim/network/network.hpp"

namespace commonweal {

/// Makes networks: one per network instance.
class NetworkGenerator {
public:
    virtual ~NetworkGenerator() = default;

    /// A pure function of the parameters, the seed of the networks and the instance: the number of threads changes
    /// nothing. Throws ConfigError when no such network exists, IoError when a file cannot be read.
    virtual Network generate(const Randomness& randomness, std::uint32_t instance) const = 0;

    /// What a person may not have meant in files that can be read, a sentence each. `keys` stands in front of each
    /// key=value that is proposed. A file that is wrong is told by generate() only.
    virtual std::vector<std::string> remarks([[maybe_unused]] std::string_view keys) const { return {}; }

    /// False when all instances and seeds give the same network, as for lattices and files.
    virtual bool random() const noexcept = 0;
};

/// A plain struct of parameters that makes networks. It draws from sequences with Stream::network only
/// (sim/core/draw_sequence.hpp) and checks relations between parameters in check(where).
template <class Model>
concept NetworkModel =
    Described<Model> && requires(const Model model, const Randomness& randomness, std::uint32_t instance) {
        { Model::random } -> std::convertible_to<bool>;
        { model.generate(randomness, instance) } -> std::same_as<Network>;
    };

template <NetworkModel Model>
class NetworkGeneratorOf final : public NetworkGenerator {
public:
    explicit NetworkGeneratorOf(const Model& model) : model_(model) {}

    Network generate(const Randomness& randomness, std::uint32_t instance) const override {
        return model_.generate(randomness, instance);
    }
    std::vector<std::string> remarks(std::string_view keys) const override {
        if constexpr (requires { model_.remarks(keys); })
            return model_.remarks(keys);
        else
            return NetworkGenerator::remarks(keys);
    }
    bool random() const noexcept override { return Model::random; }

private:
    Model model_;
};

}  // namespace commonweal
