"""The jury of a call, read and checked: its roster, and the assignments beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.jury import ASSIGNMENTS, Assignments, Jury
from ami_scoring.domain.rules import Judgement
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, InvalidFileError, Severity
from ami_scoring.scoring.jury import Seats, check_assignments, check_jury, check_readers
from ami_scoring.sources.doors.assessments import Batch, Heard, load_assessments
from ami_scoring.sources.doors.documents import locate
from ami_scoring.sources.doors.jury import Read, load_assignments, load_jury
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.files.folders import Found


@dataclass(slots=True)
class Bench:
    """A jury that holds, its assignments if there are any, and what was found in both files."""

    jury: Jury
    path: Path
    assignments_path: Path
    assignments: Assignments | None = None
    origins: list[Origin] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    document: Document | None = None
    """That of the assignments."""

    def seats(self, candidatures: Iterable[Candidature]) -> Seats:
        """See the jury in the light of the candidatures; what is found in the assignments joins the findings."""
        seats = Seats.of(self.jury, self.assignments, candidatures)
        if self.assignments is not None and self.document is not None:
            problems = check_readers(self.assignments, seats, self.judgements)
            self.findings.extend(locate(problem, self.document) for problem in problems)
        return seats

    def opinions_among(self, files: Iterable[Path]) -> list[Path]:
        """Leave out the jury's own files, where they lie among those of opinions."""
        own = {os.path.realpath(path) for path in (self.path, self.assignments_path)}
        return [path for path in files if os.path.realpath(path) not in own]


def named_jury(criteria: Criteria, path: Path) -> Path | None:
    """Find the jury that a policy names, if it does."""
    return None if criteria.jury is None else path.parent / criteria.jury


class Hearing(NamedTuple):
    """What the assessors say, and the jury where the policy names one."""

    heard: Heard
    bench: Bench | None
    seats: Seats | None

    @property
    def origins(self) -> tuple[Origin, ...]:
        """The fingerprints of the jury's files, then of the opinions."""
        return (*(self.bench.origins if self.bench else ()), *self.heard.origins)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found in the jury's files, then in the opinions."""
        return (*(self.bench.findings if self.bench else ()), *self.heard.findings)


def hear(  # noqa: PLR0913 - what a hearing is made of
    criteria: Criteria,
    path: Path,
    loaded: Loaded,
    marked: Found,
    *,
    jury: Path | None = None,
    judgements: Mapping[str, Judgement] | None = None,
    more: Iterable[Batch] = (),
) -> Hearing:
    """Read the opinions of assessors, in the light of `jury` or of the one that the policy names, if it does.

    `more` are the opinions that exports of candidatures hold beside them.
    Raises `InvalidFileError` where the jury is unusable.
    """
    known = {entry.reference.casefold(): entry.reference for entry in loaded.entries}
    apart = {one.reference for one in loaded.unreadable if one.reference}
    named = jury or named_jury(criteria, path)
    bench = None
    if named is not None:
        bench = read_bench(named, criteria, known | {reference.casefold(): reference for reference in apart})
    seats = None if bench is None else bench.seats(entry.candidature for entry in loaded.entries)
    heard = load_assessments(
        marked.files if bench is None else bench.opinions_among(marked.files),
        criteria.judgements if judgements is None else judgements,
        set(known.values()),
        apart,
        marked.findings,
        seats=seats,
        call=criteria.call,
        more=more,
    )
    return Hearing(heard, bench, seats)


def read_bench(path: Path, criteria: Criteria, known: Mapping[str, str] | None = None) -> Bench:
    """Read and check a jury and its assignments; `known` are the references read, by folded ones.

    Raises `InvalidFileError` with everything that is wrong: an opinion must not count for somebody else.
    """
    bench, findings = look_at_bench(path, criteria, known)
    if bench is None or any(finding.severity is Severity.ERROR for finding in findings):
        raise InvalidFileError(findings)
    return bench


def look_at_bench(
    path: Path, criteria: Criteria, known: Mapping[str, str] | None = None
) -> tuple[Bench | None, list[Finding]]:
    """Read a jury and its assignments, and say what is wrong; None where the roster itself is unusable."""
    read = load_jury(path)
    if isinstance(read, list):
        return None, read
    jury = read.made
    bench = Bench(jury, path, path.parent / (jury.assignments or ASSIGNMENTS), origins=[read.origin])
    bench.judgements = criteria.judgements
    problems = check_jury(jury, criteria.judgements)
    bench.findings = [*read.document.findings, *(locate(problem, read.document) for problem in problems)]
    if bench.assignments_path.exists() or not isinstance(read_bytes(bench.assignments_path), Finding):
        _take_assignments(load_assignments(bench.assignments_path), bench, criteria, known)
    return bench, bench.findings


def _take_assignments(
    read: Read[Assignments] | list[Finding], bench: Bench, criteria: Criteria, known: Mapping[str, str] | None
) -> None:
    if isinstance(read, list):
        bench.findings.extend(read)
        return
    bench.assignments, bench.document = read.made, read.document
    bench.origins.append(read.origin)
    problems = check_assignments(read.made, bench.jury, criteria.judgements, known)
    bench.findings.extend([*read.document.findings, *(locate(problem, read.document) for problem in problems)])
