"""The fields of a Word template: which there are, where a template has them, what is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message, printable, spell_date
from ami_scoring.reports.papers.blocks import Paper
from ami_scoring.reports.papers.text import DRAFT

if TYPE_CHECKING:
    from docx.document import Document

BODY: Final = "corps"
"""The field in whose place the text of the paper goes; it stands alone in its paragraph."""
FIELDS: Final[Mapping[str, str]] = {
    "autorite": "le nom de l'autorité",
    "adresse": "son adresse, ligne par ligne",
    "contact": "qui répond aux questions",
    "lieu": "le lieu de signature",
    "date": "la date du courrier",
    "destinataire": "le porteur et la commune ; rien pour un acte",
    "objet": "l'objet du courrier ; rien pour un acte",
    "reference": "la référence du dossier ; rien pour un acte",
    "titre": "le titre du document",
    "projet": "l'avertissement « PROJET », tant qu'aucune décision n'est enregistrée ; rien ensuite",
    BODY: "le texte du document, seul dans son paragraphe",
    "formule": "la formule qui ferme un courrier",
    "signataire": "le nom du signataire",
    "qualite": "la qualité du signataire",
}
"""Every field that a template may have, with what takes its place."""
FIELD: Final = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_STRAY: Final = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_SHOWN: Final = 60
_EXAMPLE: Final = {"example": "{{ objet }}"}


class Spot(NamedTuple):
    """A paragraph of a template, where people find it, and whether it stands in the text itself."""

    element: Any
    where: str
    in_text: bool


def values_of(paper: Paper, letterhead: Letterhead) -> Mapping[str, str]:
    """Give what takes the place of each field but the body; several lines where there are some."""
    closes = paper.to != ()
    return {
        "autorite": letterhead.authority.name,
        "adresse": "\n".join(letterhead.authority.address),
        "contact": letterhead.authority.contact,
        "lieu": letterhead.place,
        "date": spell_date(letterhead.date),
        "destinataire": "\n".join(paper.to),
        "objet": paper.subject,
        "reference": paper.reference,
        "titre": paper.title,
        "projet": DRAFT if paper.is_draft else "",
        "formule": letterhead.closing if closes else "",
        "signataire": letterhead.signatory.name if closes else "",
        "qualite": letterhead.signatory.title if closes else "",
    }


def spots(document: Document) -> Iterator[Spot]:
    """Give every paragraph of a template: of its text, its tables, its frames, its headers and footers."""
    yield from _within(document.element.body, "texte", in_text=True)
    for part in margins(document):
        name = "en-tête" if "header" in part.partname else "pied de page"
        yield from _within(part.element, name, in_text=False)


def margins(document: Document) -> list[Any]:
    """Give the parts that hold headers and footers, in the order of their names."""
    parts = {rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith(("/header", "/footer"))}
    return sorted(parts, key=lambda part: str(part.partname))


def runs_of(paragraph: Any) -> list[Any]:
    """Give the runs of a paragraph, those of its links and of its controls included."""
    found: list[Any] = paragraph.xpath("./w:r | ./w:hyperlink/w:r | ./w:ins/w:r | ./w:sdt/w:sdtContent/w:r")
    return found


def text_of(paragraph: Any) -> str:
    """Give the text of a paragraph, however many runs it is cut in."""
    return "".join(run.text for run in runs_of(paragraph))


def check_template(document: Document, path: str) -> list[Finding]:
    """Say everything that is wrong with a template, each with its paragraph and how to mend it."""
    findings: list[Finding] = []
    bodies: list[Spot] = []
    for spot in spots(document):
        text = text_of(spot.element)
        findings += _wrong_in(text, spot.where, path)
        if BODY in FIELD.findall(text):
            bodies.append(spot)
            if not FIELD.fullmatch(text.strip()) or not spot.in_text or _is_inside(spot.element):
                findings.append(_body("doit être seul dans un paragraphe du texte, hors de tout tableau", path, spot))
    if not bodies:
        findings.append(_body("manque : sans lui, le document ne dirait rien", path))
    findings += (_body("est là une seconde fois", path, spot) for spot in bodies[1:])
    return findings


def _within(holder: Any, name: str, *, in_text: bool) -> Iterator[Spot]:
    for number, paragraph in enumerate(holder.xpath(".//w:p"), start=1):
        yield Spot(paragraph, f"{name}, paragraphe {number}", in_text)


def _is_inside(paragraph: Any) -> bool:
    """Say whether a paragraph stands in a table or a frame, where no table of ours could follow."""
    return bool(paragraph.xpath("ancestor::w:tbl | ancestor::w:txbxContent"))


def _wrong_in(text: str, where: str, path: str) -> Iterator[Finding]:
    for name in dict.fromkeys(FIELD.findall(text)):
        if name not in FIELDS:
            yield _unknown(name, text, where, path)
    if stray := _STRAY.search(FIELD.sub("", text)):
        said = Message(
            "{where} : « {sign} » n'ouvre ni ne ferme un champ complet, dans « {text} ».",
            {"where": where.capitalize(), "sign": stray[0], "text": _short(text)},
        )
        advice = Message(
            "Un champ s'écrit {example}, en un seul mot ; rien d'autre ne s'écrit entre accolades.", _EXAMPLE
        )
        yield Finding("template-brace", Severity.ERROR, said, Location(path), advice)


def _unknown(name: str, text: str, where: str, path: str) -> Finding:
    from rapidfuzz import process  # noqa: PLC0415 - only a mistake needs it
    from rapidfuzz.distance import DamerauLevenshtein  # noqa: PLC0415 - same reason

    near = process.extractOne(name, list(FIELDS), scorer=DamerauLevenshtein.normalized_similarity, score_cutoff=0.6)
    said = Message(
        "{where} : « {name} » n'est pas un champ connu, dans « {text} ».",
        {"where": where.capitalize(), "name": _short(name), "text": _short(text)},
    )
    advice = Message("Les champs sont : {names}.", {"names": list(FIELDS)})
    if near:
        advice = Message("Vouliez-vous dire « {name} » ?", {"name": near[0]})
    return Finding("template-field", Severity.ERROR, said, Location(path), advice)


def _body(what: str, path: str, spot: Spot | None = None) -> Finding:
    where = "" if spot is None else f"{spot.where.capitalize()} : "
    said = Message("{where}le champ {field} {what}.", {"where": where, "field": "{{ corps }}", "what": what})
    advice = Message("Mettez {example} seul dans un paragraphe, là où le texte doit venir.", {"example": "{{ corps }}"})
    return Finding("template-body", Severity.ERROR, said, Location(path), advice)


def _short(text: str) -> str:
    shown = printable(text.strip())
    return shown if len(shown) <= _SHOWN else f"{shown[: _SHOWN - 1]}…"
