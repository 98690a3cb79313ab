"""« Vue d'ensemble »: the counts, three pictures, and where the candidatures come from."""

from __future__ import annotations

from collections import Counter
from typing import Final

from ami_scoring.domain.standings import Status
from ami_scoring.reports.workbook.banner import write_banner, write_head
from ami_scoring.reports.workbook.cells import letters, quoted
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.overview_charts import insert_charts
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.told import result
from ami_scoring.reports.workbook.working import Working

CARD_ROW: Final = 4
CHART_ROW: Final = 7
TABLE_ROW: Final = 28
COLUMNS: Final = 18
_WIDTHS: Final = (9.5,) * COLUMNS
_SHOWN: Final = {
    Status.SELECTED: "Retenues",
    Status.RESERVE: "En réserve",
    Status.TO_DELIBERATE: "À délibérer",
    Status.NOT_SELECTED: "Non retenues",
    Status.TO_COMPLETE: "À compléter",
    Status.TO_CORRECT: "À corriger",
    Status.AWAITED: "Avis attendu",
}
_WHERE_SOME_ARE: Final = frozenset({Status.TO_CORRECT, Status.AWAITED})
"""The statuses that most calls know nothing of; no weight, place or minimum gives them or takes them away."""


def write_overview(page: Page, working: Working) -> None:
    """Write the sheet; counts and charts follow the inputs."""
    page.printed(working.book.criteria.call.title)
    page.widths(*_WIDTHS)
    write_head(page, working, "Vue d'ensemble")
    write_banner(page, working, 2, _WIDTHS)
    if not working.book.rows:
        return
    page.put(3, 0, result(working.book.evaluation), "subtitle")
    _write_cards(page, working)
    last = _write_map(page, working, TABLE_ROW)
    insert_charts(page, working, CHART_ROW, TABLE_ROW, last)
    page.sheet.fit_to_pages(1, 1 if last < 60 else 0)


def _write_cards(page: Page, working: Working) -> None:
    evaluation = working.book.evaluation
    cards = [("Candidatures lues", "", evaluation.read)]
    for status, label in _SHOWN.items():
        if status is Status.TO_DELIBERATE and working.book.criteria.selection.decides_from is None:
            continue
        if status in _WHERE_SOME_ARE and not evaluation.count(status):
            continue
        formula = f"=SUMPRODUCT(--({working.whole('statut')}={quoted(status)}))" if working.book.is_live else ""
        cards.append((label, formula, evaluation.count(status)))
    cards.append(("Écartées", "", len(evaluation.set_aside)))
    width = COLUMNS // len(cards)
    for place, (label, formula, value) in enumerate(cards):
        first = place * width
        last = first + width - 1
        page.sheet.merge_range(CARD_ROW, first, CARD_ROW, last, "", page.styles["big_label"])
        page.put(CARD_ROW, first, label, "big_label")
        page.sheet.merge_range(CARD_ROW + 1, first, CARD_ROW + 1, last, "", page.styles["big"])
        page.formula(CARD_ROW + 1, first, formula, value, "big")
    page.sheet.set_row(CARD_ROW + 1, 26)


def _write_map(page: Page, working: Working, row: int) -> int:
    """Write two tables side by side: candidatures, then places, by département and zone."""
    grid, book = working.grid, working.book
    counts = _counted(working)
    departments = sorted({str(value) for value in grid.values("departement")})
    zones = sorted({str(value) for value in grid.values("zone")}, key=_zone_order) if book.shows_zone else []
    for first, title, chosen in (
        (0, f"Classées ou en attente, par département{' et zone' if zones else ''}", False),
        (_second_table(len(zones)), "dont retenues", True),
    ):
        page.put(row, first, title, "section_plain")
        page.headings(row + 1, ["Dépt", *zones, "Total"], first)
        sums = [0] * (len(zones) + 1)
        for place, department in enumerate(departments, start=row + 2):
            page.put(place, first, department, "strong_centred")
            for number, zone in enumerate([*zones, None]):
                formula = _count(working, department, zone, chosen=chosen)
                found = counts[department, zone, chosen]
                sums[number] += found
                page.formula(place, first + 1 + number, formula, found, "total_count" if zone is None else "count")
        last = row + 1 + len(departments)
        if zones:
            colour = "#8CC29A" if chosen else "#8FB0D8"
            rule = {
                "type": "2_color_scale",
                "min_color": "#FFFFFF",
                "max_color": colour,
                "min_type": "num",
                "min_value": 0,
            }
            page.sheet.conditional_format(row + 2, first + 1, last, first + len(zones), rule)
        _write_sums(page, last + 1, first, sums, row + 2)
    return row + 2 + len(departments)


def _second_table(zones: int) -> int:
    """Say where the second table begins: on the right half of the page, or right after the first when it is wide."""
    return max(COLUMNS // 2, zones + 3)


def _write_sums(page: Page, row: int, first: int, sums: list[int], top: int) -> None:
    page.put(row, first, "Total", "group")
    for column, value in enumerate(sums, start=first + 1):
        letter = letters(column)
        page.formula(row, column, f"=SUM({letter}{top + 1}:{letter}{row})", value, "group_count")


def _counted(working: Working) -> Counter[tuple[Value, Value | None, bool]]:
    """Count candidatures, then those selected, by département and zone, or all zones together."""
    counts = Counter[tuple[Value, Value | None, bool]]()
    columns = (working.grid.values(name) for name in ("departement", "zone"))
    for department, zone, one in zip(*columns, working.book.rows, strict=True):
        for chosen in (False, True)[: 1 + (one.status is Status.SELECTED)]:
            counts.update(((department, zone, chosen), (department, None, chosen)))
    return counts


def _count(working: Working, department: str, zone: str | None, *, chosen: bool) -> str:
    tests = [f"({working.whole('departement')}={quoted(department)})"]
    tests += [f"({working.whole('zone')}={quoted(zone)})"] if zone is not None else []
    tests += [f"({working.whole('statut')}={quoted(Status.SELECTED)})"] if chosen else []
    return f"=SUMPRODUCT({'*'.join(tests)})" if len(tests) > 1 else f"=SUMPRODUCT(--{tests[0]})"


def _zone_order(zone: str) -> tuple[int, str]:
    known = ("ZIP", "ZAC", "ZAR", "ZV", "HV", "HZ")
    return (known.index(zone) if zone in known else len(known), zone)
