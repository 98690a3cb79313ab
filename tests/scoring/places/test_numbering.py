"""How shared ranks are numbered: 1, 2, 2, 4 for places, and what the policy asks for where ranks are shown."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import Ranks
from ami_scoring.scoring.places.numbering import numbered
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

HALF = Fraction(1, 2)


def standings(totals: Sequence[int | None], how: str) -> tuple[Standing, ...]:
    """Rank and select by totals; one that has none waits for something."""
    criteria = policy(f"{{ranking: {{ranks: {how}}}, selection: {{places: 2, reserve: 1}}}}")
    ends = [(total, total) if total is not None else (0, 9) for total in totals]
    rows = [
        scored(f"R{place:03}", total, low=low, high=high)
        for place, (total, (low, high)) in enumerate(zip(totals, ends, strict=True))
    ]
    return select(rank(rows, criteria.ranking), criteria, None)[0]


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        (Ranks.COMPETITION, [None] * 6),
        (Ranks.DENSE, [1, 2, 2, None, 3, 3]),
        (Ranks.AVERAGE, [1, 2 + HALF, 2 + HALF, None, 4 + HALF, 4 + HALF]),
    ],
)
def test_ranks_are_numbered_as_the_policy_asks(how: Ranks, expected: list[object]) -> None:
    assert numbered([1, 2, 2, None, 4, 4], how) == expected


def test_the_mean_of_an_odd_number_of_equals_is_a_whole_number() -> None:
    (first, *others) = numbered([1, 2, 2, 2, 5], Ranks.AVERAGE)
    assert [first, *others] == [1, 3, 3, 3, 5]
    assert all(type(each) is int for each in (first, *others))


@pytest.mark.parametrize(
    ("how", "shown"),
    [("competition", [1, 2, 2, 4, None]), ("dense", [1, 2, 2, 3, None]), ("average", [1, 2.5, 2.5, 4, None])],
)
def test_the_rank_of_places_stays_the_same(how: str, shown: list[float | None]) -> None:
    found = standings([30, 20, 20, 10, None], how)
    assert [one.rank for one in found] == [1, 2, 2, 4, None]
    assert [one.shown_rank for one in found] == shown
    usual = standings([30, 20, 20, 10, None], "competition")
    assert [one._replace(numbered=None) for one in found] == list(usual)


@given(st.lists(st.integers(0, 5), max_size=12))
def test_each_numbering_is_that_of_another_reckoning(totals: list[int]) -> None:
    """Dense: how many different totals are at least as high. Mean: that of the places of equals in the sorted list."""
    ordered = sorted(totals, reverse=True)
    for how in Ranks:
        for one in standings(totals, how.value):
            total = one.card.total
            places = [place for place, each in enumerate(ordered, start=1) if each == total]
            due = {
                Ranks.COMPETITION: places[0],
                Ranks.DENSE: len({each for each in totals if each >= (total or 0)}),
                Ranks.AVERAGE: Fraction(sum(places), len(places)),
            }
            assert one.shown_rank == due[how]
            assert one.rank == places[0]
