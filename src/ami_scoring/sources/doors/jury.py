"""The roster of a jury and its assignments: one strict door for both."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from ami_scoring.domain.jury import Assignments, Jury
from ami_scoring.domain.primitives import Model
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.files.decoding import decode, read_bytes
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.text.located_yaml import read_yaml

M = TypeVar("M", bound=Model)


class Read(NamedTuple, Generic[M]):
    """What a file holds, with its places and its fingerprint."""

    made: M
    document: Document
    origin: Origin


def load_jury(path: Path) -> Read[Jury] | list[Finding]:
    """Read a roster; every finding instead, where its form is wrong."""
    return _load(Jury, path)


def load_assignments(path: Path) -> Read[Assignments] | list[Finding]:
    """Read assignments; every finding instead, where their form is wrong."""
    return _load(Assignments, path)


def _load(model: type[M], path: Path) -> Read[M] | list[Finding]:
    data = read_bytes(path)
    if isinstance(data, Finding):
        return [data]
    text = decode(data, str(path))
    if isinstance(text, Finding):
        return [text]
    documents, findings = read_yaml(text, str(path))
    if len(documents) > 1:
        message = Message("Un seul document est attendu dans ce fichier.")
        findings.append(Finding("several-documents", Severity.ERROR, message, documents[1].locate(())))
    if not documents or any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    made, refused = build(model, documents[0])
    if made is None:
        return [*findings, *refused]
    document = documents[0]._replace(findings=tuple(findings))
    return Read(made, document, Origin(str(path), sha256(data).hexdigest()))
