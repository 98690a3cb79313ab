"""The places of a policy that examples exercise, in the words of an elected official."""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import Bands, Judgement, Linear, Lookup, PerUnit, Relative, Table
from ami_scoring.messages import spell
from ami_scoring.scoring.examples.branches import BEFORE, BEST, BEYOND, COUNTED, FLOORED, NOTHING, OTHERWISE
from ami_scoring.scoring.examples.coverage import MET, nodes_of
from ami_scoring.scoring.telling import band_word, condition_word
from ami_scoring.scoring.words import Path, number_word

Catalogue = Mapping[str, Fact]


def place_word(place: Path, criteria: Criteria) -> str:
    """Name a place of a policy: `« Zonage » : ZAC`, `« Le porteur est une commune » : remplie`."""
    if place[0] == "eligibility":
        gate = criteria.eligibility[int(place[1])]
        return f"« {gate.label} » : {'remplie' if place[2] == MET else 'non remplie'}"
    if place[0] == "computed":
        computed = criteria.computed[int(place[1])]
        said = "calculée" if computed.rule is None else branch_word(computed.rule, place[3:], criteria.catalogue)
        return f"« {computed.label} » : {said}"
    at = {path: node for node, path in nodes_of(criteria)}
    path = next(place[:length] for length in range(len(place), 0, -1) if place[:length] in at)
    node = at[path]
    if node.rule is None:
        return f"« {node.label} » : plafonné à {spell(node.weight)}"
    return f"« {node.label} » : {branch_word(node.rule, place[len(path) + 1 :], criteria.catalogue)}"


def branch_word(rule: AnyRule, branch: Path, catalogue: Catalogue) -> str:
    """Name a branch of a rule: `de 6 mois à moins de 12 mois`, `ligne 2, ZAC`, `plafond de 10`."""
    match rule:
        case Lookup() | Table():
            return "toute autre valeur" if branch[0] == OTHERWISE else " et ".join(str(part) for part in branch[1:])
        case Bands():
            return band_word(catalogue[rule.fact], rule.bands[int(branch[1])])
        case Linear():
            return _segment_word(rule, branch, catalogue[rule.fact])
        case PerUnit():
            return {NOTHING: "aucune tranche", COUNTED: "des tranches"}.get(str(branch[0])) or _limit_word(rule, branch)
        case Judgement():
            return "plusieurs avis"
        case Relative():
            if rule.by_rank:
                ahead = branch[0] == OTHERWISE
                return f"rang au-delà de {len(rule.by_rank)}" if ahead else f"rang {int(branch[1]) + 1}"
            return "la meilleure valeur du groupe" if branch[0] == BEST else "une autre valeur que la meilleure"
        case Checklist():
            return rule.items[int(branch[1])].label if branch[0] == "items" else _limit_word(rule, branch)
        case Cases():
            return _case_word(rule, branch, catalogue)
        case BestOf() | WorstOf() | SumOf():
            return _part_word(rule, branch, catalogue)


def _segment_word(rule: Linear, branch: Path, fact: Fact) -> str:
    place = int(branch[1])
    at = number_word(fact, rule.knots[place].at)
    if branch[-1] in {BEFORE, BEYOND}:
        return f"{'moins' if branch[-1] == BEFORE else 'plus'} de {at}"
    return f"de {at} à {number_word(fact, rule.knots[place + 1].at)}"


def _case_word(rule: Cases, branch: Path, catalogue: Catalogue) -> str:
    if branch[0] == OTHERWISE:
        return "aucun des cas prévus"
    row = rule.rows[int(branch[1])]
    if row.rule is None:
        return f"ligne {int(branch[1]) + 1}, {condition_word(row.if_, catalogue)}"
    return f"ligne {int(branch[1]) + 1}, {branch_word(row.rule, branch[3:], catalogue)}"


def _part_word(rule: BestOf | WorstOf | SumOf, branch: Path, catalogue: Catalogue) -> str:
    if branch[0] != "rules":
        return _limit_word(rule, branch)
    number = int(branch[1])
    if len(branch) == 2:
        return f"la règle {number + 1} l'emporte"
    return f"règle {number + 1}, {branch_word(rule.rules[number], branch[2:], catalogue)}"


def _limit_word(rule: PerUnit | Checklist | BestOf | WorstOf | SumOf, branch: Path) -> str:
    floor = None if isinstance(rule, PerUnit) else rule.at_least
    word, limit = ("plancher", floor) if branch[-1] == FLOORED else ("plafond", rule.at_most)
    return f"{word} de {spell(limit)}"
