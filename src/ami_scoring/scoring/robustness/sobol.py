"""Weights drawn evenly over all weightings: scrambled Sobol points, sorted, and the spacings between them.

The spacings of m − 1 sorted uniform numbers are uniform on the simplex; sums of consecutive ones follow a Dirichlet law
with whole parameters. Drawing m uniform numbers and dividing by their sum does not: it favours the middle. All is whole
numbers and SHA-256, so that one seed gives the same weights on any machine.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, reduce
from hashlib import sha256
from itertools import accumulate
from operator import xor
from struct import unpack
from typing import Any, Final

from ami_scoring.scoring.robustness.directions import DIRECTIONS

BITS: Final = 24
"""Of a coordinate: weights are multiples of 2⁻²⁴ of their sum."""
WHOLE: Final = 1 << BITS
MOST_DIMENSIONS: Final = len(DIRECTIONS) + 1


def drawn_weights(parameters: Sequence[int], seed: str, size: int) -> list[tuple[int, ...]]:
    """Draw 2^`size` weight vectors, each of whole numbers that add up to 2^`BITS`.

    `parameters` are those of a Dirichlet law: 1 everywhere for all weightings alike, 0 for a weight that stays at 0.
    """
    ends = list(accumulate(parameters))
    columns = [_column(place, seed, size) for place in range(ends[-1] - 1)]
    found: list[tuple[int, ...]] = []
    for row in zip(*columns, strict=True) if columns else [()] * (1 << size):
        marks = [0, *sorted(row), WHOLE]
        found.append(tuple(marks[end] - marks[end - own] for end, own in zip(ends, parameters, strict=True)))
    return found


def drawn_array(parameters: Sequence[int], seed: str, size: int, numpy: Any) -> Any:
    """Draw the same weights as an array of whole numbers, one row a criterion; `numpy` is the module."""
    ends = list(accumulate(parameters))
    marks = numpy.zeros((ends[-1] + 1, 1 << size), dtype=numpy.int64)
    marks[-1] = WHOLE
    for place in range(ends[-1] - 1):
        start, steps = _scrambled(place, seed, size)
        column = marks[place + 1]
        column[0] = start
        for at, step in enumerate(steps):
            numpy.bitwise_xor(column[: 1 << at], step, out=column[1 << at : 2 << at])
    marks[1:-1].sort(axis=0)
    return marks[ends] - marks[[end - own for end, own in zip(ends, parameters, strict=True)]]


def _column(place: int, seed: str, size: int) -> list[int]:
    """Give one coordinate of every point."""
    start, steps = _scrambled(place, seed, size)
    points = [start]
    for step in steps:
        points += [point ^ step for point in points]
    return points


def _scrambled(place: int, seed: str, size: int) -> tuple[int, list[int]]:
    """Give a first point, and the direction numbers whose sums give all others.

    A random lower triangle, drawn column by column, scrambles the digits and a random shift moves them (Matoušek,
    "On the L2-discrepancy for anchored boxes", 1998).
    """
    start, *drawn = _random_bits(f"{seed}|{place}", size + 1)
    columns = [1 << (BITS - 1 - at) | bits >> (at + 1) for at, bits in enumerate(drawn)]
    return start, [reduce(xor, map(columns.__getitem__, digits)) for digits in _digits(place, size)]


@cache
def _digits(place: int, size: int) -> list[list[int]]:
    """Give, for each direction number, the places of its digits that are 1."""
    return [[at for at in range(size) if number >> (BITS - 1 - at) & 1] for number in _directions(place, size)]


def _directions(place: int, size: int) -> list[int]:
    """Give the direction numbers of one dimension, by the recurrence of its polynomial."""
    if place == 0:
        return [1 << (BITS - 1 - at) for at in range(size)]
    polynomial, first = DIRECTIONS[place - 1]
    degree, odd = len(first), list(first)
    for at in range(degree, size):
        new = odd[at - degree] ^ (odd[at - degree] << degree)
        for back in range(1, degree):
            if polynomial >> (degree - back) & 1:
                new ^= odd[at - back] << back
        odd.append(new)
    return [number << (BITS - 1 - at) for at, number in enumerate(odd[:size])]


def _random_bits(seed: str, count: int) -> list[int]:
    """Give so many numbers of `BITS` bits, from SHA-256 of the seed and a count."""
    found: list[int] = []
    for block in range(-(-count // 8)):
        found += unpack(">8I", sha256(f"{seed}|{block}".encode()).digest())
    return [number >> (32 - BITS) for number in found[:count]]
