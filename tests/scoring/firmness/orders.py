"""Calls drawn at random whose equals are parted by coverage, or whose budget has parts with an order of their own."""

from __future__ import annotations

from dataclasses import replace
from random import Random
from typing import Final

from tests.scoring.firmness.calls import Call, draw_call

from ami_scoring.domain.versions import Keep

COVERING: Final = (
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


def in_own_orders(random: Random) -> list[str]:
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


def draw_at_once(random: Random, *, everything: bool) -> Call:
    """Draw a call in which coverage, own orders and the best of several versions may meet."""
    selecting = in_own_orders if random.random() < 0.3 else None
    call = draw_call(random, everything=everything, ties=("", *COVERING), selecting=selecting)
    if random.random() < 0.5:
        return call
    papers = tuple(replace(each, project=random.randint(0, 1), day=random.randint(1, 3)) for each in call.papers)
    versions = call.criteria.versions.model_copy(update={"identified_by": ["porteur"], "keep": Keep.BEST})
    return replace(call, criteria=call.criteria.model_copy(update={"versions": versions}), papers=papers)
