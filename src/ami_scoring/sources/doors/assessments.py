"""Files of assessors' marks → what is thought of each candidature, by subject."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from ami_scoring.domain.assessment import Assessment, Opinion
from ami_scoring.domain.criteria import Call
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.quantities import parse_number
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Finding, InvalidFileError, Location, Problem, Severity
from ami_scoring.messages import Message, spell
from ami_scoring.sources.doors.documents import build, locate
from ami_scoring.sources.doors.editions import check_edition
from ami_scoring.sources.doors.heard import Batch, Heard
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.doors.room import MAX_RECORDS
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.names import all_but
from ami_scoring.sources.people.personal import masked

if TYPE_CHECKING:
    from ami_scoring.domain.jury import Assessor
    from ami_scoring.scoring.jury import Seats

_KEYS: Final = (
    *("reference", "assesseur", "conflit", "avis", "note", "motif", "oui", "non", "null", "true", "false"),
    *("spellings", "clé", "valeur"),  # words of our own sentences
)
_ONE: Final = "un avis sur « {subject} » est refusé ({place}) : corrigez ce fichier"
_ANY: Final = "un fichier d'avis ne peut pas être lu ({place}) : corrigez-le"


class Refused(NamedTuple):
    """What cannot be read of a file: a reference, folded, and subjects; None where it may be about any."""

    place: Location
    reference: str | None = None
    subjects: tuple[str, ...] | None = None


def load_assessments(  # noqa: PLR0913 - what it needs to know of the call, piece by piece
    files: Sequence[Path],
    judgements: Mapping[str, Judgement],
    references: Collection[str],
    set_apart: Collection[str] = (),
    walk: Sequence[Finding] = (),
    *,
    seats: "Seats | None" = None,
    call: Call | None = None,
    more: Iterable[Batch] = (),
) -> Heard:
    """Read the marks of assessors on subjects and their scales.

    What is refused is withheld: a candidature that it is about waits, and every one waits for what may be about any.
    `set_apart` are the references of candidatures that could not be read, `walk` what was found of the folders, and
    `more` the opinions that exports of candidatures hold beside them. With a jury (`seats`), an assessor is known under
    every spelling, and nobody else is heard.
    """
    heard = Heard(judgements, seats)
    known = {reference.casefold() for reference in references}
    heard.refused += [Refused(each.where) for each in walk if each.severity is Severity.ERROR]
    heard.shown = all_but((*_KEYS, *judgements))
    for path in files:
        digest, batches = read_documents(path, of="opinions")
        heard.origins.append(Origin(str(path), digest))
        _take(batches, known, call, heard)
    _take(more, known, call, heard)
    heard.findings.extend(heard.tally.others())
    for assessment in heard.kept:
        _hear(assessment, heard)
    _require(heard, known)
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


def _take(batches: Iterable[Batch], known: Collection[str], call: Call | None, heard: Heard) -> None:
    made_for: Document | None = None
    for documents, findings in batches:
        heard.tell(masked(each, heard.shown) for each in findings)
        heard.refused += [Refused(each.where) for each in findings if each.severity is Severity.ERROR]
        for document in documents:
            made_for = made_for or (document if document.asked is not None else None)
            heard.kept.extend(_read(document, known, heard))
            if len(heard.kept) + len(heard.refused) > MAX_RECORDS:
                raise InvalidFileError([*heard.findings, _too_many(document)])
    if made_for is not None:
        heard.tell(_made_otherwise(made_for, call, heard.judgements))


def _too_many(document: Document) -> Finding:
    message = Message("Plus de {limit} avis en tout : rien n'en est lu.", {"limit": MAX_RECORDS})
    return Finding("too-many-records", Severity.ERROR, message, Location(document.path, document.line))


def _made_otherwise(document: Document, call: Call | None, judgements: Mapping[str, Judgement]) -> Iterator[Finding]:
    """Warn, once a file, of a grid that was made for another edition, or on other scales."""
    yield from check_edition(document, call)
    scales = None if document.asked is None else document.asked.scales
    if not scales:
        return
    from ami_scoring.scoring.jury import scales_of  # noqa: PLC0415 - grids only

    if scales != scales_of(judgements):
        message = Message("Cette grille a été faite sur d'autres échelles que celles des critères en vigueur.")
        advice = Message("Refaites-la par « ami jury prepare », et demandez si les notes données tiennent toujours.")
        yield Finding("grid-other-scales", Severity.WARNING, message, document.locate(()), advice)


def _read(document: Document, known: Collection[str], heard: Heard) -> Iterator[Assessment]:
    assessment, refused = build(Assessment, document, heard.shown)
    if assessment is not None:
        refused = [locate(problem, document) for problem in _check(assessment, known, heard)]
    refused = [masked(each, heard.shown) for each in (*document.findings, *refused)]
    heard.tell(refused)
    if any(finding.severity is Severity.ERROR for finding in refused):
        heard.refused.append(_refusal(document, heard.judgements))
    elif assessment is not None:
        heard.given.add((heard.who(assessment.assessor), assessment.reference.casefold()))
        yield assessment


def _refusal(document: Document, judgements: Mapping[str, Judgement]) -> Refused:
    """Say what a document that has an error is about, as far as it can be told."""
    place = Location(document.path, document.line)
    data = document.data if isinstance(document.data, dict) else {}
    reference, opinions = data.get("reference"), data.get("avis")
    subjects = tuple(opinions) if isinstance(opinions, dict) and set(opinions) <= set(judgements) else None
    return Refused(place, reference.strip().casefold() if isinstance(reference, str) else None, subjects)


def _withhold(refused: Refused, about: Iterable[str], subjects: Iterable[str], heard: Heard, said: str) -> None:
    for reference in about:
        opinions = heard.opinions.setdefault(reference, {})
        for subject in subjects:
            if subject not in opinions or opinions[subject].withheld is None:
                why = Message(said, {"subject": subject, "place": str(refused.place)})
                opinions[subject] = Opinions((), withheld=why)


def _check(assessment: Assessment, known: Collection[str], heard: Heard) -> Iterator[Problem]:
    reference = assessment.reference.casefold()
    if reference not in known:
        message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": assessment.reference})
        yield Problem("unknown-reference", Severity.WARNING, ("reference",), message)
    twice = (heard.who(assessment.assessor), reference)
    if twice in heard.given:
        message = Message("Cet assesseur a déjà donné son avis sur cette candidature.")
        yield Problem("assessor-twice", Severity.ERROR, ("assesseur",), message)
    yield from _check_recusal(assessment)
    if heard.seats is not None:
        yield from _check_seat(assessment, heard.seats, heard.judgements)
    for subject, opinion in assessment.opinions.items():
        path = ("avis", subject)
        rule = heard.judgements.get(subject)
        if rule is None:
            message = Message(
                "« {subject} » n'est pas un sujet à juger ; les sujets sont : {subjects}.",
                {"subject": subject, "subjects": list(heard.judgements) or "aucun"},
            )
            yield Problem("unknown-subject", Severity.ERROR, path, message, on_key=True)
        elif rule.mark_of(opinion.mark) is None:
            yield _off_scale(opinion, rule, (*path, "note"))


def _check_recusal(assessment: Assessment) -> Iterator[Problem]:
    if assessment.conflict and assessment.conflict_reason is None and not assessment.opinions:
        message = Message("Cette récusation n'a pas de motif.")
        yield Problem("recusal-without-reason", Severity.WARNING, ("conflit",), message)
    if assessment.conflict_reason is not None and "conflict" not in assessment.model_fields_set:
        message = Message("Un motif de récusation est donné, sans dire si c'en est une.")
        advice = Message("Répondez oui ou non à la récusation, ou effacez son motif.")
        yield Problem("recusal-unclear", Severity.ERROR, ("motif_conflit",), message, advice)


def _off_scale(opinion: Opinion, rule: Judgement, path: tuple[str, ...]) -> Problem:
    if rule.tiers:
        said = "« {word} » n'est pas un niveau ; les niveaux sont : {possible}."
        word = opinion.mark if isinstance(opinion.mark, str) else spell(opinion.mark)
        message = Message(said, {"word": word, "possible": tuple(rule.tiers)})
        return Problem("mark-off-scale", Severity.ERROR, path, message)
    if isinstance(opinion.mark, str):
        try:
            parse_number(opinion.mark)
        except RefusalError as refused:
            return Problem(refused.type, Severity.ERROR, path, Message("{said}", {"said": refused.message()}))
    step = Message(" par pas de {step}", {"step": rule.step}) if rule.step else ""
    message = Message(
        "Une note de {low} à {high}{step} est attendue, pas {mark}.",
        {"low": rule.lowest, "high": rule.highest, "step": step, "mark": opinion.mark},
    )
    return Problem("mark-off-scale", Severity.ERROR, path, message)


def _check_seat(assessment: Assessment, seats: "Seats", judgements: Mapping[str, Judgement]) -> Iterator[Problem]:
    """Find who is not of the jury, who declared an interest, and who was given something else."""
    assessor = seats.jury.recognised(assessment.assessor)
    if assessor is None:
        message = Message("« {name} » n'est pas du jury : cet avis n'est pas lu.", {"name": assessment.assessor})
        advice = Message("Corrigez le nom, ou ajoutez cette écriture à « spellings », dans le fichier du jury.")
        yield Problem("assessor-unknown", Severity.ERROR, ("assesseur",), message, advice)
        return
    if (assessor.id, assessment.reference.casefold()) in seats.ties:
        if assessment.opinions and not assessment.conflict:
            message = Message("Cet assesseur a déclaré un intérêt ici : son avis est écarté, comme s'il se récusait.")
            yield Problem("interest-declared", Severity.WARNING, ("assesseur",), message)
        return
    given = seats.given_to(assessor, assessment.reference, judgements)
    for subject in assessment.opinions:
        if subject in judgements and subject not in given:
            yield _not_given(assessor, subject)


def _not_given(assessor: "Assessor", subject: str) -> Problem:
    if not assessor.assesses(subject):
        message = Message("D'après le jury, cet assesseur ne juge pas « {subject} ».", {"subject": subject})
        return Problem("subject-not-judged", Severity.ERROR, ("avis", subject), message, on_key=True)
    message = Message("Cet avis n'était pas attribué à cet assesseur ; il compte.")
    return Problem("opinion-not-assigned", Severity.WARNING, ("avis", subject), message, on_key=True)


def _hear(assessment: Assessment, heard: Heard) -> None:
    subjects = heard.opinions.setdefault(assessment.reference.casefold(), {})
    aside = assessment.conflict or _is_tied(assessment, heard)
    for subject in _spoken_of(assessment, heard) if aside else assessment.opinions:
        before = subjects.get(subject, Opinions(()))
        mark = None if aside else heard.judgements[subject].mark_of(assessment.opinions[subject].mark)
        if mark is None:
            subjects[subject] = before._replace(excluded=before.excluded + 1)
        else:
            subjects[subject] = before._replace(marks=tuple(sorted((*before.marks, mark))))


def _is_tied(assessment: Assessment, heard: Heard) -> bool:
    who = (heard.who(assessment.assessor), assessment.reference.casefold())
    return heard.seats is not None and who in heard.seats.ties


def _spoken_of(assessment: Assessment, heard: Heard) -> tuple[str, ...]:
    """List what somebody who stands aside would have judged: what they were given, or all, where nothing says it."""
    known = None if heard.seats is None else heard.seats.jury.recognised(assessment.assessor)
    if assessment.opinions:
        return tuple(assessment.opinions)
    if heard.seats is None or known is None:
        return tuple(heard.judgements)
    return heard.seats.given_to(known, assessment.reference, heard.judgements)


def _require(heard: Heard, known: Collection[str]) -> None:
    """Note, on every candidature, how many opinions its jury requires, and how many are to come."""
    seats = heard.seats
    if seats is None:
        return
    for reference in known:
        subjects = heard.opinions.setdefault(reference, {})
        for subject in heard.judgements:
            before = subjects.get(subject, Opinions(()))
            required = seats.jury.required_for(subject, 0)
            expected = max(len(before.marks), len(seats.readers(reference, subject)) - before.excluded)
            subjects[subject] = before._replace(required=required, expected=expected)


def heard_by_each(heard: Heard) -> list[tuple[dict[str, dict[str, Opinions]], int]]:
    """Give, for each assessor in the order of files, what would be heard without them, and how many opinions they gave.

    What is withheld stays so, and opinions that were enough are still held to be. Nobody is named.
    """
    names = list(dict.fromkeys(heard.who(each.assessor) for each in heard.kept))
    return [_without(name, heard) for name in names]


def _without(name: str, heard: Heard) -> tuple[dict[str, dict[str, Opinions]], int]:
    left = Heard(heard.judgements, heard.seats)
    for assessment in heard.kept:
        if heard.who(assessment.assessor) != name:
            _hear(assessment, left)
    _require(left, heard.opinions)
    for reference, subjects in heard.opinions.items():
        for subject, each in subjects.items():
            below = left.opinions.setdefault(reference, {})
            if each.withheld is not None:
                below[subject] = each
            elif subject in below and len(each.marks) >= max(each.required, heard.judgements[subject].required):
                below[subject] = below[subject]._replace(enough=True)
    own = [each for each in heard.kept if heard.who(each.assessor) == name and not each.conflict]
    return left.opinions, sum(len(each.opinions) for each in own)
