"""How much of their budgets policies spend, and what a report says of it."""

import json
import subprocess

import numpy as np
import pytest
from commonweal.comparison.budget_sentences import percent
from commonweal.report.command import main
from comparison_file import SCENARIO, Comparison

AGENTS, ROUNDS = 100, 20
ACCOUNTS = np.array(["endowments", "subsidies", "fines", "payoffs"], dtype=object)
WORLDS = ["calm", "dry"]


def service(regimes, instances=4, replicates=5):
    """A service without policies: `spend` adds what they take."""
    made = Comparison(["base", *regimes], WORLDS, instances, replicates)
    return made.service({"grant": 1}, {"grant": 1}, rounds=ROUNDS)


def spend(made, flows, fines=0.0):
    """flows: policy -> regime -> tokens of all people together by round, of every run of the regime, or world -> those."""
    runs = len(made.rows["run"])
    by_round = np.zeros((runs, ROUNDS))
    cost = np.full((runs, len(flows)), np.nan)
    for place, regimes in enumerate(flows.values()):
        for regime, flow in regimes.items():
            for world in WORLDS:
                here = made.of(regime, world)
                own = np.asarray(flow[world] if isinstance(flow, dict) else flow, dtype=float)
                by_round[here] += own
                cost[here, place] = own.sum() / (AGENTS * ROUNDS)
    made.axes["policy"] = np.array(list(flows), dtype=object)
    made.axes["account"] = ACCOUNTS
    subsidies, payoffs = by_round.sum(axis=1), made.columns["welfare"][1] * AGENTS * ROUNDS
    taken = np.where(subsidies > 0, fines, 0.0)
    cost[:, 0] -= taken / (AGENTS * ROUNDS)
    made.measure("money", np.stack([payoffs, subsidies, taken, payoffs], axis=1), "account")
    made.measure("policy_cost", cost, "policy")
    made.measure("mean_public_cost", (by_round - (taken / ROUNDS)[:, None]) / AGENTS, "round")
    return made


def evenly(tokens, rounds=ROUNDS):
    """The same in each of the first rounds, then nothing."""
    return np.where(np.arange(ROUNDS) < rounds, tokens / rounds, 0.0)


def regimes_text(**policies):
    one = '[[regime.{}.policy]]\nkind = "{}"\nbudget = {}\n'
    return "".join(one.format(name, kind, budget) for name, (kind, budget) in policies.items())


def reported(made, tmp_path, scenario, overrides=()):
    text = f"{SCENARIO}[regime.base]\n{scenario}[world.calm]\n[world.dry]\n"
    made.generation = {"scenario": text, "overrides": list(overrides)}
    folder = made.write(tmp_path / "sweep")
    assert main([str(folder)]) == 0
    return json.loads((folder / "report/report.json").read_text())


def rows_of(data, regime):
    return {row["world"]: row for row in data["tables"]["budgets"] if row["regime"] == regime}


