"""What is shared is what the words of the guide give by hand, whatever the order in which equals are told apart."""

from __future__ import annotations

import pytest

from .by_hand import Asker, Part, Quota, Rules, ways
from .drawn import faults

BLOCK = 25


@pytest.mark.parametrize("block", range(10))
def test_calls_shared_by_hand_are_shared_so(block: int) -> None:
    assert [each for seed in range(block * BLOCK, (block + 1) * BLOCK) for each in faults(seed)] == []


def test_by_hand_places_kept_go_first_then_ranks_and_what_a_part_pours_last() -> None:
    rules = Rules(None, [Quota("n", 1, None)], 100, stops=True, is_partial=True, parts=[Part("r", 40, spills=True)])
    first, second, third = (
        Asker("A", 90, "u", "o", 50),
        Asker("B", 80, "r", "o", 20),
        Asker("C", 70, "u", "n", 30),
    )
    assert ways([first, second, third], rules) == [{"C": 30, "B": 20, "A": 50}]
