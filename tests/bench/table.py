"""What a benchmark found, and its layout: figures side by side, with the target, and whether it is missed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final, NamedTuple


class Row(NamedTuple):
    """One line of the report: what was measured, beside what, and what was promised."""

    part: str
    """The heading under which the line stands."""
    what: str
    figure: str
    """The measure, with its unit."""
    beside: str = ""
    """What it is compared with, and the same measure of that."""
    ratio: float | None = None
    """The figure divided by what stands beside it."""
    target: str = ""
    """What was promised: of the ratio (« ≤ 1,3 × », « ≥ 10 × »), or of the figure in its unit (« < 200 Mo »)."""

    @property
    def is_missed(self) -> bool:
        """Whether the ratio, the figure, or what stands beside one of another unit, is beyond what was promised."""
        found = {**_measures(self.beside), **_measures(self.figure), "×": self.ratio}
        sign = -1 if self.target.startswith("≥") else 1
        asked = _measures(self.target).items()
        return any((value := found.get(unit)) is not None and sign * value > sign * limit for unit, limit in asked)


_MEASURE: Final = re.compile(r"(\d[\d\u202f ]*(?:,\d+)?) (×|ms|s|Mo)(?!\w)")
HEADINGS = ("", "mesure", "à côté", "rapport", "cible")


def layout(rows: Iterable[Row]) -> str:
    """Align rows in columns, those of one part under its heading."""
    parts = [(part, [_cells(row) for row in group]) for part, group in groupby(rows, key=lambda row: row.part)]
    lines = [HEADINGS, *(cells for _, group in parts for cells in group)]
    widths = [max(len(cells[place]) for cells in lines) for place in range(len(HEADINGS))]
    text = [_line(HEADINGS, widths)]
    for part, group in parts:
        text.extend(["", part, *(_line(cells, widths) for cells in group)])
    return "\n".join(text) + "\n"


def number(value: float, decimals: int = 0) -> str:
    """Write a number as French readers do: `1 234,5`."""
    return f"{value:,.{decimals}f}".replace(",", "\u202f").replace(".", ",")


def milliseconds(seconds: float) -> str:
    """Write a duration in milliseconds."""
    return f"{number(seconds * 1000)} ms"


def _measures(text: str) -> dict[str, float]:
    """Find the numbers of a text by their units, the first of each; milliseconds are seconds."""
    found: dict[str, float] = {}
    for digits, unit in _MEASURE.findall(text):
        value = float(re.sub(r"\s", "", digits).replace(",", "."))
        found.setdefault("s" if unit == "ms" else unit, value / 1000 if unit == "ms" else value)
    return found


def _cells(row: Row) -> tuple[str, ...]:
    ratio = "" if row.ratio is None else f"{number(row.ratio, 1 if row.ratio >= 2 else 2)} ×"
    return f"  {row.what}", row.figure, row.beside, ratio, row.target + (", MANQUÉE" if row.is_missed else "")


def _line(cells: tuple[str, ...], widths: list[int]) -> str:
    what, figure, beside, ratio, target = cells
    aligned = (what.ljust(widths[0]), figure.rjust(widths[1]), beside.ljust(widths[2]), ratio.rjust(widths[3]), target)
    return "   ".join(aligned).rstrip()
