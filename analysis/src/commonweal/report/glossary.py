"""What the words of a report mean, for those who read one for the first time."""

from __future__ import annotations

from ..comparison.compare import Comparison

RESULTS = {
    "welfare": "what a person holds at the end of a round: the mean over all people and rounds of a run. Public money that is "
    "handed out counts; that it has to be raised does not",
    "mean_payoff": "what a person holds at the end of a round: the mean over all people and rounds of a run",
    "system_contribution": "what a person gives to the pot of the whole system: the mean over all people and rounds of a run",
    "mean_contribution": "what a person gives to the pot of the group: the mean over all people and rounds of a run",
    "gini": "Gini index of what people hold: 0 when all hold the same, 1 when one person holds everything",
}


def words_of(comparison: Comparison) -> list[tuple[str, str]]:
    """Word -> meaning, in the order in which a reader meets them."""
    confidence = f"{100 * comparison.question.confidence:g} %"
    smallest = comparison.question.smallest
    least = f", and the mean is at least {smallest:g}" if smallest > 0 else ""
    return [
        ("regime", "a set of policies: what somebody can choose"),
        ("world", "a set of conditions that nobody chooses, such as how much people trust each other"),
        *((one.label, RESULTS[one.column]) for one in comparison.outcomes if one.column in RESULTS),
        ("agent", "a simulated person"),
        ("token", "the unit of everything that is given and held; it stands for no currency"),
        ("run", "one simulated course of events: a regime, a world, a network and a sequence of chance"),
        ("network instance", "one drawing of who works with whom, from the same recipe"),
        ("replicate", "a repetition on the same network, with other chance"),
        (
            "[a, b]",
            f"interval of {confidence}: how far the mean may be off because the number of runs is finite; not how right the "
            "model is",
        ),
        ("clearly", f"the interval of the difference is without 0{least}"),
        ("regret", "what a regime falls short of the best one of the same world"),
    ]
