"""The exact number that every weight, mark and total is made of.

`quicktions` is the standard `fractions.Fraction` compiled: same values, same behaviour, four times faster. Where it
has no build for the machine, the standard one does the same work.

It must never be given a text: reading some of them, versions 1.19 to 1.24 corrupt memory that the whole interpreter
shares. `parse_fraction` reads texts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction
else:
    try:
        from quicktions import Fraction
    except ImportError:  # pragma: no cover - depends on the machine
        from fractions import Fraction

__all__ = ["Fraction", "parse_fraction", "plain"]


def parse_fraction(text: str) -> Fraction:
    """Read `12`, `-1.5` or `2/3`. Raises `ValueError` on anything else, and `ZeroDivisionError` on a null divisor."""
    above, is_divided, below = text.partition("/")
    if is_divided:
        return Fraction(int(above), int(below))
    whole, _, decimals = text.partition(".")
    return Fraction(int(whole + decimals), 10 ** len(decimals))


def plain(number: Fraction) -> str:
    """Write what `parse_fraction` reads: `12`, `-1.5`, and `2/3` where twenty decimals do not tell it whole."""
    scaled = abs(number) * 10**20
    if number.denominator == 1 or scaled.denominator != 1:
        return str(number)
    digits = str(scaled.numerator).rjust(21, "0")
    return f"{'-' if number < 0 else ''}{digits[:-20]}.{digits[-20:].rstrip('0')}"
