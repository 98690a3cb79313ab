"""Checking rosters and assignments for `ami validate`: those that are named, and the one that the policy names."""

import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.findings import Finding, Severity
from ami_scoring.patterns import late
from ami_scoring.sources.doors.room import Loaded
from ami_scoring.sources.files.decoding import read_bytes

if TYPE_CHECKING:
    from ami_scoring.evaluation.seats import Bench

_KEYS: Final = late(rb"^(seed|assessors|assignments|call|criteria|reference|porteur)[ \t]*:", re.MULTILINE)
_ROSTER: Final = {b"assessors"}
_ASSIGNED: Final = {b"assignments"}
_OTHERS: Final = {b"call", b"criteria", b"reference", b"porteur"}
"""Keys of a policy or of a candidature: a commune may be called Jury."""
_NAMES: Final = ("jury", "attributions")
_TEXTS: Final = frozenset({".yaml", ".yml"})


class Juries(NamedTuple):
    """What is wrong in the jury's files, and which were read."""

    findings: tuple[Finding, ...]
    files: tuple[Path, ...]

    @property
    def sound(self) -> bool:
        """Whether opinions can be read in the light of the jury."""
        return all(finding.severity is not Severity.ERROR for finding in self.findings)


def is_jury(path: Path, *, opened: bool = True) -> bool:
    """Say whether a file is a roster or assignments, by the keys that it has at its top, or by its whole name.

    Where it is not to be `opened` unless its name says so, as in a folder, another name hides it.
    """
    named = path.stem.casefold().startswith(_NAMES)
    if path.suffix.lower() not in _TEXTS or not (opened or named) or os.path.isdir(path):  # noqa: PTH112 - a name that the system refuses is no folder
        return False
    data = read_bytes(path)
    found = set() if isinstance(data, Finding) else set(_KEYS.findall(data))
    says_so = path.stem.casefold() in _NAMES and not isinstance(data, Finding)
    return (says_so or bool(found & (_ROSTER | _ASSIGNED))) and not found & _OTHERS


def check_juries(files: Sequence[Path], criteria: Criteria | None, loaded: Loaded) -> Juries:
    """Check rosters with their assignments, each once; without a policy, for their form alone."""
    known: dict[str, str] | None = None
    if loaded.entries or loaded.unreadable:
        known = {entry.reference.casefold(): entry.reference for entry in loaded.entries}
        known |= {one.reference.casefold(): one.reference for one in loaded.unreadable if one.reference}
    findings: list[Finding] = []
    read: dict[str, Path] = {}
    if not files:
        return Juries((), ())
    from ami_scoring.evaluation.seats import look_at_bench  # noqa: PLC0415 - for a call that has a jury
    from ami_scoring.sources.doors.jury import load_assignments, load_jury  # noqa: PLC0415 - same reason

    every = {os.path.realpath(path): path for path in files}
    for real, path in sorted(every.items(), key=lambda each: not _is_roster(each[1])):
        if real in read:
            continue
        read[real] = path
        if not _is_roster(path):
            alone = load_assignments(path)
            findings.extend(alone if isinstance(alone, list) else alone.document.findings)
        elif criteria is None:
            form = load_jury(path)
            findings.extend(form if isinstance(form, list) else form.document.findings)
        else:
            bench, found = look_at_bench(path, criteria, known)
            sound = all(finding.severity is not Severity.ERROR for finding in found)
            if bench is not None and loaded.entries and sound:
                bench.seats(entry.candidature for entry in loaded.entries)
            findings.extend(found)
            read |= _beside(bench)
    return Juries(tuple(findings), tuple(read.values()))


def _is_roster(path: Path) -> bool:
    data = read_bytes(path)
    return isinstance(data, Finding) or b"assignments" not in _KEYS.findall(data) or b"assessors" in _KEYS.findall(data)


def _beside(bench: "Bench | None") -> dict[str, Path]:
    if bench is None or bench.assignments is None:
        return {}
    return {os.path.realpath(bench.assignments_path): bench.assignments_path}
