"""What other tools get wrong, or do not survive: each trap of sensitivity analysis, with what must come out."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest

from ami_scoring.domain.facts import Value
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import (
    Certainty,
    Drawing,
    boundaries_of,
    certainties,
    contest_of,
    headline,
    region_of,
    shares_over,
    study_of,
)
from ami_scoring.scoring.robustness.nearest import EVERY_WEIGHT, every_danger, nearest
from ami_scoring.scoring.robustness.shares import plan_of
from ami_scoring.scoring.robustness.sobol import WHOLE, drawn_array, drawn_weights

from .fields import criteria_of, evaluation_of, whole_trier


def test_numbers_divided_by_their_sum_are_not_all_weightings() -> None:
    uniform = np.random.default_rng(14).random((200_000, 5))
    wrong = ((uniform / uniform.sum(axis=1, keepdims=True)).max(axis=1) > 0.5).mean()
    drawn = drawn_array([1] * 5, "essai", 14, np)
    right = (drawn.max(axis=0) > WHOLE // 2).mean()
    assert wrong == pytest.approx(0.042, abs=0.002)
    assert right == pytest.approx(5 / 16, abs=0.004)


def test_floats_find_exchanges_at_exact_ties_and_fractions_do_not() -> None:
    # 0.1 × 3 against 0.3: equal, whatever is done; a float loop puts one before the other.
    rows = [(Fraction(3, 10) * 30, 21), (3 * Fraction(1, 10) * 30, 21), (0, 0)]
    assert 0.1 * 3 != 0.3
    evaluation = evaluation_of(criteria_of([70, 30], "{places: 2}"), rows)
    study = study_of(evaluation)
    assert study.contest.contested == ()
    found = shares_over(evaluation, study.contest, [1, 1], Drawing("essai", 200, np))
    assert found is not None
    assert {share.kept for share in found.each[:2]} == {found.drawn}
    assert all(set(share.ranks) == {1} for share in found.each[:2])


def test_a_criterion_voted_at_zero_keeps_its_place_and_one_that_has_all_has_no_interval() -> None:
    scaled = (
        "{id: c1, label: C1, weight: 0, out_of: 10, rule: {kind: lookup, fact: zonage, points: {ZIP: 0}, otherwise: 0}}"
    )
    study = study_of(evaluation_of(criteria_of([100, scaled], "{places: 1}"), [(60, 0), (50, 0)]))
    assert [axis.weight for axis in study.axes] == [100, 0]
    assert study.singles[0].low is None
    assert study.singles[1].low is not None
    assert study.singles[1].low.least == 0
    alone = study_of(evaluation_of(criteria_of([100], "{places: 1}"), [(60,), (50,)]))
    assert (alone.singles[0].low, alone.margin, alone.transfer) == (None, None, None)


def test_one_candidature_is_kept_by_any_weights() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), [(1, 2)])
    study = study_of(evaluation)
    assert study.is_fixed
    found = shares_over(evaluation, study.contest, [1, 1], Drawing("essai", 100, np))
    assert found is not None
    assert [(share.kept, share.error, dict(share.ranks)) for share in found.each] == [
        (found.drawn, 0.0, {1: found.drawn})
    ]


@pytest.mark.parametrize("numpy", [None, np])
def test_all_equal_share_the_first_rank_and_nobody_is_chosen(numpy: object) -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 2}"), [(20, 30)] * 5)
    study = study_of(evaluation)
    assert study.kept == ()
    assert "il n'y a pas de liste à défendre" in str(headline(study)[0])
    found = shares_over(evaluation, study.contest, [1, 1], Drawing("essai", 100, numpy))
    assert found is not None
    assert all(share.kept == 0 and set(share.ranks) == {1} for share in found.each)


@pytest.mark.parametrize("numpy", [None, np])
def test_whoever_just_misses_a_strict_minimum_is_no_rival_though_ahead(numpy: object) -> None:
    floor = "{places: 1, minimum: {at_least: 20, strict: oui}, thresholds: [{criterion: c1, at_least: 0, strict: oui}]}"
    rows = [(50, 0, 0), (30, 10, 0), (20, 15, 0), (20, 0, 0)]
    evaluation = evaluation_of(criteria_of([50, 30, 20], floor), rows)
    study = study_of(evaluation)
    assert study.kept == ("A-02",)
    assert [one.reference for one in study.contest.rivals] == ["A-03"]
    assert [one.may_enter for one in study.contest.field] == [False, True, True, False]
    found = shares_over(evaluation, study.contest, [1, 1, 1], Drawing("essai", 200, numpy))
    assert found is not None
    assert {share.reference for share in found.each if share.kept} == {"A-02", "A-03"}
    region = region_of(study.contest, part=Fraction(1))
    assert region is not None
    verdicts = certainties(evaluation, study.contest, region)
    assert [verdicts[name] for name in ("A-01", "A-04")] == [Certainty.NEVER, Certainty.NEVER]
    assert verdicts["A-02"] is Certainty.DEPENDS


def test_twelve_criteria_are_studied_and_drawn() -> None:
    random = Random(12)  # noqa: S311 - marks, no secret
    weights = [13, 12, 11, 10, 9, 9, 8, 7, 7, 6, 5, 3]
    rows = [[random.randrange(0, weight + 1) for weight in weights] for _ in range(30)]
    evaluation = evaluation_of(criteria_of(weights, "{places: 9}"), rows)
    study = study_of(evaluation)
    assert study.margin is not None
    attempt = whole_trier(evaluation, study.contest)
    assert study.margin.change is not None
    assert attempt(study.margin.change.weights) != attempt([axis.weight for axis in study.axes])
    one = shares_over(evaluation, study.contest, [1] * 12, Drawing("essai", 64))
    assert one == shares_over(evaluation, study.contest, [1] * 12, Drawing("essai", 64, np))


def test_five_hundred_at_the_cut_are_compared_as_all_pairs_would_be() -> None:
    random = Random(6)  # noqa: S311 - marks, no secret
    rows = [(random.randrange(0, 41), random.randrange(0, 31), random.randrange(0, 31)) for _ in range(500)]
    contest = contest_of(evaluation_of(criteria_of([40, 30, 30], "{places: 250}"), rows))
    assert contest.spare == 0
    found = nearest(contest, EVERY_WEIGHT, past_ties=True)
    every = next(each for each in every_danger(contest, EVERY_WEIGHT) if each.cost > 0)
    assert found is not None
    assert found.cost == every.cost


@pytest.mark.parametrize(
    "selection",
    [
        "{places: 3}",
        "{places: 3, minimum: 40}",
        "{places: 9}",
        "{places: 3, thresholds: [{criterion: c0, at_least: 5}, {criterion: c1, at_least: 3}]}",
        "{places: 3, minimum: 30, thresholds: [{criterion: c0, at_least: 5}]}",
        "{places: 3, thresholds: [{criterion: c0, share: 0.2}]}",
    ],
)
@pytest.mark.parametrize("fine", [1, 10**9 + 7], ids=["small numbers", "numbers that fill 64 bits"])
def test_arrays_count_what_is_counted_one_by_one(selection: str, fine: int) -> None:
    random = Random(9)  # noqa: S311 - marks, no secret
    rows = [
        (Fraction(random.randrange(0, 51 * fine), fine + 1), random.randrange(0, 31), random.randrange(0, 21))
        for _ in range(12)
    ]
    rows += [rows[0], rows[3], (Fraction(5), 3, 4), (Fraction(5), 3, 4)]
    evaluation = evaluation_of(criteria_of([50, 30, 20], selection), rows)
    contest = contest_of(evaluation)
    plain = shares_over(evaluation, contest, [1, 1, 1], Drawing("essai", 300))
    assert plain == shares_over(evaluation, contest, [1, 1, 1], Drawing("essai", 300, np))


def test_arrays_count_floors_that_are_not_those_of_all() -> None:
    floors = "{places: 2, floors: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 45}]}"
    values: list[dict[str, Value]] = [{"zonage": zone} for zone in ("ZIP", "ZAC", "ZIP", "ZAC")]
    rows = [(50, 10), (20, 30), (10, 40), (25, 25)]
    evaluation = evaluation_of(criteria_of([50, 50], floors), rows, values)
    contest = contest_of(evaluation)
    plain = shares_over(evaluation, contest, [1, 1], Drawing("essai", 300))
    assert plain is not None
    assert plain == shares_over(evaluation, contest, [1, 1], Drawing("essai", 300, np))
    assert 0 < plain.each[0].kept < plain.drawn


def test_weights_in_an_order_that_is_not_theirs_are_tried_without_the_voted_ones() -> None:
    evaluation = evaluation_of(criteria_of([60, 40], "{places: 1}"), [(40, 10), (10, 30), (20, 19)])
    contest = contest_of(evaluation)
    region = region_of(contest, order=(1, 0))
    assert region is not None
    found = certainties(evaluation, contest, region)
    assert found["A-02"] is Certainty.ALWAYS or Certainty.DEPENDS in found.values()


def test_what_is_too_close_to_tell_is_counted_again_on_all_digits() -> None:
    tiny = Fraction(1, 10**15)
    rows = [(10, 20), (10 + tiny, 20 - tiny), (20, 10), (20 + 2 * tiny, 10 - tiny), (1, 1)]
    floor = f"{{places: 2, thresholds: [{{criterion: c0, at_least: {10**15 - 1}/{10**14}}}]}}"
    for selection in ("{places: 2}", floor):
        evaluation = evaluation_of(criteria_of([50, 50], selection), rows)
        contest = contest_of(evaluation)
        plain = shares_over(evaluation, contest, [1, 1], Drawing("essai", 400))
        assert plain == shares_over(evaluation, contest, [1, 1], Drawing("essai", 400, np))


def test_the_ranks_of_many_are_counted_near_the_cut_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.scoring.robustness.tallies.MOST_RANKED", 4)
    rows = [(at, 49 - at // 2) for at in range(12)]
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 5}"), rows)
    contest = contest_of(evaluation)
    plain = shares_over(evaluation, contest, [1, 1], Drawing("essai", 50))
    assert plain is not None
    assert plain == shares_over(evaluation, contest, [1, 1], Drawing("essai", 50, np))
    assert [bool(share.ranks) for share in plain.each] == [False] * 3 + [True] * 4 + [False] * 5


@pytest.mark.parametrize(
    ("wanted", "drawn"), [(1, 16), (16, 16), (100, 100), (10_000, 10_240), (100_000, 102_400), (None, 16_384)]
)
def test_as_many_weightings_are_drawn_as_are_asked_for_or_a_few_more(wanted: int | None, drawn: int) -> None:
    plan = plan_of(contest_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(1, 2), (2, 1)])), wanted)
    assert plan is not None
    assert plan.drawn == drawn


def test_nothing_is_drawn_for_none_nor_unasked_for_many(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), [(1, 2), (2, 1)])
    contest, seen = contest_of(evaluation), []
    assert shares_over(evaluation, contest, [1, 1], Drawing("essai", 0)) is None
    monkeypatch.setattr("ami_scoring.scoring.robustness.shares.MOST_UNASKED", 1)
    assert shares_over(evaluation, contest, [1, 1], Drawing("essai")) is None
    drawing = Drawing("essai", 64, np, lambda done, total: seen.append((done, total)))
    assert shares_over(evaluation, contest, [1, 1], drawing) is not None
    assert seen[0] == (4, 64)
    assert seen[-1] == (64, 64)


def test_a_policy_of_marks_alone_has_no_boundary_to_tell() -> None:
    assert boundaries_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(1, 2), (2, 1)], [{}, {}])) == ()


def test_drawn_weights_are_the_same_with_arrays_and_without() -> None:
    for parameters in ([1, 1, 1], [8, 15, 12, 7, 8], [1, 0, 2], [3]):
        assert drawn_array(parameters, "essai", 6, np).T.tolist() == [*map(list, drawn_weights(parameters, "essai", 6))]
