"""The least and the most that one candidature may ask of a budget, from what it says and what its fact allows."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places import asks_of

ASK = "complements.ask"


def asked(value: Value, bounds: str = "") -> tuple[Fraction, Fraction | None]:
    """Give what is asked by one that says `value`, of a fact that has these bounds."""
    fact = f"{{name: ask, type: money, label: Aide demandée, unit: €{bounds}}}"
    made = policy(f"facts: [{fact}]\nselection: {{budget: {{amount: 100, ask: {ASK}}}}}")
    return asks_of(scored("A", 50, values={ASK: value}).card, made)


@pytest.mark.parametrize(
    ("value", "bounds", "least", "most"),
    [
        (Fraction(40), "", 40, 40),
        (Fraction(-5), "", 0, 0),
        (MISSING, "", 0, None),
        (MISSING, ", minimum: 10, maximum: 60", 10, 60),
        (MISSING, ", minimum: -10, maximum: -5", 0, 0),
        (Missing(at_least=20), ", minimum: 10, maximum: 60", 20, 60),
        (Missing(at_most=30), ", minimum: 10, maximum: 60", 10, 30),
        (Missing(at_least=20, at_most=30), "", 20, 30),
        (Missing(at_least=-20, at_most=-10), "", 0, 0),
    ],
)
def test_what_is_known_of_a_demand_bounds_it_then_its_fact_does_and_never_below_nothing(
    value: Value, bounds: str, least: int, most: int | None
) -> None:
    found = asked(value, bounds)
    assert found[0] == least
    assert found[1] == most


def test_without_a_budget_nothing_is_asked() -> None:
    card = scored("A", 50, values={ASK: Fraction(40)}).card
    assert asks_of(card, policy("selection: {places: 1}")) == (Fraction(0), Fraction(0))
