"""An official zoning file → the zone of each commune and district, and all that could not be placed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from ami_scoring.domain.identifiers import parse_commune_code, parse_qpv_code
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.zoning import Zone
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Spot
from ami_scoring.sources.spreadsheets.grids import Line
from ami_scoring.sources.spreadsheets.opening import not_named_as_table, open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet
from ami_scoring.sources.zoning.layouts import COMMUNE, LABELS, NOTHING, PARTLY, Layout, bare_label, layout_of

HEADING_ROWS: Final = 25
_CODES: Final = re.compile(r"[,;/\s]+")
_LOST_ZERO: Final = re.compile(r"\d{4}", re.ASCII)
_MOST_TOLD: Final = 10
_CODE_LENGTH: Final = 5


@dataclass(slots=True)
class Zoned:
    """What a file gives: zones by code, and what must be said of the rest."""

    communes: dict[str, Zone] = field(default_factory=dict)
    districts: dict[str, Zone] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Location] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    """Of the codes added by following mergers, what they became or come from."""
    partly: dict[str, str] = field(default_factory=dict)
    """Of the communes without a zone of their own, the label of the part that has one."""


def read_official(data: bytes, path: Path) -> Zoned:
    """Read every sheet of an official file whose headings are known. Errors are among the findings."""
    book = not_named_as_table(path, "zoning-layout") or open_cells(data, path)
    zoned = Zoned()
    if isinstance(book, Finding):
        zoned.findings.append(book)
        return zoned
    zoned.findings.extend(book.findings)
    read = 0
    for sheet in book.sheets:
        rows = dict(rows_of(sheet))
        found = _layout_in(rows)
        if found is not None:
            read += 1
            _read_sheet(sheet, rows, *found, zoned)
    if not read:
        message = Message("Aucune feuille de ce fichier n'a les intitulés d'un zonage officiel connu.")
        advice = Message(
            "Sont lus : « Code de la commune » ou « Code », et « Zonage », « Zonage_MG » ou la qualification."
        )
        zoned.findings.append(Finding("zoning-layout", Severity.ERROR, message, Location(str(path)), advice))
    return zoned


def _layout_in(rows: Mapping[int, Line]) -> tuple[int, Layout] | None:
    for number in list(rows)[:HEADING_ROWS]:
        layout = layout_of({column: cell.text for column, cell in rows[number].items()})
        if layout is not None:
            return number, layout
    return None


def _read_sheet(sheet: Sheet, rows: Mapping[int, Line], heading: int, layout: Layout, zoned: Zoned) -> None:
    unplaced: dict[str, list[str]] = {}
    first: dict[str, Spot] = {}
    for number, row in rows.items():
        cell = row.get(layout.code)
        if number <= heading or cell is None:
            continue
        zone, label = _zone_of(row, layout)
        if zone is None:
            unplaced.setdefault(label, []).extend(_codes_in(cell.text))
            first.setdefault(label, Spot(number, layout.zones[0]))
            continue
        for code in _codes_in(cell.text):
            _place(code, zone, sheet.at(Spot(number, layout.code)), layout, zoned)
    for label, codes in unplaced.items():
        if bare_label(label) in PARTLY:
            zoned.partly.update((code.zfill(_CODE_LENGTH), label) for code in codes)
    for label, spot in first.items():
        zoned.findings.append(_unplaced(label, unplaced[label], sheet.at(spot)))


def _codes_in(text: str) -> list[str]:
    return [code for code in _CODES.split(text.strip()) if code]


def _zone_of(row: Line, layout: Layout) -> tuple[Zone | None, str]:
    """Give the zone of a row by the column that decides and, where it says nothing, by the next."""
    label = ""
    for column in layout.zones:
        text = row[column].text if column in row else ""
        bare = bare_label(text)
        if bare in LABELS:
            return LABELS[bare], bare
        if bare not in NOTHING:
            return None, text.strip()
        label = label or text.strip()
    return None, label


def _place(code: str, zone: Zone, where: Location, layout: Layout, zoned: Zoned) -> None:
    parse, table = (parse_commune_code, zoned.communes) if layout.kind == COMMUNE else (parse_qpv_code, zoned.districts)
    if layout.kind == COMMUNE and _LOST_ZERO.fullmatch(code):
        code = f"0{code}"
        message = Message("Le zéro initial du code {code} était perdu : il est remis.", {"code": code})
        zoned.findings.append(Finding("leading-zero-lost", Severity.WARNING, message, where))
    try:
        known = parse(code)
    except RefusalError as error:
        zoned.findings.append(
            Finding("zoning-code", Severity.ERROR, Message("{said}", {"said": error.message()}), where)
        )
        return
    if table.setdefault(known, zone) is not zone:
        said = {"code": known, "first": str(table[known]), "second": str(zone)}
        message = Message("Le code {code} a deux zones : {first}, puis {second}.", said)
        first = zoned.places.get(known)
        zoned.findings.append(
            Finding("zoning-twice", Severity.ERROR, message, where, related=(first,) if first else ())
        )
    zoned.places.setdefault(known, where)


def _unplaced(label: str, codes: Sequence[str], where: Location) -> Finding:
    more = f" et {len(codes) - _MOST_TOLD} autres" if len(codes) > _MOST_TOLD else ""
    said = {"count": len(codes), "label": label or "case vide", "codes": codes[:_MOST_TOLD], "more": more}
    if bare_label(label) in PARTLY:
        message = Message(
            "Communes sans zone propre : {count}, « {label} » ({why}) : {codes}{more}. Une candidature n'y a de zone "
            "que par son quartier.",
            {**said, "why": PARTLY[bare_label(label)]},
        )
        advice = Message("Demandez le code du quartier (« implantation.qpv »), ou ajoutez ces communes à la table.")
        return Finding("zoning-unplaced", Severity.WARNING, message, where, advice)
    if bare_label(label) in NOTHING:
        message = Message("Sans zone : {count}, « {label} » : {codes}{more}. Ces codes manquent à la table.", said)
        return Finding("zoning-unplaced", Severity.WARNING, message, where)
    message = Message("Lignes dont la zone n'est pas connue : {count}, « {label} ».", {**said, "label": label[:80]})
    return Finding("zoning-zone", Severity.ERROR, message, where)


def zoning_csv(zoned: Zoned, edition: str, source: str) -> str:
    """Write the table that waves name: a line a commune, then a line a district, sorted by code."""
    import csv  # noqa: PLC0415 - this command only
    from io import StringIO  # noqa: PLC0415

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    moved = ["fusion"] if zoned.moved else []
    writer.writerow(("code", "type", "zone", "edition", "source", *moved))
    for kind, table in (("commune", zoned.communes), ("qpv", zoned.districts)):
        for code in sorted(table):
            how = [zoned.moved.get(code, "") if kind == "commune" else ""] if moved else []
            writer.writerow((code, kind, str(table[code]), edition, source, *how))
    return out.getvalue()
