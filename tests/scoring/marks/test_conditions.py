"""Conditions in three-valued logic: true, false, or undecided for want of a fact."""

from __future__ import annotations

from datetime import date
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter
from tests.scoring.building import read
from tests.scoring.strategies import CONDITIONS, EVERY_VALUE, FACTS, VALUES, Data

from ami_scoring.domain.conditions import AnyCondition, Condition, facts_of
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.conditions import holds, undecided

CONDITION: TypeAdapter[AnyCondition] = TypeAdapter(Condition)
KLEENE: dict[str, Value] = {"vrai": True, "faux": False, "su": MISSING}
VALUES_OF_FACTS: dict[str, Value] = {
    "n": 3,
    "d": Fraction(5, 2),
    "c": "À construire",
    "b": True,
    "t": date(2022, 9, 30),
    "l": frozenset({"ars", "cpts"}),
    "m": MISSING,
}


def decide(text: str, values: dict[str, Value]) -> bool | None:
    return holds(CONDITION.validate_python(read(text)), values)


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("{fact: n, is: 3}", True),
        ("{fact: n, is: 4}", False),
        ("{fact: n, is_not: 4}", True),
        ("{fact: n, in: [1, 3]}", True),
        ("{fact: n, not_in: [1, 3]}", False),
        ("{fact: d, is: 2.5}", True),
        ("{fact: d, at_least: 2.5}", True),
        ("{fact: d, at_least: 2.51}", False),
        ("{fact: d, at_most: 5/2}", True),
        ("{fact: d, above: 2.5}", False),
        ("{fact: d, above: 2.49}", True),
        ("{fact: d, below: 2.5}", False),
        ("{fact: d, below: 2.51}", True),
        ('{fact: c, is: "a\u0300  CONSTRUIRE"}', True),
        ("{fact: c, in: [aucun, travaux]}", False),
        ("{fact: b, is: oui}", True),
        ("{fact: b, is_not: oui}", False),
        ("{fact: t, from: 2022-09-30}", True),
        ("{fact: t, until: 2022-09-30}", True),
        ("{fact: t, after: 2022-09-30}", False),
        ("{fact: t, before: 2022-09-30}", False),
        ("{fact: t, after: 2022-09-29}", True),
        ("{fact: t, before: 2022-10-01}", True),
        ("{fact: t, is: 2022-09-30}", True),
        ("{fact: l, includes: Ars}", True),
        ("{fact: l, includes: Ordre}", False),
        ("{fact: l, includes_any: [Ordre, CPTS]}", True),
        ("{fact: l, includes_any: [Ordre]}", False),
        ("{fact: l, includes_all: [ars, cpts]}", True),
        ("{fact: l, includes_all: [ars, Ordre]}", False),
        ("{fact: n, present: oui}", True),
        ("{fact: n, present: non}", False),
        ("{fact: m, present: oui}", False),
        ("{fact: m, present: non}", True),
        ("{fact: m, is: x}", None),
        ("{fact: m, at_least: 0}", None),
        ("{fact: m, includes: x}", None),
    ],
)
def test_each_operator_says_what_its_name_says(text: str, answer: bool | None) -> None:
    assert decide(text, VALUES_OF_FACTS) is answer


@pytest.mark.parametrize(
    ("one", "other", "both", "either"),
    [
        ("vrai", "vrai", True, True),
        ("vrai", "faux", False, True),
        ("faux", "faux", False, False),
        ("vrai", "su", None, True),
        ("faux", "su", False, None),
        ("su", "su", None, None),
    ],
)
def test_and_and_or_follow_kleene(one: str, other: str, both: bool | None, either: bool | None) -> None:
    for first, second in ((one, other), (other, one)):
        parts = f"[{{fact: {first}, is: oui}}, {{fact: {second}, is: oui}}]"
        assert decide(f"{{all: {parts}}}", KLEENE) is both
        assert decide(f"{{any: {parts}}}", KLEENE) is either


@pytest.mark.parametrize(("fact", "answer"), [("vrai", False), ("faux", True), ("su", None)])
def test_not_turns_an_answer_and_leaves_a_doubt(fact: str, answer: bool | None) -> None:
    assert decide(f"{{not: {{fact: {fact}, is: oui}}}}", KLEENE) is answer


@settings(max_examples=200)
@given(CONDITIONS, VALUES, st.sets(st.sampled_from(FACTS), max_size=2))
def test_a_decided_condition_is_the_same_whatever_is_missing_turns_out_to_be(
    data: Data, values: dict[str, Value], holes: set[str]
) -> None:
    condition = CONDITION.validate_python(data)
    answer = holds(condition, {**values, **dict.fromkeys(holes, MISSING)})
    read_holes = sorted(holes & set(facts_of(condition)))
    answers = {
        holds(condition, {**values, **dict(zip(read_holes, filled, strict=True))})
        for filled in product(*(EVERY_VALUE[name] for name in read_holes))
    }
    assert None not in answers
    assert answer is None or answers == {answer}


@settings(max_examples=200)
@given(CONDITIONS, VALUES, st.sets(st.sampled_from(FACTS), max_size=3))
def test_an_undecided_condition_names_missing_facts_and_a_decided_one_none(
    data: Data, values: dict[str, Value], holes: set[str]
) -> None:
    condition = CONDITION.validate_python(data)
    known: dict[str, Value] = {**values, **dict.fromkeys(holes, MISSING)}
    names = undecided(condition, known)
    assert bool(names) == (holds(condition, known) is None)
    assert all(isinstance(known[name], Missing) for name in names)
    assert len(set(names)) == len(names)


def test_only_the_facts_that_keep_the_doubt_are_named() -> None:
    text = """
    all:
      - {any: [{fact: vrai, is: oui}, {fact: su, is: oui}]}
      - {not: {fact: m, is: oui}}
      - {all: [{fact: m, is: oui}, {fact: autre, is: oui}]}
    """
    values: dict[str, Any] = {**KLEENE, "m": MISSING, "autre": MISSING}
    assert undecided(CONDITION.validate_python(read(text)), values) == ("m", "autre")


def test_of_alternatives_all_that_may_yet_hold_are_named() -> None:
    text = "{any: [{fact: faux, is: oui}, {fact: su, is: oui}, {fact: m, is: oui}, {fact: su, is: non}]}"
    assert undecided(CONDITION.validate_python(read(text)), {**KLEENE, "m": MISSING}) == ("su", "m")
