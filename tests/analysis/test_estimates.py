"""Point estimates and standard errors against statsmodels with explicit dummies; a known process; the null."""

import itertools

import numpy as np
import pytest
import statsmodels.api as sm
from commonweal.dyads import dyad_links, estimate_dyads, slopes
from commonweal.errors import SpecificationError
from commonweal.estimates import estimate
from commonweal.inference import infer
from commonweal.meetings import Link, Meetings
from commonweal.panel import Panel
from commonweal.regrouping import regrouped, regrouping_null
from commonweal.reproduction.bands import EFFECTS
from commonweal.specification import ALL, OWN_LAG_ROUND, RAW, Specification, sample
from commonweal.specification import EFFECTS as FIXED
from perfect_strangers import oracle, session_groups
from test_meetings import random_groups

EVERY = [
    Specification(own, tuple(chosen))
    for own in (False, True)
    for size in range(3)
    for chosen in itertools.combinations(FIXED, size)
]


def panel_of(contribution, group, session):
    """contribution: [run, subject, period]; group: [subject, period] for all runs or [run, subject, period]."""
    shared = group.ndim == 2
    schedules = group[None] if shared else group
    of_run = np.zeros(len(contribution), dtype=int) if shared else np.arange(len(contribution))
    return Panel("", contribution, schedules, of_run, session, np.arange(1, group.shape[-1] + 1))


@pytest.fixture(scope="module")
def panel():
    """4 runs, 3 sessions, absent subjects, correlated giving."""
    random = np.random.default_rng(11)
    group, session = random_groups(random, [12, 16, 8], periods=6, absent=0.1)
    people = random.normal(10, 3, (4, len(session), 1))
    contribution = np.where(group < 0, np.nan, people + random.normal(0, 3, (4, *group.shape)) - np.arange(6))
    return panel_of(contribution, group, session)


def explicit(data, specification, run):
    """The same regression with dummies, for statsmodels; redundant dummies dropped by rank."""
    columns = [data.x[run]] + ([data.own[run]] if specification.own_lag else []) + [np.ones(len(data))]
    rank = len(columns)
    for effect in specification.effects:
        for level in range(data.levels[effect].max() + 1):
            column = (data.levels[effect] == level).astype(float)
            if np.linalg.matrix_rank(np.column_stack([*columns, column])) > rank:
                columns, rank = [*columns, column], rank + 1
    return sm.OLS(data.y[run], np.column_stack(columns))


@pytest.mark.parametrize("specification", EVERY, ids=lambda one: one.name)
def test_batched_estimates_equal_statsmodels(panel, specification):
    runs = np.arange(panel.runs)
    for link in (Link(1, 1), Link(1, 2), Link(2, 2)):
        data = sample(panel, runs, Meetings(panel.group[0], panel.session).rows(link, "loose"))
        found = estimate(data, specification)
        complete = data.complete(specification)
        for run in runs[:2]:
            fit = explicit(complete, specification, run).fit()
            assert found.slope[run] == pytest.approx(fit.params[0], abs=1e-10)
            if specification.own_lag:
                assert found.own[run] == pytest.approx(fit.params[1], abs=1e-10)
        assert found.rows == len(complete)


@pytest.mark.parametrize("specification", ALL, ids=lambda one: one.name)
def test_standard_errors_equal_statsmodels_with_dummies(panel, specification):
    one = panel.select_runs(np.array([1]))
    data = sample(one, np.zeros(1, dtype=int), Meetings(one.group[0], one.session).rows(Link(1, 1), "strict")).complete(
        specification
    )
    model = explicit(data, specification, 0)
    ego, session = data.levels["ego"], data.levels["session"]
    expected = {
        "none": model.fit(),
        "HC1": model.fit(cov_type="HC1"),
        "ego": model.fit(cov_type="cluster", cov_kwds={"groups": ego}, use_t=True),
        "session": model.fit(cov_type="cluster", cov_kwds={"groups": session}, use_t=True),
        "both": model.fit(cov_type="cluster", cov_kwds={"groups": np.column_stack([ego, session])}, use_t=True),
    }
    for cluster, fit in expected.items():
        found = infer(data, specification, cluster)
        assert found.slope == pytest.approx(fit.params[0], abs=1e-10)
        if np.isfinite(fit.bse[0]):
            assert found.error == pytest.approx(fit.bse[0], rel=1e-8), cluster
        if cluster in ("none", "ego", "session"):
            assert (found.low, found.high) == pytest.approx(tuple(fit.conf_int()[0]), rel=1e-8)


