"""Candidatures in a few plain bytes, for another process to take in: each part is made again when it is looked at.

Only one copy of this program reads what another has written: the form is nobody else's, and lasts no longer.
"""

from __future__ import annotations

import marshal
import pickle
from collections.abc import Callable, Iterable, Mapping, ValuesView
from datetime import date, datetime
from enum import Enum
from io import BytesIO
from itertools import islice
from operator import itemgetter
from typing import Any, Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.primitives import MOST_REMEMBERED, Model
from ami_scoring.domain.rows import Row
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction

_PLAIN: Final = frozenset({str, int, bool, type(None)})
_FORM: Final = 2
"""Of plain bytes: without the search for what comes twice, which costs more than it spares."""


class Packer:
    """Packs candidatures and what came of them, and keeps apart what comes back from one to the next."""

    def __init__(self, known: Iterable[object] = ()) -> None:
        """Begin with what both sides know: the very objects that were there before the process was copied."""
        self._held = [*known]
        """What is found again by its identity, which is nobody else's as long as it is held."""
        self._numbers = {id(each): b"%d" % number for number, each in enumerate(self._held)}
        self._equal: dict[object, bytes] = {}
        self._values: list[object] = []
        """What has a number since the table was last given."""
        self._shapes: dict[tuple[type[Model], frozenset[str]], int] = {}
        """What groups of answers have in common: their model, and which of them were given."""
        self._told = 0
        """How many shapes the other side knows."""
        self._given: dict[tuple[type[Model], int], tuple[int, object]] = {}
        self._names: dict[tuple[str, ...], bytes] = {}
        self._kept: list[object] = []
        self._readers: dict[type[Any], Callable[[Any], tuple[Any, ...]] | None] = {}
        """How the answers of each model are read; None for what is no model."""

    def candidature(self, candidature: Candidature) -> tuple[object, ...]:
        """Pack a candidature, each of its parts by itself."""
        read = self._reader(Candidature)
        if read is None:
            raise TypeError(candidature)
        shape, *parts = self._group(Candidature, candidature, read)
        return shape, *[each if type(each) in _PLAIN else marshal.dumps(self.value(each), _FORM) for each in parts]

    def value(self, value: Any) -> Any:
        """Pack any value that a candidature holds, or a fact: what is plain as it is, what is not by its number."""
        kind = type(value)
        if kind in _PLAIN:
            return value
        numbers, pack = self._numbers, self.value
        if kind is list:
            return tuple([each if type(each) in _PLAIN else numbers.get(id(each)) or pack(each) for each in value])
        if (read := self._reader(kind)) is None:
            return self._number(value)
        return [
            each if type(each) in _PLAIN else numbers.get(id(each)) or pack(each)
            for each in self._group(kind, value, read)
        ]

    def facts(self, facts: Mapping[str, object]) -> tuple[object, ...]:
        """Pack the facts of a candidature."""
        numbers, number = self._numbers, self._number
        names = tuple(facts)
        if (its := self._names.get(names)) is None:
            its = self._names[names] = self.shared(names)
        return its, *[
            each if type(each) in _PLAIN else numbers.get(id(each)) or number(each) for each in facts.values()
        ]

    def shared(self, value: object) -> bytes:
        """Pack anything by a number, which is the same each time that it is the very same object."""
        return self._numbers.get(id(value)) or self._hold(value)

    def sums(self, card: ScoreCard) -> bytes:
        """Pack the marks of a card and what they add up to: many cards hold the very same ones."""
        marks, total, low, high, *_ = card
        key = _Sums, *map(id, card[:4])
        found = self._equal.get(key)
        if found is None:
            parts = tuple(map(self.shared, marks.values()))
            self._kept.append(marks)
            found = self._equal[key] = self._hold(_Sums(tuple(marks), parts, total, low, high))
        return found

    def table(self) -> bytes:
        """Give what `Unpacker` needs to know of all that was packed since the last time."""
        shapes, values = list(self._shapes)[self._told :], self._values
        self._told, self._values = len(self._shapes), []
        return dumped((shapes, values))

    def _reader(self, kind: type[Any]) -> Callable[[Any], tuple[Any, ...]] | None:
        if kind not in self._readers:
            self._readers[kind] = itemgetter(*kind.model_fields) if issubclass(kind, Model) else None
        return self._readers[kind]

    def _group(self, kind: type[Model], group: Model, read: Callable[[Any], tuple[Any, ...]]) -> tuple[Any, ...]:
        given = group.model_fields_set
        known = self._given.get((kind, id(given)))
        if known is None:
            number = self._shapes.setdefault((kind, frozenset(given)), len(self._shapes))
            known = number, given
            if len(self._given) < MOST_REMEMBERED:
                self._given[kind, id(given)] = known
        return known[0], *read(group.__dict__)

    def _number(self, value: object) -> bytes:
        key = _key(value)
        number = None if key is None else self._equal.get(key)
        if number is None:
            number = self._hold(value)
            if key is not None:
                self._equal[key] = number
        return number

    def _hold(self, value: object) -> bytes:
        number = self._numbers[id(value)] = b"%d" % len(self._held)
        self._held.append(value)
        self._values.append(value)
        return number


def _key(value: object) -> object:
    """Give what is the same for two values that nothing tells apart; None for those that are not remembered."""
    kind = type(value)
    if kind is Fraction or kind is date or kind is frozenset or isinstance(value, Enum):
        return kind, value
    if isinstance(value, datetime):  # two hours of one instant are equal, and are not written alike
        return kind, value.isoformat()
    return kind if value == MISSING else None


