"""What the total and the place of each candidature are made of, as whole numbers, and of the versions beside it.

A mark is a number of parts, so many of which make one point of its rule: `parts` says how many, by criterion.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import lcm
from typing import Any, Final

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.exact import Fraction, plain
from ami_scoring.reports.page.shares import Shares
from ami_scoring.reports.page.ties import tie_places
from ami_scoring.scoring.marks import hides_nothing, holds, stays, waiting_status
from ami_scoring.scoring.places import purses_of

_SAFE: Final = 2**53 - 1
"""The largest whole number up to which a browser counts without a gap; beyond, digits go as text."""
_STATUSES: Final = list(Status)
Whole = int | str
_Figures = dict[str, Any]


class Figures:
    """The figures of every candidature of a page, in the order of standings, then of those that may replace them."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Put every mark of a criterion over one denominator."""
        criteria = self._criteria = evaluation.criteria
        listed = [one.scored for one in evaluation.standings]
        every = {id(one): one for one in listed}
        for group in evaluation.cut.versions:
            every |= {id(one): one for one in group.scored if id(one) not in every}
        scored = list(every.values())
        shares = Shares(criteria, scored)
        self.parts = _parts(criteria, scored, shares)
        self.together = shares.written(self._whole)
        rows = [self._of(one, shares) for one in scored]
        for row, places in zip(rows, tie_places(criteria.ranking.ordering, listed), strict=False):
            row["t"] = places
        if len(scored) > len(listed):
            for row, places in zip(rows, tie_places(criteria.ranking.ordering, scored), strict=True):
                row["U"] = places
        for row, standing in zip(rows, evaluation.standings, strict=False):
            row.update(_waiting(standing, criteria))
        self.rows, self.others = rows[: len(listed)], rows[len(listed) :]
        order = {key: place for place, key in enumerate(every)}
        self.versions = [
            {"rows": [order[id(one)] for one in group.scored], "present": int(group.present)}
            for group in evaluation.cut.versions
        ]
        for group in evaluation.cut.versions:
            for one in group.scored:
                rows[order[id(one)]].update({"N": 1} if one.card.total is None else {})

    def _of(self, one: Scored, shares: Shares) -> _Figures:
        found: _Figures = {"m": [self._marks(one, leaf.id) for leaf in self._criteria.leaves]}
        if one.pending:
            found["p"] = 1
        if not stays(one, self._criteria):
            found["L"] = 1
        if (place := shares.place(one)) is not None:
            found["j"] = place
            found |= {"H": 1} if hides_nothing(one.card, self._criteria) else {}
        return {**found, **_categories(one, self._criteria)}

    def _marks(self, one: Scored, leaf: str) -> Whole | list[Whole | None]:
        appraisal = one.card.marks[leaf].appraisal
        assert appraisal is not None  # noqa: S101 - a leaf has a rule
        if appraisal.mark is appraisal.low is appraisal.high:
            return self._whole(leaf, appraisal.mark)
        settled = None if appraisal.mark is None else self._whole(leaf, appraisal.mark)
        return [settled, self._whole(leaf, appraisal.low), self._whole(leaf, appraisal.high)]

    def _whole(self, leaf: str, mark: Fraction) -> Whole:
        number = int(mark * self.parts[leaf])
        return number if -_SAFE <= number <= _SAFE else str(number)


def _parts(criteria: Criteria, scored: Iterable[Scored], shares: Shares) -> Mapping[str, int]:
    parts = {leaf.id: 1 for leaf in criteria.leaves}
    for leaf, number in (*_numbers(criteria, scored), *shares.numbers()):
        if number.denominator != 1:
            parts[leaf] = lcm(parts[leaf], number.denominator)
    return parts


def _numbers(criteria: Criteria, scored: Iterable[Scored]) -> Iterable[tuple[str, Fraction]]:
    for one in scored:
        for leaf in criteria.leaves:
            appraisal = one.card.marks[leaf.id].appraisal
            assert appraisal is not None  # noqa: S101 - a leaf has a rule
            yield leaf.id, appraisal.low
            if appraisal.high is not appraisal.low:
                yield leaf.id, appraisal.high
            if appraisal.mark is not None and appraisal.mark is not appraisal.low:
                yield leaf.id, appraisal.mark


def _waiting(standing: Standing, criteria: Criteria) -> _Figures:
    """Give the status of one that has no rank, or may have none by other weights."""
    if standing.rank is None:
        return {"W": _STATUSES.index(standing.status)}
    held = any(mark.points is None for mark in standing.card.marks.values())
    return {"W": _STATUSES.index(waiting_status(standing.scored, criteria))} if held else {}


def _categories(one: Scored, criteria: Criteria) -> _Figures:
    """Give the quotas, the floors and the purse that concern a candidature or may, and what it asks for."""
    selection, values = criteria.selection, one.card.values
    found: _Figures = {}
    for key, categories in (("q", selection.quotas), ("f", selection.floors)):
        answers = [holds(each.when, values) for each in categories]
        if True in answers:
            found[key] = [place for place, answer in enumerate(answers) if answer]
        if None in answers:
            found[key.upper()] = [place for place, answer in enumerate(answers) if answer is None]
    return found if selection.budget is None else {**found, **_asked(one, selection.budget, criteria)}


def _asked(one: Scored, budget: Budget, criteria: Criteria) -> _Figures:
    purses, value = purses_of(budget, one.card), one.card.values[budget.ask]
    # While nobody knows, it is paid as if it were of none of the envelopes that may concern it.
    found: _Figures = {"v": purses[-1]}
    if len(purses) > 1:
        found["V"] = purses
    if not isinstance(value, Missing):
        return {**found, "a": _amount(value)}
    fact = criteria.catalogue[budget.ask]
    most = fact.maximum if value.at_most is None else value.at_most
    least = fact.minimum if value.at_least is None else value.at_least
    found["u"] = None if most is None else plain(Fraction(most))  # type: ignore[arg-type] # checks let only numbers in
    return found if least is None else {**found, "l": _amount(least)}


def _amount(value: Value) -> str:
    return plain(max(Fraction(0), Fraction(value)))  # type: ignore[arg-type] # checks let only numbers in
