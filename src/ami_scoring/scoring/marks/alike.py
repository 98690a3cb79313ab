"""Which values of a fact are one to a rule: those that each part of it which reads the fact takes for the same.

A rule looks at most of its facts through a few tests, bands or categories. Values that answer alike to all of them give
one outcome, and leave one thing open where others are missing: a surface of 121 m² is one of 122 to whoever asks
for 120.
"""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.facts import category_of
from ami_scoring.domain.rules import AnyRule, simple_rules
from ami_scoring.domain.simple_rules import Bands, Lookup, SimpleRule, Table, own_facts
from ami_scoring.domain.words import tests_of
from ami_scoring.scoring.marks.conditions import holds
from ami_scoring.scoring.marks.remembering import Look
from ami_scoring.scoring.marks.rules import evaluate


def look_of(rule: AnyRule, name: str) -> Look | None:
    """Make the function that gives what a rule sees of a fact; None where it may tell any two values apart.

    It does where a number counts in proportion, and where two facts are compared with one another.
    """
    looks = [*_looks(rule, name)]
    known = [look for look in looks if look is not None]
    return (lambda value: tuple([look(value) for look in known])) if len(known) == len(looks) else None


def _looks(rule: AnyRule, name: str) -> Iterator[Look | None]:
    for test in tests_of(rule):
        if name in facts_of(test):
            yield None if test.other else lambda value, test=test: holds(test, {name: value})  # type: ignore[misc]
    for part in simple_rules(rule):
        if name in own_facts(part):
            yield _look_of_part(part, name)


def _look_of_part(part: SimpleRule, name: str) -> Look | None:
    match part:
        case Lookup() | Bands():
            return lambda value: evaluate(part, {name: value})
        case Table():
            place = own_facts(part).index(name)
            named = {cell[place] for cell in part.cells}
            return lambda value: category if (category := category_of(value)) in named else None
        case _:
            return None
