"""The form of one candidature: a sheet that a town hall fills on the screen, and prints for its files.

Column A, hidden, says line by line which cell answers which key (`E=porteur.nom`) and which ones are ours, with a
check sum (`B~1a2b3c4d`): the reader in `sources` depends on it, and on no wording.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.reports.form.answers import Value, answers_of, lines_needed
from ami_scoring.reports.form.cells import FORMATS, put, put_text, validation
from ami_scoring.reports.form.lists import add_lists
from ami_scoring.reports.form.open_package import packed_open
from ami_scoring.reports.form.package import packed
from ami_scoring.reports.form.page import break_pages, lay_out, protect
from ami_scoring.reports.form.questions import Block, Kind, Question, sections
from ami_scoring.reports.form.styles import MISSING, Look, looks, rich

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.datavalidation import DataValidation

MARK: Final = "ami-formulaire 1"
SHEET: Final = "Candidature"
WIDTHS: Final = {"A": 3, "B": 5, "C": 30, "D": 15, "E": 24, "F": 22, "G": 17}
LINE_COLUMNS: Final = "CDEFG"
TALLEST: Final = 400
"""Points beyond which Excel makes no line taller, near enough."""
LABEL_CHARACTERS: Final = 64
"""Small characters that one line of a label holds."""
ADVICE: Final = (
    "Répondez dans les cases jaunes ; celles qui sont obligatoires portent une étoile. Laissez vide ce que vous ne "
    "savez pas : une case vide veut dire « non renseigné », jamais zéro ni non. Pour effacer une réponse : touche "
    "Suppr. Enregistrez le fichier sans changer son format (.xlsx ou .ods)."
)


def form_workbook(criteria: Criteria, candidature: Candidature | None = None) -> bytes:
    """Make the form of a call for Excel, empty or filled with a candidature. Raises `AnswerTooLongError`."""
    return packed(_book(criteria, candidature))


def form_ods(criteria: Criteria, candidature: Candidature | None = None) -> bytes:
    """Make the same form for LibreOffice. Raises `AnswerTooLongError`."""
    return packed_open(_book(criteria, candidature))


def _book(criteria: Criteria, candidature: Candidature | None) -> Workbook:
    from openpyxl import Workbook  # noqa: PLC0415 - costs more than all the rest of the program

    answers = {} if candidature is None else answers_of(candidature, criteria)
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = SHEET
    writer = _Writer(sheet, add_lists(book, criteria), answers)
    writer.head(criteria)
    for number, section in enumerate(sections(criteria, lines_needed(answers)), start=1):
        writer.bar(f"{number}. {section.title}")
        for item in section.items:
            if isinstance(item, Question):
                writer.ask(item)
            else:
                writer.list_lines(item, titled=item.title != section.title)
    writer.finish(criteria)
    book.properties.title = criteria.call.title
    book.properties.creator = criteria.call.authority
    return book


class _Writer:
    """Writes line after line, and keeps what the technical column will say of each."""

    def __init__(self, sheet: Any, lists: Mapping[tuple[str, ...], str], answers: Mapping[str, Value]) -> None:
        self.sheet, self.lists, self.answers = sheet, lists, answers
        self.looks = looks()
        # The first line is the mark's own: everything that a person reads begins under it.
        self.row = 1
        sheet.row_dimensions[1].height = 6
        self.technical: dict[int, list[str]] = defaultdict(list)
        self.checks: dict[Question, DataValidation | None] = {}
        self.required: list[str] = []
        self.sections: list[int] = []

    def head(self, criteria: Criteria) -> None:
        """Write what the form is for, and how to fill it."""
        call = criteria.call
        self.label("B", call.title, self.looks.title, to="G", height=20 + 24 * math.ceil(len(call.title) / 62))
        self.label(
            "B",
            f"Formulaire de candidature · {call.authority} · {call.edition}",
            self.looks.subtitle,
            to="G",
            height=18,
        )
        self.label("B", ADVICE, self.looks.advice, to="G", height=46)
        self.next_row(20)
        self.progress_row = self.row

    def bar(self, title: str) -> None:
        """Write the head of a section."""
        self.gap()
        self.sections.append(self.row + 1)
        self.label("B", title, self.looks.section, to="G", height=21)

    def ask(self, question: Question) -> None:
        """Write one question with its help, and the cell for its answer."""
        lines = math.ceil(len(question.help) / LABEL_CHARACTERS)
        self.next_row(18 + 12.5 * lines)
        text = rich(question.title, question.help, required=question.required)
        self.ours("B", str(text), text, self.looks.question, to="D")
        self.answer("E", question.key, question, to="G")
        if question.required:
            self.required.append(f"E{self.row}")

    def list_lines(self, block: Block, *, titled: bool) -> None:
        """Write the lines of a list: its help, how many there are, then a line for each."""
        if titled:
            self.gap(6)
            self.label("B", block.title, self.looks.block, to="G", height=18)
        if block.help:
            self.label("B", block.help, self.looks.subtitle, to="G", height=15 * math.ceil(len(block.help) / 105) + 2)
        if block.count is not None:
            self.ask(block.count)
        placed = _placed(block)
        self.next_row(18 if block.of_texts else 42)
        self.ours("B", "n°", "n°", self.looks.heading)
        last = list(placed)[-1]
        for column, question in placed.items():
            text = rich(question.title, question.help, required=question.required, size=10)
            self.ours(column, str(text), text, self.looks.heading, to="G" if column == last else None)
        for place in range(1, block.lines + 1):
            self.next_row(18)
            self.ours("B", str(place), place, self.looks.number)
            for column, question in placed.items():
                key = f"{block.key}.{place}" + (f".{question.key}" if question.key else "")
                self.answer(column, key, question, to="G" if column == last else None)
                if question.required and place == 1:
                    self.required.append(f"{column}{self.row}")

    def finish(self, criteria: Criteria) -> None:
        """Write the technical column, what is still missing, and how the sheet prints and is protected."""
        self._progress()
        call = criteria.call
        put_text(self.sheet["A1"], "A1", f"{MARK}\nappel={_line(call.title)}\nédition={_line(call.edition)}")
        for row, said in self.technical.items():
            if row > 1:
                put_text(self.sheet.cell(row, 1), f"A{row}", "\n".join(said))
        for row in range(1, self.row + 1):
            self.looks.key.dress(self.sheet.cell(row, 1))
        for letter, width in WIDTHS.items():
            self.sheet.column_dimensions[letter].width = width
        self.sheet.column_dimensions["A"].hidden = True
        for check in self.checks.values():
            if check is not None:
                self.sheet.add_data_validation(check)
        protect(self.sheet)
        lay_out(self.sheet, call.title, self.row)
        break_pages(self.sheet, self.sections, self.row)

    def label(self, column: str, text: str, look: Look, *, to: str, height: float) -> None:
        """Write a line of our own."""
        self.next_row(height)
        self.ours(column, text, text, look, to=to)

    def ours(self, column: str, plain: str, value: Any, look: Look, *, to: str | None = None) -> None:
        """Write a cell of ours, with the check sum by which the reader knows it untouched."""
        cell = self.sheet[f"{column}{self.row}"]
        if isinstance(value, str):
            put_text(cell, cell.coordinate, value)
        else:
            cell.value = value
        self._dress(column, to, look)
        self.technical[self.row].append(f"{column}~{zlib.crc32(' '.join(plain.split()).encode()):08x}")

    def answer(self, column: str, key: str, question: Question, *, to: str | None = None) -> None:
        """Make room for an answer, filled when it is known."""
        cell = self.sheet[f"{column}{self.row}"]
        self._dress(column, to, self.looks.answer, FORMATS[question.kind])
        if key in self.answers:
            put(cell, key, self.answers[key])
            self._make_room(str(self.answers[key]), column, to or column)
        self.technical[self.row].append(f"{column}={key}")
        if question not in self.checks:
            self.checks[question] = validation(question, self.lists)
        check = self.checks[question]
        if check is not None:
            check.add(cell)

    def next_row(self, height: float) -> None:
        """Go to the next line."""
        self.row += 1
        self.sheet.row_dimensions[self.row].height = height

    def gap(self, height: float = 9) -> None:
        """Leave a thin blank line."""
        self.next_row(height)

    def _dress(self, column: str, to: str | None, look: Look, number_format: str = "General") -> None:
        first, last = f"{column}{self.row}", f"{to or column}{self.row}"
        if first != last:
            # Before the looks: openpyxl would copy borders along the edge of the merged cells, at ten times the cost.
            self.sheet.merge_cells(f"{first}:{last}")
        for cell in self.sheet[f"{first}:{last}"][0]:
            look.dress(cell, number_format)

    def _make_room(self, text: str, column: str, to: str) -> None:
        """Heighten a line so that a long answer is read whole, within what a page can show."""
        width = sum(WIDTHS[letter] for letter in WIDTHS if column <= letter <= to) - 3
        lines = sum(math.ceil(max(len(line), 1) / width) for line in text.split("\n"))
        dimension = self.sheet.row_dimensions[self.row]
        dimension.height = max(dimension.height, min(3 + 15 * lines, TALLEST))

    def _progress(self) -> None:
        from openpyxl.formatting.rule import Rule  # noqa: PLC0415
        from openpyxl.styles import PatternFill  # noqa: PLC0415
        from openpyxl.styles.differential import DifferentialStyle  # noqa: PLC0415

        row, self.row = self.row, self.progress_row
        blanks = "+".join(f"ISBLANK({cell})" for cell in self.required)
        cell = self.sheet[f"B{self.row}"]
        cell.value = (
            f'=IF({blanks}=0,"Toutes les réponses obligatoires sont données.",'
            f'"Réponses obligatoires qui manquent encore : "&({blanks})&".")'
        )
        self._dress("B", "G", self.looks.block)
        self.technical[self.row].append("B~formule")
        fill = PatternFill("solid", bgColor=MISSING)
        for each in self.required:
            last = each.replace("E", "G") if each.startswith("E") else each
            self.sheet.conditional_formatting.add(
                f"{each}:{last}",
                Rule(type="expression", dxf=DifferentialStyle(fill=fill), formula=[f"ISBLANK(${each})"]),
            )
        self.row = row


def _placed(block: Block) -> dict[str, Question]:
    """Give each question of a line its column: the first text takes the widest."""
    first = next((each for each in block.columns if each.kind is Kind.TEXT), block.columns[0])
    ordered = [first, *(each for each in block.columns if each is not first)]
    return dict(zip(LINE_COLUMNS, ordered, strict=False))


def _line(text: str) -> str:
    return " ".join(text.split())
