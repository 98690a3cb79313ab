"""With a budget, quotas or coverage too, equals at the limit are a question of their own, and no distance."""

from __future__ import annotations

from fractions import Fraction

from tests.scoring.robustness.fields import criteria_of, evaluation_of

from ami_scoring.scoring.robustness import contest_of, quick_margin, study_of
from ami_scoring.scoring.robustness.nearest import tied_pair

COVERING = "ranking: {ties: [{uncovered: zonage}]}"
ROWS = [(45, 45), (30, 20), (20, 30)]


def test_one_kept_by_what_it_covers_is_level_with_one_that_other_weights_would_keep() -> None:
    values = [{"zonage": "ZIP"}, {"zonage": "ZIP"}, {"zonage": "ZAC"}]
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 2}", COVERING), ROWS, values)  # type: ignore[arg-type]
    study = study_of(evaluation)
    assert len(study.kept) == 2
    assert study.tie is not None
    assert quick_margin(study.contest) == Fraction(0)


def test_equals_whom_no_weight_tells_apart_are_no_such_pair() -> None:
    values = [{"zonage": "ZIP"}, {"zonage": "ZIP"}, {"zonage": "ZAC"}]
    rows = [(45, 45), (25, 25), (25, 25)]
    evaluation = evaluation_of(criteria_of([50, 50], "{places: 2}", COVERING), rows, values)  # type: ignore[arg-type]
    assert tied_pair(contest_of(evaluation)) is None


def test_equals_of_two_categories_of_a_quota_are_no_such_pair() -> None:
    quota = "{places: 2, quotas: [{label: ZAC, when: {fact: zonage, is: ZAC}, at_least: 1}]}"
    values = [{"zonage": "ZIP"}, {"zonage": "ZIP"}, {"zonage": "ZAC"}]
    evaluation = evaluation_of(criteria_of([50, 50], quota), ROWS, values)  # type: ignore[arg-type]
    assert tied_pair(contest_of(evaluation)) is None
