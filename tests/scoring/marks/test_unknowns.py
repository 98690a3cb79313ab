"""Which values of a missing fact are tried on rules that read it together: where a sum of straight lines may turn."""

from __future__ import annotations

import pytest
from tests.scoring.building import catalogue_with, read, rule_of

from ami_scoring.domain.facts import Missing, Value
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
        ([UNITS.replace("points: 2", "points: 0")], [0, 7, 100]),
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


KIND = catalogue_with([{"name": "c", "type": "choice", "label": "C", "choices": ["x", "y", "z"]}])
LOOKUP = "{kind: lookup, fact: complements.c, points: {x: 1}, otherwise: 0}"
BANDS = "{kind: bands, fact: complements.n, bands: [{up_to: 9, points: 1}, {above: 9, points: 2}]}"
SAID = "{kind: checklist, items: [{label: I, points: 1, if: {fact: complements.c, present: oui}}]}"


@pytest.mark.parametrize(
    ("rules", "known", "never", "tried"),
    [
        ([LOOKUP], Missing(), False, ("x", "y", "z")),
        ([LOOKUP], Missing(among=("x", "z")), False, ("x", "z")),
        # It may stay missing: all its criteria count that for nothing, or one of them asks whether it is said.
        ([LOOKUP], Missing(), True, ("x", "y", "z", Missing())),
        ([LOOKUP, SAID], Missing(), False, (Missing(), "x", "y", "z")),
        ([LOOKUP, SAID], Missing(), True, (Missing(), "x", "y", "z")),
    ],
)
def test_each_choice_is_tried_and_whether_it_may_never_come(
    rules: list[str], known: Missing, never: bool, tried: tuple[Value, ...]
) -> None:
    found = values_for_all(
        [rule_of(each) for each in rules], KIND["complements.c"], {"complements.c": known}, never=never
    )
    assert found == tried


def test_a_number_that_a_rule_asks_for_may_stay_missing_once() -> None:
    said = SAID.replace("complements.c", "complements.n")
    rules = [rule_of(BANDS), rule_of(said)]
    found = values_for_all(rules, FACTS["complements.n"], {"complements.n": Missing()}, never=False)
    assert found is not None
    assert sum(isinstance(each, Missing) for each in found) == 1


@pytest.mark.parametrize(
    ("kind", "step", "tried"),
    [
        ("type: integer, minimum: 0, maximum: 6", None, (0, 1, 2, 3, 4, 5, 6)),
        ("type: integer, minimum: 600, maximum: 603", None, (600, 601, 602, 603)),
        ("type: integer, minimum: 0, maximum: 1023", None, tuple(range(1024))),
        ("type: integer, minimum: 600, maximum: 1600", None, tuple(range(600, 1601))),
        ("type: decimal, minimum: 0, maximum: 6", 2, (0, 2, 4, 6)),
        ("type: decimal, minimum: 0, maximum: 1", Fraction(1, 2), (0, Fraction(1, 2), 1)),
    ],
)
def test_a_number_of_few_values_is_tried_at_each(kind: str, step: Fraction | None, tried: tuple[int, ...]) -> None:
    fact = catalogue_with([read(f"{{name: n, label: N, {kind}}}")])["complements.n"]._replace(step=step)
    assert values_for_all([rule_of(BANDS)], fact, {"complements.n": Missing()}, never=False) == tried


def test_a_number_of_too_many_values_is_tried_around_the_bands() -> None:
    fact = catalogue_with([read("{name: n, label: N, type: integer, minimum: 0, maximum: 1024}")])["complements.n"]
    found = values_for_all([rule_of(BANDS)], fact, {"complements.n": Missing()}, never=False)
    assert found is not None
    assert len(found) < 10
