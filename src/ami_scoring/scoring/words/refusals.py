"""What is said of an answer that could not be read: its question, as the applicant reads it, its place, the mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry, Refusal
from ami_scoring.domain.fields import fields
from ami_scoring.findings import Location
from ami_scoring.messages import NO_BREAK, Message

MOST_TOLD: Final = 12
"""Refusals of one candidature that are told with it; more would hide the others."""


_TEMPLATES: Final = (
    "à corriger ({place}) : {said}",
    "à corriger : {said}",
    "à corriger : « {title} » ({place}) : {said}",
    "à corriger : « {title} » : {said}",
)
"""How a refusal is told: without its question, then with it; each with its place, then without."""


class _Last:
    """What was said last, and of which refusals: several ask in turn for those of one candidature."""

    refused: tuple[Refusal, ...] = ()
    criteria: Criteria | None = None
    said: tuple[Message, ...] = ()


def refusals_of(entry: Entry, criteria: Criteria) -> Mapping[str, Message]:
    """Say of each answer of a candidature that could not be read what is wrong with it, by dotted key.

    A key that several answers share, as those of several doctors, is told by the first of them.
    """
    told: dict[str, Message] = {}
    for (key, _), said in zip(entry.refused, _said_of(entry, criteria), strict=True):
        told.setdefault(key, said)
    return told


def refusal_sentences(entry: Entry, criteria: Criteria) -> tuple[Message, ...]:
    """Say what could not be read in a candidature, each thing once, in the order of its findings; the first ones."""
    said = _said_of(entry, criteria)
    if len(said) < 2:
        return said
    apart = {
        (str(one.finding.message), one.finding.where): said[at] for at, one in reversed([*enumerate(entry.refused)])
    }
    first = tuple(reversed(apart.values()))
    if (more := len(first) - MOST_TOLD) <= 0:
        return first
    also = Message("et {more} autres réponses à corriger : « ami validate » les dit toutes", {"more": more})
    return (*first[:MOST_TOLD], also)


def beside_refusals(said: Iterable[Message], entry: Entry, criteria: Criteria) -> list[Message]:
    """Leave out, of what a candidature waits for, what is said of its answers that could not be read."""
    if len(entry.refused) == 1:  # what is said of a refusal is then said of this one: no sentence is made anew
        return [each for each in said if each.template not in _TEMPLATES]
    refusals = set(map(str, refusal_sentences(entry, criteria)))
    return [each for each in said if str(each) not in refusals]


def _said_of(entry: Entry, criteria: Criteria) -> tuple[Message, ...]:
    """Say what is wrong with each answer, in the order of the findings."""
    if entry.refused is not _Last.refused or criteria is not _Last.criteria:
        said = [_sentence(key, one.code, one.message, one.where, criteria) for key, one in entry.refused]
        _Last.refused, _Last.criteria, _Last.said = entry.refused, criteria, tuple(said)
    return _Last.said


def place_word(where: Location) -> str:
    """Name a place within its file as people do: `ligne 14`, `cellule E68`; nothing where it is unknown."""
    if where.cell is not None:
        return f"cellule{NO_BREAK}{where.cell}"
    return "" if where.line is None else f"ligne{NO_BREAK}{where.line}"


def _sentence(key: str, code: str, said: Message, where: Location, criteria: Criteria) -> Message:
    place = place_word(where)
    values = {"title": _title(key, criteria), "place": place, "said": str(said).removesuffix(".")}
    is_bare = code == "unknown-key" or not values["title"]
    return Message(_TEMPLATES[2 * (not is_bare) + (not place)], values)


def _title(key: str, criteria: Criteria) -> str:
    field, fact = fields().get(key), criteria.catalogue.get(key)
    return field.title if field else fact.label if fact else ""
