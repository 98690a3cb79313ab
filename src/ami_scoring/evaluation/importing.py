"""From the export of another tool to a mapping that is proposed, or to the candidatures that a mapping reads."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.correspondence import TEXT_LISTS
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.evaluation.mappings import Mappings, named_mapping
from ami_scoring.findings import Finding, InvalidFileError, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.checks.correspondences import mapped_keys
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.mappings.matching import Target
from ami_scoring.sources.mappings.proposals import Proposal, propose
from ami_scoring.sources.mappings.reading import read_export
from ami_scoring.sources.mappings.sheets import open_export
from ami_scoring.sources.mappings.writing import proposal_yaml

_LISTS = ("implantation.communes", "medecins_interesses")


class Proposed(NamedTuple):
    """A mapping as text, what it holds, and what was found in the export."""

    text: str
    proposal: Proposal
    findings: tuple[Finding, ...]


class Imported(NamedTuple):
    """What a mapping reads in an export."""

    documents: tuple[Document, ...]
    findings: tuple[Finding, ...]


def propose_mapping(path: Path, criteria: Criteria | None) -> Proposed:
    """Propose a mapping for an export; `criteria` give the facts that the call declares.

    Raises `InvalidFileError` where the file cannot be read, or has no headings.
    """
    data = _bytes(path)
    exported = open_export(data, path)
    facts = {} if criteria is None else {n: f for n, f in criteria.catalogue.items() if n.startswith(PREFIX)}
    proposal = propose(exported.sheets, list(_targets(facts)), facts, _subjects(criteria)) if exported.sheets else None
    if proposal is None:
        message = Message("Aucun intitulé de colonne n'est trouvé dans ce fichier.")
        none = Finding("mapping-no-headings", Severity.ERROR, message, Location(str(path)))
        errors = [finding for finding in exported.findings if finding.severity is Severity.ERROR]
        raise InvalidFileError(errors or [none])
    return Proposed(proposal_yaml(proposal, path.name), proposal, tuple(exported.findings))


def import_candidatures(path: Path, mapping: Path | None, criteria: Criteria | None, policy: Path) -> Imported | None:
    """Read an export by its mapping; None where there is no mapping. Raises `InvalidFileError` as `evaluate` does."""
    told = mapping or (named_mapping(criteria, policy) if criteria else None)
    mappings = Mappings(told, criteria)
    found = mappings.of(path)
    mappings.require()
    if found is None:
        return None
    batches = read_export(_bytes(path), path, found)
    if batches is None:
        message = Message("Aucune colonne de ce fichier n'est nommée par la correspondance.")
        raise InvalidFileError([Finding("mapping-no-headings", Severity.ERROR, message, Location(str(path)))])
    read = list(batches)
    documents = [document for some, _ in read for document in some]
    return Imported(tuple(documents), (*mappings.findings, *(finding for _, findings in read for finding in findings)))


def _subjects(criteria: Criteria | None) -> dict[str, str]:
    """Give what the call has judged, with the label of the criterion that asks for it."""
    if criteria is None:
        return {}
    labels = {each.rule.on: each.label for each in criteria.leaves if isinstance(each.rule, Judgement)}
    return {subject: labels.get(subject, subject) for subject in criteria.judgements}


def _bytes(path: Path) -> bytes:
    data = read_bytes(path)
    if isinstance(data, Finding):
        raise InvalidFileError([data])
    return data


def _targets(facts: Mapping[str, Fact]) -> list[Target]:
    made = []
    for key, known in mapped_keys().items():
        if key == "complements" or (key in _LISTS and key not in TEXT_LISTS):
            continue
        stem = next((name for name in _LISTS if key.startswith(f"{name}.")), "")
        made.append(Target(key.removeprefix(f"{stem}."), known.title, stem) if stem else Target(key, known.title))
    return [*made, *(Target(name, fact.label) for name, fact in facts.items())]
