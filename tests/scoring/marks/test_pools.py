"""What the best of a pool could become, from what each candidature of it still leaves open."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from tests.scoring.building import catalogue_with, policy, rule_of

from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Range
from ami_scoring.domain.simple_rules import Relative, own_facts
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.comparing import Pools
from ami_scoring.scoring.marks.completions import possible_points
from ami_scoring.scoring.marks.pools import Rival, awaits_pool, may_pass, rivals, spread, spread_of, told_anew
from ami_scoring.scoring.marks.versions import Contenders

from .test_versions import version

FACTS = catalogue_with([{"name": "n", "type": "integer", "label": "N", "minimum": 0, "maximum": 100}])
FREE = catalogue_with([{"name": "n", "type": "integer", "label": "N"}])
N, KIND = "complements.n", "complements.k"
OPEN = Missing()
NOBODY = (None, None)
"""Of one that does not say its number, no rank is bounded."""
SOME = Missing(at_least=Fraction(20), at_most=Fraction(70))


def told(best: str, *pool: tuple[Value, bool], free: bool = False) -> list[tuple[object, object] | None]:
    """Give the bounds of the best value as each candidature sees it; None where it is settled."""
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: {best}}}")
    assert isinstance(rule, Relative)
    rivals = [Rival({N: value}, stays) for value, stays in pool]
    spread([rule], rivals, FREE if free else FACTS)
    found = [each.values.get(spread_of(rule)) for each in rivals]
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


def ranks(best: str, *pool: tuple[Value, bool], free: bool = False, kinds: Sequence[str | None] = ()) -> list[object]:
    """Give the rank of each candidature or, where it is not settled, its bounds."""
    within = f", within: {KIND}" if kinds else ""
    rule = rule_of(f"{{kind: relative, fact: {N}, by_rank: [9, 8, 7, 6], best: {best}{within}}}")
    assert isinstance(rule, Relative)
    rivals = [Rival({N: value}, stays) for value, stays in pool]
    for rival, kind in zip(rivals, kinds, strict=False):
        rival.values[KIND] = OPEN if kind is None else kind
    pools = Pools([rule], [rival.values for rival in rivals])
    for rival in rivals:
        pools.tell(rival.values)
    spread([rule], rivals, FREE if free else FACTS)
    found = [each.values.get(spread_of(rule), each.values[own_facts(rule)[1]]) for each in rivals]
    return [(each.at_least, each.at_most) if isinstance(each, Missing) else each for each in found]


@pytest.mark.parametrize(
    ("best", "pool", "expected"),
    [
        ("highest", [(40, True), (30, True), (30, True), (10, True)], [1, 2, 2, 4]),
        ("lowest", [(40, True), (30, True), (30, True), (10, True)], [4, 2, 2, 1]),
        # One that may leave, one that may have any number.
        ("highest", [(40, False), (30, True), (20, True)], [1, (1, 2), (2, 3)]),
        ("highest", [(40, True), (OPEN, True), (20, True)], [(1, 2), NOBODY, (2, 3)]),
        ("highest", [(80, True), (SOME, True), (30, True)], [1, NOBODY, (2, 3)]),
    ],
)
def test_a_rank_is_bounded_by_who_may_be_ahead(
    best: str, pool: list[tuple[Value, bool]], expected: list[object]
) -> None:
    assert ranks(best, *pool) == expected


def test_whom_nothing_bounds_may_be_ahead_of_all() -> None:
    assert ranks("highest", (40, True), (OPEN, True), (OPEN, True), free=True) == [(1, 3), NOBODY, NOBODY]


def test_one_of_a_kind_that_is_not_known_may_be_ahead_of_all_kinds_and_has_no_bounds_of_its_own() -> None:
    pool: list[tuple[Value, bool]] = [(50, True), (40, True), (30, True), (60, True)]
    assert ranks("highest", *pool, kinds=[None, "rural", "rural", "urbain"]) == [(None, None), (1, 2), (2, 3), 1]


@pytest.mark.parametrize(("best", "bounds"), [("lowest", (None, 50)), ("highest", (50, None))])
def test_what_nothing_bounds_leaves_the_best_open(best: str, bounds: tuple[int | None, int | None]) -> None:
    assert told(best, (50, True), (OPEN, True), free=True) == [bounds, None]


@pytest.mark.parametrize(
    ("best", "others", "bounds"),
    [
        ("highest", [(30, True), (60, True)], (60, 60)),
        ("highest", [(30, True), (60, False)], (50, 60)),
        ("highest", [(30, True), (OPEN, True)], (50, None)),
        ("lowest", [(30, True), (OPEN, True)], (None, 30)),
        ("lowest", [(60, True)], (50, 50)),
    ],
)
def test_one_that_says_its_value_at_last_is_compared_with_the_best_of_the_others_and_itself(
    best: str, others: list[tuple[Value, bool]], bounds: tuple[int | None, int | None]
) -> None:
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: {best}}}")
    assert isinstance(rule, Relative)
    pool = [Rival({N: value}, stays) for value, stays in [(OPEN, True), *others]]
    spread([rule], pool, FREE)
    found = told_anew(rule, {**pool[0].values, N: 50})[spread_of(rule)]
    assert isinstance(found, Missing)
    assert (found.at_least, found.at_most) == bounds


@pytest.mark.parametrize(
    ("best", "other", "own", "passes"),
    [
        ("highest", 60, 50, True),
        ("highest", 50, 50, False),
        ("lowest", 40, 50, True),
        ("lowest", 60, 50, False),
        # Between 20 and 70: only the end that is better counts.
        ("highest", SOME, 70, False),
        ("highest", SOME, 60, True),
        ("lowest", SOME, 20, False),
        ("lowest", SOME, 30, True),
        # Between 0 and 100, as the fact allows.
        ("lowest", OPEN, 0, False),
        ("lowest", OPEN, 1, True),
        ("highest", OPEN, 100, False),
        ("highest", OPEN, 99, True),
    ],
)
def test_a_value_may_pass_another_where_its_best_end_is_better(
    best: str, other: Value, own: Value, passes: bool
) -> None:
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: {best}}}")
    assert isinstance(rule, Relative)
    assert may_pass(rule, FACTS[N], other, own) is passes


@pytest.mark.parametrize("best", ["highest", "lowest"])
def test_one_that_is_alone_is_compared_with_itself_whatever_it_says_at_last(best: str) -> None:
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: {best}}}")
    assert isinstance(rule, Relative)
    alone = Rival({N: OPEN}, stays=True)
    spread([rule], [alone], FACTS)
    found = told_anew(rule, {**alone.values, N: 50})[spread_of(rule)]
    assert isinstance(found, Missing)
    assert (found.at_least, found.at_most) == (50, 50)


@pytest.mark.parametrize(
    ("own", "pool", "awaited"),
    [(20, OPEN, True), (20, 40, False), (OPEN, OPEN, False), (OPEN, 40, False)],
)
def test_a_known_value_awaits_the_pool_whose_best_nobody_knows(own: Value, pool: Value, awaited: bool) -> None:
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: highest}}")
    assert isinstance(rule, Relative)
    best = own_facts(rule)[1]
    assert awaits_pool(rule, {N: own, best: pool}) == (frozenset({best}) if awaited else frozenset())


@pytest.mark.parametrize(
    ("own", "best", "least", "most"),
    [
        # Of 10 points to the largest number: 20 beside a best of 40 to 80 gives 10 × 20 / 80 to 10 × 20 / 40.
        (20, Missing(at_least=Fraction(40), at_most=Fraction(80)), Fraction(5, 2), 5),
        # Nothing bounds the best: 20 may count for nothing beside it.
        (20, Missing(at_least=Fraction(40)), 0, 5),
        # One that does not say its own number may be the best, or nothing beside it.
        (OPEN, Missing(at_least=Fraction(40), at_most=Fraction(80)), 0, 10),
        (OPEN, OPEN, 0, 10),
    ],
)
def test_what_the_best_may_be_bounds_the_points_of_one(
    own: Value, best: Value, least: Fraction, most: Fraction
) -> None:
    rule = rule_of(f"{{kind: relative, fact: {N}, points: 10, best: highest}}")
    assert isinstance(rule, Relative)
    values = dict(zip(own_facts(rule), (own, best), strict=True))
    assert possible_points(rule, values, FACTS) == Range(Fraction(least), Fraction(most))


@pytest.mark.parametrize(
    ("versions", "expected"),
    [
        # Alone, and nothing refuses it: it is in the pool, complete or not.
        ([("A", 1, True)], [("A", True)]),
        ([("A", 1, False)], [("A", True)]),
        # Of two, the last surely counts where it is complete; if not, either may be the one that does.
        ([("A", 1, True), ("B", 2, True)], [("B", True)]),
        ([("A", 1, True), ("B", 2, False)], [("A", False), ("B", False)]),
        # Nobody knows which is the last.
        ([("A", 1, True), ("B", 1, True)], [("A", False), ("B", False)]),
    ],
)
def test_who_surely_counts_of_the_versions_of_one_candidature(
    versions: list[tuple[str, int, bool]], expected: list[tuple[str, bool]]
) -> None:
    group = [version(name, f"depose_le: 2022-01-0{day}", firm=firm) for name, day, firm in versions]
    found = rivals([Contenders(group)], policy())
    assert [(one.entry.reference, is_sure) for one, is_sure in found] == expected
