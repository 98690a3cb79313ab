"""The draw of assignments: balanced, reproducible from a published seed, away from declared interests.

Candidatures come in the order of SHA-256(seed|reference). On each subject, those who are given a candidature are
the ones who already read it for another subject, then those who have the fewest, then the order of
SHA-256(seed|reference|assessor). Last, candidatures pass from one assessor to another as long as somebody has two
more than somebody who can take one of theirs, straight or through others: where everybody judges everything, no draw
is better balanced.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.jury import Assessor, Jury
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.scoring.jury.seats import ties_of

Given = Mapping[str, Sequence[str]]
"""By subject, the assessors."""


class Shortage(NamedTuple):
    """A candidature that has fewer readers than required on a subject."""

    reference: str
    subject: str
    given: int
    required: int


class _Move(NamedTuple):
    reference: str
    giver: str
    taker: str


def assign(
    jury: Jury, judgements: Mapping[str, Judgement], candidatures: Sequence[Candidature], kept: Mapping[str, Given]
) -> dict[str, dict[str, list[str]]]:
    """Give every candidature its readers on each subject, those of `kept` (by folded reference) left as they are."""
    draw = _Draw(jury, judgements, candidatures)
    known = {candidature.reference.casefold() for candidature in candidatures}
    for reference, given in kept.items():
        draw.keep(reference, given, counted=reference in known)
    for candidature in sorted(candidatures, key=lambda one: _number(jury.seed, one.reference)):
        if candidature.reference.casefold() not in kept:
            draw.give(candidature)
    draw.balance()
    return {one.reference: draw.told(one.reference.casefold()) for one in candidatures}


def shortages(jury: Jury, judgements: Mapping[str, Judgement], assignments: Mapping[str, Given]) -> Iterator[Shortage]:
    """Find the candidatures that have fewer readers than required."""
    for reference, given in assignments.items():
        for subject, rule in judgements.items():
            required = jury.required_for(subject, rule.required)
            found = len(set(given.get(subject, ())))
            if found < required:
                yield Shortage(reference, subject, found, required)


def _number(*words: str) -> str:
    return sha256("|".join(words).encode()).hexdigest()


class _Draw:
    def __init__(self, jury: Jury, judgements: Mapping[str, Judgement], candidatures: Sequence[Candidature]) -> None:
        self._jury, self._judgements = jury, judgements
        self._order = {assessor.id: place for place, assessor in enumerate(jury.assessors)}
        self._loads = dict.fromkeys(self._order, 0)
        self._candidatures = {one.reference.casefold(): one for one in candidatures}
        self._readers: dict[str, dict[str, list[str]]] = {}
        """By folded reference, then assessor: the subjects."""
        self._fixed: set[str] = set()
        self._ties = ties_of(jury.assessors, candidatures)

    def keep(self, reference: str, given: Given, *, counted: bool) -> None:
        readers = self._readers.setdefault(reference, {})
        for subject, names in given.items():
            for name in names:
                readers.setdefault(name, []).append(subject)
        self._fixed.add(reference)
        for name in readers if counted else ():
            self._loads[name] = self._loads.get(name, 0) + 1

    def give(self, candidature: Candidature) -> None:
        reference = candidature.reference.casefold()
        readers = self._readers.setdefault(reference, {})
        numbers = {name: _number(self._jury.seed, candidature.reference, name) for name in self._order}
        able = {subject: list(self._able(subject, reference)) for subject in self._judgements}
        for subject in sorted(able, key=lambda each: len(able[each]) - self._required(each)):
            chosen = sorted(
                able[subject], key=lambda one: (one.id not in readers, self._loads[one.id], numbers[one.id])
            )
            for assessor in chosen[: self._required(subject)]:
                if assessor.id not in readers:
                    self._loads[assessor.id] += 1
                readers.setdefault(assessor.id, []).append(subject)

    def balance(self) -> None:
        """Pass candidatures on until nobody has two more than somebody who could take one."""
        while moves := self._way():
            for reference, giver, taker in moves:
                readers = self._readers[reference]
                readers[taker] = readers.pop(giver)
            self._loads[moves[0].giver] -= 1
            self._loads[moves[-1].taker] += 1

    def told(self, reference: str) -> dict[str, list[str]]:
        readers = self._readers.get(reference, {})
        return {
            subject: sorted((name for name, read in readers.items() if subject in read), key=self._place)
            for subject in self._judgements
        }

    def _place(self, name: str) -> tuple[int, str]:
        return self._order.get(name, len(self._order)), name

    def _required(self, subject: str) -> int:
        return self._jury.required_for(subject, self._judgements[subject].required)

    def _able(self, subject: str, reference: str) -> Iterator[Assessor]:
        return (one for one in self._jury.assessors if one.assesses(subject) and self._is_free(one, reference))

    def _is_free(self, assessor: Assessor, reference: str) -> bool:
        return (assessor.id, reference) not in self._ties

    def _way(self) -> list[_Move]:
        """Find candidatures to pass on, from somebody who has the most to somebody who has two fewer at least."""
        held: dict[str, list[str]] = {name: [] for name in self._order}
        for reference in self._readers.keys() - self._fixed:
            for name in self._readers[reference]:
                held[name].append(reference)
        for references in held.values():
            references.sort()
        most = min(self._loads[name] for name in self._order) + 2
        loaded = [name for name in self._order if self._loads[name] >= most]
        ways = (self._way_from(name, held) for name in sorted(loaded, key=lambda name: -self._loads[name]))
        return next(filter(None, ways), [])

    def _way_from(self, start: str, held: Mapping[str, Sequence[str]]) -> list[_Move]:
        came: dict[str, _Move | None] = {start: None}
        waiting = deque([start])
        while waiting:
            giver = waiting.popleft()
            for assessor in self._jury.assessors:
                if assessor.id in came or (passed := self._passed(giver, assessor, held[giver])) is None:
                    continue
                came[assessor.id] = _Move(passed, giver, assessor.id)
                if self._loads[assessor.id] <= self._loads[start] - 2:
                    return list(reversed(list(_back(came, assessor.id))))
                waiting.append(assessor.id)
        return []

    def _passed(self, giver: str, taker: Assessor, held: Sequence[str]) -> str | None:
        """Find a candidature of one assessor that another could read in their stead."""
        for reference in held:
            readers = self._readers[reference]
            if taker.id not in readers and all(map(taker.assesses, readers[giver])) and self._is_free(taker, reference):
                return reference
        return None


def _back(came: Mapping[str, _Move | None], name: str) -> Iterator[_Move]:
    while (move := came[name]) is not None:
        yield move
        name = move.giver
