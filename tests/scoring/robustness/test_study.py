"""The three exact answers, beside the selection itself redone on grids of weights and at random."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import Kind, Single, Study, axes_of, contest_of, quick_margin, study_of

from .fields import criteria_of, evaluation_of, whole_trier

LIMITS = "ami_scoring.scoring.robustness.study.MOST_PAIRS"


@st.composite
def evaluations(draw: st.DrawFn) -> Evaluation:
    """Draw three criteria and up to seven candidatures, with a floor now and then."""
    weights = draw(st.sampled_from([(50, 30, 20), (40, 40, 20), (80, 15, 5), (60, 40, 0)]))
    row = st.tuples(*(st.integers(0, weight // 5).map(lambda n: 5 * n) for weight in weights))
    rows = draw(st.lists(row, min_size=2, max_size=7))
    selection = draw(
        st.sampled_from(
            [
                "{places: 2}",
                "{places: 1}",
                "{places: 2, minimum: 40}",
                "{places: 9, minimum: 40}",
                "{places: all, minimum: 40}",
                "{places: all, minimum: {at_least: 40, strict: oui}}",
                "{places: 2, thresholds: [{criterion: c0, at_least: 20}]}",
                "{places: 2, thresholds: [{criterion: c1, share: 0.5}]}",
                "{places: 3, decides_from: 50}",
            ]
        )
    )
    ties = draw(st.sampled_from(["", "ranking: {ties: [c1, c0]}"]))
    return evaluation_of(criteria_of(weights, selection, ties), rows)


def test_where_people_decide_of_every_place_weights_give_none() -> None:
    call = criteria_of((50, 30, 20), "{minimum: 40, decides_from: never}")
    contest = contest_of(evaluation_of(call, [(50, 30, 20), (40, 10, 0)]))
    assert contest.kept == ()
    assert [one.may_enter for one in contest.field] == [False, False]
    assert contest.people_decide


def changes(study: Study, found: frozenset[str]) -> bool:
    """Say whether what the study defends is lost."""
    kept = frozenset(study.kept)
    return not kept <= found if study.contest.spare else kept != found


@settings(max_examples=25)
@given(evaluations(), st.integers(0, 10**6))
def test_no_weights_within_the_margin_change_the_list(evaluation: Evaluation, seed: int) -> None:
    study = study_of(evaluation)
    if study.tie is not None or (study.contest.contested and not study.contest.spare):
        return
    attempt, random = whole_trier(evaluation, study.contest), Random(seed)  # noqa: S311 - weights to try, no secret
    voted = [axis.weight for axis in study.axes]
    least = min(voted) if study.margin is None else study.margin.least
    for _ in range(20):
        moves = [Fraction(random.randrange(-999, 1000), 1000) * least for _ in voted]
        moves[-1] = -sum(moves[:-1], Fraction(0))
        weights = [weight + move for weight, move in zip(voted, moves, strict=True)]
        if min(weights) > 0 and abs(moves[-1]) < least:
            assert not changes(study, attempt(weights))


@settings(max_examples=25)
@given(evaluations())
def test_the_change_that_is_told_does_happen(evaluation: Evaluation) -> None:
    study = study_of(evaluation)
    attempt = whole_trier(evaluation, study.contest)
    for reach in (study.margin, study.transfer):
        if reach is not None and reach.change is not None:
            found = attempt(reach.change.weights)
            assert changes(study, found)
            assert tuple(sorted(found - set(study.kept))) == reach.change.enters
            assert reach.seen is not None
            assert reach.seen >= reach.least


@settings(max_examples=25)
@given(evaluations())
def test_one_weight_moves_as_the_selection_says_on_a_grid(evaluation: Evaluation) -> None:
    study = study_of(evaluation)
    if study.tie is not None or (study.contest.contested and not study.contest.spare):
        return
    attempt = whole_trier(evaluation, study.contest)
    whole = sum((axis.weight for axis in study.axes), Fraction(0))
    for at, single in enumerate(study.singles):
        if single.low is None or single.high is None:
            continue
        others = whole - single.axis.weight
        for step in range(1, 40):
            weight = whole * step / 40
            weights = [
                weight if place == at else axis.weight * (whole - weight) / others
                for place, axis in enumerate(study.axes)
            ]
            if single.low.least < weight < single.high.least:
                assert not changes(study, attempt(weights)), (single, weight)


@settings(max_examples=25)
@given(evaluations())
def test_the_answers_are_the_same_without_looking_at_every_pair(evaluation: Evaluation) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(LIMITS, 0)
        patch.setattr("ami_scoring.scoring.robustness.nearest.MANY_PAIRS", 0)
        large = study_of(evaluation)
    small = study_of(evaluation)
    assert (large.margin is None) == (small.margin is None)
    if large.margin and small.margin:
        assert large.margin.least == small.margin.least
    for few, many in zip(small.singles, large.singles, strict=True):
        for side, other in ((few.low, many.low), (few.high, many.high)):
            if side is not None and other is not None and not other.is_whole:
                assert abs(other.least - few.axis.weight) <= abs(side.least - few.axis.weight)


def test_a_list_of_two_is_told_by_hand() -> None:
    # 50/50: A has 40 + 10, B has 10 + 30: the gap of 10 closes when 5 points out of 50 and back: 0,8 − 0,2 + 0,6 − 0,2
    found = study_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30)]))
    assert found.margin is not None
    assert found.margin.least == Fraction(10)
    assert found.margin.is_exact
    assert found.transfer is not None
    assert found.transfer.least == Fraction(10)
    assert found.margin.change is not None
    assert (found.margin.change.enters, found.margin.change.leaves) == (("A-02",), ("A-01",))
    low = found.singles[0].low
    assert low is not None
    assert low.least == 40
    assert (low.inside, low.outside) == ("A-01", "A-02")


def test_equals_at_the_cut_make_the_margin_nothing() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 2}"), [(50, 50), (30, 10), (10, 30), (0, 0)])
    study = study_of(evaluation)
    assert study.contest.contested == ("A-02", "A-03")
    assert not study.holds_at_all
    assert quick_margin(study.contest) == 0


def test_equals_on_every_criterion_are_no_question_of_weights() -> None:
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 2}"), [(50, 50), (30, 10), (30, 10)])
    study = study_of(evaluation)
    assert study.contest.contested == ()
    assert study.is_fixed
    assert quick_margin(study.contest) is None


def test_a_tie_that_a_rule_breaks_is_told_apart_from_weights() -> None:
    criteria = criteria_of([50, 50], "{places: 1}", "ranking: {ties: [c0]}")
    evaluation = evaluation_of(criteria, [(30, 10), (10, 30), (5, 5)])
    study = study_of(evaluation)
    assert study.tie == ("A-01", "A-02")
    assert not study.is_fixed
    assert study.margin is None
    assert quick_margin(study.contest) == 0


@pytest.mark.parametrize(
    ("weights", "rows"),
    [([100], [(80,), (20,)]), ([50, 50], [(10, 10)]), ([50, 50], [(10, 10)] * 3), ([50, 50], [])],
    ids=["one criterion", "one candidature", "all equal", "nobody"],
)
def test_where_no_weights_can_change_anything_nothing_is_found(weights: list[int], rows: list[tuple[int, ...]]) -> None:
    study = study_of(evaluation_of(criteria_of(weights, "{places: 1}"), rows))
    assert study.margin is None
    assert study.transfer is None


def test_a_weight_of_all_the_points_has_no_road() -> None:
    zero = (
        "{id: c1, label: C1, weight: 0, out_of: 10, rule: {kind: lookup, fact: zonage, points: {ZIP: 0}, otherwise: 0}}"
    )
    study = study_of(evaluation_of(criteria_of([100, zero], "{places: 1}"), [(80, 0), (20, 0)]))
    assert [axis.criterion for axis in study.axes] == ["c0", "c1"]
    assert study.singles[0] == Single(study.axes[0], None, None)
    assert study.singles[1].low is not None
    assert study.singles[1].low.is_whole


def test_what_a_bonus_gives_does_not_move() -> None:
    bonus = (
        "{id: b, label: B, weight: 5, bonus: oui, rule: {kind: lookup, fact: zonage, points: {ZIP: 0}, otherwise: 0}}"
    )
    criteria = criteria_of([50, 50, bonus], "{places: 1, thresholds: [{criterion: b, at_least: 0}]}")
    assert [axis.criterion for axis in axes_of(criteria)] == ["c0", "c1"]
    study = study_of(evaluation_of(criteria, [(40, 10, 2), (10, 30, 0)]))
    assert study.margin is not None
    assert study.margin.least == 12


def test_who_is_under_a_raw_minimum_or_on_hold_is_in_no_contest() -> None:
    criteria = criteria_of([50, 50], "{places: 1, minimum_mark: 30}")
    contest = contest_of(evaluation_of(criteria, [(40, 10), (10, 19), (None, 50)]))
    assert [one.reference for one in contest.everyone] == ["A-01"]


def test_a_mark_under_its_threshold_is_in_no_contest() -> None:
    criteria = criteria_of([50, 50], "{places: 1, thresholds: [{criterion: c0, on: mark, at_least: 20, strict: oui}]}")
    contest = contest_of(evaluation_of(criteria, [(40, 10), (20, 29)]))
    assert [one.reference for one in contest.everyone] == ["A-01"]


def test_a_quota_makes_bounds_that_the_selection_then_tries() -> None:
    quota = "{places: 2, quotas: [{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}]}"
    values = [{"zonage": "ZAC"}, {"zonage": "ZAC"}, {"zonage": "ZIP"}, {"zonage": "ZIP"}]
    rows = [(50, 40), (40, 40), (30, 5), (5, 25)]
    evaluation = evaluation_of(criteria_of([50, 50], quota), rows, values)  # type: ignore[arg-type]
    study = study_of(evaluation)
    assert study.contest.kind is Kind.SHARED
    assert study.kept == ("A-01", "A-03")
    assert study.margin is not None
    # never exchange on these marks; do: 5 points of gap over 0,5 − (−0,4).
    assert study.margin.least == Fraction(5, Fraction(9, 10))
    assert study.margin.is_exact
    assert study.singles[0].low is not None
    assert study.singles[0].low.change is not None


def test_a_budget_watches_the_order_of_all() -> None:
    call = "{budget: {amount: 100, ask: engagement_financier.montant_annuel}}"
    values = [{"engagement_financier.montant_annuel": amount} for amount in (60, 40, 40)]
    evaluation = evaluation_of(criteria_of([50, 50], call), [(50, 40), (40, 20), (10, 40)], values)  # type: ignore[arg-type]
    study = study_of(evaluation)
    assert study.contest.kind is Kind.SHARED
    assert study.kept == ("A-01", "A-02")
    assert study.margin is not None
    attempt = whole_trier(evaluation, study.contest)
    for left in range(1, 50):
        weights = [Fraction(left * 2), Fraction(100 - left * 2)]
        if abs(weights[0] - 50) < study.margin.least:
            assert attempt(weights) == {"A-01", "A-02"}


def test_where_a_budget_is_enough_for_all_no_weight_makes_anyone_fall_under_a_minimum() -> None:
    call = "{minimum: 70, budget: {amount: 100, ask: engagement_financier.montant_annuel, when_enough: all}}"
    values = [{"engagement_financier.montant_annuel": amount} for amount in (60, 40)]
    study = study_of(evaluation_of(criteria_of([50, 50], call), [(50, 40), (40, 20)], values))  # type: ignore[arg-type]
    assert study.kept == ("A-01", "A-02")
    assert study.contest.perils == ()
    assert study.is_fixed


def test_five_hundred_at_the_cut_cost_no_more_than_two() -> None:
    random = Random(14)  # noqa: S311 - marks to try, no secret
    rows = [(40, 30, 20), *((at := random.randrange(41), 40 - at, 10) for _ in range(500))]
    study = study_of(evaluation_of(criteria_of([50, 40, 10], "{places: 3}"), rows))
    assert len(study.contest.contested) == 500
    assert not study.holds_at_all


def test_twelve_criteria_are_no_harder_than_two() -> None:
    random = Random(12)  # noqa: S311 - marks to try, no secret
    weights = [8] * 11 + [12]
    rows = [tuple(random.randrange(weight + 1) for weight in weights) for _ in range(30)]
    study = study_of(evaluation_of(criteria_of(weights, "{places: 10}"), rows))
    assert len(study.axes) == 12
    assert study.tie or study.contest.contested or (study.margin is not None and study.margin.least > 0)


def test_weights_of_a_whole_grid_never_beat_the_margin() -> None:
    evaluation = evaluation_of(
        criteria_of([50, 30, 20], "{places: 2}"), [(50, 10, 5), (20, 30, 15), (35, 5, 20), (5, 5, 5)]
    )
    study = study_of(evaluation)
    assert study.margin is not None
    attempt = whole_trier(evaluation, study.contest)
    distances = [
        max(abs(one - 50), abs(two - 30), abs(100 - one - two - 20))
        for one, two in product(range(101), repeat=2)
        if one + two <= 100 and attempt([Fraction(one), Fraction(two), Fraction(100 - one - two)]) != set(study.kept)
    ]
    assert min(distances) >= study.margin.least
    assert min(distances) - 1 <= study.margin.least


def test_beyond_as_many_trials_as_are_made_the_bound_alone_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.scoring.robustness.study.MOST_TRIALS", 0)
    study = study_of(evaluation_of(criteria_of([50, 50], "{places: 1}"), [(40, 10), (10, 30)]))
    assert study.margin is not None
    assert (study.margin.least, study.margin.seen, study.margin.change) == (Fraction(10), None, None)
    assert study.singles[0].low is not None
    assert (study.singles[0].low.least, study.singles[0].low.change) == (Fraction(40), None)


def test_a_floor_alone_may_be_the_nearest_danger_in_a_large_field(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(LIMITS, 0)
    study = study_of(evaluation_of(criteria_of([50, 50], "{places: 1, minimum: 45}"), [(40, 10), (1, 1)]))
    assert study.margin is not None
    assert (study.margin.outside, study.margin.is_exact) == (None, True)


def test_a_threshold_in_points_on_a_criterion_voted_at_zero_follows_its_mark() -> None:
    zero = (
        "{id: z, label: Z, weight: 0, out_of: 10, rule: {kind: lookup, fact: zonage, points: {ZIP: 0}, otherwise: 0}}"
    )
    criteria = criteria_of([50, 50, zero], "{places: 1, thresholds: [{criterion: z, at_least: 1}]}")
    contest = contest_of(evaluation_of(criteria, [(40, 10, 0), (10, 30, 0)]))
    assert contest.kept == ()
    assert len(contest.perils) == 2


def test_a_large_field_of_ties_alone_has_no_distance(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ami_scoring.scoring.robustness.nearest.MANY_PAIRS", 0)
    criteria = criteria_of([50, 50], "{places: 1}", "ranking: {ties: [c0]}")
    study = study_of(evaluation_of(criteria, [(40, 10), (10, 40)]))
    assert study.margin is None
    assert study.tie == ("A-01", "A-02")
