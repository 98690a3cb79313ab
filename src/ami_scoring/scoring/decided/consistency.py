"""Whether decisions agree with the call that they are about: its candidatures, its ranking, its rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ami_scoring.domain.decisions import (
    AnyDecision,
    By,
    Departure,
    FinalList,
    LateCompletion,
    Register,
    TieBroken,
)
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.standings import Status
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message, named
from ami_scoring.scoring.decided.course import OPEN, Course, Held, Selecting
from ami_scoring.scoring.decided.settled import equal_in_reserve, repeated, tied
from ami_scoring.scoring.places import draw_number

Place = tuple[str | int, ...]
_AGAIN = Message(
    "Relisez ces dossiers. Si la décision tient, annulez-la et prenez-la de nouveau : « ami decide » garde les deux."
)


def check_decisions(evaluation: Evaluation, register: Register) -> list[Problem]:
    """Say what decisions name that is not there, speak of that has changed since, or do without saying so."""
    selecting = Selecting(evaluation)
    places = {decision.number: place for place, decision in enumerate(register.decisions)}
    course, held = Course(), None
    now = file_hashes(evaluation)
    found: list[Problem] = []
    earlier: list[AnyDecision] = []
    for decision in filter(selecting.concerns, register.in_force):
        path = ("decisions", places[decision.number])
        unknown = [each for each in decision.speaks_of if each.casefold() not in selecting.names]
        found.extend(_unknown(decision, unknown, path))
        found.extend(_changed(decision, now, evaluation, register, path))
        if not unknown:
            held = selecting.at(course) if held is None else held
            again = list(repeated(decision, earlier, path))
            found.extend(again or _disagreeing(decision, selecting, course, held, path))
        earlier.append(decision)
        after = course.after(decision)
        held = held if after is course else None
        course = after
    return found


def _unknown(decision: AnyDecision, unknown: Sequence[str], path: Place) -> Iterator[Problem]:
    if unknown:
        message = Message(
            "La décision no {number} parle de {names}, qu'aucune candidature lue ne porte.",
            {"number": decision.number, "names": named([f"« {each} »" for each in unknown])},
        )
        yield Problem("decision-unknown-reference", Severity.ERROR, path, message)


def _changed(
    decision: AnyDecision, now: Mapping[str, str], evaluation: Evaluation, register: Register, path: Place
) -> Iterator[Problem]:
    completed = {
        each.reference.casefold()
        for each in register.in_force
        if isinstance(each, LateCompletion) and each.number > decision.number
    }
    changed = [
        reference
        for reference, sha256 in decision.files.items()
        if reference.casefold() not in completed and now.get(reference.casefold(), sha256) != sha256
    ]
    if changed:
        several = len(changed) > 1
        message = Message(
            "La décision no {number} a été prise sur {what} {names}, qui {verb} changé depuis.",
            {
                "number": decision.number,
                "what": "les dossiers" if several else "le dossier",
                "names": named(changed),
                "verb": "ont" if several else "a",
            },
        )
        yield Problem("decision-file-changed", Severity.ERROR, (*path, "files"), message, _AGAIN)
    if decision.policy != evaluation.provenance.criteria.sha256:
        message = Message(
            "La décision no {number} a été prise sur d'autres critères (édition « {edition} ») que ceux qui sont lus.",
            {"number": decision.number, "edition": decision.edition},
        )
        yield Problem("decision-policy-changed", Severity.WARNING, (*path, "policy"), message)


def file_hashes(evaluation: Evaluation) -> Mapping[str, str]:
    """Give the SHA-256 of the file that each candidature is read from, by folded reference."""
    aside = {one.reference.casefold(): one.origin.sha256 for one in evaluation.set_aside if one.reference is not None}
    return aside | {one.entry.reference.casefold(): one.entry.origin.sha256 for one in evaluation.standings}


def _disagreeing(
    decision: AnyDecision, selecting: Selecting, course: Course, held: Held, path: Place
) -> Iterator[Problem]:
    match decision:
        case TieBroken():
            yield from _not_equals(decision, selecting, course, path)
        case Departure():
            yield from _no_departure(decision, selecting, held, path)
        case FinalList():
            if held.contested:
                yield tied(decision.number, held.contested, (*path, "selected"))
            yield from _unexplained(decision, selecting, held, path)
            yield from equal_in_reserve(decision, selecting, course, held, path)
        case _:
            return


def _not_equals(decision: TieBroken, selecting: Selecting, course: Course, path: Place) -> Iterator[Problem]:
    order = [each.casefold() for each in decision.order]
    equals = selecting.equals_of(selecting.names[order[0]], course)
    if set(order) != equals:
        names = [selecting.names[each] for each in sorted(equals)]
        message = Message(
            "La décision no {number} départage {named}, qui ne sont pas les ex æquo de ce rang : {equals}.",
            {"number": decision.number, "named": named(decision.order), "equals": named(names) or "aucun"},
        )
        yield Problem("decision-not-equals", Severity.ERROR, (*path, "order"), message)
    elif decision.by is By.DRAW and decision.seed is not None:
        seed = decision.seed
        drawn = sorted(
            decision.order, key=lambda each: draw_number(seed, selecting.names[each.casefold()]), reverse=True
        )
        if drawn != list(decision.order):
            message = Message(
                "La décision no {number} ne suit pas le tirage de cette graine, qui donne : {drawn}.",
                {"number": decision.number, "drawn": ", puis ".join(drawn)},
            )
            yield Problem("decision-draw", Severity.ERROR, (*path, "order"), message)


def _no_departure(decision: Departure, selecting: Selecting, held: Held, path: Place) -> Iterator[Problem]:
    reference = selecting.names[decision.reference.casefold()]
    has_place = reference in held.selected
    is_open = reference in held.contested or held.statuses[reference] is Status.TO_DELIBERATE
    if has_place is decision.kept and not is_open:
        said = "elle a déjà sa place" if has_place else "elle n'a pas de place"
        message = Message(
            "La décision no {number} n'écarte rien du classement : {reference}, {said}.",
            {"number": decision.number, "reference": reference, "said": said},
        )
        yield Problem("decision-no-departure", Severity.WARNING, (*path, "kept"), message)
    elif (status := selecting.computed[reference]) not in OPEN:
        message = Message(
            "La décision no {number} retient {reference}, qui n'est pas classée ({status}).",
            {"number": decision.number, "reference": reference, "status": status.value},
        )
        yield Problem("decision-not-ranked", Severity.WARNING, (*path, "reference"), message)


def _unexplained(decision: FinalList, selecting: Selecting, held: Held, path: Place) -> Iterator[Problem]:
    listed = [selecting.names[each.casefold()] for each in decision.selected]
    added = [each for each in listed if each not in (*held.selected, *held.contested)]
    dropped = [each for each in held.selected if each not in listed]
    if added or dropped:
        told = [f"{named(added)} en plus"] if added else []
        told += [f"{named(dropped)} en moins"] if dropped else []
        message = Message(
            "La liste définitive (décision no {number}) n'est pas celle que donnent le calcul et les décisions "
            "d'avant : {told}.",
            {"number": decision.number, "told": " ; ".join(told)},
        )
        mend = Message("Écrivez d'abord l'écart, le départage ou le désistement qui l'explique.")
        yield Problem("decision-list-unexplained", Severity.ERROR, (*path, "selected"), message, mend)
    reserve = [selecting.names[each.casefold()] for each in decision.reserve]
    known = [each for each in held.reserve if each in reserve]
    if known != [each for each in reserve if each in known]:
        message = Message(
            "La liste de réserve (décision no {number}) ne suit pas l'ordre que donnent le calcul et les décisions "
            "d'avant : {order}.",
            {"number": decision.number, "order": ", puis ".join(known)},
        )
        yield Problem("decision-reserve-order", Severity.ERROR, (*path, "reserve"), message)
