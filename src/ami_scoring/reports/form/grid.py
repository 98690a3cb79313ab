"""The grid of one assessor: their candidatures, what to judge on each beside its scale, and room for two answers.

The columns that lead the reader in `sources` (who, which candidature, what) are on every line, three of them hidden:
lines may be sorted, or the sheet saved as CSV. All is locked but the answers.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.identifiers import department_of
from ami_scoring.exact import Fraction
from ami_scoring.messages import spell
from ami_scoring.reports.form.cells import LISTS_SHEET, YES_NO, put, put_text
from ami_scoring.reports.form.lists import MARK as LISTS_MARK
from ami_scoring.reports.form.open_package import packed_open
from ami_scoring.reports.form.package import packed
from ami_scoring.reports.form.page import protect
from ami_scoring.reports.form.styles import Looks, looks
from ami_scoring.reports.form.table import spelled_for_csv
from ami_scoring.scoring.jury import Grid, Subject, scales_of
from ami_scoring.scoring.values import exactly_written

if TYPE_CHECKING:
    from openpyxl import Workbook

MARK: Final = "ami-grille 1"
SHEET: Final = "Grille"
KEYS: Final = ("", "reference", "assesseur", "cle", "dossier", "bareme", "reponse", "motif")
TITLES: Final = ("", "Dossier", "", "", "À juger", "Barème", "Votre réponse", "Motif (obligatoire)")
WIDTHS: Final = (3, 14, 3, 3, 38, 58, 15, 58)
ASIDE: Final = "Je me récuse ?"
WHY_ASIDE: Final = "Oui en cas de conflit d'intérêts, avec son motif ; sinon, laissez vide."
ADVICE: Final = (
    "Répondez dans les cases jaunes : une note, ou un niveau, et toujours son motif. Laissez vide ce que vous n'avez "
    "pas encore jugé : une case vide veut dire « pas d'avis », jamais zéro. Enregistrez le fichier sans changer son "
    "format, et renvoyez-le au secrétariat."
)
SCALE: Final = 72
"""Percent at which the columns fill the width of an A4 page on its side."""
FROM_HERE: Final = 7
MOST_LISTED: Final = 100
"""Marks beyond which a scale is given by its bounds rather than by a list."""


class Line(NamedTuple):
    """One line of answers: what it is about, in keys and in words."""

    reference: str
    key: str
    title: str
    scale: str
    subject: Subject | None = None
    """What is judged there; None where one stands aside."""


def grid_workbook(grid: Grid, criteria: Criteria, sha256: str) -> bytes:
    """Make a grid for Excel. `sha256` is the fingerprint of the criteria."""
    return packed(_book(grid, criteria, sha256))


def grid_ods(grid: Grid, criteria: Criteria, sha256: str) -> bytes:
    """Make a grid for LibreOffice."""
    return packed_open(_book(grid, criteria, sha256))


def grid_csv(grid: Grid, criteria: Criteria, sha256: str) -> str:
    """Make a grid as a CSV, separated as Excel expects it in France."""
    page = StringIO()
    writer = csv.writer(page, delimiter=";", lineterminator="\r\n")
    writer.writerow((_mark(criteria, sha256), *KEYS[1:]))
    writer.writerow(("", *TITLES[1:]))
    for line in lines_of(grid):
        told = (line.reference, grid.assessor.id, line.key, line.title, line.scale)
        writer.writerow(("", *map(spelled_for_csv, told), "", ""))
    return page.getvalue()


def lines_of(grid: Grid) -> Iterator[Line]:
    """Give the lines of a grid: for each candidature, that of standing aside, then one a subject."""
    for candidature, subjects in grid.dossiers:
        reference = candidature.reference
        yield Line(reference, "conflit", f"{_called(candidature)}\n{ASIDE}", WHY_ASIDE)
        for subject in subjects:
            yield Line(reference, f"avis.{subject.key}", _title(subject), scale_text(subject), subject)


def scale_text(subject: Subject) -> str:
    """Write the scale of a subject in French: its levels with their text, or its bounds and step."""
    rule = subject.rule
    if rule.tiers:
        return "\n".join(f"{name} ({spell(tier.points)}) : {tier.text}" for name, tier in rule.tiers.items())
    step = "" if rule.step is None else f", par pas de {spell(rule.step)}"
    return f"Note de {spell(rule.lowest)} à {spell(rule.highest)}{step}."


def _title(subject: Subject) -> str:
    return subject.title if subject.reference is None else f"{subject.title}\n({subject.reference})"


def _called(candidature: Candidature) -> str:
    commune = candidature.place.main_commune
    return f"{candidature.applicant.name} · {commune.called} ({department_of(commune.code_insee)})"


def _mark(criteria: Criteria, sha256: str) -> str:
    call = criteria.call
    told = {
        "appel": " ".join(call.title.split()),
        "édition": " ".join(call.edition.split()),
        "critères": sha256,
        "échelles": scales_of(criteria.judgements),
    }
    return "\n".join([MARK, *(f"{name}={said}" for name, said in told.items())])


def _book(grid: Grid, criteria: Criteria, sha256: str) -> Workbook:
    from openpyxl import Workbook  # noqa: PLC0415 - costs more than all the rest of the program

    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    dressed, lines = looks(), list(lines_of(grid))
    put_text(sheet["A1"], "A1", _mark(criteria, sha256))
    _head(sheet, grid, criteria, dressed)
    for row, line in enumerate(lines, start=FROM_HERE):
        _write(sheet, row, line, grid.assessor.id, dressed)
    _check(book, sheet, lines)
    _lay_out(sheet, criteria.call.title, FROM_HERE + len(lines) - 1)
    book.properties.title = criteria.call.title
    book.properties.creator = criteria.call.authority
    return book


def _head(sheet: Any, grid: Grid, criteria: Criteria, dressed: Looks) -> None:
    call = criteria.call
    for column, key in enumerate(KEYS, start=1):
        if key:
            put_text(sheet.cell(1, column), key, key)
    told = f"Grille de {grid.assessor.name} · {call.authority} · {call.edition}"
    count = f"{len(grid.dossiers)} dossiers, {grid.opinions} avis demandés"
    heads = ((2, call.title, dressed.title, 30), (3, f"{told} · {count}", dressed.subtitle, 18))
    for row, text, look, height in (*heads, (4, ADVICE, dressed.advice, 34)):
        sheet.merge_cells(start_row=row, end_row=row, start_column=2, end_column=8)
        put_text(sheet.cell(row, 2), "", text)
        look.dress(sheet.cell(row, 2))
        sheet.row_dimensions[row].height = height
    last = FROM_HERE + sum(len(subjects) + 1 for _, subjects in grid.dossiers)
    sheet.merge_cells(start_row=5, end_row=5, start_column=2, end_column=8)
    sheet["B5"].value = (
        f'="Avis donnés : "&SUMPRODUCT((LEFT(D{FROM_HERE}:D{last},5)="avis.")*(G{FROM_HERE}:G{last}<>""))'
        f'&" sur {grid.opinions}"'
    )
    dressed.block.dress(sheet["B5"])
    for column, title in enumerate(TITLES, start=1):
        if title:
            put_text(sheet.cell(FROM_HERE - 1, column), title, title)
            dressed.heading.dress(sheet.cell(FROM_HERE - 1, column))
    sheet.row_dimensions[FROM_HERE - 1].height = 22


def _write(sheet: Any, row: int, line: Line, assessor: str, dressed: Looks) -> None:
    look = dressed.band if line.subject is None else dressed.question
    told = (line.reference, assessor, line.key, line.title, line.scale)
    for column, text in enumerate(told, start=2):
        cell = sheet.cell(row, column)
        put_text(cell, line.key, text)
        look.dress(cell)
    for column in (7, 8):
        dressed.answer.dress(sheet.cell(row, column))
    bold = 10 if line.subject is None else 0
    tallest = max(_lines(line.title, WIDTHS[4] - bold), _lines(line.scale, WIDTHS[5] - bold))
    sheet.row_dimensions[row].height = min(8 + 15 * max(tallest, 2), 400)


def _lines(text: str, width: int) -> int:
    return sum(math.ceil(max(len(part), 1) / (width - 2)) for part in text.split("\n"))


def _check(book: Any, sheet: Any, lines: list[Line]) -> None:
    """Have each answer chosen from a list, or kept within its bounds."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415

    lists = _lists(book, lines)
    checks: dict[str, Any] = {}
    for row, line in enumerate(lines, start=FROM_HERE):
        if line.key not in checks:
            rule = _rule(line.subject, lists)
            checks[line.key] = DataValidation(
                allow_blank=True, showErrorMessage=True, errorTitle="Réponse à corriger", **rule
            )
            checks[line.key].showDropDown = False
        checks[line.key].add(f"G{row}")
    for check in checks.values():
        sheet.add_data_validation(check)


