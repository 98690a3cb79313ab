"""Small policies, the examples that are proposed for them, and the proof that these hold when they are pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from tests.scoring.building import read
from tests.scoring.whole_policies import Data

from ami_scoring.domain.criteria import Criteria
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.examples.coverage import Coverage, Proposal, measure
from ami_scoring.scoring.examples.places import place_word
from ami_scoring.scoring.examples.proposals import propose

FRAME = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
total: 0
waves: [{id: v1, closes: 2022-09-30}]
facts:
  - {name: n, type: integer, label: Lits, minimum: 0, maximum: 9}
  - {name: d, type: decimal, label: Durée, minimum: 0, maximum: 10}
  - {name: pas, type: decimal, label: Note, minimum: 0, maximum: 20, step: 0.5}
  - {name: libre, type: decimal, label: Écart}
  - {name: m, type: choice, label: Milieu, choices: [rural, urbain]}
  - {name: o, type: boolean, label: Accord}
  - {name: p, type: boolean, label: Plan}
  - {name: t, type: text, label: Mot}
  - {name: l, type: list, label: Pièces}
  - {name: j, type: date, label: Début}
  - {name: k, type: date, label: Fin}
selection: {places: 1}
"""


def policy_of(text: str) -> Data:
    """Make a policy; a text that gives only a rule is that of its one criterion, without a maximum."""
    data = read(text)
    if "kind" in data:
        data = {"criteria": [{"id": "c", "label": "Critère", "open_ended": "oui", "down_to": "-99", "rule": data}]}
    return {**read(FRAME), **data}


def pasted(data: Data, proposals: Sequence[Proposal]) -> Criteria:
    data = deepcopy(data)
    for proposal in proposals:
        node: Any = data
        for part in proposal.owner:
            node = node[part]
        node.setdefault("examples", []).append(dict(proposal.example))
    return Criteria.model_validate(data)


def proposed(text: str) -> tuple[Coverage, list[Mapping[str, Any]]]:
    """Propose, and prove that what is proposed holds and leaves nothing else out."""
    data = policy_of(text)
    criteria = Criteria.model_validate(data)
    assert errors(criteria) == []
    found = propose(criteria)
    assert_complete(data, found)
    return found, [proposal.example for proposal in found.proposals]


def assert_complete(data: Data, found: Coverage) -> None:
    criteria = pasted(data, found.proposals)
    assert errors(criteria) == []
    assert set(measure(criteria).missed) == set(found.out_of_reach)


def errors(criteria: Criteria) -> list[Any]:
    return [problem for problem in check_criteria(criteria) if problem.severity is Severity.ERROR]


def told(text: str) -> list[str]:
    criteria = Criteria.model_validate(policy_of(text))
    return [place_word(place, criteria).removeprefix("« Critère » : ") for place in measure(criteria).places]
