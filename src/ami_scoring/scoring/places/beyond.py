"""Those who come after all that there is to share: what becomes of the first of them becomes of all of them.

Where nothing but places, a reserve list and minimums decide, nobody is served, held or kept anything for once as many
as these are long came before. What is then said to one depends on its total alone, and no longer on that either where
it is lower than the totals of all who are served.
"""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.exact import Fraction
from ami_scoring.scoring.places.claims import Room
from ami_scoring.scoring.places.ranking import Ranked

Rows = Sequence[Ranked]


def parted_by_reach(rows: Rows, room: Room) -> tuple[Rows, Rows]:
    """Part those who pass every floor, in the order of ranks: those to share between, and those who come after.

    Of the former, the last rank is out of reach: what becomes of it becomes of the latter. These are nobody where
    anything else decides too, or where a total under those that are served is no longer the rule.
    """
    reach = _reach(room)
    if reach is None or reach >= len(rows):
        return rows, ()
    totals = [row.scored.card.total for row in rows]
    served = [total for total in totals[:reach] if total is not None]
    lowest = min(served, default=None)
    first = next((place for place in range(reach, len(rows)) if _is_under(totals[place], lowest)), None)
    if first is None or len(served) < reach:
        return rows, ()
    after = next((place for place in range(first, len(rows)) if rows[place].rank != rows[first].rank), len(rows))
    if not all(_is_under(total, lowest) for total in {id(total): total for total in totals[after:]}.values()):
        return rows, ()
    return rows[:after], rows[after:]


def _reach(room: Room) -> int | None:
    """Count those whom places and the reserve list reach; None where something else decides too."""
    selection = room.selection
    others = selection.budget, selection.decides_from, room.covering
    if room.places is None or selection.quotas or room.doubts or any(each is not None for each in others):
        return None
    return room.places + room.reserve


def _is_under(total: Fraction | None, lowest: Fraction | None) -> bool:
    return total is not None and (lowest is None or total < lowest)
