"""What one candidature would get by comparison if its own facts were others, everybody else being as they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.simple_rules import own_facts
from ami_scoring.scoring.marks import pool_of, pool_rules, standing_among


class Among:
    """The others of a wave, as those with whom one of them is compared."""

    def __init__(self, criteria: Criteria, own: Scored, others: Sequence[Scored]) -> None:
        """Take the others of its wave; each pool is looked at once, when something is compared in it."""
        self._rules = pool_rules(criteria)
        self._others = [one.card.values for one in others if one.wave is own.wave] if self._rules else []
        self._known: dict[tuple[int, str], Callable[[Value], Value]] = {}

    def tell(self, values: dict[str, Value]) -> None:
        """Add to the facts of the candidature the best value of each of its pools, or its own rank there."""
        for place, rule in enumerate(self._rules):
            name, told = own_facts(rule)[:2]
            category = pool_of(rule, values)
            values[told] = MISSING if category is None else self._standing(place, category)(values[name])

    def _standing(self, place: int, category: str) -> Callable[[Value], Value]:
        found = self._known.get((place, category))
        if found is None:
            rule = self._rules[place]
            members = (values[rule.fact] for values in self._others if pool_of(rule, values) == category)
            found = standing_among(rule, [value for value in members if not isinstance(value, Missing)])
            self._known[place, category] = found
        return found
