"""What facts that criteria share leave possible is told on the scale of each rule, and bounds any weighting."""

from __future__ import annotations

from tests.scoring.building import POLICY, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import Possible, hides_nothing, score

SHARED = """
criteria:
  - id: accueil
    label: Accueil
    weight: 60
    criteria:
      - {id: neuf, label: Neuf, weight: 40, out_of: 10,
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 10, non: 2}}}
      - {id: ancien, label: Ancien, weight: 20,
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 5, non: 20}}}
  - {id: bureaux, label: Bureaux, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
"""
CRITERIA = Criteria.model_validate({**read(POLICY), **read(SHARED)})
LACKING: dict[str, Value] = {"locaux.accessibles": MISSING, "locaux.bureaux": 2}


def test_criteria_that_wait_for_one_fact_are_given_together_in_each_way() -> None:
    possible = Possible(CRITERIA)
    assert possible.waits(LACKING)
    (together,) = possible.together(LACKING)
    assert together.leaves == ("neuf", "ancien")
    worlds = {tuple((world[name].low, world[name].high) for name in together.leaves) for world in together.worlds}
    assert worlds == {_exact((10, 10), (5, 5)), _exact((2, 2), (20, 20))}


def _exact(*pairs: tuple[int, int]) -> tuple[tuple[Fraction, Fraction], ...]:
    return tuple((Fraction(low), Fraction(high)) for low, high in pairs)


def test_a_criterion_without_weight_leaves_nothing_to_share() -> None:
    assert Possible(CRITERIA).together(LACKING, frozenset({"neuf"})) == ()
    assert not Possible(CRITERIA).waits({"locaux.accessibles": True, "locaux.bureaux": 2})


def test_the_ways_give_the_bounds_of_the_total() -> None:
    card = score(CRITERIA, LACKING)
    (together,) = Possible(CRITERIA).together(LACKING)
    totals = [world["neuf"].low * 4 + world["ancien"].low + 20 for world in together.worlds]
    assert (card.low, card.high) == (min(totals), max(totals)) == (Fraction(48), Fraction(65))
    assert hides_nothing(card, CRITERIA)


def test_a_mark_on_hold_that_orders_a_part_of_the_budget_is_hidden_by_no_total() -> None:
    ask = "engagement_financier.montant_total"
    part = "{label: R, when: {fact: zonage, is: ZIP}, amount: 1, order: [ORDER]}"
    for order, hides in (("neuf", False), ("bureaux", True)):
        budget = f"budget: {{amount: 9, ask: {ask}, envelopes: [{part.replace('ORDER', order)}]}}"
        changed = {**read(POLICY), **read(SHARED), **read(f"selection: {{{budget}}}")}
        assert hides_nothing(score(CRITERIA, LACKING), Criteria.model_validate(changed)) is hides
