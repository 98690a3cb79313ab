"""What would have sufficed where conditions compare facts: what the other one is, or was voted."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.scoring.building import plain, policy, read, values_of

from ami_scoring.domain.facts import Value
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import score
from ami_scoring.scoring.sufficient import what_would_suffice

CALL = """
facts:
  - {name: bassin, type: choice, label: Bassin, choices: [nord, sud]}
  - {name: conjoint, type: choice, label: Conjoint, choices: [nord, sud]}
  - {name: lieu, type: text, label: Lieu}
  - {name: logement, type: text, label: Logement}
  - {name: cout, type: money, label: Coût, minimum: 0, unit: €}
  - {name: aide, type: money, label: Aide, minimum: 0, unit: €}
  - {name: debut, type: date, label: Début}
  - {name: fin, type: date, label: Fin}
  - {name: rural, type: boolean, label: Rural}
  - {name: isole, type: boolean, label: Isolé}
parameters: [{name: plafond, label: Plafond, unit: €, values: [{value: 100}]}]
criteria: [{id: a, label: A, weight: 10, rule: RULE}]
"""
ROW = "{{kind: cases, otherwise: 0, rows: [{{if: {}, points: 10}}]}}"


@pytest.mark.parametrize(
    ("condition", "given", "said"),
    [
        ("{fact: complements.bassin, is: {fact: complements.conjoint}}", "{complements.bassin: nord, complements.conjoint: sud}", "« Bassin » : comme « Conjoint »"),
        ("{fact: complements.lieu, is: {fact: complements.logement}}", "{complements.lieu: Foix, complements.logement: Pau}", "« Lieu » : comme « Logement »"),
        ("{fact: complements.rural, is: {fact: complements.isole}}", "{complements.rural: oui, complements.isole: non}", "« Rural » : comme « Isolé »"),
        ("{fact: complements.debut, before: {fact: complements.fin}}", "{complements.debut: 2023-05-02, complements.fin: 2023-05-02}", "« Début » avant « Fin »"),
        ("{fact: complements.aide, below: {fact: complements.cout}}", "{complements.aide: 40, complements.cout: 40}", "« Aide » vaut moins que « Coût »"),
        ("{fact: complements.aide, at_most: {fact: parametres.plafond}}", "{complements.aide: 140, parametres.plafond: 100}", "« Aide » vaut au plus « Plafond » (100 €)"),
    ],
)  # fmt: skip
def test_a_comparison_is_what_would_suffice(condition: str, given: str, said: str) -> None:
    criteria = policy(CALL.replace("RULE", ROW.format(condition)))
    (leaf,) = criteria.leaves
    assert leaf.rule is not None
    values = values_of(leaf.rule, read(given), criteria.catalogue)
    card = score(criteria, values)

    def works(changes: Mapping[str, Value]) -> bool:
        assert not any(name.startswith("parametres.") for name in changes)
        return score(criteria, {**values, **changes}).total == 10

    ((_, found),) = what_would_suffice(criteria, card, [Fraction(10)], works)
    assert plain(found) == said
