"""Lines of JSON of the plainest kind, decoded by what decodes fastest and proved right afterwards.

The decoder is lenient: of equal keys it gives the last, and numbers with decimals come out rounded. What is given back
is what the strict reading gives all the same. A line is left to the latter unless its text is ordinary, what is made of
it looks at each key and number, and there are as many keys in the data as marks that may follow one in the text.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, NamedTuple, Protocol

from pydantic_core import from_json

from ami_scoring.domain.plain_reading import InexactError, Met, NotPlainError
from ami_scoring.domain.primitives import MAX_DIGITS as MAX_DIGITS_OF_NUMBERS
from ami_scoring.sources.files.decoding import MAX_BYTES
from ami_scoring.sources.files.document import MAX_DEPTH
from ami_scoring.sources.text.json_decoders import EXACT, SuspectError
from ami_scoring.sources.text.ordinary import is_ordinary

_MOST: Final = 10**MAX_DIGITS_OF_NUMBERS
"""The integers that no parser takes: beyond, the strict reading says whether they are numbers at all."""


class Made(Protocol):
    """What was made of some data."""

    @property
    def met(self) -> Met:
        """What was met in them."""


Make = Callable[[Any], Made]
"""Makes something of plain data, each key and number of which it looks at. Raises `NotPlainError` for any other."""


class QuickLine(NamedTuple):
    """A line that needs no stricter reading."""

    data: Any
    made: Made


class QuickLines:
    """Reads the lines of one file."""

    def __init__(self, make: Make) -> None:
        """Keep what looks at each key and number of a line."""
        self._make = make
        self._decode: Callable[[bytes], Any] = _decode_fastest

    def read(self, line: bytes) -> QuickLine | None:
        """Read a line of a file in UTF-8; None for one that asks for the strict reading, right or wrong."""
        if len(line) > MAX_BYTES or not is_ordinary(line) or line.count(b"[") + line.count(b"{") > MAX_DEPTH:
            return None
        try:
            data = self._decode(line)
            made = self._make(data)
        except InexactError:
            # Where one number has decimals, those of other lines are likely to have some.
            self._decode = _decode_exactly
            return self.read(line)
        except (ValueError, NotPlainError, SuspectError):
            return None
        met = made.met
        if met.refused and any(type(each.written) is int and abs(each.written) > _MOST for each in met.refused):
            return None
        return QuickLine(data, made) if _are_counted(met.keys, line) else None


def _decode_fastest(line: bytes) -> Any:
    return from_json(line, allow_inf_nan=False)


def _decode_exactly(line: bytes) -> Any:
    return EXACT.decode(line.decode())


def _are_counted(keys: int, line: bytes) -> bool:
    """Say whether no key of a line is missing among those that were met, which are all different in their groups.

    A colon follows each key, or comes after the space that follows it: where there are no more of them than keys that
    were met, no key was written twice. Other colons are in texts, and nearly never follow a quote or a space.
    """
    return line.count(b":") == keys or line.count(b'":') + line.count(b" :") + line.count(b"\r:") == keys
