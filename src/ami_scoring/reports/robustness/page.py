"""The study for people: on a terminal with scales drawn to its width, or in Markdown."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from typing import Final

from ami_scoring.domain.composing import without_marks
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK, printable, rounded, typeset
from ami_scoring.reports.robustness.sections import Scale, Section, sections
from ami_scoring.scoring.robustness import Robustness

NARROWEST: Final = 40
_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~@&])")
_BOLD, _GREEN, _DIM, _RESET = "\x1b[1m", "\x1b[32m", "\x1b[2m", "\x1b[0m"
_SPELLED: Final = str.maketrans(
    {
        "«": '"',
        "»": '"',
        "’": "'",
        "…": "...",
        "±": "+/-",
        "≥": ">=",
        "−": "-",
        "œ": "oe",
        NO_BREAK: " ",
        NARROW_NO_BREAK: " ",
    }
)


def robustness_text(robustness: Robustness, *, width: int, colour: bool, ascii_only: bool = False) -> str:
    """Write the study for a screen of `width` cells; with `ascii_only`, in ASCII."""
    page = _Screen(max(width, NARROWEST), colour=colour, ascii_only=ascii_only)
    for section in sections(robustness):
        page.section(section)
    return page.text()


def robustness_markdown(robustness: Robustness) -> str:
    """Write the study in Markdown."""
    lines = ["## Solidité de la liste", ""]
    for section in sections(robustness):
        lines += [f"### {_escaped(section.title)}", ""]
        for said in section.said:
            lines += [_escaped(said), ""]
        lines += _table(section)
    return "\n".join(lines).rstrip("\n") + "\n"


def _table(section: Section) -> list[str]:
    headings: Sequence[str] = section.headings
    rows: Sequence[Sequence[str]] = section.rows
    if section.scales:
        headings = ("Critère", "Poids voté", "De", "À", "En dessous", "Au-dessus")
        rows = [
            (
                scale.label,
                rounded(scale.voted, 1),
                rounded(scale.low, 1),
                rounded(scale.high, 1),
                scale.below,
                scale.above,
            )
            for scale in section.scales
        ]
    if not rows:
        return []
    written = [" | ".join(map(_escaped, row)) for row in (headings, *rows)]
    return [f"| {written[0]} |", "|" + "---|" * len(headings), *(f"| {row} |" for row in written[1:]), ""]


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", printable(text)).replace("\\@", "@\u2060")


class _Screen:
    """Lines that fit a width. Colour only repeats what signs say."""

    def __init__(self, width: int, *, colour: bool, ascii_only: bool) -> None:
        self._width = width
        self._colour = colour
        self._ascii = ascii_only
        self._lines: list[str] = []

    def text(self) -> str:
        return "\n".join(self._lines).strip("\n") + "\n"

    def section(self, section: Section) -> None:
        self._write(section.title, style=_BOLD)
        for said in section.said:
            self._write(said, indent=2)
        for scale in section.scales:
            self._scale(scale)
        if section.rows and len(section.headings) == 1:
            for row in section.rows:
                self._write(row[0], indent=4, lead="- ")
        elif section.rows:
            self._lines += self._grid(section)
        self._lines.append("")

    def _write(self, text: str, *, indent: int = 0, style: str = "", lead: str = "") -> None:
        margin = " " * indent
        for line in textwrap.wrap(
            typeset(self._clean(text)) if not self._ascii else self._clean(text),
            self._width,
            initial_indent=margin + lead,
            subsequent_indent=margin + " " * len(lead),
            break_long_words=False,
            break_on_hyphens=False,
        ):
            self._lines.append(self._styled(line, style))

    def _styled(self, text: str, style: str) -> str:
        return f"{style}{text}{_RESET}" if style and self._colour else text

    def _clean(self, text: str) -> str:
        safe = printable(text)
        if not self._ascii:
            return safe
        return without_marks("NFKD", safe.translate(_SPELLED)).encode("ascii", "replace").decode()

    def _scale(self, scale: Scale) -> None:
        """Draw one weight: the interval inside the whole, and the voted weight in it."""
        label = f"{scale.label} : {rounded(scale.voted, 1)}, de {rounded(scale.low, 1)} à {rounded(scale.high, 1)}"
        self._lines.append("")
        self._write(label, indent=2)
        room = min(self._width - 10, 60)
        drawn = self._drawn(scale, room)
        self._lines.append(f"  0 {drawn} {rounded(scale.whole, 0)}")
        self._write(f"en dessous : {scale.below}", indent=4)
        self._write(f"au-dessus : {scale.above}", indent=4)

    def _drawn(self, scale: Scale, room: int) -> str:
        outside, inside, start, end, here = "·─├┤●" if not self._ascii else ".-[]o"
        low, voted, high = (
            round(float(each / scale.whole) * (room - 1)) for each in (scale.low, scale.voted, scale.high)
        )
        cells = [inside if low <= at <= high else outside for at in range(room)]
        cells[low], cells[high] = start, end
        cells[voted] = here
        before, within, after = "".join(cells[:low]), "".join(cells[low : high + 1]), "".join(cells[high + 1 :])
        return (
            self._styled(before, _DIM if before else "")
            + self._styled(within, _GREEN)
            + self._styled(after, _DIM if after else "")
        )

    def _grid(self, section: Section) -> Iterator[str]:
        """Lay a table out where it fits; where it does not, one line a cell under the first of each row."""
        rows = [[self._clean(cell) for cell in row] for row in section.rows]
        heads = [self._clean(heading) for heading in section.headings]
        widths = [max(_longest_word(heads[at]), *(len(row[at]) for row in rows)) for at in range(len(heads))]
        if sum(widths) + 2 * len(widths) + 2 > self._width:
            yield from self._stacked(heads, rows)
            return
        yield ""
        wrapped = [textwrap.wrap(head, widths[at], break_on_hyphens=False) for at, head in enumerate(heads)]
        for level in range(max(map(len, wrapped))):
            cells = [words[level] if level < len(words) else "" for words in wrapped]
            line = "  " + "  ".join(cell.ljust(widths[at]) for at, cell in enumerate(cells)).rstrip()
            yield self._styled(line, _DIM)
        for row in rows:
            yield "  " + "  ".join(cell.ljust(widths[at]) for at, cell in enumerate(row)).rstrip()

    def _stacked(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
        for row in rows:
            yield ""
            yield f"  {row[0]}"
            for head, cell in zip(heads[1:], row[1:], strict=True):
                yield from textwrap.wrap(
                    f"{head} : {cell}",
                    self._width,
                    initial_indent="    ",
                    subsequent_indent="      ",
                    break_on_hyphens=False,
                )


def _longest_word(text: str) -> int:
    return max((len(word) for word in text.split(" ")), default=0)
