"""The zoning table of a wave: a small CSV, one line per commune or QPV.

Columns, in any order: `code` (INSEE or QPV), `type` (commune or qpv), `zone` (ZIP, ZAC, ZAR, ZV, HV, HZ),
`edition`, `source`. Separated by commas, semicolons or tabs. Official layouts are converted to this one.
"""

from __future__ import annotations

import csv
from io import StringIO
from typing import Final, NamedTuple

from pydantic_core import PydanticCustomError

from ami_scoring.domain.primitives import parse_commune_code, parse_qpv_code, without_accents
from ami_scoring.domain.zoning import Zone, ZoningTable
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message

COLUMNS: Final = ("code", "type", "zone", "edition", "source")
_ZONES: Final = {str(zone): zone for zone in Zone}
_KINDS: Final = {"commune": True, "qpv": False}


class _Places(NamedTuple):
    """How many columns there are, and where each that is read stands."""

    width: int
    code: int
    kind: int
    zone: int
    edition: int
    source: int


def parse_zoning(text: str, path: str) -> tuple[ZoningTable | None, list[Finding]]:
    """Read a zoning table. Any finding is an error, and there is then no table: a wrong zone is worse than none."""
    findings: list[Finding] = []
    lines = text.splitlines()
    header = next(iter(lines), "")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    communes: dict[str, Zone] = {}
    districts: dict[str, Zone] = {}
    told: dict[str, set[str]] = {"edition": set(), "source": set()}
    try:
        columns = [without_accents(name) for name in next(rows, [])]
        if problem := _missing_columns(columns):
            return None, [_finding("zoning-columns", problem, Location(path, 1, 1, header))]
        places = _Places(len(columns), *(columns.index(name) for name in COLUMNS))
        for row in rows:
            cells = [cell.strip() for cell in row]
            if any(cells) and (wrong := _read_row(cells, places, communes, districts, told)):
                findings.append(_finding(*wrong, Location(path, rows.line_num, 1, _line(lines, rows.line_num))))
    except csv.Error:
        message = Message("Ligne illisible : un guillemet ouvert n'est sans doute pas refermé.")
        findings.append(_finding("zoning-syntax", message, Location(path, rows.line_num, 1)))
    if not findings and not communes:
        findings.append(_finding("zoning-empty", Message("Aucune commune dans cette table."), Location(path)))
    for name, values in told.items():
        if len(values) > 1:
            message = Message(
                "La colonne « {name} » porte plusieurs valeurs ({values}) : une table, une édition.",
                {"name": name, "values": sorted(values)[:3]},
            )
            findings.append(_finding("zoning-mixed", message, Location(path)))
    if findings:
        return None, findings
    return ZoningTable(_single(told["edition"]), _single(told["source"]), communes, districts), []


def _missing_columns(columns: list[str]) -> Message | None:
    absent = [name for name in COLUMNS if name not in columns]
    if not absent:
        return None
    return Message(
        "Colonnes absentes : {absent}. La première ligne doit porter : {columns}.",
        {"absent": absent, "columns": COLUMNS},
    )


def _read_row(
    row: list[str],
    at: _Places,
    communes: dict[str, Zone],
    districts: dict[str, Zone],
    told: dict[str, set[str]],
) -> tuple[str, Message] | None:
    """Add a row to the table, or give the code and the sentence of what is wrong with it."""
    if len(row) != at.width:
        return "zoning-row", Message(
            "Cette ligne a {found} cellules au lieu de {expected}.", {"found": len(row), "expected": at.width}
        )
    told["edition"].add(row[at.edition])
    told["source"].add(row[at.source])
    zone = _ZONES.get(row[at.zone].upper())
    if zone is None:
        return "zoning-zone", Message(
            "« {zone} » n'est pas une zone ; les zones sont : {zones}.", {"zone": row[at.zone], "zones": list(Zone)}
        )
    is_commune = _KINDS.get(without_accents(row[at.kind]))
    if is_commune is None:
        return "zoning-type", Message("« {kind} » n'est ni « commune » ni « qpv ».", {"kind": row[at.kind]})
    try:
        code = parse_commune_code(row[at.code]) if is_commune else parse_qpv_code(row[at.code])
    except PydanticCustomError as error:
        return "zoning-code", Message("{said}", {"said": error.message()})
    table = communes if is_commune else districts
    if code in table:
        return "zoning-twice", Message("Le code {code} figure déjà plus haut.", {"code": code})
    table[code] = zone
    return None


def _single(values: set[str]) -> str:
    return next(iter(values), "")


def _line(lines: list[str], number: int) -> str | None:
    return lines[number - 1] if 0 < number <= len(lines) else None


def _finding(code: str, message: Message, where: Location) -> Finding:
    return Finding(code, Severity.ERROR, message, where)
