"""« Traçabilité »: what was read, by which version, under which assumptions, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Origin
from ami_scoring.findings import Location, Severity
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working
from ami_scoring.scoring.words import numbering_sentence, parting_word

_METHOD: Final = """\
Le total d'une candidature est la somme, sur les critères, de poids × note ÷ note maximale. Rien n'est arrondi avant \
l'affichage.
À total égal, les départages annoncés dans « Critères » s'appliquent ; à défaut, les candidatures partagent leur \
rang{numbering}.
{limit} ne tombe jamais entre des candidatures à égalité : aucune n'a alors la place, le comité départage.
Le rang possible dit entre quels rangs une candidature peut finir selon ce que répondront les dossiers incomplets.
La feuille « Calculs » refait tout sur des nombres entiers, que les tableurs additionnent et comparent sans erreur. \
Elle est masquée : clic droit sur un onglet, puis « Afficher ».
"""
_WIDTHS: Final = (19, 58, 46, 58)
_SIGNS: Final = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.NOTE: "note"}


def write_trace(page: Page, working: Working) -> None:
    """Write the sheet."""
    evaluation = working.book.evaluation
    provenance = evaluation.provenance
    page.printed(evaluation.criteria.call.title)
    page.widths(*_WIDTHS)
    write_head(page, working, "Traçabilité")
    row = _write_pairs(page, 3, "Ce qui a été lu", _read(working))
    if evaluation.criteria.call.notice:
        row = _write_lines(page, row, "Hypothèses", [texts.sentence(evaluation.criteria.call.notice)])
    row = _write_lines(page, row, "Comment lire ce classeur", _method(evaluation.criteria))
    if evaluation.findings:
        row = _write_findings(page, working, row)
    row = _write_files(page, row, "Empreinte (SHA-256) de chaque fichier de candidature", provenance.candidatures)
    if provenance.assessments:
        row = _write_files(page, row, "Empreinte (SHA-256) de chaque fichier d'avis", provenance.assessments)
    if provenance.mappings:
        row = _write_files(page, row, "Empreinte (SHA-256) de chaque correspondance d'export", provenance.mappings)
    if provenance.awarded:
        row = _write_files(page, row, "Empreinte (SHA-256) de chaque résultat de vague précédente", provenance.awarded)
    if provenance.verifications is not None:
        row = _write_files(page, row, "Empreinte (SHA-256) du fichier des vérifications", [provenance.verifications])
    if provenance.decisions is not None:
        _write_files(page, row, "Empreinte (SHA-256) du registre des décisions", [provenance.decisions])


def _method(criteria: Criteria) -> list[str]:
    usual = " et les rangs suivants sont sautés (1, 2, 2, 4)"
    sentence = numbering_sentence(criteria)
    told = usual if sentence is None else f". {str(sentence).removesuffix('.')}"
    parted = parting_word(criteria)
    limit = f"Sauf {parted}, la limite" if parted else "La limite"
    return [texts.sentence(line) for line in _METHOD.format(numbering=told, limit=limit).splitlines()]


def _write_files(page: Page, row: int, title: str, origins: Sequence[Origin]) -> int:
    _write_section(page, row, title)
    for place, origin in enumerate(sorted(origins, key=lambda each: each.path), start=row + 1):
        path = texts.name(origin.path)
        page.sheet.merge_range(place, 0, place, 2, "", page.styles["small_middle"])
        page.put(place, 0, path, "small_middle")
        page.put(place, 3, origin.sha256 or "illisible", "mono")
        page.sheet.set_row(place, height([(path, sum(_WIDTHS[:3]), 9)]))
    return row + len(origins) + 2


def _read(working: Working) -> Iterator[tuple[str, str, str, str]]:
    evaluation = working.book.evaluation
    provenance, call = evaluation.provenance, evaluation.criteria.call
    yield "Programme", f"ami-scoring, version {provenance.version}", "", ""
    yield "Appel", texts.name(call.title), texts.name(call.authority), ""
    yield "Critères", f"édition {texts.name(call.edition)}", *_file(provenance.criteria)
    for origin, edition in provenance.zonings:
        yield "Zonage", f"édition {texts.name(edition)}", *_file(origin)
    yield "Vague", texts.name(evaluation.wave.name) if evaluation.wave else "toutes", "", ""
    yield "Candidatures lues", str(evaluation.read), "", ""
    if provenance.awarded:
        given = [f"{one.entry.reference} ({one.wave.name})" for one in evaluation.awarded]
        yield "Déjà attribué", texts.name(", ".join(given) or "rien"), "", ""
    if evaluation.decided is not None:
        register = evaluation.decided.register
        yield "Décisions", f"{len(register.decisions)}, la dernière d'empreinte :", "", register.head


def _file(origin: Origin) -> tuple[str, str]:
    return texts.name(origin.path), origin.sha256


def _write_section(page: Page, row: int, title: str) -> None:
    for column in range(len(_WIDTHS)):
        page.put(row, column, title if column == 0 else "", "section")
    page.sheet.set_row(row, 22)


def _write_pairs(page: Page, row: int, title: str, pairs: Iterator[tuple[str, str, str, str]]) -> int:
    _write_section(page, row, title)
    for label, value, beside, digest in pairs:
        row += 1
        page.put(row, 0, label, "strong")
        page.put(row, 1, value, "wrapped_middle")
        page.put(row, 2, beside, "small_middle")
        page.put(row, 3, digest, "mono")
        page.sheet.set_row(row, max(16, height([(value, _WIDTHS[1]), (beside, _WIDTHS[2], 9)])))
    return row + 2


def _write_lines(page: Page, row: int, title: str, lines: list[str]) -> int:
    _write_section(page, row, title)
    for line in lines:
        row += 1
        page.sheet.merge_range(row, 0, row, 3, "", page.styles["wrapped_middle"])
        page.put(row, 0, line, "wrapped_middle")
        page.sheet.set_row(row, height([(line, sum(_WIDTHS))]))
    return row + 2


def _write_findings(page: Page, working: Working, row: int) -> int:
    _write_section(page, row, "Ce que la lecture a signalé")
    for finding in working.book.evaluation.findings:
        row += 1
        message, place = texts.sentence(finding.message), texts.name(_place(finding.where))
        page.put(row, 0, _SIGNS[finding.severity], "text")
        page.sheet.merge_range(row, 1, row, 2, "", page.styles["wrapped_middle"])
        page.put(row, 1, message, "wrapped_middle")
        page.put(row, 3, place, "small_middle")
        page.sheet.set_row(row, height([(message, sum(_WIDTHS[1:3])), (place, _WIDTHS[3], 9)]))
    return row + 2


def _place(where: Location) -> str:
    if where.sheet is not None or where.line is None:
        return str(where)
    return f"{where.path}, ligne {where.line}"
