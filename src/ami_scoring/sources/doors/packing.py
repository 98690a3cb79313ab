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
from ami_scoring.domain.modelling.models import Model, put_given
from ami_scoring.domain.primitives import MOST_REMEMBERED
from ami_scoring.domain.rows import Row
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction

_PLAIN: Final = frozenset({str, int, bool, type(None)})
_PACKED: Final = _PLAIN | {bytes}
_FORM: Final = 2
"""Of plain bytes: without the search for what comes twice, which costs more than it spares."""
Way = Callable[[Any], Any]
"""Packs a value of one type."""


class Packer:
    """Packs candidatures and what came of them, and keeps apart what comes back from one to the next."""

    def __init__(self, known: Iterable[object] = ()) -> None:
        """Begin with what both sides know: the very objects that were there before the process was copied."""
        self._held = [*known]
        """What has a number. It is found again by its identity, which is nobody else's as long as it is held."""
        self._numbers = {id(each): b"%d" % number for number, each in enumerate(self._held)}
        self._told = len(self._held)
        """How many of them the other side knows."""
        self._shapes: dict[tuple[type[Model], frozenset[str]], int] = {}
        """What groups of answers have in common: their model, and which of them were given."""
        self._told_shapes = 0
        self._names: dict[tuple[str, ...], bytes] = {}
        self._sums: dict[tuple[int, ...], tuple[bytes, ScoreCard]] = {}
        self._ways: dict[type[Any], Way] = {list: self._list}
        """How values of each type that is not plain are packed."""

    def candidature(self, candidature: Candidature) -> tuple[object, ...]:
        """Pack a candidature, each of its parts by itself."""
        way = self._way(Candidature)
        # A number is digits, by which no group begins.
        return tuple([each if type(each) in _PACKED else marshal.dumps(each, _FORM) for each in way(candidature)])

    def _way(self, kind: type[Any]) -> Way:
        way = self._ways.get(kind)
        if way is None:
            way = self._ways[kind] = self._new_way(kind)
        return way

    def _new_way(self, kind: type[Any]) -> Way:
        if issubclass(kind, Model):
            return self._groups(kind)
        if issubclass(kind, datetime):  # two hours of one instant are equal, and are not written alike
            return self._remembering(kind.isoformat)
        return self._remembering() if issubclass(kind, Fraction | date | frozenset | Enum) else self._hold

    def _list(self, values: Iterable[Any]) -> tuple[Any, ...]:
        numbers, ways, way = self._numbers, self._ways, self._way
        return tuple(
            [
                each if (its := type(each)) in _PLAIN else numbers.get(id(each)) or (ways.get(its) or way(its))(each)
                for each in values
            ]
        )

    def _groups(self, kind: type[Model]) -> Way:
        """Make the function that packs what one model holds, after the number of its shape."""
        read, numbers, ways, way = itemgetter(*kind.model_fields), self._numbers, self._ways, self._way
        known: dict[int, tuple[int, object]] = {}

        def group(group: Any) -> list[Any]:
            given = group.model_fields_set
            shape = known.get(id(given))
            if shape is None:
                shape = self._shapes.setdefault((kind, frozenset(given)), len(self._shapes)), given
                if len(known) < MOST_REMEMBERED:
                    known[id(given)] = shape
            return [
                shape[0],
                *[
                    each
                    if (its := type(each)) in _PLAIN
                    else numbers.get(id(each)) or (ways.get(its) or way(its))(each)
                    for each in read(group.__dict__)
                ],
            ]

        return group

    def facts(self, facts: Mapping[str, object]) -> tuple[object, ...]:
        """Pack the facts of a candidature."""
        if isinstance(facts, Row):
            return self.shared(facts.places), self._list(facts.given)
        names = tuple(facts)
        if names not in self._names:
            self._names[names] = self.shared({name: place for place, name in enumerate(names)})
        return self._names[names], self._list(facts.values())

    def shared(self, value: object) -> bytes:
        """Pack anything by a number, which is the same each time that it is the very same object."""
        return self._numbers.get(id(value)) or self._hold(value)

    def sums(self, card: ScoreCard) -> bytes:
        """Pack the marks of a card and what they add up to: many cards hold the very same ones."""
        marks, total, low, high, *_ = card
        key = tuple(map(id, card[:4]))
        found = self._sums.get(key)
        if found is None:
            parts = tuple(map(self.shared, marks.values()))
            found = self._sums[key] = self._hold(_Sums(tuple(marks), parts, total, low, high)), card
        return found[0]

    def table(self) -> bytes:
        """Give what `Unpacker` needs to know of all that was packed since the last time."""
        shapes, values = list(self._shapes)[self._told_shapes :], self._held[self._told :]
        self._told_shapes, self._told = len(self._shapes), len(self._held)
        return dumped((shapes, values))

    def _remembering(self, key: Callable[[Any], object] | None = None) -> Way:
        """Make the function that packs what nothing tells apart by one number."""
        known: dict[object, bytes] = {}

        def number(value: Any) -> bytes:
            same = value if key is None else key(value)
            found = known.get(same)
            if found is None:
                found = known[same] = self._hold(value)
            return found

        return number

    def _hold(self, value: object) -> bytes:
        number = self._numbers[id(value)] = b"%d" % len(self._held)
        self._held.append(value)
        return number


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
        made: Candidature = _made(_Packed, (_LEFT,), ((self, packed),), self._shapes[packed[0]][2])
        return made

    def part(self, packed: tuple[Any, ...], name: str) -> object:
        """Make one part of a candidature again. Raises `ValueError` when it has none of that name."""
        part = packed[_PLACES[name]]
        if type(part) is not bytes:
            return part
        # Written by a copy of this process.
        return self._values[part] if part.isdigit() else self.value(marshal.loads(part))  # noqa: S302

    def facts(self, packed: tuple[Any, ...]) -> dict[str, Any]:
        """Give facts by their names."""
        return dict(self.row(packed))

    def row(self, packed: tuple[Any, ...]) -> Row[Any]:
        """Give the same in a row."""
        places, given = packed
        return _PackedRow(self._values[places], given, self._values)

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
            values = [each if type(each) in _PLAIN else self.value(each) for each in islice(packed, 1, None)]
            return _made(model, names, values, given)
        return packed


