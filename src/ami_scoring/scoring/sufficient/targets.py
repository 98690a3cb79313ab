"""What a rule should give, and who says whether a change of facts is enough for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from math import ceil, floor
from typing import NamedTuple

from ami_scoring.domain.facts import Fact, Value
from ami_scoring.domain.rules import AnyRule
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import clamped
from ami_scoring.scoring.sufficient.memory import Memory
from ami_scoring.scoring.values import values_near
from ami_scoring.scoring.words import Catalogue, inner

Changes = Mapping[str, Value]


class Target(NamedTuple):
    """The points that a rule should give: at least so many, or more."""

    points: Fraction
    strict: bool

    def met(self, points: Fraction) -> bool:
        """Say whether points are enough."""
        return points > self.points if self.strict else points >= self.points

    def within(self, at_least: Fraction | None, at_most: Fraction | None) -> bool:
        """Say whether points kept between limits can meet it."""
        return clamped(self.points, at_least, at_most) == self.points and not (self.strict and self.points == at_most)

    def steps(self, size: Fraction) -> int:
        """Count the steps of a size that meet it."""
        count = self.points / size
        return floor(count) + 1 if self.strict else ceil(count)


class Search(NamedTuple):
    """The facts as they are, who says whether a change of them works, and all that reads them."""

    values: Mapping[str, Value]
    catalogue: Catalogue
    works: Callable[[Changes], bool]
    memory: Memory

    def tried(self, rule: AnyRule, name: str) -> list[Value]:
        """Give the values of a fact that a rule tells apart, then those that only the rest of the policy does."""
        fact = self.catalogue[name]
        found = [trial.value for each in (rule, self.memory.whole) for trial in self.memory.trials(each, fact)]
        near = values_near(self.memory.whole, fact, self.values) if fact.compared else ()
        return list(dict.fromkeys([*found, *near]))


def of_fact(fact: Fact, words: str) -> Message:
    """Say what a fact would have to be."""
    return Message("« {label} » : {words}", {"label": inner(fact.label), "words": words})
