"""What heads a sheet: the call, its edition, and whether what is shown is the evaluated result or a trial."""

from __future__ import annotations

from typing import Final

from ami_scoring.messages import named, spell_date, typeset
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.cells import letters, quoted
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

EVALUATED: Final = "Résultat évalué : les poids, les places et le minimum sont ceux de l'évaluation."
TRIAL: Final = (
    "ESSAI : des valeurs ont été changées dans « Critères ». Ce qui est à l'écran n'est plus le résultat évalué, "
    "qui reste affiché à côté."
)
INVALID: Final = (
    "SAISIE REFUSÉE dans « Critères » : une valeur n'est pas un nombre admis ; "
    "celle de l'évaluation est gardée à sa place."
)
FROZEN: Final = (
    "Résultat évalué, figé : les fractions de ce barème sont trop fines pour un tableur. "
    "Pour essayer d'autres poids, relancez « ami score »."
)
DECIDE: Final = "À DÉPARTAGER"
MOST_NAMED: Final = 4
"""References in a banner, which holds one line."""
EMPTY: Final = "Aucune candidature n'est classée ni à compléter."


def write_head(page: Page, working: Working, title: str) -> None:
    """Write the title and the edition on the first two rows."""
    evaluation = working.book.evaluation
    call, wave = evaluation.criteria.call, evaluation.wave
    closing = f" · {wave.name}, close le {spell_date(wave.closes_on)}" if wave else ""
    page.sheet.set_row(0, 28)
    page.put(0, 0, title, "title")
    page.put(1, 0, texts.sentence(f"{call.title} · {call.authority} · critères : {call.edition}{closing}"), "subtitle")


def write_banner(page: Page, working: Working, row: int, last: int) -> None:
    """Write over columns 0 to `last` what the sheet shows, in words and in colour."""
    text, formula = said(working)
    page.sheet.set_row(row, 20)
    page.sheet.merge_range(row, 0, row, last, "", page.styles["banner"])
    page.formula(row, 0, formula, text, "banner")
    area = (row, 0, row, last)
    at = f"$A${row + 1}"
    for word, style in (("ESSAI", "trial"), (DECIDE, "trial"), ("SAISIE", "alert")):
        criteria = f'=LEFT({at},{len(word)})="{word}"'
        page.sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": page.styles[style]})


def said(working: Working) -> tuple[str, str]:
    """Give what the banner says, and the formula that says it."""
    book = working.book
    if not book.rows:
        return EMPTY, ""
    if not book.is_live:
        return texts.sentence(f"{to_decide(book)}{FROZEN}"), ""
    found = texts.sentence(f"{to_decide(working.book)}{EVALUATED}")
    choice = f"IF({working.scalar('trial')}>0,{quoted(typeset(TRIAL))},{quoted(found)})"
    return found, f"=IF({working.scalar('invalid')}>0,{quoted(typeset(INVALID))},{choice})"


def to_decide(book: Book) -> str:
    """Say what the equals at the limit leave to the committee; nothing where none contest it."""
    cut = book.evaluation.cut
    if not cut.contested:
        return ""
    stake = texts.plural(cut.at_stake, "place", "places") if cut.at_stake else "le reste du budget"
    return f"{DECIDE} PAR LE COMITÉ : {stake} entre {named(cut.contested, MOST_NAMED)}, à égalité. "


def colour_statuses(
    page: Page, first_row: int, last_row: int, column: int, *, across: tuple[int, int] | None = None
) -> None:
    """Colour cells by the status that a column holds; the word itself says it too."""
    first, last = across or (column, column)
    at = f"${letters(column)}{first_row + 1}"
    for word, style in (("retenue", "selected"), ("réserve", "reserve"), ("à compléter", "held")):
        rule = {"type": "formula", "criteria": f'={at}="{word}"', "format": page.styles[style]}
        page.sheet.conditional_format(first_row, first, last_row, last, rule)
