"""The most that categories may get: among equals, whom a full quota stops, and between whom its last places fall."""

from collections.abc import Sequence
from typing import NamedTuple

from ami_scoring.domain.selection import Quota
from ami_scoring.messages import Message
from ami_scoring.scoring.places.claims import Allocation, concerns
from ami_scoring.scoring.places.ranking import Ranked


class End(NamedTuple):
    """The last places of a quota, and the equals who are too many for them."""

    rows: list[Ranked]
    seats: int
    quota: Quota


class Within(NamedTuple):
    """Equals whom no quota stops, and those among whom the ends of quotas fall."""

    rows: list[Ranked]
    ends: list[End]

    @property
    def everyone(self) -> list[Ranked]:
        """Both together."""
        return [*self.rows, *(row for end in self.ends for row in end.rows)]

    @property
    def seats(self) -> int:
        """How many places they may get."""
        return len(self.rows) + sum(end.seats for end in self.ends)


def within_quotas(rows: Sequence[Ranked], done: Allocation) -> Within:
    """Leave out those that a quota stops: first where it is full, then where those left are too many for its end."""
    kept, ends = list(rows), list[End]()
    for is_full in (True, False):
        for place, quota in enumerate(done.room.selection.quotas):
            rivals = [row for row in kept if concerns(quota, row)]
            own = sum(claim.seats_of(quota) for claim in done.claims_of(rivals))
            seats = len(rivals) if quota.at_most is None else max(0, quota.at_most - done.pledged(place) + own)
            if len(rivals) > seats and (seats == 0) is is_full:
                stopped = set(map(id, rivals))
                kept = [row for row in kept if id(row) not in stopped]
                if is_full:
                    said = Message("quota atteint : {label}", {"label": quota.label})
                    done.notes.update((place, said) for place in stopped)
                else:
                    ends.append(End(rivals, seats, quota))
    return Within(kept, ends)
