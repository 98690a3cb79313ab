"""A key is the total, then each tie-break from left to right, whatever was seen of it beforehand."""

from __future__ import annotations

from random import Random

from tests.scoring.firmness.brute import entry_of, scored_of
from tests.scoring.firmness.calls import draw_call

from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import SetAside
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.keys import Key, Keys, Side, beginner, keyer, level_of


def spelt_out(one: Scored, ranking: Ranking, deposits: Deposits, side: Side) -> Key:
    total = beginner(Ranking())(one.card, side)
    return (*total, *(part for tie in ranking.ordering for part in level_of(tie, deposits)(one, side)))


def all_three(one: Scored, ranking: Ranking, deposits: Deposits) -> Keys:
    low = spelt_out(one.bounded, ranking, deposits, Side.LOW)
    high = spelt_out(one.bounded, ranking, deposits, Side.HIGH)
    return Keys(low, high, spelt_out(one, ranking, deposits, Side.SETTLED) if one.is_firm else None)


def test_what_keys_share_makes_those_that_each_tie_break_gives_one_after_the_other() -> None:
    are_open = 0
    for seed in range(300):
        call = draw_call(Random(seed), everything=True)  # noqa: S311 - drawn, not secret
        outcomes = [scored_of(call, paper, entry_of(paper), paper.answers) for paper in call.papers]
        every = [one for one in outcomes if not isinstance(one, SetAside)]
        ranking, deposits = call.criteria.ranking, Deposits(every)
        keys_of = keyer(ranking, deposits)
        for one in every:
            keys = keys_of(one)
            assert keys == all_three(one, ranking, deposits)
            are_open += keys.low is not keys.high
    assert are_open > 100
