"""What missing information could be worth: the lowest and the highest points over every way to complete it.

Where a rule moves by steps, each missing fact has finitely many values that matter; they are all tried, so both
bounds are attained. Where it moves continuously, or where there are too many combinations, bounds are composed
part by part: never too narrow, exact unless two parts read the same missing fact. What is attainable at all is
the same question asked of a candidature of which nothing is known.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice, product
from math import prod
from typing import Final

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.facts import MISSING, Fact, Missing, Value, is_withheld
from ami_scoring.domain.rules import (
    AnyRule,
    BestOf,
    Cases,
    Checklist,
    Row,
    SumOf,
    WorstOf,
    excludes_answers,
    facts_read,
    parts_of,
    simple_rules,
)
from ami_scoring.domain.scores import Range
from ami_scoring.domain.simple_rules import (
    Bands,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SimpleRule,
    Table,
    own_facts,
)
from ami_scoring.domain.words import tests_of, tests_within
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks.conditions import holds
from ami_scoring.scoring.marks.rules import clamped, evaluate
from ami_scoring.scoring.values import limits, values_that_matter

MAX_COMBINATIONS: Final = 4096


def possible_points(rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact]) -> Range:
    """Bound the points of a rule over every completion of the facts that it reads and that are missing."""
    return _bounds(rule, values, catalogue, open_facts(rule, values))


def open_facts(rule: AnyRule, values: Mapping[str, Value]) -> frozenset[str]:
    """Name the missing facts that a rule waits for: of one never given, that it is absent may be all that counts."""
    missing = (name for name in facts_read(rule) if isinstance(values[name], Missing))
    return frozenset(name for name in missing if is_withheld(values[name]) or reads_value(rule, name))


def unanswered_points(
    rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact], moved: frozenset[str]
) -> Range:
    """Bound the points of a rule where nothing that is missing comes, while others move what `moved` names."""
    return _bounds(rule, values, catalogue, moved)


def attainable_points(rule: AnyRule, catalogue: Mapping[str, Fact]) -> Range:
    """Bound the points of a rule over every candidature."""
    names = facts_read(rule)
    return _bounds(rule, dict.fromkeys(names, MISSING), catalogue, frozenset(names))


def _bounds(rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact], open_: frozenset[str]) -> Range:
    missing = [name for name in facts_read(rule) if name in open_] if open_ else []
    if not missing:
        points = evaluate(rule, values).points
        return Range(points, points)
    if _moves_by_steps(rule) and not _parts_stand_apart(rule, open_):
        tried = [list(values_that_matter(rule, catalogue[name], _unknown(values, name), values)) for name in missing]
        if prod(len(options) for options in tried) <= MAX_COMBINATIONS:
            outer = None if isinstance(rule, SimpleRule) else _composed(rule, values, catalogue, open_)
            return _over_completions(rule, values, missing, tried, outer)
    return _composed(rule, values, catalogue, open_)


def _moves_by_steps(rule: AnyRule) -> bool:
    match rule:
        case Linear() | PerUnit() | Judgement() | Relative():
            return False
        case _:
            return all(_moves_by_steps(part) for part in parts_of(rule))


def _parts_stand_apart(rule: AnyRule, open_: frozenset[str]) -> bool:
    """Say whether no two parts of a rule wait for one fact: their bounds then compose exactly, without trying all."""
    if not isinstance(rule, (BestOf, WorstOf, SumOf)):
        return False
    awaited = [name for part in rule.rules for name in facts_read(part) if name in open_]
    return len(awaited) == len(set(awaited))


def _over_completions(
    rule: AnyRule,
    values: Mapping[str, Value],
    missing: Sequence[str],
    tried: Sequence[Sequence[Value]],
    outer: Range | None,
) -> Range:
    """Try every completion, from both ends, where extremes often are, until the outer bounds, if any, are reached.

    Answers that exclude one another complete nothing.
    """
    every = list(product(*tried))
    reached: set[Fraction] = set()
    excludes = excludes_answers(rule)
    for early, late in islice(zip(every, reversed(every), strict=True), (len(every) + 1) // 2):
        for combination in (early, late):
            outcome = evaluate(rule, {**values, **dict(zip(missing, combination, strict=True))})
            if not (excludes and outcome.refused):
                reached.add(outcome.points)
        if outer and outer.low in reached and outer.high in reached:
            return outer
    return Range(min(reached, default=Fraction(0)), max(reached, default=Fraction(0)))


def _along_the_domain(rule: Linear | PerUnit, value: Missing, fact: Fact) -> Range:
    low, high = limits(value, fact)
    if isinstance(rule, Linear):
        inside = [k.at for k in rule.knots if (low is None or k.at >= low) and (high is None or k.at <= high)]
        ends = [end for end in (low, high) if end is not None]
        reached = [evaluate(rule, {rule.fact: at}).points for at in (*inside, *ends)]
    else:
        reached = [evaluate(rule, {rule.fact: rule.after if low is None else low}).points]
        reached.append(_per_unit_ceiling(rule, fact) if high is None else evaluate(rule, {rule.fact: high}).points)
    return Range(min(reached), max(reached))


def _per_unit_ceiling(rule: PerUnit, fact: Fact) -> Fraction:
    """Give the most points of a number without maximum: what a file may write, or what it is worked out from, ends."""
    if rule.points == 0:
        return clamped(Fraction(0), None, rule.at_most)
    if rule.points > 0 and rule.at_most is not None:
        return rule.at_most
    _, highest = fact.ends
    if rule.points < 0 or highest is None:
        msg = f"per_unit over {rule.fact} has no limit: checks should have refused it"
        raise ValueError(msg)
    return evaluate(rule, {rule.fact: highest}).points


def _composed(
    rule: AnyRule, values: Mapping[str, Value], catalogue: Mapping[str, Fact], open_: frozenset[str]
) -> Range:
    match rule:
        case SumOf():
            parts = [_bounds(part, values, catalogue, open_) for part in rule.rules]
            low, high = sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0))
        case BestOf() | WorstOf():
            pick = max if isinstance(rule, BestOf) else min
            parts = [_bounds(part, values, catalogue, open_) for part in rule.rules]
            low, high = pick(p.low for p in parts), pick(p.high for p in parts)
        case Checklist():
            lists = _independent(rule, open_)
            parts = [_bounds(part, values, catalogue, open_) if len(lists) > 1 else _at_large(part) for part in lists]
            low, high = sum((p.low for p in parts), Fraction(0)), sum((p.high for p in parts), Fraction(0))
        case Cases():
            rows, falls_through = _reachable(rule, values, open_)
            return _hull(
                [
                    *([Range(rule.otherwise, rule.otherwise)] if falls_through else []),
                    *(Range(row.points, row.points) for row in rows if row.points is not None),
                    *(_bounds(row.rule, values, catalogue, open_) for row in rows if row.rule is not None),
                ]
            )
        case Judgement():
            return _among_marks(rule, _unknown(values, own_facts(rule)[0]))
        case Relative():
            return _against_the_pool(rule, values)
        case Table():
            every = [*rule.by_categories.values(), *([] if rule.otherwise is None else [rule.otherwise])]
            return Range(min(every), max(every))
        case Bands():
            every = [band.points for band in rule.bands]
            return Range(min(every), max(every))
        case Lookup():
            every = [*rule.points.values(), *([] if rule.otherwise is None else [rule.otherwise])]
            return Range(min(every), max(every))
        case _:
            return _along_the_domain(rule, _unknown(values, rule.fact), catalogue[rule.fact])
    return Range(clamped(low, rule.at_least, rule.at_most), clamped(high, rule.at_least, rule.at_most))


def _among_marks(rule: Judgement, known: Missing) -> Range:
    """Bound a mark by those already given, where fewer than required are; else by the scale."""
    low, high = known.at_least, known.at_most
    return Range(rule.lowest if low is None else Fraction(low), rule.highest if high is None else Fraction(high))


def _against_the_pool(rule: Relative, values: Mapping[str, Value]) -> Range:
    """Compare a value with the ends of what the best of the pool could be: in between, points only go one way."""
    own, best, *others = (values[name] for name in own_facts(rule))
    nothing = Fraction(0)
    is_unknown = any(isinstance(value, Missing) for value in (own, *others))
    if is_unknown or not isinstance(best, Missing) or (best.at_least, best.at_most) == (None, None):
        return Range(min(nothing, rule.most), max(nothing, rule.most))
    ends = [
        nothing if end is None else evaluate(rule, {**values, own_facts(rule)[1]: end}).points
        for end in (best.at_least, best.at_most)
    ]
    return Range(min(ends), max(ends))


def _reachable(rule: Cases, values: Mapping[str, Value], open_: frozenset[str]) -> tuple[list[Row], bool]:
    """Give the rows that may decide, given what is known, and whether none of them may."""
    rows: list[Row] = []
    for row in rule.rows:
        asks_presence = any(test.operator == "present" and test.fact in open_ for test in tests_within(row.if_))
        answer = None if asks_presence else holds(row.if_, values)
        if answer is not False:
            rows.append(row)
        if answer:
            return rows, False
    return rows, True


def _hull(ranges: Sequence[Range]) -> Range:
    return Range(min(each.low for each in ranges), max(each.high for each in ranges))


def _independent(rule: Checklist, open_: frozenset[str]) -> list[Checklist]:
    """Split a checklist into lists that share neither an open fact nor an exclusive group: each moves on its own."""
    groups = [({place}, {*facts_of(item.if_)} & open_) for place, item in enumerate(rule.items)]
    groups.extend((set(rivals), {f"exclusive {number}"}) for number, rivals in enumerate(rule.rivals))
    apart: list[tuple[set[int], set[str]]] = []
    for places, shared in groups:
        linked = [group for group in apart if group[0] & places or group[1] & shared]
        apart = [group for group in apart if group not in linked]
        apart.append((places.union(*(group[0] for group in linked)), shared.union(*(group[1] for group in linked))))
    return [
        # Its parts were read already: to read them again would build a validator that nothing else asks for.
        Checklist.model_construct(
            kind="checklist", items=[rule.items[place] for place in sorted(places)], exclusive=rule.exclusive
        )
        for places, _ in apart
        if places
    ]


def _at_large(rule: Checklist) -> Range:
    gains, nothing = [item.points for item in rule.items], Fraction(0)
    return Range(
        sum((min(gain, nothing) for gain in gains), nothing), sum((max(gain, nothing) for gain in gains), nothing)
    )


def _unknown(values: Mapping[str, Value], name: str) -> Missing:
    """Give what is known of a fact that is still open."""
    value = values[name]
    assert isinstance(value, Missing)  # noqa: S101 - only missing facts are open
    return value


def reads_value(rule: AnyRule, name: str) -> bool:
    """Say whether more than the presence of a fact counts."""
    tested = any(name in facts_of(test) and test.operator != "present" for test in tests_of(rule))
    return tested or any(name in own_facts(part) for part in simple_rules(rule))
