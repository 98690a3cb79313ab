"""« À compléter »: who must send what, and what it could change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.messages import Message, named, spell
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import colour_statuses, write_banner, write_head
from ami_scoring.reports.workbook.book import WORKING, Book
from ami_scoring.reports.workbook.cells import cell, of
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working, points_of
from ami_scoring.scoring.telling import lacks, provided
from ami_scoring.scoring.words import POSSIBLE_COUNTED, missing_items, numbering_word, to_verify

HEAD_ROW, FIRST_ROW = 4, 5
_HEADINGS: Final = [
    "Dossier",
    "Porteur",
    "Commune",
    "Statut",
    "Total possible, de",
    "à",
    "Meilleur rang",
    "Moins bon rang",
    "Rang suffisant pour une place ?",
    "Ce qui manque",
    "Ce que cela peut changer",
]
_WIDTHS: Final = (12, 24, 18, 12, 8.5, 8.5, 8.5, 8.5, 16, 46, 52)
_NOTE: Final = (
    "D'abord les dossiers sans rang tant qu'ils ne sont pas complétés, corrigés ou notés par le jury, "
    "puis ceux qui sont classés sans les points de ce qui manque, ou sur une réponse à vérifier."
)
_NONE: Final = "Aucun dossier n'est à compléter."
_SURE, _MAYBE, _NO = "oui, dans tous les cas", "oui, selon la réponse", "non, même complété"
_TOO_LOW: Final = "non, total insuffisant"
_STATUS: Final = 3
_REPLACED: Final = "remplacée : hors classement"
_UNSAID: Final = "le rang seul ne décide pas"


def write_incomplete(page: Page, working: Working) -> None:
    """Write the sheet; ranges, and whether the rank is enough, follow the inputs."""
    book = working.book
    page.printed(book.criteria.call.title, repeat=(HEAD_ROW, HEAD_ROW))
    page.widths(*_WIDTHS)
    write_head(page, working, "Dossiers à compléter, à corriger ou en attente d'un avis")
    write_banner(page, working, 2, _WIDTHS)
    unread = texts.plural(book.evaluation.unread, "fichier illisible", "fichiers illisibles")
    held = book.evaluation.held
    rivals = "autant de rivales" if held == book.evaluation.unread else f"{held} rivales"
    counted = f" Les rangs comptent {unread} comme {rivals}." if book.evaluation.unread else ""
    if numbering_word(book.criteria):
        counted += f" Les rangs possibles sont {POSSIBLE_COUNTED}."
    page.put(3, 0, _NOTE + counted, "subtitle")
    page.sheet.set_row(HEAD_ROW, 32)
    page.headings(HEAD_ROW, _HEADINGS)
    row = FIRST_ROW
    for place in _incomplete(book):
        _write_one(page, working, row, place)
        row += 1
    for aside in book.evaluation.set_aside:
        if lacking := lacks(aside, book.criteria):
            _write_replaced(page, row, aside, lacking, provided(book.criteria))
            row += 1
    if row == FIRST_ROW:
        page.put(row, 0, _NONE, "plain")
        return
    colour_statuses(page, FIRST_ROW, row - 1, 3)
    page.sheet.freeze_panes(FIRST_ROW, 1)
    page.sheet.autofilter(HEAD_ROW, 0, row - 1, len(_HEADINGS) - 1)


def _incomplete(book: Book) -> list[int]:
    """Give the rows of the sheet of figures that something is missing from, in the order of the ranking."""
    found = [place for place, one in enumerate(book.rows) if _asks(one, book.criteria) or _changes(book, one)]
    return sorted(found, key=lambda place: (book.rows[place].scored.is_firm, book.order[place]))


def _asks(standing: Standing, criteria: Criteria) -> tuple[Message, ...]:
    """Give what is waited for beside the marks: by the gates, to share the budget, of whoever verifies answers."""
    answers = standing.scored.unverified
    checks = (to_verify(answers, criteria),) if answers else ()
    return (*standing.scored.pending, *(standing.reasons if standing.status is Status.TO_COMPLETE else ()), *checks)


def _write_one(page: Page, working: Working, row: int, place: int) -> None:
    book, grid = working.book, working.grid
    for column, name in enumerate(("reference", "porteur", "commune")):
        page.put(row, column, grid.values(name)[place], "wrapped_middle")

    def at(name: str) -> str:
        return of(WORKING, cell(grid.first_row + place, grid.place(name)))

    def live(column: int, name: str, style: str, *, points: bool = False) -> None:
        value = grid.values(name)[place]
        formula = f"={at(name)}" + (f"/{book.point}" if points else "")
        page.formula(row, column, formula, points_of(book, value) if points else value, style)

    live(3, "statut", "text")
    live(4, "total_bas", "points", points=True)
    live(5, "total_haut", "points", points=True)
    live(6, "rang_haut", "centred")
    live(7, "rang_bas", "centred")
    best, worst, places = at("rang_haut"), at("rang_bas"), working.scalar("places")
    by_rank = f'IF({worst}<={places},"{_SURE}",IF({best}<={places},"{_MAYBE}","{_NO}"))'
    sign = "<=" if book.criteria.selection.minimum_strict else "<"
    formula = f'=IF({at("total_haut")}{sign}{working.scalar("minimum")},"{_TOO_LOW}",{by_rank})'
    page.formula(row, 8, formula if book.has_live_choice else "", _hope(book, book.rows[place]), "wrapped_middle")
    standing = book.rows[place]
    lacking = [*map(str, _asks(standing, book.criteria)), *missing_items(standing.scored, book.criteria)]
    said = {
        1: str(grid.values("porteur")[place]),
        2: str(grid.values("commune")[place]),
        8: _MAYBE,
        9: texts.joined(texts.capital(str(each)) for each in lacking),
        10: texts.joined(_changes(book, standing)),
    }
    for column in (9, 10):
        page.put(row, column, said[column], "wrapped_indent")
    page.sheet.set_row(row, height([(text, _WIDTHS[column] - 2 * (column >= 9)) for column, text in said.items()]))


def _write_replaced(page: Page, row: int, aside: SetAside, lacking: Sequence[str], condition: str) -> None:
    """Write a version that another replaces because it is incomplete, as evaluated."""
    assert aside.scored is not None  # noqa: S101 - only what was scored is known to lack something
    entry, card = aside.scored.entry, aside.scored.card
    applicant, place = texts.name(entry.candidature.applicant.name), texts.commune(entry.candidature.place.main_commune)
    for column, text in enumerate((texts.name(entry.reference), applicant, place, str(aside.status))):
        page.put(row, column, text, "wrapped_middle" if column < _STATUS else "text")
    page.put(row, 4, float(card.low), "points")
    page.put(row, 5, float(card.high), "points")
    for column in (6, 7):
        page.put(row, column, "–", "centred")
    page.put(row, 8, _REPLACED, "wrapped_middle")
    counting = named([one.reference for one in aside.counting])
    said = texts.joined(texts.capital(each) for each in lacking)
    changes = texts.sentence(f"Complète, cette version compterait à la place de {counting}{condition}.")
    for column, text in ((9, said), (10, changes)):
        page.put(row, column, text, "wrapped_indent")
    parts = ((applicant, 1), (place, 2), (_REPLACED, 8), (said, 9), (changes, 10))
    page.sheet.set_row(row, height([(text, _WIDTHS[column] - 2 * (column >= 9)) for text, column in parts]))


def _hope(book: Book, standing: Standing) -> Value:
    selection, places = book.criteria.selection, book.evaluation.cut.places
    if selection.budget is not None or selection.quotas:
        return _UNSAID
    if selection.is_under_minimum(standing.card.high):
        return _TOO_LOW
    if places is None:
        return _SURE
    return _SURE if standing.rank_worst <= places else _MAYBE if standing.rank_best <= places else _NO


def _changes(book: Book, standing: Standing) -> list[str]:
    """Say, criterion by criterion, what the missing information is worth."""
    marks = [(leaf, standing.card.marks[leaf.id]) for leaf in book.criteria.leaves]
    return [
        f"{texts.capital(leaf.label)} : de {spell(mark.low)} à {spell(mark.high)} points"
        for leaf, mark in marks
        if mark.points is None or mark.low != mark.high
    ]
