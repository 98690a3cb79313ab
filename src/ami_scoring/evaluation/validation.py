"""Reading files only to say what is wrong in them: the policy first, then candidatures in its light."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ami_scoring.domain.candidature import Candidature
from ami_scoring.evaluation.policy import Policy, read_policy
from ami_scoring.evaluation.run import checker
from ami_scoring.findings import Finding, InvalidFileError, Problem, in_reading_order
from ami_scoring.sources.folders import find_files
from ami_scoring.sources.loaders import load_candidatures
from ami_scoring.sources.text import read_bytes

_IS_POLICY: Final = re.compile(rb"^(?:language|criteria|waves|selection)[ \t]*:", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Checked:
    """Everything wrong in the files read, in reading order, and what was read."""

    findings: tuple[Finding, ...]
    policies: int
    candidatures: int
    files: tuple[str, ...] = ()
    """Every file read, in the order it was."""


def check_files(paths: Sequence[Path], default: Path) -> Checked:
    """Check policies and candidatures. Of the paths, the files that look like a policy are checked as such.

    The last policy named, or `default` when none is, says what candidatures may declare. When it is broken,
    candidatures are still read for their form.
    """
    policies = policies_among(paths, default)
    others = [path for path in paths if path not in policies]
    findings: list[Finding] = []
    policy: Policy | None = None
    for path in policies:
        try:
            policy = read_policy(path, advice=True)
            findings.extend(policy.findings)
        except InvalidFileError as error:
            policy = None
            findings.extend(error.findings)
    found = find_files(others)
    check, call = (checker(policy), policy.criteria.call) if policy else (_check_nothing, None)
    loaded = load_candidatures(found.files, check, named=found.named, call=call)
    findings.extend((*found.findings, *loaded.findings))
    read = len(loaded.entries) + len(loaded.unreadable)
    files = [*policies, *found.files]
    return Checked(in_reading_order(findings), len(policies), read, tuple(map(str, files)))


def policies_among(paths: Sequence[Path], default: Path) -> list[Path]:
    """Pick the files that look like a policy, by name or by content; `default` when none does."""
    return [path for path in paths if _looks_like_policy(path)] or [default]


def _looks_like_policy(path: Path) -> bool:
    if path.suffix.lower() not in {".yaml", ".yml"} or path.is_dir():
        return False
    if path.stem.lower().startswith("criteria"):
        return True
    data = read_bytes(path)
    return not isinstance(data, Finding) and _IS_POLICY.search(data) is not None


def _check_nothing(_: Candidature) -> Iterable[Problem]:
    return ()
