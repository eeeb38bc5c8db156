"""What a dyad regression controls for: an option of the estimator, never hard coded (EXPERIMENTS, F&C 2010: unknown to us)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from .errors import SpecificationError
from .meetings import Rows
from .panel import Panel

EFFECTS = ("round", "session", "session-round", "ego")
CONTROLS = ("own-lag", *EFFECTS)


@dataclass(frozen=True)
class Specification:
    """ego's contribution at t = intercept + b * alter's contribution at t-k [+ h * ego's own at t-k] [+ effects].

    own_lag: ego's own contribution in alter's period; effects: fixed effects, a subset of EFFECTS in that order.
    """

    own_lag: bool = False
    effects: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return "+".join((["own-lag"] if self.own_lag else []) + list(self.effects)) or "raw"

    @staticmethod
    def of(controls: list[str]) -> Specification:
        """From names such as `own-lag`, `round`. Raises SpecificationError for an unknown one."""
        for control in controls:
            if control not in CONTROLS:
                raise SpecificationError(f"unknown control {control!r}; there are: {', '.join(CONTROLS)}")
        return Specification("own-lag" in controls, tuple(effect for effect in EFFECTS if effect in controls))

    @staticmethod
    def parse(text: str) -> list[Specification]:
        """`raw`, `all`, or controls joined by `+`, as in `own-lag+round`; several separated by commas."""
        chosen: list[Specification] = []
        for name in (part.strip() for part in text.split(",")):
            if name == "all":
                chosen += ALL
            elif name == "raw":
                chosen.append(Specification())
            else:
                chosen.append(Specification.of([control.strip() for control in name.split("+")]))
        return list(dict.fromkeys(chosen))


RAW = Specification()
OWN_LAG = Specification(True)
ROUND = Specification(False, ("round",))
OWN_LAG_ROUND = Specification(True, ("round",))
STANDARD = [RAW, ROUND, OWN_LAG, OWN_LAG_ROUND]
ALL = [
    Specification(own_lag, effects)
    for own_lag in (False, True)
    for effects in ((), ("round",), ("session",), ("round", "session"), ("session-round",), ("ego",), ("round", "ego"))
]


@dataclass(frozen=True)
class Sample:
    """What a regression sees, for runs that share their rows.

    y, x, own: [run, row], tokens: ego at t, alter at t-k, ego at t-k (NaN where ego was absent then).
    levels: effect -> [row], the level each row belongs to, 0-based and dense. ego, session: [row].
    """

    y: np.ndarray
    x: np.ndarray
    own: np.ndarray
    levels: dict[str, np.ndarray]
    ego: np.ndarray
    session: np.ndarray

    def __len__(self) -> int:
        return self.y.shape[1]

    def complete(self, specification: Specification) -> Sample:
        """Without the rows that lack what this specification needs."""
        if not specification.own_lag or not np.isnan(self.own).any():
            return self
        keep = ~np.isnan(self.own).any(axis=0)
        levels = {effect: dense(level[keep]) for effect, level in self.levels.items()}
        return Sample(self.y[:, keep], self.x[:, keep], self.own[:, keep], levels, self.ego[keep], self.session[keep])


def sample(panel: Panel, runs: np.ndarray, rows: Rows) -> Sample:
    """The regression's columns for the runs [run] of a panel that share these rows; rows without ego at t are left out."""
    contribution = panel.contribution[runs]
    present = ~np.isnan(contribution).any(axis=0)
    keep = present[rows.ego, rows.ego_period] & present[rows.alter, rows.alter_period]
    ego, alter, now, then = (part[keep] for part in (rows.ego, rows.alter, rows.ego_period, rows.alter_period))
    session = panel.session[ego]
    levels = {
        "round": dense(now),
        "session": dense(session),
        "session-round": dense(session * contribution.shape[2] + now),
        "ego": dense(ego),
    }
    return Sample(contribution[:, ego, now], contribution[:, alter, then], contribution[:, ego, then], levels, ego, session)


def dense(labels: np.ndarray) -> np.ndarray:
    """The same partition numbered 0, 1, ... in the order of the labels."""
    return np.unique(labels, return_inverse=True)[1].reshape(-1)
