"""The dyad regression as text, as JSON and as rows of a CSV table."""

from __future__ import annotations

from .dyads import DyadEstimate
from .text_table import format_table, interval, number
from .treatment_columns import told

CAUTION = "The coefficient is an association, not a causal effect."


def as_rows(table: list[DyadEstimate]) -> list[dict]:
    """One flat dictionary per line; tokens of ego per token of alter."""
    return [_row(line) for line in table]


def _row(line: DyadEstimate) -> dict:
    null_low, null_high = line.null.interval() if line.null else (None, None)
    return {
        "condition": line.condition,
        "degree": line.link.degree,
        "lag": line.link.lag,
        "paths": line.paths,
        "specification": line.specification.name,
        "runs": line.runs,
        "rows": line.rows,
        "coefficient": line.slope,
        "standard_error": line.error,
        "low": line.low,
        "high": line.high,
        "between_run_sd": line.between,
        "own_lag_coefficient": line.own,
        "cluster": line.cluster if line.runs == 1 else "",
        "ego_clusters": line.clusters.get("ego"),
        "session_clusters": line.clusters.get("session"),
        "null_mean": line.null.mean if line.null else None,
        "null_low": null_low,
        "null_high": null_high,
        "p_upper": line.p_upper,
        "p_two_sided": line.p_two_sided,
        "refused": line.refused,
        "warnings": "; ".join(line.warnings),
    }


def as_json(table: list[DyadEstimate], context: dict) -> dict:
    """One object: what was asked, and the lines."""
    return {
        "command": "analyze dyads",
        **context,
        "unit": "tokens of ego per token of alter",
        "caution": CAUTION,
        "estimates": as_rows(table),
    }


def as_text(table: list[DyadEstimate], context: dict) -> str:
    """A table per condition, for people."""
    conditions = list(dict.fromkeys(line.condition for line in table))
    parts = [_headline(table, context)]
    for condition in conditions:
        lines = [line for line in table if line.condition == condition]
        title = f"condition {condition}\n" if condition else ""
        header = _header(lines)
        rows = [_cells(line, header) for line in lines]
        for before, row in reversed(list(zip(lines, rows[1:]))):
            row[0] = "" if row[0] == str(before.link) else row[0]
        parts.append(title + format_table(header, rows))
    parts += _footnotes(table, context)
    return "\n\n".join(parts) + "\n"


def _headline(table: list[DyadEstimate], context: dict) -> str:
    runs = table[0].runs
    people = f"; subjects: {context['subjects']}" if context["subjects"] else ""
    errors = (
        f"standard errors: {_error_name(context['cluster'])}"
        if runs == 1
        else f"mean of {runs} runs; SD and 95% range between runs"
    )
    return f"Dyad regression, tokens of ego per token of alter{people}\n{context['paths']} paths; {errors}"


def _error_name(cluster: str) -> str:
    names = {"both": "clustered by ego and session", "none": "classical", "HC1": "HC1"}
    return names.get(cluster, f"clustered by {cluster}")


def _header(lines: list[DyadEstimate]) -> list[str]:
    spread = ["SE", "95% CI"] if lines[0].runs == 1 else ["SD", "95% of runs"]
    clustered = any(line.clusters for line in lines)
    header = ["effect", "controls", "rows"] + (["clusters"] if clustered else []) + ["coefficient", *spread]
    return header + (["null mean", "null 95%", "p (null >= it)"] if any(line.null for line in lines) else [])


def _cells(line: DyadEstimate, header: list[str]) -> list[str]:
    cells = [str(line.link), line.specification.name, str(line.rows)]
    if line.refused:
        return [*cells[:2], "refused"] + [""] * (len(header) - 3)
    if line.clusters:
        cells.append("/".join(str(count) for count in line.clusters.values()))
    cells += [number(line.slope), number(line.error if line.runs == 1 else line.between), interval(line.low, line.high)]
    if line.null is not None:
        cells += [number(line.null.mean), interval(*line.null.interval()), number(line.p_upper)]
    return cells


def _footnotes(table: list[DyadEstimate], context: dict) -> list[str]:
    notes = [f"refused: {line.link}, {line.refused}" for line in table if line.refused]
    if context["null_draws"]:
        notes.append(
            f"Null: groups redrawn within session and period, contributions kept; {context['null_draws']} draws, "
            f"seed {context['seed']}. p = (1 + draws >= coefficient) / (1 + draws)."
        )
    notes += [f"Taken together: {told(column, values)}." for column, values in context["pooled"].items()]
    return ["\n".join([*notes, CAUTION])]
