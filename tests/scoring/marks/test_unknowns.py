"""Which values of a missing fact are tried on rules that read it together: where a sum of straight lines may turn."""

from __future__ import annotations

import pytest
from tests.scoring.building import catalogue_with, rule_of

from ami_scoring.domain.facts import Missing
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.unknowns import values_for_all

FACTS = catalogue_with(
    [
        {"name": "n", "type": "decimal", "label": "N", "minimum": 0, "maximum": 100},
        {"name": "u", "type": "decimal", "label": "U", "minimum": 0},
    ]
)
LINE = "{kind: linear, fact: complements.n, knots: [{at: 10, points: 0}, {at: 30, points: 5}]}"
OTHER = "{kind: linear, fact: complements.n, knots: [{at: 20, points: 0}, {at: 90, points: 5}]}"
UNITS = "{kind: per_unit, fact: complements.n, points: 2, every: 3, after: 7, at_most: 8, count: exact}"
FEW = "{kind: per_unit, fact: complements.n, points: 0.5, every: 1, after: 0, at_most: 8, count: exact}"


@pytest.mark.parametrize(
    ("rules", "tried"),
    [
        ([LINE], [0, 10, 30, 100]),
        ([LINE, OTHER], [0, 10, 20, 30, 90, 100]),
        ([UNITS], [0, 7, 19, 100]),
        ([FEW, LINE], [0, 10, 16, 30, 100]),
    ],
)
def test_straight_lines_are_tried_where_they_turn_and_at_the_ends(rules: list[str], tried: list[int]) -> None:
    found = values_for_all(
        [rule_of(each) for each in rules], FACTS["complements.n"], {"complements.n": Missing()}, never=False
    )
    assert found == tuple(map(Fraction, tried))


@pytest.mark.parametrize(
    ("least", "most", "tried"),
    [(10, 30, [10, 30]), (11, 29, [11, 29]), (9, 31, [9, 10, 30, 31]), (10, None, [10, 30, 100])],
)
def test_only_what_remains_possible_is_tried(least: int, most: int | None, tried: list[int]) -> None:
    known = Missing(at_least=Fraction(least), at_most=None if most is None else Fraction(most))
    found = values_for_all([rule_of(LINE)], FACTS["complements.n"], {"complements.n": known}, never=False)
    assert found == tuple(map(Fraction, tried))


def test_a_sum_that_never_levels_off_is_tried_at_the_largest_number_that_a_file_may_write() -> None:
    rules = ["{kind: per_unit, fact: complements.u, points: 2, count: exact}", LINE.replace("s.n", "s.u")]
    unknown = {"complements.u": Missing()}
    found = values_for_all(list(map(rule_of, rules)), FACTS["complements.u"], unknown, never=False)
    assert found == tuple(map(Fraction, (0, 10, 30, 10**15)))
    levels = [LINE.replace("s.n", "s.u"), FEW.replace("s.n", "s.u")]
    found = values_for_all(list(map(rule_of, levels)), FACTS["complements.u"], unknown, never=False)
    assert found == tuple(map(Fraction, (0, 10, 16, 30)))
