"""What is said of places is true of every way in which a call can end: against brute force, on calls drawn at random.

`make firmness` draws 10,000 of them; here a few hundred.
"""

from __future__ import annotations

import os
from collections import Counter
from random import Random
from typing import Final

import pytest
from tests.scoring.firmness.brute import fates, shown
from tests.scoring.firmness.calls import Call, draw_call

from ami_scoring.domain.scores import Firmness, Standing, Status
from ami_scoring.scoring.firmness import Unread, with_firmness

BLOCKS: Final = int(os.environ.get("AMI_BLOCKS_OF_CALLS", "3"))
"""How many blocks of a hundred calls are drawn of each kind."""
BLOCK: Final = 100


def told(call: Call) -> tuple[Standing, ...]:
    standings, cut, scored = shown(call)
    unread = [Unread(None, "illisible.yaml")] * call.unread
    return with_firmness(standings, cut, call.criteria, scored=scored, unread=unread)[0]


def judged(seeds: range, *, everything: bool) -> Counter[tuple[Firmness, bool, bool]]:
    """Count, by what is said: whether some way gives a place, and whether every way does."""
    found: Counter[tuple[Firmness, bool, bool]] = Counter()
    for seed in seeds:
        call = draw_call(Random(seed), everything=everything)
        truth = fates(call)
        if truth is None or (not everything and _lacks_points_and_tie(call)):
            continue
        for standing in told(call):
            fate = truth[standing.entry.reference]
            assert (standing.firmness in {Firmness.FIRM, Firmness.PROVISIONAL}) is (standing.status is Status.SELECTED)
            found[standing.firmness, True in fate, fate == {True}] += 1
    return found


def _lacks_points_and_tie(call: Call) -> bool:
    """Say whether one candidature lacks points and a tie-break: whom it may equal is then bounded, not known."""
    ties = {getattr(tie, "fact", "") for tie in call.criteria.ranking.ties}
    return any(
        paper.answers["t"] is None and "complements.t" in ties and None in (paper.answers["a"], paper.answers["b"])
        for paper in call.papers
    )


@pytest.mark.parametrize("block", range(BLOCKS))
def test_with_places_alone_what_is_said_is_exact(block: int) -> None:
    found = judged(range(block * BLOCK, (block + 1) * BLOCK), everything=False)
    assert set(found) <= {
        (Firmness.FIRM, True, True),
        (Firmness.PROVISIONAL, True, False),
        (Firmness.POSSIBLE, True, False),
        (Firmness.IMPOSSIBLE, False, False),
    }
    assert all(found[firmness, firmness is not Firmness.IMPOSSIBLE, firmness is Firmness.FIRM] for firmness in Firmness)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_with_quotas_budgets_and_floors_what_is_said_to_be_firm_is_firm(block: int) -> None:
    found = judged(range(block * BLOCK, (block + 1) * BLOCK), everything=True)
    wrong = {said: count for said, count in found.items() if said[0] is Firmness.FIRM and not said[2]}
    wrong |= {said: count for said, count in found.items() if said[0] is Firmness.IMPOSSIBLE and said[1]}
    assert wrong == {}
    assert found[Firmness.FIRM, True, True] > found[Firmness.PROVISIONAL, True, True]
