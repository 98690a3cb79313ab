"""The chart of the « Fiche »: the candidature against the last one selected and the median."""

from __future__ import annotations

from statistics import median
from typing import Any, Final

from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.book import PROFILE
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.profile_head import points_shown
from ami_scoring.reports.workbook.styles import FONT, QUIET, RULE
from ami_scoring.reports.workbook.working import SCALARS, Working, points_of

_SERIES: Final = ("Ce dossier", "Dernière retenue", "Médiane")
_LOOKS: Final[tuple[dict[str, Any], ...]] = (
    {"fill": {"color": "#1F3A5F"}},
    {"fill": {"color": "#D8A24A"}},
    {"fill": {"color": "#C9D1D9"}, "border": {"color": "#5B6770", "width": 0.75}},
)
_CHART_ROWS: Final = 16
_UNKNOWN: Final = "–"


def write_comparison(page: Page, working: Working, row: int, shown: int) -> int:
    """Write the figures compared and their chart; give the last row used."""
    roots = working.book.criteria.criteria
    page.put(row, 1, "Comparaison, en points", "heading_left")
    for column, label in zip((2, 3, 4), _SERIES, strict=True):
        page.put(row, column, label, "heading")
    page.sheet.set_row(row, 30)
    for place, root in enumerate(roots, start=row + 1):
        page.put(place, 1, texts.name(root.column), "text")
        for column, (formula, value) in zip((2, 3, 4), _compared(working, root.id, shown), strict=True):
            page.formula(place, column, formula, value, "points")
    first, last = row + 1, row + len(roots)
    _insert_chart(page, first, last)
    return first + _CHART_ROWS


def _compared(working: Working, root: str, shown: int) -> list[tuple[str, Value]]:
    name, book = f"points:{root}", working.book
    values = working.grid.values(name)
    last = working.scalars[SCALARS.index("last")].value
    at_cut = f"MATCH({working.scalar('last')},{working.whole('ordre')},0)"
    cut: Value = points_of(book, values[book.order.index(int(last))]) if int(last) else _UNKNOWN
    numbers = [value for value in values if not isinstance(value, str)]
    middle: Value = median(numbers) / book.point if numbers else _UNKNOWN
    return [
        (points_shown(working, name), points_of(book, values[shown])),
        (f'=IFERROR({working.at(name, at_cut)}/{book.point},"{_UNKNOWN}")', cut),
        (f'=IFERROR(MEDIAN({working.whole(name)})/{book.point},"{_UNKNOWN}")', middle),
    ]


def _insert_chart(page: Page, first: int, last: int) -> None:
    chart = page.chart("bar")
    for column, label, look in zip((2, 3, 4), _SERIES, _LOOKS, strict=True):
        chart.add_series(
            {
                "name": label,
                "categories": [PROFILE, first, 1, last, 1],
                "values": [PROFILE, first, column, last, column],
                "gap": 60,
                "overlap": -5,
                "data_labels": {"value": True, "num_format": "0.0", "font": {"name": FONT, "size": 8, "color": QUIET}},
                **look,
            }
        )
    small = {"name": FONT, "size": 9, "color": "#1F2933"}
    chart.set_title({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": small, "line": {"color": RULE}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}, "min": 0})
    chart.set_legend({"position": "top", "font": small})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 545, "height": _CHART_ROWS * 20 - 10})
    page.sheet.insert_chart(
        first - 1,
        5,
        chart,
        {
            "x_offset": 12,
            "y_offset": 2,
            "description": "Points de ce dossier, de la dernière candidature retenue et de la médiane, par critère",
        },
    )
