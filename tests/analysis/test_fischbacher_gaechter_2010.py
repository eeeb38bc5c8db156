"""Reading the real data: the authors' equations come out again (Fischbacher & Gaechter 2010, Tables 1 and 2)."""

import json

import pandas as pd
import pytest
import statsmodels.formula.api as smf
from commonweal.analyze_command import main
from commonweal.experiment_csv import Columns
from commonweal.panel import panels_from_csv

COLUMNS = [
    "--session",
    "idsess",
    "--round",
    "period",
    "--subject",
    "idsubj",
    "--group",
    "group",
    "--contribution",
    "contribution",
]


def read_panel(path, contribution="contribution"):
    (panel,) = panels_from_csv(path, Columns("idsess", "period", "idsubj", "group", contribution))
    return panel


@pytest.fixture
def table(subjects_csv):
    """Our panels flattened again, one row per subject and period, with the lags the equations need."""
    given, belief, predicted = (read_panel(subjects_csv, name) for name in ("contribution", "belief", "predictedcontribution"))
    others = read_panel(subjects_csv, "otherscontrib")
    rows = [
        {
            "session": given.session[subject],
            "period": index + 1,
            "c": given.contribution[0, subject, index],
            "belief": belief.contribution[0, subject, index],
            "predicted": predicted.contribution[0, subject, index],
            "belief_before": belief.contribution[0, subject, index - 1] if index else None,
            "others_before": others.contribution[0, subject, index - 1] if index else None,
        }
        for subject in range(len(given.session))
        for index in range(10)
    ]
    return pd.DataFrame(rows)


def clustered(formula, data):
    data = data.dropna()
    return smf.ols(formula, data).fit(cov_type="cluster", cov_kwds={"groups": data["session"]})


def test_panel_is_the_experiment(subjects_csv):
    panel = read_panel(subjects_csv)
    assert len(panel.session) == 140 and panel.sessions == 6 and len(panel.periods) == 10
    assert panel.contribution.mean() == pytest.approx(4.830, abs=5e-4)
    expected = [7.89, 7.74, 6.26, 5.34, 4.80, 4.05, 3.81, 3.42, 2.75, 2.24]
    assert panel.period_means()[0] == pytest.approx(expected, abs=0.006)


def test_belief_equation_is_reestimated(table):
    fit = clustered("belief ~ others_before + belief_before", table[table.period > 1])
    assert fit.params.round(3).tolist() == [0.118, 0.415, 0.569]
    assert fit.bse.round(3).tolist() == [0.148, 0.020, 0.036]
    assert fit.nobs == 1260 and fit.rsquared == pytest.approx(0.64, abs=0.005)
    assert fit.mse_resid**0.5 == pytest.approx(2.30, abs=0.005)


def test_contribution_equation_is_reestimated(table):
    fit = clustered("c ~ predicted + belief", table[["session", "c", "predicted", "belief"]])
    assert fit.params.round(3).tolist() == [-0.473, 0.242, 0.666]
    assert fit.bse.round(3).tolist() == [0.244, 0.069, 0.059]
    assert fit.nobs == 1400 and fit.rsquared == pytest.approx(0.34, abs=0.005)


def test_null_is_positive_without_controls_and_falls_below_zero_with_too_fine_effects(subjects_csv, capsys):
    """EXPERIMENTS 1.4: common decay and composition push the raw null above zero; session-round effects push it below."""
    arguments = [
        "--degrees",
        "1",
        "--lags",
        "1",
        "--spec",
        "raw,session-round",
        "--null",
        "100",
        "--seed",
        "1",
        "--json",
    ]
    assert main(["dyads", "--data", str(subjects_csv), *COLUMNS, *arguments]) == 0
    raw, fine = json.loads(capsys.readouterr().out)["estimates"]
    assert raw["rows"] == 140 * 3 * 9
    assert raw["null_low"] > 0.02
    assert -0.05 < fine["null_mean"] < -0.005
