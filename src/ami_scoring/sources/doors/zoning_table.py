"""The zoning table of a wave: a small CSV, one line per commune or QPV.

Columns, in any order: `code` (INSEE or QPV), `type` (commune or qpv), `zone` (ZIP, ZAC, ZAR, ZV, HV, HZ),
`edition`, `source`, `nom` where the table names communes, and `fusion` where it follows their mergers. Separated by
commas, semicolons or tabs. Official layouts are converted to this one.
"""

import csv
from collections.abc import Callable, Container
from contextlib import suppress
from io import StringIO
from itertools import compress
from operator import itemgetter, not_
from typing import Any, Final, NamedTuple

from ami_scoring.domain.identifiers import parse_commune_code, parse_qpv_code
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import SPACES, without_accents
from ami_scoring.domain.zoning import Zone, ZoningTable
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.text.suggestions import value_meant

COLUMNS: Final = ("code", "type", "zone", "edition", "source")
NAME: Final = "nom"
MERGER: Final = "fusion"
"""The columns that a table may do without."""
_DIGITS: Final = 5
"""Of the code of a commune, Corsica apart."""
_ZONES: Final = {str(zone): zone for zone in Zone}


class _Wrong(NamedTuple):
    """The code and the sentence of a finding, and what mends it."""

    code: str
    message: Message
    again: str = ""
    """The code of a place that a line above already gives."""
    mend: Message | None = None


class _Kind(NamedTuple):
    """How the code of a place is read, and in which of the two tables it goes."""

    parse: Callable[[object], str]
    table: int


_KINDS: Final = {"commune": _Kind(parse_commune_code, 0), "qpv": _Kind(parse_qpv_code, 1)}


class _Places(NamedTuple):
    """How many columns there are, and where each that is read stands."""

    width: int
    code: int
    kind: int
    zone: int
    edition: int
    source: int
    name: int | None = None
    merger: int | None = None


def parse_zoning(text: str, path: str) -> tuple[ZoningTable | None, list[Finding]]:
    """Read a zoning table. Any finding is an error, and there is then no table: a wrong zone is worse than none."""
    findings: list[Finding] = []
    header = next(iter(StringIO(text, newline="").readline().splitlines()), "")
    delimiter = max(",;\t", key=header.count)
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    communes: dict[str, Zone] = {}
    districts: dict[str, Zone] = {}
    names: dict[str, str] = {}
    moved: dict[str, str] = {}
    told: dict[str, set[str]] = {"edition": set(), "source": set()}
    refused: dict[int, _Wrong] = {}
    try:
        columns = [without_accents(name) for name in next(rows, [])]
        if problem := _missing_columns(columns):
            return None, [_finding("zoning-columns", problem, Location(path, 1, 1, header))]
        named, followed = (columns.index(name) if name in columns else None for name in (NAME, MERGER))
        places = _Places(len(columns), *(columns.index(name) for name in COLUMNS))
        places = places._replace(name=named, merger=followed)
        reader = _Reader(places, (communes, districts), told, (names, moved))
        if not reader.takes_whole(text, delimiter):
            refused.update((rows.line_num, wrong) for row in rows if (wrong := reader.take(row)))
    except csv.Error:
        message = Message("Ligne illisible : un guillemet ouvert n'est sans doute pas refermé.")
        findings.append(_finding("zoning-syntax", message, Location(path, rows.line_num, 1)))
    above: dict[str, int] = {}
    if any(wrong.again for wrong in refused.values()):
        above = _first_lines(text, delimiter, refused)
    lines = text.splitlines() if refused else []
    for number, wrong in refused.items():
        finding = _finding(wrong.code, wrong.message, _at(path, lines, number))
        first = above.get(wrong.again)
        related = () if first is None else (_at(path, lines, first),)
        findings.append(finding._replace(suggestion=wrong.mend, related=related))
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
    return ZoningTable(_single(told["edition"]), _single(told["source"]), communes, districts, names, moved), []


