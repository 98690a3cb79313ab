"""Who could still displace a candidature or give way to it, and what each would need for that, in sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Cut, Firmness, Standing, Status, Threat
from ami_scoring.messages import Message
from ami_scoring.scoring.firmness.field import Field
from ami_scoring.scoring.firmness.stakes import Project, Stake
from ami_scoring.scoring.firmness.wants import at_stake, to_overtake, to_replace, unread_file

MOST_NAMED: Final = 12
"""Threats named for one candidature: beyond, they are only counted."""


class Unread(NamedTuple):
    """A file that may hold one candidature, and that nobody can read."""

    reference: str | None
    path: str


class Judged(NamedTuple):
    """One standing, with what it may become and the versions of its project."""

    standing: Standing
    project: Project
    stake: Stake


class Needs:
    """What provisional places, and those still possible, depend on."""

    def __init__(
        self, judged: Sequence[Judged], field: Field, criteria: Criteria, cut: Cut, unread: Sequence[Unread]
    ) -> None:
        """Sort those that are open, from the one that may come first."""
        self._field, self._criteria, self._cut, self._unread = field, criteria, cut, unread
        self._judged = judged
        self._holders = {id(each.project) for each in judged if each.standing.status is Status.SELECTED}
        everyone: Mapping[int, Project] = {id(each.project): each.project for each in judged}
        self._rivals = sorted(everyone.values(), key=lambda project: project.high, reverse=True)
        self._shaky = [each for each in judged if each.standing.firmness is Firmness.PROVISIONAL]

    def tell(self, judged: Judged) -> Standing:
        """Add to a standing what it depends on."""
        standing = judged.standing
        match standing.firmness:
            case Firmness.PROVISIONAL:
                found = self._that_displace(judged)
            case Firmness.POSSIBLE:
                found = self._that_help(judged)
            case _:
                return standing
        named = tuple(islice(found, MOST_NAMED))
        return standing._replace(threats=named, others=sum(1 for _ in found))

    def unsettled(self) -> tuple[str, ...]:
        """Name those that could still change who gets a place: what is open of them could give one, or take one."""
        found = [
            each.standing.entry.reference
            for each in self._judged
            if not each.project.is_settled and (each.standing.firmness is Firmness.POSSIBLE or self._may_fall(each))
        ]
        return (*found, *(one.reference or one.path for one in self._unread))

    def _may_fall(self, judged: Judged) -> bool:
        if judged.standing.firmness is not Firmness.PROVISIONAL:
            return False
        project, stake = judged.project, judged.stake
        falls = judged.standing.card.total is not None and judged.standing.card.total > stake.scored.card.low
        return falls or stake.blank or not stake.must_fit or not project.present or len(project.stakes) > 1

    def _that_displace(self, judged: Judged) -> Iterator[Threat]:
        yield from to_replace(judged.project, judged.stake, self._criteria)
        key = self._field.shared(judged.stake.low)
        for project in self._rivals:
            if project is judged.project or id(project) in self._holders or not project.can_fit:
                continue
            if project.high < key:
                break
            yield to_overtake(project, judged.stake, self._criteria)
        for one in self._unread:
            yield unread_file(one.reference, one.path)

    def _that_help(self, judged: Judged) -> Iterator[Threat]:
        yield from at_stake(judged.project, judged.stake, judged.standing, self._cut, self._criteria)
        for each in reversed(self._shaky):
            if each is not judged and self._may_fall(each):
                yield Threat(each.standing.entry.reference, Message("sa place n'est pas acquise"))


def first(found: Iterable[Threat]) -> Threat | None:
    """Give the first threat, if any."""
    return next(iter(found), None)
