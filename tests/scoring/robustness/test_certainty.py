"""Bounds and orders of weights: least gaps beside linear programmes, verdicts beside the selection itself."""

from __future__ import annotations

import itertools
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import Certainty, Contest, Region, certainties, contest_of, region_of
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.regions import lowest

from .fields import criteria_of, evaluation_of, whole_trier


def _region(contest: Contest, **asked: Any) -> Region:
    found = region_of(contest, **asked)
    assert found is not None
    return found


ROWS = [(50, 10, 5), (20, 30, 15), (35, 5, 20), (5, 25, 20), (1, 1, 1)]


@settings(max_examples=120)
@given(
    st.lists(st.integers(-9, 9), min_size=5, max_size=5),
    st.none() | st.integers(0, 120),
    st.permutations(range(5)),
    st.integers(0, 5),
)
def test_the_least_gap_between_bounds_and_in_an_order_is_that_of_a_linear_programme(
    slopes: list[int], part: int | None, places: list[int], named: int
) -> None:
    weights, order = [35, 25, 20, 12, 8], tuple(places[:named])
    contest = contest_of(evaluation_of(criteria_of(weights), [[0] * 5]))
    share = None if part is None else Fraction(part, 100)
    region = region_of(contest, part=share, order=order)
    reach = 100 if part is None else part
    limits = [(max(0, weight * (100 - reach) / 100), weight * (100 + reach) / 100) for weight in weights]
    if part is None:
        limits = [(0, 100)] * 5
    rows = [[(place == second) - (place == first) for place in range(5)] for first, second in itertools.pairwise(order)]
    found = linprog(
        slopes, A_ub=rows or None, b_ub=[1e-9] * len(rows) or None, A_eq=[[1] * 5], b_eq=[100], bounds=limits
    )
    assert (region is None) == (found.status == 2)
    if region is not None:
        value, at = lowest(Line(0, tuple(slopes)), region, 100)
        assert float(value) == pytest.approx(found.fun, abs=1e-6)
        assert sum(at) == 100
        assert all(at[one] >= at[other] for one, other in itertools.pairwise(order))


@pytest.mark.parametrize("selection", ["{places: 2}", "{places: 3, minimum: 45}", "{places: 2, minimum_mark: 40}"])
@pytest.mark.parametrize("part", [Fraction(1, 20), Fraction(1, 2), Fraction(1)])
@pytest.mark.parametrize("many", [600, 0], ids=["by pairs", "by totals"])
def test_no_weights_of_the_region_contradict_a_verdict(
    selection: str, part: Fraction, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ami_scoring.scoring.robustness.certainty.MANY", many)
    evaluation = evaluation_of(criteria_of([50, 30, 20], selection), ROWS)
    contest = contest_of(evaluation)
    found = certainties(evaluation, contest, _region(contest, part=part))
    attempt, random = whole_trier(evaluation, contest), Random(3)  # noqa: S311 - weights to try, no secret
    for _ in range(60):
        one, two = (Fraction(random.randrange(-1000, 1001), 1000) for _ in range(2))
        weights = [50 * (1 + one * part), 30 * (1 + two * part)]
        last = Fraction(100) - weights[0] - weights[1]
        if abs(last - 20) <= 20 * part:
            kept = attempt([*weights, last])
            for reference, verdict in found.items():
                assert not (verdict is Certainty.NEVER and reference in kept)
                assert not (verdict is Certainty.ALWAYS and reference not in kept)


def test_a_verdict_that_depends_on_weights_is_seen_both_ways() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30), (0, 0)])
    contest = contest_of(evaluation)
    near, far = (certainties(evaluation, contest, _region(contest, points=Fraction(points))) for points in (5, 20))
    assert near == {"A-01": Certainty.ALWAYS, "A-02": Certainty.NEVER, "A-03": Certainty.NEVER}
    assert far == {"A-01": Certainty.DEPENDS, "A-02": Certainty.DEPENDS, "A-03": Certainty.NEVER}


def test_an_order_settles_who_leads_on_the_first_criterion() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30)])
    contest = contest_of(evaluation)
    assert certainties(evaluation, contest, _region(contest, order=(0, 1)))["A-01"] is Certainty.ALWAYS
    assert certainties(evaluation, contest, _region(contest, order=(1, 0)))["A-01"] is Certainty.DEPENDS
    assert certainties(evaluation, contest, _region(contest, order=(1,)))["A-01"] is Certainty.DEPENDS


def test_with_a_quota_nothing_is_proven_but_what_is_seen() -> None:
    quota = "{places: 1, minimum_mark: 10, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}]}"
    values = [{"zonage": "ZAC"}, {"zonage": "ZIP"}, {"zonage": "ZIP"}, {"zonage": "ZIP"}]
    rows = [(50, 50), (30, 10), (10, 30), (1, 1)]
    evaluation = evaluation_of(criteria_of([50, 50], quota), rows, values)  # type: ignore[arg-type]
    contest = contest_of(evaluation)
    found = certainties(evaluation, contest, _region(contest, part=Fraction(1, 2)))
    assert found == {
        "A-01": Certainty.OPEN,
        "A-02": Certainty.DEPENDS,
        "A-03": Certainty.DEPENDS,
        "A-04": Certainty.NEVER,
    }
