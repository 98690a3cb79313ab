"""All the rivals at once, sorted once: those who may come before a key, or surely do, are counted by halving."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Sequence

from ami_scoring.domain.budgets import Enough
from ami_scoring.domain.criteria import Criteria
from ami_scoring.exact import Fraction
from ami_scoring.scoring.firmness.stakes import Project
from ami_scoring.scoring.marks import stays
from ami_scoring.scoring.places import BEYOND, COMMON, Blanks, Key

_NOTHING = Fraction(0)


class Line:
    """Some of the rivals: the highest keys that they may have, and the lowest of those that are surely there."""

    def __init__(self, may: Iterable[Project], sure: Iterable[Project]) -> None:
        """Sort them."""
        self.highs = sorted(project.high for project in may)
        self.lows = sorted(project.low for project in sure)

    def may_reach(self, key: Key) -> int:
        """Count those who may come before a key or stay equal to it; a part of a key stands for all that begin so."""
        return len(self.highs) - bisect_left(self.highs, key)

    def surely_ahead(self, key: Key) -> int:
        """Count those who come strictly before a key, and before all that begin so."""
        return len(self.lows) - bisect_right(self.lows, (*key, BEYOND))


class Purse:
    """A part of the budget: how much there is, and the most that those who may come before a key ask of it."""

    def __init__(self, amount: Fraction, may: Iterable[tuple[Key, Fraction | None]]) -> None:
        """Sort those whom it may pay, and add up what they ask from the first."""
        rows = sorted(may, key=lambda row: row[0])
        self.amount = amount
        self.dearest = (
            None
            if any(most is None for _, most in rows)
            else max((most or _NOTHING for _, most in rows), default=_NOTHING)
        )
        self._keys = [key for key, _ in rows]
        self._sums: list[Fraction | None] = [_NOTHING]
        for _, most in reversed(rows):
            before = self._sums[-1]
            self._sums.append(None if before is None or most is None else before + most)

    def most_asked(self, key: Key) -> Fraction | None:
        """Add up the most that those ask who may come before a key, or stay equal to it; None without limit."""
        return self._sums[len(self._keys) - bisect_left(self._keys, key)]


class Field:
    """Every rival of a call."""

    def __init__(self, projects: Sequence[Project], criteria: Criteria, unread: int, listed: Container[int]) -> None:
        """Sort the rivals: all of them, those of each category, those of each part of the budget.

        `listed` are the identities of those that count today.
        """
        selection = criteria.selection
        self.selection, self.unread = selection, unread
        stakes = [stake for project in projects for stake in project.stakes]
        self._blanks = Blanks([(stake.scored, stake.keys) for stake in stakes], criteria.ranking)
        may = [project for project in projects if project.can_fit]
        sure = [project for project in projects if project.steady] if selection.budget is None else []
        capped = [place for place, quota in enumerate(selection.quotas) if quota.at_most is not None]
        free = [project for project in sure if not any(_may_be_of(project, place) for place in capped)]
        self.all = Line(may, free)
        self.quotas = [
            Line(
                (project for project in may if _may_be_of(project, place)),
                (project for project in sure if _is_of(project, place) and not _may_be_of_any(project, capped, place)),
            )
            for place in range(len(selection.quotas))
        ]
        self.purses = self._purses(may)
        self.surely_enough, self.may_be_enough = self._enough(projects, criteria, listed)

    def shared(self, key: Key) -> Key:
        """Cut a key before the first tie-break that an equal may never give a value of."""
        return self._blanks.shared(key)

    def _enough(self, projects: Sequence[Project], criteria: Criteria, listed: Container[int]) -> tuple[bool, bool]:
        """Say whether the budget surely retains all who are eligible, and whether it may."""
        budget = self.selection.budget
        if budget is None or budget.when_enough is Enough.RANK:
            return False, False
        dearest = [project.most for project in projects]
        bounded = [most for most in dearest if most is not None]
        is_known = not self.unread and len(bounded) == len(dearest)
        sure = (one.least for one in projects if one.present or _surely_asks(one, criteria, listed))
        least = sum(sure, _NOTHING)
        return is_known and sum(bounded, _NOTHING) <= budget.whole, least <= budget.whole

    def _purses(self, may: Sequence[Project]) -> dict[int, Purse]:
        budget = self.selection.budget
        if budget is None:
            return {}
        amounts = {place: amount * budget.times for place, amount in enumerate(budget.parts)}
        amounts[COMMON] = budget.whole - sum(amounts.values(), _NOTHING)
        return {place: Purse(amount, _payable(may, place)) for place, amount in amounts.items()}


def _surely_asks(project: Project, criteria: Criteria, listed: Container[int]) -> bool:
    """Say whether one that has no rank yet asks of the budget whatever happens: it has no other version, and stays."""
    one = project.stakes[0].scored
    is_alone = len(project.stakes) == 1 and project.shadow is project.doubt is None and id(one) in listed
    return is_alone and stays(one, criteria)


def _payable(may: Sequence[Project], purse: int) -> Iterable[tuple[Key, Fraction | None]]:
    for project in may:
        paid = [stake.most for stake in project.stakes if purse in stake.purses]
        if paid:
            own = [(*stake.own[purse].high, *stake.high) for stake in project.stakes if purse in stake.own]
            yield (
                max(own, default=project.high),
                None if None in paid else max(most for most in paid if most is not None),
            )


def _may_be_of(project: Project, place: int) -> bool:
    return any(stake.within[place] is not False for stake in project.stakes)


def _is_of(project: Project, place: int) -> bool:
    return all(stake.within[place] for stake in project.stakes)


def _may_be_of_any(project: Project, places: Iterable[int], but: int) -> bool:
    return any(_may_be_of(project, place) for place in places if place != but)
