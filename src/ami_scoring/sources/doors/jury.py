"""The roster of a jury and its assignments: one strict door for both."""

from __future__ import annotations

from pathlib import Path

from ami_scoring.domain.jury import Assignments, Jury
from ami_scoring.findings import Finding
from ami_scoring.sources.doors.single import Read, load_single


def load_jury(path: Path) -> Read[Jury] | list[Finding]:
    """Read a roster; every finding instead, where its form is wrong."""
    return load_single(Jury, path)


def load_assignments(path: Path) -> Read[Assignments] | list[Finding]:
    """Read assignments; every finding instead, where their form is wrong."""
    return load_single(Assignments, path)
