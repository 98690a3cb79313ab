"""From the marks of the leaves to those of the criteria made of them, and to the total; equal marks are added up once.

What is remembered is found again by which marks were added, not by what they are worth: what holds a sum holds its
parts too, so that no other mark can be taken for one of them.
"""

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter
from typing import Generic, NamedTuple, TypeVar

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import Mark
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.remembering import MOST_KEPT

Sums = tuple[Fraction | None, Fraction, Fraction]
"""A total, None while a part is on hold, and its lowest and highest values."""
T = TypeVar("T")


class Added(NamedTuple):
    """Every mark of one candidature, its total and the bounds of it: one for all those whose marks are the same."""

    marks: Mapping[str, Mark]
    total: Fraction | None
    low: Fraction
    high: Fraction


def adder(criteria: Criteria) -> Callable[[Sequence[Mark]], Added]:
    """Make the function that adds up the marks of the leaves, given in the order of the file."""
    nodes = [node for node in reversed([*criteria.by_id.values()]) if node.criteria is not None]  # each after its parts
    names = [*(leaf.id for leaf in criteria.leaves), *(node.id for node in nodes)]
    place = {name: number for number, name in enumerate(names)}
    steps = [(node, _Remembered[Mark]([place[child.id] for child in node.criteria or ()])) for node in nodes]
    roots = _picker([place[root.id] for root in criteria.criteria])
    in_order = _picker([place[name] for name in criteria.by_id])
    whole = _Remembered[Added]([place[leaf.id] for leaf in criteria.leaves])

    def add(leaves: Sequence[Mark]) -> Added:
        found = whole.find(leaves)
        return whole.keep(leaves, added_up(leaves)) if found is None else found

    def added_up(leaves: Sequence[Mark]) -> Added:
        marks = [*leaves]
        for node, step in steps:
            parts = step.pick(marks)
            mark = step.find(parts)
            marks.append(step.keep(parts, _mark(node, parts)) if mark is None else mark)
        return Added(dict(zip(criteria.by_id, in_order(marks), strict=True)), *sums(roots(marks)))

    return add


class _Remembered(Generic[T]):
    """What some of the marks gave, each time that they were the same."""

    def __init__(self, places: Sequence[int]) -> None:
        self.pick = _picker(places)
        self._known: dict[tuple[int, ...], tuple[Sequence[Mark], T]] = {}

    def find(self, parts: Sequence[Mark]) -> T | None:
        found = self._known.get(tuple(map(id, parts)))
        return None if found is None else found[1]

    def keep(self, parts: Sequence[Mark], made: T) -> T:
        if len(self._known) >= MOST_KEPT:
            self._known.clear()
        self._known[tuple(map(id, parts))] = (parts, made)
        return made


def _picker(places: Sequence[int]) -> Callable[[Sequence[Mark]], Sequence[Mark]]:
    """Make the function that picks some of the marks: of one place, itemgetter would give no tuple."""
    return itemgetter(*places) if len(places) > 1 else lambda marks: [marks[place] for place in places]


def _mark(node: Criterion, parts: Sequence[Mark]) -> Mark:
    total, low, high = sums(parts)
    if node.capped:
        cap = node.weight
        total, low, high = (None if total is None else min(total, cap)), min(low, cap), min(high, cap)
    return Mark(node.id, total, total, low, high)


def sums(parts: Sequence[Mark]) -> Sums:
    """Add up points and bounds; the three are one object where nothing is open."""
    low, settled = Fraction(0), True
    for part in parts:
        low += part.low
        settled = settled and part.points is part.low is part.high
    if settled:
        return low, low, low
    high = sum((part.high for part in parts), Fraction(0))
    known = [part.points for part in parts if part.points is not None]
    return (sum(known, Fraction(0)) if len(known) == len(parts) else None), low, high
