"""Bars that no candidature passes, though each criterion alone would be worth enough."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy

from ami_scoring.scoring.advice.bars import MOST_KINDS, advise_bars

CALL = """
facts:
  - {name: n, type: integer, label: N, minimum: 0, maximum: 9}
  - {name: rural, type: boolean, label: Rural}
  - {name: lieu, type: choice, label: Lieu, choices: [LIEUX]}
criteria:
  - {id: commune, label: C, weight: 40,
     rule: {kind: cases, otherwise: 0, rows: [{if: {fact: porteur.type, is: commune}, points: 40}]}}
  - {id: epci, label: E, weight: 40,
     rule: {kind: cases, otherwise: 5, rows: [{if: {fact: porteur.type, is: epci}, points: 40}]}}
  - id: reste
    label: R
    weight: 20
    capped: oui
    criteria:
      - {id: n, label: N, weight: 20, rule: {kind: per_unit, fact: complements.n, points: 2, at_most: 15}}
      - {id: rural, label: U, weight: 10,
         rule: {kind: lookup, fact: complements.rural, points: {oui: 10, non: 0}}}
selection: {places: 1, SELECTION}
"""


def call(selection: str, places: int = 3) -> str:
    names = ", ".join(f"l{place}" for place in range(places))
    return CALL.replace("SELECTION", selection).replace("LIEUX", names)


TOTAL = ("selection", "minimum")
FLOOR = ("selection", "floors", 0, "at_least")


@pytest.mark.parametrize(
    ("selection", "paths"),
    [
        ("minimum: 65", []),
        ("minimum: 66", [TOTAL]),
        ("minimum: {at_least: 65, strict: oui}", [TOTAL]),
        ("decides_from: 66", []),
        ("floors: [{label: L, when: {fact: porteur.type, is: commune}, at_least: 65}]", []),
        ("floors: [{label: L, when: {fact: porteur.type, is: epci}, at_least: 61}]", [FLOOR]),
        ("floors: [{label: L, when: {fact: porteur.type, is: autre}, at_least: 26}]", [FLOOR]),
        ("floors: [{label: L, when: {fact: complements.rural, is: non}, at_least: 60}]", []),
        ("floors: [{label: L, when: {fact: complements.rural, is: non}, at_least: 61}]", [FLOOR]),
        ("floors: [{label: L, when: {fact: complements.n, at_least: 9}, at_least: 65}]", []),
        ("thresholds: [{criterion: reste, at_least: 20}]", []),
        ("thresholds: [{criterion: n, at_least: 15}]", []),
        ("thresholds: [{criterion: n, at_least: 16}]", [("selection", "thresholds", 0, "at_least")]),
        ("thresholds: [{criterion: n, share: 9/10}]", [("selection", "thresholds", 0, "share")]),
        ("thresholds: [{criterion: n, on: mark, at_least: 16}]", []),
    ],
)
def test_a_bar_out_of_reach_of_all_that_it_concerns_is_told(selection: str, paths: list[tuple[object, ...]]) -> None:
    assert [each.path for each in advise_bars(policy(call(selection)))] == paths


def test_it_says_how_much_the_rules_give_together() -> None:
    (problem,) = advise_bars(policy(call("minimum: 70")))
    assert plain(problem.message) == "Personne n'atteint ce seuil : les règles donnent au plus 65."


@pytest.mark.parametrize(
    "written",
    [
        "if_missing: zero,\n     rule: {kind: cases, otherwise: 0",
        "if_missing: zero, open_ended: oui,\n     rule: {kind: cases, otherwise: 0",
        "\n     rule: {kind: cases, otherwise: 0, rows: [{if: {fact: porteur.type, present: non}, points: 1}",
    ],
)
def test_an_answer_that_may_never_come_tells_nobody_apart(written: str) -> None:
    text = call("minimum: 66").replace("\n     rule: {kind: cases, otherwise: 0", written, 1)
    if "open_ended" in written:
        text = text.replace("label: C, weight: 40,", "label: C,")
    if "present" in written:
        text = text.replace("points: 1}, rows: [", "points: 1}, ", 1)
    assert list(advise_bars(policy(text))) == []


def test_more_choices_than_can_be_tried_are_not_told_apart() -> None:
    floor = "floors: [{label: L, when: {fact: complements.lieu, is: l0}, at_least: 66}]"
    assert len(list(advise_bars(policy(call(floor, places=MOST_KINDS + 1))))) == 1
    assert len(list(advise_bars(policy(call(floor, places=MOST_KINDS - 1))))) == 0


def test_a_bar_to_exceed_is_out_of_reach_where_it_is_only_reached() -> None:
    (problem,) = advise_bars(policy(call("minimum: {at_least: 65, strict: oui}")))
    assert plain(problem.message) == "Personne ne dépasse ce seuil : les règles donnent au plus 65."
