"""The file of verifications → what a service verified of each candidature, or findings at their line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.declared import PREFIX, parse_fact, says_nothing
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import Fact, Known, Missing
from ami_scoring.domain.fields import fields
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.verified import (
    POPULATION,
    Answer,
    Checked,
    Verification,
    Verified,
    answer_of,
    answered,
    is_verifiable,
    with_answers,
)
from ami_scoring.findings import Finding, Location, Problem, Severity, Tally
from ami_scoring.messages import Message, named
from ami_scoring.scoring.words import inner, not_verifiable, refused
from ami_scoring.sources.doors.documents import build, locate
from ami_scoring.sources.doors.loaders import read_documents
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.known_words import KnownWords, has_numbers
from ami_scoring.sources.people.names import all_but
from ami_scoring.sources.text.suggestions import did_you_mean

_FACT: Final = ("donnee",)
_VALUE: Final = ("valeur",)
_BY: Final = ("par",)
_SOURCE: Final = ("source",)
_KEYS: Final = ("reference", *_FACT, *_VALUE, *_BY, "le", *_SOURCE)
_NOT_KEYS: Final = all_but(_KEYS)
_OWN: Final = (
    "est",
    "pas",
    "un",
    "une",
    "le",
    "la",
    "les",
    "de",
    "oui",
    "non",
    "true",
    "false",
    "null",
    "clé",
    "valeur",
)
"""Words of our own sentences, between what they quote."""
_MOST_NAMED: Final = 8
_AS_IN_FILES: Final = Message("Écrivez-le comme dans les dossiers : locaux.surface_m2, complements.emplois…")


class _Found(NamedTuple):
    """What one line says, with the place of its value."""

    verified: Verified
    where: Location


@dataclass(slots=True)
class Verifications:
    """What was verified, by folded reference, what is wrong with it, and where it comes from."""

    origin: Origin
    findings: list[Finding] = field(default_factory=list)
    found: dict[str, dict[Answer, _Found]] = field(default_factory=dict)

    @property
    def is_unusable(self) -> bool:
        """Whether anything of it is wrong: no mark may rest on a part of what was verified."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def is_read(self) -> bool:
        """Whether there was a file to read, well formed or not."""
        return bool(self.origin.sha256)

    def beside(self, entry: Entry) -> Entry:
        """Put beside a candidature what was verified of it."""
        found = self.found.get(entry.reference.casefold(), {})
        if not found:
            return entry
        verified = tuple(each.verified for each in found.values())
        values = {each.answer: each.given if each.answer.fact.startswith(PREFIX) else each.value for each in verified}
        return entry._replace(checked=Checked(verified, with_answers(entry.candidature, values)))


def load_verifications(
    path: Path, criteria: Criteria, entries: Sequence[Entry], apart: Sequence[str] = (), today: date | None = None
) -> Verifications:
    """Read what a service verified of candidatures; `apart` are the references of those that could not be read.

    `today` tells the dates that are yet to come, where somebody is there to be told.
    """
    digest, batches = read_documents(path, of="verifications")
    made, tally = Verifications(Origin(str(path), digest)), Tally()
    shown = _shown(criteria, entries)
    known = {entry.reference.casefold(): entry for entry in entries}
    unread = {reference.casefold() for reference in apart}
    for documents, findings in batches:
        made.findings.extend(each for each in map(shown.cleaned, findings) if tally.keeps(each))
        for document in documents:
            told = map(shown.cleaned, (*document.findings, *_take(document, criteria, known, unread, made, today)))
            made.findings.extend(each for each in told if tally.keeps(each))
    made.findings.extend(tally.others())
    return made


def _shown(criteria: Criteria, entries: Sequence[Entry]) -> KnownWords:
    """List what a line of this file may show: its keys, questions, facts, choices, and the references that are read."""
    facts = criteria.catalogue.values()
    said = (text for fact in facts for text in (fact.name, fact.label, *fact.choices))
    titles = (field.title for field in fields().values())
    return KnownWords.of((*_KEYS, *_OWN, *said, *titles, *(entry.reference for entry in entries)))


def _take(  # noqa: PLR0913 - what a line is read among
    document: Document,
    criteria: Criteria,
    known: Mapping[str, Entry],
    unread: set[str],
    made: Verifications,
    today: date | None,
) -> list[Finding]:
    """Keep what one line says; give what is wrong with it."""
    read, findings = build(Verification, document, _NOT_KEYS)
    if read is None:
        return findings
    if about := [path for path, text in ((_BY, read.by), (_SOURCE, read.source)) if text and has_numbers(text)]:
        return [*findings, *(_about_a_person(path, document) for path in about)]
    reference = read.reference.casefold()
    entry = known.get(reference)
    findings += [] if entry is None else _dated(read.on, entry, document, today)
    answer = answer_of(read.fact, None if entry is None else entry.candidature)
    fact = criteria.catalogue.get(answer.fact)
    if fact is None or not is_verifiable(fact):
        return [*findings, _not_an_answer(read.fact, fact, document, criteria)]
    try:
        value = _value(fact, read.value)
    except RefusalError as error:
        return [*findings, locate(refused(error, _VALUE), document)]
    if entry is None:
        return findings if reference in unread else [*findings, locate(_unknown_reference(read.reference), document)]
    declared = _declared(answer, fact, entry)
    if isinstance(declared, Problem):
        return [*findings, _placed(declared, document)]
    where = document.locate(_VALUE)
    new = _Found(Verified(answer, declared, value, read.value, read.by, read.on, read.source), where)
    before = made.found.setdefault(reference, {}).setdefault(answer, new)
    if before.verified.value != value:
        return [*findings, _contradiction(fact, before, where)]
    if before.verified.on < read.on:
        made.found[reference][answer] = new
    return findings


