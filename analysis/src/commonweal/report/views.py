"""The rows of `records` as tables for people: few columns, rounded numbers, words for what is marked."""

from __future__ import annotations

from dataclasses import dataclass

from ..comparison.budget_sentences import percent
from ..comparison.compare import Comparison
from ..comparison.differences import HIGHER, LOWER, NO_INTERVAL, NO_RESULT, SAME, UNCLEAR
from ..comparison.groups import MEASURES
from ..comparison.words import natural, number, whole, with_interval
from .records import Rows
from .store import Change

MOST_GROUPS = 12
VERDICTS = {
    HIGHER: "▲ clearly higher",
    LOWER: "▼ clearly lower",
    UNCLEAR: "○ no clear difference",
    SAME: "= the same in every pair",
    NO_INTERVAL: "? no interval",
    NO_RESULT: "– no pair of runs",
}


@dataclass(frozen=True)
class View:
    """name: for links. heads: leading columns that name the row. worlds: of each row, "" for rows of all worlds."""

    name: str
    caption: str
    header: list[str]
    rows: list[list[str]]
    heads: int
    worlds: list[str]
    note: str = ""


def difference_view(comparison: Comparison, rows: Rows, column: str, label: str, unit: str) -> View:
    own = [row for row in rows if row["outcome"] == column]
    baseline = comparison.study.regimes[comparison.study.baseline]
    return _view(
        f"differences-{column}",
        f"{_capital(label)}: difference from {baseline}, pair by pair ({unit})",
        ["World", "Regime", "Mean [interval]", "In words", "Higher in", "Spread", "Error", "Pairs (networks)", "Pairing saves"],
        own,
        lambda row: [
            with_interval(row["mean"], row["low"], row["high"], True),
            VERDICTS[row["verdict"]],
            natural(row["higher"], row["pairs"]) if row["pairs"] else "-",
            number(row["spread"]),
            number(row["monte_carlo_error"]),
            f"{row['pairs']} ({row['instances']})",
            "-" if row["variance_reduction"] != row["variance_reduction"] else f"{number(row['variance_reduction'], 2)} ×",
        ],
        "Spread: standard deviation of the difference between runs. Error: Monte Carlo standard error of the mean, because the "
        "number of runs is finite; only this becomes smaller with more runs. Pairing saves: how many times fewer runs are "
        "needed "
        "than without common luck (variance reduction).",
    )


def mean_view(comparison: Comparison, rows: Rows) -> View:
    main = comparison.main
    return _view(
        "regimes-by-world",
        f"Regimes by world: mean {main.label}, regret and share of draws in which it is best ({main.unit})",
        ["World", "Regime", "Mean [interval]", "Regret [interval]", "Best in", "Tie", "Meets target"],
        rows,
        lambda row: [
            with_interval(row["mean"], row["low"], row["high"]) if row["ranked"] else "not ranked",
            with_interval(row["regret"], row["regret_low"], row["regret_high"]),
            _percent(row["share_best"]),
            "★ best or tied" if row["tied_with_best"] else "",
            "-" if not row["ranked"] else f"{'yes' if row['meets_target'] else 'no'} ({_percent(row['share_meets_target'])})",
        ],
        "Regret: the best mean of the world minus this one. Best in: share of bootstrap draws in which the regime has the best "
        "mean of the world, a statement about the number of runs, not about the future. ★: the best, and every regime that is "
        "not clearly apart from it. Meets target: of the mean, and the share of draws that do.",
    )


def rule_view(comparison: Comparison, rows: Rows) -> View | None:
    """One row for each regime, one column for each rule."""
    names = list(dict.fromkeys(row["rule"] for row in rows))
    regimes = list(dict.fromkeys(row["regime"] for row in rows))
    if not rows:
        return None
    at = {(row["rule"], row["regime"]): row for row in rows}
    table = [[regime, *(_rule_cell(at[rule, regime]) for rule in names)] for regime in regimes]
    header = {"maximin": "Worst mean (maximin)", "minimax regret": "Largest regret (minimax regret)"}
    heads = ["Regime", *(header.get(rule, "Worlds that meet the target (satisficing)") for rule in names)]
    caption = f"What each decision rule looks at ({comparison.main.unit})"
    return View(
        "decision-rules", caption, heads, table, 1, [""] * len(table), "★: picked by the rule, or tied with what it picks."
    )