class _Sums(NamedTuple):
    """The names of marks and their numbers, and what they add up to."""

    names: tuple[str, ...]
    marks: tuple[bytes, ...]
    total: Fraction | None
    low: Fraction
    high: Fraction


class Unpacker:
    """Makes again what one `Packer` packed."""

    def __init__(self, known: Iterable[object] = ()) -> None:
        """Begin with what both sides know."""
        self._shapes: list[tuple[type[Model], tuple[str, ...], set[str]]] = []
        self._values: dict[bytes, Any] = {b"%d" % number: value for number, value in enumerate(known)}
        self._places: dict[bytes, Mapping[str, int]] = {}

    def learn(self, table: bytes) -> None:
        """Take in a table, each of them once and in order."""
        shapes, told = pickle.loads(table)  # noqa: S301 - written by a copy of this process
        self._shapes += [(model, tuple(model.model_fields), set(given)) for model, given in shapes]
        values = self._values
        for value in told:
            if type(value) is _Sums:
                names, marks, *sums = value
                value = {name: values[mark] for name, mark in zip(names, marks, strict=True)}, *sums  # noqa: PLW2901
            values[b"%d" % len(values)] = value

    def candidature(self, packed: tuple[Any, ...]) -> Candidature:
        """Give a candidature whose parts are made when they are looked at."""
        made: Candidature = _made(_Packed, {_LEFT: (self, packed)}, self._shapes[packed[0]][2])
        return made

    def part(self, packed: tuple[Any, ...], name: str) -> object:
        """Make one part of a candidature again. Raises `ValueError` when it has none of that name."""
        part = packed[self._shapes[packed[0]][1].index(name) + 1]
        # Written by a copy of this process.
        return self.value(marshal.loads(part)) if type(part) is bytes else part  # noqa: S302

    def facts(self, packed: tuple[Any, ...]) -> dict[str, Any]:
        """Give facts by their names."""
        values = self._values
        facts = [each if type(each) in _PLAIN else values[each] for each in packed]
        return dict(zip(facts[0], facts[1:], strict=True))

    def row(self, packed: tuple[Any, ...]) -> Row[Any]:
        """Give facts by their names, each made when it is looked at."""
        names = packed[0]
        places = self._places.get(names)
        if places is None:
            places = self._places[names] = {name: place for place, name in enumerate(self._values[names], start=1)}
        return _PackedRow(places, packed, self._values)

    def shared(self, number: bytes) -> Any:
        """Give what has a number."""
        return self._values[number]

    def value(self, packed: Any) -> Any:
        """Make a value again."""
        kind = type(packed)
        if kind is bytes:
            return self._values[packed]
        if kind is tuple:
            return [each if type(each) in _PLAIN else self.value(each) for each in packed]
        if kind is list:
            model, names, given = self._shapes[packed[0]]
            values = islice(packed, 1, None)
            parts = {
                name: each if type(each) in _PLAIN else self.value(each)
                for name, each in zip(names, values, strict=True)
            }
            return _made(model, parts, given)
        return packed


class _PackedRow(Row[Any]):
    """Facts that are still packed, after the number of their names."""

    __slots__ = ("_values",)

    def __init__(self, places: Mapping[str, int], given: tuple[Any, ...], values: Mapping[bytes, Any]) -> None:
        super().__init__(places, given)
        self._values = values

    def __getitem__(self, name: str) -> Any:
        each = self._given[self._places[name]]
        return each if type(each) in _PLAIN else self._values[each]

    def __len__(self) -> int:
        return len(self._places)

    def values(self) -> ValuesView[Any]:
        return dict(self).values()


_LEFT: Final = "what is left"


class _Packed(Candidature):
    """A candidature of which some parts are still packed."""

    def __getattr__(self, name: str) -> Any:
        parts: dict[str, Any] = self.__dict__
        if name not in Candidature.model_fields or _LEFT not in parts:
            raise AttributeError(name)
        unpacker, packed = parts[_LEFT]
        made = parts[name] = unpacker.part(packed, name)
        return made

    def __eq__(self, other: object) -> bool:
        names = Candidature.model_fields
        return isinstance(other, Candidature) and all(getattr(self, each) == getattr(other, each) for each in names)

    def __hash__(self) -> int:
        return hash(self.reference)


def _made(kind: type[Any], parts: dict[str, Any], given: set[str]) -> Any:
    """Make a model of values that were checked when it was first made."""
    made = object.__new__(kind)
    object.__setattr__(made, "__dict__", parts)
    object.__setattr__(made, "__pydantic_fields_set__", given)
    object.__setattr__(made, "__pydantic_extra__", None)
    object.__setattr__(made, "__pydantic_private__", None)
    return made


def dumped(value: object) -> bytes:
    """Write any value of ours in bytes."""
    file = BytesIO()
    pickler = pickle.Pickler(file, protocol=5)
    # Never by their text: see `exact`.
    pickler.dispatch_table = {Fraction: lambda number: (Fraction, (number.numerator, number.denominator))}
    pickler.dump(value)
    return file.getvalue()


def undumped(data: bytes) -> Any:
    """Give back what `dumped` wrote."""
    return pickle.loads(data)  # noqa: S301 - written by a copy of this process
