"""The branches of a rule: every way in which it gives points, each named by the keys that lead to it in the file.

An end that is not a key of the file is written `<…>`: no key looks like that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ami_scoring.domain.facts import Fact, Missing, Value, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import AnyRule, BestOf, Cases, Checklist, SumOf, WorstOf
from ami_scoring.domain.simple_rules import (
    Aggregate,
    Bands,
    Cell,
    End,
    Judgement,
    Linear,
    Lookup,
    Outside,
    PerUnit,
    Relative,
    SimpleRule,
    Table,
    own_facts,
)
from ami_scoring.exact import Fraction
from ami_scoring.scoring.checks import categories_of
from ami_scoring.scoring.marks import counted_items, evaluate, holds, slices
from ami_scoring.scoring.words import Path

BEFORE, BEYOND, NOTHING, COUNTED, CAPPED = "<before>", "<beyond>", "<nothing>", "<counted>", "at_most"
BEST, BEHIND, TOGETHER, FLOORED, OTHERWISE = "<best>", "<behind>", "<together>", "at_least", "otherwise"
Group = Checklist | BestOf | WorstOf | SumOf


def branches(rule: AnyRule, catalogue: Mapping[str, Fact]) -> Iterator[Path]:
    """Name every branch of a rule and of the rules below it, in the order of the file."""
    match rule:
        case Lookup():
            yield from (("points", key) for key in rule.points)
            if rule.otherwise is not None and not _all_scored(rule, catalogue[rule.fact]):
                yield (OTHERWISE,)
        case Table():
            yield from (
                ("points", row, column)
                for row, cells in rule.points.items()
                for column, points in cells.items()
                if points is not Cell.IMPOSSIBLE
            )
            if rule.otherwise is not None and not _all_cells_scored(rule, catalogue):
                yield (OTHERWISE,)
        case Bands():
            yield from (("bands", place) for place in range(len(rule.bands)))
        case Linear():
            yield from _segments(rule, catalogue[rule.fact])
        case PerUnit():
            yield from ((end,) for end in (NOTHING, COUNTED))
            if rule.at_most is not None:
                yield (CAPPED,)
        case Judgement():
            yield (TOGETHER,)
        case Relative():
            ranks = len(rule.by_rank or ())
            yield from (("by_rank", place) for place in range(ranks))
            yield from [(OTHERWISE,)] if ranks else ((end,) for end in (BEST, BEHIND))
        case Checklist():
            yield from (("items", place) for place in range(len(rule.items)))
            yield from _limits(rule)
        case Cases():
            for place, row in enumerate(rule.rows):
                inner = [()] if row.rule is None else [("rule", *each) for each in branches(row.rule, catalogue)]
                yield from (("rows", place, *each) for each in inner)
            yield (OTHERWISE,)
        case BestOf() | WorstOf() | SumOf():
            for place, part in enumerate(rule.rules):
                if not isinstance(rule, SumOf):
                    yield ("rules", place)
                yield from (("rules", place, *each) for each in branches(part, catalogue))
            yield from _limits(rule)


def takes(rule: AnyRule, branch: Path, values: Mapping[str, Value]) -> bool | None:
    """Say whether facts take a branch; None as long as a missing fact could decide it either way."""
    match rule:
        case Checklist() | BestOf() | WorstOf() | SumOf():
            return _group_takes(rule, branch, values)
        case Cases():
            return _cases_take(rule, branch, values)
        case _:
            known = [values[name] for name in own_facts(rule)]
            return None if any(isinstance(value, Missing) for value in known) else _simple_takes(rule, branch, known)


def leaning(rule: AnyRule, branch: Path, values: Mapping[str, Value]) -> Fraction | None:
    """Say how far facts lean towards a branch that an amount decides; None where none does."""
    match rule:
        case Cases() if branch[:1] == ("rows",):
            below = rule.rows[int(branch[1])].rule
            return None if below is None else leaning(below, branch[3:], values)
        case BestOf() | WorstOf() | SumOf() if len(branch) > 2:
            return leaning(rule.rules[int(branch[1])], branch[2:], values)
        case BestOf() | WorstOf() if branch[0] == "rules":
            parts = [evaluate(part, values).points for part in rule.rules]
            own, others = parts.pop(int(branch[1])), parts or [Fraction(0)]
            return own - max(others) if isinstance(rule, BestOf) else min(others) - own
        case Checklist() | BestOf() | WorstOf() | SumOf() if branch[0] in {CAPPED, FLOORED}:
            raw = _raw(rule, values)
            return raw if branch[0] == CAPPED else -raw
        case _:
            return None


def _simple_takes(rule: SimpleRule, branch: Path, known: list[Any]) -> bool:
    value, last = known[0], branch[-1]
    match rule:
        case Lookup():
            category = category_of(value)
            return category not in rule.by_category if last == OTHERWISE else category == fold(str(last))
        case Table():
            cell = (category_of(value), category_of(known[1]))
            return cell not in rule.cells if last == OTHERWISE else cell == tuple(map(fold, map(str, branch[1:])))
        case Bands():
            return next((place for place, band in enumerate(rule.bands) if band.holds(value)), None) == last
        case Linear():
            return _segment_of(rule, value) == branch
        case PerUnit():
            count = slices(rule, value)
            capped = rule.at_most is not None and count * rule.points > rule.at_most
            return last == (CAPPED if capped else COUNTED if count else NOTHING)
        case Judgement():
            return rule.aggregate is Aggregate.CONSENSUS or len(set(value.marks)) > 1
        case Relative():
            best = known[1]
            if rule.by_rank:
                return bool(best > len(rule.by_rank) if last == OTHERWISE else best - 1 == last)
            return bool(value == best if last == BEST else value > best if rule.best is End.LOWEST else value < best)


def _group_takes(rule: Group, branch: Path, values: Mapping[str, Value]) -> bool | None:
    if isinstance(rule, Checklist) and branch[0] == "items":
        return _item_counts(rule, int(branch[1]), values)
    if not isinstance(rule, Checklist) and len(branch) > 2:
        return takes(rule.rules[int(branch[1])], branch[2:], values)
    outcome = evaluate(rule, values)
    if outcome.missing:
        return None
    if branch[0] == "rules":
        return outcome.branch == branch[1]
    raw = _raw(rule, values)
    limit = rule.at_most if branch[0] == CAPPED else rule.at_least
    return limit is not None and (raw > limit if branch[0] == CAPPED else raw < limit)


def _item_counts(rule: Checklist, place: int, values: Mapping[str, Value]) -> bool | None:
    answer = holds(rule.items[place].if_, values)
    rivals = {other for group in rule.rivals if place in group for other in group} - {place}
    if not answer or not rivals:
        return answer
    if any(holds(rule.items[other].if_, values) is None for other in rivals):
        return None
    return counted_items(rule, evaluate(rule, values).parts)[place]


def _raw(rule: Group, values: Mapping[str, Value]) -> Fraction:
    """Give the points of a rule made of others before its cap and its floor."""
    outcome = evaluate(rule, values)
    match rule:
        case Checklist():
            counted = counted_items(rule, outcome.parts)
            gains = (part.points for part, counts in zip(outcome.parts, counted, strict=True) if counts)
            return sum(gains, Fraction(0))
        case SumOf():
            return sum((part.points for part in outcome.parts), Fraction(0))
        case BestOf() | WorstOf():
            return outcome.parts[outcome.branch].points


def _cases_take(rule: Cases, branch: Path, values: Mapping[str, Value]) -> bool | None:
    doubt = False
    for place, row in enumerate(rule.rows):
        answer = holds(row.if_, values)
        if branch[:2] == ("rows", place):
            inner = True if row.rule is None else takes(row.rule, branch[3:], values)
            if answer is False or inner is False:
                return False
            return None if doubt or answer is None else inner
        if answer:
            return False
        doubt = doubt or answer is None
    return None if doubt else True


def _segments(rule: Linear, fact: Fact) -> Iterator[Path]:
    first, last = rule.knots[0].at, rule.knots[-1].at
    clamps = rule.outside is Outside.CLAMP
    if clamps and (fact.minimum is None or fact.minimum < first):  # type: ignore[operator] # a number: checks say so
        yield ("knots", 0, BEFORE)
    yield from (("knots", place) for place in range(len(rule.knots) - 1))
    if clamps and (fact.maximum is None or fact.maximum > last):  # type: ignore[operator]
        yield ("knots", len(rule.knots) - 1, BEYOND)


def _segment_of(rule: Linear, value: Any) -> Path:
    """Name the segment of a value; a knot belongs to the segment that it begins, the last to the one that it ends."""
    knots = rule.knots
    if value < knots[0].at:
        return ("knots", 0, BEFORE)
    if value > knots[-1].at:
        return ("knots", len(knots) - 1, BEYOND)
    return ("knots", max(place for place, knot in enumerate(knots[:-1]) if knot.at <= value))


def _limits(rule: Group) -> Iterator[Path]:
    yield from ((name,) for name in (CAPPED, FLOORED) if getattr(rule, name) is not None)


def _all_scored(rule: Lookup, fact: Fact) -> bool:
    possible = categories_of(fact)
    return possible is not None and set(possible) <= set(rule.by_category)


def _all_cells_scored(rule: Table, catalogue: Mapping[str, Fact]) -> bool:
    rows, columns = (categories_of(catalogue[name]) for name in (rule.rows, rule.columns))
    if rows is None or columns is None:
        return False
    return {(row, column) for row in rows for column in columns} <= set(rule.cells)
