"""What files held, kept in a memory that what is wrong in them adds little to."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside
from ami_scoring.findings import MOST_OF_A_KIND, Finding, Location, Severity, Tally
from ami_scoring.messages import Message
from ami_scoring.sources.doors.held import HeldLines
from ami_scoring.sources.doors.refusals import Said
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.personal import OnlyCounts, Quotable

if TYPE_CHECKING:
    from ami_scoring.scoring.marks import Identity


class Looked(NamedTuple):
    """What is said of a document: the candidature without what is refused, and what was found in it."""

    candidature: Candidature | None
    said: list[Said]
    counted: list[Finding]
    """Findings of which nothing but the kind is known, since they are only counted."""


Look = Callable[[Document, Candidature | None, OnlyCounts], Looked]
"""What is said of a document, and of the candidature made of it."""
Found = Mapping[str, Value] | Scored | SetAside
"""What may be known of a candidature as soon as it is read: its facts or, where nothing else decides, its score card,
or why it is refused in spite of it."""
MAX_RECORDS: Final = 500_000
"""Candidatures read in one run, in all files together; a call gets some hundreds."""
_CROWD: Final = 1_000
"""Documents of one file with something wrong, beyond which the place of what is wrong in others is their line alone."""
_OF_COLUMNS: Final = frozenset({"unknown-key", "other-edition"})
"""What is found in every line of a table, though it is said of the headings above them all."""
_FEWER: Final = Message("Un appel en reçoit quelques centaines : vérifiez ce que contiennent ces fichiers.")


class Unreadable(NamedTuple):
    """A file, or one of its documents, that holds no usable candidature, and why."""

    origin: Origin
    findings: tuple[Finding, ...]
    reference: str | None = None
    most: int = 1
    """How many candidatures it may hold at most."""


class Loaded:
    """Everything that the files held: no document is in neither list."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        """Begin with these, or with nothing."""
        self.entries = list(entries)
        self.unreadable: list[Unreadable] = []
        self.findings: list[Finding] = []
        self.origins: list[Origin] = []
        """Each file read, once."""
        self.ahead: dict[int, Found] = {}
        """By the identity of their entry, what was worked out of candidatures as soon as they were read."""
        self.identities: dict[int, Identity] = {}
        """In the same way, what was read then of what identifies them."""
        self.is_cut = False
        """Whether there are more candidatures than are ever read: the last ones were not."""

    @property
    def count(self) -> int:
        """How many documents were read, well formed or not."""
        return len(self.entries) + len(self.unreadable)

    def forget(self, entry: Entry) -> None:
        """Forget what was worked out of a candidature that goes: another object may take its identity."""
        self.ahead.pop(id(entry), None)
        self.identities.pop(id(entry), None)


class _OfColumn:
    """What each line of a table says anew of the headings of all."""

    def __init__(self, finding: Finding) -> None:
        self.finding = finding
        self.lines = 0

    @property
    def told(self) -> Finding:
        """The finding, with how many lines it is of; of one, as it is."""
        if self.lines == 1 or self.finding.code != "unknown-key" or self.finding.severity is not Severity.ERROR:
            return self.finding
        said = str(self.finding.message).removesuffix(".")
        message = Message("{said} ; {lines} lignes y répondent.", {"said": said, "lines": self.lines})
        return self.finding._replace(message=message)


class Room:
    """Takes what one file holds, in a memory that each document adds little to once the file has too much wrong."""

    def __init__(self, look: Look, loaded: Loaded, tally: Tally, path: Path) -> None:
        self.look = look
        self.loaded = loaded
        self.quotable = Quotable(path)
        self.only_counts = tally.only_counts
        self._tally = tally
        self._reasons: dict[tuple[str, ...], tuple[Finding, ...]] = {}
        self.is_counted = False
        """Whether all that the file may hold, where it cannot be read, is counted already."""
        self.lines: HeldLines | None = None
        """What its lines may hold, of a `.jsonl` file where one cannot be read."""
        self._unread = self._wrong = 0
        self._columns: dict[tuple[str, Severity, str], _OfColumn] = {}

    @property
    def is_crowded(self) -> bool:
        """Whether what is still found will hardly be shown: its exact place is worth no search."""
        return self._wrong > _CROWD

    def turn_to(self, line: int) -> None:
        """Go on to what begins at a line: what is told and kept from now on is about it."""

    def tell(self, findings: Iterable[Finding]) -> None:
        """Tell what was found in one document, or beside them all."""
        before = self._tally.seen
        self.loaded.findings.extend(finding for finding in findings if self._tally.keeps(finding))
        self._wrong += self._tally.seen > before

    def apart(self, findings: Iterable[Finding]) -> list[Finding]:
        """Leave out, of what is found in a line of a table, what is about its headings: it is told once, at the end."""
        kept: list[Finding] = []
        for finding in findings:
            if finding.code in _OF_COLUMNS:
                known = self._columns.setdefault(
                    (finding.code, finding.severity, str(finding.message)), _OfColumn(finding)
                )
                known.lines += 1
            else:
                kept.append(finding)
        return kept

    def end(self) -> None:
        """Tell what is about headings, with how many lines it is found in."""
        self.tell(each.told for each in self._columns.values())
        self._columns.clear()

    def refuse(
        self, origin: Origin, findings: Sequence[Finding], reference: str | None = None, *, most: int = 1
    ) -> None:
        """Keep a document that cannot be read; beyond the first ones, its first reason, and how many others."""
        self._unread += 1
        whole = [each for each in findings if each.code == "too-many-errors"]
        kept = tuple(whole or findings)
        if self._unread > MOST_OF_A_KIND:
            few = _first_and_count(kept)
            kept = self._reasons.setdefault(tuple(str(each.message) for each in few), few)
        self.loaded.unreadable.append(Unreadable(origin, kept, reference, most))

    def keep(self, entry: Entry) -> None:
        """Keep a candidature."""
        self.loaded.entries.append(entry)

    def has_room(self, path: str, line: int) -> bool:
        """Say whether one more document may be read; tell the limit at its line where it may not."""
        if self.loaded.count < MAX_RECORDS:
            return True
        message = Message("Plus de {limit} candidatures en tout : la suite n'est pas lue.", {"limit": MAX_RECORDS})
        where = Location(path, line)
        self.loaded.findings.append(Finding("too-many-records", Severity.ERROR, message, where, _FEWER))
        self.loaded.is_cut = True
        return False


def _first_and_count(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Keep the sentence of the first finding, without its line, and say how many others there are."""
    first = findings[0]
    light = Location(first.where.path)
    kept = first._replace(where=light, suggestion=None, related=())
    if len(findings) == 1:
        return (kept,)
    more = Message("… et {count} autres de ce document.", {"count": len(findings) - 1})
    return kept, Finding(first.code, first.severity, more, light)
