"""Who could still displace a candidature or give way to it, and what each would need for that."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.standings import Cut, Firmness, Standing, Status, Threat
from ami_scoring.messages import Message
from ami_scoring.scoring.firmness.bounds import may_get
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.firmness.unread import Unread
from ami_scoring.scoring.firmness.wants import (
    barred,
    to_be_counted,
    to_disturb,
    to_exceed,
    to_get,
    to_lose,
    to_overtake,
    unread_file,
)
from ami_scoring.scoring.places import passes

MOST_NAMED: Final = 12
"""Threats named for one candidature: beyond, they are only counted."""
_BEFORE_THREATS: Final = 10
"""The fields of a standing that are known before what it depends on is."""
_NOT_EXCLUDED: Final = Message("ce qui est ouvert peut encore jouer sur les minimums, les quotas ou le budget")


class Judged(NamedTuple):
    """One standing, with what it may become and the versions of its project."""

    standing: Standing
    project: Project
    stake: Stake


def of_the_committee(standing: Standing, cut: Cut, criteria: Criteria) -> tuple[Threat, ...]:
    """Say what a candidature without a place depends on where nothing but ties is open."""
    return tuple(islice(to_get(standing, cut, criteria), MOST_NAMED)) or (Threat(None, _NOT_EXCLUDED),)


def _depending(one: Standing, threats: Sequence[Threat], others: int) -> Standing:
    """Add to a standing what it depends on; to replace two fields of so many would take thrice as long."""
    return Standing(*one[:_BEFORE_THREATS], tuple(threats), others, one.versions, one.numbered)


class Needs:
    """What provisional places, and those still possible, depend on."""

    def __init__(  # noqa: PLR0913 - what is judged, and among what
        self,
        judged: Sequence[Judged],
        field: Field,
        criteria: Criteria,
        cut: Cut,
        unread: Sequence[Unread],
        places: int | None,
    ) -> None:
        """Sort the rivals that have no place, from the one that may come first."""
        self._field, self._criteria, self._cut, self._unread = field, criteria, cut, unread
        self._judged, self._places = judged, places
        holders = {id(each.project) for each in judged if each.standing.status is Status.SELECTED}
        rivals = {id(each.project): each.project for each in judged if each.project.can_fit}
        outside = (one for one in rivals.values() if id(one) not in holders)
        self._outside = sorted(outside, key=lambda one: one.high, reverse=True)
        self._highs = [one.high for one in reversed(self._outside)]
        self._moving = [one for one in rivals.values() if id(one) in holders and len(one.stakes) > 1]
        selection = criteria.selection
        is_plain = not selection.quotas and selection.budget is None
        self._open = [] if is_plain else [one for one in rivals.values() if not one.is_settled]
        counted = {id(each.project): each for each in judged} if cut.enough is not None else {}
        self._asking = [
            (each.project, threat)
            for each in counted.values()
            for threat in to_exceed(each.project, each.stake, criteria)
        ]
        self._falling = [each for each in judged if self._may_fall(each)]

    def tell(self, judged: Judged) -> Standing:
        """Add to a standing what it depends on."""
        match judged.standing.firmness:
            case Firmness.PROVISIONAL:
                found = list(islice(self._that_displace(judged), MOST_NAMED))
                every = self._displacing(judged)
            case Firmness.POSSIBLE:
                found = list(islice(self._that_help(judged), MOST_NAMED))
                every = len(self._falling)
            case _:
                found = [to_be_counted(other, self._criteria) for other in self._others(judged)]
                return _depending(judged.standing, found[:MOST_NAMED], judged.standing.others)
        others = max(0, every - MOST_NAMED) if len(found) == MOST_NAMED else 0
        return _depending(judged.standing, found or [Threat(None, _NOT_EXCLUDED)], others)

    def unsettled(self) -> tuple[str, ...]:
        """Name those that could still change who gets a place: what is open of them could give one, or take one."""
        found = [
            reference
            for each in self._judged
            if not each.project.is_settled and (each.standing.firmness is Firmness.POSSIBLE or self._may_fall(each))
            for reference in each.stake.movers or [each.standing.entry.reference]
        ]
        versions = [other.scored.entry.reference for each in self._judged for other in self._others(each)]
        return (*dict.fromkeys([*found, *versions]), *(one.reference or one.path for one in self._unread))

    def _others(self, judged: Judged) -> list[Stake]:
        """Give the other versions of a project without a place that could count, and have one."""
        if judged.standing.status is Status.SELECTED or len(judged.project.stakes) == 1:
            return []
        others = (other for other in judged.project.stakes if other is not judged.stake)
        return [other for other in others if may_get(other, self._field, self._places)]

    def _may_fall(self, judged: Judged) -> bool:
        """Say whether what is open of a candidature itself may cost it its place."""
        return judged.standing.firmness is Firmness.PROVISIONAL and any(True for _ in self._own(judged))

    def _own(self, judged: Judged) -> Iterator[Threat]:
        return to_lose(judged.project, judged.stake, self._criteria, lifted=self._is_lifted(judged))

    def _is_lifted(self, judged: Judged) -> bool:
        """Say whether it is under a minimum, and has a place only because all demands are within the budget."""
        return self._cut.enough is not None and not passes(judged.standing.card, self._criteria)

    def _exceeding(self, judged: Judged) -> Iterator[Threat]:
        """Say who could make the demands exceed a budget that is enough today, itself left out."""
        yield from (threat for project, threat in self._asking if project is not judged.project)
        yield from (self._beside(one, lifted=True) for one in self._unread)

    def _beside(self, one: Unread, *, lifted: bool = False) -> Threat:
        """Say what a rival that is not ranked may do."""
        if one.unverified:
            return barred(one.reference, one.unverified, self._criteria, lifted=lifted)
        return unread_file(one.reference, one.path, one.most, lifted=lifted)

    def _before(self, judged: Judged) -> Sequence[Project]:
        """Give those without a place who may come before a candidature, or level with it, where ranks decide."""
        if judged.stake.own:
            return []
        key = self._field.shared(judged.stake.low)
        before = self._outside[: len(self._highs) - bisect_left(self._highs, key)]
        moving = [one for one in self._moving if one is not judged.project and one.low < key <= one.high]
        return [*before, *moving]

    def _that_displace(self, judged: Judged) -> Iterator[Threat]:
        yield from self._own(judged)
        if self._is_lifted(judged):
            yield from self._exceeding(judged)
            return
        before = self._before(judged)
        yield from (to_overtake(project, judged.stake, self._criteria) for project in before)
        told = {id(judged.project), *map(id, before)} if self._open else set()
        yield from (to_disturb(one, self._criteria) for one in self._open if id(one) not in told)
        yield from (self._beside(one) for one in self._unread)

    def _displacing(self, judged: Judged) -> int:
        own = sum(1 for _ in self._own(judged))
        if self._is_lifted(judged):
            return own + sum(1 for _ in self._exceeding(judged))
        before = self._before(judged)
        first = set(map(id, before)) if self._open else set()
        apart = sum(id(one) not in first and one is not judged.project for one in self._open)
        return own + len(before) + apart + len(self._unread)

    def _that_help(self, judged: Judged) -> Iterator[Threat]:
        yield from to_get(judged.standing, self._cut, self._criteria, judged.stake.movers)
        for each in reversed(self._falling):
            own = each.standing.entry.reference
            why = next(self._own(each))
            said = str(why.need) if why.reference == own else f"{why.reference}, {why.need}"
            yield Threat(own, Message("sa place n'est pas acquise : {why}", {"why": said}))
