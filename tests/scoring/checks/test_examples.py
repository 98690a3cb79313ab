"""Worked examples: exact points, whole candidatures with a total, or refused by name."""

from __future__ import annotations

import pytest
from tests.scoring.building import read

from ami_scoring.domain.criteria import Criteria, WholeExample
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.findings import Problem
from ami_scoring.scoring.checks.criteria import check_criteria

POLICY = """
language: 1
call: {title: Appel, edition: essai, authority: Comité}
total: 4
waves: [{id: v1, closes: 2022-09-30}]
facts: [{name: n, type: integer, label: N, minimum: 0, maximum: 9}]
computed: [{name: part, label: Part, type: percentage, maximum: 3, ratio: {of: complements.n, to: 3}}]
eligibility:
  - {id: porteur, label: Porteur public, require: {fact: porteur.type, in: [commune, epci]}}
  - {id: lits, label: Des lits, require: {fact: complements.n, above: 0}}
criteria:
  - id: c
    label: C
    weight: 4
    rule: {kind: linear, fact: calculs.part, knots: [{at: 0, points: 0}, {at: 3, points: 4}]}
selection: {places: 1}
"""


def problems(examples: str, *, whole: bool = False) -> list[Problem]:
    data = read(POLICY)
    (data if whole else data["criteria"][0])["examples"] = read(examples)
    return [problem for problem in check_criteria(Criteria.model_validate(data)) if problem.code.startswith("example")]


@pytest.mark.parametrize(
    "example",
    [
        "{given: {complements.n: 2}, points: 8/9}",
        "{given: {calculs.part: 2/3}, points: 8/9}",
        "{given: {calculs.part: 66.6 %}, points: 0.888}",
    ],
)
def test_an_example_expects_and_gives_exact_numbers(example: str) -> None:
    assert problems(f"[{example}]") == []


def test_points_that_are_only_near_fail() -> None:
    (problem,) = problems("[{given: {calculs.part: 2/3}, points: 0.8888889}]")
    assert str(problem.message) == (
        "L'exemple attend 0,89 (exactement\u00a08888889/10000000)\u00a0point ; "
        "la règle en donne 0,89 (exactement\u00a08/9)."
    )


@pytest.mark.parametrize(
    ("points", "code", "said"),
    [
        ("2", "example-undecided", "Cet exemple ne dit pas tout : selon ce qui manque, il vaut de 0 à 4\u00a0points."),
        ("4", "example-undecided", "Cet exemple ne dit pas tout : selon ce qui manque, il vaut de 0 à 4\u00a0points."),
        ("5", "example-fails", "L'exemple attend 5\u00a0points ; la règle en donne de 0 à 4."),
    ],
)
def test_an_example_that_leaves_unsaid_what_decides_is_told_so(points: str, code: str, said: str) -> None:
    (problem,) = problems(f"[{{given: {{}}, points: {points}}}]")
    assert (problem.code, str(problem.message)) == (code, said)


def test_a_candidature_refused_has_no_total() -> None:
    (problem,) = problems("[{given: {porteur.type: autre, complements.n: 3}, total: 4/3}]", whole=True)
    assert (problem.code, problem.path) == ("example-fails", ("examples", 0, "total"))
    assert "la recevabilité le refuse (porteur)" in str(problem.message)


@pytest.mark.parametrize(
    "example",
    [
        "{given: {porteur.type: commune, complements.n: 3}, total: 4/3}",
        "{given: {porteur.type: autre}, refused: [porteur]}",
        "{given: {porteur.type: autre, complements.n: 0}, refused: [lits, porteur]}",
    ],
)
def test_a_whole_candidature_gets_its_total_or_its_refusal(example: str) -> None:
    assert problems(f"[{example}]", whole=True) == []


@pytest.mark.parametrize(
    ("example", "said"),
    [
        (
            "{given: {porteur.type: commune}, refused: [porteur]}",
            "L'exemple attend un refus par porteur ; les conditions qui refusent : aucune.",
        ),
        (
            "{given: {porteur.type: autre, complements.n: 0}, refused: [porteur]}",
            "L'exemple attend un refus par porteur ; les conditions qui refusent : porteur, lits.",
        ),
        (
            "{given: {porteur.type: autre}, refused: [absente]}",
            "L'exemple attend un refus par absente ; les conditions qui refusent : porteur.",
        ),
    ],
)
def test_a_refusal_by_other_gates_is_an_error(example: str, said: str) -> None:
    (problem,) = problems(f"[{example}]", whole=True)
    assert (problem.code, problem.path) == ("example-fails", ("examples", 0, "refused"))
    assert str(problem.message) == said


@pytest.mark.parametrize("expected", ["{}", "{total: 1, refused: [porteur]}"])
def test_an_example_expects_a_total_or_a_refusal(expected: str) -> None:
    with pytest.raises(InvalidDataError, match="soit un total"):
        WholeExample.model_validate({"given": {}, **read(expected)})
