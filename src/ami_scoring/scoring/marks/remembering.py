"""Work that equal facts, or one set of marks, need only once: candidatures are many, what tells them apart is little.

What is remembered has an end, so that memory has one, whatever is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import count
from operator import getitem, itemgetter
from typing import Any, Final, TypeVar

from ami_scoring.domain.facts import Known, Missing, Value
from ami_scoring.domain.scores import ScoreCard

MOST_KEPT: Final = 16_384
"""Answers of one kind beyond which all of them are forgotten."""
_READ: Final = 4
"""Marks, total and bounds: the beginning of a card."""
Values = Mapping[str, Value]
Look = Callable[[Known], object]
"""Gives of a known value what some work sees of it."""
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
            facts = tuple([_without_why(values.get(name)) for name in (*names, *beside)])
            found = known.get(facts)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[facts] = work(values)
        return found

    return told


def by_looks(names: Iterable[str], looks: Mapping[str, Look], work: Callable[[Values], T]) -> Callable[[Values], T]:
    """Do as `by_facts`, for a work that sees nothing else of some facts than what `looks` give of them."""
    names = tuple(dict.fromkeys(names))
    numbers = [_Numbers(looks.get(name)) for name in names]
    given: Callable[[Values], Iterable[Value]] = (
        itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]
    )
    known: dict[tuple[int, ...], T] = {}

    def told(values: Values) -> T:
        try:
            seen = tuple(map(getitem, numbers, given(values)))
        except TypeError:  # what is missing for a reason of its own
            seen = tuple(map(getitem, numbers, map(_without_why, given(values))))
        found = known.get(seen)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[seen] = work(values)
        return found

    return told


def numbered(look: Look) -> Look:
    """Do as a look for many values: those that look the same have one number, which others never have."""
    return _Numbers(look).__getitem__


class _Numbers(dict[Value, int]):
    """By value of a fact, the number of those that look the same: a tuple of numbers is found sooner than of values."""

    def __init__(self, look: Look | None) -> None:
        self._look = look
        self._next = count()
        self._by_look: dict[object, int] = {}
        super().__init__()

    def __missing__(self, value: Value) -> int:
        if len(self) >= MOST_KEPT:
            self.clear()
            self._by_look.clear()
        look = self._look
        # Of a value that is missing, what is known of it tells it apart; of another, what is seen of it.
        sees: object = value if look is None or isinstance(value, Missing) else (look(value),)
        number = self._by_look.get(sees)
        if number is None:
            number = self._by_look[sees] = next(self._next)
        self[value] = number
        return number


def by_marks(work: Callable[[ScoreCard], T]) -> Callable[[ScoreCard], T]:
    """Make a function that does some work, and remembers what cards that share their marks gave.

    The work must read nothing but marks, total and bounds. These are held with what they gave, so that no other marks
    can be taken for them.
    """
    known: dict[int, tuple[tuple[Any, ...], T]] = {}

    def told(card: ScoreCard) -> T:
        read = card[:_READ]
        found = known.get(id(read[0]))
        if found is not None and found[0] == read:
            return found[1]
        if len(known) >= MOST_KEPT:
            known.clear()
        answer = work(card)
        known[id(read[0])] = (read, answer)
        return answer

    return told


def without_whys(values: Values) -> Values:
    """Give the same facts without why some are missing, where some say it: equal ones are then found at once."""
    bare = {name: _without_why(value) for name, value in values.items() if type(value) is Missing and value.why}
    return {**values, **bare} if bare else values


V = TypeVar("V", bound=Value | None)
_WITHHELD: Final = Missing(withheld=True)
_LEFT: Final = _WITHHELD[1:]


def _without_why(value: V) -> V:
    if not isinstance(value, Missing) or value.why is None:
        return value
    left = value[1:]
    return _WITHHELD if left == _LEFT else Missing(None, *left)  # type: ignore[return-value] # as it was
