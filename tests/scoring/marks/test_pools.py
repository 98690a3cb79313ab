"""What the best of a pool could become, from what each candidature of it still leaves open."""

from __future__ import annotations

import pytest
from tests.scoring.building import catalogue_with, rule_of

from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.simple_rules import Relative
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.pools import Rival, spread

FACTS = catalogue_with([{"name": "n", "type": "integer", "label": "N", "minimum": 0, "maximum": 100}])
FREE = catalogue_with([{"name": "n", "type": "integer", "label": "N"}])
N = "complements.n"
OPEN = Missing()
SOME = Missing(at_least=Fraction(20), at_most=Fraction(70))


def told(best: str, *pool: tuple[Value, bool], free: bool = False) -> list[tuple[object, object] | None]:
    """Give the bounds of the best value as each candidature sees it; None where it is settled."""
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: {best}}}")
    assert isinstance(rule, Relative)
    rivals = [Rival({N: value}, stays) for value, stays in pool]
    spread([rule], rivals, FREE if free else FACTS)
    found = [next((value for name, value in each.values.items() if name != N), None) for each in rivals]
    return [(each.at_least, each.at_most) if isinstance(each, Missing) else None for each in found]


@pytest.mark.parametrize(
    ("best", "pool", "bounds"),
    [
        ("lowest", [(50, True), (60, True)], [None, None]),
        ("highest", [(50, True), (60, True)], [None, None]),
        ("lowest", [(50, True), (OPEN, True)], [(0, 50), None]),
        ("highest", [(50, True), (OPEN, True)], [(50, 100), None]),
        ("lowest", [(50, True), (SOME, True)], [(20, 50), None]),
        ("highest", [(50, True), (SOME, True)], [(50, 70), None]),
        ("lowest", [(50, True), (40, False)], [(40, 50), None]),
        ("highest", [(50, True), (60, False)], [(50, 60), None]),
        ("lowest", [(60, False), (50, True)], [None, None]),
    ],
)
def test_the_best_of_a_pool_is_bounded_by_who_may_come_and_who_surely_stays(
    best: str, pool: list[tuple[Value, bool]], bounds: list[tuple[int, int] | None]
) -> None:
    assert told(best, *pool) == bounds


@pytest.mark.parametrize(("best", "bounds"), [("lowest", (None, 50)), ("highest", (50, None))])
def test_what_nothing_bounds_leaves_the_best_open(best: str, bounds: tuple[int | None, int | None]) -> None:
    assert told(best, (50, True), (OPEN, True), free=True) == [bounds, None]
