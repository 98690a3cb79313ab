"""Two policies side by side: who gets a place that it had not, and who loses its own."""

from __future__ import annotations

import pytest

from ami_scoring.domain.standings import Status
from ami_scoring.scoring.changes.comparison import Comparison, Move, Place

KEPT, REFUSED = Place(Status.SELECTED, 1, None), Place(Status.NOT_SELECTED, 9, None)


@pytest.mark.parametrize(
    ("before", "after", "enters", "leaves"),
    [
        (REFUSED, KEPT, True, False),
        (KEPT, REFUSED, False, True),
        (KEPT, KEPT, False, False),
        (REFUSED, REFUSED, False, False),
    ],
)
def test_a_move_says_whether_a_place_is_won_or_lost(before: Place, after: Place, enters: bool, leaves: bool) -> None:
    move = Move("A-1", "Foix", before, after, ())
    assert (move.enters, move.leaves) == (enters, leaves)


def test_without_candidatures_nobody_moves() -> None:
    comparison = Comparison("ancien", "nouveau", ())
    assert (comparison.moves, comparison.compared) == ((), 0)
