"""« Critères »: the inputs of a trial on top, then the policy as people read it."""

from __future__ import annotations

from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion, Wave
from ami_scoring.messages import spell, spell_date, typeset
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.amounts import is_weight
from ami_scoring.reports.workbook.banner import write_banner, write_head
from ami_scoring.reports.workbook.book import (
    FORCE_COLUMN,
    INPUT_COLUMN,
    MINIMUM_ROW,
    PLACES_ROW,
    REFUSED_COLUMN,
    RESERVE_ROW,
    WEIGHTS_ROW,
    WORD_COLUMN,
    Book,
)
from ami_scoring.reports.workbook.cells import added, cell, quoted
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.policy_text import missing_word, tie_words
from ami_scoring.reports.workbook.scale import HUNDREDTHS
from ami_scoring.reports.workbook.selection_text import selection_words
from ami_scoring.reports.workbook.working import MOST_PLACES, Working, is_count
from ami_scoring.scoring.telling import OF_WAVES, beside_selection, rule_lines
from ami_scoring.scoring.words import minimums_word, numbering_sentence, own_of_wave, stated_word

LAST_COLUMN: Final = 5
_WIDTHS: Final = (6, 70, 11, 11, 30, 50)
_HELP: Final = (
    "Les cases jaunes se changent : le classement, les statuts et les graphiques suivent aussitôt. Pour revenir au "
    "résultat évalué, recopiez la colonne « Évalué »."
)
_HELP_RANKS: Final = (
    "Les poids, en jaune, se changent : les points, les rangs et les graphiques suivent aussitôt. Pour revenir au "
    "résultat évalué, recopiez la colonne « Évalué »."
)
_NOT_HERE: Final = (
    "Un budget, des places par catégorie, un minimum sur les notes ou ce qui est déjà couvert décident aussi : ces "
    "réglages ne s'essaient pas ici, et les statuts d'un essai restent à recalculer par « ami score »."
)
_AFTER_OTHERS: Final = (
    "Les vagues précédentes ont déjà attribué des places : ces réglages, qui sont ce qu'elles en laissent, ne "
    "s'essaient pas ici, et les statuts d'un essai restent à recalculer par « ami score »."
)
NO_MAXIMUM: Final = "–"
_HELP_FROZEN: Final = "Ce classeur est figé : les valeurs ci-dessous sont celles de l'évaluation."


def write_policy(page: Page, working: Working) -> None:
    """Write the sheet."""
    page.printed(working.book.criteria.call.title)
    page.widths(*_WIDTHS)
    page.sheet.set_column(REFUSED_COLUMN, FORCE_COLUMN, None, None, {"hidden": True})
    write_head(page, working, "Critères, poids et sélection")
    write_banner(page, working, 2, _WIDTHS)
    page.put(3, 0, _help(working.book), "subtitle")
    _write_selection(page, working)
    row = _write_weights(page, working)
    _write_rules(page, working.book, row + 2)
    page.sheet.freeze_panes(3, 0)


def write_policy_alone(page: Page, working: Working) -> None:
    """Write the sheet for a policy that no candidature has met yet."""
    evaluation = working.book.evaluation
    page.printed(evaluation.criteria.call.title)
    page.widths(*_WIDTHS)
    write_head(page, working, "Barème de l'appel")
    read = evaluation.provenance
    said = f"{read.criteria.path}, SHA-256 {read.criteria.sha256}, lu par ami {read.version}"
    page.put(2, 0, texts.sentence(said), "small_plain")
    if evaluation.criteria.call.notice:
        page.put(3, 0, texts.sentence(evaluation.criteria.call.notice), "subtitle")
    _write_selection(page, working)
    last = _write_weights(page, working)
    for first, end in ((PLACES_ROW, MINIMUM_ROW), (WEIGHTS_ROW, last)):
        # Nothing is evaluated yet: what is in force says it all.
        page.put(first - 1, INPUT_COLUMN + 1, "", "heading")
        for row in range(first, end + 1):
            page.dress(row, INPUT_COLUMN + 1, "plain")
    _write_rules(page, working.book, last + 2)


def _help(book: Book) -> str:
    if not book.is_live:
        return _HELP_FROZEN
    return _HELP if book.has_live_choice else _HELP_RANKS


