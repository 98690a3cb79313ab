"""What is wrong in a roster, or in assignments, that their schemas cannot say."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from ami_scoring.domain.jury import Assignments, Jury, spelling_keys
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.jury.draw import shortages
from ami_scoring.scoring.jury.seats import Seats
from ami_scoring.scoring.words import Path, error

Judgements = Mapping[str, Judgement]
MOST_ASSESSORS: Final = 500
"""A longer roster is a mistake."""
_UNKNOWN_SUBJECT: Final = "« {subject} » n'est pas un sujet à juger ; les sujets sont : {subjects}."


def check_jury(jury: Jury, judgements: Judgements) -> Iterator[Problem]:
    """Check a roster in the light of what the policy has judged."""
    if len(jury.assessors) > MOST_ASSESSORS:
        said = "{count} assesseurs : c'est plus que le maximum de {most}."
        yield error("too-many-assessors", ("assessors",), said, count=len(jury.assessors), most=MOST_ASSESSORS)
        return
    yield from _check_names(jury)
    yield from _check_subjects(jury, judgements)
    if jury.required is not None and jury.required < 1:
        yield error("opinions-required", ("required",), "Il faut au moins un avis.")
    for subject, rule in judgements.items():
        yield from _check_number(subject, rule, jury)


def check_assignments(
    assignments: Assignments, jury: Jury, judgements: Judgements, known: Mapping[str, str] | None = None
) -> Iterator[Problem]:
    """Check assignments in the light of the roster. `known` are the references read, by folded ones, if any were."""
    if assignments.seed != jury.seed:
        message = Message("Ces attributions ont été tirées d'une autre graine que celle du jury.")
        advice = Message("Nul ne pourrait refaire ce tirage : dites pourquoi, ou retirez ce fichier et refaites-le.")
        yield Problem("assignment-seed", Severity.WARNING, ("seed",), message, advice)
    seen: dict[str, str] = {}
    for reference, given in assignments.assignments.items():
        path: Path = ("assignments", reference)
        first = seen.setdefault(reference.casefold(), reference)
        if first != reference:
            said = "« {reference} » est déjà attribué plus haut, sous « {first} »."
            yield error("assignment-twice", path, said, reference=reference, first=first)._replace(on_key=True)
        if known is not None and reference.casefold() not in known:
            message = Message("Aucune candidature lue ne porte la référence « {name} ».", {"name": reference})
            yield Problem("unknown-reference", Severity.WARNING, path, message, on_key=True)
        for subject, names in given.items():
            place = (*path, subject)
            if subject not in judgements:
                yield _unknown(subject, judgements, place)._replace(on_key=True)
            else:
                yield from _check_given(subject, names, place, jury)


def check_readers(assignments: Assignments, seats: Seats, judgements: Judgements) -> Iterator[Problem]:
    """Find who was given a candidature in which they declared an interest, and which have too few readers."""
    for reference, given in assignments.assignments.items():
        path: Path = ("assignments", reference)
        for subject, names in given.items():
            for place, name in enumerate(names):
                if (name, reference.casefold()) in seats.ties:
                    message = Message(
                        "« {name} » a déclaré un intérêt dans « {reference} » : son avis serait écarté.",
                        {"name": name, "reference": reference},
                    )
                    yield Problem("assignment-interest", Severity.WARNING, (*path, subject, place), message)
    for lack in shortages(seats.jury, judgements, assignments.assignments):
        message = Message(
            "« {reference} » manque de lecteurs pour « {subject} » : {given} sur {required}.",
            lack._asdict(),
        )
        yield Problem("assignment-short", Severity.WARNING, ("assignments", lack.reference), message, on_key=True)


def _check_given(subject: str, names: list[str], path: Path, jury: Jury) -> Iterator[Problem]:
    for place, name in enumerate(names):
        here = (*path, place)
        assessor = jury.by_id.get(name)
        if assessor is None:
            said = "« {word} » n'est pas le nom court d'un assesseur ; les noms sont : {possible}."
            yield error("assessor-unknown", here, said, word=name, possible=tuple(jury.by_id))
        elif name in names[:place]:
            said = "« {name} » est cité deux fois pour ce sujet : il y faut des personnes différentes."
            yield error("assignment-twice", here, said, name=name)
        elif not assessor.assesses(subject):
            said = "« {name} » ne juge pas « {subject} », d'après le jury."
            yield error("subject-not-judged", here, said, name=name, subject=subject)


def _check_names(jury: Jury) -> Iterator[Problem]:
    seen: dict[object, tuple[str, Path]] = {}
    for place, assessor in enumerate(jury.assessors):
        path: Path = ("assessors", place)
        spelled = [
            (assessor.id, (*path, "id")),
            (assessor.name, (*path, "name")),
            *((name, (*path, "spellings", at)) for at, name in enumerate(assessor.spellings)),
        ]
        for name, here in spelled:
            clash = next((seen[key] for key in spelling_keys(name) if key in seen and seen[key][0] != str(place)), None)
            if clash is not None:
                said = "« {name} » désigne deux assesseurs : donnez à chacun un nom qui n'est qu'à lui."
                yield error("assessor-name-twice", here, said, related=(clash[1],), name=name)
                break
            for key in spelling_keys(name):
                seen.setdefault(key, (str(place), here))


def _check_subjects(jury: Jury, judgements: Judgements) -> Iterator[Problem]:
    for subject in jury.required_on:
        if subject not in judgements:
            yield _unknown(subject, judgements, ("required_on", subject))._replace(on_key=True)
    for place, assessor in enumerate(jury.assessors):
        for at, subject in enumerate(assessor.subjects or ()):
            if subject not in judgements:
                yield _unknown(subject, judgements, ("assessors", place, "subjects", at))


def _unknown(subject: str, judgements: Judgements, path: Path) -> Problem:
    return error("unknown-subject", path, _UNKNOWN_SUBJECT, subject=subject, subjects=list(judgements) or "aucun")


def _check_number(subject: str, rule: Judgement, jury: Jury) -> Iterator[Problem]:
    asked = jury.required_on.get(subject, jury.required)
    path: Path = ("required_on", subject) if subject in jury.required_on else ("required",)
    if (asked is not None and 1 <= asked < rule.required) or (asked == 0 and subject in jury.required_on):
        said = "Les critères exigent {policy} avis sur « {subject} » ; le jury ne peut pas en demander {asked}."
        yield error("opinions-required", path, said, policy=rule.required, subject=subject, asked=asked)
        return
    needed, able = jury.required_for(subject, rule.required), sum(one.assesses(subject) for one in jury.assessors)
    if able < needed:
        said = "{needed} avis sont requis sur « {subject} », et {able} assesseurs seulement le jugent."
        yield error("too-few-assessors", ("assessors",), said, needed=needed, subject=subject, able=able)
