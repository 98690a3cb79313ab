"""What is said of places is true of every way in which a call can end: against brute force, on calls drawn at random.

`make firmness` draws 10,000 of each kind; here, two hundred with places alone, and a hundred with all that may be.
"""

from __future__ import annotations

import pytest
from tests.scoring.firmness.calls import draw_versions
from tests.scoring.firmness.prove import EXACT, judged, wrong

from ami_scoring.domain.standings import Firmness


@pytest.mark.parametrize("block", range(2))
def test_with_places_alone_what_is_said_is_exact(block: int) -> None:
    found = judged(block, everything=False)
    assert wrong(found, everything=False) == {}
    assert set(found) == EXACT


def test_with_quotas_budgets_and_floors_what_is_said_to_be_firm_is_firm() -> None:
    found = judged(1, everything=True)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > found[Firmness.PROVISIONAL, True, True]


def test_where_the_best_version_counts_what_is_said_to_be_firm_is_firm() -> None:
    found = judged(0, everything=True, draw=draw_versions)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > 0
    assert found[Firmness.IMPOSSIBLE, False, False] > 0
