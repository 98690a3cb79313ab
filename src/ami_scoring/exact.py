"""The exact number that every weight, mark and total is made of.

`quicktions` is the standard `fractions.Fraction` compiled: same values, same behaviour, four times faster. Where it
has no build for the machine, the standard one does the same work.
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

__all__ = ["Fraction"]
