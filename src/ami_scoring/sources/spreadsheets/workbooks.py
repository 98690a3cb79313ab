"""The bytes of an .xlsx or .ods file → its sheets, or one finding that says why not. Nothing in it is ever run."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import (
    Spot,
    WhereIs,
    is_date_format,
    is_percent_format,
    parse_code_format,
)
from ami_scoring.sources.spreadsheets.grids import Grid
from ami_scoring.sources.spreadsheets.open_document import is_encrypted, read_open_sheets
from ami_scoring.sources.spreadsheets.packages import (
    BrokenPackageError,
    Package,
    broken,
    encrypted,
    is_open_document,
    open_package,
)
from ami_scoring.sources.spreadsheets.shared_texts import read_texts
from ami_scoring.sources.spreadsheets.sheet_cells import Shared
from ami_scoring.sources.spreadsheets.sheet_xml import read_grid
from ami_scoring.sources.spreadsheets.xml_parts import events, whole_number

MAX_SHEETS = 60
_COMMENTS = "des commentaires"
_SHAPES = "des images ou des zones de texte"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, whether people see it, and its cells."""

    path: str
    name: str
    hidden: bool
    grid: Grid
    where: WhereIs | None = None
    """How places are named where they are no cells: lines and columns of a text."""
    lines: Sequence[int] | None = None
    """Where rows are records of a text, the line at which each begins."""

    def at(self, spot: Spot) -> Location:
        """Give the place of a cell. What it holds is not quoted: it may be a person's name."""
        if self.where is not None:
            return self.where(spot)
        return Location(self.path, spot.row, spot.column, sheet=self.name, cell=spot.name)

    def line_of(self, row: int) -> int:
        """Give the line of the file where a row begins: that of the sheet, or of the text."""
        return row if self.lines is None else self.lines[row - 1]

    @property
    def whole(self) -> Location:
        """The place of the sheet itself."""
        return Location(self.path) if self.where is not None else Location(self.path, sheet=self.name)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: its sheets, and what must be said of what it carries beside them."""

    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...]


def read_workbook(data: bytes, path: str) -> Book | Finding:
    """Read every sheet of a workbook; never raises, never runs anything, takes a second or two at the very worst."""
    package = open_package(data, path)
    if isinstance(package, Finding):
        return package
    try:
        if is_open_document(package):
            return _open_book(package)
        return Book(tuple(_sheets(package)), tuple(_carried(package)))
    except BrokenPackageError as error:
        return error.finding


def _open_book(package: Package) -> Book | Finding:
    if is_encrypted(package):
        return encrypted(package.path)
    sheets, carried = read_open_sheets(package)
    if not sheets or len(sheets) > MAX_SHEETS:
        message = Message("Ce classeur compte {count} feuilles : il est refusé.", {"count": len(sheets)})
        raise broken(package.path, message, "workbook-too-large" if sheets else "workbook-broken")
    found = list(_open_carried(package, comments=carried.comments, shapes=carried.shapes))
    return Book(tuple(Sheet(package.path, *named) for named in sheets), tuple(found))


def _open_carried(package: Package, *, comments: bool, shapes: bool) -> Iterator[Finding]:
    if any(name.startswith(("basic/", "scripts/")) and name.endswith((".xml", ".py", ".js")) for name in package.names):
        yield _warn(
            "workbook-macros", package.path, "Ce classeur contient des macros : elles ne sont ni lues ni exécutées."
        )
    left = [label for label, is_there in ((_COMMENTS, comments), (_SHAPES, shapes)) if is_there]
    if left:
        yield _not_all_read(package.path, left)


def _sheets(package: Package) -> Iterator[Sheet]:
    book = _main_part(package)
    targets = dict(_relations(package, book))
    listed: list[tuple[str, bool, str]] = []
    mac = False
    for tag, attributes, _ in events(package, book):
        if attributes is None:
            continue
        if tag == "workbookPr":
            mac = attributes.get("date1904") in {"1", "true"}
        if tag == "sheet":
            relation = next(
                (attributes[key] for key in attributes if key.rpartition(":")[2] == "id" and ":" in key), ""
            )
            name = attributes.get("name", "")[:60]
            listed.append((name, attributes.get("state", "visible") != "visible", targets.get(relation, ("", ""))[0]))
    if not listed or len(listed) > MAX_SHEETS:
        message = Message("Ce classeur compte {count} feuilles : il est refusé.", {"count": len(listed)})
        raise broken(package.path, message, "workbook-too-large" if listed else "workbook-broken")
    shared = _shared(package, {kind: target for target, kind in targets.values()}, mac=mac)
    for name, hidden, target in listed:
        if "chartsheet" not in target and "dialogsheet" not in target:
            yield Sheet(package.path, name, hidden, read_grid(package, target, shared))


def _main_part(package: Package) -> str:
    for target, kind in dict(_relations(package, "")).values():
        if kind == "officeDocument":
            return target
    message = Message("Ce fichier n'est pas un classeur Excel : aucune feuille n'y est déclarée.")
    raise broken(package.path, message, "not-a-workbook")


def _relations(package: Package, part: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Give, by identifier, the target of each relation of a part, and the last word of its type."""
    folder, name = posixpath.split(part)
    relations = posixpath.join(folder, "_rels", f"{name}.rels")
    if not package.holds(relations):
        return
    for tag, attributes, _ in events(package, relations):
        if tag == "Relationship" and attributes is not None and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/", folder, attributes.get("Target", ""))).lstrip("/")
            yield attributes.get("Id", ""), (target, attributes.get("Type", "").rpartition("/")[2])


