"""What is said of places is true whatever a verification finds: against brute force, on calls drawn at random."""

from __future__ import annotations

import pytest
from tests.scoring.firmness.orders import draw_at_once
from tests.scoring.firmness.prove import judged_unverified, wrong

from ami_scoring.domain.scores import Firmness


@pytest.mark.parametrize("everything", [False, True])
def test_no_verification_takes_a_firm_place_nor_gives_one_out_of_reach(everything: bool) -> None:
    found = judged_unverified(0, everything=everything)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > 20
    assert found[Firmness.IMPOSSIBLE, False, False] > 20


def test_nor_where_coverage_own_orders_and_the_best_version_meet() -> None:
    found = judged_unverified(0, everything=True, draw=draw_at_once)
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > 20
    assert found[Firmness.IMPOSSIBLE, False, False] > 20
