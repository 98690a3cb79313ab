"""How likely one candidature is ahead of another when weights are drawn at random: exact, by divided differences.

Over all weights alike (uniform on the simplex), a total's gap Σ w·d is above 0 with probability
[d₁, …, d_m] of x ↦ max(x, 0)^(m−1): the divided difference of a truncated power, since Σ w·d follows the B-spline
with knots d (Hermite-Genocchi; Curry and Schoenberg, "On Pólya frequency functions IV", 1966). A Dirichlet law with
whole parameters repeats each knot as often as its parameter.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import comb

from ami_scoring.exact import Fraction

HALF = Fraction(1, 2)


def chance_above(fixed: Fraction, slopes: Sequence[Fraction], parameters: Sequence[int], whole: Fraction) -> Fraction:
    """Give the probability that `fixed` + Σ weight × slope is above 0; half of what is exactly equal counts.

    Weights are `whole` times a Dirichlet vector of whole `parameters` (all 1: every weighting alike).
    """
    knots = [fixed + whole * slope for slope, times in zip(slopes, parameters, strict=True) for _ in range(times)]
    if min(knots) == max(knots):
        return HALF if knots[0] == 0 else Fraction(knots[0] > 0)
    return _truncated_power(sorted(knots))


def _truncated_power(knots: Sequence[Fraction]) -> Fraction:
    """Give the divided difference of max(x, 0)^(n−1) on n sorted knots, of which not all are equal.

    At equal knots it is the derivative over the factorial: comb(n−1, k) x^(n−1−k).
    """
    degree = len(knots) - 1
    row = [_derivative(knot, degree, 0) for knot in knots]
    for order in range(1, len(knots)):
        row = [
            _derivative(knots[at], degree, order)
            if knots[at] == knots[at + order]
            else (row[at + 1] - row[at]) / (knots[at + order] - knots[at])
            for at in range(len(knots) - order)
        ]
    return row[0]


def _derivative(knot: Fraction, degree: int, order: int) -> Fraction:
    if knot < 0 or (knot == 0 and order < degree):
        return Fraction(0)
    return comb(degree, order) * knot ** (degree - order)
