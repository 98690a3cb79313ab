"""Worked examples: the policy carries its own tests, under each criterion and for whole candidatures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import Any

from ami_scoring.domain.comparisons import settled
from ami_scoring.domain.criteria import Criteria, Example, WholeExample
from ami_scoring.domain.declared import parse_example
from ami_scoring.domain.facts import MISSING, Fact, Opinions, Value
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.rules import AnyRule, facts_read
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.simple_rules import OPINIONS
from ami_scoring.exact import Fraction
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import add_computed, facts_used, holds, possible_points, scorer, with_operands
from ami_scoring.scoring.words import Path, error, points_word, refused, unknown_fact

Score = Callable[[Mapping[str, Value]], ScoreCard]


def check_examples(examples: Sequence[Example], rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    """Run the examples of a rule, under the key `examples` of its criterion."""
    names = with_operands(facts_read(rule), criteria) if examples else ()
    for place, example in enumerate(examples):
        yield from _check(example, rule, names, (*path, "examples", place), criteria)


def check_example(example: Example, rule: AnyRule, path: Path, criteria: Criteria) -> Iterator[Problem]:
    """Run one example of a rule: the points expected must be those obtained, whatever is left unsaid."""
    yield from _check(example, rule, with_operands(facts_read(rule), criteria), path, criteria)


def _check(example: Example, rule: AnyRule, names: Iterable[str], path: Path, criteria: Criteria) -> Iterator[Problem]:
    values, problems = given_values(example.given, names, path, criteria)
    yield from problems
    if problems:
        return
    reach = possible_points(rule, values, criteria.catalogue)
    obtained: object = reach.low
    if not reach.is_single and reach.low <= example.points <= reach.high:
        yield _undecided(path, reach.low, reach.high)
        return
    if not reach.is_single:
        obtained = Message("de {low} à {high}", {"low": reach.low, "high": reach.high})
    if obtained != example.points:
        yield error(
            "example-fails",
            (*path, "points"),
            "L'exemple attend {expected} ; la règle en donne {obtained}.",
            expected=points_word(example.points),
            obtained=obtained,
        )


def check_whole_examples(criteria: Criteria) -> Iterator[Problem]:
    """Run the examples of whole candidatures: a total, and the points of any criterion."""
    names = facts_used(criteria) if criteria.examples else ()
    score = cache(lambda: scorer(criteria))
    for place, example in enumerate(criteria.examples):
        yield from _check_whole(example, names, ("examples", place), criteria, score)


def given_values(
    given: Mapping[str, Any], names: Iterable[str], path: Path, criteria: Criteria
) -> tuple[dict[str, Value], list[Problem]]:
    """Read the facts that an example gives, all others missing; and what is wrong in them.

    A parameter that has only ever one value need not be given.
    """
    values: dict[str, Value] = {name: _fixed(criteria.catalogue.get(name)) for name in names}
    problems: list[Problem] = []
    for name, raw in given.items():
        place = (*path, "given", name)
        fact = criteria.catalogue.get(name)
        if fact is None:
            problems.append(unknown_fact(name, place))
        elif name not in values:
            problems.append(error("example-idle", place, "Rien ici ne lit « {name} ».", name=name))
        else:
            try:
                value = MISSING if raw is None else parse_example(fact, _marks(name, raw, criteria))
                values[name] = _settled(name, value, criteria) if isinstance(value, Opinions) else value
            except RefusalError as refusal:
                problems.append(refused(refusal, place))
    add_computed(criteria, values)
    return values, problems


def _fixed(fact: Fact | None) -> Value:
    return fact.settings[0] if fact is not None and len(fact.settings) == 1 else MISSING


def _marks(name: str, raw: Any, criteria: Criteria) -> Any:
    """Put marks in place of the levels that an example names."""
    rule = criteria.judgements.get(name.removeprefix(OPINIONS)) if name.startswith(OPINIONS) else None
    if rule is None or not rule.tiers:
        return raw
    written = raw if isinstance(raw, list) else [raw]
    marks = [rule.mark_of(each) if isinstance(each, str) else None for each in written]
    return [each if mark is None else mark for mark, each in zip(marks, written, strict=True)]


def _settled(name: str, opinions: Opinions, criteria: Criteria) -> Value:
    rule = criteria.judgements[name.removeprefix(OPINIONS)]
    off = next((mark for mark in opinions.marks if not rule.takes(mark)), None)
    if off is not None:
        raise RefusalError(
            "mark-off-scale",
            "Une note de {low} à {high} est attendue, au pas déclaré ; pas {mark}.",
            {"low": str(rule.lowest), "high": str(rule.highest), "mark": str(off)},
        )
    return settled(rule, opinions)


def _check_whole(
    example: WholeExample, names: Iterable[str], path: Path, criteria: Criteria, score: Callable[[], Score]
) -> Iterator[Problem]:
    values, problems = given_values(example.given, names, path, criteria)
    for name in example.points:
        if name not in criteria.by_id:
            message = Message("Aucun critère n'a pour « id » « {name} ».", {"name": name})
            problems.append(Problem("unknown-criterion", Severity.ERROR, (*path, "points", name), message))
    yield from problems
    if problems:
        return
    if example.refused is not None:
        yield from _check_refusal(example.refused, values, (*path, "refused"), criteria)
        return
    if refusing := refusing_gates(criteria, values):
        yield error(
            "example-fails",
            (*path, "total"),
            "L'exemple attend un total, mais la recevabilité le refuse ({gates}) : écrivez « refused » à la place.",
            gates=refusing,
        )
        return
    card = score()(values)
    if card.total is None:
        yield _undecided(path, card.low, card.high)
    elif card.total != example.total:
        yield error(
            "example-fails",
            (*path, "total"),
            "L'exemple attend un total de {expected} ; les critères donnent {obtained} ({parts}).",
            expected=example.total,
            obtained=card.total,
            parts=[
                Message("{id} {points}", {"id": root.id, "points": card.marks[root.id].points})
                for root in criteria.criteria
            ],
        )
    for name, expected in example.points.items():
        obtained = card.marks[name].points
        if obtained is not None and obtained != expected:
            yield error(
                "example-fails",
                (*path, "points", name),
                "L'exemple attend {expected} ; le critère en donne {obtained}.",
                expected=points_word(expected),
                obtained=obtained,
            )


def refusing_gates(criteria: Criteria, values: Mapping[str, Value]) -> list[str]:
    """Name the gates that what is known closes, by id; one that still waits for a fact refuses nobody here."""
    return [gate.id for gate in criteria.eligibility if holds(gate.require, values) is False]


def _check_refusal(
    expected: Iterable[str], values: Mapping[str, Value], path: Path, criteria: Criteria
) -> Iterator[Problem]:
    obtained = refusing_gates(criteria, values)
    if set(obtained) != set(expected):
        yield error(
            "example-fails",
            path,
            "L'exemple attend un refus par {expected} ; les conditions qui refusent : {obtained}.",
            expected=list(expected),
            obtained=obtained or "aucune",
        )


def _undecided(path: Path, low: Fraction, high: Fraction) -> Problem:
    return error(
        "example-undecided",
        (*path, "given"),
        "Cet exemple ne dit pas tout : selon ce qui manque, il vaut de {low} à {high}.",
        low=low,
        high=points_word(high),
    )