def test_budget_that_runs_out_early_is_told_with_its_round(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": {"calm": evenly(600, 12), "dry": evenly(590, 20)}}})
    data = reported(made, tmp_path, regimes_text(grant=("grant", 600)))
    calm, dry = (rows_of(data, "grant")[world] for world in WORLDS)
    assert calm["share"] == pytest.approx(1) and calm["out_after_round"] == 12 and calm["early"] == calm["runs"] == 20
    assert calm["verdict"] == "used up, early: after round 12 of 20"
    assert dry["share"] == pytest.approx(590 / 600) and dry["early"] == 0 and dry["verdict"] == "used up after round 20 of 20"
    told = "The budget of “grant” (in “calm”, after round 12 of 20) runs out early"
    assert any(one.startswith(told) for one in data["notices"])
    assert any(one.startswith(told) for one in data["sentences"]["cost"])


def test_budget_that_is_never_used_up_is_told(tmp_path):
    made = spend(service(["grant", "gift"]), {"grant": {"grant": evenly(300)}, "gift": {"gift": evenly(594)}})
    data = reported(made, tmp_path, regimes_text(grant=("grant", 600), gift=("gift", 600)))
    told = [one for one in data["notices"] if "used up in no world" in one]
    assert len(told) == 1 and "“grant” (at most 50 %, mean over runs)" in told[0] and "gift" not in told[0]
    assert {row["verdict"] for row in rows_of(data, "grant").values()} == {"not used up"}
    page = (tmp_path / "sweep/report/report.md").read_text()
    assert "**Budgets: how much of each is spent**" in page
    assert "| calm | grant | grant | 600 | 300 | 50 % | not used up |" in page


def test_budget_used_up_in_one_world_only_is_not_flagged_as_never_used_up(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": {"calm": evenly(300), "dry": evenly(600)}}})
    data = reported(made, tmp_path, regimes_text(grant=("grant", 600)))
    assert not any("used up in no world" in one or "runs out early" in one for one in data["notices"])


def test_policies_without_a_limit_are_not_listed(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": evenly(300)}})
    data = reported(made, tmp_path, '[[regime.grant.policy]]\nkind = "grant"\n')
    assert "budgets" not in data["tables"]
    assert "No policy has a budget: each takes as much public money as it needs." in data["sentences"]["cost"]


def test_budgets_of_the_base_the_world_and_the_command_line_hold(tmp_path):
    made = spend(service(["grant"]), {"grant": {"base": evenly(300), "grant": evenly(300)}})
    scenario = '[[policy]]\nkind = "grant"\nbudget = 900\n[regime.grant]\npolicy.grant.budget = 600\n'
    data = reported(made, tmp_path, scenario, ["world.dry.policy.grant.budget=300"])
    assert {world: row["budget"] for world, row in rows_of(data, "base").items()} == {"calm": 900, "dry": 300}
    assert {world: row["budget"] for world, row in rows_of(data, "grant").items()} == {"calm": 600, "dry": 300}


def test_last_round_of_a_policy_is_its_end(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": evenly(600, 10)}})
    data = reported(made, tmp_path, regimes_text(grant=("grant", 600)) + "end = 10\n")
    assert {row["verdict"] for row in rows_of(data, "grant").values()} == {"used up after round 10 of 10"}


def test_policies_that_share_the_purse_are_told_apart_but_not_by_round(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": evenly(600, 5)}, "boards": {"grant": evenly(90)}})
    scenario = regimes_text(grant=("grant", 600)) + '[[regime.grant.policy]]\nkind = "boards"\nbudget = 100\n'
    data = reported(made, tmp_path, scenario)
    rows = {row["policy"]: row for row in data["tables"]["budgets"] if row["world"] == "calm"}
    assert rows["grant"]["spent"] == pytest.approx(600) and rows["boards"]["spent"] == pytest.approx(90)
    assert rows["grant"]["exact"] and rows["grant"]["verdict"] == "used up, round not recorded"
    assert rows["grant"]["out_after_round"] is None
    assert any(one.startswith("In which round the money is gone is not recorded") for one in data["sentences"]["cost"])


def test_policy_alone_in_its_run_spends_all_subsidies_also_with_fines(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": evenly(600)}}, fines=200)
    row = rows_of(reported(made, tmp_path, regimes_text(grant=("grant", 600))), "grant")["calm"]
    assert row["exact"] and row["spent"] == pytest.approx(600) and row["verdict"] == "used up, round not recorded"


def test_spending_net_of_fines_is_marked(tmp_path):
    made = spend(service(["grant"]), {"grant": {"grant": evenly(600)}, "boards": {"grant": evenly(90)}}, fines=200)
    data = reported(made, tmp_path, regimes_text(grant=("grant", 600)))
    row = rows_of(data, "grant")["calm"]
    assert not row["exact"] and row["spent"] == pytest.approx(400)
    page = (tmp_path / "sweep/report/report.md").read_text()
    assert "≈ 400" in page and "net of fines and with what people used up" in page


def test_without_a_manifest_budgets_are_not_told(tmp_path):
    folder = spend(service(["grant"]), {"grant": {"grant": evenly(300)}}).write(tmp_path / "sweep")
    (folder / "manifest.json").unlink()
    assert main([str(folder / "results.h5")]) == 0
    data = json.loads((folder / "report/report.json").read_text())
    assert any(one.startswith("Which budgets policies had is not told") for one in data["sentences"]["cost"])


@pytest.mark.parametrize(
    ("share", "text"), [(1.0, "100 %"), (0.99999, "99.9 %"), (0.9499, "94.9 %"), (0.5, "50 %"), (0.0, "0 %"), (np.nan, "-")]
)
def test_shares_are_never_rounded_up_to_all(share, text):
    assert percent(share) == text


def test_budgets_of_the_simulator_are_found(real_binary, tmp_path):
    words = ["network.agents=300", "instances=2", "replicates=2", "session.rounds=20"]
    regime = ["regime.matching_grant.policy.matching_grant.budget=3000"]
    command = [real_binary, "compare", "sweeps/public_service", *words, *regime, "--no-report", "-o", str(tmp_path / "out")]
    subprocess.run(command, check=True)
    assert main([str(tmp_path / "out")]) == 0
    data = json.loads((tmp_path / "out/report/report.json").read_text())
    rows = rows_of(data, "matching_grant")
    assert len(rows) == 6 and all(row["exact"] and row["budget"] == 3000 for row in rows.values())
    assert rows["calm"]["spent"] == pytest.approx(3000) and 1 <= rows["calm"]["out_after_round"] < 20
    assert rows["calm"]["early"] == 4
