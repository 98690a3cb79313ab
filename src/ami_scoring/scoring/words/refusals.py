"""What is said of an answer that could not be read: its question, as the applicant reads it, its place, the mistake."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.fields import fields
from ami_scoring.domain.scores import Entry
from ami_scoring.findings import Location
from ami_scoring.messages import NO_BREAK, Message

MOST_TOLD: Final = 12
"""Refusals of one candidature that are told with it; more would hide the others."""


def refusals_of(entry: Entry, criteria: Criteria) -> Mapping[str, Message]:
    """Say of each answer of a candidature that could not be read what is wrong with it, by dotted key.

    A key that several answers share, as those of several doctors, is told by the first of them.
    """
    told: dict[str, Message] = {}
    for key, finding in entry.refused:
        told.setdefault(key, _sentence(key, finding.code, finding.message, finding.where, criteria))
    return told


def refusal_sentences(entry: Entry, criteria: Criteria) -> tuple[Message, ...]:
    """Say what could not be read in a candidature, each thing once, in the order of its findings; the first ones."""
    apart = {(str(finding.message), finding.where): (key, finding) for key, finding in reversed(entry.refused)}
    first = list(reversed(apart.values()))
    said = [
        _sentence(key, finding.code, finding.message, finding.where, criteria) for key, finding in first[:MOST_TOLD]
    ]
    if (more := len(first) - MOST_TOLD) > 0:
        said.append(Message("et {more} autres réponses à corriger : « ami validate » les dit toutes", {"more": more}))
    return tuple(said)


def place_word(where: Location) -> str:
    """Name a place within its file as people do: `ligne 14`, `cellule E68`; nothing where it is unknown."""
    if where.cell is not None:
        return f"cellule{NO_BREAK}{where.cell}"
    return "" if where.line is None else f"ligne{NO_BREAK}{where.line}"


def _sentence(key: str, code: str, said: Message, where: Location, criteria: Criteria) -> Message:
    place = place_word(where)
    values = {"title": _title(key, criteria), "place": place, "said": str(said).removesuffix(".")}
    if code == "unknown-key" or not values["title"]:
        return Message("à corriger ({place}) : {said}" if place else "à corriger : {said}", values)
    return Message(
        "à corriger : « {title} » ({place}) : {said}" if place else "à corriger : « {title} » : {said}", values
    )


def _title(key: str, criteria: Criteria) -> str:
    field, fact = fields().get(key), criteria.catalogue.get(key)
    return field.title if field else fact.label if fact else ""
