"""`courriers.yaml`: one strict door."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.letterhead import Letterhead
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, InvalidFileError, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.files.decoding import decode, read_bytes
from ami_scoring.sources.text.located_yaml import read_yaml


class LetterheadFile(NamedTuple):
    """What the file says, and its fingerprint."""

    letterhead: Letterhead
    origin: Origin


def load_letterhead(path: Path) -> LetterheadFile:
    """Read what letters say beside the results. Raises `InvalidFileError` with everything that is wrong."""
    data = read_bytes(path)
    if isinstance(data, Finding):
        raise InvalidFileError([data])
    text = decode(data, str(path))
    if isinstance(text, Finding):
        raise InvalidFileError([text])
    documents, findings = read_yaml(text, str(path))
    if len(documents) > 1:
        message = Message("Un seul document est attendu dans ce fichier.")
        findings.append(Finding("several-documents", Severity.ERROR, message, documents[1].locate(())))
    if not documents or any(finding.severity is Severity.ERROR for finding in findings):
        raise InvalidFileError(findings)
    letterhead, refused = build(Letterhead, documents[0])
    if letterhead is None:
        raise InvalidFileError([*findings, *refused])
    return LetterheadFile(letterhead, Origin(str(path), sha256(data).hexdigest()))
