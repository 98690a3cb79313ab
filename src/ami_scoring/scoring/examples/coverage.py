"""What the examples of a policy exercise, and what to add for them to exercise all of it.

A place is the path of a branch in the file. Those of a rule are exercised by the examples of its criterion and by whole
candidatures; gates and caps of criteria made of others, by whole candidatures alone. Ranking and selection have no
examples.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ami_scoring.domain.computed import COMPUTED
from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.scoring.checks import given_values
from ami_scoring.scoring.examples.branches import branches, takes
from ami_scoring.scoring.marks import facts_used, holds, score, with_operands
from ami_scoring.scoring.words import Path

MET, UNMET, CAPPED = "<met>", "<unmet>", "capped"


class Proposal(NamedTuple):
    """An example to add to the examples of the node at `owner`: a criterion, or the whole policy."""

    owner: Path
    example: Mapping[str, Any]
    """As a file would give it."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """The places of a policy, those that no example exercises, and the examples to add."""

    places: tuple[Path, ...]
    missed: tuple[Path, ...]
    proposals: tuple[Proposal, ...] = ()
    out_of_reach: tuple[Path, ...] = ()
    """Of the places missed, those for which no example was found."""


def measure(criteria: Criteria) -> Coverage:
    """Say which places of a policy without errors its examples exercise."""
    places = tuple(places_of(criteria))
    seen = exercised(criteria, places)
    return Coverage(places, tuple(place for place in places if place not in seen))


def places_of(criteria: Criteria) -> Iterator[Path]:
    """Name every place of a policy that an example can exercise, in the order of the file's sections."""
    for place, computed in enumerate(criteria.computed):
        path: Path = ("computed", place)
        rule = computed.rule
        yield from [path] if rule is None else ((*path, "rule", *each) for each in branches(rule, criteria.catalogue))
    for place in range(len(criteria.eligibility)):
        yield from (("eligibility", place, end) for end in (MET, UNMET))
    for node, path in nodes_of(criteria):
        if node.rule is not None:
            yield from ((*path, "rule", *branch) for branch in branches(node.rule, criteria.catalogue))
        elif node.capped:
            yield (*path, CAPPED)


def nodes_of(criteria: Criteria) -> Iterator[tuple[Criterion, Path]]:
    """Give every criterion with its path, in the order of the file."""

    def walk(nodes: Iterable[Criterion], above: Path) -> Iterator[tuple[Criterion, Path]]:
        for place, node in enumerate(nodes):
            yield node, (*above, "criteria", place)
            yield from walk(node.criteria or (), (*above, "criteria", place))

    return walk(criteria.criteria, ())


def exercised(criteria: Criteria, places: Iterable[Path]) -> set[Path]:
    """Say which of these places some example exercises."""
    wanted = list(places)
    seen: set[Path] = set()
    for node, path in nodes_of(criteria):
        if node.rule is not None:
            for example in node.examples:
                seen |= taken_by_example(criteria, node.rule, path, example.given, wanted)
    for whole in criteria.examples:
        seen |= taken_by_candidature(criteria, whole.given, wanted)
    return seen


def taken_by_example(
    criteria: Criteria, rule: AnyRule, path: Path, given: Mapping[str, Any], wanted: Iterable[Path]
) -> set[Path]:
    """Say which places an example of a criterion exercises: branches of its rule, and facts that it works out."""
    values, _ = given_values(given, with_operands(facts_read(rule), criteria), path, criteria)
    below = len(path) + 1
    own = {place for place in wanted if place[:below] == (*path, "rule") and takes(rule, place[below:], values)}
    return own | _worked_out(criteria, given, values, wanted)


def taken_by_candidature(criteria: Criteria, given: Mapping[str, Any], wanted: Iterable[Path]) -> set[Path]:
    """Say which places an example of a whole candidature exercises."""
    values, _ = given_values(given, facts_used(criteria), (), criteria)
    gates = {(True, MET), (False, UNMET)}
    entered = [holds(gate.require, values) for gate in criteria.eligibility]
    seen = {place for place in wanted if place[0] == "eligibility" and (entered[int(place[1])], place[2]) in gates}
    card = score(criteria, values)
    for node, path in nodes_of(criteria):
        below = len(path) + 1
        if node.rule is not None:
            mine = (place for place in wanted if place[:below] == (*path, "rule"))
            seen.update(place for place in mine if takes(node.rule, place[below:], values))
        elif node.capped:
            parts = [card.marks[child.id].points for child in node.criteria or ()]
            known = [points for points in parts if points is not None]
            if len(known) == len(parts) and sum(known) > node.weight:
                seen.add((*path, CAPPED))
    return seen | _worked_out(criteria, given, values, wanted)


def _worked_out(
    criteria: Criteria, given: Mapping[str, Any], values: Mapping[str, Value], wanted: Iterable[Path]
) -> set[Path]:
    """Say which computed facts are worked out, rather than given, and by which branch of their rule."""
    seen: set[Path] = set()
    for place in wanted:
        if place[0] != "computed":
            continue
        computed = criteria.computed[int(place[1])]
        name = f"{COMPUTED}{computed.name}"
        if given.get(name) is not None or isinstance(values.get(name, Missing()), Missing):
            continue
        if computed.rule is None or takes(computed.rule, place[3:], values):
            seen.add(place)
    return seen
