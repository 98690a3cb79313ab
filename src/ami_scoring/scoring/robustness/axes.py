"""What may be re-weighted, and what every candidature would then be worth: exact lines in the weights.

Re-weighting a criterion of the first level multiplies all that it gives, its sub-criteria and its cap included, by the
new weight over the voted one: the total is then linear in the weights, whatever the rules. What a bonus or a criterion
without maximum gives stays as it is. So does a criterion voted at zero, unless its rule has a scale of its own.

Lines are whole numbers on one common scale, so that a crossing is never an accident of rounding.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import lcm
from operator import mul, sub
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction


class Axis(NamedTuple):
    """A criterion of the first level whose weight may move."""

    criterion: str
    label: str
    short: str
    """The words that head its column."""
    weight: Fraction
    """As voted, in points."""


class Line(NamedTuple):
    """A number that moves with the weights: `fixed` + Σ weight × slope, on the scale of its plane."""

    fixed: int
    slopes: tuple[int, ...]

    def at(self, weights: Sequence[int]) -> int:
        """Give its value for weights in units of the plane."""
        return self.fixed + int(sum(map(mul, self.slopes, weights)))

    def minus(self, other: Line) -> Line:
        """Give the gap between two of them."""
        return Line(self.fixed - other.fixed, tuple(map(sub, self.slopes, other.slopes)))

    @property
    def is_still(self) -> bool:
        """Whether no weight moves it."""
        return not any(self.slopes)


class Plane(NamedTuple):
    """The axes with the units in which lines and weights are whole numbers.

    A weight of `n` units is n ÷ `unit` points; a value of `n` is n ÷ (`unit` × `scale`) points of the total.
    """

    axes: tuple[Axis, ...]
    unit: int
    scale: int
    voted: tuple[int, ...]
    """The voted weights, in units."""

    def line(self, loose: Loose) -> Line:
        """Put a line on the scale of the plane."""
        fixed, slopes = loose
        return Line(int(fixed * self.unit * self.scale), tuple(int(slope * self.scale) for slope in slopes))


Loose = tuple[Fraction, tuple[Fraction, ...]]
"""A line in points, before it has a scale."""


def axes_of(criteria: Criteria) -> tuple[Axis, ...]:
    """Give the criteria of the first level whose weight may move, in the order of the file."""
    return tuple(Axis(root.id, root.label, root.column, root.weight) for root in criteria.criteria if _moves(root))


def _moves(root: Criterion) -> bool:
    return root.counts_in_sum and (root.weight > 0 or (root.rule is not None and root.top > 0))


def plane_of(axes: Sequence[Axis], lines: Iterable[Loose]) -> Plane:
    """Find the units in which weights and lines are whole."""
    unit = lcm(*(axis.weight.denominator for axis in axes))
    scale = 1
    for fixed, slopes in lines:
        scale = lcm(scale, fixed.denominator, *(slope.denominator for slope in slopes))
    return Plane(tuple(axes), unit, scale, tuple(int(axis.weight * unit) for axis in axes))


def total_line(card: ScoreCard, criteria: Criteria, axes: Sequence[Axis]) -> Loose:
    """Write a settled total as a line: what does not move, and what one point of weight brings on each axis."""
    slopes = tuple(share(card, criteria.by_id[axis.criterion]) for axis in axes)
    moving = {axis.criterion for axis in axes}
    still = (card.marks[root.id].points or Fraction(0) for root in criteria.criteria if root.id not in moving)
    return sum(still, Fraction(0)), slopes


def share(card: ScoreCard, root: Criterion) -> Fraction:
    """Give the part of its weight that a criterion brings: 1 at its maximum; below 0 with a malus."""
    mark = card.marks[root.id]
    if root.weight:
        return (mark.points or Fraction(0)) / root.weight
    return (mark.mark or Fraction(0)) / root.top
