"""The GraphQL JSON of Démarches simplifiées → the same sheets as its export: one of dossiers, one a repeated block.

One `dossier`, or a page of `demarche { dossiers { nodes } }`, under `data` or not. The day of deposit is `dateDepot`,
or `datePassageEnConstruction` in the edition of 2021. What is blank here is blank: nothing is written for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from ami_scoring.findings import Finding, Location
from ami_scoring.sources.files.decoding import decode
from ami_scoring.sources.files.document import DataPath, Document
from ami_scoring.sources.mappings.sheets import Exported, Raw
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.grids import Held, Line
from ami_scoring.sources.text.located_json import read_json

STATES: Final = {
    "brouillon": "Brouillon",
    "en_construction": "En construction",
    "en_instruction": "En instruction",
    "accepte": "Accepté",
    "refuse": "Refusé",
    "sans_suite": "Classé sans suite",
}
"""The states as the interface names them, by the words of the exports."""
_SYSTEM: Final[Mapping[str, tuple[DataPath, ...]]] = {
    "ID": (("number",),),
    "Email": (("usager", "email"),),
    "Établissement SIRET": (("demandeur", "siret"),),
    "Entreprise raison sociale": (("demandeur", "entreprise", "raisonSociale"),),
    "Archivé": (("archived",),),
    "État du dossier": (("state",),),
    "Dernière mise à jour le": (("dateDerniereModification",),),
    "Déposé le": (("dateDepot",), ("datePassageEnConstruction",)),
    "Passé en instruction le": (("datePassageEnInstruction",),),
    "Traité le": (("dateTraitement",),),
}
_NAME_CUT: Final = 30
_OPINIONS: Final = "Avis"
_OPINION: Final[Mapping[str, DataPath]] = {
    "Introduction": ("question",),
    "Réponse": ("reponse",),
    "Question": ("questionLabel",),
    "Réponse oui/non": ("questionAnswer",),
    "Créé le": ("dateQuestion",),
    "Répondu le": ("dateReponse",),
    "Instructeur": ("instructeur", "email"),
    "Expert": ("expert", "email"),
}
"""The columns of the sheet of opinions, and where the interface gives them."""


@dataclass(slots=True)
class _Sheet:
    """A sheet in the making: its headings in the order met, its cells, and the path of each."""

    columns: dict[tuple[str, int], int] = field(default_factory=dict)
    rows: dict[int, dict[int, Held]] = field(default_factory=dict)
    paths: dict[Spot, DataPath] = field(default_factory=dict)

    def column(self, title: str, again: int = 0) -> int:
        """Give the column of a heading, the first of that name or another; a new one where there was none."""
        return self.columns.setdefault((title, again), len(self.columns) + 1)

    def put(self, row: int, column: int, text: str, path: DataPath) -> None:
        """Write a cell that is not blank."""
        if text.strip():
            self.rows.setdefault(row, {})[column] = text
            self.paths[Spot(row, column)] = path

    def raw(self, name: str, document: Document, whole: Location) -> Raw:
        """Give the sheet, whose places are those of the values in the text."""
        titles = Line({column: title for (title, _), column in self.columns.items()})
        rows = {1: titles, **{number: Line(self.rows[number]) for number in sorted(self.rows)}}
        where = self._where(document)
        return Raw(name, rows, where, whole, lambda row: where(Spot(row, 1)).line or 1, tells_blanks=True)

    def _where(self, document: Document) -> Callable[[Spot], Location]:
        def where(spot: Spot) -> Location:
            path = self.paths.get(spot) or next((p for s, p in self.paths.items() if s.row == spot.row), ())
            found = document.locate(path)
            return Location(found.path, found.line, found.column)

        return where


def open_graphql(data: bytes, path: str) -> Exported:
    """Read the dossiers of a JSON answer; no sheet where the text holds none."""
    if b'"champs"' not in data:
        return Exported()
    text = decode(data, path)
    if isinstance(text, Finding):
        return Exported([], [text])
    documents, findings = read_json(text, path)
    if len(documents) != 1:
        return Exported([], findings)
    (document,) = documents
    dossiers = list(_dossiers(document.data, ()))
    if not dossiers:
        return Exported()
    main, blocks = _Sheet(), dict[str, _Sheet]()
    for title in _SYSTEM:
        main.column(title)
    for row, (dossier, at) in enumerate(dossiers, start=2):
        _take(dossier, at, row, main, blocks)
    whole = Location(path)
    sheets = [main.raw("Dossiers", document, whole)]
    sheets += [sheet.raw(name, document, whole) for name, sheet in blocks.items()]
    return Exported(sheets, findings)


def _dossiers(data: Any, at: DataPath) -> Iterator[tuple[dict[str, Any], DataPath]]:
    if not isinstance(data, dict):
        return
    if isinstance(data.get("champs"), list):
        yield data, at
    for key in ("data", "dossier", "demarche", "groupeInstructeur"):
        yield from _dossiers(data.get(key), (*at, key))
    page = data.get("dossiers")
    nodes = page.get("nodes") if isinstance(page, dict) else None
    for place, node in enumerate(nodes if isinstance(nodes, list) else []):
        yield from _dossiers(node, (*at, "dossiers", "nodes", place))


def _take(dossier: dict[str, Any], at: DataPath, row: int, main: _Sheet, blocks: dict[str, _Sheet]) -> None:
    for title, paths in _SYSTEM.items():
        for path in paths:
            text = _text(_below(dossier, path))
            if text:
                main.put(row, main.column(title), STATES.get(text, text) if title == "État du dossier" else text, at)
                main.paths[Spot(row, main.column(title))] = (*at, *path)
                break
    number = _text(dossier.get("number"))
    _take_opinions(dossier, at, number, blocks)
    seen: dict[str, int] = {}
    for kind in ("champs", "annotations"):
        for path, champ in _listed(dossier.get(kind), (*at, kind)):
            if isinstance(champ.get("rows"), list):
                _take_block(champ, path, number, blocks)
            else:
                _take_champ(champ, path, row, main, seen)


def _take_opinions(dossier: dict[str, Any], at: DataPath, number: str, blocks: dict[str, _Sheet]) -> None:
    if not isinstance(dossier.get("avis"), list):
        return
    sheet = blocks.setdefault(_OPINIONS, _Sheet())
    columns = {title: sheet.column(title) for title in ("Dossier ID", *_OPINION)}
    for path, opinion in _listed(dossier["avis"], (*at, "avis")):
        place = max(sheet.rows, default=1) + 1
        sheet.put(place, columns["Dossier ID"], number, path)
        for title, below in _OPINION.items():
            text = _text(_below(opinion, below))
            said = {"true": "Oui", "false": "Non"}.get(text, text) if title == "Réponse oui/non" else text
            sheet.put(place, columns[title], said, (*path, *below))


def _take_champ(champ: dict[str, Any], at: DataPath, row: int, sheet: _Sheet, seen: dict[str, int]) -> None:
    label = _text(champ.get("label"))
    again = seen[label] = seen.get(label, -1) + 1
    files = [_text(each.get("filename")) for _, each in _listed(champ.get("files"), ())]
    text = ", ".join(filter(None, files)) or _text(champ.get("stringValue"))
    key = "files" if any(files) else "stringValue"
    sheet.put(row, sheet.column(label, again), text, (*at, key))
    code = _text(_below(champ, ("commune", "code")))
    if code:
        sheet.put(row, sheet.column(f"{label} (Code INSEE)", again), code, (*at, "commune", "code"))


def _take_block(champ: dict[str, Any], at: DataPath, number: str, blocks: dict[str, _Sheet]) -> None:
    name = _text(champ.get("label"))[:_NAME_CUT]
    sheet = blocks.setdefault(name, _Sheet())
    key = sheet.column("Dossier ID")
    for path, row in _listed(champ["rows"], (*at, "rows")):
        place = max(sheet.rows, default=1) + 1
        sheet.put(place, key, number, path)
        seen: dict[str, int] = {}
        for below, inner in _listed(row.get("champs"), (*path, "champs")):
            _take_champ(inner, below, place, sheet, seen)


def _listed(items: Any, at: DataPath) -> Iterator[tuple[DataPath, dict[str, Any]]]:
    for place, item in enumerate(items if isinstance(items, list) else []):
        if isinstance(item, dict):
            yield (*at, place), item


def _below(data: Any, path: DataPath) -> Any:
    for part in path:
        data = data.get(part) if isinstance(data, dict) else None
    return data


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None or isinstance(value, (dict, list)) else str(value)
