"""The selection as decisions change it, one after the other: ties, departures, withdrawals, the final list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.decisions import AnyDecision, Departure, FinalList, ReducedGrant, TieBroken, Withdrawal
from ami_scoring.domain.evaluated import ByPeople, Evaluation
from ami_scoring.domain.standings import Cut, Status
from ami_scoring.scoring.places import Ranked, places_of, select

OPEN = frozenset({Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.TO_DELIBERATE})
"""Statuses of those that have a rank: what people decide otherwise about."""


class Held(NamedTuple):
    """The selection at one moment: every status, those that have a place, the reserve list in its order."""

    statuses: Mapping[str, Status | ByPeople]
    selected: tuple[str, ...]
    reserve: tuple[str, ...]
    contested: tuple[str, ...] = ()
    """Equals between which last places fall, as long as nobody tells them apart."""
    at_stake: int = 0
    """How many places they contest; none where they contest the rest of a budget."""


@dataclass(frozen=True)
class Course:
    """What was decided so far, by folded reference."""

    orders: tuple[tuple[str, ...], ...] = ()
    """Equals told apart, the first first."""
    kept: tuple[str, ...] = ()
    """Those that departures keep, in the order of decisions."""
    left_out: frozenset[str] = frozenset()
    """Those that departures do not keep."""
    withdrawn: frozenset[str] = frozenset()
    final: FinalList | None = field(default=None)

    def after(self, decision: AnyDecision) -> Course:
        """Give what holds once a decision is taken; the same where it changes nobody's place."""
        match decision:
            case TieBroken():
                return replace(self, orders=(*self.orders, tuple(map(str.casefold, decision.order))))
            case Departure():
                return self._departed(decision.reference.casefold(), kept=decision.kept)
            case Withdrawal():
                return replace(self, withdrawn=self.withdrawn | {decision.reference.casefold()})
            case ReducedGrant() if decision.accepted == 0:
                return replace(self, withdrawn=self.withdrawn | {decision.reference.casefold()})
            case FinalList():
                return replace(self, kept=(), left_out=frozenset(), final=decision)
            case _:
                return self

    def _departed(self, reference: str, *, kept: bool) -> Course:
        others = tuple(each for each in self.kept if each != reference)
        if kept:
            return replace(self, kept=(*others, reference), left_out=self.left_out - {reference})
        return replace(self, kept=others, left_out=self.left_out | {reference})


