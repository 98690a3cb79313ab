"""What missing facts that several criteria share leave possible, in the ways that the page tries.

A criterion of no weight waits for nothing: which others still move together then depends on the weights tried, so each
choice of criteria without weight has its own answer, held once for all the candidatures that it is the same for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import Any, Final

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Scored
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import Possible, Together

MOST_LEAVES: Final = 6
"""Criteria of which every choice is worked out; of more, the choices of none and of one."""
MOST_CHOICES: Final = 5_000
"""Choices worked out for a whole page; after that, only what holds while every criterion weighs something."""
MOST_NUMBERS: Final = 100_000
"""Numbers that a page may hold for this; a candidature beyond has no answer, and what it changes is not said."""
UNSAID: Final = -1
"""Where the answers of a candidature would be, had they been held."""
_Worlds = tuple[tuple[Fraction, ...], ...]
_Group = tuple[tuple[str, ...], _Worlds]
_Answer = tuple[_Group, ...]
_Entry = tuple[tuple[str, ...], tuple[tuple[tuple[int, ...], _Answer], ...]]


class Shares:
    """The answers for every candidature that lacks a fact which several criteria read."""

    def __init__(self, criteria: Criteria, scored: Sequence[Scored]) -> None:
        """Work them out."""
        self._order = {name: place for place, name in enumerate(criteria.by_id)}
        self._entries: dict[_Entry, int] = {}
        self._places: dict[int, int] = {}
        self._choices, self._numbers = MOST_CHOICES, MOST_NUMBERS
        possible = Possible(criteria)
        for one in scored:
            entry = self._entry(one, possible) if _is_open(one) and possible.waits(one.card.values) else None
            if entry is not None:
                self._places[id(one)] = self._place(entry)

    def place(self, one: Scored) -> int | None:
        """Give the place of the answers for a candidature, if it needs some."""
        return self._places.get(id(one))

    def _place(self, entry: _Entry) -> int:
        known = self._entries.get(entry)
        if known is not None:
            return known
        self._numbers -= sum(len(world) for _, groups in entry[1] for _, worlds in groups for world in worlds)
        return UNSAID if self._numbers < 0 else self._entries.setdefault(entry, len(self._entries))

    def _entry(self, one: Scored, possible: Possible) -> _Entry | None:
        """Give the criteria that move together, and the answer for each choice, by place, of those of no weight."""
        values = one.card.values
        whole = _answer(possible.together(values))
        if not whole:
            return None
        leaves = tuple(name for names, _ in whole for name in names)
        answers: list[tuple[tuple[int, ...], _Answer]] = [((), whole)]
        most = len(leaves) if len(leaves) <= MOST_LEAVES else 1
        choices = (chosen for size in range(1, most + 1) for chosen in combinations(range(len(leaves)), size))
        for absent in choices if self._choices > 0 else ():
            without = frozenset(leaves[place] for place in absent)
            answers.append((absent, _answer(possible.together(values, without))))
        self._choices -= len(answers)
        return leaves, tuple(answers)

    def numbers(self) -> Iterator[tuple[str, Fraction]]:
        """Give every raw mark of every answer, with its criterion."""
        for _, answers in self._entries:
            for _, groups in answers:
                for leaves, worlds in groups:
                    for world in worlds:
                        yield from ((leaves[place // 2], number) for place, number in enumerate(world))

    def written(self, whole: Callable[[str, Fraction], Any]) -> list[dict[str, Any]]:
        """Write the answers with the places of criteria in the tree, and marks as `whole` does."""
        return [
            {
                "leaves": [self._order[name] for name in leaves],
                "without": {
                    "".join(map(str, absent)) or "-": [
                        {
                            "leaves": [self._order[name] for name in names],
                            "worlds": [
                                [whole(names[place // 2], number) for place, number in enumerate(world)]
                                for world in worlds
                            ],
                        }
                        for names, worlds in groups
                    ]
                    for absent, groups in answers
                },
            }
            for leaves, answers in self._entries
        ]


def _is_open(one: Scored) -> bool:
    return any(
        mark.appraisal is not None and mark.appraisal.low != mark.appraisal.high for mark in one.card.marks.values()
    )


def _answer(groups: Sequence[Together]) -> _Answer:
    """Keep of each way the lowest and the highest raw mark of each criterion, once."""
    return tuple((group.leaves, tuple(dict.fromkeys(_world(group)))) for group in groups)


def _world(group: Together) -> Iterator[tuple[Fraction, ...]]:
    for world in group.worlds:
        yield tuple(end for name in group.leaves for end in (world[name].low, world[name].high))
