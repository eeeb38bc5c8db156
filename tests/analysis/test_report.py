"""The files of a report: what is in them, that they agree, and that the same results give the same bytes."""

import csv
import hashlib
import itertools
import json
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from commonweal.report.command import main
from commonweal.report.store import flat
from comparison_file import Comparison
from sweep_file import Sweep

WORLDS = ["calm", "dry"]


def service(seed=1):
    made = Comparison(["base", "contest", "grant"], WORLDS, seed=seed)
    return made.service({"contest": {"calm": 2, "dry": -2}, "grant": 1}, cost={"grant": 0.5}, gini={"contest": 0.05})


@pytest.fixture
def folder(tmp_path):
    return service().write(tmp_path / "sweep")


def written(folder, *words):
    assert main([str(folder), *words]) == 0
    return folder / "report"


class Page(HTMLParser):
    """Elements with their attributes, and the text outside of style and script."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.words, self.open = [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))
        self.open.append(tag)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.words.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


def test_all_files_are_written_and_say_the_same(folder, capsys):
    report = written(folder)
    said = capsys.readouterr().out
    data = json.loads((report / "report.json").read_text())
    assert {"report.html", "report.md", "report.json", "tables", "figures"} <= {path.name for path in report.iterdir()}
    markdown = (report / "report.md").read_text()
    visible = "".join(Page((report / "report.html").read_text()).words)
    assert len(data["headline"]) == 6 and data["headline"][0].startswith("No regime is best in every world")
    for sentence in [*data["headline"], *data["notices"]]:
        bare = sentence.replace("“", "").replace("”", "")
        assert sentence in said and bare in markdown.replace("*", "") and bare in visible
    rows = list(csv.DictReader((report / "tables/differences.csv").open()))
    assert len(rows) == len(data["tables"]["differences"]) == 12
    for row, same in zip(rows, data["tables"]["differences"]):
        assert float(row["mean"]) == same["mean"] and row["verdict"] == same["verdict"]


def test_three_outcomes_are_always_there(folder):
    data = json.loads((written(folder, "--outcome", "local_contribution") / "report.json").read_text())
    assert [one["label"] for one in data["outcomes"]] == [
        "contribution to the own organization's pot",
        "total welfare",
        "contribution to the system pot",
        "inequality",
    ]


def test_bytes_are_the_same_every_time(folder, tmp_path):
    def digests(report):
        return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(report.rglob("*.*"))}

    first = digests(written(folder))
    assert first == digests(written(folder))
    (tmp_path / "other").mkdir()
    other = service(seed=2).write(tmp_path / "other/sweep")
    assert first["report.html"] != digests(written(other))["report.html"]


def test_words_that_claim_too_much_do_not_occur(folder):
    report = written(folder)
    for name in ("report.html", "report.md", "report.json"):
        text = (report / name).read_text().lower()
        assert not re.search(r"\boptim(al|um|ise|ize)|\bprove[sdn]?\b|\bproof\b", text), name
        assert "simulated" in text


def test_page_stands_alone_and_has_no_tracking(folder):
    page = Page((written(folder) / "report.html").read_text())
    for tag, attributes in page.elements:
        for name in ("src", "href", "xlink:href", "action"):
            assert str(attributes.get(name, "#")).startswith(("#", "data:")), (tag, attributes)
    assert not page.all("link") or all(one["rel"] == "icon" for one in page.all("link"))
    assert "url(http" not in page.rawdata and "@import" not in page.rawdata


def test_page_can_be_read_by_everybody(folder):
    page = Page((written(folder) / "report.html").read_text())
    assert page.all("html")[0]["lang"] == "en" and len(page.all("h1")) == 1 and len(page.all("main")) == 1
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    assert len(page.all("caption")) == len(page.all("table")) and all("scope" in one for one in page.all("th"))
    assert all(one.get("aria-label") for one in page.all("div") if one.get("role") in ("img", "region"))
    assert all(one.get("alt") for one in page.all("img"))
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    links = [one["href"][1:] for one in page.all("a")]
    assert set(links) <= set(ids) and links[0] == "main"
    buttons = page.all("button")
    assert [one["data-show"] for one in buttons] == ["", *WORLDS] and all(one["type"] == "button" for one in buttons)
    assert "away" not in " ".join(one.get("class", "") for _, one in page.elements)  # all is visible without scripts
    assert "hidden" in next(one for one in page.all("div") if one.get("id") == "filter")


def test_figures_have_text_and_at_most_four_series(folder):
    report = written(folder)
    names = sorted(path.name for path in (report / "figures").iterdir())
    assert "difference_welfare_1.svg" in names and "runs_2.svg" in names and "ends_1.svg" in names
    text = (report / "figures/difference_welfare_1.svg").read_text()
    assert ">contest</text>" in text and "<title>contest: +" in text and "<metadata" not in text


def test_axes_of_figures_say_what_and_in_which_unit(folder):
    report = written(folder)
    for name, lines in (
        ("difference_welfare_1", ("difference in total welfare", "[tokens per agent and round]", "← lower · higher →")),
        ("difference_gini_1", ("[Gini index, 0 to 1]",)),
        ("runs_1", ("contribution to the system pot", "[tokens per agent and round]", "round")),
        ("ends_1", ("late contribution to the system", "[tokens per agent and round]")),
    ):
        text = (report / f"figures/{name}.svg").read_text()
        told = re.findall(r"<(?:text|tspan)[^>]*>([^<]+)</", text)
        assert all(any(line in one for one in told) for line in lines), (name, told)


def test_words_are_explained_and_regimes_told_in_their_own_words(tmp_path):
    scenario = """\
