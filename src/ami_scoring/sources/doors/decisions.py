"""`decisions.yaml` → what people decided, or findings at their line; and whether the chain holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from ami_scoring.domain.decisions import Register
from ami_scoring.domain.entries import Origin
from ami_scoring.findings import Finding, Severity
from ami_scoring.scoring.decided import check_chain
from ami_scoring.sources.doors.documents import locate
from ami_scoring.sources.doors.single import parse_single
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.document import Document

NAME: Final = "decisions.yaml"


class RegisterFile(NamedTuple):
    """A register of decisions as read, with its places, its fingerprint, and what is wrong with its chain."""

    register: Register
    document: Document
    origin: Origin
    findings: tuple[Finding, ...] = ()

    @property
    def entries(self) -> Sequence[Mapping[str, Any]]:
        """The decisions as plain data: what hashes are taken of."""
        data = cast("dict[str, Any]", self.document.data)
        return cast("list[dict[str, Any]]", data.get("decisions") or [])

    @property
    def is_broken(self) -> bool:
        """Whether an entry is not the one that was written, or does not follow the one before."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)


def load_decisions(path: Path) -> RegisterFile | list[Finding]:
    """Read the decisions of a call; every finding instead, where their form is wrong."""
    data = read_bytes(path)
    return [data] if isinstance(data, Finding) else parse_decisions(data, str(path))


def parse_decisions(data: bytes, path: str) -> RegisterFile | list[Finding]:
    """Read decisions from the bytes of their file; every finding instead, where their form is wrong."""
    read = parse_single(Register, data, path)
    if isinstance(read, list):
        return read
    made = RegisterFile(*read)
    found = [locate(problem, read.document) for problem in check_chain(read.made, made.entries)]
    return made._replace(findings=(*read.document.findings, *found))
