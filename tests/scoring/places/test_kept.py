"""Who is told that it has a place has it, however equals are told apart and whatever the others turn out to ask."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.scores import Scored
from ami_scoring.exact import Fraction

from .test_allocation import ASK, BUDGET, ENVELOPES, FEW_ZAR, ZIP_FIRST, granted, one

ASKS = [0, 10, 30, 60]
DRAWN = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(["ZIP", "ZAR"]), st.sampled_from([*ASKS, None])), max_size=7
)
LIMITS = st.sampled_from(["", "places: 1, ", "places: 2, ", "places: 4, "])
QUOTAS = st.sampled_from(["", f"quotas: [{ZIP_FIRST}], ", f"quotas: [{FEW_ZAR}], "])
SPILLING, CLOSED = (ENVELOPES.replace("SPILL", word) for word in ("oui", "non"))
BUDGETS = st.sampled_from(
    [
        f"budget: {{{BUDGET}{more}}}"
        for more in (
            "",
            ", when_short: skip",
            ", partial: oui",
            ", partial: oui, when_short: skip",
            f", when_short: skip, envelopes: {CLOSED}",
            f", envelopes: {SPILLING}",
            f", when_short: skip, envelopes: {SPILLING}",
            f", when_short: skip, partial: oui, envelopes: {SPILLING}",
        )
    ]
)


def settled(candidatures: list[Scored], random: Random) -> list[Scored]:
    """Tell all equals apart at random, and make everyone say what it asks for."""
    order = random.sample(range(len(candidatures)), len(candidatures))
    return [
        one(
            each.entry.reference,
            (each.card.total or Fraction(0)) + Fraction(1 + place, 100),  # type: ignore[arg-type]
            str(each.card.values["zonage"]),
            random.choice([*ASKS, 500]) if each.card.values[ASK] == MISSING else each.card.values[ASK],
        )
        for each, place in zip(candidatures, order, strict=True)
    ]


@settings(max_examples=120)
@given(DRAWN, LIMITS, QUOTAS, BUDGETS, st.randoms(use_true_random=False))
def test_a_place_that_is_told_is_kept(
    drawn: list[tuple[int, str, int | None]], limits: str, quotas: str, budget: str, random: Random
) -> None:
    if SPILLING in budget:  # who gets the places that an envelope's category leaves depends on what was spilt
        limits = quotas = ""
    selection = f"{{{limits}{quotas}{budget}}}"
    candidatures = [one(f"R{place}", total, zone, asks) for place, (total, zone, asks) in enumerate(drawn)]
    told, later = granted(candidatures, selection), granted(settled(candidatures, random), selection)
    assert all(reference in later and later[reference] >= amount for reference, amount in told.items())