def test_runs_with_their_own_groups_are_estimated_with_them(panel):
    random = np.random.default_rng(5)
    groups = np.stack([regrouped(panel.group[0], panel.session, random) for _ in range(panel.runs)])
    mixed = panel_of(panel.contribution, groups, panel.session)
    together = slopes(mixed, [Link(2, 2)], [OWN_LAG_ROUND], "strict")[Link(2, 2), OWN_LAG_ROUND]
    for run in range(panel.runs):
        alone = slopes(mixed.select_runs(np.array([run])), [Link(2, 2)], [OWN_LAG_ROUND], "strict")[Link(2, 2), OWN_LAG_ROUND]
        assert together.slope[run] == pytest.approx(alone.slope[0], abs=1e-12)


def test_coefficients_equal_the_oracles_on_its_own_data():
    rules = oracle()
    random = np.random.default_rng(1)
    people = rules.Synthetic().draw(random, (3 * 10, 24))
    played = rules.play(people, people.contribution, rules.VARIANTS["noisy"], rules.Noise(random, 30)).reshape(6, 3, 10, 24)
    expected = rules.dyad_coefficients(played)
    ours = panel_of(played.reshape(6, 3, 240).transpose(1, 2, 0), session_groups(10).T, np.repeat(np.arange(10), 24))
    specifications = [RAW, Specification(False, ("round",)), Specification(True), OWN_LAG_ROUND]
    for name, (link, paths) in EFFECTS.items():
        found = slopes(ours, [link], specifications, paths)
        table = np.stack([found[link, one].slope for one in specifications], axis=-1)
        np.testing.assert_allclose(table, expected[name], atol=1e-10)


def linear_process(h, b, runs, random, sessions=10):
    """[run, subject, period] of c(t+1) = a + h c(t) + b (sum of the three others) + tiny noise; independent starts."""
    groups = session_groups(sessions).T
    contribution = np.empty((runs, *groups.shape))
    contribution[..., 0] = random.normal(10, 2, (runs, len(groups)))
    for period in range(groups.shape[1] - 1):
        before = contribution[..., period]
        same = (groups[:, period][:, None] == groups[:, period][None]) & ~np.eye(len(groups), dtype=bool)
        contribution[..., period + 1] = 1 + h * before + b * before @ same.T + random.normal(0, 0.01, before.shape)
    return panel_of(contribution, groups, np.repeat(np.arange(sessions), 24))


@pytest.mark.parametrize(("h", "b"), [(0.0, 0.19), (0.4, 0.1), (0.5, 0.05)])
def test_known_linear_process_is_recovered(h, b):
    """One path of d meetings carries b^d (THEORY 4.4), and own lag h: within 4 standard errors of the mean over runs.

    Starts are independent and only the first chain is used, so no shared history disturbs it. What is left is the urn: among N
    people, pooled, any other's start leans by -1/(N-2) against those controlled; the weights of the others are known.
    """
    runs, urn = 2500, 1 / (240 - 2)
    panel = linear_process(h, b, runs, np.random.default_rng(2))
    specification = Specification(True)

    def first_chain(degree):
        periods = degree + 1
        short = Panel(
            "",
            panel.contribution[..., :periods],
            panel.group[..., :periods],
            panel.schedule_of_run,
            panel.session,
            panel.periods[:periods],
        )
        return slopes(short, [Link(degree, degree)], [specification], "strict")[Link(degree, degree), specification]

    one, two = first_chain(1), first_chain(2)
    for values, truth in (
        (one.slope, b - 2 * b * urn),
        (one.own, h - 2 * b * urn),
        (two.slope, b**2 - (6 * h * b + 8 * b**2) * urn),
    ):
        assert values.mean() == pytest.approx(truth, abs=4 * values.std() / np.sqrt(runs))
        assert values.std() < 0.1


