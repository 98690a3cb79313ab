"""From the marks of the leaves to those of the criteria made of them, and to the total; equal marks are added up once.

What is remembered is found again by which marks were added, not by what they are worth: what holds a sum holds its
parts too, so that no other mark can be taken for one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
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
    steps = [_Remembered[Mark]([place[child.id] for child in node.criteria or ()]) for node in nodes]
    last = _Remembered[Added]([place[root.id] for root in criteria.criteria])

    def add(leaves: Sequence[Mark]) -> Added:
        marks = [*leaves]
        for node, step in zip(nodes, steps, strict=True):
            marks.append(step.of(marks, lambda parts, node=node: _mark(node, parts)))  # type: ignore[misc]
        return last.of(marks, lambda parts: Added({name: marks[place[name]] for name in criteria.by_id}, *sums(parts)))

    return add


class _Remembered(Generic[T]):
    """What some of the marks gave, each time that they were the same."""

    def __init__(self, places: Sequence[int]) -> None:
        self._places = places
        self._known: dict[tuple[int, ...], tuple[list[Mark], T]] = {}

    def of(self, marks: Sequence[Mark], work: Callable[[list[Mark]], T]) -> T:
        parts = [marks[place] for place in self._places]
        key = tuple(map(id, parts))
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= MOST_KEPT:
                self._known.clear()
            found = self._known[key] = (parts, work(parts))
        return found[1]


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
