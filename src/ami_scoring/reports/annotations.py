"""Findings as text for people: where, how grave, which code, the sentence, the line with a caret, how to mend it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from ami_scoring.findings import Finding, Location, Severity, counts_of, in_reading_order
from ami_scoring.messages import printable

WORDS: Final = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.NOTE: "note"}
TAB: Final = 4
WIDEST_EXCERPT: Final = 100
"""Screen columns of an excerpt; of a longer line, only what surrounds the caret is shown."""

Paint = Callable[[str, str], str]
"""Puts an ANSI style on a text, or leaves it plain."""

_INDENT = "    "
_BOLD = "1"
_COLOURS = {Severity.ERROR: "1;31", Severity.WARNING: "1;33", Severity.NOTE: "1;36"}


def findings_text(findings: Iterable[Finding], *, colour: bool = False, excerpt: bool = True) -> str:
    """Write findings in reading order, then how many there are; nothing at all without findings.

    Each begins with `path:line:column: severity code sentence`, which editors know how to follow.
    """
    ordered = in_reading_order(findings)
    if not ordered:
        return ""
    paint = _painted if colour else _plain
    lines = [line for finding in ordered for line in _lines(finding, paint, excerpt=excerpt)]
    return "\n".join([*lines, summary(ordered)]) + "\n"


def summary(findings: Iterable[Finding]) -> str:
    """Count findings by severity: `2 erreurs, 1 avertissement`."""
    counts = counts_of(findings)
    return ", ".join(
        f"{counts[severity]} {word}{'s'[: counts[severity] > 1]}"
        for severity, word in WORDS.items()
        if counts[severity]
    )


def _lines(finding: Finding, paint: Paint, *, excerpt: bool) -> Iterator[str]:
    tone = _COLOURS[finding.severity]
    place = paint(f"{_place(finding.where)}:", _BOLD)
    yield f"{place} {paint(WORDS[finding.severity], tone)} {finding.code} {printable(str(finding.message))}"
    if excerpt and finding.where.excerpt and finding.where.excerpt.strip():
        line, caret = _window(finding.where.excerpt, finding.where.column)
        yield (_INDENT + line).rstrip()
        if caret is not None:
            yield _INDENT + " " * caret + paint("^", tone)
    for place_too in finding.related:
        yield f"{_INDENT}voir aussi {_place(place_too)}"
    if finding.suggestion is not None:
        yield f"{_INDENT}→ {printable(str(finding.suggestion))}"


def _place(where: Location) -> str:
    return printable(str(where))


def _window(line: str, column: int | None) -> tuple[str, int | None]:
    """Lay out a line as a screen shows it, cut around `column`; give also how many screen columns lead to its caret."""
    cells = list(_cells(line))
    widths = [_width(cell) for cell in cells]
    at = 0 if column is None else min(column - 1, len(cells))
    while 0 < at < len(cells) and widths[at] == 0:
        at -= 1
    first = last = at
    whole = sum(widths)
    before = after = 0
    while first > 0 and (whole <= WIDEST_EXCERPT or before + widths[first - 1] <= WIDEST_EXCERPT // 2):
        first -= 1
        before += widths[first]
    while last < len(cells) and before + after + widths[last] <= WIDEST_EXCERPT:
        after += widths[last]
        last += 1
    lead, tail = "…" * (first > 0), "…" * (last < len(cells))
    return lead + "".join(cells[first:last]) + tail, None if column is None else len(lead) + before


def _cells(line: str) -> Iterator[str]:
    """Give what is shown for each character: itself, the spaces of a tab, or the spelling of what cannot be seen."""
    width = 0
    for char in line:
        cell = " " * (TAB - width % TAB) if char == "\t" else printable(char)
        width += _width(cell)
        yield cell


def _width(text: str) -> int:
    return len(text) if text.isascii() else sum(_char_width(char) for char in text)


def _char_width(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1


def _plain(text: str, _style: str) -> str:
    return text


def _painted(text: str, style: str) -> str:
    return f"\x1b[{style}m{text}\x1b[0m"
