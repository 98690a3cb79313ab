"""Where values stand in a YAML text, told by the events of its parser: one of them, or all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from typing import Any

from yaml import YAMLError  # type: ignore[import-untyped, unused-ignore]
from yaml.events import (  # type: ignore[import-untyped, unused-ignore]
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
)

from ami_scoring.sources.files.document import DataPath, Place, Trail, fold


def seek(events: Sequence[Any], path: DataPath) -> Place:
    """Find a value, or its nearest parent where the path leads nowhere; the path begins with a document's number.

    Its parts are folded by `fold`; of equal keys, the first one counts.
    """
    place, at = Place(0), -1
    for depth, part in enumerate(path):
        at = _within(events, at, part) if depth else _root(events, part)
        if not 0 <= at < len(events):
            return place
        key = events[at - 1].start_mark.index if depth and isinstance(part, str) else None
        place = Place(events[at].start_mark.index, key)
    return place


def _root(events: Sequence[Any], number: str | int) -> int:
    """Find where the value of a document begins."""
    at = count = 0
    while at < len(events):
        if isinstance(events[at], NodeEvent):
            if count == number:
                return at
            count += 1
            at = _past(events, at)
        else:
            at += 1
    return -1


def _within(events: Sequence[Any], at: int, part: str | int) -> int:
    """Find where the value of a key, or an element of a list, begins in the group that begins at `at`."""
    keyed = isinstance(events[at], MappingStartEvent)
    if not isinstance(events[at], CollectionStartEvent) or keyed is not isinstance(part, str):
        return -1
    at, position = at + 1, 0
    while at < len(events) and not isinstance(events[at], CollectionEndEvent):
        if keyed:
            if not isinstance(events[at], ScalarEvent):
                return -1
            if fold(events[at].value) == part:
                return at + 1
            at += 1
        elif position == part:
            return at
        at, position = _past(events, at), position + 1
    return -1


def _past(events: Sequence[Any], at: int) -> int:
    """Find what comes after the value that begins at `at`."""
    depth = 0
    while at < len(events):
        kind = events[at]
        depth += isinstance(kind, CollectionStartEvent) - isinstance(kind, CollectionEndEvent)
        at += 1
        if depth == 0:
            break
    return at


def scan(events: Iterable[Any], most: int) -> dict[DataPath, Place]:
    """Give the places of a stream's values, each document under its number; stops where the reading stopped."""
    trail = Trail()
    trail.open(0, keyed=False)
    with suppress(YAMLError, UnicodeEncodeError):
        for event in events:
            if not _follow(trail, event) or len(trail.places) > most:
                break
    return trail.places


def _follow(trail: Trail, event: Any) -> bool:
    at = event.start_mark.index
    if isinstance(event, CollectionEndEvent):
        trail.close()
    elif isinstance(event, CollectionStartEvent):
        if trail.awaits_key:
            return False
        trail.open(at, keyed=type(event) is MappingStartEvent)
    elif isinstance(event, ScalarEvent):
        if trail.awaits_key:
            trail.key(event.value, at)
        else:
            trail.value(at)
    return not isinstance(event, AliasEvent)