class _PackedRow(Row[Any]):
    """A row of which values stay packed until they are looked at."""

    __slots__ = ("_held",)

    def __init__(self, places: Mapping[str, int], packed: tuple[Any, ...], held: Mapping[bytes, Any]) -> None:
        super().__init__(places, packed)
        self._held = held

    def __getitem__(self, name: str) -> Any:
        each = self._given[self._places[name]]
        return self._held[each] if type(each) is bytes else each

    def values(self) -> ValuesView[Any]:
        return dict(enumerate(self.given)).values()

    @property
    def given(self) -> tuple[Any, ...]:
        return tuple([self._held[each] if type(each) is bytes else each for each in self._given])


_LEFT: Final = "_left"
_PLACES: Final = {name: place for place, name in enumerate(Candidature.model_fields, start=1)}
"""Where each part of a candidature is among those that are packed, after the number of its shape."""


class _Packed(Candidature):
    """A candidature of which some parts are still packed."""

    def __getattr__(self, name: str) -> Any:
        parts: dict[str, Any] = self.__dict__
        if name not in _PLACES or _LEFT not in parts:
            raise AttributeError(name)
        unpacker, packed = parts[_LEFT]
        made = parts[name] = unpacker.part(packed, name)
        return made

    def __eq__(self, other: object) -> bool:
        names = Candidature.model_fields
        return isinstance(other, Candidature) and all(getattr(self, each) == getattr(other, each) for each in names)

    def __hash__(self) -> int:
        return hash(self.reference)


def _made(kind: type[Any], names: Iterable[str], values: Iterable[Any], given: set[str]) -> Any:
    """Make a model of values that were checked when it was first made."""
    made = object.__new__(kind)
    fields = made.__dict__  # names added one by one are shared by all the models of a kind
    for name, value in zip(names, values, strict=True):
        fields[name] = value
    put_given(made, given)
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