def _write_section(page: Page, row: int, title: str) -> None:
    for column in range(LAST_COLUMN + 1):
        page.put(row, column, title if column == 0 else "", "section")
    page.sheet.set_row(row, 22)


def _write_selection(page: Page, working: Working) -> None:
    book, cut = working.book, working.book.evaluation.cut
    _write_section(page, PLACES_ROW - 2, "Sélection")
    page.headings(PLACES_ROW - 1, ["", "Réglage", "En vigueur", "Évalué", "", ""])
    minimum = book.criteria.selection.minimum
    most = book.scale.ceiling if book.scale else 0
    for row, label, value, limit in (
        (
            PLACES_ROW,
            "Nombre de places" if book.has_places else "Nombre de places fixé d'avance",
            cut.places,
            MOST_PLACES,
        ),
        (RESERVE_ROW, "Longueur de la liste de réserve", cut.reserve, MOST_PLACES),
        (
            MINIMUM_ROW,
            _minimum_label(book),
            None if minimum is None else float(minimum),
            most,
        ),
    ):
        is_input = book.has_live_choice and (row != PLACES_ROW or book.has_places)
        page.put(row, 1, label, "text")
        _write_input(page, book, row, value, limit, whole=row != MINIMUM_ROW, is_input=is_input)
        page.put(row, 3, "–" if value is None else value, "quiet_points" if row == MINIMUM_ROW else "quiet_count")
        if is_input:
            _write_word(page, row, "", limit, whole=row != MINIMUM_ROW)
    if book.is_live and not book.has_live_choice:
        page.sheet.merge_range(PLACES_ROW, 4, MINIMUM_ROW, LAST_COLUMN, "", page.styles["beside"])
        page.put(PLACES_ROW, 4, _AFTER_OTHERS if book.evaluation.provenance.awarded else _NOT_HERE, "beside")


def _minimum_label(book: Book) -> str:
    """Say what the row of the minimum is; where it changes by wave, what each has, which formulas apply as well."""
    selection = book.criteria.selection
    if by_wave := minimums_word(book.criteria):
        other = " (ici, un autre pour toutes ; vide : aucun)" if book.has_live_choice else ""
        return f"Total minimal, selon la vague : {by_wave}{other}"
    words = "Total à dépasser" if selection.minimum_strict else "Total minimal"
    stated = stated_word(selection, book.criteria.catalogue, "minimum")
    return f"{words} pour avoir une place{stated}" + (" (vide : aucun)" if book.has_live_choice else "")


def _write_input(  # noqa: PLR0913 - the cell and what it accepts
    page: Page, book: Book, row: int, value: float | None, limit: int, *, whole: bool, is_input: bool
) -> None:
    style = ("input" if whole else "input_points") if is_input else ("quiet_count" if whole else "points")
    if value is None and not is_input:
        page.put(row, INPUT_COLUMN, "aucun", style)
    elif value is None:
        page.sheet.write_blank(row, INPUT_COLUMN, None, page.styles[style])
    else:
        page.put(row, INPUT_COLUMN, value, style)
    if not is_input:
        return
    at = cell(row, INPUT_COLUMN)
    steps = 1 if whole else book.scale.weights if book.scale else HUNDREDTHS
    fine = f"ROUND({at}*{steps},0)=ROUND({at}*{steps},6)"
    said = f"Écrivez {_accepted(limit, whole=whole)}."
    admitted = is_count(at) if whole else is_weight(at, limit)
    if row == MINIMUM_ROW:
        admitted = f'IF({at}="",TRUE,{admitted})'
    page.formula(row, REFUSED_COLUMN, f"=IF({admitted},0,1)", 0, "unseen")
    page.sheet.data_validation(
        row,
        INPUT_COLUMN,
        row,
        INPUT_COLUMN,
        {
            "validate": "custom",
            "value": f"=AND(ISNUMBER({at}),{at}>=0,{at}<={limit},{fine})",
            "input_title": "À essayer",
            "input_message": said,
            "error_title": "Saisie refusée",
            "error_message": said,
        },
    )
    changed = f'=AND({at}<>{cell(row, 3)},OR({at}<>"",{cell(row, 3)}<>"–"))'
    page.sheet.conditional_format(
        row, INPUT_COLUMN, row, INPUT_COLUMN, {"type": "formula", "criteria": changed, "format": page.styles["changed"]}
    )


