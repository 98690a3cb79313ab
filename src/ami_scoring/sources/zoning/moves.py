"""Which commune each code became: mergers, restored communes, changes of code, as statistical offices publish them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from ami_scoring.domain.zoning import Zone
from ami_scoring.findings import Finding, Location, Severity
from ami_scoring.messages import Message
from ami_scoring.sources.zoning.communes import columns_of
from ami_scoring.sources.zoning.official import Zoned

_BEFORE: Final = frozenset({"ancien", "ancien code", "avant"})
_AFTER: Final = frozenset({"nouveau", "nouveau code", "apres"})
_OFFICIAL: Final = tuple(
    frozenset({name}) for name in ("mod", "date_eff", "typecom_av", "com_av", "typecom_ap", "com_ap")
)
"""The columns of the official file that are read: the kind of event, its day, and both communes with their types."""
_COMMUNE: Final = "COM"
_APART: Final = "21"
"""The event by which a commune is restored: it leaves the one that had taken it in."""
_MOST_TOLD: Final = 10
_MOST_STEPS: Final = 20


class Move(NamedTuple):
    """A code, the one that came in its place, and when; `apart` where the second left the first, which goes on."""

    day: str
    before: str
    after: str
    apart: bool = False


def read_moves(data: bytes, path: Path) -> list[Move] | Finding:
    """Read a list of two columns, or the official file of events; a commune that keeps its code is left out."""
    official = columns_of(data, path, _OFFICIAL)
    if isinstance(official, Finding):
        rows = columns_of(data, path, (_BEFORE, _AFTER))
        if isinstance(rows, Finding):
            return rows
        return sorted(Move("", before, after) for before, after in rows if before != after)
    return sorted(
        {
            Move(day, before, after, event == _APART)
            for event, day, kind, before, new_kind, after in official
            if (kind, new_kind) == (_COMMUNE, _COMMUNE) and before != after
        }
    )


def follow_moves(zoned: Zoned, moves: Sequence[Move], where: Location) -> Iterator[Finding]:
    """Give each old code of a commune the zone of the one that took it in, and the reverse, where only one is known.

    Old communes whose zones differ give none to the new.
    """
    known = dict(zoned.communes)
    ways = _by_code(moves)
    became = {code: list(_steps(code, ways)) for code in ways}
    for old, chain in sorted(became.items()):
        new = next((code for code in chain if code in known), None)
        if old not in known and new is not None:
            _add(zoned, old, known[new], f"devenue {new}")
    comes_from: dict[str, list[str]] = {}
    for old, chain in sorted(became.items()):
        for new in chain if old in known else ():
            comes_from.setdefault(new, []).append(old)
    for move in moves:
        if move.apart and move.before in known and move.after not in comes_from:
            comes_from.setdefault(move.after, []).append(move.before)
    yield from _given_by_the_old(zoned, comes_from, where)
    if zoned.moved:
        added = [f"{code} ({how})" for code, how in sorted(zoned.moved.items())]
        more = f" et {len(added) - _MOST_TOLD} autres" if len(added) > _MOST_TOLD else ""
        said = {"added": added[:_MOST_TOLD], "more": more}
        message = Message("Codes ajoutés d'après les fusions de communes : {added}{more}.", said)
        yield Finding("zoning-merged", Severity.NOTE, message, where)


def _given_by_the_old(zoned: Zoned, comes_from: dict[str, list[str]], where: Location) -> Iterator[Finding]:
    for new, olds in sorted(comes_from.items()):
        if new in zoned.communes:
            continue
        zones = {zoned.communes[old] for old in olds}
        if len(zones) == 1:
            _add(zoned, new, zones.pop(), f"issue de {', '.join(olds)}")
            continue
        said = {"new": new, "olds": olds}
        message = Message(
            "La commune {new} réunit des communes de zones différentes ({olds}) : elle reste sans zone.", said
        )
        yield Finding("zoning-unplaced", Severity.WARNING, message, where)


def _add(zoned: Zoned, code: str, zone: Zone, how: str) -> None:
    zoned.communes[code] = zone
    zoned.moved[code] = how


def _by_code(moves: Sequence[Move]) -> dict[str, list[Move]]:
    ways: dict[str, list[Move]] = {}
    for move in moves:
        if not move.apart:
            ways.setdefault(move.before, []).append(move)
    return ways


def _steps(code: str, ways: dict[str, list[Move]]) -> Iterator[str]:
    """Give the codes that one became, one after another, as days go by."""
    day = ""
    for _ in range(_MOST_STEPS):
        move = next((each for each in ways.get(code, ()) if each.day >= day), None)
        if move is None:
            return
        code, day = move.after, move.day
        yield code
