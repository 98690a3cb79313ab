"""What heads a sheet: the call, its edition, and whether what is shown is the evaluated result or a trial."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.standings import Firmness, Status
from ami_scoring.messages import named, spell, spell_date, typeset
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.book import INPUT_COLUMN, POLICY, REFUSED_COLUMN, WORD_COLUMN, Book
from ami_scoring.reports.workbook.cells import cell, letters, of, quoted, span
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.numbering import spelt
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.scale import reaches_far
from ami_scoring.reports.workbook.working import Working

EVALUATED: Final = "Résultat évalué : les poids, les places et le minimum sont ceux de l'évaluation."
TRIAL: Final = "ESSAI : valeurs changées dans « Critères ». Ce n'est plus le résultat évalué, qui reste affiché à côté."
INVALID: Final = "SAISIE REFUSÉE dans « Critères », cellule "
KEPT: Final = " ; la valeur de l'évaluation est gardée à sa place."
FROZEN: Final = (
    "Résultat évalué, figé : les fractions de ce barème sont trop fines pour un tableur. "
    "Pour essayer d'autres poids, relancez « ami score »."
)
FROZEN_FAR: Final = (
    "Résultat évalué, figé : une réponse qui manque n'a pas de maximum, et les totaux possibles ont trop de chiffres "
    "pour un tableur. Pour essayer d'autres poids, complétez-la, ou relancez « ami score »."
)
FROZEN_TIES: Final = (
    "Résultat évalué, figé : une donnée qui départage les égalités manque, ou reste à vérifier, et un essai ne saurait "
    "pas qui reste à égalité. "
    "Pour essayer d'autres poids, relancez « ami score »."
)
FROZEN_VERSIONS: Final = (
    "Résultat évalué, figé : la version du total le plus élevé compte, et d'autres poids pourraient en choisir une "
    "autre. Pour essayer d'autres poids, relancez « ami score »."
)
DECIDE: Final = "À DÉPARTAGER"
BY_COMMITTEE: Final = f"{DECIDE} PAR LE COMITÉ"
OFF: Final = "TOTAL DES POIDS FAUX"
MOST_NAMED: Final = 4
"""References in a banner, which holds a line or two."""
BOLD: Final = 0.85
"""What is left of a width for characters in bold."""
_COLOURS: Final = (("ESSAI", "trial"), (DECIDE, "trial"), ("SAISIE", "alert"))
_STATUS_COLOURS: Final = (
    (Status.SELECTED, "selected"),
    (Status.RESERVE, "reserve"),
    (Status.TO_COMPLETE, "held"),
    (Status.TO_CORRECT, "wrong"),
    (Status.AWAITED, "awaited"),
)
EMPTY: Final = "Aucune candidature n'est classée ni à compléter."


def write_head(page: Page, working: Working, title: str) -> None:
    """Write the title and the edition on the first two rows."""
    evaluation = working.book.evaluation
    call, wave = evaluation.criteria.call, evaluation.wave
    closing = f" · {wave.name}, close le {spell_date(wave.closes_on)}" if wave else ""
    page.sheet.set_row(0, 28)
    page.put(0, 0, title, "title")
    page.put(1, 0, texts.sentence(f"{call.title} · {call.authority} · critères : {call.edition}{closing}"), "subtitle")


def write_banner(page: Page, working: Working, row: int, widths: Sequence[float]) -> None:
    """Write over the first columns, that wide, what the sheet shows, in words and in colour."""
    text, formula = said(working)
    last = len(widths) - 1
    page.sheet.set_row(row, max(20, height([(each, sum(widths) * BOLD) for each in (text, _longest(working))])))
    page.sheet.merge_range(row, 0, row, last, "", page.styles["banner"])
    page.formula(row, 0, formula, text, "banner")
    area = (row, 0, row, last)
    at = f"$A${row + 1}"
    off = f'ISNUMBER(SEARCH("{OFF}",{at}))'
    begins = [(f'AND(NOT({off}),LEFT({at},{len(word)})="{word}")', style) for word, style in _COLOURS]
    for test, style in ((off, "alert"), *begins):
        criteria = f"={test}"
        page.sheet.conditional_format(*area, {"type": "formula", "criteria": criteria, "format": page.styles[style]})


def said(working: Working) -> tuple[str, str]:
    """Give what the banner says, and the formula that says it."""
    book = working.book
    if not book.rows:
        return EMPTY, ""
    if not book.is_live:
        why = _why_frozen(book)
        return texts.sentence(f"{to_decide(book)}{why}"), ""
    found = texts.sentence(f"{to_decide(working.book)}{EVALUATED}")
    trial = "&".join([quoted(typeset(TRIAL)), *_trial_remarks(working)])
    choice = f"IF({working.scalar('trial')}>0,{trial},{quoted(found)})"
    return found, f"=IF({working.scalar('invalid')}>0,{_refusal(book)},{choice})"


def _why_frozen(book: Book) -> str:
    if book.evaluation.weights_choose_versions:
        return FROZEN_VERSIONS
    return FROZEN_TIES if book.has_open_ties else FROZEN_FAR if reaches_far(book.rows) else FROZEN


def _refusal(book: Book) -> str:
    """Name the first cell whose value is refused, and say what it accepts, as its sheet says it."""
    first, last = book.inputs
    flags, words = (of(POLICY, span(first, column, last, column)) for column in (REFUSED_COLUMN, WORD_COLUMN))
    place = f"MATCH(1,{flags},0)"
    head, kept = quoted(typeset(INVALID) + letters(INPUT_COLUMN)), quoted(typeset(KEPT))
    return f'{head}&({first}+{place})&"\u00a0: "&INDEX({words},{place})&{kept}'


def _trial_remarks(working: Working) -> list[str]:
    """Write what a trial leaves to the committee, and weights that do not add up, as pieces of a formula."""
    book, remarks = working.book, []
    if book.has_live_choice:
        count, rank = working.scalar("contested"), spelt(book, working.scalar("tied_rank"))
        stake = f"({working.scalar('places')}-{working.scalar('selected')})"
        said = (quoted(typeset(each)) for each in (f" {BY_COMMITTEE} : ", " entre ", " dossiers à égalité, au rang "))
        head, between, tied = said
        places = f'{stake}&IF({stake}>1," places"," place")'
        remarks.append(f'IF({count}>0,{head}&{places}&{between}&{count}&{tied}&{rank}&".","")')
    if book.has_live_total:
        total = f'SUBSTITUTE({of(POLICY, cell(book.total_row, INPUT_COLUMN))},".",",")'
        head, right = quoted(typeset(f" {OFF} : ")), quoted(typeset(f" au lieu de {spell(book.criteria.total)}."))
        remarks.append(f'IF({working.scalar("weights_off")}>0,{head}&{total}&{right},"")')
    return remarks


def _longest(working: Working) -> str:
    """Give the longest that a trial may say, or nearly."""
    book = working.book
    tie = f" {BY_COMMITTEE} : 10 places entre 10 dossiers à égalité, au rang 100." if book.has_live_choice else ""
    off = f" {OFF} : 100,25 au lieu de 100." if book.has_live_total else ""
    return typeset(f"{TRIAL}{tie}{off}") if book.is_live else ""


def to_decide(book: Book) -> str:
    """Say what the equals at the limit leave to the committee; nothing where none contest it."""
    cut = book.evaluation.cut
    if not cut.contested:
        return ""
    stake = texts.plural(cut.at_stake, "place", "places") if cut.at_stake else "le reste du budget"
    return f"{BY_COMMITTEE} : {stake} entre {named(cut.contested, MOST_NAMED)}, à égalité. "


def colour_statuses(page: Page, first_row: int, last_row: int, column: int, *, unless: str = "") -> None:
    """Colour the cells of a column by the status that they hold, unless a test holds; the word itself says it too."""
    at = f"${letters(column)}{first_row + 1}"
    for word, style in _STATUS_COLOURS:
        test = f'{at}="{word}"'
        criteria = f"=AND({test},NOT({unless}))" if unless else f"={test}"
        rule = {"type": "formula", "criteria": criteria, "format": page.styles[style]}
        page.sheet.conditional_format(first_row, column, last_row, column, rule)


def firmness_looks(at: str) -> list[tuple[str, str]]:
    """Give the tests and the looks of a cell that tells a place that nothing can take away, or that something could."""
    words = ((Firmness.FIRM, "selected"), (Firmness.PROVISIONAL, "held"))
    return [(f'{at}="{word}"', look) for word, look in words]