def _accepted(limit: int, *, whole: bool) -> str:
    kind = "un nombre entier" if whole else "un nombre, avec deux décimales au plus"
    return f"{kind}, de 0 à {spell(limit)}"


def _write_word(page: Page, row: int, word: str, limit: int, *, whole: bool) -> None:
    """Write what stands beside an input: what it is or, where the value is refused, what would be accepted."""
    refused = quoted(typeset(f"✗ refusé : il faut {_accepted(limit, whole=whole)}"))
    page.formula(row, WORD_COLUMN, f"=IF({cell(row, REFUSED_COLUMN)}=1,{refused},{quoted(word)})", word, "quiet_indent")
    wrong = {"type": "formula", "criteria": f"={cell(row, REFUSED_COLUMN)}=1", "format": page.styles["alert"]}
    page.sheet.conditional_format(row, WORD_COLUMN, row, WORD_COLUMN, wrong)


def _write_weights(page: Page, working: Working) -> int:
    book, numbers = working.book, working.book.numbers
    _write_section(page, WEIGHTS_ROW - 2, "Poids des critères")
    page.headings(WEIGHTS_ROW - 1, ["N°", "Critère", "Poids", "Évalué", "", "Référence"])
    for place, node in enumerate(book.nodes):
        row = WEIGHTS_ROW + place
        is_root = "." not in numbers[node.id]
        page.put(row, 0, numbers[node.id], "group" if is_root else "text")
        page.put(row, 1, "   " * numbers[node.id].count(".") + texts.name(node.label), "group" if is_root else "text")
        _write_weight(page, book, node, row)
        page.put(row, 3, weight_value(node), "quiet_points")
        if book.is_input(node):
            _write_word(page, row, _weight_word(book, node), book.scale.ceiling if book.scale else 0, whole=False)
        else:
            page.put(row, WORD_COLUMN, _weight_word(book, node), "quiet_indent")
        page.put(row, 5, texts.sentence(node.reference or ""), "small_middle")
        page.sheet.set_row(row, max(17, height([(node.reference or "", _WIDTHS[5], 9)])))
    return _write_total(page, book, book.total_row)


def _weight_word(book: Book, node: Criterion) -> str:
    if not node.counts_in_sum:
        return "sans maximum" if node.open_ended else "s'ajoute au total"
    if node.criteria is None:
        return "" if node.top == node.weight else f"note sur {spell(node.top)}"
    return "plafond de la somme" if node.capped else ("somme de ce qui suit" if book.is_live else "")


def _write_weight(page: Page, book: Book, node: Criterion, row: int) -> None:
    if book.is_input(node):
        limit = book.scale.ceiling if book.scale else 0
        _write_input(page, book, row, float(node.weight), limit, whole=False, is_input=True)
        counts = f"=IF({cell(row, REFUSED_COLUMN)}=1,{cell(row, INPUT_COLUMN + 1)},{cell(row, INPUT_COLUMN)})"
        page.formula(row, FORCE_COLUMN, counts, float(node.weight), "unseen")
        return
    cells = [_in_force(book, child) for child in book.counted(node.criteria or ())]
    has_sum = bool(cells) and book.is_live and not node.capped and not node.open_ended
    formula = f"=ROUND({added(cells)},6)" if has_sum else ""
    value = weight_value(node)
    shown = value if isinstance(value, str) else float(round(node.weight, 6))
    page.formula(row, INPUT_COLUMN, formula, shown, "group_points" if node.criteria else "points")


def _in_force(book: Book, node: Criterion) -> tuple[int, int]:
    """Say where the weight that counts is."""
    return WEIGHTS_ROW + book.positions[node.id], FORCE_COLUMN if book.is_input(node) else INPUT_COLUMN


def weight_value(node: Criterion) -> float | str:
    """Give the weight as it is shown: nothing to show where the criterion has no maximum."""
    return NO_MAXIMUM if node.open_ended else float(node.weight)


