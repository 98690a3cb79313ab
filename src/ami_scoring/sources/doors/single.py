"""A YAML file that holds one document and nothing else: what every door of such a file asks first."""

from hashlib import sha256
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.modelling.models import Model
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


def only_document(text: str, path: str) -> Document | list[Finding]:
    """Read the only document of a text, with what was found in it; every finding instead, where one is an error."""
    documents, findings = read_yaml(text, path)
    if len(documents) > 1:
        message = Message("Un seul document est attendu dans ce fichier.")
        findings.append(Finding("several-documents", Severity.ERROR, message, documents[1].locate(())))
    if not documents or any(finding.severity is Severity.ERROR for finding in findings):
        return findings
    return documents[0]._replace(findings=tuple(findings))


def parse_single(model: type[M], data: bytes, path: str) -> Read[M] | list[Finding]:
    """Make a model of the bytes of a file; every finding instead, where its form is wrong."""
    text = decode(data, path)
    if isinstance(text, Finding):
        return [text]
    document = only_document(text, path)
    if isinstance(document, list):
        return document
    made, refused = build(model, document)
    if made is None:
        return [*document.findings, *refused]
    return Read(made, document, Origin(path, sha256(data).hexdigest()))


def load_single(model: type[M], path: Path) -> Read[M] | list[Finding]:
    """Make a model of a file; every finding instead, where it cannot be read or its form is wrong."""
    data = read_bytes(path)
    return [data] if isinstance(data, Finding) else parse_single(model, data, str(path))
