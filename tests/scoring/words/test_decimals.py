"""How many decimals totals are shown with."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, policy, scored

from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.scoring.words import total_decimals


@pytest.mark.parametrize(
    ("totals", "decimals"),
    [
        ([], 2),
        (["60", "60"], 2),
        (["60", None], 2),
        (["60", "60.01"], 2),
        (["60", "60.004"], 3),
        (["1/3", "0.333333"], 7),
        (["1", "1.00000000000001"], 12),
    ],
)
def test_two_totals_that_differ_are_shown_apart_as_far_as_is_readable(totals: list[str | None], decimals: int) -> None:
    standings = tuple(
        Standing(scored("A", total, low=0, high=99) if total is None else scored("A", total), Status.SELECTED, 1, 1, 1)
        for total in totals
    )
    provenance = Provenance("0", ORIGIN, (), ())
    assert (
        total_decimals(Evaluation(policy(), None, standings, (), Cut(1, 1, 0, None, None), (), provenance)) == decimals
    )
