"""What missing information could be worth to several criteria at once: one unknown fact has one value for all of them.

Bounds of a total add up those of its criteria, which is exact as long as no two of them wait for the same fact. Where
they do, every value that matters of the facts they share is tried on all of them together; given those, each criterion
moves on its own. Where there are too many values to try, the bounds stay those that add up: never too narrow, and said
to be wide.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import Fact, FactType, Missing, Value, is_withheld
from ami_scoring.domain.rules import (
    AnyRule,
    Bands,
    Counting,
    Linear,
    Lookup,
    PerUnit,
    SumOf,
    Table,
    facts_read,
    own_facts,
    simple_rules,
)
from ami_scoring.domain.scores import Mark
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.completions import open_facts
from ami_scoring.scoring.marks.rules import evaluate
from ami_scoring.scoring.values import limits, tells_lists_apart, tests_presence, values_that_matter

MAX_WORLDS: Final = 1024
"""Ways to complete the facts that criteria share, beyond which they are not all tried."""

Markers = Mapping[str, Callable[[Mapping[str, Value]], Mark]]
Nodes = dict[str | None, tuple[Fraction, Fraction]]
"""The lowest and highest points of the criteria made of others, by id; the total's under None."""


class Joint(NamedTuple):
    """The bounds of the criteria made of others and of the total, and whether they may be wider than what can be."""

    bounds: Nodes
    is_wide: bool


class Shared(NamedTuple):
    """Some criteria that wait for the same facts, and those facts."""

    leaves: tuple[Criterion, ...]
    facts: tuple[str, ...]


def facts_shared(criteria: Criteria) -> frozenset[str]:
    """Name the facts that several criteria read, or that come from the same keys as what another one reads."""
    readers: dict[str, set[str]] = {}
    reads = [(leaf.id, name) for leaf in criteria.leaves if leaf.rule is not None for name in facts_read(leaf.rule)]
    for leaf, name in reads:
        for key in (name, *criteria.catalogue[name].keys):
            readers.setdefault(key, set()).add(leaf)
    return frozenset(
        name for _, name in reads if any(len(readers[key]) > 1 for key in (name, *criteria.catalogue[name].keys))
    )


def joint(
    criteria: Criteria, marks: Mapping[str, Mark], values: Mapping[str, Value], markers: Markers, separate: Nodes
) -> Joint:
    """Narrow the bounds that add up to those of every way to complete the facts that several criteria wait for."""
    awaited = {
        leaf.id: open_facts(leaf.rule, values)
        for leaf in criteria.leaves
        if leaf.rule is not None and marks[leaf.id].low != marks[leaf.id].high
    }
    bounds, is_wide = dict(separate), _are_related(awaited, criteria.catalogue)
    for shared in _components(criteria, awaited):
        tried = [_tried(name, shared.leaves, values, criteria) for name in shared.facts]
        worlds = [each for each in tried if each is not None]
        if len(worlds) < len(tried) or prod(map(len, worlds)) > MAX_WORLDS:
            is_wide = True
            continue
        for node, (low, high) in _over_worlds(criteria, shared, worlds, marks, values, markers).items():
            bounds[node] = (bounds[node][0] + low - separate[node][0], bounds[node][1] + high - separate[node][1])
    return Joint(bounds, is_wide)


def nodes_of(criteria: Criteria, marks: Mapping[str, Mark]) -> Nodes:
    """Add the bounds of criteria up, each capped one held to its cap."""
    found: Nodes = {}

    def ends(criterion: Criterion) -> tuple[Fraction, Fraction]:
        if criterion.criteria is None:
            return marks[criterion.id].low, marks[criterion.id].high
        parts = [ends(child) for child in criterion.criteria]
        low, high = (sum((part[side] for part in parts), Fraction(0)) for side in (0, 1))
        if criterion.capped:
            low, high = min(low, criterion.weight), min(high, criterion.weight)
        found[criterion.id] = low, high
        return low, high

    roots = [ends(root) for root in criteria.criteria]
    found[None] = sum((low for low, _ in roots), Fraction(0)), sum((high for _, high in roots), Fraction(0))
    return found


def _are_related(awaited: Mapping[str, frozenset[str]], catalogue: Mapping[str, Fact]) -> bool:
    """Say whether two criteria wait for facts that come from the same answer without being the same fact."""
    for one, other in combinations(awaited.values(), 2):
        keys = {key for name in other - one for key in catalogue[name].keys}
        if any(not keys.isdisjoint(catalogue[name].keys) for name in one - other):
            return True
    return False


def _components(criteria: Criteria, awaited: Mapping[str, frozenset[str]]) -> Iterator[Shared]:
    """Put together the criteria that wait for one fact, and those under one cap, of which some share a fact."""
    caps = {leaf.id: cap.id for cap in criteria.by_id.values() if cap.capped for leaf in cap.walk()}
    groups: list[tuple[set[str], set[str]]] = []
    for leaf, names in awaited.items():
        linked = names | ({f"cap {caps[leaf]}"} if leaf in caps else set())
        touched = [group for group in groups if not group[1].isdisjoint(linked)]
        groups = [group for group in groups if group not in touched]
        groups.append(
            ({leaf}.union(*(group[0] for group in touched)), set(linked).union(*(group[1] for group in touched)))
        )
    for members, _ in groups:
        each = [name for leaf in awaited if leaf in members for name in sorted(awaited[leaf])]
        facts = tuple(dict.fromkeys(name for name in each if each.count(name) > 1))
        if facts:
            yield Shared(tuple(leaf for leaf in criteria.leaves if leaf.id in members), facts)


