"""Files of assessors' marks → what is thought of each candidature, by subject."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import Judgement
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.document import Document
from ami_scoring.sources.documents import build, locate
from ami_scoring.sources.loaders import read_documents


@dataclass(slots=True)
class Heard:
    """What the assessors say, by folded reference then by subject, and what is wrong in their files."""

    opinions: dict[str, dict[str, Opinions]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)


def load_assessments(files: Sequence[Path], judgements: Mapping[str, Judgement], references: Collection[str]) -> Heard:
    """Read the marks of assessors on subjects and their scales. A file with an error is left out; the others count."""
    heard = Heard()
    kept: list[Assessment] = []
    known = {reference.casefold() for reference in references}
    for path in files:
        digest, batches = read_documents(path)
        heard.origins.append(Origin(str(path), digest))
        for documents, findings in batches:
            heard.findings.extend(findings)
            for document in documents:
                kept.extend(_read(document, judgements, known, kept, heard))
    for assessment in kept:
        _hear(assessment, heard)
    return heard


def _read(
    document: Document,
    judgements: Mapping[str, Judgement],
    known: Collection[str],
    kept: Sequence[Assessment],
    heard: Heard,
) -> Iterator[Assessment]:
    assessment, refused = build(Assessment, document)
    if assessment is not None:
        refused = [locate(problem, document) for problem in _check(assessment, judgements, known, kept)]
    heard.findings.extend(refused)
    if assessment is not None and not any(finding.severity is Severity.ERROR for finding in refused):
        yield assessment


def _check(
    assessment: Assessment,
    judgements: Mapping[str, Judgement],
    known: Collection[str],
    kept: Sequence[Assessment],
) -> Iterator[Problem]:
    reference = assessment.reference.casefold()
    if reference not in known:
        message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": assessment.reference})
        yield Problem("unknown-reference", Severity.WARNING, ("reference",), message)
    twice = (fold(assessment.assessor), reference)
    if any((fold(each.assessor), each.reference.casefold()) == twice for each in kept):
        message = Message("Cet assesseur a déjà donné son avis sur cette candidature.")
        yield Problem("assessor-twice", Severity.ERROR, ("assesseur",), message)
    for subject, opinion in assessment.opinions.items():
        path = ("avis", subject)
        rule = judgements.get(subject)
        if rule is None:
            message = Message(
                "« {subject} » n'est pas un sujet à juger ; les sujets sont : {subjects}.",
                {"subject": subject, "subjects": list(judgements) or "aucun"},
            )
            yield Problem("unknown-subject", Severity.ERROR, path, message, on_key=True)
        elif not rule.takes(opinion.mark):
            step = Message(" par pas de {step}", {"step": rule.step}) if rule.step else ""
            message = Message(
                "Une note de {low} à {high}{step} est attendue, pas {mark}.",
                {"low": rule.lowest, "high": rule.highest, "step": step, "mark": opinion.mark},
            )
            yield Problem("mark-off-scale", Severity.ERROR, (*path, "note"), message)


def _hear(assessment: Assessment, heard: Heard) -> None:
    subjects = heard.opinions.setdefault(assessment.reference.casefold(), {})
    for subject, opinion in assessment.opinions.items():
        before = subjects.get(subject, Opinions(()))
        if assessment.conflict:
            subjects[subject] = Opinions(before.marks, before.excluded + 1)
        else:
            subjects[subject] = Opinions(tuple(sorted((*before.marks, opinion.mark))), before.excluded)
