"""Work that equal facts, or one set of marks, need only once: candidatures are many, what tells them apart is little.

What is remembered has an end, so that memory has one, whatever is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
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
    stands = [_StandsFor(looks.get(name)) for name in names]
    given: Callable[[Values], Iterable[Value]] = (
        itemgetter(*names) if len(names) > 1 else lambda values: [values[name] for name in names]
    )
    known: dict[tuple[Value, ...], T] = {}

    def told(values: Values) -> T:
        try:
            facts = tuple(map(getitem, stands, given(values)))
        except TypeError:  # what is missing for a reason of its own
            facts = tuple(map(getitem, stands, map(_without_why, given(values))))
        found = known.get(facts)
        if found is None:
            if len(known) >= MOST_KEPT:
                known.clear()
            found = known[facts] = work(values)
        return found

    return told


def first_seen(look: Look) -> Look:
    """Do as a look for many values: of those that look the same, give the first one that was seen."""
    return _StandsFor(look).__getitem__


class _StandsFor(dict[Value, Value]):
    """By value of a fact, the first that was seen of those that look the same."""

    def __init__(self, look: Look | None) -> None:
        self._look = look
        self._first: dict[object, Value] = {}
        super().__init__()

    def __missing__(self, value: Value) -> Value:
        if len(self) >= MOST_KEPT:
            self.clear()
            self._first.clear()
        found = _without_why(value)
        if self._look is not None and not isinstance(found, Missing):
            found = self._first.setdefault(self._look(found), found)
        self[value] = found
        return found


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
