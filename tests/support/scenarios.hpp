#pragma once

#include <string>

/// Scenarios that several tests use.
namespace commonweal::test {

/// Networks drawn so thin that some have an agent without a neighbor: their runs fail.
inline const std::string thin_networks = R"toml(title = "Some networks fail"
replicates = 2
instances = 12
seed = 3
[session]
rounds = 2
[network]
kind = "erdos_renyi"
agents = 30
mean_degree = 4.0
[game]
tokens = "continuous"
[agents.all]
behavior = "conditional_cooperator"
)toml";

/// A sweep of some tenths of a second, in many batches.
inline const std::string lattice_sweep = R"toml(title = "On a lattice"
replicates = 64
seed = 4
[session]
rounds = 100
[network]
kind = "square_lattice"
width = 30
height = 30
[agents.cooperators]
strategy = "cooperator"
share = 0.5
[agents.defectors]
strategy = "defector"
share = 0.5
[update]
rule = "fermi"
strength = 2
[record]
every = 25
[sweep]
game.enhancement = "linspace(3.5, 5, 6)"
)toml";

}  // namespace commonweal::test
