"""What was computed and what people decided, side by side, and what each decision does to the others."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ami_scoring.domain.decisions import (
    AnyDecision,
    Departure,
    FinalList,
    Kind,
    ReducedGrant,
    Register,
    TieBroken,
    Withdrawal,
)
from ami_scoring.domain.evaluated import Decided, Effect, Evaluation, Fate
from ami_scoring.messages import Message, named
from ami_scoring.scoring.decided.course import Course, Held, Selecting


def decide(evaluation: Evaluation, register: Register) -> Decided:
    """Apply the decisions in force, in their order, to what was computed; the evaluation itself does not change."""
    selecting = Selecting(evaluation)
    course = Course()
    held = selecting.at(course)
    effects: list[Effect] = []
    for decision in filter(selecting.concerns, register.in_force):
        after = course.after(decision)
        now = held if after is course else selecting.at(after)
        effects.append(_effect(decision, held, now, selecting))
        course, held = after, now
    fates = _fates(selecting, held, effects, register)
    return Decided(register, fates, tuple(effects), held.selected, held.reserve)


def _effect(decision: AnyDecision, before: Held, now: Held, selecting: Selecting) -> Effect:
    entered = tuple(each for each in now.selected if each not in before.selected)
    left = tuple(each for each in before.selected if each not in now.selected)
    words = [
        _what(decision, selecting),
        *_consequences(decision, entered, left, before),
        *(_open(decision, entered, left, before, now) if selecting.has_limits else ()),
    ]
    said = Message("décision no {number} : {words}", {"number": decision.number, "words": ", ".join(words)})
    return Effect(decision.number, said, entered, left)


def _what(decision: AnyDecision, selecting: Selecting) -> str:
    match decision:
        case TieBroken():
            by = "par un vote" if decision.by == "vote" else "par le tirage publié"
            return f"ex æquo départagés {by} : {', puis '.join(decision.order)}"
        case Departure():
            by = "délibération du comité" if selecting.leaves_to_people(decision.reference) else "écart au classement"
            return f"{decision.reference} {'retenue' if decision.kept else 'non retenue'} par {by}"
        case Withdrawal():
            return f"{decision.reference} se désiste"
        case ReducedGrant():
            amounts = {"offered": decision.offered, "accepted": decision.accepted}
            told = Message("{offered} proposés, {accepted} acceptés", amounts)
            return f"aide réduite ({decision.reference}) : {told}"
        case FinalList():
            kept = len(decision.selected)
            return f"liste définitive, {kept} retenue{'s'[: kept > 1]} et {len(decision.reserve)} en réserve"
        case _:
            about = named(decision.speaks_of)
            return f"{decision_label(decision)}{f' ({about})' if about else ''}"


def decision_label(decision: AnyDecision) -> str:
    """Name the kind of a decision, in French."""
    return Kind(decision.kind).label


def _consequences(decision: AnyDecision, entered: Sequence[str], left: Sequence[str], before: Held) -> Iterator[str]:
    own = {each.casefold() for each in decision.speaks_of}
    if isinstance(decision, TieBroken) and entered:
        yield f"{named(entered)} {'ont leur' if len(entered) > 1 else 'a sa'} place"
    lost = [each for each in left if each.casefold() not in own]
    if isinstance(decision, FinalList):
        return
    if lost:
        yield f"{named(lost)} {'perdent leur' if len(lost) > 1 else 'perd sa'} place"
    called = [each for each in entered if each in before.reserve and each.casefold() not in own]
    if called:
        verb = "sont appelées" if len(called) > 1 else "est appelée"
        yield f"{named(called)} {verb} de la liste de réserve"


def _open(decision: AnyDecision, entered: Sequence[str], left: Sequence[str], before: Held, now: Held) -> Iterator[str]:
    """Say of a place that was given back, and that nobody takes, whether equals contest it."""
    own = {each.casefold() for each in decision.speaks_of}
    if not left or entered or isinstance(decision, FinalList) or any(each.casefold() not in own for each in left):
        return
    if now.contested and (now.at_stake > before.at_stake or not now.at_stake):
        yield f"sa place est à régler entre {named(now.contested)}, ex æquo"
    else:
        yield "sa place reste libre"


def _fates(selecting: Selecting, held: Held, effects: Sequence[Effect], register: Register) -> dict[str, Fate]:
    """Tell of each candidature what was computed, what is decided, and which decisions name or touch it."""
    naming: dict[str, list[int]] = {}
    touching: dict[str, dict[int, Message]] = {}
    said = {each.number: each.said for each in effects}
    for decision in filter(selecting.concerns, register.in_force):
        for reference in dict.fromkeys(map(str.casefold, decision.speaks_of)):
            naming.setdefault(reference, []).append(decision.number)
            touching.setdefault(reference, {})[decision.number] = said[decision.number]
    for effect in effects:
        for reference in (*effect.entered, *effect.left):
            touching.setdefault(reference.casefold(), {})[effect.number] = effect.said
    calls = {reference: place for place, reference in enumerate(held.reserve, start=1)}
    return {
        each: Fate(
            each,
            computed,
            held.statuses[each],
            calls.get(each),
            tuple(told for _, told in sorted(touching.get(each.casefold(), {}).items())),
            tuple(naming.get(each.casefold(), ())),
        )
        for each, computed in selecting.computed.items()
    }
