"""What a first-level criterion made of others would have needed, all of it together: points, and facts that give them.

Every number told is verified by ranking and selecting anew, and so are the facts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from typing import Final, NamedTuple

from ami_scoring.domain.computed import PARAMETERS
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.rules import AnyRule, Relative, facts_read, simple_rules
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named, spell
from ami_scoring.scoring.marks import evaluate
from ami_scoring.scoring.sufficient.retrial import Changes, Retrial
from ami_scoring.scoring.sufficient.search import lacks
from ami_scoring.scoring.sufficient.targets import Target
from ami_scoring.scoring.values import trials
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
    aims = [Target(points + lack, strict) for lack, strict in lacks(criteria, card, branch, gaps)]
    if branch.most is not None and not any(aim.met(branch.most) for aim in aims):
        return None  # all its points would not do: no need to look for the facts that give them
    best = _best_facts(branch, card.values, criteria.catalogue)
    top = retrial.card(best).marks[branch.id].points
    for least in aims:
        reachable = top is not None and least.met(top)
        if reachable and retrial.selects_with(branch.id, least.points + (_A_LITTLE if least.strict else 0)):
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


def _best_facts(branch: Criterion, values: Mapping[str, Value], catalogue: Catalogue) -> Changes:
    """Give the changes by which each rule of a criterion gives its most, after those of the rules before it."""
    changes: dict[str, Value] = {}
    for rule in _rules(branch):
        changes |= _best(rule, {**values, **changes}, catalogue)
    return changes


def _best(rule: AnyRule, values: Mapping[str, Value], catalogue: Catalogue) -> Changes:
    """Give the change of the fewest facts by which a rule gives the most points that were found."""
    tried = {
        name: [values[name], *_others(rule, name, values[name], catalogue)]
        for name in facts_read(rule)
        if not name.startswith(PARAMETERS)
    }
    if prod(map(len, tried.values())) <= _COMBINATIONS:
        every = (dict(zip(tried, chosen, strict=True)) for chosen in product(*tried.values()))
        return _best_of(rule, values, every)
    best: Changes = {}
    for name, each in tried.items():
        best = _best_of(rule, values, ({**best, name: value} for value in each))
    return best


def _others(rule: AnyRule, name: str, present: Value, catalogue: Catalogue) -> Iterator[Value]:
    """Give the other values of a fact that a rule tells apart; of a list, what may be added to it."""
    for trial in trials(rule, catalogue[name]):
        value = trial.value
        if isinstance(value, frozenset) and isinstance(present, frozenset):
            value |= present
        if value != present and not isinstance(value, Missing):
            yield value


def _best_of(rule: AnyRule, values: Mapping[str, Value], every: Iterable[Changes]) -> Changes:
    changed = ({name: value for name, value in each.items() if value != values[name]} for each in every)

    def worth(changes: Changes) -> tuple[bool, Fraction, int, int]:
        outcome = evaluate(rule, {**values, **changes})
        return outcome.refused is None, outcome.points, -len(outcome.missing), -len(changes)

    return max(changed, key=worth)
