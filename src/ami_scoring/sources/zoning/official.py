"""An official zoning file → the zone of each commune and district, and all that could not be placed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic_core import PydanticCustomError

from ami_scoring.domain.identifiers import parse_commune_code, parse_qpv_code
from ami_scoring.domain.zoning import Zone
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.spreadsheets.cells import Cell, Spot
from ami_scoring.sources.spreadsheets.opening import open_cells, rows_of
from ami_scoring.sources.spreadsheets.workbooks import Sheet
from ami_scoring.sources.zoning.layouts import COMMUNE, LABELS, NOTHING, PARTLY, Layout, bare_label, layout_of

HEADING_ROWS: Final = 25
_CODES: Final = re.compile(r"[,;/\s]+")
_LOST_ZERO: Final = re.compile(r"\d{4}", re.ASCII)
_MOST_TOLD: Final = 10


@dataclass(slots=True)
class Zoned:
    """What a file gives: zones by code, and what must be said of the rest."""

    communes: dict[str, Zone] = field(default_factory=dict)
    districts: dict[str, Zone] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    places: dict[str, Location] = field(default_factory=dict)


def read_official(data: bytes, path: Path) -> Zoned:
    """Read every sheet of an official file whose headings are known. Errors are among the findings."""
    book = open_cells(data, path)
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


def _layout_in(rows: Mapping[int, Mapping[int, Cell]]) -> tuple[int, Layout] | None:
    for number in list(rows)[:HEADING_ROWS]:
        layout = layout_of({column: cell.text for column, cell in rows[number].items()})
        if layout is not None:
            return number, layout
    return None


def _read_sheet(
    sheet: Sheet, rows: Mapping[int, Mapping[int, Cell]], heading: int, layout: Layout, zoned: Zoned
) -> None:
    unplaced: Counter[str] = Counter()
    first: dict[str, Spot] = {}
    for number, row in rows.items():
        cell = row.get(layout.code)
        if number <= heading or cell is None:
            continue
        zone, label = _zone_of(row, layout)
        if zone is None:
            unplaced[label] += 1
            first.setdefault(label, Spot(number, layout.zones[0]))
            continue
        for code in filter(None, _CODES.split(cell.text.strip())):
            _place(code, zone, sheet.at(Spot(number, layout.code)), layout, zoned)
    for label, spot in first.items():
        zoned.findings.append(_unplaced(label, unplaced[label], sheet.at(spot)))


def _zone_of(row: Mapping[int, Cell], layout: Layout) -> tuple[Zone | None, str]:
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
    except PydanticCustomError as error:
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


def _unplaced(label: str, count: int, where: Location) -> Finding:
    said = {"count": count, "label": label or "case vide"}
    if bare_label(label) in PARTLY:
        message = Message(
            "Lignes sans zone propre : {count}, « {label} » ({why}). Le quartier se lit sous son code QPV.",
            {**said, "why": PARTLY[bare_label(label)]},
        )
    elif bare_label(label) in NOTHING:
        message = Message("Lignes sans zone : {count}, « {label} ». Ces communes manquent à la table.", said)
    else:
        message = Message("Lignes dont la zone n'est pas connue : {count}, « {label} ».", {**said, "label": label[:80]})
        return Finding("zoning-zone", Severity.ERROR, message, where)
    return Finding("zoning-unplaced", Severity.WARNING, message, where)


def zoning_csv(zoned: Zoned, edition: str, source: str) -> str:
    """Write the table that waves name: a line a commune, then a line a district, sorted by code."""
    import csv  # noqa: PLC0415 - this command only
    from io import StringIO  # noqa: PLC0415

    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("code", "type", "zone", "edition", "source"))
    for kind, table in (("commune", zoned.communes), ("qpv", zoned.districts)):
        writer.writerows((code, kind, str(table[code]), edition, source) for code in sorted(table))
    return out.getvalue()


def follow_mergers(zoned: Zoned, mergers: Mapping[str, str], where: Location) -> Iterator[Finding]:
    """Give each old code of a commune the zone of the one that took it in, and the reverse, where only one is known.

    `mergers` go from the old code to the new one. Old communes whose zones differ give none to the new.
    """
    added: list[str] = []
    for old, new in sorted(mergers.items()):
        if old not in zoned.communes and new in zoned.communes:
            zoned.communes[old] = zoned.communes[new]
            added.append(f"{old} (devenue {new})")
    for new in sorted(set(mergers.values()) - set(zoned.communes)):
        olds = sorted(old for old, to in mergers.items() if to == new and old in zoned.communes)
        zones = {zoned.communes[old] for old in olds}
        if len(zones) == 1:
            zoned.communes[new] = zones.pop()
            added.append(f"{new} (issue de {', '.join(olds)})")
        elif zones:
            said = {"new": new, "olds": olds}
            message = Message(
                "La commune {new} réunit des communes de zones différentes ({olds}) : elle reste sans zone.", said
            )
            yield Finding("zoning-unplaced", Severity.WARNING, message, where)
    if added:
        shown = added[:_MOST_TOLD]
        more = f" et {len(added) - _MOST_TOLD} autres" if len(added) > _MOST_TOLD else ""
        message = Message(
            "Codes ajoutés d'après les fusions de communes : {added}{more}.", {"added": shown, "more": more}
        )
        yield Finding("zoning-merged", Severity.NOTE, message, where)
