"""A report as HTML, Markdown and JSON."""

from __future__ import annotations

import base64
import re
from importlib.resources import files

from markupsafe import Markup, escape

from .. import __version__
from ..comparison.compare import Comparison
from .document import Report

BRACKETS = re.compile(r"\[[^\[\]]{1,40}\]")
NUMBER = re.compile(r"(?<=\d) (?=[\d%×])")
STARRED = re.compile(r"\*([^*]+)\*")


def as_html(report: Report) -> str:
    """One file that needs no other: styles, script and pictures are in it."""
    parts = files("commonweal").joinpath("report/templates")
    style, script = (parts.joinpath(name).read_text(encoding="utf-8") for name in ("style.css", "script.js"))
    network = None if report.network is None else base64.b64encode(report.network.encode("utf-8")).decode("ascii")
    template = _environment(True).get_template("report.html.j2")
    return template.render(report=report, style=Markup(style), script=Markup(script), network=network)


def as_markdown(report: Report) -> str:
    """Pictures are files beside it, in figures/."""
    return _environment(False).get_template("report.md.j2").render(report=report).rstrip() + "\n"


def as_json(report: Report) -> dict:
    """Fields: docs/reference/report_json.md."""
    comparison = report.comparison
    return {
        "format": "commonweal-report",
        "format_version": 1,
        "version": __version__,
        "title": report.title,
        "headline": [plain(sentence) for sentence in report.headline],
        "notices": [plain(sentence) for sentence in report.notices],
        "runs": _runs(comparison),
        "question": vars(comparison.question),
        "outcomes": [
            {"column": one.column, "label": one.label, "unit": one.unit, "larger_is_better": one.larger_is_better}
            for one in comparison.outcomes
        ],
        "not_recorded": comparison.lacking,
        "sentences": {
            section.name: [plain(sentence) for sentence in (*section.sentences, *section.points)] for section in report.sections
        },
        "decision": _decision(comparison),
        "changes": [vars(change) for change in report.origin.changes],
        "words": [{"kind": kind, "name": name, "text": text} for (kind, name), text in report.origin.words.items()],
        "tables": report.records,
        "assumptions": [vars(one) for one in report.assumptions],
        "not_modelled": report.caveats.not_modelled,
        "use_for": report.caveats.use_for,
        "do_not_use_for": report.caveats.do_not_use_for,
        "facts": dict(report.facts),
        "commands": report.commands,
    }


def plain(sentence: str) -> str:
    """Names in quotes instead of stars."""
    return STARRED.sub(r"“\1”", sentence)


def _runs(comparison: Comparison) -> dict:
    study = comparison.study
    return {
        "planned": study.planned,
        "present": int(study.present.sum()),
        "failed": int(study.failed.sum()),
        "unpaired": int(comparison.differences[0].unpaired.sum()),
        "share_done": study.share_done,
        "regimes": list(study.regimes),
        "worlds": list(study.worlds),
        "baseline": study.regimes[study.baseline],
        "instances": study.instances,
        "replicates": study.replicates,
        "points_averaged": study.points,
    }


def _decision(comparison: Comparison) -> dict:
    decisions, regimes = comparison.decisions, comparison.study.regimes
    return {
        "focus": None if comparison.focus is None else regimes[comparison.focus],
        "picked": {rule.name: None if rule.winner < 0 else regimes[rule.winner] for rule in decisions.rules},
        "tied": {rule.name: [name for name, tied in zip(regimes, rule.tied) if tied] for rule in decisions.rules},
        "agree": decisions.agree,
        "common": [regimes[regime] for regime in decisions.common],
        "changes_without": [
            {"rule": rule.name, "without": regimes[option], "picks": regimes[other]}
            for rule in decisions.rules
            for option, other in rule.changes
        ],
    }


def _environment(html: bool):
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.PackageLoader("commonweal.report", "templates"),
        autoescape=html,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    made.filters["starred"] = _emphasized
    made.filters["cell"] = lambda text: str(text).replace("|", "\\|").replace("\n", " ")
    made.filters["svg"] = Markup
    made.filters["unbroken"] = _unbroken
    made.filters["breakable"] = _breakable
    return made


def _unbroken(text: str) -> str:
    """Lines do not break inside [brackets], nor between a number and what belongs to it."""
    text = BRACKETS.sub(lambda found: found[0].replace(" ", "\u00a0"), str(text))
    return NUMBER.sub("\u00a0", text)


def _breakable(text: str) -> Markup:
    """Lines of a name may break after each _."""
    return Markup(str(escape(text)).replace("_", "_<wbr>"))


def _emphasized(text: str) -> Markup:
    return Markup(STARRED.sub(r"<em>\1</em>", str(escape(text))))