# Question: what does money do?
title = "A service"
[regime.base]
#-- from contest.toml
# Question: what happens when all
#   compete?
# Expect: more at home.
# Source: nobody.
[[regime.contest.policy]]
kind = "contest"

# The grant that was tried
# last year.
[[regime.grant.policy]]
kind = "grant"
[[regime.grant.policy]]
kind = "mandate"
[world.calm]
#-- from dry.toml
# Question: and where money is short?
[world.dry]
game.endowment = 16
"""
    made = service()
    made.generation = {"scenario": scenario}
    report = written(made.write(tmp_path / "sweep"))
    data = json.loads((report / "report.json").read_text())
    assert [(one["name"], one["text"]) for one in data["words"]] == [
        ("contest", "What happens when all compete? Expected: more at home."),
        ("grant", "The grant that was tried last year."),
        ("dry", "And where money is short?"),
    ]
    page = (report / "report.md").read_text()
    assert "| grant | The grant that was tried last year. |" in page and "| regret | what a regime falls short of" in page


def test_options_are_differences_from_the_base(folder):
    data = json.loads((written(folder) / "report.json").read_text())
    changes = [(one["kind"], one["name"], one["key"], one["value"]) for one in data["changes"]]
    assert ("regime", "grant", "policy.grant", "with its defaults") in changes
    assert ("world", "dry", "game.endowment", "22") in changes
    assert data["commands"] == ["commonweal compare service.toml replicates=8 -o sweep", "commonweal report sweep"]
    assert "Question: what do two policies do to a service?" in data["sentences"]["options"]


def test_files_that_follow_the_scenario_and_data_files_are_told(tmp_path):
    made = service()
    made.generation = {"more": ["futures.toml", "regimes/contest", "/home/someone/worlds/dry.toml"]}
    made.inputs = {"/home/someone/staff.csv": "26f3", "/home/someone/data/edges.csv": "8bbd"}
    report = written(made.write(tmp_path / "sweep"))
    data = json.loads((report / "report.json").read_text())
    assert data["commands"][0] == (
        "commonweal compare service.toml futures.toml regimes/contest dry.toml replicates=8 -o sweep"
    )
    assert data["facts"]["Data files"] == "edges.csv, staff.csv"
    assert "someone" not in "".join(path.read_text() for path in report.rglob("*.*"))


def test_comments_that_open_a_scenario_are_told(tmp_path):
    scenario = "# Question: one\n#   or two?\n# Expect: two,\n#   not one.\n# Source: nobody.\n[seed]\nall = 7\n"
    folder = service().write(tmp_path / "sweep", scenario)
    data = json.loads((written(folder) / "report.json").read_text())
    assert data["sentences"]["options"][:2] == ["Question: one or two?", "Expected beforehand: two, not one."]


def test_tables_of_policies_are_named_by_their_kind():
    table = {"policy": [{"kind": "contest", "prize": 2.5}, {"kind": "mandate"}], "a": {"b": [1, 2], "c": True}}
    assert flat(table) == {"policy.contest.prize": "2.5", "policy.mandate": "with its defaults", "a.b": "1, 2", "a.c": "true"}


def test_policies_with_a_label_are_named_by_it():
    table = {"policy": [{"kind": "contest", "label": "strong", "prize": 6}, {"kind": "contest", "prize": 2}]}
    assert flat(table) == {"policy.strong.kind": "contest", "policy.strong.prize": "6", "policy.contest.prize": "2"}


def test_values_of_the_command_line_stand_beside_those_of_the_file(tmp_path):
    scenario = "[game]\nkind = 'two_pots'\n[world.wet]\ngame.endowment = 18\nnetwork.file = 'a.csv'\n"
    made = service()
    overrides = [
        "game.endowment=19",
        "regime.contest.policy.contest.prize_per_head=5",
        "regime.contest.policy.contest.prize_per_head=6.0",
        "regime.late.policy.contest.prize_per_head=2",
        "world.calm.game.endowment=20",
        "world.dry.game.endowment=16",
        "world.wet.network.file=b",
        'world.wet.beliefs.kind="x=y"',
    ]
    made.generation = {"overrides": overrides}
    report = written(made.write(tmp_path / "sweep", scenario))
    data = json.loads((report / "report.json").read_text())
    told = {f"{one['name']}.{one['key']}": one["value"] for one in data["changes"]}
    assert told == {
        "contest.policy.contest.prize_per_head": "6 (command line)",
        "late.policy.contest.prize_per_head": "2 (command line)",
        "grant.policy.grant": "with its defaults",
        "calm.game.endowment": "20",
        "dry.game.endowment": "16 (command line; file: 22)",
        "wet.game.endowment": "18",
        "wet.network.file": "b (command line; file: a.csv)",
        "wet.beliefs.kind": "x=y (command line)",
    }
    assert "16 (command line; file: 22)" in (report / "report.md").read_text()
    rows = csv.DictReader((report / "tables/options.csv").open())
    assert {f"{row['name']}.{row['key']}": row["value"] for row in rows} == told


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ("", "All runs use one network instance. Intervals are about chance on this network only; how much other networks"),
        ("[world.dry]\nnetwork.file = 'b.csv'\n", "Each world uses one network; “dry” uses another. Intervals are about"),
        ("[world.dry]\nnetwork.file = 'a.csv'\n", "All runs use one network instance."),
        ("[world.dry.seed]\nnetwork = 9\n", "Each world uses one network; “dry” uses another."),
        (
            "[world.calm]\nnetwork.degree = 6\n[world.dry]\nnetwork.file = 'b.csv'\n",
            "Each world uses one network; “calm” and “dry” use others.",
        ),
        (
            "[regime.grant]\nnetwork.file = 'b.csv'\n",
            "Each pair of a regime and a world uses one network; “grant” uses another.",
        ),
    ],
)
def test_networks_that_a_world_changes_are_told(tmp_path, tables, words):
    made = Comparison(["base", "grant"], WORLDS, instances=1).service({"grant": 1})
    made.generation = {"scenario": tables}
    made.configuration = "[network]\nfile = 'a.csv'\n[seed]\nnetwork = 1\n"
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    assert data["notices"][0].startswith(words)


def test_networks_of_a_grid_are_told(tmp_path):
    design = {"kind": "grid", "axes": [{"key": "network.agents", "values": "50,100", "count": 2}], "regimes": ["base", "a"]}
    made = Sweep(design, {"point": np.arange(2), "network.agents": np.array([50, 100])}, 1, 12)
    random = np.random.default_rng(0)
    made.measure("welfare", 20 + random.normal(size=48))
    made.measure("system_contribution", 10 + random.normal(size=48))
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    assert data["notices"][0].startswith("Each point of the design uses one network.")


CONFIGURATION = """\
[game]
kind = "two_pots"
system_enhancement = 4
[agents.people]
behavior = "norm_incentive"
motivation = 1.2
system_motivation = 1.15
noise = 3
[beliefs]
first_local = 0.4
"""


def test_assumptions_tell_what_is_chosen(tmp_path):
    made = service()
    made.configuration, made.generation = CONFIGURATION, {"scenario": "[[regime.grant.policy]]\nkind = 'contest'\n"}
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    told = {one["text"].split()[0]: one for one in data["assumptions"]}
    assert told["Strengths"] == {
        "text": "Strengths of policies, first beliefs and motivation are chosen, not measured; the intervals say nothing "
        "about them.",
        "source": "the configuration: agents.people.motivation = 1.2, agents.people.system_motivation = 1.15, "
        "agents.people.noise = 3",
        "range": "no other values tried in worlds or axes",
    }
    assert told["Two"]["range"] == "the returns are those of the configuration"
    assert told["In"]["range"] == "the prize is that of the configuration"


def test_assumptions_tell_what_was_tried(tmp_path):
    key = "game.system_enhancement"
    design = {"kind": "grid", "axes": [{"key": key, "values": "3,4", "count": 2}], "regimes": ["base", "a"]}
    made = Sweep(design | {"worlds": ["calm", "low"]}, {"point": np.arange(2), key: np.array([3.0, 4.0])}, 2, 6)
    made.measure("welfare", 20 + np.random.default_rng(0).normal(size=96))
    made.configuration = CONFIGURATION
    folder = made.write(tmp_path / "sweep")
    scenario = "[world.calm]\nbeliefs.first_local = 0.4\n[world.low]\nbeliefs.first_local = 0.15\n"
    (folder / "manifest.json").write_text(json.dumps({"generations": [{"scenario": scenario}]}))
    data = json.loads((written(folder) / "report.json").read_text())
    told = {one["text"].split()[0]: one["range"] for one in data["assumptions"]}
    assert told["Two"] == "tried: game.system_enhancement = 3,4"
    assert told["What"] == "0.42 is measured; first beliefs are assumed; tried: beliefs.first_local = 0.4, 0.15"
    assert told["Strengths"] == "tried: beliefs.first_local = 0.4, 0.15"


def test_without_a_manifest_the_report_says_so(folder):
    (folder / "manifest.json").unlink()
    assert main([str(folder / "results.h5")]) == 0
    data = json.loads((folder / "report/report.json").read_text())
    assert "What regimes and worlds change is not told" in " ".join(data["sentences"]["options"])


def test_options_of_the_command_line_are_in_the_command_that_makes_it_again(folder):
    report = written(folder, "--baseline", "grant", "--smallest", "0.5", "--target", "25")
    data = json.loads((report / "report.json").read_text())
    assert data["commands"][1] == "commonweal report sweep --baseline grant --target 25.0 --smallest 0.5"
    assert data["runs"]["baseline"] == "grant" and data["question"]["smallest"] == 0.5


def test_unfinished_store_is_told_on_top(tmp_path, capsys):
    made = service()
    made.complete = False
    made.keep(np.flatnonzero(made.rows["instance"] * 8 + made.rows["replicate"] < 21))
    report = written(made.write(tmp_path / "sweep"))
    assert capsys.readouterr().out.startswith("43 % complete: 126 of 288 planned runs are there.")
    words = " ".join(Page((report / "report.html").read_text()).words)
    assert words.index("43 % complete") < words.index("The options")


def test_store_without_results_is_refused_with_74(tmp_path, capsys):
    (tmp_path / "journal").mkdir()
    assert main([str(tmp_path)]) == 74 and "commonweal merge" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "code", "message"),
    [
        (["--baseline", "bose"], 2, "no regime 'bose' (did you mean 'base'?)"),
        (["--outcome", "welfar"], 2, "'welfar' is no column (did you mean 'welfare'?)"),
        (["--network", "nowhere.svg"], 74, "nowhere.svg: cannot be read"),
    ],
)
def test_wrong_requests_are_refused(folder, capsys, words, code, message):
    assert main([str(folder), *words]) == code and message in capsys.readouterr().err
    assert not (folder / "report").exists()


WRONG = [("--confidence", "95"), ("--draws", "3"), ("--target", "nan"), ("--smallest", "-1"), ("--tip", "2")]


@pytest.mark.parametrize("words", WRONG)
def test_wrong_numbers_are_usage_errors(folder, words):
    with pytest.raises(SystemExit) as refusal:
        main([str(folder), *words])
    assert refusal.value.code == 2


def test_folder_of_others_is_left_alone(folder, capsys):
    (folder / "report").mkdir()
    (folder / "report" / "mine.txt").write_text("mine")
    assert main([str(folder)]) == 6 and "choose another folder" in capsys.readouterr().err


def test_network_picture_is_embedded_where_it_is_there(folder):
    assert "There is no picture of the network" in (written(folder) / "report.html").read_text()
    (folder / "network.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
    page = (written(folder) / "report.html").read_text()
    assert 'src="data:image/svg+xml;base64,' in page and "alert(1)" not in page


def test_picture_that_is_none_is_refused(folder, capsys):
    (folder / "x.svg").write_text("hello")
    assert main([str(folder), "--network", str(folder / "x.svg")]) == 2 and "no SVG picture" in capsys.readouterr().err


def test_names_are_text_and_never_markup(tmp_path):
    hostile = "<script>alert(1)</script>|*x*"
    made = Comparison(["base", hostile], ["calm"]).service({hostile: 1})
    made.manifest = lambda scenario: {}
    page = (written(made.write(tmp_path / "sweep")) / "report.html").read_text()
    assert "<script>alert" not in page and len(Page(page).all("script")) == 1


def test_laboratory_sweep_has_a_report(tmp_path):
    design = {"kind": "grid", "axes": [], "regimes": ["nothing", "punishment"], "worlds": ["as_measured"]}
    made = Sweep(design, {"point": np.zeros(1, dtype=int)}, 1, 12)
    random = np.random.default_rng(0)
    made.measure("mean_payoff", 20 + random.normal(size=(24, 1, 10)), "condition", "condition_round")
    made.measure("mean_contribution", 10 + random.normal(size=(24, 1, 10)), "condition", "condition_round")
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    assert [one["column"] for one in data["outcomes"]] == ["mean_payoff", "mean_contribution"]
    assert data["not_recorded"] == ["inequality"]
    assert "Inequality was not recorded in these results." in data["sentences"]["differences"]


def test_laboratory_sweep_of_the_simulator_has_a_report(real_binary, tmp_path):
    import subprocess

    from conftest import ROOT

    sweep = [real_binary, "sweep", ROOT / "configs/sweeps/regimes_and_worlds.toml", "-q", "-o", tmp_path / "sweep"]
    subprocess.run(sweep, check=True, capture_output=True, timeout=120)
    data = json.loads((written(tmp_path / "sweep") / "report.json").read_text())
    assert data["runs"]["regimes"] == ["nothing", "punishment", "rotation"]
    assert data["runs"]["worlds"] == ["as_measured", "many_free_riders"]
    assert {"punishment", "rotation"} == {one["name"] for one in data["changes"] if one["kind"] == "regime"}
    assert any(one["regime"] == "punishment" and one["verdict"] == "lower" for one in data["tables"]["differences"])


@pytest.mark.parametrize("broken", ["one run", "all failed but one cell", "no rounds"])
def test_poor_results_still_make_a_report(tmp_path, broken):
    made = Comparison(["base", "a"], WORLDS, *((1, 1) if broken == "one run" else (3, 4))).service({"a": 1})
    if broken == "all failed but one cell":
        made.fail(np.setdiff1d(np.arange(len(made.rows["run"])), made.of("a", "dry")))
    if broken == "no rounds":
        made.columns = {name: made.columns[name] for name in ("welfare", "gini")}
    text = (written(made.write(tmp_path / "sweep")) / "report.html").read_text()
    assert not re.search(r"\bnan\b", " ".join(Page(text).words))
    if broken != "no rounds":
        assert "No decision is possible from this" in text


def test_policies_that_begin_or_end_in_mid_run_are_told(tmp_path):
    made = service()
    scenario = "[[regime.contest.policy]]\nkind = 'contest'\nstart = 13\n[[regime.grant.policy]]\nkind = 'grant'\nstart = 1\n"
    made.generation = {"scenario": scenario}
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    assert (
        "Policies of “contest” begin or end in mid-run: means over the whole run mix rounds with and without them."
        in data["notices"]
    )


def test_report_says_what_is_no_forecast_and_what_is_tiny(folder):
    page = (written(folder) / "report.md").read_text()
    assert "a statement about the number of runs, not about the future" in page and "chance to be the best" not in page
    assert "line: interval, hidden behind the marker where it is narrower" in page
    assert "Clear does not mean large" in page and "the first outcome, total welfare, on one matters; here it is 0." in page


def test_every_kind_of_policy_in_use_is_an_assumption_with_its_values(tmp_path):
    made = service()
    scenario = """\
