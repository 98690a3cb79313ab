"""« Classement »: the ranking as a table that sorts itself again when a weight changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, repeat
from typing import Final

from ami_scoring.domain.standings import Status
from ami_scoring.messages import spell_number
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.bands import Cells
from ami_scoring.reports.workbook.banner import colour_statuses, firmness_looks, write_banner, write_head
from ami_scoring.reports.workbook.book import INPUT_COLUMN, POLICY, Book
from ami_scoring.reports.workbook.cells import ROW, cell, letters, of, span
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.dossiers import LABEL, NOTE, column_of_all
from ami_scoring.reports.workbook.firmness import HEADING as FIRM
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.numbering import rank_column
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.ranking_rows import SIZE, WRAPPED, Shown, fitted, row_height
from ami_scoring.reports.workbook.styles import BAR
from ami_scoring.reports.workbook.told import result
from ami_scoring.reports.workbook.working import SCALARS, Working, points_of
from ami_scoring.scoring.words import (
    NEVER_DECIDES,
    asked_fact,
    closing_sentences,
    granted_heading,
    granted_words,
    numbering_sentence,
)

OVER_ROW, HEAD_ROW, FIRST_ROW = 4, 5, 6
LEAD: Final = 3
"""The columns that stay in sight, and come back on each page: rank, tie, reference."""

TIED: Final = "="
NAMED: Final = "Dossier et commune"
_HIDDEN: Final = 4
"""The columns at the end that formulas alone read."""
_REASON: Final = "Motif, à l'évaluation"
_STATUS: Final = "Statut"
_FIRMNESS: Final = "Place, à l'évaluation"
_POSITION: Final = "Ligne de calcul"
_PLACE: Final = "Place"
_NOTES: Final = "Notes"
_OPEN: Final = "Encore ouverts"
_ROOM: Final = 0.85
"""What is left of a width where a program has wider characters."""


def write_ranking(page: Page, working: Working) -> None:
    """Write the sheet. Rows are in the order of the page, which formulas find again."""
    book = working.book
    columns = [fitted(column) for column in _columns(working)]
    shown = len(columns) - _HIDDEN
    # What comes after the status, for whoever looks closer, prints on another page.
    first_page = [column.heading for column in columns].index(FIRM) + 1
    page.printed(book.criteria.call.title, repeat=(OVER_ROW, HEAD_ROW))
    write_head(page, working, "Classement des candidatures")
    write_banner(page, working, 2, [column.width for column in columns[:first_page]])
    _write_closing(page, book, [column.width for column in columns[:first_page]])
    for place, column in enumerate(columns):
        page.sheet.set_column(place, place, column.width, None, {"hidden": place >= shown})
        if column.top:
            page.formula(OVER_ROW, place, column.top, column.most, "over_points")
        page.put(HEAD_ROW, place, column.heading, "heading")
    topped = [place for place, column in enumerate(columns) if column.top]
    if topped:
        page.put(OVER_ROW, topped[0] - 1, "Maximum →", "over_points")
    page.sheet.set_row(HEAD_ROW, 32)
    page.print_apart([column.width for column in columns[:shown]], first_page, LEAD)
    if not book.rows:
        return
    _write_rows(page, columns)
    last = FIRST_ROW + len(book.rows) - 1
    headers = [{"header": column.heading} for column in columns]
    options = {"columns": headers, "name": "Classement", "style": None}
    page.sheet.add_table(HEAD_ROW, 0, last, len(columns) - 1, options)
    for place, column in enumerate(columns):
        page.put(HEAD_ROW, place, column.heading, "heading")
    page.sheet.freeze_panes(FIRST_ROW, LEAD)
    page.sheet.print_areas(span(0, 0, last + 2, first_page - 1), span(FIRST_ROW, first_page, last, shown - 1))
    _dress(page, working, columns, last)
    if book.criteria.call.notice:
        note = texts.sentence(book.criteria.call.notice)
        page.sheet.merge_range(last + 2, 0, last + 2, first_page - 1, "", page.styles["note"])
        page.put(last + 2, 0, note, "note")
        page.sheet.set_row(last + 2, 26)


def column_of(working: Working, heading: str) -> int:
    """Say where a column of the table is."""
    return next(place for place, column in enumerate(_columns(working)) if column.heading == heading)


def points_columns(working: Working) -> dict[str, int]:
    """Say where the points of each main criterion are."""
    headings = {
        heading: root.id for root, heading in zip(working.book.criteria.criteria, _headings(working.book), strict=True)
    }
    return {headings[each.heading]: place for place, each in enumerate(_columns(working)) if each.heading in headings}


def _write_closing(page: Page, book: Book, widths: Sequence[float]) -> None:
    """Say the result, then what it rests on, on as many lines as the first page needs."""
    said = _closing(book)
    page.sheet.merge_range(3, 0, 3, len(widths) - 1, "", page.styles["said_result"])
    page.put(3, 0, said, "said_result")
    page.sheet.set_row(3, height([(said, sum(widths) * _ROOM, 11)]))


def _closing(book: Book) -> str:
    cut = book.evaluation.cut
    said = []
    if cut.places is not None:
        said = [f"{spell_number(cut.places)} {'places' if cut.places > 1 else 'place'}"]
    elif book.criteria.selection.never_decides:
        said = [NEVER_DECIDES]
    elif cut.budget is None:
        said = ["places sans nombre, pour toutes celles qui passent"]
    granted = granted_words(book.evaluation)
    if granted is not None:
        said.append(f"budget, {granted}")
    if cut.reserve or cut.places is not None:
        said.append(f"réserve de {cut.reserve}")
    if cut.minimum is not None:
        over = "plus de " if book.criteria.selection.minimum_strict else "minimum de "
        said.append(f"{over}{spell_number(cut.minimum)} points")
    first = next(iter(closing_sentences(book.evaluation)))
    basis = f"{', '.join(said)}. " if said else ""
    lines = [result(book.evaluation), f"{texts.capital(basis)}{first}", numbering_sentence(book.criteria)]
    return "\n".join(texts.sentence(line) for line in lines if line is not None)


def _write_rows(page: Page, columns: list[Shown]) -> None:
    looks = [f"{column.style}@{WRAPPED.get(column.style, SIZE)}" for column in columns]
    cells = [Cells(column.values, look, column.formula) for column, look in zip(columns, looks, strict=True)]
    page.fill(FIRST_ROW, cells, repeat(row_height(columns), len(columns[0].values)))


def _columns(working: Working) -> Iterator[Shown]:
    grid, book = working.grid, working.book
    order = sorted(range(len(book.rows)), key=lambda i: book.order[i])
    count = _width(book)
    place, position = f"${letters(count + 1)}{ROW}", f"${letters(count)}{ROW}"

    def column(heading: str, width: float, style: str, name: str) -> Shown:
        values = grid.values(name)
        return Shown(heading, width, style, f"={working.at(name, position)}", [values[i] for i in order])

    def points(heading: str, width: float, style: str, name: str) -> Shown:
        held = grid.values(name)
        values = [points_of(book, held[i]) for i in order]
        return Shown(heading, width, style, f"={working.points_at(name, position)}", values)

    yield column("Rang", 6, "strong_centred", rank_column(grid))
    tied = [TIED if int(grid.values("egaux")[i]) > 1 else "" for i in order]
    yield Shown("Ex æquo", 5.5, "centred", f'=IF({working.at("egaux", position)}>1,"{TIED}","")', list(tied))
    yield column("Dossier", 12, "strong", "reference")
    yield replace(column("Porteur", 24, "name", "porteur"), widest=46)
    yield replace(column("Commune", 14, "name", "commune"), widest=24)
    yield column("Dépt", 5.5, "centred", "departement")
    if book.shows_zone:
        yield column("Zone", 6, "centred", "zone")
    if book.shows_wave:
        yield column("Vague", 8.5, "centred", "vague")
    for root, heading in zip(book.criteria.criteria, _headings(book), strict=True):
        one = points(heading, _points_width(heading), "points", f"points:{root.id}")
        top, most = _top(book, root.id)
        yield replace(one, top=top, most=most)
    total = points("Total", 8.5, "total", "total")
    top, most = _top(book, None)
    yield replace(total, top=top, most=most)
    yield column(_STATUS, 12, "centred", "statut")
    yield column(FIRM, 13, "centred", "fermete")
    yield from _ranges(working, order, position)
    yield column("Rang évalué", 7, "quiet_centred", "rang_evalue")
    yield points("Total évalué", 7.5, "quiet_points", "total_evalue")
    yield column("Statut évalué", 11.5, "quiet_centred", "statut_evalue")
    yield column(_FIRMNESS, 12.5, "quiet_centred", "solidite")
    if book.evaluation.cut.budget is not None:
        yield column(_granted_heading(book), 11.5, _granted_look(book), "accorde_evalue")
    if _shows_reasons(book):
        reason = column(_REASON, 46, "said_middle", "motif")
        yield replace(reason, widest=100, formula=f'{reason.formula}&""')  # an empty text read by INDEX is a zero
    noted = f"INDEX({column_of_all(book, NOTE)},{position})"
    yield Shown(_NOTES, 40, "said_middle", f'={noted}&""', ["" for _ in order])
    label = f"=INDEX({column_of_all(book, LABEL)},{position})"
    yield Shown(NAMED, 8, "quiet", label, [working.dossiers[i].label for i in order])
    opened = grid.values("ouverts")
    yield Shown(_OPEN, 8, "quiet", f"={working.at('ouverts', position)}", [opened[i] for i in order])
    match = f"=MATCH({place},{working.whole('ordre')},0)"
    yield Shown(_POSITION, 8, "quiet", match, [i + 1 for i in order])
    yield Shown(_PLACE, 8, "quiet", "", list(range(1, len(order) + 1)))


def _ranges(working: Working, order: list[int], position: str) -> Iterator[Shown]:
    grid, book = working.grid, working.book
    best, worst = working.at("rang_haut", position), working.at("rang_bas", position)
    pairs = [(grid.values("rang_haut")[i], grid.values("rang_bas")[i]) for i in order]
    said: list[Value] = ["" if a == b else f"{a} à {b}" for a, b in pairs]
    yield Shown("Rang possible", 8.5, "quiet_centred", f'=IF({best}={worst},"",{best}&" à "&{worst})', said)
    low, high = working.at("total_bas", position), working.at("total_haut", position)
    ends = [(grid.values("total_bas")[i], grid.values("total_haut")[i]) for i in order]
    for heading, which, side in (("Total au moins", low, 0), ("Total au plus", high, 1)):
        values: list[Value] = ["" if pair[0] == pair[1] else points_of(book, pair[side]) for pair in ends]
        yield Shown(heading, 7.5, "quiet_points", f'=IF({low}={high},"",{which}/{book.point})', values)


def _width(book: Book) -> int:
    has_budget = book.evaluation.cut.budget is not None
    return (
        6
        + has_budget
        + _shows_reasons(book)
        + book.shows_zone
        + book.shows_wave
        + len(book.criteria.criteria)
        + 2
        + 3
        + 1
        + 3
        + 4
    )


def _points_width(heading: str) -> float:
    """Leave room for the longest word, in bold, so that none is split."""
    return max(9.5, 1.15 * max(map(len, heading.split())) + 1)


def _granted_heading(book: Book) -> str:
    ask = asked_fact(book.criteria)
    unit = f" ({texts.name(ask.unit)})" if ask is not None and ask.unit else ""
    return f"{granted_heading(book.criteria)}, évalué{unit}"


def _granted_look(book: Book) -> str:
    granted = (one.granted for one in book.rows)
    return "quiet_amount" if any(each is not None and each.denominator > 1 for each in granted) else "quiet_whole"


def _shows_reasons(book: Book) -> bool:
    """Say whether the evaluation tells why some candidature has its status, or of its versions elsewhere."""
    return any(one.reasons or one.elsewhere for one in book.rows)


def _headings(book: Book) -> list[str]:
    """Head the criteria's columns, apart from each other and from the others."""
    taken = {"rang", "ex æquo", "dossier", "porteur", "commune", "dépt", "zone", "vague", "total", "statut", "place"}
    taken |= {
        FIRM.casefold(),
        "rang possible",
        "total au moins",
        "total au plus",
        "rang évalué",
        "total évalué",
        "statut évalué",
        _FIRMNESS.casefold(),
        _granted_heading(book).casefold(),
        _REASON.casefold(),
    }
    taken |= {_POSITION.casefold(), _NOTES.casefold(), _OPEN.casefold(), NAMED.casefold()}
    headings = []
    for root in book.criteria.criteria:
        name, number = texts.name(root.column), 2
        while name.casefold() in taken:
            name, number = f"{texts.name(root.column)} ({number})", number + 1
        taken.add(name.casefold())
        headings.append(name)
    return headings


