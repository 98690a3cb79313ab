"""What a first-level criterion made of others would have needed, all of it together: points, and facts that give them.

Every number told is verified by ranking and selecting anew, and so are the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from operator import ne
from typing import Final, NamedTuple

from ami_scoring.domain.computed import PARAMETERS
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Fact, Missing, Value
from ami_scoring.domain.rules import AnyRule, Relative, facts_read, simple_rules
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named, spell
from ami_scoring.scoring.sufficient.memory import Memory
from ami_scoring.scoring.sufficient.retrial import Changes, Retrial
from ami_scoring.scoring.sufficient.search import lacks
from ami_scoring.scoring.sufficient.targets import Target
from ami_scoring.scoring.words import Catalogue, inner, points_word, value_word

_A_LITTLE: Final = Fraction(1, 10**9)
_COMBINATIONS: Final = 2_000
"""Values of the facts of one rule beyond which each fact is tried alone."""


def what_it_needs(
    branch: Criterion, criteria: Criteria, card: ScoreCard, gaps: Sequence[Fraction], retrial: Retrial
) -> Message | None:
    """Say the least points by which a first-level criterion made of others would fill a gap by itself.

    Nothing is said of one that compares candidatures: its points are not its own to change.
    """
    points = card.marks[branch.id].points
    if branch.criteria is None or points is None or any(map(_compares, _rules(branch))):
        return None
    best = _best_facts(branch, card.values, criteria.catalogue, retrial.memory)
    top = retrial.card(best).marks[branch.id].points
    for lack, strict in lacks(criteria, card, branch, gaps):
        least = Target(points + lack, strict)
        reachable = top is not None and least.met(top)
        if reachable and retrial.selects_with(branch.id, least.points + (_A_LITTLE if strict else 0)):
            changes = _Search(branch.id, least, retrial).enough_of(best)
            return _said(branch, least, changes, criteria.catalogue) if changes else None
    return None


def _said(branch: Criterion, least: Target, changes: Changes, catalogue: Catalogue) -> Message:
    facts = ((catalogue[name], value) for name, value in changes.items())
    return Message(
        "{least} {points}{most}, par exemple avec {facts}",
        {
            "least": "plus de" if least.strict else "au moins",
            "points": points_word(least.points),
            "most": "" if branch.announced is None else f" sur {spell(branch.announced)}",
            "facts": named([f"« {inner(fact.label)} » : {value_word(fact, value)}" for fact, value in facts]),
        },
    )


def _rules(branch: Criterion) -> tuple[AnyRule, ...]:
    return tuple(leaf.rule for leaf in branch.walk() if leaf.rule is not None)


def _compares(rule: AnyRule) -> bool:
    return any(isinstance(part, Relative) for part in simple_rules(rule))


class _Search(NamedTuple):
    """The search of facts by which a criterion has at least so many points, and its candidature a place."""

    branch: str
    least: Target
    retrial: Retrial

    def enough_of(self, changes: Changes) -> Changes:
        """Leave out the changes that are not needed; none is left where even all do not do."""
        if not self.does(changes):
            return {}
        for name in tuple(changes):
            fewer = {other: value for other, value in changes.items() if other != name}
            changes = fewer if self.does(fewer) else changes
        return changes

    def does(self, changes: Changes) -> bool:
        """Say whether a change gives the points and the place."""
        points = self.retrial.card(changes).marks[self.branch].points
        return points is not None and self.least.met(points) and self.retrial.selects(changes)


def _best_facts(
    branch: Criterion, values: Mapping[str, Value], catalogue: Catalogue, memory: Memory
) -> Changes:
    """Give the changes by which each rule of a criterion gives its most, after those of the rules before it."""
    changes: dict[str, Value] = {}
    for rule in _rules(branch):
        changes |= _best(rule, {**values, **changes}, catalogue, memory)
    return changes


def _best(rule: AnyRule, values: Mapping[str, Value], catalogue: Catalogue, memory: Memory) -> Changes:
    """Give the change of the fewest facts by which a rule gives the most points that were found."""
    tried = {
        name: [values[name], *_others(rule, catalogue[name], values[name], memory)]
        for name in facts_read(rule)
        if not name.startswith(PARAMETERS)
    }
    if prod(map(len, tried.values())) <= _COMBINATIONS:
        return _best_of(rule, values, tuple(tried), product(*tried.values()), memory)
    best: Changes = {}
    for name, each in tried.items():
        names = tuple({**best, name: None})
        every = (tuple(({**best, name: value})[other] for other in names) for value in each)
        best = _best_of(rule, values, names, every, memory)
    return best


def _others(rule: AnyRule, fact: Fact, present: Value, memory: Memory) -> Iterator[Value]:
    """Give the other values of a fact that a rule tells apart; of a list, what may be added to it."""
    for trial in memory.trials(rule, fact):
        value = trial.value
        if isinstance(value, frozenset) and isinstance(present, frozenset):
            value |= present
        if value != present and not isinstance(value, Missing):
            yield value


def _best_of(
    rule: AnyRule,
    values: Mapping[str, Value],
    names: tuple[str, ...],
    every: Iterable[tuple[Value, ...]],
    memory: Memory,
) -> Changes:
    """Give the first of the changes that are worth most, each given by the values of the facts named."""
    present, outcome_of = tuple(values[name] for name in names), memory.outcomes(rule, values, names)

    def worth(chosen: tuple[Value, ...]) -> tuple[bool, Fraction, int, int]:
        outcome = outcome_of(chosen)
        return outcome.refused is None, outcome.points, -len(outcome.missing), -sum(map(ne, chosen, present))

    best = max(every, key=worth)
    return {name: value for name, value, was in zip(names, best, present, strict=True) if value != was}
