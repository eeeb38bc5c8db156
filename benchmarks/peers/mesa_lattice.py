"""Mesa: the public-goods game on a torus, as its tutorial would have one write it.

usage: mesa_lattice.py SIDE ENHANCEMENT WARM ROUNDS
A round is SIDE^2 steps of agents drawn with replacement; an agent looks at a random neighbor and imitates by the Fermi function
(K = 0.5). Groups are an agent and its four neighbors, and payoffs of all five groups are added.
"""

import math
import sys

import mesa
from serving import serve


class Person(mesa.Agent):
    def __init__(self, model):
        super().__init__(model)
        self.gives = self.random.random() < 0.5
        self.near = []

    def pot(self):
        return self.model.enhancement * (self.gives + sum(other.gives for other in self.near)) / (len(self.near) + 1)

    def payoff(self):
        return self.pot() + sum(other.pot() for other in self.near) - (len(self.near) + 1) * self.gives

    def step(self):
        other = self.random.choice(self.near)
        if other.gives == self.gives:
            return
        if self.random.random() < 1 / (1 + math.exp((self.payoff() - other.payoff()) / 0.5)):
            self.gives = other.gives


class Lattice(mesa.Model):
    def __init__(self, side, enhancement, seed):
        super().__init__(seed=seed)
        self.enhancement = enhancement
        self.grid = mesa.space.SingleGrid(side, side, torus=True)
        for _, place in self.grid.coord_iter():
            self.grid.place_agent(Person(self), place)
        self.people = list(self.agents)
        for person in self.people:
            person.near = self.grid.get_neighbors(person.pos, moore=False)

    def step(self):
        for person in self.random.choices(self.people, k=len(self.people)):
            person.step()

    def level(self):
        return sum(person.gives for person in self.people) / len(self.people)


def main(side, enhancement, warm, rounds):
    def play(seed):
        model = Lattice(side, enhancement, seed)
        for _ in range(warm):
            model.step()

        def run():
            levels = 0.0
            for _ in range(rounds):
                model.step()
                levels += model.level()
            return levels / rounds

        return run, side * side * rounds

    serve({"peer": f"Mesa {mesa.__version__}"}, play)


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4]))
