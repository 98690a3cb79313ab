"""Lines that tell a story: kept as they are for who lays them out, or wrapped to a width as plain text."""

from __future__ import annotations

import textwrap
from functools import lru_cache
from typing import NamedTuple

from ami_scoring.messages import printable, typeset
from ami_scoring.scoring.telling import Sign

SIGNS = {Sign.COUNTED: "✓", Sign.UNMET: "✗", Sign.UNKNOWN: "?", Sign.PLAIN: "·"}
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Line(NamedTuple):
    """A paragraph, how far in it stands, and how much; one without text parts those around it."""

    text: str = ""
    indent: int = 0
    bold: bool = False
    dim: bool = False
    hang: int = 0
    """How much further in the lines after the first are, once it is wrapped."""
    bar: str = ""
    """A bar drawn before the text."""


class Page:
    """Paragraphs in the order that they were written."""

    def __init__(self, *, has_bars: bool = True) -> None:
        """Begin an empty page; who lays lines out otherwise draws no bars."""
        self.has_bars = has_bars
        self.lines: list[Line] = []

    def write(  # noqa: PLR0913 - how a paragraph looks
        self, text: str, indent: int = 0, *, bold: bool = False, dim: bool = False, hang: int = 0, bar: str = ""
    ) -> None:
        """Add a paragraph; lines after the first are further in by `hang`."""
        self.lines.append(Line(_shown(text), indent, bold, dim, hang, bar))

    def blank(self) -> None:
        """Add an empty line."""
        self.lines.append(Line())

    def text(self, width: int, *, colour: bool) -> str:
        """Give the whole page wrapped to a width of at least 40 columns, bold and dim where colour is wanted."""
        return "".join(f"{line}\n" for each in self.lines for line in _wrapped(each, max(width, 40), colour=colour))


@lru_cache(maxsize=2_048)
def _shown(text: str) -> str:
    """Make a text safe to show; much of what stories say, such as scales, is said in each of them."""
    return typeset(printable(text))


def _wrapped(line: Line, width: int, *, colour: bool) -> list[str]:
    if not line.text:
        return [""]
    margin = " " * line.indent
    wrapped = textwrap.wrap(
        f"{line.bar} {line.text}" if line.bar else line.text,
        width,
        initial_indent=margin,
        subsequent_indent=margin + " " * line.hang,
        break_long_words=False,
        break_on_hyphens=False,
    )
    style = (_BOLD if line.bold else _DIM if line.dim else "") if colour else ""
    return [f"{style}{each}{_RESET}" for each in wrapped] if style else wrapped
