"""Lines of text, wrapped to a width."""

from __future__ import annotations

import textwrap

from ami_scoring.messages import printable, typeset
from ami_scoring.scoring.telling import Sign

SIGNS = {Sign.COUNTED: "✓", Sign.UNMET: "✗", Sign.UNKNOWN: "?", Sign.PLAIN: "·"}
_BOLD, _DIM, _RESET = "\x1b[1m", "\x1b[2m", "\x1b[0m"


class Page:
    """Lines of text, wrapped to a width, with bold and dim where colour is wanted."""

    def __init__(self, width: int, *, colour: bool) -> None:
        """Begin an empty page, at least 40 columns wide."""
        self._width = max(width, 40)
        self._colour = colour
        self._lines: list[str] = []

    def write(self, text: str, indent: int = 0, *, bold: bool = False, dim: bool = False, hang: int = 0) -> None:
        """Add a paragraph; lines after the first are further in by `hang`."""
        margin = " " * indent
        wrapped = textwrap.wrap(
            typeset(printable(text)),
            self._width,
            initial_indent=margin,
            subsequent_indent=margin + " " * hang,
            break_long_words=False,
            break_on_hyphens=False,
        )
        style = _BOLD if bold else _DIM if dim else ""
        self._lines.extend(f"{style}{line}{_RESET}" if style and self._colour else line for line in wrapped)

    def blank(self) -> None:
        """Add an empty line."""
        self._lines.append("")

    def text(self) -> str:
        """Give the whole page."""
        return "\n".join(self._lines) + "\n"
