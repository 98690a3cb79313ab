"""Calls drawn at random, shared by the engine and by hand: once as they stand, then for every order of their equals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from random import Random
from typing import Final

from tests.scoring.building import policy, scored

from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.places import rank, select

from .by_hand import Asker, Part, Quota, Rules, ways

FACTS: Final = """
facts:
  - {name: ask, type: money, label: Aide, minimum: 0, maximum: 1000}
  - {name: kind, type: choice, label: Genre, choices: [u, r, s]}
  - {name: land, type: choice, label: Terrain, choices: [n, o]}
"""
LANDS: Final = "no"


def shared(askers: Sequence[Asker], rules: Rules) -> tuple[tuple[Standing, ...], Cut]:
    """Share by the engine."""
    rows = [
        scored(
            each.name,
            each.total,
            values={
                "complements.ask": Fraction(each.ask),
                "complements.kind": each.kind,
                "complements.land": each.land,
            },
        )
        for each in askers
    ]
    return select(rank(rows, Ranking()), policy(f"{FACTS}\nselection: {selection_of(rules)}"), None)


def selection_of(rules: Rules) -> str:
    """Write rules as a policy writes them."""
    parts = [] if rules.places is None else [f"places: {rules.places}"]
    parts.append(f"quotas: [{', '.join(map(_quota, rules.quotas))}]")
    budget = [f"amount: {rules.amount}, ask: complements.ask"]
    budget += [] if rules.stops else ["when_short: skip"]
    budget += ["partial: oui"] if rules.is_partial else []
    budget += [f"envelopes: [{', '.join(map(_part, rules.parts))}]"] if rules.parts else []
    budget += [f"spill_order: [{', '.join(rules.spill_order)}]"] if rules.spill_order else []
    return f"{{{', '.join(parts)}, budget: {{{', '.join(budget)}}}}}"


def _quota(quota: Quota) -> str:
    most = "" if quota.at_most is None else f", at_most: {quota.at_most}"
    fact = "land" if quota.of in LANDS else "kind"
    when = f"{{fact: complements.{fact}, is: {quota.of}}}"
    return f"{{label: {quota.of}, when: {when}, at_least: {quota.at_least}{most}}}"


def _part(part: Part) -> str:
    when = f"{{fact: complements.kind, is: {part.kind}}}"
    return f"{{label: {part.kind}, when: {when}, amount: {part.amount}, spill: {'oui' if part.spills else 'non'}}}"


def draw(random: Random) -> tuple[list[Asker], Rules]:
    """Draw some that ask, often as much as others and with the total of others, and how what there is is shared."""
    kinds = random.sample("rs", random.choice((0, 0, 1, 2)))
    parts = [Part(kind, random.choice((20, 40)), random.random() < 0.5) for kind in kinds]
    named = [part.kind for part in parts] if any(part.spills for part in parts) else []
    order = random.sample(named, random.randint(0, len(named)))
    places = random.choice((None, 1, 2, 3, 4))
    quotas: list[Quota] = []
    for of in random.choice(("no", "or", "ro", "nr", "os")):
        least, most = random.choice(((0, None), (0, 2), (1, None), (1, 1), (1, 2), (2, None), (2, 2)))
        promised = least + sum(quota.at_least for quota in quotas)
        if random.random() < 0.5 and (places is None or promised <= places):
            quotas.append(Quota(of, least, most))
    rules = Rules(places, quotas, 100, random.random() < 0.6, random.random() < 0.4, parts, order)
    least_asked = 10 if rules.is_partial else 0  # of nothing left, one that asks for nothing may have all it asks
    askers = [
        Asker(
            name,
            random.choice((50, 60, 70)),
            random.choice("urs"),
            random.choice(LANDS),
            random.choice((least_asked, 10, 30, 60, 90, 150)),
        )
        for name in "ABCDEF"[: random.randint(2, 6)]
    ]
    return askers, rules


def faults(seed: int) -> Iterator[str]:
    """Say what the engine tells of one call, drawn from a seed, that is not so by hand."""
    askers, rules = draw(Random(seed))  # noqa: S311 - a test
    apart = [each._replace(total=100 - place) for place, each in enumerate(askers)]
    standings, _ = shared(apart, rules)
    granted = {each.entry.reference: each.granted for each in standings if each.status is Status.SELECTED}
    if granted != ways(apart, rules)[0]:
        yield f"{seed}: {granted} without equals"
    if any(part.spills for part in rules.parts) and (rules.places is not None or rules.quotas):
        return  # who gets the places that the candidatures of a part leave depends on what it poured
    standings, cut = shared(askers, rules)
    every = ways(askers, rules)
    for one in standings:
        reference = one.entry.reference
        got = [way.get(reference) for way in every]
        if one.status is Status.SELECTED and any(each is None or each < (one.granted or 0) for each in got):
            yield f"{seed}: {reference} may lose what it is told to have"
        if one.status is not Status.SELECTED and reference not in cut.waiting and got != [None] * len(every):
            yield f"{seed}: {reference} may have a place, and does not wait for it"
    if any(way != every[0] for way in every) and not cut.contested:
        yield f"{seed}: nothing is told to be contested"