def _top(book: Book, root: str | None) -> tuple[str, float]:
    """Give the maximum of a main criterion, or of the total, from the weights in force."""
    one = book.criteria.by_id[root] if root else None
    nodes = book.counted(book.criteria.criteria) if one is None else [one]
    if (book.criteria if one is None else one).announced is None or not nodes:
        return "", 0.0
    at = cell(book.total_row, INPUT_COLUMN) if one is None else book.input_cell(one)
    return f"={of(POLICY, at)}", float(sum(node.weight for node in nodes))


def _dress(page: Page, working: Working, columns: list[Shown], last: int) -> None:
    """Draw the bars, the line under the last candidature that gets a place, the statuses and what a trial moved.

    Two looks of one cell, in two ranges or by two tests, never hold together in LibreOffice: what a column shows is
    told in one range, and where the line passes, the look that both make.
    """
    names = [column.heading for column in columns]
    opened = {names.index(each): place for place, each in enumerate([*_headings(working.book), "Total"])}
    status, evaluated, place = names.index(_STATUS), names.index("Statut évalué"), names.index(_PLACE)
    value = working.scalars[SCALARS.index("last")].value
    page.formula(OVER_ROW, place, f"={working.scalar('last')}", value, "unseen")
    _look(page, last, (status, status), [(_cut(place, status), "cut_selected")])
    colour_statuses(page, FIRST_ROW, last, status, unless=_cut(place, status))
    moved = f"{_at(status)}<>{_at(evaluated)}"
    looks = {evaluated: [(moved, "changed")], status + 1: firmness_looks(_at(status + 1))}
    for number, mark in opened.items():
        # A value that is known only in part says so: its zero may be an answer that is missing.
        looks[number] = [(f'MID({_at(names.index(_OPEN))},{mark + 1},1)="1"', "open")]
    line = _last_place(place)
    for first, end in _ranges_apart([status, *looks], len(columns) - _HIDDEN - 1):
        _look(page, last, (first, end), [(line, "cut")])
    for number, own in looks.items():
        both = [(f"AND({line},{test})", f"{look}+cut") for test, look in own]
        alone = ",".join(f"NOT({test})" for test, _ in own)
        apart = [(f"AND(NOT({line}),{test})", look) for test, look in own]
        _look(page, last, (number, number), [*both, (f"AND({line},{alone})", "cut"), *apart])
    for number, column in enumerate(columns):
        if column.top:
            bar = {
                "type": "data_bar",
                "bar_color": BAR,
                "bar_solid": True,
                "data_bar_2010": True,
                "min_type": "num",
                "min_value": 0,
                "max_type": "formula",
                "max_value": f"=${letters(number)}${OVER_ROW + 1}",
            }
            page.sheet.conditional_format(FIRST_ROW, number, last, number, bar)


def _look(page: Page, last: int, columns: tuple[int, int], looks: Sequence[tuple[str, str]]) -> None:
    for test, look in looks:
        rule = {"type": "formula", "criteria": f"={test}", "format": page.styles[look]}
        page.sheet.conditional_format(FIRST_ROW, columns[0], last, columns[1], rule)


def _ranges_apart(taken: Sequence[int], last: int) -> Iterator[tuple[int, int]]:
    """Give the runs of columns that are not taken."""
    ends = [-1, *sorted(taken), last + 1]
    yield from ((low + 1, high - 1) for low, high in pairwise(ends) if high - low > 1)


def _at(column: int) -> str:
    return f"${letters(column)}{FIRST_ROW + 1}"


def _cut(place: int, status: int) -> str:
    """Test whether a row is the last that gets a place, and is selected."""
    return f'AND({_last_place(place)},${letters(status)}{FIRST_ROW + 1}="{Status.SELECTED}")'


def _last_place(place: int) -> str:
    return f"${letters(place)}{FIRST_ROW + 1}=${letters(place)}${OVER_ROW + 1}"
