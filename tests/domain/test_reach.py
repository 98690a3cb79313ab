"""How far what a policy works out may go: never less than a candidature may reach, and as little as can be told."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.computed import ComputedFact, calculate, computed_fact
from ami_scoring.domain.declared import declared_fact
from ami_scoring.domain.facts import Ends, Fact, FactType
from ami_scoring.exact import Fraction

LARGEST = 10**15
FACTS = {
    fact.name: fact
    for fact in (
        declared_fact("few", FactType.INTEGER, "Few", None, Fraction(-2), Fraction(3), None, None),
        declared_fact("some", FactType.DECIMAL, "Some", None, Fraction(1), Fraction(4), None, Fraction(1, 2)),
        declared_fact("halves", FactType.DECIMAL, "Halves", None, Fraction(0), Fraction(2), None, Fraction(1, 2)),
        declared_fact("free", FactType.DECIMAL, "Free", None, Fraction(0), None, None, None),
        declared_fact("any", FactType.INTEGER, "Any", None, None, None, None, None),
        declared_fact("word", FactType.TEXT, "Word", None, None, None, None, None),
        declared_fact("day", FactType.DATE, "Day", None, None, None, None, None),
    )
}
EVERY: dict[str, list[int | Fraction]] = {
    "complements.few": [*range(-2, 4)],
    "complements.some": [Fraction(n, 2) for n in range(2, 9)],
    "complements.halves": [Fraction(n, 2) for n in range(5)],
}


def worked_out(operation: str, operands: Any, known: Mapping[str, Fact] = FACTS, **more: Any) -> Fact:
    made = ComputedFact.model_validate({"name": "c", "label": "C", operation: operands, **more})
    return computed_fact(made, known)


def of(operation: str, left: str, right: str) -> Any:
    keys = {"ratio": ("of", "to"), "difference": ("of", "minus")}.get(operation)
    return [left, right] if keys is None else dict(zip(keys, (left, right), strict=True))


def exactly(low: Fraction | int | None, high: Fraction | int | None) -> Ends:
    """Give two ends as exact numbers."""
    return None if low is None else Fraction(low), None if high is None else Fraction(high)


OPERATIONS = ("ratio", "difference", "sum_of", "product_of", "highest_of", "lowest_of")


@given(st.sampled_from(OPERATIONS), st.sampled_from([*EVERY, "2", "-3"]), st.sampled_from([*EVERY, "2", "-3"]))
def test_no_value_is_beyond_the_ends_and_the_furthest_are_reached(operation: str, left: str, right: str) -> None:
    found = worked_out(operation, of(operation, left, right))
    every = (EVERY.get(each) or [int(each)] for each in (left, right))
    values = [calculate(operation, pair) for pair in product(*every)]
    numbers = [value for value in values if isinstance(value, (int, Fraction))]
    low, high = found.ends
    assert low is not None
    assert high is not None
    assert low <= min(numbers)
    assert max(numbers) <= high
    if operation != "ratio":
        assert (found.reach, high) == ((min(numbers), max(numbers)), max(numbers))


@pytest.mark.parametrize(
    ("operation", "operands", "ends"),
    [
        ("sum_of", ["complements.free", "complements.any"], (1 - LARGEST, 2 * LARGEST - 1)),
        ("product_of", ["complements.free", 2], (0, 2 * LARGEST)),
        ("difference", {"of": 1, "minus": "complements.free"}, (1 - LARGEST, 1)),
        ("highest_of", ["complements.free", "complements.few"], (0, LARGEST)),
        ("lowest_of", ["complements.free", "complements.few"], (-2, 3)),
        ("ratio", {"of": "complements.free", "to": "complements.some"}, (0, LARGEST)),
        ("ratio", {"of": "complements.few", "to": "complements.free"}, (-2 * 10**17, 3 * 10**17)),
        ("ratio", {"of": 1, "to": "complements.any"}, (-1, 1)),
        ("ratio", {"of": 1, "to": -4}, (-Fraction(1, 4), -Fraction(1, 4))),
        ("days", {"from": "complements.day", "to": "2024-01-01"}, (-3652058, 3652058)),
        ("months", {"from": "complements.day", "to": "2024-01-01"}, (-119988, 119988)),
        ("ratio", {"of": 1, "to": 0}, (None, None)),
        ("sum_of", ["complements.free", "complements.nowhere"], (None, None)),
        ("sum_of", ["complements.free", "complements.word"], (None, None)),
        ("product_of", ["complements.free", "complements.word"], (None, None)),
        ("ratio", {"of": 1, "to": "complements.word"}, (None, None)),
        ("highest_of", ["complements.few", "complements.word"], (-2, None)),
        ("lowest_of", ["complements.few", "complements.word"], (None, 3)),
        ("rule", {"kind": "per_unit", "fact": "complements.few", "points": 1}, (None, None)),
    ],
)
def test_ends_are_those_of_what_is_read(operation: str, operands: Any, ends: tuple[Any, Any]) -> None:
    assert worked_out(operation, operands).reach == exactly(*ends)


def test_ends_that_are_declared_come_before_those_that_are_worked_out() -> None:
    found = worked_out("product_of", ["complements.free", 2], maximum=5, minimum=1)
    assert found.ends == exactly(1, 5)


def test_a_number_that_is_worked_out_may_be_as_near_to_zero_as_can_be() -> None:
    known = {**FACTS, "calculs.c": worked_out("ratio", {"of": "complements.few", "to": "complements.some"})}
    assert worked_out("ratio", {"of": 1, "to": "calculs.c"}, known).ends == (None, None)
    assert worked_out("ratio", {"of": "calculs.c", "to": 2}, known).ends == exactly(-1, Fraction(3, 2))


def test_a_number_that_could_grow_beyond_measure_has_no_end() -> None:
    known = dict(FACTS)
    for _ in range(30):
        known["calculs.c"] = worked_out("product_of", ["complements.any"] + ["calculs.c"] * 300, known)
    assert known["calculs.c"].ends == (None, None)
    many = worked_out("sum_of", [f"{10**14}"] + ["complements.any"] * 100)
    assert many.ends[1] == 10**14 + 100 * (LARGEST - 1)


def test_what_a_file_writes_is_under_the_largest_number() -> None:
    assert CATALOGUE["locaux.bureaux"].ends[1] == LARGEST - 1
    assert FACTS["complements.free"].ends == exactly(0, LARGEST)
