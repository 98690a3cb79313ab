"""One line of the screen: plain text, styles by position, widths in terminal cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rich.cells import cell_len, set_cell_size
from rich.text import Span, Text

_BREAKS: Final = re.compile(r"(?<!«) (?![»;:?!])")
"""Where a line may break: French marks stay with the word that they go with."""


class Line:
    """A line under construction. What it is given is already safe to show; none of it is ever read as markup."""

    def __init__(self, indent: int = 0) -> None:
        """Start with some cells left blank."""
        self._parts = [" " * indent]
        self._spans: list[Span] = []
        self._length = indent

    def add(self, text: str, style: str = "") -> Line:
        """Append a text."""
        inked = len(text.rstrip(" "))
        if style and inked:
            self._spans.append(Span(self._length, self._length + inked, style))
        self._parts.append(text)
        self._length += len(text)
        return self

    def text(self, width: int) -> Text:
        """Finish: on one line where `width` holds it, otherwise folded, so that nothing is ever lost."""
        plain = "".join(self._parts).rstrip(" ")
        fits = cell_len(plain) <= width
        return Text(plain, spans=self._spans, no_wrap=fits, overflow="fold", end="\n")


def padded(text: str, room: int, *, right: bool = False) -> str:
    """Fill a text with blanks up to a width in cells, on its left when it must end at the right."""
    blank = " " * (room - cell_len(text))
    return blank + text if right else text + blank


def shortened(text: str, room: int, ellipsis: str) -> str:
    """Cut a text to a width in cells, with a sign that it was cut."""
    if cell_len(text) <= room:
        return text
    return set_cell_size(text, max(room - len(ellipsis), 0)).rstrip() + ellipsis


def wrapped(text: str, room: int) -> Iterator[str]:
    """Break a text at spaces into lines of at most `room` cells; a longer word keeps a line of its own."""
    line = ""
    for word in _BREAKS.split(text):
        longer = f"{line} {word}" if line else word
        if line and cell_len(longer) > room:
            yield line
            longer = word
        line = longer
    yield line


def paragraph(text: str, indent: int, width: int, style: str = "", lead: str = "") -> Iterator[Text]:
    """Give the lines of a paragraph, set in under its lead."""
    inner = indent + cell_len(lead)
    for place, line in enumerate(wrapped(text, max(width - inner, 16))):
        start = Line(indent).add(lead, style) if place == 0 else Line(inner)
        yield start.add(line, style).text(width)
