"""Rows of the dyad regression against a brute-force walk through the groups, and the known counts."""

import numpy as np
import pytest
from commonweal.errors import SpecificationError
from commonweal.meetings import Link, Meetings
from perfect_strangers import base_schedule, oracle, session_groups


def chains(group, session, ego, period, degree):
    """Alters reached from ego by meetings in period-1, ..., period-degree: one person after another."""
    people = {ego}
    for back in range(1, degree + 1):
        people = {
            other
            for person in people
            for other in range(len(session))
            if other != person
            and session[other] == session[person]
            and group[person, period - back] >= 0
            and group[other, period - back] == group[person, period - back]
        }
    return people - {ego}


def fewest_hops(group, session, ego, start, end):
    """alter -> fewest meetings of a chain back in time from `end` to `start`, waiting allowed."""
    hops = {ego: 0}
    for period in range(end, start - 1, -1):
        found = dict(hops)
        for person, count in hops.items():
            for other in range(len(session)):
                same = (
                    session[other] == session[person]
                    and group[person, period] >= 0
                    and group[other, period] == group[person, period]
                )
                if same and other != person:
                    found[other] = min(found.get(other, 99), count + 1)
        hops = found
    return hops


def brute_rows(group, session, link, paths):
    """{(ego, alter, ego's period)}, straight from the definition; later observation of ego shifts the chain back."""
    rows = set()
    for reached in range(link.degree, group.shape[1] - (link.lag - link.degree)):
        for ego in range(len(session)):
            alters = chains(group, session, ego, reached, link.degree)
            if paths == "strict":
                hops = fewest_hops(group, session, ego, reached - link.degree, reached - 1)
                alters = {alter for alter in alters if hops[alter] >= link.degree}
            rows |= {(ego, alter, reached + link.lag - link.degree) for alter in alters}
    return rows


def random_groups(random, sizes, periods, absent):
    """[subject, period] with groups of 2..4 in sessions of the given sizes, some subjects absent; and the sessions."""
    session = np.repeat(np.arange(len(sizes)), sizes)
    group = np.full((len(session), periods), -1)
    for period in range(periods):
        number = 0
        for place in range(len(sizes)):
            here = random.permutation(np.flatnonzero(session == place))
            here = here[random.random(len(here)) >= absent]
            while len(here) >= 2:
                size = min(int(random.integers(2, 5)), len(here))
                size = size if len(here) - size != 1 else len(here)
                group[here[:size], period] = number
                here, number = here[size:], number + 1
    return group, session


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("paths", ["strict", "loose"])
def test_rows_equal_brute_force_on_random_schedules(seed, paths):
    random = np.random.default_rng(seed)
    group, session = random_groups(random, [9, 12, 5], periods=6, absent=0.15 * (seed % 2))
    meetings = Meetings(group, session)
    for link in [Link(1, 1), Link(1, 3), Link(2, 2), Link(3, 3), Link(4, 4), Link(2, 4)]:
        rows = meetings.rows(link, paths)
        found = list(zip(rows.ego.tolist(), rows.alter.tolist(), rows.ego_period.tolist()))
        assert len(found) == len(set(found))
        assert set(found) == brute_rows(group, session, link, paths)
        assert np.all(rows.alter_period == rows.ego_period - link.lag)


COUNTS = {
    (Link(1, 1), "strict"): 3600,
    (Link(1, 2), "strict"): 2880,
    (Link(1, 3), "strict"): 2160,
    (Link(1, 4), "strict"): 1440,
    (Link(1, 5), "strict"): 720,
    (Link(2, 2), "strict"): 8640,
    (Link(2, 2), "loose"): 8640,
    (Link(3, 3), "strict"): 720,
    (Link(3, 3), "loose"): 13680,
}


@pytest.mark.parametrize("question", COUNTS, ids=str)
def test_row_counts_of_the_perfect_stranger_design(question):
    groups = session_groups(10, np.random.default_rng(3)).T
    assert len(Meetings(groups, np.repeat(np.arange(10), 24)).rows(*question)) == COUNTS[question]


def test_schedule_has_nobody_meeting_twice_and_nine_at_degree_two():
    meetings = Meetings(base_schedule(7).T, np.zeros(24, dtype=int))
    assert meetings.met.sum(axis=1).max() == 1 and meetings.met.sum() == 2 * 252
    rows = meetings.rows(Link(2, 2), "strict")
    assert set(np.bincount(rows.ego * 7 + rows.ego_period)[np.unique(rows.ego * 7 + rows.ego_period)]) == {9}


def test_schedule_is_that_of_the_oracle():
    groups = oracle().GROUPS
    ours = base_schedule()
    for period in range(6):
        assert all(len(set(ours[period, members])) == 1 for members in groups[period])


def test_too_few_periods_give_no_rows():
    assert len(Meetings(base_schedule(2).T, np.zeros(24, dtype=int)).rows(Link(2, 2), "strict")) == 0


@pytest.mark.parametrize("degree_and_lag", [(0, 1), (2, 1)])
def test_impossible_links_are_refused(degree_and_lag):
    with pytest.raises(SpecificationError):
        Link(*degree_and_lag)
