"""Own orders and coverage: no place said to be firm is lost, none said to be out of reach is given, in any way."""

from __future__ import annotations

from collections import Counter
from random import Random

from tests.scoring.firmness.brute import fates
from tests.scoring.firmness.calls import Call, draw_call
from tests.scoring.firmness.orders import COVERING, in_own_orders
from tests.scoring.firmness.prove import Said, admits_levels, told, wrong

from ami_scoring.domain.standings import Firmness


def _covering(seed: int) -> Call:
    return draw_call(Random(seed), everything=seed % 2 == 0, ties=COVERING)


def _ordered(seed: int) -> Call:
    return draw_call(Random(seed), everything=True, ties=("", *COVERING), selecting=in_own_orders)


def _judged(calls: list[Call]) -> Counter[Said]:
    found: Counter[Said] = Counter()
    for call in calls:
        truth = None if admits_levels(call) else fates(call)  # whole totals and coverage do not go together
        for standing in told(call) if truth else ():
            fate = (truth or {})[standing.entry.reference]
            found[standing.firmness, True in fate, fate == {True}] += 1
    return found


def test_where_coverage_parts_equals_what_is_said_to_be_firm_is_firm() -> None:
    found = _judged([_covering(seed) for seed in range(120)])
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > found[Firmness.PROVISIONAL, True, True]


def test_where_parts_have_orders_of_their_own_what_is_said_to_be_firm_is_firm() -> None:
    found = _judged([_ordered(seed) for seed in range(60)])
    assert wrong(found, everything=True) == {}
    assert found[Firmness.FIRM, True, True] > found[Firmness.PROVISIONAL, True, True]
