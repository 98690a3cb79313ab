"""The pictures of the « Vue d'ensemble », and the figures that they are drawn from."""

from __future__ import annotations

from typing import Any, Final

from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell_number, typeset
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.book import OVERVIEW, RANKING, Book
from ami_scoring.reports.workbook.cells import cell, quoted, span
from ami_scoring.reports.workbook.keys import LAST
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.ranking_sheet import FIRST_ROW, NAMED, column_of, points_columns
from ami_scoring.reports.workbook.scale import LARGEST
from ami_scoring.reports.workbook.styles import ALERT_INK, FONT, INK, RULE, SERIES
from ami_scoring.reports.workbook.working import SCALARS, Working
from ami_scoring.scoring.words import total_decimals

FIGURES_COLUMN: Final = 20
BINS: Final = 10
FIRST_SHOWN: Final = 20
MOST_SERIES: Final = 255
"""Series of one chart, for Excel."""
_STATUSES: Final = (
    (Status.SELECTED, "Retenues", {"fill": {"color": "#2F7D4F"}}),
    (Status.RESERVE, "Réserve", {"fill": {"color": "#D8A24A"}}),
    (Status.NOT_SELECTED, "Non retenues", {"fill": {"color": "#AEB9C4"}}),
)
LIMITS_COLUMN: Final = FIGURES_COLUMN + 1 + len(_STATUSES)
_LIMITS: Final = ((ALERT_INK, 78), (INK, 84))
"""The colour of the band above each limit, and how clear it is: no border, which empty classes would show too."""
COUNT_COLUMN: Final = LIMITS_COLUMN + len(_LIMITS)
ROOM_COLUMN: Final = COUNT_COLUMN + 1
"""How many a class holds, then how high the band of each limit is."""
_ABOVE: Final = 1.25
"""How high bands go, beside the highest bar."""
_LIMIT_WORDS: Final = (("cut", "Dernière retenue", "Aucune retenue"), ("minimum", "Minimum", "Sans minimum"))
_SMALL: Final = {"name": FONT, "size": 9, "color": INK}
_TITLE: Final = {"name": FONT, "size": 11, "bold": True, "color": "#1F3A5F"}


def insert_charts(page: Page, working: Working, row: int, table_row: int, last: int) -> None:
    """Insert the charts above the tables, and keep their figures outside the printed page."""
    page.sheet.insert_chart(
        row,
        0,
        _contributions(page, working),
        {"x_offset": 2, "y_offset": 4, "description": "Points des vingt premières candidatures, par critère"},
    )
    _write_figures(page, working)
    page.sheet.insert_chart(
        row,
        11,
        _distribution(page),
        {"x_offset": 2, "y_offset": 4, "description": "Nombre de candidatures par total, selon leur statut"},
    )
    page.sheet.print_area(0, 0, max(last, table_row), 17)


def _contributions(page: Page, working: Working) -> Any:
    chart = page.chart("bar", "stacked")
    last = FIRST_ROW + min(FIRST_SHOWN, len(working.book.rows)) - 1
    reference = column_of(working, NAMED)
    shown, title = _stacked(working)
    for number, (name, column) in enumerate(shown):
        chart.add_series(
            {
                "name": name,
                "categories": [RANKING, FIRST_ROW, reference, last, reference],
                "values": [RANKING, FIRST_ROW, column, last, column],
                "fill": {"color": SERIES[number % len(SERIES)]},
                "border": {"color": "#FFFFFF", "width": 0.5},
                "gap": 35,
            }
        )
    chart.set_title({"name": title, "name_font": _TITLE, "overlay": False})
    chart.set_y_axis({"reverse": True, "num_font": {**_SMALL, "size": 8}, "line": {"color": RULE}})
    chart.set_x_axis(
        {
            "num_font": _SMALL,
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
            "min": 0,
            "num_format": "0",
        }
    )
    chart.show_hidden_data()  # the names stand in a hidden column
    _finish(chart, 760, 392)
    return chart


