"""How large numbers may become is proved from what facts declare, before any candidature is read."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy

from ami_scoring.domain.simple_rules import Bands
from ami_scoring.exact import Fraction
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.checks.sizes import MOST_DIGITS, MOST_STEPS, check_sizes
from ami_scoring.scoring.marks import evaluate

FACTS = """
facts:
  - {name: libre, label: Libre, type: decimal}
  - {name: borne, label: Bornée, type: decimal, minimum: 0, maximum: 9, step: 0.1}
  - {name: tiers, label: Au tiers, type: decimal, minimum: 0, maximum: 9, step: 1/3}
  - {name: entier, label: Entière, type: integer}
  - {name: debut, label: Début, type: date}
  - {name: fin, label: Fin, type: date}
"""


LOOKUP = "{kind: lookup, fact: zonage, points: {ZIP: 1}, otherwise: 0}"
EXACT = "{kind: per_unit, fact: complements.libre, points: 1, every: 7, at_most: 10, count: exact}"


def computed(*operations: str) -> str:
    return (
        FACTS
        + "computed:\n"
        + "".join(
            f"  - {{name: c{place}, label: C{place}, {operation}}}\n" for place, operation in enumerate(operations)
        )
    )


def found(*operations: str) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.code, problem.path) for problem in check_sizes(policy(computed(*operations)))]


def several(name: str, times: int) -> str:
    return f"[{', '.join([f'complements.{name}'] * times)}]"


@pytest.mark.parametrize(
    "operation",
    [
        f"product_of: {several('libre', 22)}",
        f"product_of: {several('borne', 333)}",
        f"product_of: {several('tiers', 333)}",
        f"product_of: {several('entier', 66)}",
        f"sum_of: {several('libre', 2000)}",
        f"highest_of: {several('libre', 2000)}",
        f"lowest_of: {several('libre', 2000)}",
        "ratio: {of: complements.libre, to: complements.libre}",
        "difference: {of: complements.libre, minus: 1.5}",
        "months: {from: complements.debut, to: complements.fin}",
        "days: {from: complements.debut, to: complements.fin}",
        "sum_of: [complements.absente, 1]",
        "rule: {kind: per_unit, fact: complements.libre, points: 1, at_most: 10, count: exact}",
        "rule: {kind: linear, fact: complements.libre, knots: [{at: 0, points: 0}, {at: 7, points: 3}]}",
        "rule: {kind: cases, rows: [{if: {fact: complements.libre, at_least: 1}, points: 1}], otherwise: 0}",
        "rule: {kind: sum_of, rules: [" + ", ".join([LOOKUP] * 100) + "]}",
    ],
)
def test_what_stays_within_bounds_is_let_through(operation: str) -> None:
    assert found(operation) == []


@pytest.mark.parametrize(
    ("operation", "key"),
    [
        (f"product_of: {several('libre', 23)}", "product_of"),
        (f"product_of: {several('borne', 334)}", "product_of"),
        (f"product_of: {several('entier', 67)}", "product_of"),
        ("rule: {kind: sum_of, rules: [" + ", ".join([EXACT] * 40) + "]}", "rule"),
    ],
)
def test_one_factor_too_many_is_refused_at_its_operation(operation: str, key: str) -> None:
    assert found(operation) == [("number-too-large", ("computed", 0, key))]


def test_squares_of_squares_are_refused_once() -> None:
    squares = [f"product_of: [{name}, {name}]" for name in ("complements.libre", *(f"calculs.c{i}" for i in range(9)))]
    assert found(*squares) == [("number-too-large", ("computed", 4, "product_of"))]


def test_quotients_of_quotients_add_up_their_denominators() -> None:
    thirds = ["ratio: {of: complements.libre, to: complements.libre}"] * 30
    assert found(*thirds, f"sum_of: [{', '.join(f'calculs.c{i}' for i in range(30))}]") == [
        ("number-too-large", ("computed", 30, "sum_of"))
    ]


def test_the_sentence_gives_the_digits_and_the_limit() -> None:
    (problem,) = check_sizes(policy(computed(f"product_of: {several('libre', 40)}")))
    assert (
        str(problem.message).replace("\u202f", " ") == "« C0 » pourrait compter 1 800 chiffres ; le maximum est 1 000."
    )
    assert MOST_DIGITS == 1000


def test_a_chain_of_computed_facts_has_an_end() -> None:
    chain = ["sum_of: [complements.libre, 1]", *(f"sum_of: [calculs.c{i}, 1]" for i in range(MOST_STEPS - 1))]
    assert found(*chain) == []
    assert found(*chain, f"sum_of: [calculs.c{MOST_STEPS - 1}, 1]") == [("computed-chain", ("computed", MOST_STEPS))]


@pytest.mark.parametrize("backwards", [False, True])
def test_a_chain_of_any_length_is_told_and_never_followed(backwards: bool) -> None:
    many = 3_000
    chain = [f"sum_of: [calculs.c{(i + 1) if backwards else max(i - 1, 0)}, 1]" for i in range(many)]
    codes = {problem.code for problem in check_criteria(policy(computed(*chain)))}
    assert codes & {"unknown-fact", "computed-chain"}


@pytest.mark.parametrize("count", [3, 40])
@pytest.mark.parametrize("edges", [("from", "below"), ("above", "up_to")])
def test_a_value_finds_its_band_among_few_or_many(count: int, edges: tuple[str, str]) -> None:
    first, last = edges
    bands = [{first: low, last: low + 1, "points": low} for low in range(count)]
    rule = Bands.model_validate({"kind": "bands", "fact": "complements.libre", "bands": bands})
    inside = [evaluate(rule, {"complements.libre": Fraction(2 * low + 1, 2)}).points for low in range(count)]
    assert inside == list(range(count))
    ends = [evaluate(rule, {"complements.libre": Fraction(low)}).points for low in range(1, count)]
    assert ends == [low if first == "from" else low - 1 for low in range(1, count)]
    assert evaluate(rule, {"complements.libre": Fraction(-1)}).refused is not None
    assert evaluate(rule, {"complements.libre": Fraction(count + 1)}).refused is not None


@pytest.mark.parametrize("odd", [{"below": 1}, {"from": -5, "below": -4}, {"from": "2024-01-01"}])
def test_bands_out_of_order_are_looked_at_one_by_one(odd: dict[str, object]) -> None:
    bands = [{"from": low, "below": low + 1, "points": low} for low in range(30)]
    rule = Bands.model_validate({"kind": "bands", "fact": "complements.libre", "bands": [*bands, {**odd, "points": 0}]})
    assert rule.first_for(Fraction(29)) == 0
