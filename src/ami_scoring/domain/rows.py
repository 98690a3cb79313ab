"""Values by name whose names are shared: what a hundred thousand records hold costs one place a value, and no table."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, ValuesView
from typing import TypeVar

V = TypeVar("V")


class Row(Mapping[str, V]):
    """What one record gives to names that many records share: it reads as a mapping does, and never changes."""

    __slots__ = ("_given", "_places")

    def __init__(self, places: Mapping[str, int], given: tuple[V, ...]) -> None:
        """Keep the values, each at the place of its name."""
        self._places, self._given = places, given

    def __getitem__(self, name: str) -> V:
        """Give the value of a name. Raises `KeyError`."""
        return self._given[self._places[name]]

    def __iter__(self) -> Iterator[str]:
        """Give the names, in their order."""
        return iter(self._places)

    def __len__(self) -> int:
        """Count the names."""
        return len(self._given)

    def __contains__(self, name: object) -> bool:
        """Say whether a name is one of them."""
        return name in self._places

    def __repr__(self) -> str:
        """Show what a mapping would."""
        return repr(dict(self))

    def values(self) -> ValuesView[V]:
        """Give the values, in the order of the names."""
        return dict(enumerate(self._given)).values()

    @property
    def places(self) -> Mapping[str, int]:
        """The place of each name: one table for all the rows that share their names."""
        return self._places

    @property
    def given(self) -> tuple[V, ...]:
        """The values, in the order of the names."""
        return self._given


class Shelf:
    """Makes rows, of which those that have the same names share them."""

    def __init__(self) -> None:
        """Begin without any names."""
        self._known: dict[tuple[str, ...], Mapping[str, int]] = {}
        self._last: tuple[str, ...] = ()
        self._places: Mapping[str, int] = {}

    def row(self, values: Mapping[str, V]) -> Row[V]:
        """Keep values as they are now."""
        names = tuple(values)
        if names != self._last:  # to compare names takes less than to look for them
            self._last = names
            self._places = self._known.setdefault(names, {name: place for place, name in enumerate(names)})
        return Row(self._places, tuple(values.values()))