def _stacked(working: Working) -> tuple[list[tuple[str, int]], str]:
    """Give the names and the columns that are stacked, with the title that says so."""
    roots = working.book.criteria.criteria
    if len(roots) > MOST_SERIES:
        return [("Total", column_of(working, "Total"))], "Les vingt premières : leurs totaux"
    columns = points_columns(working)
    title = "Les vingt premières : d'où viennent leurs points"
    return [(texts.name(root.column), columns[root.id]) for root in roots], title


def _distribution(page: Page) -> Any:
    chart = page.chart("column", "stacked")
    for number, (_, label, look) in enumerate(_STATUSES, start=FIGURES_COLUMN + 1):
        chart.add_series(
            {
                "name": label,
                "categories": [OVERVIEW, 2, FIGURES_COLUMN, 1 + BINS, FIGURES_COLUMN],
                "values": [OVERVIEW, 2, number, 1 + BINS, number],
                "gap": 15,
                "border": {"color": "#FFFFFF", "width": 0.5},
                **look,
            }
        )
    _draw_limits(chart)
    chart.set_title({"name": "Répartition des totaux, selon le statut", "name_font": _TITLE, "overlay": False})
    chart.set_x_axis({"num_font": {**_SMALL, "size": 8}, "line": {"color": RULE}})
    chart.set_y_axis(
        {
            "num_font": _SMALL,
            "major_gridlines": {"visible": True, "line": {"color": RULE, "width": 0.5}},
            "num_format": "0",
            "line": {"none": True},
        }
    )
    _finish(chart, 496, 392)
    return chart


def _draw_limits(chart: Any) -> None:
    """Colour the room above the classes of the last total selected and of the minimum, and nothing of their bars."""
    for number, (colour, clear) in enumerate(_LIMITS):
        chart.add_series(
            {
                "name": [OVERVIEW, 1, LIMITS_COLUMN + number],
                "categories": [OVERVIEW, 2, FIGURES_COLUMN, 1 + BINS, FIGURES_COLUMN],
                "values": [OVERVIEW, 2, ROOM_COLUMN + number, 1 + BINS, ROOM_COLUMN + number],
                "gap": 15,
                "fill": {"color": colour, "transparency": clear},
                "border": {"none": True},
            }
        )


def _finish(chart: Any, width: int, height: int) -> None:
    chart.set_legend({"position": "bottom", "font": _SMALL})
    chart.set_chartarea({"border": {"color": RULE}})
    chart.set_size({"width": width, "height": height})


def _write_figures(page: Page, working: Working) -> None:
    """Count ranked candidatures by ten classes of the total and by status."""
    page.put(0, FIGURES_COLUMN, "Chiffres du graphique des totaux", "section_plain")
    page.headings(1, ["Total", *(label for _, label, _ in _STATUSES)], FIGURES_COLUMN)
    page.sheet.set_column(FIGURES_COLUMN, ROOM_COLUMN + len(_LIMITS) - 1, 13)
    bottom, step = _classes(working.book)
    held: list[tuple[int, list[int]]] = []
    for number in range(BINS):
        low, high = (bottom + step * place for place in (number, number + 1))
        ends = (None if number == 0 else low, None if number == BINS - 1 else high)
        until = "et plus" if number == BINS - 1 else f"à < {spell_number(high)}"
        page.put(2 + number, FIGURES_COLUMN, f"{spell_number(low)} {until}", "centred")
        counted = [_counted(working, status, *ends) for status, _, _ in _STATUSES]
        there = [_is_there(working, name, *ends) for name, _, _ in _LIMIT_WORDS]
        for column, each in enumerate([*counted, *there], start=FIGURES_COLUMN + 1):
            page.formula(2 + number, column, *each, "count")
        held.append((sum(found for _, found in counted), [found for _, found in there]))
    _write_room(page, held)
    for column, (name, label, none) in enumerate(_LIMIT_WORDS, start=LIMITS_COLUMN):
        page.formula(1, column, *_limit_word(working, name, label, none), "heading")


