"""Work that equal facts, or one set of marks, need only once: candidatures are many, what tells them apart is little.

What is remembered has an end, so that memory has one, whatever is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from operator import itemgetter
from typing import Final, TypeVar

from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import ScoreCard

MOST_KEPT: Final = 16_384
"""Answers of one kind beyond which all of them are forgotten."""
Values = Mapping[str, Value]
T = TypeVar("T")


def by_facts(names: Iterable[str], work: Callable[[Values], T], beside: Iterable[str] = ()) -> Callable[[Values], T]:
    """Make a function that does some work, and remembers what equal facts gave; of `beside`, some may not be given.

    The work must read no other fact, and say nothing of why one is missing.
    """
    names, beside = tuple(dict.fromkeys(names)), tuple(beside)
    given: Callable[[Values], object] = itemgetter(*names) if names else lambda _: None
    read: Callable[[Values], object] = (
        (lambda values: (given(values), *map(values.get, beside))) if beside else given
    )  # fmt: skip
    known: dict[object, T] = {}

    def told(values: Values) -> T:
        facts = read(values)
        try:
            found = known.get(facts)
        except TypeError:  # what is missing for a reason of its own
            facts = tuple(_without_why(values.get(name)) for name in (*names, *beside))
            found = known.get(facts)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[facts] = work(values)
        return found

    return told


def by_marks(work: Callable[[ScoreCard], T]) -> Callable[[ScoreCard], T]:
    """Make a function that does some work, and remembers what cards that share their marks gave.

    The work must read nothing but marks, total and bounds. A card is held with what it gave, so that no other marks
    can be taken for its own.
    """
    known: dict[int, tuple[ScoreCard, T]] = {}

    def told(card: ScoreCard) -> T:
        found = known.get(id(card.marks))
        if found is not None and found[0][:4] == card[:4]:
            return found[1]
        if len(known) >= MOST_KEPT:
            known.clear()
        answer = work(card)
        known[id(card.marks)] = (card, answer)
        return answer

    return told


def _without_why(value: Value | None) -> Value | None:
    return value._replace(why=None) if isinstance(value, Missing) else value