def _dated(on: date, entry: Entry, document: Document, today: date | None) -> Iterator[Finding]:
    """Find the date of a verification that cannot be: before the deposit of what it verifies, or yet to come."""
    submitted = entry.candidature.submitted_on
    if on < submitted:
        said = "Cette vérification, du {on}, précède le dépôt de la candidature, du {submitted}."
    elif today is not None and on > today:
        said = "Cette vérification est datée d'un jour à venir, le {on}."
    else:
        return
    message = Message(said, {"on": on, "submitted": submitted})
    advice = Message("Corrigez la date, ou confirmez-la : la valeur compte telle quelle.")
    yield _placed(Problem("verified-date", Severity.WARNING, ("le",), message, advice), document)


def _value(fact: Fact, raw: object) -> Known:
    """Read a verified value as the fact is read in a candidature. Raises `RefusalError`."""
    if raw is None or says_nothing(fact, raw):
        said = "Une valeur vérifiée est attendue ici : complétez-la, ou retirez la ligne."
        raise RefusalError("verified-empty", said)
    return parse_fact(fact, raw)


def _declared(answer: Answer, fact: Fact, entry: Entry) -> Known | Problem:
    """Give what the applicant declared; or what stands in the way of verifying it."""
    candidature = entry.candidature
    codes = [each.code_insee for each in candidature.place.communes]
    if answer == Answer(POPULATION):
        names = named([Answer(POPULATION, code).key for code in codes], _MOST_NAMED)
        said = "Cette candidature a plusieurs communes : dites de laquelle est cette population ({names})."
        return Problem("verified-commune", Severity.ERROR, _FACT, Message(said, {"names": names}))
    if answer.commune is not None and answer.commune not in codes:
        said = "Cette candidature n'a pas la commune {code} ; ses communes sont : {codes}."
        message = Message(said, {"code": answer.commune, "codes": named(codes, _MOST_NAMED)})
        return Problem("verified-commune", Severity.ERROR, _FACT, message)
    declared = answered(candidature, answer, fact)
    if not isinstance(declared, Missing):
        return declared
    said = "Cette candidature ne déclare pas « {label} » : rien n'est à vérifier, et cette valeur ne compte pas."
    if any(key and answer.key.startswith(key) for key in (each.key for each in entry.refused)):
        said = "La réponse « {label} » de cette candidature ne se lit pas : cette valeur vérifiée ne compte pas."
    advice = Message("Demandez la réponse au porteur ; la vérification comptera ensuite.")
    message = Message(said, {"label": inner(fact.label)})
    return Problem("verified-undeclared", Severity.WARNING, _FACT, message, advice)


def _not_an_answer(name: str, fact: Fact | None, document: Document, criteria: Criteria) -> Finding:
    if fact is not None:
        return _placed(not_verifiable(fact, _FACT), document)
    if name in fields():
        said = "« {title} » ne se vérifie pas ainsi : aucune règle ne lit cette réponse."
        message = Message(said, {"title": fields()[name].title})
        return _placed(Problem("fact-not-verifiable", Severity.ERROR, _FACT, message), document)
    message = Message("Aucune réponse d'une candidature ne porte ce nom.")
    near = did_you_mean(name, [each for each, known in criteria.catalogue.items() if is_verifiable(known)])
    return _placed(Problem("unknown-fact", Severity.ERROR, _FACT, message, near or _AS_IN_FILES), document)


def _about_a_person(path: tuple[str, ...], document: Document) -> Finding:
    message = Message("Ce texte donne le numéro ou l'adresse d'une personne (RPPS, téléphone, courriel).")
    advice = Message("Écrivez le nom du service, ou celui de la pièce ; personne n'est nommé ici.")
    return _placed(Problem("verified-person", Severity.ERROR, path, message, advice), document)


def _placed(problem: Problem, document: Document) -> Finding:
    """Place what is said in words of ours alone: nothing of what was typed there is shown."""
    return Finding(problem.code, problem.severity, problem.message, document.locate(problem.path), problem.suggestion)


def _unknown_reference(reference: str) -> Problem:
    message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": reference})
    return Problem("unknown-reference", Severity.WARNING, ("reference",), message)


def _contradiction(fact: Fact, before: _Found, where: Location) -> Finding:
    message = Message(
        "« {label} » de cette candidature a été vérifié deux fois, et les deux valeurs se contredisent.",
        {"label": inner(fact.label)},
    )
    advice = Message("Gardez la ligne de la valeur à retenir, et retirez l'autre.")
    return Finding("verifications-contradict", Severity.ERROR, message, where, advice, (before.where,))
