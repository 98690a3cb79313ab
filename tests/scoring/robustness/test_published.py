"""Examples that others published, with where they come from, and the formulas that they give for them."""

from __future__ import annotations

from itertools import combinations

import pytest

from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import rounded
from ami_scoring.scoring.robustness import contest_of, interval, region_of
from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.chances import chance_above
from ami_scoring.scoring.robustness.regions import lowest
from ami_scoring.scoring.robustness.single import weights_at

from .fields import criteria_of, evaluation_of

# E. Triantaphyllou and A. Sánchez, "A Sensitivity Analysis Approach for Some Deterministic Multi-Criteria Decision
# Making Methods", Decision Sciences 28 (1997), p. 151-194: the numerical example for the weighted sum and the AHP,
# four alternatives in rows, four criteria whose weights stand first.
WEIGHTS = [parse_fraction(each) for each in ("0.3277", "0.3058", "0.2876", "0.0790")]
WHOLE = sum(WEIGHTS, Fraction(0))
MATRIX = [
    [parse_fraction(each) for each in row.split()]
    for row in (
        "0.3088 0.2897 0.3867 0.1922",
        "0.2163 0.3458 0.1755 0.6288",
        "0.4509 0.2473 0.1194 0.0575",
        "0.0240 0.1172 0.3184 0.1215",
    )
]


def preference(row: list[Fraction]) -> Fraction:
    return sum((weight * value for weight, value in zip(WEIGHTS, row, strict=True)), Fraction(0))


def theirs(first: int, second: int, criterion: int) -> Fraction | None:
    """Give the least change of a weight that exchanges two alternatives (their theorem 1), None where it is too large.

    The weight loses that much, then all are divided by their new sum.
    """
    apart = MATRIX[second][criterion] - MATRIX[first][criterion]
    change = (preference(MATRIX[second]) - preference(MATRIX[first])) / apart
    return None if change > WEIGHTS[criterion] else change


def test_the_preferences_are_those_that_they_print() -> None:
    assert [rounded(preference(row), 4) for row in MATRIX[:2]] == ["0,3162", "0,2768"]


@pytest.mark.parametrize("criterion", range(4))
@pytest.mark.parametrize(("first", "second"), list(combinations(range(4), 2)))
def test_each_critical_change_of_a_weight_is_an_end_of_its_interval(first: int, second: int, criterion: int) -> None:
    rows = [[weight * value for weight, value in zip(WEIGHTS, MATRIX[at], strict=True)] for at in (first, second)]
    whole_weights = [int(weight * 10_000) for weight in WEIGHTS]
    criteria = criteria_of(whole_weights, "{places: 1}", f"total: {sum(whole_weights)}")
    contest = contest_of(evaluation_of(criteria, [[10_000 * points for points in row] for row in rows]))
    found, change = interval(contest, criterion), theirs(first, second, criterion)
    assert found is not None
    ends = [end.weight for end in (found.low, found.high) if end.inside is not None]
    if change is None:
        assert ends == []
        return
    left = (WEIGHTS[criterion] - change) * WHOLE / (WHOLE - change)
    assert ends == [10_000 * left]
    moved = weights_at(contest, criterion, 10_000 * left)
    totals = [sum(w * v for w, v in zip(moved, MATRIX[at], strict=True)) for at in (first, second)]
    assert totals[0] == totals[1]


@pytest.mark.parametrize(
    ("criteria", "printed"),
    [
        (2, ["0,7500", "0,2500"]),
        (3, ["0,6111", "0,2778", "0,1111"]),
        (4, ["0,5208", "0,2708", "0,1458", "0,0625"]),
        (5, ["0,4567", "0,2567", "0,1567", "0,0900", "0,0400"]),
    ],
)
def test_the_middle_of_ordered_weights_is_that_of_published_tables(criteria: int, printed: list[str]) -> None:
    """Compare with rank order centroid weights.

    F. H. Barron and B. E. Barrett, "Decision Quality Using Ranked Attribute Weights", Management Science 42 (1996).
    """
    region = region_of(contest_of(evaluation_of(criteria_of([60 // criteria] * criteria), [[0] * criteria])),
                       order=tuple(range(criteria)))  # fmt: skip
    assert region is not None
    whole = sum(region.most[:1], Fraction(0))
    corners = []
    for count in range(1, criteria + 1):
        line = Line(0, tuple(-1 if at < count else criteria for at in range(criteria)))
        # The first `count` alike, the others dear: of the best corners, the one that shares most evenly.
        even = tuple(whole / count if at < count else Fraction(0) for at in range(criteria))
        value, _ = lowest(line, region, int(whole))
        assert value == -whole == sum(w * s for w, s in zip(even, line.slopes, strict=True))
        corners.append(even)
    means = [sum(column, Fraction(0)) / criteria / whole for column in zip(*corners, strict=True)]
    assert [rounded(each, 4) for each in means] == printed


@pytest.mark.parametrize(
    ("criteria", "printed"), [(2, 1), (3, Fraction(3, 4)), (4, Fraction(1, 2)), (5, Fraction(5, 16))]
)
def test_one_weight_above_a_half_is_as_likely_as_spacings_say(criteria: int, printed: Fraction) -> None:
    """Compare with m ÷ 2^(m−1), the chance that one of m parts of a broken stick is longer than all others together.

    W. Feller, "An Introduction to Probability Theory and Its Applications", vol. 2 (1971), I.9.
    """
    slopes = [Fraction(1, 2), *[Fraction(-1, 2)] * (criteria - 1)]
    assert criteria * chance_above(Fraction(0), slopes, [1] * criteria, Fraction(1)) == printed
