"""Every candidature read, ranked or set aside, in an order that no trial changes: what people choose from, and note."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.standings import SetAside, Standing
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.book import NOTES, Book
from ami_scoring.reports.workbook.cells import of, span
from ami_scoring.reports.workbook.told import Names

FIRST_ROW: Final = 5
REFERENCE, COMMUNE, DEPARTMENT, APPLICANT, RANK, STATUS, NOTE, LABEL, WHY = range(9)
"""The columns of the sheet « Notes », counted from 0; the last two are hidden."""

LIST: Final = "Dossiers"
"""The name of the list that a candidature is chosen from."""

_COMMUNE_MOST: Final = 60
"""Characters of a commune in a label: Excel looks for no text of more than 255."""


class Dossier(NamedTuple):
    """One candidature as people look for it: its label has its commune, and no two have the same."""

    label: str
    reference: str
    commune: str
    department: str
    applicant: str
    status: str
    why: str = ""
    """The reasons, where it is set aside."""


def dossiers(book: Book) -> tuple[Dossier, ...]:
    """Give those that have a row in the sheet of figures, in its order, then those set aside."""
    names = Names(book.evaluation)
    return tuple(_distinct([*map(_ranked, book.rows), *(_aside(one, names) for one in book.evaluation.set_aside)]))


def column_of_all(book: Book, column: int) -> str:
    """Name the cells of a column of the sheet « Notes »."""
    last = FIRST_ROW + len(book.rows) + len(book.evaluation.set_aside) - 1
    return of(NOTES, span(FIRST_ROW, column, last, column))


def _ranked(one: Standing) -> Dossier:
    return _dossier(one.entry.reference, one.entry.candidature, str(one.status))


def _aside(one: SetAside, names: Names) -> Dossier:
    why = texts.joined(texts.capital(str(names.tell(reason))) for reason in one.reasons)
    if one.entry is not None:
        return _dossier(one.entry.reference, one.entry.candidature, str(one.status), why)
    reference = texts.name(one.reference or f"{one.origin.path}:{one.origin.line}")
    return Dossier(reference, reference, "–", "–", "–", str(one.status), why)


def _dossier(reference: str, candidature: Candidature, status: str, why: str = "") -> Dossier:
    commune = texts.commune(candidature.place.main_commune)
    named, short = texts.name(reference), commune[:_COMMUNE_MOST].rstrip()
    applicant = texts.name(candidature.applicant.name)
    return Dossier(f"{named} · {short}", named, commune, candidature.department, applicant, status, why)


def _distinct(found: Sequence[Dossier]) -> Iterable[Dossier]:
    """Keep labels apart: files of one reference are all set aside, and told by their number."""
    taken: set[str] = set()
    for one in found:
        label, number = one.label, 2
        while label.casefold() in taken:
            label, number = f"{one.label} ({number})", number + 1
        taken.add(label.casefold())
        yield one._replace(label=label)