def _rule_cell(row: dict) -> str:
    mark = " ★" if row["picked"] or row["tied_with_picked"] else ""
    if row["rule"] == "satisficing":
        return f"{_percent(row['value'])}{mark}"
    where = f" in {row['world']}" if row["world"] else ""
    return f"{with_interval(row['value'], row['low'], row['high'])}{where}{mark}"


COSTS = (
    ("Extra public money", "extra_public_cost", "extra", True),
    ("Extra used up", "extra_used_up", "extra_used_up", True),
    ("Welfare less public money", "extra_welfare_net", "extra_welfare_net", True),
    ("Welfare per token of public money", "welfare_per_token", "welfare_per_token", False),
    ("Cost per token in the system pot", "per_extra_token_system", "per_extra_token_system", False),
    ("Cost per token in all pots", "per_extra_token_pots", "per_extra_token_pots", False),
)  # header, column, what its ends begin with, with a sign


def cost_view(rows: Rows) -> View:
    return _view(
        "costs",
        "Difference from the baseline in public money, what is used up, and welfare less public money (tokens per agent and "
        "round), and per extra token",
        ["World", "Regime", *(f"{header} [interval]" for header, *_ in COSTS)],
        rows,
        lambda row: [
            with_interval(row[column], row[f"{ends}_low"], row[f"{ends}_high"], sign) for _, column, ends, sign in COSTS
        ],
        "Extra public money below 0: the regime brings in more than it takes, through fines. Cost per token: public money and "
        "what is used up together, per extra token contributed. -: of a cost, contributions are not clearly higher than under "
        "the baseline, or public money is below 0; of welfare per token, the regime does not clearly take more public money; "
        "or it is not recorded.",
    )


def budget_view(rows: Rows) -> View:
    note = (
        "Budget, spent: tokens of the whole run; spent is the mean over runs. Share: of the budget, with the runs that spend "
        "least and most in brackets. Used up: at least 95 % is spent. Policies without a limit are not listed."
    )
    if not all(row["exact"] for row in rows):
        note += (
            " ≈: what a policy spends is not recorded by itself; this is what it cost, net of fines and with what people "
            "used up."
        )
    return _view(
        "budgets",
        "Budgets: how much of each is spent",
        ["World", "Regime", "Policy", "Budget [tokens]", "Spent [tokens]", "Share [least, most]", "In words"],
        rows,
        lambda row: [
            row["policy"],
            whole(row["budget"]),
            ("" if row["exact"] else "≈ ") + whole(row["spent"]),
            _shares(row),
            row["verdict"],
        ],
        note,
    )


def _shares(row: dict) -> str:
    share, least, most = (percent(row[name]) for name in ("share", "share_least", "share_most"))
    return share if share == least == most else f"{share} [{least}, {most}]"


def group_view(axis: str, rows: Rows, regime: str) -> View | None:
    """Under one regime. Of many organizations those that change most in any world; the CSV file has all."""
    own = [row for row in rows if row["regime"] == regime]
    if not own:
        return None
    size: dict[str, float] = {}
    for row in own:
        change = abs(row["mean"]) if row["measure"] == "payoff" and row["mean"] == row["mean"] else 0.0
        size[row[axis]] = max(size.get(row[axis], 0.0), change)
    shown = list(size) if len(size) <= MOST_GROUPS else sorted(size, key=lambda label: -size[label])[:MOST_GROUPS]
    measures = [measure for measure in MEASURES if any(row["measure"] == measure for row in own)]
    at = {(row["world"], row[axis], row["measure"]): row for row in own}
    worlds = list(dict.fromkeys(row["world"] for row in own))
    table = [[world, label, *(_group_cell(at[world, label, one]) for one in measures)] for world in worlds for label in shown]
    note = f"The {MOST_GROUPS} of {len(size)} that change most; the CSV file has all." if len(shown) < len(size) else ""
    header = ["World", _capital(axis), *(f"{_capital(MEASURES[one])}" for one in measures)]
    caption = f"By {axis}: {regime} minus the baseline (tokens per agent and round)"
    return View(f"{axis}s", caption, header, table, 2, [row[0] for row in table], note)