def _shared(package: Package, parts: dict[str, str], *, mac: bool) -> Shared:
    texts = read_texts(package, parts["sharedStrings"]) if "sharedStrings" in parts else ()
    formats = list(_formats(package, parts["styles"])) if "styles" in parts else []
    dates = frozenset(style for style, known in enumerate(formats) if is_date_format(*known))
    percents = frozenset(style for style, known in enumerate(formats) if is_percent_format(*known))
    codes = {style: shape for style, (_, code) in enumerate(formats) if (shape := parse_code_format(code)) is not None}
    return Shared(texts, dates, percents, mac, codes)


def _formats(package: Package, part: str) -> Iterator[tuple[int, str | None]]:
    """Give the number format of each style of cells, in order: its number, and its code unless it is built in."""
    codes: dict[int, str] = {}
    inside = False
    for tag, attributes, _ in events(package, part):
        if tag == "cellXfs":
            inside = attributes is not None
        elif attributes is None:
            continue
        elif tag == "numFmt":
            codes[whole_number(attributes.get("numFmtId")) or 0] = attributes.get("formatCode", "")
        elif tag == "xf" and inside:
            number = whole_number(attributes.get("numFmtId")) or 0
            yield number, codes.get(number)


def _carried(package: Package) -> Iterator[Finding]:
    """Say what a workbook carries that is not read, or that its author should know about."""
    names = package.names
    if any(name.endswith("vbaproject.bin") for name in names):
        yield _warn(
            "workbook-macros", package.path, "Ce classeur contient des macros : elles ne sont ni lues ni exécutées."
        )
    if any("/externallinks/" in f"/{name}" for name in names):
        yield _warn(
            "workbook-links",
            package.path,
            "Ce classeur est lié à d'autres fichiers : les valeurs lues sont celles qu'il avait gardées.",
        )
    left = [
        label
        for label, part in ((_COMMENTS, "comments"), (_SHAPES, "xl/media/"))
        if any(part in name for name in names)
    ]
    if left:
        yield _not_all_read(package.path, left)


def _not_all_read(path: str, left: list[str]) -> Finding:
    message = Message("Ce classeur contient {left}, qui ne sont pas lus.", {"left": " et ".join(left)})
    advice = Message("Si une réponse s'y trouve, recopiez-la dans une cellule de réponse.")
    return Finding("workbook-not-all-read", Severity.WARNING, message, Location(path), advice)


def _warn(code: str, path: str, sentence: str) -> Finding:
    return Finding(code, Severity.WARNING, Message(sentence), Location(path))
