"""`decisions.yaml` → what people decided, or findings at their line; and whether the chain holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple, cast

from ami_scoring.domain.decisions import Register
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.decided import check_chain
from ami_scoring.sources.doors.documents import build, locate
from ami_scoring.sources.files.decoding import decode, read_bytes
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.text.located_yaml import read_yaml

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
    text = decode(data, path)
    if isinstance(text, Finding):
        return [text]
    documents, findings = read_yaml(text, path)
    if len(documents) > 1:
        message = Message("Un seul document est attendu dans ce fichier.")
        findings.append(Finding("several-documents", Severity.ERROR, message, documents[1].locate(())))
    if not documents or any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    document = documents[0]
    register, refused = build(Register, document)
    if register is None:
        return [*findings, *refused]
    made = RegisterFile(register, document, Origin(path, sha256(data).hexdigest()))
    found = [locate(problem, document) for problem in check_chain(register, made.entries)]
    return made._replace(findings=(*findings, *found))
