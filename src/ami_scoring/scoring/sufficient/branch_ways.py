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
from ami_scoring.domain.rules import AnyRule, facts_read, simple_rules
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.simple_rules import Relative
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
    if branch.criteria is None or points is None:
        return None
    aims = [Target(points + lack, strict) for lack, strict in lacks(criteria, card, branch, gaps)]
    if branch.most is not None and not any(aim.met(branch.most) for aim in aims):
        return None
    if any(map(_compares, _rules(branch))):
        return None
    found = _found(branch, aims, criteria, retrial)
    return found and _said(branch, *found, criteria.catalogue)


def _found(
    branch: Criterion, aims: Sequence[Target], criteria: Criteria, retrial: Retrial
) -> tuple[Target, Changes] | None:
    """Find the least points that do, and facts that give them; facts are looked for once points do."""
    enough = [aim for aim in aims if retrial.selects_with(branch.id, aim.points + (_A_LITTLE if aim.strict else 0))]
    if not enough:
        return None
    best = _best_facts(branch, retrial.values, criteria.catalogue, retrial.memory)
    top = retrial.card(best).marks[branch.id].points
    least = next((aim for aim in enough if top is not None and aim.met(top)), None)
    changes = {} if least is None else _Search(branch.id, least, retrial).enough_of(best)
    return (least, changes) if least is not None and changes else None


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


def _best_facts(branch: Criterion, values: Mapping[str, Value], catalogue: Catalogue, memory: Memory) -> Changes:
    """Give the changes by which each rule of a criterion gives its most, after those of the rules before it."""
    changes: dict[str, Value] = {}
    for leaf in branch.walk():
        if leaf.rule is not None:
            changes |= _best(leaf, leaf.rule, {**values, **changes}, catalogue, memory)
    return changes


def _best(leaf: Criterion, rule: AnyRule, values: Mapping[str, Value], catalogue: Catalogue, memory: Memory) -> Changes:
    """Give the change of the fewest facts by which a rule gives the most points that were found."""
    top = None if leaf.open_ended else leaf.top
    tried = {
        name: [values[name], *_others(rule, catalogue[name], values[name], memory)]
        for name in facts_read(rule)
        if not name.startswith(PARAMETERS)
    }
    if prod(map(len, tried.values())) <= _COMBINATIONS:
        return _best_of(_Worth(rule, values, tuple(tried), memory, top), product(*tried.values()))
    best: Changes = {}
    for name, each in tried.items():
        names = tuple({**best, name: None})
        every = (tuple(({**best, name: value})[other] for other in names) for value in each)
        best = _best_of(_Worth(rule, values, names, memory, top), every)
    return best


def _others(rule: AnyRule, fact: Fact, present: Value, memory: Memory) -> Iterator[Value]:
    """Give the other values of a fact that a rule tells apart; of a list, what may be added to it."""
    for trial in memory.trials(rule, fact):
        value = trial.value
        if isinstance(value, frozenset) and isinstance(present, frozenset):
            value |= present
        if value != present and not isinstance(value, Missing):
            yield value


class _Worth:
    """What the values of some facts are worth to a rule: accepted, its points, nothing missing, few changes."""

    def __init__(
        self, rule: AnyRule, values: Mapping[str, Value], names: tuple[str, ...], memory: Memory, top: Fraction | None
    ) -> None:
        """Take the facts as they are; `top` is the most that the rule gives, if there is one."""
        self.names, self.present = names, tuple(values[name] for name in names)
        self._outcome, self._top = memory.outcomes(rule, values, names), top

    def changes(self, chosen: tuple[Value, ...]) -> int:
        """Count the facts that change."""
        return sum(map(ne, chosen, self.present))

    def of(self, chosen: tuple[Value, ...]) -> tuple[bool, Fraction, int, int]:
        """Give what values are worth, to be compared."""
        outcome = self._outcome(chosen)
        return outcome.refused is None, outcome.points, -len(outcome.missing), -self.changes(chosen)

    def is_most(self, worth: tuple[bool, Fraction, int, int]) -> bool:
        """Say whether nothing can be worth more, but for fewer changes."""
        return worth[:3] == (True, self._top, 0)


def _best_of(worth: _Worth, every: Iterable[tuple[Value, ...]]) -> Changes:
    """Give the first of the changes that are worth most; those of the fewest facts are tried first."""
    best, most = worth.present, None
    for chosen in sorted(every, key=worth.changes):
        found = worth.of(chosen)
        if most is None or found > most:
            best, most = chosen, found
        if worth.is_most(found):
            break
    chosen_now = zip(worth.names, best, worth.present, strict=True)
    return {name: value for name, value, was in chosen_now if value != was}
