"""One wrong condition for each mistake, with the code and the exact place that the finding names."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter
from tests.scoring.building import catalogue_with, read

from ami_scoring.domain.conditions import AnyCondition, Condition
from ami_scoring.scoring.checks.conditions import check_condition

CONDITION: TypeAdapter[AnyCondition] = TypeAdapter(Condition)
FACTS = catalogue_with(
    [
        {"name": "n", "type": "integer", "label": "N", "minimum": "0"},
        {"name": "share", "type": "percentage", "label": "Part", "minimum": "0", "maximum": "1"},
    ]
)
Place = tuple[str | int, ...]


CONDITIONS: list[tuple[str, list[tuple[str, Place]]]] = [
    ("{fact: x, is: 1}", [("unknown-fact", ("if", "fact"))]),
    ("{fact: pieces, is: plan}", [("type-mismatch", ("if", "is"))]),
    ("{fact: pieces, at_least: 1}", [("type-mismatch", ("if", "at_least"))]),
    ("{fact: zonage, includes: ZIP}", [("type-mismatch", ("if", "includes"))]),
    ("{fact: zonage, at_least: 1}", [("type-mismatch", ("if", "at_least"))]),
    ("{fact: zonage, is: ZRR}", [("category-unknown", ("if", "is"))]),
    ("{fact: zonage, in: [ZIP, ZRR]}", [("category-unknown", ("if", "in"))]),
    ("{fact: locaux.adaptes, is: vrai}", [("category-unknown", ("if", "is"))]),
    ("{fact: complements.n, is: trois}", [("type-mismatch", ("if", "is"))]),
    ("{fact: complements.n, above: 2022-01-01}", [("type-mismatch", ("if", "above"))]),
    ("{fact: complements.n, from: 2022-01-01}", [("type-mismatch", ("if", "from"))]),
    ("{fact: depose_le, from: 3}", [("type-mismatch", ("if", "from"))]),
    ("{fact: depose_le, at_least: 2022-01-01}", [("type-mismatch", ("if", "at_least"))]),
    ("{fact: complements.n, from: 3}", [("type-mismatch", ("if", "from"))]),
    ("{fact: depose_le, not_in: [hier]}", [("type-mismatch", ("if", "not_in"))]),
    ("{any: [{fact: zonage, is: ZIP}, {fact: x, is: 1}]}", [("unknown-fact", ("if", "any", 1, "fact"))]),
    ("{fact: zonage, is_not: zip}", []),
    ("{fact: pieces, includes_any: [plan]}", []),
    ("{fact: pieces, present: non}", []),
    ("{fact: complements.n, not_in: [1, 2]}", []),
    ("{fact: implantation.departement, is: '32'}", []),
    ("{fact: implantation.departement, in: ['09', 2a, 974, 9]}", [("category-unknown", ("if", "in"))]),
    ("{fact: depose_le, is: 2022-01-01}", []),
    ("{fact: depose_le, before: 2022-01-01}", []),
    ("{fact: complements.share, below: 0.5}", []),
    ("{fact: complements.share, below: {fact: complements.n}}", []),
    ("{fact: zonage, is: {fact: porteur.type}}", []),
    ("{fact: depose_le, from: {fact: locaux.disponibles_le}}", []),
    ("{fact: depose_le, from: {fact: depose_le}}", [("fact-against-itself", ("if", "from", "fact"))]),
    ("{fact: complements.n, at_most: {fact: x}}", [("unknown-fact", ("if", "at_most", "fact"))]),
    ("{fact: complements.n, is: {fact: zonage}}", [("type-mismatch", ("if", "is", "fact"))]),
    ("{fact: pieces, is: {fact: diagnostic.partage_avec}}", [("type-mismatch", ("if", "is", "fact"))]),
    ("{fact: complements.n, from: {fact: complements.share}}", [("type-mismatch", ("if", "from"))]),
    ("{fact: depose_le, at_least: {fact: locaux.disponibles_le}}", [("type-mismatch", ("if", "at_least"))]),
    ("{fact: zonage, above: {fact: porteur.type}}", [("type-mismatch", ("if", "above"))]),
]


@pytest.mark.parametrize(("condition", "problems"), CONDITIONS)
def test_a_condition_fits_the_type_of_its_fact(condition: str, problems: list[tuple[str, Place]]) -> None:
    checked = check_condition(CONDITION.validate_python(read(condition)), ("if",), FACTS)
    assert [(problem.code, problem.path) for problem in checked] == problems


@pytest.mark.parametrize(
    ("condition", "mended"),
    [
        ("{fact: depose_le, at_most: 2022-01-01}", "« until » à la place de « at_most »"),
        ("{fact: depose_le, above: 2022-01-01}", "« after » à la place de « above »"),
        ("{fact: complements.n, from: 3}", "« at_least » à la place de « from »"),
    ],
)
def test_a_test_meant_for_another_type_comes_with_the_right_one(condition: str, mended: str) -> None:
    (problem,) = check_condition(CONDITION.validate_python(read(condition)), ("if",), FACTS)
    assert str(problem.message).endswith(f"il faut ici {mended}.")
