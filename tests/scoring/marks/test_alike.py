"""Values that are one to a rule: whichever of them is given, and whatever is missing beside, all comes to the same."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import read, rule_of
from tests.scoring.strategies import CATALOGUE, FACTS, RULES, VALUES, Data

from ami_scoring.domain.facts import MISSING, Known, Missing, Value
from ami_scoring.domain.zoning import Zone
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import by_looks, remembering
from ami_scoring.scoring.marks.alike import look_of
from ami_scoring.scoring.marks.completions import possible_points
from ami_scoring.scoring.marks.rules import evaluate

HOLES = st.sets(st.sampled_from(FACTS), max_size=2)
AMOUNT, STATE, ZONE = "engagement_financier.montant_annuel", "locaux.etat", "zonage"
BANDS = f"{{kind: bands, fact: {AMOUNT}, bands: [{{below: 10, points: 0}}, {{from: 10, below: 99, points: 1}}]}}"
LOOKUP = f"{{kind: lookup, fact: {ZONE}, points: {{ZIP: 2, ZAC: 2, ZAR: 1}}, otherwise: 0}}"
COMPARED = (
    "{kind: cases, otherwise: 0, rows: [{if: {fact: locaux.disponibles_le, after: {fact: depose_le}}, points: 1}]}"
)
TABLE = f"{{kind: table, rows: {STATE}, columns: {ZONE}, points: {{travaux: {{ZIP: 1}}}}, otherwise: 0}}"


@settings(max_examples=150)
@given(RULES, VALUES, VALUES, HOLES)
def test_values_that_look_the_same_give_one_outcome_and_leave_the_same_open(
    data: Data, values: dict[str, Value], others: dict[str, Value], holes: set[str]
) -> None:
    rule = rule_of(data)
    looks = {name: look for name in FACTS if (look := look_of(rule, name)) is not None}
    same = [name for name, look in looks.items() if look(values[name]) == look(others[name])]  # type: ignore[arg-type]
    first = values | dict.fromkeys(holes, MISSING)
    second = values | {name: others[name] for name in same} | dict.fromkeys(holes, MISSING)
    assert evaluate(rule, first) == evaluate(rule, second)
    assert possible_points(rule, first, CATALOGUE) == possible_points(rule, second, CATALOGUE)


@pytest.mark.parametrize(
    ("rule", "fact", "one", "other", "alike"),
    [
        (BANDS, AMOUNT, Fraction(10), Fraction(98), True),
        (BANDS, AMOUNT, Fraction(10), Fraction(9), False),
        (BANDS, AMOUNT, Fraction(99), Fraction(1_000), True),  # neither is in any band
        (LOOKUP, ZONE, Zone.ZIP, Zone.ZAC, True),
        (LOOKUP, ZONE, Zone.ZIP, Zone.ZAR, False),
        (LOOKUP, ZONE, Zone.HV, Zone.ZV, True),
        (TABLE, STATE, "aucun", "existants", True),
        (TABLE, STATE, "aucun", "travaux", False),
        (TABLE, ZONE, Zone.ZAC, Zone.ZAR, True),
        (TABLE, ZONE, Zone.ZIP, Zone.ZAR, False),
    ],
)
def test_what_a_rule_sees_of_a_value(rule: str, fact: str, one: Known, other: Known, alike: bool) -> None:
    look = look_of(rule_of(read(rule)), fact)
    assert look is not None
    assert (look(one) == look(other)) is alike


@pytest.mark.parametrize(
    ("rule", "fact"),
    [
        ("{kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}", "locaux.bureaux"),
        (COMPARED, "depose_le"),
        (f"{{kind: sum_of, rules: [{BANDS}, {{kind: per_unit, fact: {AMOUNT}, points: 1, at_most: 2}}]}}", AMOUNT),
    ],
)
def test_where_a_value_counts_in_proportion_or_is_compared_any_two_differ(rule: str, fact: str) -> None:
    assert look_of(rule_of(read(rule)), fact) is None


def test_work_is_done_once_for_values_that_look_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[Value] = []

    def work(values: dict[str, Value]) -> int:
        done.append(values["day"])
        return len(done)

    told = by_looks(["day", "n"], {"day": lambda day: isinstance(day, date) and day.year}, work)  # type: ignore[arg-type]
    days = [date(2021, 1, 1), date(2021, 9, 9), date(2022, 1, 1)]
    assert [told({"day": day, "n": 1}) for day in days] == [1, 1, 2]
    assert told({"day": days[0], "n": 2}) == 3
    whys = [Missing(Message("l'un", {})), Missing(Message("l'autre", {})), MISSING]
    assert [told({"day": why, "n": 1}) for why in whys] == [4, 4, 4]
    monkeypatch.setattr(remembering, "MOST_KEPT", 1)
    assert [told({"day": day.replace(day=8), "n": 1}) for day in days] == [5, 6, 7]  # forgotten one after the other