def _write_room(page: Page, held: list[tuple[int, list[int]]]) -> None:
    """Write how many each class holds, and the room above it that each limit colours, shared where both fall in it."""
    page.headings(1, ["Ensemble", *(f"Bande : {label}" for _, label, _ in _LIMIT_WORDS)], COUNT_COLUMN)
    top = _ABOVE * max(count for count, _ in held)
    every = span(2, COUNT_COLUMN, 1 + BINS, COUNT_COLUMN)
    for row, (count, there) in enumerate(held, start=2):
        total = cell(row, COUNT_COLUMN)
        page.formula(
            row, COUNT_COLUMN, f"=SUM({span(row, FIGURES_COLUMN + 1, row, LIMITS_COLUMN - 1)})", count, "count"
        )
        limits = span(row, LIMITS_COLUMN, row, COUNT_COLUMN - 1)
        for number, is_there in enumerate(there):
            room = f"=IF({cell(row, LIMITS_COLUMN + number)}=1,({_ABOVE}*MAX({every})-{total})/SUM({limits}),0)"
            high = (top - count) / sum(there) if is_there else 0
            page.formula(row, ROOM_COLUMN + number, room, high, "count")


def _classes(book: Book) -> tuple[Fraction, Fraction]:
    """Give where the first class begins and how wide each is: tenths of the total announced, or of those reached."""
    most = book.criteria.announced
    if most is not None:
        return Fraction(0), most / BINS
    totals = [one.card.total for one in book.rows if one.card.total is not None] or [Fraction(0)]
    step = _round_up((max(totals) - min(totals)) / (BINS - 1))
    return step * (min(totals) // step), step


def _round_up(width: Fraction) -> Fraction:
    """Give the next of 1, 2 and 5 times a power of ten."""
    power = Fraction(1)
    while power * 10 <= width:
        power *= 10
    while power > width > 0:
        power /= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= width)


def _counted(working: Working, status: Status, low: Fraction | None, high: Fraction | None) -> tuple[str, int]:
    book, totals = working.book, working.whole("total")
    first = -LARGEST if low is None else float(low * book.point)
    last = LARGEST if high is None else float(high * book.point)
    formula = (
        f"=SUMPRODUCT(({working.whole('statut')}={quoted(status)})*({totals}>={first:.15g})*({totals}<{last:.15g}))"
    )
    found = sum(
        one.status is status
        and one.card.total is not None
        and (low is None or one.card.total >= low)
        and (high is None or one.card.total < high)
        for one in book.rows
    )
    return formula, found


def _is_there(working: Working, name: str, low: Fraction | None, high: Fraction | None) -> tuple[str, int]:
    """Say, by 1 or 0, whether a limit in force falls in a class."""
    point, at, value = working.book.point, working.scalar(name), _limit(working, name)
    tests = [f"{at}>{LAST}", *([] if low is None else [f"{at}>={float(low * point):.15g}"])]
    tests += [] if high is None else [f"{at}<{float(high * point):.15g}"]
    found = (
        value > LAST and (low is None or value >= float(low * point)) and (high is None or value < float(high * point))
    )
    return f"=IF(AND({','.join(tests)}),1,0)" if working.book.is_live else "", int(found)


def _limit_word(working: Working, name: str, label: str, none: str) -> tuple[str, str]:
    """Name a limit in force with its points, with a comma whatever the language of the spreadsheet."""
    book, at, value = working.book, working.scalar(name), _limit(working, name)
    lead = typeset(f"{label} : ")
    decimals = total_decimals(book.evaluation)
    points = f'SUBSTITUTE(ROUND({at}/{book.point},{decimals})&"",".",",")'
    formula = f"=IF({at}={LAST},{quoted(none)},{quoted(lead)}&{points})" if book.is_live else ""
    rounded = Fraction(int(Fraction(value) / book.point * 10**decimals * 2 + 1) // 2, 10**decimals)
    said = f"{float(rounded):.{decimals}f}".rstrip("0").rstrip(".") if decimals else str(int(rounded))
    return formula, none if value == LAST else lead + said.replace(".", ",")


def _limit(working: Working, name: str) -> int | float:
    value = working.scalars[SCALARS.index(name)].value
    assert not isinstance(value, str)  # noqa: S101 - a figure
    return value
