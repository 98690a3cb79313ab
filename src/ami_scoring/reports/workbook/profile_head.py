"""The top of the « Fiche »: the choice, who it is, and where it stands, now and as evaluated."""

from __future__ import annotations

from typing import Final

from ami_scoring.messages import spell
from ami_scoring.reports.workbook.banner import colour_statuses
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.cells import cell
from ami_scoring.reports.workbook.columns import Value
from ami_scoring.reports.workbook.dossiers import (
    APPLICANT,
    COMMUNE,
    DEPARTMENT,
    LABEL,
    LIST,
    STATUS,
    column_of_all,
)
from ami_scoring.reports.workbook.numbering import rank_column, spelt
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working, points_of

CHOICE_ROW, NAME_ROW, CARD_ROW = 4, 6, 9
CHOICE: Final = cell(CHOICE_ROW, 2)
POSITION: Final = cell(CHOICE_ROW, 7)
"""Hidden: the row of the candidature in the sheet of figures, counted from 1; an error where it is set aside."""
LISTED: Final = cell(CHOICE_ROW, 8)
"""Hidden: its row in the list of all candidatures, counted from 1."""
NOTHING: Final = "–"


def write_profile_head(page: Page, working: Working, shown: int) -> None:
    """Write the list to choose from, then the lines that follow the choice."""
    grid = working.grid
    every = working.dossiers
    page.put(CHOICE_ROW, 1, "Choisissez un dossier dans la liste →", "subtitle")
    page.sheet.merge_range(CHOICE_ROW, 2, CHOICE_ROW, 6, "", page.styles["choice"])
    page.put(CHOICE_ROW, 2, every[shown].label, "choice")
    page.sheet.set_row(CHOICE_ROW, 24)
    page.sheet.data_validation(
        CHOICE_ROW,
        2,
        CHOICE_ROW,
        2,
        {
            "validate": "list",
            "source": f"={LIST}",
            "error_title": "Dossier inconnu",
            "error_message": "Choisissez un dossier dans la liste.",
        },
    )
    listed = f"=MATCH({CHOICE},{column_of_all(working.book, LABEL)},0)"
    page.formula(CHOICE_ROW, 8, listed, shown + 1, "unseen")
    page.formula(CHOICE_ROW, 7, f"=IF({LISTED}>{grid.rows},NA(),{LISTED})", shown + 1, "unseen")
    page.formula(NAME_ROW, 0, f"={_of_all(working, APPLICANT)}", every[shown].applicant, "title")
    formula, said = _whereabouts(working, shown)
    page.formula(NAME_ROW + 1, 0, formula, said, "subtitle")
    page.sheet.set_row(NAME_ROW, 26)
    _write_cards(page, working, shown)


def _whereabouts(working: Working, shown: int) -> tuple[str, str]:
    book, grid, one = working.book, working.grid, working.dossiers[shown]
    names = [*(["zone"] if book.shows_zone else []), "vague"]
    where = f'{_of_all(working, COMMUNE)}&" ("&{_of_all(working, DEPARTMENT)}&")"'
    more = "&".join(f'" · "&{working.at(name, POSITION)}' for name in names)
    said = "".join(f" · {grid.values(name)[shown]}" for name in names)
    return f'={where}&IFERROR({more},"")', f"{one.commune} ({one.department}){said}"


def _of_all(working: Working, column: int) -> str:
    """Write what the list of all candidatures holds in a column, for the one that is shown."""
    return f"INDEX({column_of_all(working.book, column)},{LISTED})"


def or_nothing(formula: str, other: str = NOTHING) -> str:
    """Write a formula that shows a dash, or another text, for a candidature that is set aside."""
    return f'=IFERROR({formula.removeprefix("=")},"{other}")'


def _write_cards(page: Page, working: Working, shown: int) -> None:
    book, grid = working.book, working.grid
    for row, style in (
        (CARD_ROW, "big_label"),
        (CARD_ROW + 1, "big"),
        (CARD_ROW + 2, "big_label"),
        (CARD_ROW + 3, "big_label"),
    ):
        for first, last in ((0, 1), (2, 5)):
            page.sheet.merge_range(row, first, row, last, "", page.styles[style])
        page.put(row, 6, "", style)
    page.sheet.set_row(CARD_ROW + 1, 26)
    for column, label in ((0, "Rang"), (2, _total_label(book)), (6, "Statut")):
        page.put(CARD_ROW, column, label, "big_label")
    rank, total, status = (grid.values(name)[shown] for name in (rank_column(grid), "total", "statut"))
    page.formula(CARD_ROW + 1, 0, or_nothing(working.at(rank_column(grid), POSITION)), rank, "big")
    page.formula(CARD_ROW + 1, 2, points_shown(working, "total"), points_of(book, total), "big_points")
    page.formula(CARD_ROW + 1, 6, f"={_of_all(working, STATUS)}", status, "big")
    colour_statuses(page, CARD_ROW + 1, CARD_ROW + 1, 6)
    page.formula(CARD_ROW + 3, 0, *_ranks(working, shown), "big_label")
    firm = or_nothing(f'"place\u00a0: "&{working.at("fermete", POSITION)}', "hors classement")
    page.formula(CARD_ROW + 3, 6, firm, f"place\u00a0: {grid.values('fermete')[shown]}", "big_label")
    was = working.at("statut_evalue", POSITION)
    page.formula(
        CARD_ROW + 2,
        6,
        or_nothing(f'"à l\'évaluation\u00a0: "&{was}', ""),
        f"à l'évaluation\u00a0: {grid.values('statut_evalue')[shown]}",
        "big_label",
    )
    ranked = spelt(book, working.at("rang_evalue", POSITION))
    page.formula(
        CARD_ROW + 2,
        0,
        or_nothing(f'"à l\'évaluation\u00a0: rang "&{ranked}', ""),
        f"à l'évaluation\u00a0: rang {str(grid.values('rang_evalue')[shown]).replace('.', ',')}",
        "big_label",
    )
    page.formula(
        CARD_ROW + 2,
        2,
        points_shown(working, "total_evalue"),
        points_of(book, grid.values("total_evalue")[shown]),
        "label_points",
    )


def _ranks(working: Working, shown: int) -> tuple[str, Value]:
    best, worst = working.at("rang_haut", POSITION), working.at("rang_bas", POSITION)
    low, high = working.grid.values("rang_haut")[shown], working.grid.values("rang_bas")[shown]
    formula = f'IF({best}={worst},"",'
    return (
        or_nothing(formula + f'"possible\u00a0: de "&{best}&" à "&{worst})', ""),
        "" if low == high else f"possible\u00a0: de {low} à {high}",
    )


def points_shown(working: Working, name: str) -> str:
    """Write points of the candidature shown: a dash where it is set aside, `?` where they are unknown."""
    return f'=IF(ISNA({POSITION}),"{NOTHING}",{working.points_at(name, POSITION)})'


def _total_label(book: Book) -> str:
    most = book.criteria.announced
    return "Total" if most is None else f"Total sur {spell(most)}"
