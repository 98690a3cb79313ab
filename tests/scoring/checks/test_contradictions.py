"""Two answers whose cell is impossible are refused, each at its place."""

from __future__ import annotations

import pytest
from tests.scoring.building import candidature, plain, policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING
from ami_scoring.exact import Fraction
from ami_scoring.scoring.checks.contradictions import contradictions_check
from ami_scoring.scoring.marks import score

CALL = """
facts:
  - {name: qui, type: choice, label: Qui, choices: [maitre, hote]}
  - {name: titre, type: choice, label: Titre, choices: [acte, bail, rien]}
criteria:
  - id: a
    label: A
    weight: 50
    rule: {kind: table, rows: ROWS, columns: complements.titre, points: POINTS}
  - {id: b, label: B, weight: 50, rule: {kind: lookup, fact: complements.titre, points: {acte: 50, bail: 20, rien: 0}}}
"""
BOTH = "{maitre: {acte: 50, bail: impossible, rien: 0}, hote: {acte: impossible, bail: 10, rien: 0}}"
ONE = "{commune: {acte: Impossible, bail: 5, rien: 0}, epci: {acte: 5, bail: 5}, autre: {acte: 5}}, otherwise: 0"


def call(rows: str = "complements.qui", points: str = BOTH) -> Criteria:
    return policy(CALL.replace("ROWS", rows).replace("POINTS", points))


@pytest.mark.parametrize(
    ("criteria", "given", "places"),
    [
        (call(), "complements: {qui: maitre, titre: bail}", [("qui", "titre")]),
        (call(), "complements: {qui: Hôte, titre: Acte}", [("qui", "titre")]),
        (call(), "complements: {qui: maitre, titre: acte}", []),
        (call(), "complements: {qui: maitre}", []),
        (call(), "complements: {titre: bail}", []),
        (call(), "complements: {qui: personne, titre: bail}", []),
        (call("porteur.type", ONE), "porteur: {nom: N, type: commune}\ncomplements: {titre: acte}", [("titre",)]),
        (call("porteur.type", ONE), "porteur: {nom: N, type: epci}\ncomplements: {titre: acte}", []),
    ],
)
def test_answers_that_exclude_one_another_are_refused(
    criteria: Criteria, given: str, places: list[tuple[str, ...]]
) -> None:
    for wave in (None, criteria.waves[0]):
        problems = list(contradictions_check(criteria, {})(candidature(given), wave))
        assert [tuple(path[1] for path in (each.path, *each.related)) for each in problems] == places
        assert all(each.code == "answers-exclusive" for each in problems)


def test_it_says_both_answers() -> None:
    (problem,) = contradictions_check(call(), {})(candidature("complements: {qui: maitre, titre: bail}"), None)
    assert plain(problem.message) == "« Qui » : maitre et « Titre » : bail s'excluent."


def test_a_call_without_such_a_cell_looks_at_nothing() -> None:
    criteria = call(points="{maitre: {acte: 50, bail: 0, rien: 0}, hote: {acte: 0, bail: 10, rien: 0}}")
    assert list(contradictions_check(criteria, {})(candidature("complements: {qui: maitre, titre: bail}"), None)) == []


@pytest.mark.parametrize(
    ("qui", "titre", "low", "high"),
    [
        ("maitre", None, 0, 100),
        ("hote", None, 0, 30),
        (None, "acte", 100, 100),
        (None, "bail", 30, 30),
        (None, None, 0, 100),
    ],
)
def test_what_is_missing_is_never_what_cannot_be(qui: str | None, titre: str | None, low: int, high: int) -> None:
    card = score(call(), {"complements.qui": qui or MISSING, "complements.titre": titre or MISSING})
    assert (card.low, card.high, card.is_wide) == (Fraction(low), Fraction(high), False)


def test_where_every_completion_is_excluded_bounds_are_only_said_to_be_wide() -> None:
    first = "{maitre: {acte: 50, bail: 10, rien: impossible, don: impossible}}, otherwise: 1"
    second = "{maitre: {acte: impossible, bail: impossible, rien: 50, don: 10}}, otherwise: 1"
    table = "{kind: table, rows: complements.qui, columns: complements.titre, points: %s}"
    leaves = [
        f"{{id: {name}, label: A, weight: 50, rule: {table % points}}}"
        for name, points in (("a", first), ("b", second))
    ]
    facts = CALL[: CALL.index("criteria")].replace("rien]", "rien, don]")
    criteria = policy(f"{facts}\ncriteria: [{', '.join(leaves)}]")
    assert score(criteria, {"complements.qui": "maitre", "complements.titre": MISSING}).is_wide
