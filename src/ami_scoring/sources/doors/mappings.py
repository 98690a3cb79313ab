"""The mapping of an export: one strict door, and the places where it is looked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from ami_scoring.domain.correspondence import Correspondence
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import build
from ami_scoring.sources.files.decoding import decode, read_bytes
from ami_scoring.sources.files.folders import SPREADSHEETS
from ami_scoring.sources.mappings.columns import MappingFile
from ami_scoring.sources.text.located_yaml import read_yaml

NAME: Final = "correspondance.yaml"
"""The mapping of a folder; that of one file alone has the name of this file before: `export.correspondance.yaml`."""
READ_BY_ONE: Final = frozenset({*SPREADSHEETS, ".ods", ".json"})
"""Suffixes of the files that a mapping may be for."""


def load_mapping(path: Path) -> MappingFile | list[Finding]:
    """Read a mapping; every finding instead, where its form is wrong."""
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
    correspondence, refused = build(Correspondence, documents[0])
    if correspondence is None:
        return [*findings, *refused]
    document = documents[0]._replace(findings=tuple(findings))
    return MappingFile(correspondence, document, Origin(str(path), sha256(data).hexdigest()))


def mapping_beside(path: Path) -> Path | None:
    """Find the mapping of an export beside it: its own first, then that of its folder."""
    places = _beside(path) if path.suffix.lower() in READ_BY_ONE else ()
    return next((place for place in places if os.path.isfile(place)), None)  # noqa: PTH113 - a name that the system refuses is none


def _beside(path: Path) -> Iterator[Path]:
    yield path.with_name(f"{path.stem}.{NAME}")
    yield path.with_name(NAME)
