"""Facts worked out from others: which are needed, and their values."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy

from ami_scoring.domain.facts import MISSING, Missing, Value, is_withheld
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.computing import add_computed, with_operands
from ami_scoring.scoring.marks.engine import facts_used

COMPUTED = """
facts: [{name: fonds, type: money, label: Fonds}, {name: cout, type: money, label: Coût}]
computed:
  - {name: part, label: Part, ratio: {of: complements.fonds, to: complements.cout}}
  - {name: double, label: Double, product_of: [calculs.part, 2]}
  - name: note
    label: Note
    rule: {kind: bands, fact: calculs.part, bands: [{from: 0, below: 0.5, points: 1}, {from: 0.5, points: 3}]}
"""


@pytest.mark.parametrize(
    ("names", "needed"),
    [
        (["zonage"], ("zonage",)),
        (["calculs.part"], ("complements.fonds", "complements.cout", "calculs.part")),
        (["calculs.double"], ("complements.fonds", "complements.cout", "calculs.part", "calculs.double")),
        (["calculs.note", "calculs.part"], ("complements.fonds", "complements.cout", "calculs.part", "calculs.note")),
        (["complements.cout", "calculs.part"], ("complements.cout", "complements.fonds", "calculs.part")),
    ],
)
def test_what_a_fact_is_worked_out_from_comes_before_it(names: list[str], needed: tuple[str, ...]) -> None:
    assert with_operands(names, policy(COMPUTED)) == needed


def test_the_facts_used_hold_what_the_computed_ones_need() -> None:
    rule = "rule: {kind: per_unit, fact: calculs.double, points: 1, at_most: 100}"
    criteria = policy(f"{COMPUTED}\ncriteria: [{{id: a, label: A, weight: 100, {rule}}}]")
    assert facts_used(criteria) == ("complements.fonds", "complements.cout", "calculs.part", "calculs.double")


EVERY = ("complements.fonds", "complements.cout", "calculs.part", "calculs.double", "calculs.note")


def worked_out(fonds: Value, cout: Value) -> dict[str, Value]:
    values: dict[str, Value] = {**dict.fromkeys(EVERY, MISSING), "complements.fonds": fonds, "complements.cout": cout}
    add_computed(policy(COMPUTED), values)
    return {name: values[name] for name in EVERY[2:]}


def test_facts_are_worked_out_one_from_another() -> None:
    expected = {"calculs.part": Fraction(1, 3), "calculs.double": Fraction(2, 3), "calculs.note": 1}
    assert worked_out(Fraction(100), Fraction(300)) == expected


def test_what_is_missing_stays_missing_all_along() -> None:
    assert worked_out(MISSING, Fraction(300)) == dict.fromkeys(EVERY[2:], MISSING)


def test_what_a_rule_refuses_is_missing() -> None:
    assert worked_out(Fraction(-100), Fraction(300))["calculs.note"] == MISSING


def test_the_reason_of_what_is_missing_is_handed_on() -> None:
    values = worked_out(Fraction(100), Fraction(0))
    assert values["calculs.part"] == values["calculs.double"]
    assert isinstance(values["calculs.part"], Missing)
    said = "« Part » ne se calcule pas : « Coût » vaut 0, et on ne divise pas par zéro"
    assert str(values["calculs.part"].why) == said


WITHHELD = Missing(Message("un avis est refusé"), withheld=True)


def test_what_waits_for_a_file_makes_all_that_is_worked_out_from_it_wait() -> None:
    assert set(map(is_withheld, worked_out(WITHHELD, Fraction(300)).values())) == {True}
    assert set(map(is_withheld, worked_out(MISSING, WITHHELD).values())) == {True}


def test_only_what_is_asked_for_and_unknown_is_worked_out() -> None:
    values: dict[str, Value] = {
        "complements.fonds": Fraction(1),
        "complements.cout": Fraction(2),
        "calculs.part": Fraction(9),
    }
    add_computed(policy(COMPUTED), values)
    assert values == {"complements.fonds": 1, "complements.cout": 2, "calculs.part": 9}


BOUNDED = """
computed:
  - {name: part, label: Part, ratio: {of: locaux.bureaux, to: locaux.surface_m2}, minimum: 1, maximum: 2}
"""


@pytest.mark.parametrize(
    ("surface", "part"),
    [
        (4, "Part : 0,75, hors des bornes annoncées"),
        (3, 1),
        (2, Fraction(3, 2)),
        (Fraction(3, 2), 2),
        (1, "Part : 3, hors des bornes annoncées"),
    ],
)
def test_a_value_that_the_policy_says_cannot_be_is_missing_with_its_reason(surface: Fraction, part: object) -> None:
    values: dict[str, Value] = {"locaux.bureaux": 3, "locaux.surface_m2": Fraction(surface), "calculs.part": MISSING}
    add_computed(policy(BOUNDED), values)
    found = values["calculs.part"]
    assert (str(found.why) if isinstance(found, Missing) else found) == part
