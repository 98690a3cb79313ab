"""« Traçabilité »: what was read, by which version, under which assumptions, and how to check it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Severity
from ami_scoring.reports.workbook import texts
from ami_scoring.reports.workbook.banner import write_head
from ami_scoring.reports.workbook.page import Page
from ami_scoring.reports.workbook.working import Working

_METHOD: Final = """\
Le total d'une candidature est la somme, sur les critères, de poids × note ÷ note maximale. Rien n'est arrondi avant \
l'affichage.
À total égal, les départages annoncés dans « Critères » s'appliquent ; à défaut, les candidatures partagent leur rang \
et les rangs suivants sont sautés (1, 2, 2, 4).
La limite ne tombe jamais entre des candidatures à égalité : aucune n'a alors la place, le comité départage.
Le rang possible dit entre quels rangs une candidature peut finir selon ce que répondront les dossiers incomplets.
La feuille « Calculs » refait tout sur des nombres entiers, que les tableurs additionnent et comparent sans erreur.
"""
_SIGNS: Final = {Severity.ERROR: "erreur", Severity.WARNING: "avertissement", Severity.NOTE: "note"}


def write_trace(page: Page, working: Working) -> None:
    """Write the sheet."""
    evaluation = working.book.evaluation
    provenance = evaluation.provenance
    page.printed(evaluation.criteria.call.title)
    page.widths(24, 70, 70)
    write_head(page, working, "Traçabilité")
    row = _write_pairs(page, 3, "Ce qui a été lu", _read(working))
    if evaluation.criteria.call.notice:
        row = _write_lines(page, row, "Hypothèses", [texts.sentence(evaluation.criteria.call.notice)])
    row = _write_lines(page, row, "Comment lire ce classeur", _METHOD.splitlines())
    if evaluation.findings:
        row = _write_findings(page, working, row)
    _write_section(page, row, "Empreinte (SHA-256) de chaque fichier de candidature")
    for place, origin in enumerate(sorted(provenance.candidatures, key=lambda each: each.path), start=row + 1):
        page.put(place, 0, "", "small")
        page.put(place, 1, texts.name(origin.path), "small")
        page.put(place, 2, origin.sha256 or "illisible", "mono")


def _read(working: Working) -> Iterator[tuple[str, str, str]]:
    evaluation = working.book.evaluation
    provenance, call = evaluation.provenance, evaluation.criteria.call
    yield "Programme", f"ami-scoring, version {provenance.version}", ""
    yield "Appel", texts.name(call.title), texts.name(call.authority)
    yield "Critères", f"édition {texts.name(call.edition)}", _file(provenance.criteria)
    for origin, edition in provenance.zonings:
        yield "Zonage", f"édition {texts.name(edition)}", _file(origin)
    yield "Vague", texts.name(evaluation.wave.name) if evaluation.wave else "toutes", ""
    yield "Candidatures lues", str(evaluation.read), ""


def _file(origin: Origin) -> str:
    return f"{texts.name(origin.path)}\u00a0: {origin.sha256}"


def _write_section(page: Page, row: int, title: str) -> None:
    for column in range(3):
        page.put(row, column, title if column == 0 else "", "section")
    page.sheet.set_row(row, 22)


def _write_pairs(page: Page, row: int, title: str, pairs: Iterator[tuple[str, str, str]]) -> int:
    _write_section(page, row, title)
    for label, value, beside in pairs:
        row += 1
        page.put(row, 0, label, "strong")
        page.put(row, 1, value, "text")
        page.put(row, 2, beside, "mono")
        page.sheet.set_row(row, 16)
    return row + 2


def _write_lines(page: Page, row: int, title: str, lines: list[str]) -> int:
    _write_section(page, row, title)
    for line in lines:
        row += 1
        page.sheet.merge_range(row, 0, row, 2, "", page.styles["wrapped"])
        page.put(row, 0, line, "wrapped")
        page.sheet.set_row(row, texts.height([(line, 165)]))
    return row + 2


def _write_findings(page: Page, working: Working, row: int) -> int:
    _write_section(page, row, "Ce que la lecture a signalé")
    for finding in working.book.evaluation.findings:
        row += 1
        message = texts.sentence(finding.message)
        line = f", ligne {finding.where.line}" if finding.where.line else ""
        page.put(row, 0, _SIGNS[finding.severity], "top")
        page.put(row, 1, message, "wrapped")
        page.put(row, 2, f"{texts.name(finding.where.path)}{line}", "small")
        page.sheet.set_row(row, texts.height([(message, 74), (finding.where.path, 76)]))
    return row + 2