def _tried(
    name: str, leaves: Sequence[Criterion], values: Mapping[str, Value], criteria: Criteria
) -> list[Value] | None:
    """Give the values of a shared fact to try on several criteria; None where no such list tells them all apart."""
    fact, value = criteria.catalogue[name], values[name]
    assert isinstance(value, Missing)  # noqa: S101 - only missing facts are awaited
    readers = [leaf for leaf in leaves if leaf.rule is not None and name in facts_read(leaf.rule)]
    rules = [leaf.rule for leaf in readers if leaf.rule is not None]
    rule = SumOf.model_construct(kind="sum_of", rules=rules, at_most=None, at_least=None)
    tried = _values(rule, fact, value)
    if tried is None:
        return None
    never = not is_withheld(value) and all(leaf.if_missing is MissingPolicy.ZERO for leaf in readers)
    if (never or tests_presence(rule, name)) and not any(isinstance(each, Missing) for each in tried):
        tried.append(Missing())
    return tried


def _values(rule: SumOf, fact: Fact, value: Missing) -> list[Value] | None:
    if fact.type is FactType.OPINIONS or not tells_lists_apart(rule, fact):
        return None
    if not fact.type.is_ordered:
        return [*values_that_matter(rule, fact, value)]
    low, high = limits(value, fact)
    step = Fraction(1) if fact.type is FactType.INTEGER else fact.step
    if step is not None and low is not None and high is not None:
        first, last = -(-Fraction(low) // step), Fraction(high) // step
        if last - first < MAX_WORLDS:
            return [each * step if step != 1 else each for each in range(first, last + 1)]
    parts = [part for part in simple_rules(rule) if fact.name in own_facts(part)]
    if all(isinstance(part, (Bands, Lookup, Table)) for part in parts):
        return [*values_that_matter(rule, fact, value)]
    if all(map(_is_straight, rule.rules)):
        return [*_breaks(rule.rules, low, high)]
    return None


def _is_straight(rule: AnyRule) -> bool:
    """Say whether a rule moves in straight lines along the one fact that it reads."""
    return isinstance(rule, Linear) or (isinstance(rule, PerUnit) and rule.count is Counting.EXACT)


def _breaks(
    rules: Iterable[AnyRule | None], low: Fraction | int | None, high: Fraction | int | None
) -> Iterator[Value]:
    """Give the values between which a sum of linear rules moves in a straight line, and the ends."""
    at: set[Fraction | int] = set()
    for rule in rules:
        if isinstance(rule, Linear):
            at |= {knot.at for knot in rule.knots}
        else:
            assert isinstance(rule, PerUnit)  # noqa: S101 - the caller's condition
            at.add(rule.after)
            if rule.at_most is not None and rule.points > 0:
                at.add(rule.after + rule.every * rule.at_most / rule.points)
    yield from sorted(
        {each for each in at if (low is None or each >= low) and (high is None or each <= high)}
        | {end for end in (low, high) if end is not None}
    )


def _over_worlds(  # noqa: PLR0913 - a policy, what is tried, and what is known
    criteria: Criteria,
    shared: Shared,
    worlds: Sequence[Sequence[Value]],
    marks: Mapping[str, Mark],
    values: Mapping[str, Value],
    markers: Markers,
) -> Nodes:
    """Give the lowest and the highest bounds over every value of the shared facts."""
    found: Nodes = {}
    for world in product(*worlds):
        given = {**values, **dict(zip(shared.facts, world, strict=True))}
        never = {name for name, value in zip(shared.facts, world, strict=True) if isinstance(value, Missing)}
        there = {leaf.id: _mark_there(leaf, given, never, markers) for leaf in shared.leaves}
        if None in there.values():
            continue
        for node, (low, high) in nodes_of(criteria, {**marks, **there}).items():  # type: ignore[dict-item]
            before = found.get(node, (low, high))
            found[node] = min(before[0], low), max(before[1], high)
    return found


def _mark_there(leaf: Criterion, given: Mapping[str, Value], never: set[str], markers: Markers) -> Mark | None:
    """Mark a criterion where the shared facts are given; None where one of them is not, and it has no mark without."""
    assert leaf.rule is not None  # noqa: S101 - leaves carry rules
    if never.isdisjoint(facts_read(leaf.rule)):
        return markers[leaf.id](given)
    if never.isdisjoint(evaluate(leaf.rule, given).missing):
        return markers[leaf.id](given)
    if leaf.if_missing is not MissingPolicy.ZERO:
        return None
    mark = markers[leaf.id](given)
    return mark if mark.points is None else mark._replace(low=mark.points, high=mark.points)