def _write_total(page: Page, book: Book, row: int) -> int:
    total = float(book.criteria.total)
    page.put(row, 0, "", "group")
    page.put(row, 1, "Total des poids", "group")
    formula = f"=ROUND({added([_in_force(book, root) for root in book.counted(book.criteria.criteria)])},6)"
    has_sum = book.has_live_total
    shown = total if book.criteria.total else NO_MAXIMUM
    page.formula(row, INPUT_COLUMN, formula if has_sum else "", shown, "group_points")
    page.put(row, 3, shown, "quiet_points")
    if not has_sum:
        page.put(row, 4, "", "strong_indent")
        return row
    at, said = cell(row, INPUT_COLUMN), f"✗ le total doit être {spell(book.criteria.total)}"
    right = "✓ le total est juste"
    page.formula(row, 4, f'=IF({at}={cell(row, 3)},"{right}","{said}")', right, "strong_indent")
    wrong = {"type": "formula", "criteria": f"={at}<>{cell(row, 3)}", "format": page.styles["alert"]}
    page.sheet.conditional_format(row, 1, row, 4, wrong)
    return row


def _write_rules(page: Page, book: Book, row: int) -> None:
    criteria, numbers = book.criteria, book.numbers
    page.sheet.set_h_pagebreaks([row])
    page.sheet.repeat_rows(row + 1)
    _write_section(page, row, "Le barème en détail")
    page.headings(
        row + 1, ["N°", "Critère et conditions", "Note", "Points au plus", "Si une donnée manque", "Référence"]
    )
    row += 2
    for node in book.nodes:
        page.put(row, 0, numbers[node.id], "group")
        page.put(row, 1, texts.name(node.label), "group")
        has_limit = node.announced is not None
        page.put(row, 2, float(node.top) if has_limit else NO_MAXIMUM, "group_points")
        page.put(row, 3, float(node.weight) if has_limit else NO_MAXIMUM, "group_points")
        page.put(row, 4, texts.capital(missing_word(node)) if node.rule else "", "group_said")
        page.put(row, 5, texts.sentence(node.reference or ""), "group_small")
        page.sheet.set_row(
            row,
            max(
                17,
                height(
                    [
                        (node.reference or "", _WIDTHS[5], 9),
                        (missing_word(node) if node.rule else "", _WIDTHS[4], 9),
                        (node.label, _WIDTHS[1] - 4),
                    ]
                ),
            ),
        )
        row += 1
        for line in rule_lines(node.rule, criteria.catalogue) if node.rule else ():
            said, depth = texts.sentence(line.said), min(3, line.depth + 1)
            for column in range(LAST_COLUMN + 1):
                page.dress(row, column, "text")
            page.put(row, 1, said, f"indent_{depth}")
            if line.points is not None:
                page.put(row, 2, float(line.points), "points")
            page.sheet.set_row(row, height([(said, _WIDTHS[1] - 1.3 * (2 * depth - 1))]))
            row += 1
    _write_words(page, book, row + 1)


def _write_words(page: Page, book: Book, row: int) -> None:
    criteria = book.criteria
    gates = [f"{gate.label}{f' ({gate.reference})' if gate.reference else ''}" for gate in criteria.eligibility]
    waves = [_wave_words(wave, criteria) for wave in criteria.waves]
    beside = [(title, [said]) for title, said in beside_selection(criteria).items() if title != OF_WAVES]
    numbering = numbering_sentence(criteria)
    ties = [f"{number}. {tie}" for number, tie in enumerate(tie_words(criteria), start=1)]
    for title, lines in (
        ("Pour être recevable", gates),
        ("À total égal, dans l'ordre", ties or ["aucun départage : les candidatures à égalité partagent leur rang"]),
        ("Numéros des rangs", [str(numbering)] if numbering else []),
        ("Pour avoir une place", selection_words(criteria)),
        *beside,
        ("Vagues", waves),
    ):
        if not lines:
            continue
        _write_section(page, row, title)
        for number, line in enumerate(lines, start=1):
            page.sheet.merge_range(row + number, 0, row + number, LAST_COLUMN, "", page.styles["wrapped_middle"])
            page.put(row + number, 0, texts.capital(texts.sentence(line)), "wrapped_middle")
            page.sheet.set_row(row + number, height([(line, sum(_WIDTHS))]))
        row += len(lines) + 2


def _wave_words(wave: Wave, criteria: Criteria) -> str:
    own = own_of_wave(wave, criteria)
    return f"{wave.name} : clôture le {spell_date(wave.closes_on)}" + (f" ; évaluée seule : {own}" if own else "")
