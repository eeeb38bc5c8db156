"""NDlib: the threshold model of Granovetter and Watts on a network that commonweal wrote.

usage: ndlib_threshold.py NETWORK THRESHOLD FIRST ROUNDS
NETWORK is a file of `workload --write-network`; a share FIRST of the nodes has adopted at first. The level is the mean share of
adopters over ROUNDS iterations.
"""

import importlib.metadata
import sys

import ndlib.models.epidemics as epidemics
import networkx
import numpy as np
from ndlib.models.ModelConfig import Configuration
from serving import serve


def read(path):
    words = np.fromfile(path, dtype=np.uint32)
    graph = networkx.Graph()
    graph.add_nodes_from(range(int(words[0])))
    graph.add_edges_from(words[2:].reshape(-1, 2).tolist())
    return graph


def main(path, threshold, first, rounds):
    graph = read(path)
    nodes = graph.number_of_nodes()

    def play(seed):
        model = epidemics.ThresholdModel(graph, seed=seed)
        config = Configuration()
        config.add_model_parameter("fraction_infected", first)
        for node in graph.nodes:
            config.add_node_configuration("threshold", node, threshold)
        model.set_initial_status(config)
        model.iteration(node_status=False)  # iteration 0 only reports the start

        def run():
            adopted = [model.iteration(node_status=False)["node_count"][1] for _ in range(rounds)]
            return sum(adopted) / rounds / nodes

        return run, nodes * rounds

    serve({"peer": f"NDlib {importlib.metadata.version('ndlib')}"}, play)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
