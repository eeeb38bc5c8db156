"""EGTtools: pairwise comparison in a well-mixed population, by its compiled solver.

usage: egttools_well_mixed.py POPULATION ENHANCEMENT THRESHOLD STRENGTH MUTATION STEPS
Groups of five are drawn from all; payoffs are expected ones. The game is the N-person stag hunt of Pacheco et al. (2009): a pot
pays when at least THRESHOLD members contribute. A mutant has the other strategy.
The level is the mean share of cooperators over the second half of the steps.
"""

import importlib.metadata
import sys

import egttools
import numpy as np
from egttools.games import MatrixNPlayerGameHolder, NPlayerStagHunt
from egttools.numerical import PairwiseComparisonNumerical
from serving import serve


def main(population, enhancement, threshold, strength, mutation, steps):
    payoffs = NPlayerStagHunt(5, enhancement, threshold, 1.0).payoffs()
    game = MatrixNPlayerGameHolder(2, 5, payoffs)  # compiled, whereas the other is asked through Python
    solver = PairwiseComparisonNumerical(population, game, 1_000_000)

    def play(seed):
        egttools.Random.init_with_seed(seed)
        start = [population // 2, population - population // 2]

        def run():
            states = np.asarray(solver.run_with_mutation(steps, strength, mutation, start))
            return float(states[len(states) // 2 :, 1].mean() / population)

        return run, steps

    serve({"peer": f"EGTtools {importlib.metadata.version('egttools')}"}, play)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), float(sys.argv[5]), int(sys.argv[6]))
