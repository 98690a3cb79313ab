"""Weightings drawn and integrated: beside scipy's Sobol points, known laws, samples, and NumPy beside plain numbers."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import Drawing, centred, contest_of, duel, shares_over
from ami_scoring.scoring.robustness.chances import chance_above
from ami_scoring.scoring.robustness.sobol import BITS, _directions, drawn_weights

from .fields import criteria_of, evaluation_of

ROWS = [(50, 10, 5), (20, 30, 15), (35, 5, 20), (5, 25, 20), (5, 25, 20), (0, 0, 0)]
ONE = Fraction(1)


def test_the_points_before_scrambling_are_those_of_scipy() -> None:
    points = (qmc.Sobol(64, scramble=False, bits=BITS).random(128) * 2**BITS).astype(int)
    for place in range(64):
        mine = [0]
        for number in _directions(place, 7):
            mine += [each ^ number for each in mine]
        assert sorted(mine) == sorted(points[:, place].tolist())


def test_weights_are_even_over_all_weightings_and_not_drawn_to_the_middle() -> None:
    drawn = np.array(drawn_weights([1] * 5, "essai", 14))
    assert (drawn.sum(axis=1) == 2**BITS).all()
    # P(one of five above a half) = 5/16; five uniform numbers over their sum would give 0,042.
    assert (drawn.max(axis=1) > 2 ** (BITS - 1)).mean() == pytest.approx(5 / 16, abs=0.005)
    assert drawn.mean(axis=0) / 2**BITS == pytest.approx([0.2] * 5, abs=0.002)


def test_weights_around_a_vote_have_its_mean() -> None:
    drawn = np.array(drawn_weights([8, 15, 12, 7, 8], "essai", 10)) / 2**BITS
    assert drawn.mean(axis=0) == pytest.approx([0.16, 0.3, 0.24, 0.14, 0.16], abs=0.005)
    assert drawn.std(axis=0)[1] == pytest.approx((0.3 * 0.7 / 51) ** 0.5, rel=0.05)


def test_a_weight_alone_is_the_whole() -> None:
    assert drawn_weights([1], "essai", 1) == [(2**BITS,), (2**BITS,)]


@pytest.mark.parametrize(
    ("slopes", "parameters", "expected"),
    [
        ([1, -1], [1, 1], Fraction(1, 2)),
        ([3, -1], [1, 1], Fraction(3, 4)),
        ([1, 0, -1], [1, 1, 1], Fraction(1, 2)),
        ([2, -1, -1], [1, 1, 1], Fraction(4, 9)),
        ([1, 1, -1], [1, 1, 1], Fraction(3, 4)),
        ([1, -1], [2, 1], Fraction(3, 4)),
        ([1, 1], [1, 1], Fraction(1)),
        ([-1, -1], [1, 1], Fraction(0)),
        ([0, 0], [1, 1], Fraction(1, 2)),
        ([0, 1], [1, 1], Fraction(1)),
        ([-2, 0], [1, 1], Fraction(0)),
    ],
)
def test_a_chance_is_the_one_worked_out_by_hand(slopes: list[int], parameters: list[int], expected: Fraction) -> None:
    assert chance_above(Fraction(0), [Fraction(slope) for slope in slopes], parameters, ONE) == expected


@pytest.mark.parametrize("parameters", [[1, 1, 1, 1], [2, 5, 1, 3]])
@pytest.mark.parametrize("slopes", [[5, -3, 2, -2], [1, 1, -4, 0], [-7, 2, 2, 2]])
def test_a_chance_is_what_a_million_weightings_give(slopes: list[int], parameters: list[int]) -> None:
    random = np.random.default_rng(14)
    seen = (random.dirichlet(parameters, 1_000_000) @ np.array(slopes) > 0).mean()
    exact = chance_above(Fraction(0), [Fraction(slope) for slope in slopes], parameters, ONE)
    assert abs(seen - float(exact)) < 4 * (float(exact * (1 - exact)) / 1e6) ** 0.5 + 1e-9


@pytest.mark.parametrize(
    "selection",
    [
        "{places: 2}",
        "{places: 9}",
        "{places: 3, minimum: 40}",
        "{places: 2, minimum_mark: 1, thresholds: [{criterion: c0, at_least: 5}]}",
    ],
)
def test_numpy_changes_no_count(selection: str) -> None:
    evaluation = evaluation_of(criteria_of([50, 30, 20], selection), ROWS)
    contest = contest_of(evaluation)
    plain = shares_over(evaluation, contest, [1, 1, 1], Drawing("essai"))
    assert plain is not None
    assert plain == shares_over(evaluation, contest, [1, 1, 1], Drawing("essai", numpy=np))
    twins = [share.kept for share in plain.each if share.reference in {"A-04", "A-05"}]
    assert twins[0] == twins[1]
    assert sum(sum(share.ranks.values()) for share in plain.each) == len(ROWS) * plain.drawn


def test_mean_ranks_are_exact_and_samples_agree() -> None:
    evaluation = evaluation_of(criteria_of([50, 30, 20], "{places: 2}"), ROWS)
    found = shares_over(evaluation, contest_of(evaluation), [1, 1, 1], Drawing("essai", numpy=np))
    assert found is not None
    for share in found.each:
        assert share.mean_rank is not None
        seen = sum(rank * times for rank, times in share.ranks.items()) / found.drawn
        assert seen == pytest.approx(float(share.mean_rank), abs=0.01)
        assert 0 <= share.error < 0.01


def test_equals_that_a_tie_break_separates_keep_their_order_in_every_weighting() -> None:
    criteria = criteria_of([50, 50], "{places: 1}", "ranking: {ties: [{draw: essai}]}")
    evaluation = evaluation_of(criteria, [(30, 10), (30, 10)])
    found = shares_over(evaluation, contest_of(evaluation), [1, 1], Drawing("essai", numpy=np))
    assert found is not None
    assert [share.mean_rank for share in found.each] == [1, 2]
    assert [share.kept for share in found.each] == [found.drawn, 0]


def test_with_a_quota_the_whole_selection_is_redone() -> None:
    quota = "{places: 1, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}]}"
    values = [{"zonage": "ZAC"}, {"zonage": "ZIP"}]
    evaluation = evaluation_of(criteria_of([50, 50], quota), [(50, 50), (0, 0)], values)  # type: ignore[arg-type]
    found = shares_over(evaluation, contest_of(evaluation), [1, 1], Drawing("essai", numpy=np))
    assert found is not None
    assert {share.reference: share.kept for share in found.each} == {"A-01": 0, "A-02": found.drawn}


def test_large_numbers_are_counted_one_by_one() -> None:
    rows = [(Fraction(1, 10**9 + 7), Fraction(49 * 10**6, 10**6 + 3)), (Fraction(1, 998_244_353), 7)]
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 1}"), rows)
    contest = contest_of(evaluation)
    assert shares_over(evaluation, contest, [1, 1], Drawing("s", numpy=np)) == shares_over(
        evaluation, contest, [1, 1], Drawing("s")
    )


def test_many_candidatures_have_fewer_weightings_and_no_mean_rank() -> None:
    rows = [(at % 50, (at * 7) % 50) for at in range(200)]
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 9}"), rows)
    found = shares_over(evaluation, contest_of(evaluation), [1, 1], Drawing("essai", numpy=np))
    assert found is not None
    assert found.drawn < 16_384
    assert found.each[0].mean_rank is None


def test_where_there_is_nothing_to_draw_nothing_is_drawn() -> None:
    evaluation = evaluation_of(criteria_of([100], "{places: 1}"), [(1,)])
    assert shares_over(evaluation, contest_of(evaluation), [1], Drawing("essai")) is None


def test_whole_parameters_keep_the_strength_and_no_weight_is_lost() -> None:
    contest = contest_of(evaluation_of(criteria_of([16, 30, 24, 14, 16], "{places: 1}"), [(0, 0, 0, 0, 0)]))
    assert centred(contest, 50) == (8, 15, 12, 7, 8)
    assert centred(contest, 20) == (3, 6, 5, 3, 3)
    light = contest_of(evaluation_of(criteria_of([99, 1], "{places: 1}"), [(0, 0)]))
    assert centred(light, 10) == (9, 1)


def test_two_candidatures_are_set_side_by_side() -> None:
    contest = contest_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30), (0, 0)]))
    found = duel(contest, "A-02", "A-01")
    assert found is not None
    assert [found.gap, found.margin, found.chance] == [Fraction(10), Fraction(10), Fraction(3, 5)]
    assert found.exchange is not None
    assert (found.exchange.points, found.exchange.to.criterion) == (Fraction(10), "c1")
    assert [(each.axis.criterion, each.points) for each in found.exchange.sources] == [("c0", Fraction(10))]
    never = duel(contest, "A-01", "A-03")
    assert never is not None
    assert (never.margin, never.exchange, never.chance) == (None, None, Fraction(1))
    assert duel(contest, "A-01", "A-99") is None