class Selecting:
    """Selects anew, by the rules of the call, what decisions leave to them."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Keep the ranking that was computed: decisions never touch it."""
        self._criteria: Criteria = evaluation.criteria
        self._wave: Wave | None = evaluation.wave
        self._rows = [
            Ranked(each.scored, each.rank, each.rank_best, each.rank_worst, each.tied) for each in evaluation.standings
        ]
        self.computed: dict[str, Status] = {
            **{each.entry.reference: each.status for each in evaluation.standings},
            **{each.reference: each.status for each in evaluation.set_aside if each.reference is not None},
        }
        self.names = {reference.casefold(): reference for reference in self.computed}
        self._elsewhere = {name.casefold() for name, its in self.computed.items() if its is Status.OTHER_WAVE}
        self.ranks = {each.entry.reference: each.rank for each in evaluation.standings}

    @property
    def has_limits(self) -> bool:
        """Whether a number of places, or a budget, limits those who have one: what one gives back may be another's."""
        return places_of(self._criteria, self._wave) is not None or self._criteria.selection.budget is not None

    def concerns(self, decision: AnyDecision) -> bool:
        """Say whether a decision is about what is evaluated: one on the candidatures of another wave alone is not."""
        about = {each.casefold() for each in decision.speaks_of}
        return not about or not about <= self._elsewhere

    def leaves_to_people(self, reference: str) -> bool:
        """Say whether the score decides nothing of a candidature: what people decide of it departs from no ranking."""
        return self.computed.get(self.names.get(reference.casefold(), "")) is Status.TO_DELIBERATE

    def at(self, course: Course) -> Held:
        """Give the selection that what was decided so far leads to."""
        return self._by_rules(course) if course.final is None else self._by_list(course, course.final)

    def equals_of(self, reference: str, course: Course) -> set[str]:
        """Give those that share the rank of a candidature and are still in, itself included, by folded reference."""
        rank = self.ranks.get(reference)
        gone = course.withdrawn | course.left_out
        return {name.casefold() for name, its in self.ranks.items() if rank is not None and its == rank} - gone

    def _by_rules(self, course: Course) -> Held:
        rows = _kept_first(self._told_apart([row for row in self._rows if self._competes(row, course)], course), course)
        given, cut = self._select(rows, self._criteria)
        forced = [each for each in course.kept if given.get(self.names.get(each, "")) is not Status.SELECTED]
        if forced:
            rows = [row for row in rows if _key(row) not in forced]
            given, cut = self._select(rows, _with_fewer_places(self._criteria, self._wave, len(forced)))
        statuses = self._with_people({**self.computed, **given}, course, forced)
        order = [row.scored.entry.reference for row in self._told_apart(self._rows, course)]
        beside = [self.names[each] for each in forced if each in self.names and self.names[each] not in order]
        return Held(
            statuses,
            tuple(each for each in (*order, *beside) if statuses[each] is Status.SELECTED),
            tuple(each for each in order if statuses[each] is Status.RESERVE),
            cut.contested,
            cut.at_stake,
        )

    def _select(self, rows: Sequence[Ranked], criteria: Criteria) -> tuple[dict[str, Status], Cut]:
        wave = self._wave if criteria is self._criteria else None
        standings, cut = select(rows, criteria, wave)
        return {one.entry.reference: one.status for one in standings}, cut

    def _told_apart(self, rows: Sequence[Ranked], course: Course) -> list[Ranked]:
        return _told_apart(rows, course, keep_rank=self._criteria.ranking.uncovered is not None)

    def _competes(self, row: Ranked, course: Course) -> bool:
        return _key(row) not in course.withdrawn | course.left_out

    def _by_list(self, course: Course, final: FinalList) -> Held:
        gone = course.withdrawn | course.left_out
        listed = [*course.kept, *map(str.casefold, (*final.selected, *final.reserve))]
        queue = [self.names[each] for each in dict.fromkeys(listed) if each in self.names and each not in gone]
        selected, reserve = queue[: len(final.selected)], queue[len(final.selected) :]
        statuses: dict[str, Status | ByPeople] = {
            each: Status.NOT_SELECTED if status in OPEN else status for each, status in self.computed.items()
        }
        statuses |= dict.fromkeys(selected, Status.SELECTED) | dict.fromkeys(reserve, Status.RESERVE)
        return Held(self._with_people(statuses, course, ()), tuple(selected), tuple(reserve))

    def _with_people(
        self, statuses: Mapping[str, Status | ByPeople], course: Course, forced: Sequence[str]
    ) -> dict[str, Status | ByPeople]:
        changed: dict[str, Status | ByPeople] = {self.names.get(each, each): Status.SELECTED for each in forced}
        changed |= {self.names.get(each, each): Status.NOT_SELECTED for each in course.left_out}
        changed |= {self.names.get(each, each): ByPeople.WITHDRAWN for each in course.withdrawn}
        return {each: changed.get(each, status) for each, status in statuses.items()}


def _key(row: Ranked) -> str:
    return row.scored.entry.reference.casefold()


def _told_apart(rows: Sequence[Ranked], course: Course, *, keep_rank: bool) -> list[Ranked]:
    """Put equals in the order that was decided, each with a rank of its own.

    With `keep_rank` they keep theirs: what is decided then parts only those whom the sharing leaves equal.
    """
    found = list(rows)
    for order in course.orders:
        at = {reference: place for place, reference in enumerate(order)}
        equals = [place for place, row in enumerate(found) if _key(row) in at]
        if len({found[place].rank for place in equals}) != 1 or found[equals[0]].rank is None:
            continue
        first = found[equals[0]].rank or 0
        told = sorted((found[place] for place in equals), key=lambda row: at[_key(row)])
        for place, row in enumerate(told):
            found[equals[place]] = (
                row._replace(order=place + 1) if keep_rank else row._replace(rank=first + place, tied=False)
            )
    return found


def _kept_first(rows: Sequence[Ranked], course: Course) -> list[Ranked]:
    """Serve first those that a departure keeps: the rules then share what is left between the others."""
    by_key = {_key(row): row for row in rows}
    kept = [by_key[each] for each in course.kept if each in by_key and by_key[each].rank is not None]
    ahead = [row._replace(rank=place - len(kept), tied=False) for place, row in enumerate(kept)]
    return [*ahead, *(row for row in rows if not any(row is each for each in kept))]


def _with_fewer_places(criteria: Criteria, wave: Wave | None, fewer: int) -> Criteria:
    """Give the same rules with fewer places; those of a wave alone, where it has its own."""
    places = places_of(criteria, wave)
    reserve = criteria.selection.reserve if wave is None or wave.reserve is None else wave.reserve
    left = None if places is None else max(0, places - fewer)
    selection = criteria.selection.model_copy(update={"places": left, "reserve": reserve})
    return criteria.model_copy(update={"selection": selection})
