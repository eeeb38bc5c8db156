"""A report as a tree: sections of sentences, tables and pictures, before it becomes HTML, Markdown or JSON."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from .. import __version__
from ..comparison import sentences
from ..comparison.budget_sentences import never_used_up, runs_out, unknown_rounds
from ..comparison.compare import Comparison
from ..comparison.notices import notices, with_another_network, with_policies_in_mid_run
from ..comparison.words import name, number
from . import figures, views
from .assumptions import Assumption, Caveats, caveats_of
from .figures import Picture
from .glossary import words_of
from .policies import policy_assumptions
from .records import Rows, all_records
from .store import Origin
from .views import View

NO_BUDGETS = "No policy has a budget: each takes as much public money as it needs."
COSTS = (
    "Public money is counted net of fines. What is used up is held by nobody in the end: what points of punishment cost and "
    "take, and bureaucracy, as far as public money does not pay for them. Welfare is what is left after it.",
    "Public money that is handed out counts as welfare; that it has to be raised does not, since nobody in the model pays for "
    "it. Welfare less public money takes it off, token for token.",
    "The cost per extra token is that of public money and what is used up together. It is given only where contributions are "
    "clearly higher, and not where public money is below 0: fines are paid by people and are no saving.",
)
BUDGETS_NOT_TOLD = "Which budgets policies had is not told: the folder has no manifest with their tables."


@dataclass(frozen=True)
class Section:
    """name: for links. sentences: as paragraphs; points: as a list."""

    name: str
    title: str
    sentences: list[str] = field(default_factory=list)
    points: list[str] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[View] = field(default_factory=list)
    more: list[Section] = field(default_factory=list)


@dataclass(frozen=True)
class Report:
    """commands: what makes the store and the report again. facts: (what, value). network: the picture file's text, or None."""

    title: str
    headline: list[str]
    notices: list[str]
    sections: list[Section]
    records: dict[str, Rows]
    caveats: Caveats
    worlds: tuple[str, ...]
    commands: list[str]
    facts: list[tuple[str, str]]
    network: str | None
    comparison: Comparison
    origin: Origin

    @property
    def pictures(self) -> list[Picture]:
        return [picture for section in _all(self.sections) for picture in section.pictures]

    @property
    def assumptions(self) -> list[Assumption]:
        return self.caveats.assumptions


def report_of(comparison: Comparison, attributes: dict, origin: Origin, command: str, network: str | None) -> Report:
    """attributes: of the results. command: that writes this report."""
    records = all_records(comparison)
    said = "\n".join([str(attributes.get("configuration", "")), *(f"{one.key} {one.value}" for one in origin.changes)])
    return Report(
        title=str(attributes.get("title") or "A comparison of regimes"),
        headline=sentences.headline(comparison),
        notices=notices(comparison, with_another_network(origin.changes), _mid_run(comparison, origin)),
        sections=[
            _options(comparison, origin),
            Section("words", "What the words mean", tables=[views.word_view(words_of(comparison))]),
            _differences(comparison, records),
            _by_world(comparison, records),
            _decision(comparison, records),
            _cost(comparison, records, origin),
            _who(comparison, records),
            _mean_misleads(comparison, records),
            _what_changes(comparison, records),
        ],
        records=records,
        caveats=_caveats(comparison, said, attributes, origin),
        worlds=comparison.study.worlds,
        commands=[one for one in (origin.command, command) if one],
        facts=_facts(comparison, attributes, origin),
        network=network,
        comparison=comparison,
        origin=origin,
    )


def _mid_run(comparison: Comparison, origin: Origin) -> tuple[str, ...]:
    rounds = float(origin.settings.get("session.rounds", "inf"))
    return with_policies_in_mid_run(comparison.study, origin.settings_in, rounds)


def _caveats(comparison: Comparison, said: str, attributes: dict, origin: Origin) -> Caveats:
    """With a line for each kind of policy in use."""
    study, tried = comparison.study, _tried(comparison, origin)
    found = caveats_of(said, str(attributes.get("subjects", "")), origin.settings, tried)
    policies = policy_assumptions(study.regimes, study.worlds, origin.settings_in, tried)
    return replace(found, assumptions=[*found.assumptions, *policies])


