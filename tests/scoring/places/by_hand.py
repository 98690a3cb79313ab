"""Places and money shared again, straight from the words of the guide, between candidatures that nothing leaves equal.

It knows nothing of ties, claims or what is kept: where candidatures are equal, every order of theirs is one more call.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import groupby, permutations, product
from typing import Final, NamedTuple

COMMON: Final = ""
"""What no part is kept from."""


class Asker(NamedTuple):
    """One that asks for a place and an amount."""

    name: str
    total: int
    kind: str
    land: str
    ask: int


class Quota(NamedTuple):
    """The least, and the most, that those of one kind, or of one land, may get."""

    of: str
    at_least: int
    at_most: int | None


class Part(NamedTuple):
    """A part of the budget, for one kind."""

    kind: str
    amount: int
    spills: bool


class Rules(NamedTuple):
    """What there is to share, and how."""

    places: int | None
    quotas: Sequence[Quota]
    amount: int
    stops: bool
    is_partial: bool
    parts: Sequence[Part] = ()
    spill_order: Sequence[str] = ()


Granted = Mapping[str, Fraction]
"""What each of those that have a place is granted."""


def ways(askers: Sequence[Asker], rules: Rules) -> list[Granted]:
    """Share once for each order in which equals may be told apart."""
    ranked = sorted(askers, key=lambda each: (-each.total, each.name))
    groups = [list(permutations(group)) for _, group in groupby(ranked, key=lambda each: each.total)]
    return [_Sharing(rules).of([each for group in order for each in group]) for order in product(*groups)]


class _Sharing:
    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self.granted: dict[str, Fraction] = {}
        self.seated: list[Asker] = []
        self.left = {part.kind: Fraction(part.amount) for part in rules.parts}
        self.left[COMMON] = Fraction(rules.amount) - sum(self.left.values())
        self.stopped: set[str] = set()
        self.is_poured = False

    def of(self, order: Sequence[Asker]) -> Granted:
        for quota in self.rules.quotas:
            for each in order:
                if _is_of(quota, each) and self._of(quota) < quota.at_least:
                    self._serve(each, guaranteed=True)
        for each in order:
            self._serve(each)
        poured = [part.kind for part in self.rules.parts if part.spills]
        if poured:
            self.is_poured = True
            for kind in poured:
                self.left[COMMON] += self.left.pop(kind)
            for turn in self._turns(order):
                self.stopped.clear()
                for each in turn:
                    self._serve(each)
        return self.granted

    def _turns(self, order: Sequence[Asker]) -> Iterator[Sequence[Asker]]:
        named = self.rules.spill_order
        yield from ([each for each in order if each.kind == kind] for kind in named)
        yield [each for each in order if each.kind not in named]

    def _of(self, quota: Quota) -> int:
        return sum(_is_of(quota, each) for each in self.seated)

    def _serve(self, one: Asker, *, guaranteed: bool = False) -> None:
        purse = one.kind if one.kind in {part.kind for part in self.rules.parts} and not self.is_poured else COMMON
        asked = one.ask - self.granted.get(one.name, 0)
        if purse in self.stopped or (one.name in self.granted and not asked) or not self._is_room(one):
            return
        left = self.left[purse]
        if asked > left and not (self.rules.is_partial and left > 0):
            if self.rules.stops and not guaranteed and one not in self.seated:
                self.stopped.add(purse)
            return
        paid = min(asked, left)
        self.left[purse] -= paid
        self.granted[one.name] = self.granted.get(one.name, Fraction(0)) + paid
        if one not in self.seated:
            self.seated.append(one)

    def _is_room(self, one: Asker) -> bool:
        if one in self.seated:
            return True
        full = (each for each in self.rules.quotas if each.at_most is not None and self._of(each) >= each.at_most)
        is_free = self.rules.places is None or len(self.seated) < self.rules.places
        return is_free and not any(_is_of(each, one) for each in full)


def _is_of(quota: Quota, one: Asker) -> bool:
    return quota.of in {one.kind, one.land}
