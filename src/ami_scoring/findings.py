"""What is wrong in a file that somebody wrote: where, why, and how to mend it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from hashlib import sha256
from typing import Final, NamedTuple

from ami_scoring.messages import Message


class Severity(StrEnum):
    """How much a finding weighs: an error refuses an answer or a file, a warning asks for a look, a note informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Location(NamedTuple):
    """A place in a file. Lines and columns count from 1, columns in characters."""

    path: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    """The whole line, as written, for showing under the sentence."""
    sheet: str | None = None
    """The sheet of a workbook; `line` and `column` are then those of the cell."""
    cell: str | None = None
    """The cell of a sheet, as people name it: `C12`."""
    question: str | None = None
    """The wording of the question that is answered there, in an export of another tool."""

    def __str__(self) -> str:
        """Write `path:line:column` without what is unknown, or `path, feuille « … », cellule C12` in a workbook.

        Where the question is known, its wording follows.
        """
        asked = "" if self.question is None else f", question «\u00a0{self.question}\u00a0»"
        if self.sheet is not None:
            return f"{self.path}, {self.in_workbook}{asked}"
        return ":".join(str(part) for part in (self.path, self.line, self.column) if part is not None) + asked

    @property
    def in_workbook(self) -> str:
        """Name the sheet and the cell as people do; nothing for a text, whose lines are named everywhere."""
        if self.sheet is None:
            return ""
        return f"feuille «\u00a0{self.sheet}\u00a0»" + ("" if self.cell is None else f", cellule {self.cell}")


class Finding(NamedTuple):
    """One thing to say about a file: a stable code, a sentence, a place, and a way to mend it if there is one."""

    code: str
    severity: Severity
    message: Message
    where: Location
    suggestion: Message | None = None
    related: tuple[Location, ...] = ()
    """Other places that the sentence is about, such as the second of two files with one reference."""
    times: int = 1
    """How many findings it stands for: one sentence counts all those of a kind beyond the first dozens."""


MOST_OF_A_KIND: Final = 50
"""Findings of one kind that are told of one file, one by one; of the others, how many there are."""


class Tally:
    """Keeps the first findings of each kind in each file, and counts the others. A kind is a code and a severity."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._kinds: dict[tuple[str, str, Severity], _Kind] = {}
        self.seen = 0
        """How many findings were given."""

    def keeps(self, finding: Finding) -> bool:
        """Say whether a finding is among the first of its kind; count it among the others if not."""
        self.seen += finding.times
        its = (finding.where.path, finding.code, finding.severity)
        kind = self._kinds.get(its)
        if kind is None:
            kind = self._kinds[its] = _Kind()
        if finding.times == 1 and kind.kept < MOST_OF_A_KIND:
            kind.kept += 1
            return True
        kind.others += finding.times
        kind.first = kind.first or finding
        return False

    def only_counts(self, path: str, code: str, severity: Severity) -> bool:
        """Say whether whatever comes of a kind in a file is only counted from now on: nothing of it will be read."""
        kind = self._kinds.get((path, code, severity))
        return kind is not None and kind.first is not None and kind.kept == MOST_OF_A_KIND

    def others(self) -> Iterator[Finding]:
        """Give one finding for the others of each kind, at the place of the first of them; a lone one as it is."""
        for kind in self._kinds.values():
            if kind.first is not None:
                yield kind.first if kind.others == kind.first.times else _others(kind.first, kind.others)


class _Kind:
    def __init__(self) -> None:
        self.kept = 0
        self.others = 0
        self.first: Finding | None = None
        """The first of those that are counted."""


def _others(first: Finding, count: int) -> Finding:
    message = Message("… et {count} autres de ce genre, d'ici à la fin du fichier.", {"count": count})
    suggestion = Message("Corrigez ceux qui sont montrés, puis relancez : la cause est souvent la même.")
    where = Location(first.where.path, first.where.line, sheet=first.where.sheet, cell=first.where.cell)
    return Finding(first.code, first.severity, message, where, suggestion, times=count)


def few_of_each_kind(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings as people read them, and count those of one kind in one file beyond the first dozens."""
    tally = Tally()
    # Sentences of those that are counted are never written: one may name as many choices as there are of them.
    kept = [finding for finding in sorted(findings, key=_place) if tally.keeps(finding)]
    return in_reading_order((*kept, *tally.others()))


def in_reading_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Sort findings by file, line, column, then code, so that two runs print the same text."""
    return tuple(
        sorted(
            findings,
            key=lambda f: (*_place(f), str(f.message)),
        )
    )


def _place(finding: Finding) -> tuple[str, int, int, str]:
    where = finding.where
    return where.path, where.line or 0, where.column or 0, finding.code


def counts_of(findings: Iterable[Finding]) -> Counter[Severity]:
    """Count findings by severity, and with them those that a sentence counts."""
    counts = Counter[Severity]()
    for finding in findings:
        counts[finding.severity] += finding.times
    return counts


def fingerprints(findings: Sequence[Finding]) -> tuple[str, ...]:
    """Give each finding an identity that survives lines added or removed above it; no two are equal."""
    seen: dict[tuple[str, ...], int] = {}
    marks: list[str] = []
    for finding in findings:
        # A sentence may name other lines: the template says as much, where the line itself tells findings apart.
        line = (finding.where.excerpt or "").strip()
        said = (finding.where.path, finding.code, line, finding.message.template if line else str(finding.message))
        seen[said] = seen.get(said, 0) + 1
        marks.append(sha256("\0".join((*said, str(seen[said]))).encode("utf-8", "surrogatepass")).hexdigest()[:32])
    return tuple(marks)


class AmiScoringError(Exception):
    """Root of every error that the user can mend; anything else is a bug of ours."""


class InvalidFileError(AmiScoringError):
    """Raised when a file without which nothing can be scored is unusable; carries all its findings."""

    def __init__(self, findings: Sequence[Finding], conclusion: str = "") -> None:
        """Keep the findings, in reading order, and the sentence to say after them, if one is needed."""
        self.findings = few_of_each_kind(findings)
        self.conclusion = conclusion
        super().__init__("; ".join(f"{finding.where}: {finding.message}" for finding in self.findings))


class NothingToScoreError(AmiScoringError):
    """Raised when the paths hold no candidature at all."""

    def __init__(self, message: Message, findings: Sequence[Finding] = ()) -> None:
        """Keep the sentence that says what was looked for, and what was found on the way."""
        self.message = message
        self.findings = few_of_each_kind(findings)
        super().__init__(str(message))


class Problem(NamedTuple):
    """A finding that knows its place by the keys that lead to it, before anyone looked for its line."""

    code: str
    severity: Severity
    path: tuple[str | int, ...]
    message: Message
    suggestion: Message | None = None
    on_key: bool = False
    """Whether the key itself is at fault, rather than its value."""
    quoted: bool = True
    """Whether the line may be shown: a free text may name a person."""
    related: tuple[tuple[str | int, ...], ...] = ()
    """Other places that the sentence is about, by the keys that lead to them; the keys themselves with `on_key`."""
