"""Weights drawn evenly over all weightings: scrambled Sobol points, sorted, and the spacings between them.

The spacings of m − 1 sorted uniform numbers are uniform on the simplex; sums of consecutive ones follow a Dirichlet law
with whole parameters. Drawing m uniform numbers and dividing by their sum does not: it favours the middle. All is whole
numbers and SHA-256, so that one seed gives the same weights on any machine.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from typing import Final

from ami_scoring.scoring.robustness.directions import DIRECTIONS

BITS: Final = 30
"""Of a coordinate: weights are multiples of 2⁻³⁰ of their sum."""
MOST_DIMENSIONS: Final = len(DIRECTIONS) + 1


def drawn_weights(parameters: Sequence[int], seed: str, size: int) -> list[tuple[int, ...]]:
    """Draw 2^`size` weight vectors, each of whole numbers that add up to 2^`BITS`.

    `parameters` are those of a Dirichlet law: 1 everywhere for all weightings alike, 0 for a weight that stays at 0.
    """
    whole = 1 << BITS
    ends = list(accumulate(parameters))
    columns = _coordinates(sum(parameters) - 1, seed, size)
    found: list[tuple[int, ...]] = []
    for row in zip(*columns, strict=True) if columns else [()] * (1 << size):
        marks = [0, *sorted(row), whole]
        found.append(tuple(marks[end] - marks[end - own] for end, own in zip(ends, parameters, strict=True)))
    return found


def _coordinates(dimensions: int, seed: str, size: int) -> list[list[int]]:
    """Give the points of one scrambling, one list a dimension; 2^`size` points in all."""
    return [_column(place, seed, size) for place in range(dimensions)]


def _column(place: int, seed: str, size: int) -> list[int]:
    """Give one coordinate: a random lower triangle scrambles its digits, a random shift moves it (Matoušek, 1998)."""
    bits = _random_bits(f"{seed}|{place}")
    rows = [(1 << (BITS - 1 - at)) | (next(bits) >> (BITS - at) << (BITS - at)) for at in range(BITS)]
    points = [next(bits)]
    for number in _directions(place, size):
        scrambled = sum(((row & number).bit_count() & 1) << (BITS - 1 - at) for at, row in enumerate(rows))
        points += [point ^ scrambled for point in points]
    return points


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
        yield from (int.from_bytes(digest[at : at + 4], "big") >> 2 for at in range(0, 32, 4))
        count += 1
