"""Bounds and orders of weights: least gaps beside linear programmes, verdicts beside the selection itself."""

from __future__ import annotations

import itertools
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import Certainty, Order, certainties, contest_of, within, within_points
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.regions import Bounds, lowest

from .fields import criteria_of, evaluation_of, whole_trier

ROWS = [(50, 10, 5), (20, 30, 15), (35, 5, 20), (5, 25, 20), (1, 1, 1)]


@settings(max_examples=40)
@given(st.lists(st.integers(-9, 9), min_size=4, max_size=4), st.integers(1, 100))
def test_the_least_gap_between_bounds_is_that_of_a_linear_programme(slopes: list[int], part: int) -> None:
    weights = [40, 30, 20, 10]
    bounds = Bounds(
        tuple(Fraction(weight) * (1 - Fraction(part, 100)) for weight in weights),
        tuple(Fraction(weight) * (1 + Fraction(part, 100)) for weight in weights),
    )
    limits = [(float(low), float(high)) for low, high in zip(*bounds, strict=True)]
    found = linprog(slopes, A_eq=[[1] * 4], b_eq=[100], bounds=limits)
    assert float(lowest(Line(0, tuple(slopes)), bounds, 100)[0]) == pytest.approx(found.fun, abs=1e-6)


@settings(max_examples=40)
@given(st.lists(st.integers(-9, 9), min_size=4, max_size=4), st.permutations(range(4)), st.integers(1, 4))
def test_the_least_gap_under_an_order_is_that_of_a_linear_programme(
    slopes: list[int], places: list[int], named: int
) -> None:
    order = tuple(places[:named])
    rows = []
    for first, second in itertools.pairwise(order):
        row = [0] * 4
        row[first], row[second] = -1, 1
        rows.append(row)
    found = linprog(slopes, A_ub=rows or None, b_ub=[0] * len(rows) or None, A_eq=[[1] * 4], b_eq=[100])
    assert float(lowest(Line(0, tuple(slopes)), Order(order), 100)[0]) == pytest.approx(found.fun, abs=1e-6)


@pytest.mark.parametrize("selection", ["{places: 2}", "{places: 3, minimum: 45}", "{places: 2, minimum_mark: 40}"])
@pytest.mark.parametrize("part", [Fraction(1, 20), Fraction(1, 2), Fraction(1)])
@pytest.mark.parametrize("many", [600, 0], ids=["by pairs", "by totals"])
def test_no_weights_of_the_region_contradict_a_verdict(
    selection: str, part: Fraction, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ami_scoring.scoring.robustness.certainty.MANY", many)
    evaluation = evaluation_of(criteria_of([50, 30, 20], selection), ROWS)
    contest = contest_of(evaluation)
    found = certainties(evaluation, contest, within(contest, part))
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
    near, far = (certainties(evaluation, contest, within_points(contest, Fraction(points))) for points in (5, 20))
    assert near == {"A-01": Certainty.ALWAYS, "A-02": Certainty.NEVER, "A-03": Certainty.NEVER}
    assert far == {"A-01": Certainty.DEPENDS, "A-02": Certainty.DEPENDS, "A-03": Certainty.NEVER}


def test_an_order_settles_who_leads_on_the_first_criterion() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30)])
    contest = contest_of(evaluation)
    assert certainties(evaluation, contest, Order((0, 1)))["A-01"] is Certainty.ALWAYS
    assert certainties(evaluation, contest, Order((1, 0)))["A-01"] is Certainty.DEPENDS
    assert certainties(evaluation, contest, Order((1,)))["A-01"] is Certainty.DEPENDS


def test_with_a_quota_nothing_is_proven_but_what_is_seen() -> None:
    quota = "{places: 1, minimum_mark: 10, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}]}"
    values = [{"zonage": "ZAC"}, {"zonage": "ZIP"}, {"zonage": "ZIP"}, {"zonage": "ZIP"}]
    rows = [(50, 50), (30, 10), (10, 30), (1, 1)]
    evaluation = evaluation_of(criteria_of([50, 50], quota), rows, values)  # type: ignore[arg-type]
    contest = contest_of(evaluation)
    found = certainties(evaluation, contest, within(contest, Fraction(1, 2)))
    assert found == {
        "A-01": Certainty.OPEN,
        "A-02": Certainty.DEPENDS,
        "A-03": Certainty.DEPENDS,
        "A-04": Certainty.NEVER,
    }
