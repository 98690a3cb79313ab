"""A candidature in its wave: the facts that its policy reads, and the gates that they pass or not."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Case, Opinions, Value
from ami_scoring.domain.standings import SetAside, Status
from ami_scoring.domain.verified import Answer, Checked, with_answers
from ami_scoring.evaluation.policy import Policy
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import (
    facts_used,
    gatekeeper,
    reader,
    unverified,
    wave_finder,
    why_elsewhere,
    why_late,
)
from ami_scoring.scoring.words import refusals_of
from ami_scoring.sources.doors.pieces import Ahead

Admit = Callable[[Entry, Mapping[str, Opinions], Mapping[str, Value] | None], "Admitted | SetAside"]


class Admitted(NamedTuple):
    """A candidature put through the gates of its wave, with its facts."""

    entry: Entry
    wave: Wave
    values: dict[str, Value]
    pending: tuple[Message, ...]
    refused: tuple[Message, ...]
    """Why gates refuse it, if they do."""
    opened: "Unsure | None" = None
    """The same with what is to be verified left open, where something is."""


class Unsure(NamedTuple):
    """The answers of a candidature that are to be verified, and its facts without them."""

    answers: tuple[Answer, ...]
    values: dict[str, Value]


def facts_of(policy: Policy, asked: Wave | None) -> Ahead | None:
    """Make the function that reads the facts of candidatures; None where assessors must be heard before.

    It gives None for those that are not of a wave to evaluate.
    """
    criteria = policy.criteria
    if criteria.judgements:
        return None
    read, wave_of = reader(facts_used(criteria), criteria), wave_finder(criteria)

    def facts(entry: Entry) -> dict[str, Value] | None:
        wave = wave_of(entry.candidature.submitted_at)
        return (
            None if wave is None or (asked is not None and asked is not wave) else read(_case(entry, wave, policy, {}))
        )

    return facts


def admitter(policy: Policy, asked: Wave | None) -> Admit:
    """Make the function that puts candidatures through the gates; those of no wave to evaluate are set aside.

    It is told what assessors think of each, and its facts, where they are already known without them.
    """
    criteria = policy.criteria
    read, gates = reader(facts_used(criteria), criteria), gatekeeper(criteria)
    wave_of = wave_finder(criteria)

    def admit(entry: Entry, opinions: Mapping[str, Opinions], known: Mapping[str, Value] | None) -> Admitted | SetAside:
        submitted = entry.candidature.submitted_at
        wave = wave_of(submitted)
        if wave is None:
            return put_aside(Status.LATE, (why_late(submitted, criteria.waves[-1]),), entry)
        if asked is not None and wave is not asked:
            return put_aside(Status.OTHER_WAVE, (why_elsewhere(submitted, wave, asked),), entry)
        values = read(_case(entry, wave, policy, opinions)) if known is None or opinions else {**known}
        entrance = gates(values)
        admitted = Admitted(entry, wave, values, entrance.pending, entrance.refused)
        answers = unverified(entry, criteria)
        if not answers:
            return admitted
        left = entry._replace(checked=Checked((), with_answers(entry.counted, dict.fromkeys(answers))))
        return admitted._replace(opened=Unsure(answers, read(_case(left, wave, policy, opinions))))

    return admit


def values_of(entry: Entry, wave: Wave, policy: Policy) -> Mapping[str, Value]:
    """Read the facts of a candidature that another wave took, without what assessors think of it."""
    return reader(facts_used(policy.criteria), policy.criteria)(_case(entry, wave, policy, {}))


def put_aside(status: Status, reasons: tuple[Message, ...], entry: Entry) -> SetAside:
    """Set a candidature aside, for these reasons."""
    return SetAside(status, reasons, entry.origin, entry.reference, entry)


def _case(entry: Entry, wave: Wave, policy: Policy, opinions: Mapping[str, Opinions]) -> Case:
    candidature, _, refusals, checked = entry
    refused = refusals_of(entry, policy.criteria) if refusals else {}
    return Case(
        candidature if checked is None else checked.candidature,
        wave.closes_on,
        policy.zonings[wave.id],
        opinions,
        refused,
    )
