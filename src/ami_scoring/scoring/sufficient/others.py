"""Everybody else as they are, looked at once for all the candidatures that are tried against them.

Where places alone are shared, and nobody lacks what tells equals apart, one candidature changed gets a place where
those that pass the floors and rank before it or level with it leave one: nobody else is ranked or selected again.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import islice

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import FactTie
from ami_scoring.scoring.marks import Pools, by_marks, pool_rules, scorer
from ami_scoring.scoring.places import Deposits, Key, keyer, passes, places_of
from ami_scoring.scoring.sufficient.memory import Memory


class Others:
    """The candidatures of an evaluation, as the rivals of one that is tried again."""

    def __init__(self, evaluation: Evaluation) -> None:
        """Sort those that may take a place, where that is enough."""
        criteria = self._criteria = evaluation.criteria
        self.score, self.memory, self.compares = scorer(criteria), Memory(criteria), bool(pool_rules(criteria))
        self._places = places_of(criteria, evaluation.wave)
        self._pools = {
            wave.id: Pools(
                pool_rules(criteria), (one.card.values for one in evaluation.standings if one.scored.wave.id == wave.id)
            )
            for wave in criteria.waves
        }
        self._ties = [tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie)]
        scored = [one.scored for one in evaluation.standings]
        self._keys_of = keyer(criteria.ranking, Deposits(scored))
        self.is_plain = not self.compares and _is_plain(criteria) and not any(self._lacks(one) for one in scored)
        """Whether one is tried against them without ranking and selecting all of them again."""
        self._passes = by_marks(lambda card: passes(card, criteria))  # where it is plain, no floor reads a fact
        ahead = islice((one for one in scored if self._is_fit(one)), (self._places or 0) + 1) if self.is_plain else ()
        self._keys = sorted(key for one in ahead if (key := self._key(one)) is not None)
        """Those of the first ones alone: of the others, none can be the one whose place is taken."""

    def compare(self, own: Standing, values: dict[str, Value]) -> None:
        """Tell what the facts of one, changed, are compared with, everybody else of its wave being as they are."""
        self._pools[own.scored.wave.id].tell(values, [own.card.values])

    def selects(self, own: Standing, changed: Scored) -> bool | None:
        """Say whether one gets a place once it is changed, or goes before the committee where that gives all of them.

        None where all must be selected anew to know.
        """
        if not self.is_plain or self._lacks(changed):
            return None
        if not self._is_fit(changed):
            return False
        key, mine = self._key(changed), self._key(own.scored)
        if key is None or self._places is None:
            return key is not None
        itself = mine is not None and mine >= key and self._is_fit(own.scored)
        return len(self._keys) - bisect_left(self._keys, key) - itself < self._places

    def _key(self, one: Scored) -> Key | None:
        return self._keys_of(one).settled

    def _is_fit(self, one: Scored) -> bool:
        selection = self._criteria.selection
        return (selection.never_decides or selection.decides(one.card.total)) and self._passes(one.card)

    def _lacks(self, one: Scored) -> bool:
        return any(isinstance(one.card.values[name], Missing) for name in self._ties)


def _is_plain(criteria: Criteria) -> bool:
    selection = criteria.selection
    if criteria.ranking.uncovered is not None:
        return False
    return not (selection.quotas or selection.floors or selection.budget is not None)
