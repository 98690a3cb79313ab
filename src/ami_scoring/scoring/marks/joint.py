"""What missing information could be worth to several criteria at once: one unknown fact has one value for all of them.

Bounds of a total add up those of its criteria, which is exact as long as no two of them wait for the same fact. Where
they do, every value that matters of the facts they share is tried on all of them together; given those, each criterion
moves on its own. Where there are too many values to try, the bounds stay those that add up: never too narrow, and said
to be wide.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import Fact, Missing, Value, is_withheld
from ami_scoring.domain.rules import AnyRule, excludes_answers, facts_read
from ami_scoring.domain.scores import Mark
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.completions import reads_value
from ami_scoring.scoring.marks.pools import awaits_pool, told_anew
from ami_scoring.scoring.marks.rules import evaluate
from ami_scoring.scoring.marks.unknowns import MAX_WORLDS, values_for_all

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


class Sharing:
    """What the criteria of a policy read in common, worked out once."""

    def __init__(self, criteria: Criteria) -> None:
        """Look at what each rule reads."""
        self.criteria = criteria
        self.rules: dict[str, AnyRule] = {leaf.id: leaf.rule for leaf in criteria.leaves if leaf.rule is not None}
        self.reads = {leaf: facts_read(rule) for leaf, rule in self.rules.items()}
        self._by_value = {
            leaf: frozenset(name for name in self.reads[leaf] if reads_value(rule, name))
            for leaf, rule in self.rules.items()
        }
        self.forbidding = frozenset(leaf for leaf, rule in self.rules.items() if excludes_answers(rule))
        self.facts = self._in_common()
        self._tried: dict[object, tuple[Value, ...] | None] = {}

    def _in_common(self) -> frozenset[str]:
        """Name the facts that several criteria read, or that come from the same keys as what another one reads."""
        readers: dict[str, set[str]] = {}
        from_ = {name: (name, *self.criteria.catalogue[name].keys) for names in self.reads.values() for name in names}
        for leaf, names in self.reads.items():
            for name in names:
                for key in from_[name]:
                    readers.setdefault(key, set()).add(leaf)
        return frozenset(name for name, keys in from_.items() if any(len(readers[key]) > 1 for key in keys))

    def awaited(self, leaf: str, values: Mapping[str, Value]) -> frozenset[str]:
        """Name the missing facts that a criterion waits for."""
        missing = ((name, value) for name in self.reads[leaf] if isinstance(value := values[name], Missing))
        return frozenset(name for name, value in missing if value.withheld or name in self._by_value[leaf])

    def tried(self, name: str, leaves: Sequence[Criterion], values: Mapping[str, Value]) -> tuple[Value, ...] | None:
        """Give the values of a missing fact to try on some criteria, None where they are not to be listed."""
        fact = self.criteria.catalogue[name]
        readers = [leaf for leaf in leaves if name in self.reads[leaf.id]]
        # A fact that is compared with others must be tried around what those are compared with, elsewhere too.
        concerned = leaves if fact.compared else readers
        known = tuple(_without_why(values.get(each)) for each in (name, *(other.name for other in fact.compared)))
        key = (name, tuple(leaf.id for leaf in concerned), known)
        if key not in self._tried:
            never = not is_withheld(values[name]) and all(leaf.if_missing is MissingPolicy.ZERO for leaf in readers)
            rules = [self.rules[leaf.id] for leaf in concerned]
            self._tried[key] = values_for_all(rules, fact, values, never=never)
        return self._tried[key]


class Together(NamedTuple):
    """Criteria that move together, and their marks in every way to complete what they share."""

    leaves: tuple[str, ...]
    worlds: tuple[Mapping[str, Mark], ...]


def joint(sharing: Sharing, marks: Mapping[str, Mark], values: Mapping[str, Value], markers: Markers) -> Joint:
    """Narrow the bounds that add up to those of every way to complete the facts that several criteria wait for."""
    criteria = sharing.criteria
    separate = nodes_of(criteria, marks)
    awaited = _awaited(sharing, marks, values)
    bounds, is_wide = dict(separate), _are_related(awaited, criteria.catalogue)
    for together in _together(sharing, awaited, values, markers):
        if together is None:
            is_wide = True
            continue
        for node, (low, high) in _over_worlds(criteria, together, marks).items():
            bounds[node] = (bounds[node][0] + low - separate[node][0], bounds[node][1] + high - separate[node][1])
    return Joint(bounds, is_wide)


def moving_together(
    sharing: Sharing, marks: Mapping[str, Mark], values: Mapping[str, Value], markers: Markers
) -> Iterator[Together]:
    """Give the criteria that share missing facts with their marks in each way, where there are few enough ways."""
    found = _together(sharing, _awaited(sharing, marks, values), values, markers)
    yield from (each for each in found if each is not None)


def _awaited(sharing: Sharing, marks: Mapping[str, Mark], values: Mapping[str, Value]) -> Mapping[str, frozenset[str]]:
    return {leaf: sharing.awaited(leaf, values) for leaf in sharing.rules if marks[leaf].low != marks[leaf].high}


def _without_why(value: Value | None) -> Value | None:
    return value._replace(why=None) if isinstance(value, Missing) else value


def _together(
    sharing: Sharing, awaited: Mapping[str, frozenset[str]], values: Mapping[str, Value], markers: Markers
) -> Iterator[Together | None]:
    """Try every value of the facts that criteria share; None stands for those of which there are too many to try."""
    for shared in _components(sharing.criteria, awaited):
        tried = [sharing.tried(name, shared.leaves, values) for name in shared.facts]
        worlds = [each for each in tried if each is not None]
        if len(worlds) < len(tried) or prod(map(len, worlds)) > MAX_WORLDS:
            yield None
            continue
        names = tuple(leaf.id for leaf in shared.leaves)
        found = tuple(_worlds(sharing, shared, worlds, values, markers))
        yield Together(names, found) if found else None


def nodes_of(criteria: Criteria, marks: Mapping[str, Mark]) -> Nodes:
    """Add the bounds of criteria up, each capped one held to its cap."""
    found: Nodes = {}

    def ends(criterion: Criterion) -> tuple[Fraction, Fraction]:
        if criterion.criteria is None:
            return marks[criterion.id].low, marks[criterion.id].high
        parts = [ends(child) for child in criterion.criteria]
        low, high = (sum((part[side] for part in parts), Fraction(0)) for side in (0, 1))
        capped = (min(low, criterion.weight), min(high, criterion.weight))
        found[criterion.id] = capped if criterion.capped else (low, high)
        return found[criterion.id]

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


def _worlds(
    sharing: Sharing,
    shared: Shared,
    worlds: Sequence[Sequence[Value]],
    values: Mapping[str, Value],
    markers: Markers,
) -> Iterator[Mapping[str, Mark]]:
    """Mark the criteria for every value of the facts that they share, each compared anew with those of the others."""
    compared = [rule for rule in sharing.criteria.comparisons if rule.fact in shared.facts]
    for world in product(*worlds):
        given = {**values, **dict(zip(shared.facts, world, strict=True))}
        for rule in compared:
            if not isinstance(given[rule.fact], Missing):
                given.update(told_anew(rule, given))
        never = {name for name, value in zip(shared.facts, world, strict=True) if isinstance(value, Missing)}
        there = {leaf.id: _mark_there(leaf, given, never, sharing, markers) for leaf in shared.leaves}
        known = {name: mark for name, mark in there.items() if mark is not None}
        if len(known) == len(there):
            yield known


def _over_worlds(criteria: Criteria, together: Together, marks: Mapping[str, Mark]) -> Nodes:
    """Give the lowest and the highest bounds over every value of the shared facts."""
    found: Nodes = {}
    for there in together.worlds:
        for node, (low, high) in nodes_of(criteria, {**marks, **there}).items():
            before = found.get(node, (low, high))
            found[node] = min(before[0], low), max(before[1], high)
    return found


def _mark_there(
    leaf: Criterion, given: Mapping[str, Value], never: set[str], sharing: Sharing, markers: Markers
) -> Mark | None:
    """Mark a criterion where the shared facts are given; None where one of them is not, and it has no mark without."""
    mark = markers[leaf.id](given)
    if leaf.id in sharing.forbidding and mark.appraisal is not None and mark.appraisal.outcome.refused:
        return None
    if never.isdisjoint(sharing.reads[leaf.id]) or never.isdisjoint(evaluate(sharing.rules[leaf.id], given).missing):
        return mark
    if leaf.if_missing is not MissingPolicy.ZERO:
        return None
    if mark.points is None or awaits_pool(sharing.rules[leaf.id], given):
        return mark
    return mark._replace(low=mark.points, high=mark.points)
