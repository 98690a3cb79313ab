"""How the cells of a flat table are written: TSV for programs, CSV for Excel in French."""

from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from ami_scoring.exact import Fraction
from ami_scoring.messages import half_up
from ami_scoring.patterns import late
from ami_scoring.reports.tables.rows import one_line

_FORMULA = late(r"(^\s*|[,;|]\s*)(?=[=+\-@＝＋－＠])")
"""Where a spreadsheet would begin a formula: at the start of a cell, or after what another locale splits cells at."""

_PLAIN: Final = late(r"[0-9A-Za-z][ !#-+\--:<-{}~]*")
"""A text as most are: nothing in it begins a formula, ends a cell or is unseen."""


class Cells(NamedTuple):
    """One way to write cells: each is given with all that keeps it apart from the others of its line."""

    separator: str
    end: str
    """What ends a line."""
    point: str
    """The decimal sign."""
    is_exact: bool
    """Whether programs read it, so that it gives exact totals too."""
    text: Callable[[str | None], str]
    """Writes a text; nothing for None."""
    points: Callable[[Fraction | None], str]
    """Writes a number of points, rounded as shown; nothing for None."""


def tsv_cells(decimals: int) -> Cells:
    """Write tab-separated cells with decimal points."""
    return Cells("\t", "\n", ".", is_exact=True, text=_tsv_text, points=lambda points: _points(points, decimals))


def csv_cells(decimals: int) -> Cells:
    """Write cells between semicolons, with decimal commas."""
    return Cells(";", "\r\n", ",", is_exact=False, text=_csv_text, points=lambda points: _points(points, decimals, ","))


def _tsv_text(text: str | None) -> str:
    if not text:
        return ""
    return text if text.isascii() and text.isprintable() and text[0] != '"' else _unseen_spelt(text)


@lru_cache(maxsize=16_384)
def _unseen_spelt(text: str) -> str:
    text = one_line(text)
    # Only a leading quote opens a quoted field: the others stay as they are.
    return _quoted(text) if text.startswith('"') else text


def _csv_text(text: str | None) -> str:
    if not text:
        return ""
    return text if _PLAIN.fullmatch(text) else _without_formula(text)


@lru_cache(maxsize=16_384)
def _without_formula(text: str) -> str:
    text = _FORMULA.sub(r"\1'", one_line(text))
    return _quoted(text) if ";" in text or '"' in text else text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def _points(points: Fraction | None, decimals: int, point: str = ".") -> str:
    return "" if points is None else _fixed(points.numerator, points.denominator, decimals, point)


@lru_cache(maxsize=16_384)
def _fixed(numerator: int, denominator: int, decimals: int, point: str) -> str:
    # The same few points come back in every candidature, and pairs of integers are found faster than fractions.
    scaled = int(half_up(Fraction(numerator, denominator), decimals) * 10**decimals)
    digits = str(abs(scaled)).rjust(decimals + 1, "0")
    sign = "-" if scaled < 0 else ""
    return f"{sign}{digits[:-decimals]}{point}{digits[-decimals:]}" if decimals else f"{sign}{digits}"
