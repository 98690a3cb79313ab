"""What the tests of the jury start from: a policy that has two subjects judged, a roster, candidatures."""

from __future__ import annotations

from typing import Final

from tests.scoring.building import candidature, policy, read

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.jury import Assignments, Jury

CRITERIA: Final = """
criteria:
  - id: projet
    label: Projet
    weight: 50
    reference: article 1
    out_of: 5
    rule: {kind: judgement, on: projet, highest: 5, required: 2, discuss_above: 2}
  - id: reste
    label: Le reste
    weight: 50
    rule:
      kind: sum_of
      rules:
        - {kind: judgement, on: équipe, highest: 20}
        - {kind: judgement, on: budget, tiers: {Fort: {points: 30, text: Tenu}, Faible: {points: 0, text: Rien}}}
"""


def judged() -> Criteria:
    """Make the policy."""
    return policy(CRITERIA)


def jury(assessors: str, more: str = "") -> Jury:
    """Make a roster of YAML assessors, a line each."""
    return Jury.model_validate(read(f"language: 1\nseed: essai\n{more}\nassessors:\n{assessors}"))


def three(interests: str = "[]") -> Jury:
    """Make a roster of three, of whom the last declares interests."""
    return jury(
        "  - {id: e1, name: Zoé Un, spellings: [Z. Un]}\n"
        "  - {id: e2, name: Adam Deux}\n"
        f"  - {{id: e3, name: Léa Trois, interests: {interests}}}"
    )


def given(assignments: str, seed: str = "essai") -> Assignments:
    """Make assignments of YAML lines."""
    return Assignments.model_validate(read(f"language: 1\nseed: {seed}\nassignments: {assignments}"))


def dossiers(count: int) -> list[Candidature]:
    """Make candidatures A-1, A-2… each in a commune of its own: 09001, 09002…"""
    return [
        candidature(f'reference: A-{n}\nimplantation: {{communes: [{{code_insee: "09{n:03}"}}]}}')
        for n in range(1, count + 1)
    ]
