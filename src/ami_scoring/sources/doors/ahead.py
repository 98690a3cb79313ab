"""What is worked out of a candidature as soon as it is read, by whichever process reads it: how it travels."""

from __future__ import annotations

from typing import Any

from ami_scoring.domain.entries import Entry
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.standings import SetAside
from ami_scoring.sources.doors.packing import Packer, Unpacker
from ami_scoring.sources.doors.room import Found


def packed(found: Found | None, packer: Packer) -> tuple[object, ...] | None:
    """Pack what was found."""
    if isinstance(found, Scored):
        return _scored(found, packer)
    if isinstance(found, SetAside):
        if found.scored is None:
            raise TypeError(found)
        return *_scored(found.scored, packer), packer.shared(found.status), packer.shared(found.reasons)
    return None if found is None else packer.facts(found)


def _scored(scored: Scored, packer: Packer) -> tuple[object, ...]:
    card = scored.card
    pending = packer.shared(scored.pending) if scored.pending else None
    return card.is_wide, packer.shared(scored.wave), packer.sums(card), packer.facts(card.values), pending


def unpacked(travelled: tuple[Any, ...], unpacker: Unpacker, entry: Entry) -> Found:
    """Make again what was found of a candidature."""
    if type(travelled[0]) is not bool:
        return unpacker.facts(travelled)
    is_wide, wave, sums, values, pending, *refused = travelled
    shared = unpacker.shared
    marks, total, low, high = shared(sums)
    card = ScoreCard(marks, total, low, high, unpacker.row(values), is_wide)
    scored = Scored(entry, shared(wave), card, shared(pending) if pending else ())
    if not refused:
        return scored
    status, reasons = map(shared, refused)
    origin = entry.origin
    return SetAside(status, reasons, origin, entry.reference, entry, scored, scored.wave, card.values)
