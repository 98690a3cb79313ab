"""Own orders and coverage: no place said to be firm is lost, none said to be out of reach is given, in any way."""

from __future__ import annotations

from collections import Counter
from random import Random
from typing import Final

from tests.scoring.firmness.brute import fates
from tests.scoring.firmness.calls import Call, draw_call
from tests.scoring.firmness.prove import Said, told, wrong

from ami_scoring.domain.scores import Firmness

_COVERING: Final = (
    "{uncovered: complements.land}",
    "b, {uncovered: complements.land}",
    "{uncovered: complements.kind}, {draw: g}",
    "{fact: complements.t, prefer: lowest}, {uncovered: complements.b}",
)
_ORDERS: Final = (
    "{fact: complements.t, prefer: highest}",
    "a",
    "{fact: complements.g, prefer: oui}, b",
    "{fact: complements.t, prefer: lowest}, {draw: g}",
)


def _in_own_orders(random: Random) -> list[str]:
    """Draw a budget of which one part at least has an order of its own."""
    more = [word for word in ("partial: oui", "when_short: skip") if random.random() < 0.35]
    order = f"order: [{random.choice(_ORDERS)}]"
    parts = [f"{{label: E, when: {{fact: complements.kind, is: r}}, amount: {random.choice((40, 60))}, {order}"]
    if random.random() < 0.6:
        own = f", order: [{random.choice(_ORDERS)}]" if random.random() < 0.5 else ""
        parts.append(f"{{label: S, when: {{fact: complements.land, is: s}}, share: 3/10{own}")
    spills = [random.random() < 0.4 for _ in parts]
    said = [f"{part}, spill: {'oui' if spill else 'non'}}}" for part, spill in zip(parts, spills, strict=True)]
    poured = random.choice(("", "E", "S", "S, E")) if len(parts) == 2 and any(spills) else ""
    stated = ["amount: 100", "ask: complements.ask", *more, f"envelopes: [{', '.join(said)}]"]
    stated += [f"spill_order: [{poured}]"] if poured else []
    minimum = ["minimum: 20"] if random.random() < 0.3 else []
    return [f"reserve: {random.randint(0, 2)}", *minimum, f"budget: {{{', '.join(stated)}}}"]


def _covering(seed: int) -> Call:
    return draw_call(Random(seed), everything=seed % 2 == 0, ties=_COVERING)


def _ordered(seed: int) -> Call:
    return draw_call(Random(seed), everything=True, ties=("", *_COVERING), selecting=_in_own_orders)


def _admits_levels(call: Call) -> bool:
    budget = call.criteria.selection.budget
    return budget is not None and budget.admits_levels


def _judged(calls: list[Call]) -> Counter[Said]:
    found: Counter[Said] = Counter()
    for call in calls:
        truth = None if _admits_levels(call) else fates(call)  # whole totals and coverage do not go together
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
