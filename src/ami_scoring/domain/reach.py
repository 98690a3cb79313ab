"""How far what a policy works out may go: from the ends of what it reads, known before any candidature is.

Where a fact declares no bounds, no file may write a number beyond `facts.LARGEST`, nor one nearer to zero than
`SMALLEST`. An end that nothing tells is None: so is one beyond what a policy may work out, which is refused elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from itertools import product
from typing import Final

from ami_scoring.domain.facts import Ends, Fact
from ami_scoring.domain.primitives import MAX_DIGITS
from ami_scoring.exact import Fraction

SMALLEST: Final = Fraction(1, 10 ** (MAX_DIGITS + 2))
"""The number nearest to zero that a file may write: fifteen decimals of a percentage."""
MOST_BITS: Final = 4_000
"""Bits of a number beyond which it is not told: some 1,200 digits, more than `checks.sizes` accepts."""
NOWHERE: Final[Ends] = (None, None)
_DAYS: Final = (date.max - date.min).days
_MONTHS: Final = 12 * date.max.year


def reach_of(operation: str, operands: Sequence[str | Fraction | date], known: Mapping[str, Fact]) -> Ends:
    """Give the ends between which an operation puts a number, whatever the candidature; None where nothing tells."""
    if operation in {"days", "months"}:
        most = Fraction(_DAYS if operation == "days" else _MONTHS)
        return -most, most
    if operation == "rule":
        return NOWHERE
    numbers = [each for each in operands if isinstance(each, (str, Fraction))]
    if operation == "ratio":
        return _product([_ends_of(numbers[0], known), _inverse(numbers[1], known)])
    return _APPLY[operation]([_ends_of(each, known) for each in numbers])


def _ends_of(operand: str | Fraction, known: Mapping[str, Fact]) -> Ends:
    if isinstance(operand, Fraction):
        return operand, operand
    fact = known.get(operand)
    return NOWHERE if fact is None or not fact.type.is_number else fact.ends


def _inverse(operand: str | Fraction, known: Mapping[str, Fact]) -> Ends:
    """Give the ends of one divided by a number: what divides by zero is missing, and has no value."""
    low, high = _ends_of(operand, known)
    if low is None or high is None:
        return NOWHERE
    if low > 0 or high < 0:
        return 1 / high, 1 / low
    fact = known.get(operand) if isinstance(operand, str) else None
    if fact is None or fact.reach is not None:  # a number that is worked out may come as near to zero as can be
        return NOWHERE
    steepest = 1 / (SMALLEST if fact.grid is None else fact.grid)
    return -steepest if low < 0 else Fraction(0), steepest if high > 0 else Fraction(0)


def _sum(each: Sequence[Ends]) -> Ends:
    lows, highs = [low for low, _ in each if low is not None], [high for _, high in each if high is not None]
    return (
        _told(sum(lows, Fraction(0))) if len(lows) == len(each) else None,
        _told(sum(highs, Fraction(0))) if len(highs) == len(each) else None,
    )


def _difference(each: Sequence[Ends]) -> Ends:
    first, (low, high) = each
    return _sum([first, (None if high is None else -high, None if low is None else -low)])


def _product(each: Sequence[Ends]) -> Ends:
    low: Fraction | None = Fraction(1)
    high: Fraction | None = Fraction(1)
    for its_low, its_high in each:
        if low is None or high is None or its_low is None or its_high is None:
            return NOWHERE
        corners = [one * other for one, other in product((low, high), (its_low, its_high))]
        low, high = _told(min(corners)), _told(max(corners))
    return low, high


def _highest(each: Sequence[Ends]) -> Ends:
    lows, highs = [low for low, _ in each if low is not None], [high for _, high in each if high is not None]
    return max(lows, default=None), max(highs) if len(highs) == len(each) else None


def _lowest(each: Sequence[Ends]) -> Ends:
    lows, highs = [low for low, _ in each if low is not None], [high for _, high in each if high is not None]
    return min(lows) if len(lows) == len(each) else None, min(highs, default=None)


def _told(number: Fraction) -> Fraction | None:
    size = max(number.numerator.bit_length(), number.denominator.bit_length())
    return number if size <= MOST_BITS else None


_APPLY: Final[Mapping[str, Callable[[Sequence[Ends]], Ends]]] = {
    "sum_of": _sum,
    "difference": _difference,
    "product_of": _product,
    "highest_of": _highest,
    "lowest_of": _lowest,
}