[[regime.contest.policy]]
kind = "contest"
prize_per_head = 5
[[regime.grant.policy]]
kind = "mandate"
label = "strict"
audit = 1
[[regime.grant.policy]]
kind = "contest"
"""
    made.generation = {"scenario": scenario}
    data = json.loads((written(made.write(tmp_path / "sweep")) / "report.json").read_text())
    told = {one["text"].partition(":")[0]: one for one in data["assumptions"]}
    assert told["contest"]["text"].startswith("contest: Competition: organizations compete for a prize")
    assert told["contest"]["source"].startswith(
        "contest: prize_per_head = 5, by = share, inside = proportion; grant: prize_per_head = 2, by = share, inside = "
        "proportion ("
    )
    assert told["mandate"]["source"].startswith("grant: pot = local, minimum = 6, audit = 1, fine = 2, bureaucracy = 0.5 (")
    assert told["contest"]["range"] == "no other values tried" and "matching_grant" not in told


def test_words_and_defaults_of_policies_are_those_of_the_simulator(real_binary):
    import subprocess
    import tomllib

    from conftest import ROOT

    def said(*words):
        return subprocess.run([real_binary, *words], check=True, capture_output=True, text=True).stdout

    known = tomllib.loads((ROOT / "analysis/src/commonweal/data/policies.toml").read_text())
    listed = dict(re.findall(r"^ +(\w+) {2,}(.+)$", said("list", "policies"), re.MULTILINE))
    assert listed == {kind: one["summary"] for kind, one in known.items()}
    for kind, one in known.items():
        table = said("describe", kind).partition("Parameters, in [[policy]]\n")[2].partition("\n\n")[0]
        header, *lines = table.splitlines()
        begin, end = header.find("default"), header.find("allowed")
        own = {line[:begin].strip(): line[begin:end].strip() for line in lines if line[:begin].strip()}
        assert one["defaults"] == tomllib.loads("\n".join(f"{key} = {value}" for key, value in own.items())), kind