def _choices(subject: Subject | None) -> tuple[str | Fraction, ...]:
    """List what may be answered; nothing where a scale has too many marks, or any between its bounds."""
    if subject is None:
        return YES_NO
    rule = subject.rule
    if rule.tiers:
        return tuple(rule.tiers)
    if rule.step is None or (rule.highest - rule.lowest) / rule.step >= MOST_LISTED:
        return ()
    marks = tuple(rule.lowest + rule.step * place for place in range(int((rule.highest - rule.lowest) / rule.step) + 1))
    return marks if all("/" not in (exactly_written(mark) or "/") for mark in marks) else ()


def _lists(book: Any, lines: list[Line]) -> dict[tuple[str | Fraction, ...], str]:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    sheet["A1"].value = LISTS_MARK
    places: dict[tuple[str | Fraction, ...], str] = {}
    for line in lines:
        choices = _choices(line.subject)
        if choices and choices not in places:
            letter = get_column_letter(len(places) + 2)
            for row, choice in enumerate(choices, start=2):
                put(sheet[f"{letter}{row}"], line.key, choice)
            places[choices] = f"{LISTS_SHEET}!${letter}$2:${letter}${len(choices) + 1}"
    return places


def _rule(subject: Subject | None, lists: dict[tuple[str | Fraction, ...], str]) -> dict[str, Any]:
    choices = _choices(subject)
    if choices or subject is None:
        return {"type": "list", "formula1": lists[choices], "error": "Choisissez dans la liste."}
    rule = subject.rule
    low, high = (float(bound) for bound in (rule.lowest, rule.highest))
    told = f"Une note de {spell(rule.lowest)} à {spell(rule.highest)} est attendue."
    return {"type": "decimal", "operator": "between", "formula1": f"{low:g}", "formula2": f"{high:g}", "error": told}


def _lay_out(sheet: Any, title: str, last: int) -> None:
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    for column, width in enumerate(WIDTHS, start=1):
        dimension = sheet.column_dimensions[get_column_letter(column)]
        dimension.width = width
        dimension.hidden = width == WIDTHS[0]
    sheet.row_dimensions[1].hidden = True
    sheet.freeze_panes = f"C{FROM_HERE}"
    sheet.sheet_view.showGridLines = False
    sheet.print_area = f"B1:H{last}"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    # Not « fit to width »: OpenDocument has the scale alone.
    sheet.page_setup.scale = SCALE
    margins = sheet.page_margins
    margins.left = margins.right = 0.4
    margins.top, margins.bottom = 0.5, 0.6
    sheet.print_title_rows = f"{FROM_HERE - 1}:{FROM_HERE - 1}"
    sheet.oddFooter.left.text = title.replace("&", "&&")
    sheet.oddFooter.right.text = "Page &P sur &N"
    protect(sheet)
