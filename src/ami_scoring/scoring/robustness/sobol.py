"""Weights drawn evenly over all weightings: scrambled Sobol points, sorted, and the spacings between them.

The spacings of m − 1 sorted uniform numbers are uniform on the simplex; sums of consecutive ones follow a Dirichlet law
with whole parameters. Drawing m uniform numbers and dividing by their sum does not: it favours the middle. All is whole
numbers and SHA-256, so that one seed gives the same weights on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce
from hashlib import sha256
from itertools import accumulate
from operator import xor
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
    """Draw the same weights as an array of whole numbers, one row a weight vector; `numpy` is the module."""
    ends = list(accumulate(parameters))
    marks = numpy.zeros((1 << size, ends[-1] + 1), dtype=numpy.int64)
    marks[:, -1] = WHOLE
    for place in range(ends[-1] - 1):
        start, steps = _scrambled(place, seed, size)
        marks[0, place + 1] = start
        for at, step in enumerate(steps):
            marks[1 << at : 2 << at, place + 1] = marks[: 1 << at, place + 1] ^ step
    marks[:, 1:-1].sort(axis=1)
    return marks[:, ends] - marks[:, [end - own for end, own in zip(ends, parameters, strict=True)]]


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
    bits = _random_bits(f"{seed}|{place}")
    start = next(bits)
    columns = [1 << (BITS - 1 - at) | next(bits) >> (at + 1) for at in range(size)]
    steps = []
    for number in _directions(place, size):
        chosen = (column for at, column in enumerate(columns) if number >> (BITS - 1 - at) & 1)
        steps.append(reduce(xor, chosen, 0))
    return start, steps


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


def _random_bits(seed: str) -> Iterator[int]:
    """Give numbers of `BITS` bits without end, from SHA-256 of the seed and a count."""
    count = 0
    while True:
        digest = sha256(f"{seed}|{count}".encode()).digest()
        yield from (int.from_bytes(digest[at : at + 4], "big") >> (32 - BITS) for at in range(0, 32, 4))
        count += 1
