"""Files of assessors' marks → what is thought of each candidature, by subject."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.domain.assessment import Assessment
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import Judgement
from ami_scoring.domain.scores import Origin
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, InvalidFileError, Location, Problem, Severity, Tally
from ami_scoring.messages import Message
from ami_scoring.sources.doors.documents import build, locate
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.doors.room import MAX_RECORDS
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.names import Names, all_but
from ami_scoring.sources.people.personal import masked


@dataclass(slots=True)
class Heard:
    """What the assessors say, by folded reference then by subject, and what is wrong in their files."""

    opinions: dict[str, dict[str, Opinions]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    origins: list[Origin] = field(default_factory=list)
    refused: list[_Refused] = field(default_factory=list)
    kept: list[Assessment] = field(default_factory=list)
    """Those that are heard, in the order of files."""
    pairs: set[tuple[str, str]] = field(default_factory=set)
    """Who is heard on which candidature, both folded."""
    tally: Tally = field(default_factory=Tally)

    def tell(self, findings: Iterable[Finding]) -> None:
        """Keep what was found, the first of each kind one by one."""
        self.findings.extend(each for each in findings if self.tally.keeps(each))


_KEYS: Final = ("reference", "assesseur", "conflit", "avis", "note", "motif", "oui", "non", "null", "true", "false")
_ONE: Final = "un avis sur « {subject} » est refusé ({place}) : corrigez ce fichier"
_ANY: Final = "un fichier d'avis ne peut pas être lu ({place}) : corrigez-le"


class _Refused(NamedTuple):
    """What cannot be read of a file: a reference, folded, and subjects; None where it may be about any."""

    place: Location
    reference: str | None = None
    subjects: tuple[str, ...] | None = None


def load_assessments(
    files: Sequence[Path],
    judgements: Mapping[str, Judgement],
    references: Collection[str],
    set_apart: Collection[str] = (),
    walk: Sequence[Finding] = (),
) -> Heard:
    """Read the marks of assessors on subjects and their scales.

    What is refused is withheld: a candidature that it is about waits, and every one waits for what may be about any.
    `set_apart` are the references of candidatures that could not be read, and `walk` what was found of the folders.
    """
    heard = Heard()
    kept = heard.kept
    known = {reference.casefold() for reference in references}
    heard.refused += [_Refused(each.where) for each in walk if each.severity is Severity.ERROR]
    shown = all_but((*_KEYS, *judgements))
    for path in files:
        digest, batches = read_documents(path, opinions=True)
        heard.origins.append(Origin(str(path), digest))
        for documents, findings in batches:
            heard.tell(masked(each, shown) for each in findings)
            heard.refused += [_Refused(each.where) for each in findings if each.severity is Severity.ERROR]
            for document in documents:
                kept.extend(_read(document, judgements, known, heard, shown))
                if len(kept) + len(heard.refused) > MAX_RECORDS:
                    raise InvalidFileError([*heard.findings, _too_many(document)])
    heard.findings.extend(heard.tally.others())
    heard.opinions = _heard(kept)
    named = known | {reference.casefold() for reference in set_apart}
    every, of_all = tuple(judgements), False
    for refused in heard.refused:
        if refused.reference in named:
            _withhold(refused, known & {refused.reference}, refused.subjects or every, heard, _ONE)
        elif not of_all:
            # Once one that may be about any is told, those that follow change nothing.
            _withhold(refused, known, every, heard, _ANY)
            of_all = True
    return heard


def _too_many(document: Document) -> Finding:
    message = Message("Plus de {limit} avis en tout : rien n'en est lu.", {"limit": MAX_RECORDS})
    return Finding("too-many-records", Severity.ERROR, message, Location(document.path, document.line))


def _read(
    document: Document,
    judgements: Mapping[str, Judgement],
    known: Collection[str],
    heard: Heard,
    shown: Names,
) -> Iterator[Assessment]:
    assessment, refused = build(Assessment, document, shown)
    if assessment is not None:
        refused = [locate(problem, document) for problem in _check(assessment, judgements, known, heard.pairs)]
    refused = [masked(each, shown) for each in (*document.findings, *refused)]
    heard.tell(refused)
    if any(finding.severity is Severity.ERROR for finding in refused):
        heard.refused.append(_refusal(document, judgements))
    elif assessment is not None:
        heard.pairs.add(_pair(assessment))
        yield assessment


def _pair(assessment: Assessment) -> tuple[str, str]:
    return fold(assessment.assessor), assessment.reference.casefold()


def _refusal(document: Document, judgements: Mapping[str, Judgement]) -> _Refused:
    """Say what a document that has an error is about, as far as it can be told."""
    place = Location(document.path, document.line)
    data = document.data if isinstance(document.data, dict) else {}
    reference, opinions = data.get("reference"), data.get("avis")
    subjects = tuple(opinions) if isinstance(opinions, dict) and set(opinions) <= set(judgements) else None
    return _Refused(place, reference.strip().casefold() if isinstance(reference, str) else None, subjects)


def _withhold(refused: _Refused, about: Iterable[str], subjects: Iterable[str], heard: Heard, said: str) -> None:
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
    pairs: Collection[tuple[str, str]],
) -> Iterator[Problem]:
    if assessment.reference.casefold() not in known:
        message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": assessment.reference})
        yield Problem("unknown-reference", Severity.WARNING, ("reference",), message)
    if _pair(assessment) in pairs:
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


def _heard(kept: Iterable[Assessment]) -> dict[str, dict[str, Opinions]]:
    """Gather what is thought, by reference then by subject; marks of people with a conflict are only counted."""
    marks: dict[tuple[str, str], list[Fraction]] = {}
    excluded: Counter[tuple[str, str]] = Counter()
    for assessment in kept:
        for subject, opinion in assessment.opinions.items():
            about = (assessment.reference.casefold(), subject)
            given = marks.setdefault(about, [])
            if assessment.conflict:
                excluded[about] += 1
            else:
                given.append(opinion.mark)
    opinions: dict[str, dict[str, Opinions]] = {}
    for about, given in marks.items():
        opinions.setdefault(about[0], {})[about[1]] = Opinions(tuple(sorted(given)), excluded[about])
    return opinions


def heard_by_each(heard: Heard) -> list[tuple[dict[str, dict[str, Opinions]], int]]:
    """Give, for each assessor in the order of files, what would be heard without them, and how many opinions they gave.

    What is withheld stays so. Nobody is named.
    """
    names = list(dict.fromkeys(fold(each.assessor) for each in heard.kept))
    return [_without(name, heard) for name in names]


def _without(name: str, heard: Heard) -> tuple[dict[str, dict[str, Opinions]], int]:
    left = _heard(assessment for assessment in heard.kept if fold(assessment.assessor) != name)
    for reference, subjects in heard.opinions.items():
        withheld = {subject: each for subject, each in subjects.items() if each.withheld is not None}
        if withheld:
            left.setdefault(reference, {}).update(withheld)
    own = [each for each in heard.kept if fold(each.assessor) == name and not each.conflict]
    return left, sum(len(each.opinions) for each in own)
