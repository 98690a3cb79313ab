"""The working of a rule, line by line."""

from __future__ import annotations

import pytest
from tests.scoring.building import one_criterion, plain, read, scored_by

from ami_scoring.scoring.telling.working import Sign, Step, steps


def lines(told: tuple[Step, ...], depth: int = 0) -> list[str]:
    return [
        line
        for step in told
        for line in (f"{'  ' * depth}[{step.sign.value}] {plain(step.said)}", *lines(step.below, depth + 1))
    ]


def working(rule: str, given: str) -> list[str]:
    criteria = one_criterion({"weight": "100", "rule": read(rule)})
    card = scored_by(criteria, read(given))
    appraisal, made = card.marks["a"].appraisal, criteria.criteria[0].rule
    assert appraisal is not None
    assert made is not None
    return lines(steps(made, appraisal.outcome, card.values, criteria.catalogue))


CHECKLIST = """
kind: checklist
items:
  - {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 2}
  - {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 4}, points: 4}
  - {label: Accessibles, if: {fact: locaux.accessibles, is: oui}, points: 8}
  - {label: Plan, if: {fact: pieces, includes: plan}, points: 1}
exclusive: [[deux, quatre]]
"""


def test_the_working_of_a_checklist_shows_every_item() -> None:
    assert working(CHECKLIST, "{locaux.bureaux: 4, pieces: []}") == [
        "[plain] 1 sur 4 (Quatre bureaux) → 4 points",
        "  [unmet] Deux bureaux : rempli, mais exclu par un autre élément",
        "  [counted] Quatre bureaux → 4 points",
        "  [unknown] Accessibles : non renseigné (8 points possibles)",
        "  [unmet] Plan : non",
    ]


ROWS = """
kind: cases
rows:
  - {if: {fact: locaux.etat, is: aucun}, points: 0}
  - {if: {fact: locaux.etat, is: existants}, rule: {kind: per_unit, fact: locaux.bureaux, points: 2, at_most: 8}}
  - {if: {fact: locaux.adaptes, is: oui}, points: 3}
otherwise: 1
"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "{locaux.etat: existants, locaux.bureaux: 3}",
            [
                "[counted] « État des locaux » : existants → 6 points",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [counted] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "    [counted] Nombre de bureaux de consultation : 3 → 6 points (3 × 2 points par unité)",
                "  [plain] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
        (
            "{locaux.etat: travaux, locaux.adaptes: non}",
            [
                "[counted] aucun des cas prévus → 1 point",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [unmet] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "  [unmet] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
        (
            "{locaux.etat: travaux}",
            [
                "[unknown] non décidé sans « Locaux adaptés »",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [unmet] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "  [unknown] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
    ],
)
def test_the_working_of_a_decision_table_shows_every_row(given: str, told: list[str]) -> None:
    assert working(ROWS, given) == told


def test_a_refused_cell_is_told() -> None:
    rule = "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1}}}"
    assert working(rule, "{zonage: ZAC, locaux.adaptes: oui}")[0].startswith(f"[{Sign.UNMET.value}]")