def test_null_is_centered_on_zero_for_independent_giving_and_keeps_groups():
    random = np.random.default_rng(8)
    groups, session = session_groups(10).T, np.repeat(np.arange(10), 24)
    panel = panel_of(random.normal(10, 3, (1, 240, 6)), groups, session)
    question = (Link(1, 1), RAW)
    null = regrouping_null(panel, [question], "strict", 200, seed=4)[question]
    assert abs(null.mean) < 4 * null.draws.std() / np.sqrt(200) + 1 / 239
    redrawn = regrouped(groups, session, random)
    for period in range(6):
        for place in range(10):
            here = session == place
            assert sorted(redrawn[here, period]) == sorted(groups[here, period])
    low, high = null.interval()
    assert low < null.mean < high
    assert null.p_upper(np.array([1.0]))[0] == 1 / 201 and null.p_upper(np.array([-1.0]))[0] == 1
    assert null.p_two_sided(np.array([1.0]))[0] == 2 / 201


def test_null_is_positive_under_common_decay_and_reproducible():
    """Everybody gives less every period: the raw coefficient of pure noise plus decay is positive in the null too."""
    random = np.random.default_rng(9)
    decay = 12 - 1.5 * np.arange(6)
    panel = panel_of(decay + random.normal(0, 2, (2, 240, 6)), session_groups(10).T, np.repeat(np.arange(10), 24))
    questions = [(Link(1, 1), RAW), (Link(1, 1), Specification(False, ("round",)))]
    first, second = (regrouping_null(panel, questions, "strict", 30, seed=1) for _ in range(2))
    other = regrouping_null(panel, questions, "strict", 30, seed=2)
    assert first[questions[0]].mean > 0.3 and abs(first[questions[1]].mean) < 0.02
    assert np.array_equal(first[questions[0]].draws, second[questions[0]].draws)
    assert not np.array_equal(first[questions[0]].draws, other[questions[0]].draws)


def test_hopeless_specifications_are_refused():
    groups, session = session_groups(2).T, np.repeat([0, 1], 24)
    by_round = np.broadcast_to(np.arange(6.0), (1, 48, 6))
    panel = panel_of(by_round, groups, session)
    data = sample(panel, np.zeros(1, dtype=int), Meetings(groups, session).rows(Link(1, 1), "strict"))
    with pytest.raises(SpecificationError, match="does not vary"):
        estimate(data, Specification(False, ("round",)))
    with pytest.raises(SpecificationError, match="collinear"):
        estimate(data, Specification(True))
    constant = panel_of(np.broadcast_to(np.random.default_rng(0).normal(size=(1, 48, 1)), (1, 48, 6)), groups, session)
    data = sample(constant, np.zeros(1, dtype=int), Meetings(groups, session).rows(Link(1, 1), "strict"))
    with pytest.raises(SpecificationError, match="own lag does not vary"):
        estimate(data, Specification(True, ("ego",)))
    with pytest.raises(SpecificationError, match="unknown control 'perod'"):
        Specification.parse("perod")


def test_table_warns_of_few_clusters_and_tells_what_is_refused(panel):
    one = panel.select_runs(np.array([0]))
    table = estimate_dyads(one, dyad_links([1], [5]), [RAW, Specification(False, ("session", "ego"))], cluster="session")
    assert any("only 3 session clusters" in note for note in table[0].warnings)
    assert "session effects are contained in the other effects" in table[1].warnings
    far = estimate_dyads(one, [Link(6, 6)], [RAW])
    assert "no rows" in far[0].refused
