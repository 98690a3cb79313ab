"""The money of a budget: what each envelope still holds, and what each candidature asks of it."""

from __future__ import annotations

from collections.abc import Sequence

from ami_scoring.domain.criteria import Budget, Short
from ami_scoring.domain.facts import Missing
from ami_scoring.exact import Fraction
from ami_scoring.scoring.conditions import holds
from ami_scoring.scoring.ranking import Ranked

COMMON = -1
"""The purse of candidatures that no envelope concerns."""


class Purses:
    """What is left to grant. Without a budget, everything can be paid and nothing is granted."""

    def __init__(self, budget: Budget | None) -> None:
        """Fill the envelopes; what they do not take is common."""
        self._budget = budget
        self._ask = "" if budget is None else budget.ask
        self._left: dict[int, Fraction] = {}
        self._closed: dict[int, str] = {}
        self._spilt = False
        if budget is not None:
            parts = {place: envelope.amount * budget.times for place, envelope in enumerate(budget.envelopes)}
            self._left = {**parts, COMMON: budget.amount * budget.times - sum(parts.values(), Fraction(0))}

    def asked(self, row: Ranked) -> Fraction:
        """Give what a candidature asks for; nothing where it does not say, or where what it asks is negative."""
        value = row.scored.card.values[self._ask]
        if isinstance(value, (Missing, str, frozenset)):
            return Fraction(0)
        return max(Fraction(0), Fraction(value))  # type: ignore[arg-type] # checks let only numbers in

    def left_for(self, row: Ranked) -> Fraction:
        """Give what is left in the purse that concerns a candidature."""
        return self._left.get(self._purse(row), Fraction(0))

    def can_pay(self, rows: Sequence[Ranked]) -> bool:
        """Say whether all that some candidatures ask for is there."""
        if self._budget is None:
            return True
        needed: dict[int, Fraction] = {}
        for row in rows:
            purse = self._purse(row)
            needed[purse] = needed.get(purse, Fraction(0)) + self.asked(row)
        return all(purse not in self._closed and amount <= self._left[purse] for purse, amount in needed.items())

    def fall_short(self, rows: Sequence[Ranked]) -> None:
        """Note that some candidatures could not be paid: unless the policy skips them, their purses are closed."""
        if self._budget is not None and self._budget.when_short is Short.STOP:
            for row in rows:
                self._closed.setdefault(self._purse(row), row.scored.entry.reference)

    def closed_by(self, row: Ranked) -> str | None:
        """Name the candidature whose demand ended the sharing of the purse that concerns another."""
        return self._closed.get(self._purse(row))

    def pays_in_part(self, row: Ranked) -> bool:
        """Say whether the policy grants a candidature what is left, when that is less than it asks for."""
        purse = self._purse(row)
        return self._budget is not None and self._budget.partial and purse not in self._closed and self._left[purse] > 0

    def pay(self, row: Ranked) -> Fraction | None:
        """Grant what is asked, or what is left of it; None without a budget."""
        if self._budget is None:
            return None
        purse = self._purse(row)
        granted = min(self.asked(row), self._left[purse])
        self._left[purse] -= granted
        return granted

    def spill(self) -> bool:
        """Pour what is left of the envelopes that allow it into the common purse; say whether that helps anybody."""
        if self._budget is None or self._spilt:
            return False
        spilt = Fraction(0)
        for place, envelope in enumerate(self._budget.envelopes):
            if envelope.spill:
                spilt += self._left[place]
                self._left[place] = Fraction(0)
        self._left[COMMON] += spilt
        self._closed.clear()
        self._spilt = True
        return spilt > 0

    def _purse(self, row: Ranked) -> int:
        if self._budget is None or self._spilt:
            return COMMON
        for place, envelope in enumerate(self._budget.envelopes):
            if holds(envelope.when, row.scored.card.values):
                return place
        return COMMON