def _tried(comparison: Comparison, origin: Origin) -> dict[str, list[str]]:
    """Key -> the values that axes and worlds gave it; of a world beside the value without it."""
    axes = comparison.study.design.axes if comparison.study.design else ()
    tried = {axis.key: [axis.values or "values of a table of points"] for axis in axes}
    for change in origin.changes:
        if change.kind == "world":
            values = tried.setdefault(change.key, [] if change.base == "-" else [change.base])
            values += [change.value] if change.value not in values else []
    own = {axis.key for axis in axes}
    return {key: values for key, values in tried.items() if key in own or values != [origin.settings.get(key)]}


def _all(sections: list[Section]) -> list[Section]:
    return [one for section in sections for one in (section, *_all(section.more))]


def _options(comparison: Comparison, origin: Origin) -> Section:
    study = comparison.study
    said = [f"Question: {origin.question}"] if origin.question else []
    said += [f"Expected beforehand: {origin.expected}"] if origin.expected else []
    said.append(
        f"A regime is what is chosen, a world what nobody chooses. {name(study.regimes[study.baseline])} is the baseline."
    )
    tables = []
    for kind, names in (("regime", study.regimes), ("world", study.worlds)):
        told = [(name, origin.words[kind, name]) for name in names if (kind, name) in origin.words]
        if told:
            tables.append(views.told_view(kind, told))
        if origin.known[kind]:
            tables.append(views.change_view(kind, origin.changes, names, origin.known[kind]))
    if not tables:
        said.append("What regimes and worlds change is not told: the folder has no manifest with their tables.")
    return Section("options", "The options", said, tables=tables)


def _differences(comparison: Comparison, records: dict[str, Rows]) -> Section:
    baseline = name(comparison.study.regimes[comparison.study.baseline])
    said = [
        f"Each run of a regime is compared with the run of {baseline} on the same network with the same luck. Intervals "
        f"({100 * comparison.question.confidence:g} %) come from a bootstrap that draws networks first and replicates "
        "within them. "
        "Clear means: the interval is without 0"
        + (
            f", and the mean is at least {number(comparison.question.smallest)}, the smallest difference that matters."
            if comparison.question.smallest > 0
            else "."
        ),
        _small(comparison),
    ]
    said += [f"{label[0].upper()}{label[1:]} was not recorded in these results." for label in comparison.lacking]
    more = []
    for outcome, one in zip(comparison.outcomes, comparison.differences):
        rows = records.get("differences", [])
        pictures = figures.difference_pictures(comparison, outcome, one)
        tables = [views.difference_view(comparison, rows, outcome.column, outcome.label, outcome.unit)] if rows else []
        title = outcome.label[0].upper() + outcome.label[1:]
        more.append(Section(f"outcome-{outcome.column}", title, pictures=pictures, tables=tables))
    return Section("differences", "Differences from the baseline", said, more=more)


def _small(comparison: Comparison) -> str:
    """That clear is not large, and what says how large a difference must be."""
    told = (
        f"--smallest X says from which difference of the first outcome, {comparison.main.label}, on one matters; here it is "
        f"{number(comparison.question.smallest)}. The others have no such limit: --outcome puts another first."
    )
    return f"Clear does not mean large: with many runs, a tiny difference is clear, too. {told}"


def _by_world(comparison: Comparison, records: dict[str, Rows]) -> Section:
    said = ["Worlds stand side by side and are not averaged: nobody knows how likely they are."]
    said.append(sentences.target_sentence(comparison))
    return Section("worlds", "Regimes by world", said, tables=[views.mean_view(comparison, records["regimes_by_world"])])


def _decision(comparison: Comparison, records: dict[str, Rows]) -> Section:
    points = [sentences.rule_sentence(comparison, rule) for rule in comparison.decisions.rules]
    said = [sentences.agreement(comparison), sentences.drop_one(comparison)]
    view = views.rule_view(comparison, records.get("decision_rules", []))
    return Section("decision", "What decision rules say", said, points, tables=[view] if view else [])


