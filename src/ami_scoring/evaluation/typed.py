"""Where the answers of a decision were typed: an option of a command line, or the cell of a sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from ami_scoring.domain.decisions import Register
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import attempt
from ami_scoring.sources.files.document import Data, DataPath, Document
from ami_scoring.sources.text.suggestions import nearest

_NOBODY: Final[Mapping[str, str]] = MappingProxyType({})


class TypedAt(NamedTuple):
    """Where a decision was typed, so that what is wrong in it is told there, and not in a file not written yet."""

    where: Location
    """The whole decision."""
    spots: Mapping[str, Location] = MappingProxyType({})
    """The places of its answers, by the keys of the register."""
    names: Mapping[str, str] = _NOBODY
    """What whoever types calls these answers."""

    def at(self, path: DataPath) -> Location:
        """Give the place of a key of a register's decision, or of what is inside it."""
        known = (self.spots[part] for part in reversed(path) if isinstance(part, str) and part in self.spots)
        return next(known, self.where)

    def seen_from(self, document: Document) -> Document:
        """Give a document whose places are those where it was typed."""
        return document._replace(locate=lambda path, **_: self.at(path))


def misread(entry: Mapping[str, Any], typed: TypedAt) -> list[Finding]:
    """Say what the form of a register refuses of one decision, each where it was typed."""
    data: Data = {"language": "1", "call": "?", "decisions": [dict(entry)]}
    document = typed.seen_from(Document(data, typed.where.path, 1, lambda _path, **_: typed.where))
    wrong = attempt(Register, document, data)[1]
    return [_named(each.finding, each.path, typed) for each in wrong if each.finding.code != "decision-file-absent"]


def _named(finding: Finding, path: DataPath, typed: TypedAt) -> Finding:
    """Call what is missing as whoever types does."""
    if finding.code != "missing-key":
        return finding
    name = typed.names.get(str(path[-1]), f"« {path[-1]} »")
    message = Message("Il manque {name} : cette décision en a besoin.", {"name": name})
    return finding._replace(message=message, where=typed.at(path))


def strangers(references: Iterable[tuple[str, str]], known: Iterable[str], typed: TypedAt) -> list[Finding]:
    """Name the references, each after its key, that no file read bears."""
    names = {each.casefold(): each for each in known}
    return [
        _stranger(reference, names, typed.at((key,)))
        for key, reference in dict.fromkeys(references)
        if reference.casefold() not in names
    ]


def _stranger(reference: str, names: Mapping[str, str], where: Location) -> Finding:
    near = nearest(reference.casefold(), names)
    mend = None if near is None else Message("Vouliez-vous dire « {near} » ?", {"near": names[near]})
    message = Message("Aucun dossier lu ne porte la référence « {name} ».", {"name": reference})
    return Finding("decision-unknown-reference", Severity.ERROR, message, where, mend)
