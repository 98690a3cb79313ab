"""Candidatures that bear one reference: nobody can tell which of them the others mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ami_scoring.domain.entries import Entry
from ami_scoring.findings import Finding, Location, Severity, Tally
from ami_scoring.messages import Message, spell
from ami_scoring.sources.doors.room import Loaded, Unreadable

_NAMED: Final = 5
"""Other bearers of one reference that a sentence names."""


def refuse_shared_references(loaded: Loaded, tally: Tally) -> None:
    """Set aside all the candidatures of a shared reference: nobody can tell which one the others mean."""
    references = [entry.reference.casefold() for entry in loaded.entries]
    if len(set(references)) == len(references):
        return
    owners: dict[str, list[Entry]] = {}
    for reference, entry in zip(references, loaded.entries, strict=True):
        owners.setdefault(reference, []).append(entry)
    for shared in owners.values():
        if len(shared) > 1:
            for entry in shared:
                first = [other for other in shared[: _NAMED + 1] if other is not entry][:_NAMED]
                finding = _shared(entry, first, len(shared) - 1 - len(first))
                if tally.keeps(finding):
                    loaded.findings.append(finding)
                loaded.unreadable.append(Unreadable(entry.origin, (finding,), entry.reference))
                loaded.forget(entry)
    alone = zip(references, loaded.entries, strict=True)
    loaded.entries = [entry for reference, entry in alone if len(owners[reference]) == 1]


def _shared(entry: Entry, others: Sequence[Entry], more: int) -> Finding:
    """Name the first others, and say how many more there are."""
    places = tuple(Location(other.origin.path, other.origin.line) for other in others)
    said = [*map(str, places), *([f"{spell(more)} autres"] if more else [])]
    message = Message(
        "La référence « {reference} » est aussi portée par {places}.", {"reference": entry.reference, "places": said}
    )
    where = Location(entry.origin.path, entry.origin.line)
    suggestion = Message("Donnez à chaque candidature une référence unique.")
    return Finding("shared-reference", Severity.ERROR, message, where, suggestion, places)