def _cost(comparison: Comparison, records: dict[str, Rows], origin: Origin) -> Section:
    if not (rows := records.get("costs")):
        why = "Public money was not recorded." if comparison.cost is None else "There is nothing to compare."
        return Section("cost", "What it costs", [why])
    said = [*COSTS]
    points = [
        one
        for one in (
            sentences.net_welfare(comparison),
            never_used_up(comparison),
            runs_out(comparison),
            unknown_rounds(comparison),
        )
        if one
    ]
    tables = [views.cost_view(rows)]
    if budgets := records.get("budgets"):
        tables.append(views.budget_view(budgets))
    elif comparison.policies_cost:
        said.append(NO_BUDGETS if origin.told else BUDGETS_NOT_TOLD)
    return Section("cost", "What it costs", said, points, tables=tables)


def _who(comparison: Comparison, records: dict[str, Rows]) -> Section:
    title = "Who gains and who loses"
    if comparison.focus is None:
        return Section("who", title, ["There is no comparison to tell gains and losses of."])
    focus = comparison.study.regimes[comparison.focus]
    points, tables = [], []
    for axis in ("role", "organization"):
        points += sentences.gains(comparison, axis)
        if view := views.group_view(axis, records.get(f"{axis}s", []), focus):
            tables.append(view)
    said = [] if tables else ["Payoffs by role and organization were not recorded."]
    gini = comparison.differences_in("gini")
    if gini is not None:
        text = sentences.verdicts(gini, comparison.focus, comparison.study.worlds)
        said.append(f"Inequality (Gini index) under {name(focus)} {text}.")
    return Section("who", title, said, points, tables=tables)


def _mean_misleads(comparison: Comparison, records: dict[str, Rows]) -> Section:
    modes = comparison.modes
    pictures = [*figures.run_pictures(comparison), *figures.tipping_pictures(comparison)]
    said = []
    if modes is not None:
        said.append(
            f"A run collapses when its late {modes.lines.label} is below {100 * modes.collapse:g} % of the mean of its first "
            f"{modes.lines.early_rounds} round{'s' * (modes.lines.early_rounds != 1)}. It tips upwards when it has gained "
            "more than "
            f"{100 * modes.tip:g} % of the room from there to {modes.lines.ceiling:g} tokens "
            f"({modes.lines.ceiling_from})."
        )
    tables = [views.mode_view(records["modes"])] if "modes" in records else []
    if "pilots" in records:
        tables.append(views.pilot_view(records["pilots"]))
    return Section("mean", "When the mean misleads", said, sentences.modes(comparison), pictures, tables)


def _what_changes(comparison: Comparison, records: dict[str, Rows]) -> Section:
    points = sentences.shifts(comparison)
    said = [one for one in [sentences.what_shifts_are_about(comparison)] if one]
    if comparison.no_effects:
        said.append(f"The parameters of this design could not be ranked: {comparison.no_effects}.")
    tables = []
    if "effects" in records:
        tables.append(views.effect_view(records["effects"], comparison.study.design.kind))
    return Section("change", "What would change the answer", said, points, tables=tables)


def _facts(comparison: Comparison, attributes: dict, origin: Origin) -> list[tuple[str, str]]:
    study, question = comparison.study, comparison.question
    facts = [
        ("Runs", f"{int(study.present.sum())} in the file, {int(study.failed.sum())} of them failed"),
        ("Regimes and worlds", f"{len(study.regimes)} regimes in {len(study.worlds)} worlds"),
        ("Network instances", f"{study.instances}, with up to {study.replicates} replicates on each"),
        ("Bootstrap", f"{question.draws} draws, seed {question.seed}, {100 * question.confidence:g} % intervals"),
        ("Seeds of the simulation", ", ".join(f"{key} {value}" for key, value in origin.seeds.items()) or "not told"),
        ("Simulator", f"{attributes.get('version', 'unknown')} ({attributes.get('commit', 'commit unknown')})"),
        ("Report", f"commonweal analysis {__version__}"),
    ]
    if origin.data:
        facts.insert(0, ("Data files", ", ".join(origin.data)))
    if attributes.get("citation"):
        facts.append(("Cite as", str(attributes["citation"])))
    return facts