def _missing_columns(columns: list[str]) -> Message | None:
    absent = [name for name in COLUMNS if name not in columns]
    if not absent:
        return None
    return Message(
        "Colonnes absentes : {absent}. La première ligne doit porter : {columns}.",
        {"absent": absent, "columns": COLUMNS},
    )


_Split = tuple[list[list[str]], list[str], list[Any]]
"""Rows, their codes, and what they say beside them."""


class _Known(dict[tuple[str, ...], Any]):
    """What is said beside a code, read once: the kind of place and its zone, or what is wrong with them."""

    def __init__(self, read: Callable[..., tuple[_Kind, Zone] | _Wrong]) -> None:
        self._read = read
        super().__init__()

    def __missing__(self, beside: tuple[str, ...]) -> tuple[_Kind, Zone] | _Wrong:
        self[beside] = read = self._read(*map(str.strip, beside))
        return read


class _Reader:
    """Adds rows to the tables of communes and of QPV. What rows say beside their code is the same for many."""

    def __init__(
        self,
        places: _Places,
        tables: tuple[dict[str, Zone], dict[str, Zone]],
        told: dict[str, set[str]],
        more: tuple[dict[str, str], dict[str, str]],
    ) -> None:
        self._width, self._code = places.width, places.code
        self._more = [
            (column, into)
            for column, into in zip((places.name, places.merger), more, strict=True)
            if column is not None
        ]
        beside = (places.kind, places.zone, places.edition, places.source)
        self._beside_of = itemgetter(*beside)
        self._apart = min(beside) if {*beside} == {*range(places.width - len(beside), places.width)} else None
        """How many columns come before what rows say beside their code, where that comes last."""
        self._tables = tables
        self._told = told
        self._known = _Known(self._beside)

    def takes_whole(self, text: str, delimiter: str) -> bool:
        """Add all rows of a table at once, column by column, in two thirds of the instructions that one by one takes.

        Where one is not plainly right, say so and add nothing: `take` says which, and why.
        """
        lines = _plain_lines(text)
        read = self._split(lines, delimiter) if lines and self._apart else self._split_all(text, delimiter)
        if read is None:
            return False
        rows, codes, found = read
        if any(isinstance(each, _Wrong) for each in self._known.values()):
            return False
        others: list[list[str]] = []
        if any(kind.table for kind, _ in self._known.values()):
            is_commune = [kind.table == 0 for kind, _ in found]
            others = [*compress(rows, map(not_, is_commune))]
            others = [row if len(row) == self._width else [*row[:-1], *row[-1].split(delimiter)] for row in others]
            rows, codes, found = ([*compress(each, is_commune)] for each in (rows, codes, found))
        digits = "".join(codes)
        if not (digits.isascii() and digits.isdigit() and {*map(len, codes)} == {_DIGITS}):
            return False
        communes, districts = self._tables
        communes.update(zip(codes, map(itemgetter(1), found), strict=True))
        if len(communes) != len(codes) or any(map(self.take, others)):
            communes.clear()
            districts.clear()
            return False
        for column, into in self._more:
            said = (row[column].strip() for row in rows)
            into.update((code, each) for code, each in zip(codes, said, strict=True) if each)
        return True

    def _split(self, lines: list[str], delimiter: str) -> _Split | None:
        """Split lines whose end is the same for many: what it says is read once. None where one is not plain."""
        apart = self._apart or 0
        rows = [line.split(delimiter, apart) for line in lines[1:]]
        if {*map(len, rows)} != {apart + 1}:
            return None
        codes, ends = [*map(itemgetter(self._code), rows)], [row[apart] for row in rows]
        told = {end: [""] * apart + end.split(delimiter) for end in {*ends}}
        if not all(codes) or {*map(len, told.values())} != {self._width}:
            return None
        said = {end: self._known[self._beside_of(row)] for end, row in told.items()}
        return rows, codes, [*map(said.__getitem__, ends)]

    def _split_all(self, text: str, delimiter: str) -> _Split | None:
        """Split any text into rows. None where one is not plain."""
        rows = _rows(text, delimiter)[1:]
        if {*map(len, rows)} != {self._width}:
            return None
        codes = [*map(itemgetter(self._code), rows)]
        if not all(codes):
            return None
        return rows, codes, [*map(self._known.__getitem__, map(self._beside_of, rows))]

    def take(self, row: list[str]) -> _Wrong | None:
        """Add a row, or give the code and the sentence of what is wrong with it. An empty row says nothing."""
        if len(row) != self._width or not row[self._code]:
            if not any(map(str.strip, row)):
                return None
            if len(row) != self._width:
                said = {"found": len(row), "expected": self._width}
                return _Wrong("zoning-row", Message("Cette ligne a {found} cellules au lieu de {expected}.", said))
        known = self._known[self._beside_of(row)]
        if isinstance(known, _Wrong):
            return known
        kind, zone = known
        try:
            code = kind.parse(row[self._code])
        except RefusalError as error:
            return _Wrong("zoning-code", Message("{said}", {"said": error.message()}))
        table = self._tables[kind.table]
        if code in table:
            return _Wrong("zoning-twice", Message("Le code {code} figure déjà plus haut.", {"code": code}), code)
        table[code] = zone
        for column, into in self._more if kind.table == 0 else ():
            if text := row[column].strip():
                into[code] = text
        return None

    def _beside(self, kind: str, zone: str, edition: str, source: str) -> tuple[_Kind, Zone] | _Wrong:
        self._told["edition"].add(edition)
        self._told["source"].add(source)
        its_zone, its_kind = _ZONES.get(zone.upper()), _KINDS.get(without_accents(kind))
        if its_zone is None:
            said = {"zone": zone, "zones": list(Zone)}
            message = Message("« {zone} » n'est pas une zone ; les zones sont : {zones}.", said)
            return _Wrong("zoning-zone", message, mend=value_meant(zone, _ZONES))
        if its_kind is None:
            message = Message("« {kind} » n'est ni « commune » ni « qpv ».", {"kind": kind})
            return _Wrong("zoning-type", message, mend=value_meant(kind, _KINDS))
        return its_kind, its_zone


