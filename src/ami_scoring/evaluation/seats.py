"""The jury of a call, read and checked: its roster, and the assignments beside it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.jury import ASSIGNMENTS, Assignments, Jury
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Finding, InvalidFileError, Severity
from ami_scoring.scoring.jury import Seats, check_assignments, check_jury, check_readers
from ami_scoring.sources.doors.documents import locate
from ami_scoring.sources.doors.jury import load_assignments, load_jury
from ami_scoring.sources.doors.single import Read
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.document import Document


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