def _group_cell(row: dict) -> str:
    mark = {HIGHER: "▲ ", LOWER: "▼ "}.get(row["verdict"], "")
    return mark + with_interval(row["mean"], row["low"], row["high"], True)


def mode_view(rows: Rows) -> View:
    return _view(
        "modes",
        "Runs that collapse or tip, and runs that fall into two groups",
        ["World", "Regime", "Runs", "Collapse", "Tip upwards", "Late mean", "Two groups"],
        rows,
        lambda row: [
            str(row["runs"]),
            natural(row["collapsed"], row["runs"]) if row["runs"] else "-",
            natural(row["tipped"], row["runs"]) if row["runs"] else "-",
            number(row["mean_late"]),
            f"near {number(row['lower_group'])} and {number(row['upper_group'])}" if row["two_groups"] else "no",
        ],
    )


def effect_view(rows: Rows, kind: str) -> View:
    name = "Share of variance, with interactions" if kind == "saltelli" else "Size of the elementary effect (mu*)"
    own = sorted(rows, key=lambda row: -abs(row["effect"]))[:MOST_GROUPS]
    table = [[row["world"], row["label"], with_interval(row["effect"], row["low"], row["high"])] for row in own]
    caption = f"Parameters that move the difference between {rows[0]['regime']} and the baseline most"
    return View("effects", caption, ["World", "Parameter [unit]", f"{name} [interval]"], table, 2, [row[0] for row in table])


def pilot_view(rows: Rows) -> View:
    return _view(
        "pilots",
        "Pilots: in how many runs the policy was extended",
        ["World", "Regime", "Policy", "Extended"],
        rows,
        lambda row: [row["policy"], natural(row["extended"], row["pilots"])],
    )


def change_view(kind: str, changes: list[Change], names: tuple[str, ...], known: tuple[str, ...]) -> View:
    """What each regime or world sets; one row for each value."""
    rows = []
    for name in names:
        own = [change for change in changes if change.kind == kind and change.name == name]
        rows += [[name, change.key, change.value, change.base] for change in own]
        if not own:
            rows.append([name, "(nothing)" if name in known else "(not told by the store)", "", ""])
    first = _capital(kind)
    caption = "Regimes: what each sets" if kind == "regime" else "Worlds: what each sets"
    header = [first, "Key of the scenario", "Value", "Value without it"]
    note = f"Value without it: where this {kind} is not in force; - where the key does not exist there."
    return View(f"{kind}s", caption, header, rows, 1, [row[0] if kind == "world" else "" for row in rows], note)


def told_view(kind: str, told: list[tuple[str, str]]) -> View:
    """What the files of regimes or worlds say of them."""
    first, rows = _capital(kind), [[name, text] for name, text in told]
    worlds = [name if kind == "world" else "" for name, _ in told]
    return View(f"{kind}s-in-words", f"{first}s in the words of their files", [first, "In words"], rows, 1, worlds)


def word_view(words: list[tuple[str, str]]) -> View:
    return View("words", "Words of this report", ["Word", "Meaning"], [list(one) for one in words], 1, [""] * len(words))


def _view(name, caption, header, rows: Rows, cells, note: str = "") -> View:
    table = [[row["world"], row["regime"], *cells(row)] for row in rows]
    return View(name, caption, header, table, 2, [row["world"] for row in rows], note)


def _percent(share: float) -> str:
    return "-" if share != share else f"{100 * share:.0f} %"


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]