def _plain_lines(text: str) -> list[str] | None:
    """Split a table into its lines; None where the csv module would see more in them than what separators part."""
    plain = text.replace("\r\n", "\n")
    if '"' in plain or "\r" in plain:
        return None
    lines = plain.removesuffix("\n").split("\n")
    return lines if max(map(len, lines)) <= csv.field_size_limit() else None


def _rows(text: str, delimiter: str) -> list[list[str]]:
    """Split a table into rows, none where it cannot be; without quotes, the csv module would take thrice as long."""
    if (lines := _plain_lines(text)) is not None:
        return [line.split(delimiter) for line in lines]
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return []


def _first_lines(text: str, delimiter: str, refused: Container[int]) -> dict[str, int]:
    """Find the line that gives each code, of a table read again because a line gives one that is taken."""
    rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True)
    column = [without_accents(name) for name in next(rows)].index("code")
    first: dict[str, int] = {}
    with suppress(csv.Error):
        for row in rows:
            if rows.line_num not in refused and len(row) > column:
                first.setdefault(SPACES.sub("", row[column]).upper(), rows.line_num)
    return first


def _at(path: str, lines: list[str], number: int) -> Location:
    return Location(path, number, 1, _line(lines, number))


def _single(values: set[str]) -> str:
    return next(iter(values), "")


def _line(lines: list[str], number: int) -> str | None:
    return lines[number - 1] if 0 < number <= len(lines) else None


def _finding(code: str, message: Message, where: Location) -> Finding:
    return Finding(code, Severity.ERROR, message, where)
