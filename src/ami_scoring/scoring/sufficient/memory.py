"""What does not depend on the candidature that is tried, worked out once for all of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact, Value
from ami_scoring.domain.rules import AnyRule, Cases, Row, SumOf, facts_read
from ami_scoring.domain.scores import Outcome
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import evaluate
from ami_scoring.scoring.values import Trial, trials


class Memory:
    """The values worth trying of each fact, and what each rule gives for facts that were tried already."""

    def __init__(self, criteria: Criteria) -> None:
        """Remember nothing yet."""
        self.whole = _whole(criteria)
        """The rules and the conditions of the policy as one: its bounds are where a change may stop working."""
        self._kept: dict[int, AnyRule] = {}
        self._trials: dict[tuple[int, str], list[Trial]] = {}
        self._outcomes: dict[tuple[object, ...], dict[tuple[Value, ...], Outcome]] = {}

    def trials(self, rule: AnyRule, fact: Fact) -> list[Trial]:
        """Give the values of a fact that a rule tells apart."""
        key = self._key(rule), fact.name
        if key not in self._trials:
            self._trials[key] = trials(rule, fact)
        return self._trials[key]

    def outcomes(
        self, rule: AnyRule, values: Mapping[str, Value], names: tuple[str, ...]
    ) -> Callable[[tuple[Value, ...]], Outcome]:
        """Give what tells the outcome of a rule for values of the facts named, the others being as they are."""
        read = facts_read(rule)
        rest = tuple((name, values[name]) for name in read if name not in names)
        try:
            known = self._outcomes.setdefault((self._key(rule), names, rest), {})
        except TypeError:  # what is missing for a reason of its own
            return lambda chosen: evaluate(rule, {**values, **dict(zip(names, chosen, strict=True))})

        def outcome(chosen: tuple[Value, ...]) -> Outcome:
            try:
                found = known.get(chosen)
            except TypeError:
                return evaluate(rule, {**values, **dict(zip(names, chosen, strict=True))})
            if found is None:
                found = known[chosen] = evaluate(rule, {**values, **dict(zip(names, chosen, strict=True))})
            return found

        return outcome

    def _key(self, rule: AnyRule) -> int:
        # A rule that is kept is never taken for another that would be made where it was.
        place = id(rule)
        self._kept.setdefault(place, rule)
        return place


def _whole(criteria: Criteria) -> AnyRule:
    """Join the rules of a policy, and the conditions that stand outside them, in one that is only read."""
    rows = [Row.model_construct(if_=demand, points=Fraction(0), rule=None) for demand in criteria.every_demand]
    demands = Cases.model_construct(kind="cases", rows=rows, otherwise=Fraction(0))
    return SumOf.model_construct(kind="sum_of", rules=[*criteria.every_rule, demands])
