"""The zoning of a wave: a table of ours, or an official file in one of the layouts of those who publish it."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.zoning import ZoningTable
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.zoning_table import parse_zoning
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.folders import BOOKS
from ami_scoring.sources.spreadsheets.csv_encoding import decode_csv

if TYPE_CHECKING:
    from ami_scoring.sources.zoning.official import Zoned

_NOT_OURS: Final = "zoning-columns"
_NOT_OFFICIAL: Final = frozenset({"zoning-layout", "empty-file", "csv-quote", "too-large"})
"""What is found of a text that is no official file either: then it is told what a table of ours lacks."""
_SAVE_AS_CSV: Final = Message("Une table de zonage est un texte : d'un classeur, « Enregistrer sous » : CSV UTF-8.")


class LoadedZoning(NamedTuple):
    """A table, None where it is unusable; the files that it comes from; and what is said of them."""

    table: ZoningTable | None
    origins: tuple[Origin, ...]
    findings: list[Finding]


def load_zoning(path: Path, edition: str | None = None, mergers: Path | None = None) -> LoadedZoning:
    """Read the zoning of a wave. An official file does not say its edition: `edition` does.

    `mergers` is a file of the communes that merged or changed code, by which old and new codes find their zone.
    """
    data = read_bytes(path)
    if isinstance(data, Finding):
        return LoadedZoning(None, (Origin(str(path), ""),), [data])
    origins = [Origin(str(path), sha256(data).hexdigest())]
    table, findings = _table(data, path, edition)
    if table is not None and mergers is not None:
        table, more = _followed(table, mergers, origins)
        findings = [*findings, *more]
    return LoadedZoning(table, tuple(origins), findings)


def _table(data: bytes, path: Path, edition: str | None) -> tuple[ZoningTable | None, list[Finding]]:
    if path.suffix.lower() in BOOKS:
        return _official(data, path, edition)
    decoded = decode_csv(data, str(path))
    if isinstance(decoded, Finding):
        return None, [decoded._replace(suggestion=_SAVE_AS_CSV) if decoded.code == "not-text" else decoded]
    text, notes = decoded
    table, findings = parse_zoning(text, str(path))
    if [each.code for each in findings] == [_NOT_OURS]:
        official, told = _official(data, path, edition)
        if not any(each.code in _NOT_OFFICIAL for each in told):
            return official, told
    if table is not None and edition is not None and table.edition != edition:
        said = {"told": edition, "found": table.edition}
        message = Message("Les critères disent l'édition « {told} », et cette table « {found} ».", said)
        return None, [*notes, Finding("zoning-edition", Severity.ERROR, message, Location(str(path), 1))]
    return table, [*notes, *findings]


def _official(data: bytes, path: Path, edition: str | None) -> tuple[ZoningTable | None, list[Finding]]:
    from ami_scoring.sources.zoning.official import read_official  # noqa: PLC0415 - official files only

    zoned = read_official(data, path)
    findings = list(zoned.findings)
    if edition is None and not any(each.code == "zoning-layout" for each in findings):
        message = Message("Ce fichier officiel ne dit pas son édition, que les résultats citent.")
        advice = Message("Ajoutez à la vague « zoning_edition: … », ou faites-en une table : « ami zoning ».")
        findings.append(Finding("zoning-edition", Severity.ERROR, message, Location(str(path)), advice))
    if not zoned.communes and not any(each.severity is Severity.ERROR for each in findings):
        message = Message("Aucune commune dans cette table.")
        findings.append(Finding("zoning-empty", Severity.ERROR, message, Location(str(path))))
    if any(each.severity is Severity.ERROR for each in findings):
        return None, findings
    table = ZoningTable(edition or "", path.name, zoned.communes, zoned.districts, partly=zoned.partly)
    return table, findings


def _followed(table: ZoningTable, path: Path, origins: list[Origin]) -> tuple[ZoningTable | None, list[Finding]]:
    from ami_scoring.sources.zoning.moves import follow_moves, read_moves  # noqa: PLC0415 - mergers only

    data = read_bytes(path)
    moves = data if isinstance(data, Finding) else read_moves(data, path)
    if isinstance(data, Finding) or isinstance(moves, Finding):
        return None, [each for each in (data, moves) if isinstance(each, Finding)][:1]
    origins.append(Origin(str(path), sha256(data).hexdigest()))
    zoned = _as_zoned(table)
    findings = list(follow_moves(zoned, moves, Location(str(path))))
    moved = {**table.moved, **zoned.moved}
    return replace(table, communes=zoned.communes, moved=moved), findings


def _as_zoned(table: ZoningTable) -> "Zoned":
    from ami_scoring.sources.zoning.official import Zoned  # noqa: PLC0415 - mergers only

    return Zoned(dict(table.communes), dict(table.districts))
