"""Files of assessors' marks → what is thought of each candidature, by subject."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import Judgement
from ami_scoring.domain.scores import Origin
from ami_scoring.findings import Finding, Location, Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import build, locate
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.files.document import Document


@dataclass(slots=True)
class Heard:
    """What the assessors say, by folded reference then by subject, and what is wrong in their files."""

    opinions: dict[str, dict[str, Opinions]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    refused: list[_Refused] = field(default_factory=list)
    kept: list[Assessment] = field(default_factory=list)
    """Those that are heard, in the order of files."""


class _Refused(NamedTuple):
    """What cannot be read of a file: a reference, folded, and subjects; None where it may be about any."""

    place: Location
    reference: str | None = None
    subjects: tuple[str, ...] | None = None


def load_assessments(  # noqa: PLR0913 - what marks are read in the light of
    files: Sequence[Path],
    judgements: Mapping[str, Judgement],
    references: Collection[str],
    set_apart: Collection[str] = (),
    walk: Sequence[Finding] = (),
    more: Iterable[tuple[list[Document], list[Finding]]] = (),
) -> Heard:
    """Read the marks of assessors on subjects and their scales.

    What is refused is withheld: a candidature that it is about waits, and every one waits for what may be about any.
    `set_apart` are the references of candidatures that could not be read, `walk` what was found of the folders, and
    `more` the opinions that exports of candidatures hold beside them.
    """
    heard = Heard()
    kept = heard.kept
    known = {reference.casefold() for reference in references}
    heard.refused += [_Refused(each.where) for each in walk if each.severity is Severity.ERROR]
    for batches in (*_read_files(files, heard), more):
        for documents, findings in batches:
            heard.findings.extend(findings)
            heard.refused += [_Refused(each.where) for each in findings if each.severity is Severity.ERROR]
            for document in documents:
                kept.extend(_read(document, judgements, known, kept, heard))
    for assessment in kept:
        _hear(assessment, heard)
    named = known | {reference.casefold() for reference in set_apart}
    for refused in heard.refused:
        _withhold(refused, judgements, known, named, heard)
    return heard


def _read_files(files: Sequence[Path], heard: Heard) -> Iterator[Iterator[tuple[list[Document], list[Finding]]]]:
    for path in files:
        digest, batches = read_documents(path, opinions=True)
        heard.origins.append(Origin(str(path), digest))
        yield batches


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
    refused = [*document.findings, *refused]
    heard.findings.extend(refused)
    if any(finding.severity is Severity.ERROR for finding in refused):
        heard.refused.append(_refusal(document, judgements))
    elif assessment is not None:
        yield assessment


def _refusal(document: Document, judgements: Mapping[str, Judgement]) -> _Refused:
    """Say what a document that has an error is about, as far as it can be told."""
    place = Location(document.path, document.line)
    data = document.data if isinstance(document.data, dict) else {}
    reference, opinions = data.get("reference"), data.get("avis")
    subjects = tuple(opinions) if isinstance(opinions, dict) and set(opinions) <= set(judgements) else None
    return _Refused(place, reference.strip().casefold() if isinstance(reference, str) else None, subjects)


def _withhold(
    refused: _Refused, judgements: Mapping[str, Judgement], known: Collection[str], named: Collection[str], heard: Heard
) -> None:
    about, subjects = set(known), refused.subjects or tuple(judgements)
    said = "un avis sur « {subject} » est refusé ({place}) : corrigez ce fichier"
    if refused.reference in named:
        about &= {refused.reference}
    else:
        subjects = tuple(judgements)
        said = "un fichier d'avis ne peut pas être lu ({place}) : corrigez-le"
    for reference in about:
        opinions = heard.opinions.setdefault(reference, {})
        for subject in subjects:
            if subject not in opinions or opinions[subject].withheld is None:
                why = Message(said, {"subject": subject, "place": str(refused.place)})
                opinions[subject] = Opinions((), withheld=why)


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


def heard_by_each(heard: Heard) -> list[tuple[dict[str, dict[str, Opinions]], int]]:
    """Give, for each assessor in the order of files, what would be heard without them, and how many opinions they gave.

    What is withheld stays so. Nobody is named.
    """
    names = list(dict.fromkeys(fold(each.assessor) for each in heard.kept))
    return [_without(name, heard) for name in names]


def _without(name: str, heard: Heard) -> tuple[dict[str, dict[str, Opinions]], int]:
    left = Heard()
    for assessment in heard.kept:
        if fold(assessment.assessor) != name:
            _hear(assessment, left)
    for reference, subjects in heard.opinions.items():
        withheld = {subject: each for subject, each in subjects.items() if each.withheld is not None}
        if withheld:
            left.opinions.setdefault(reference, {}).update(withheld)
    own = [each for each in heard.kept if fold(each.assessor) == name and not each.conflict]
    return left.opinions, sum(len(each.opinions) for each in own)
