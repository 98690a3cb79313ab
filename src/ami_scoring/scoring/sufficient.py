"""What would have sufficed: the smallest change of one fact that gives a criterion the points it lacked.

Solves v* = v + (gap to the cut) for one criterion at a time, the others being what they are, and says v* in the
units of the fact that the rule reads.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise
from math import ceil

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.facts import Fact, FactType, Missing, Value, category_of
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.rules import (
    AnyRule,
    Bands,
    BestOf,
    Cases,
    Checklist,
    Counting,
    Judgement,
    Linear,
    Lookup,
    PerUnit,
    Relative,
    SumOf,
    Table,
    WorstOf,
    own_facts,
)
from ami_scoring.domain.scores import Outcome, ScoreCard
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.rules import clamped, counted_items
from ami_scoring.scoring.wording import Catalogue, band_word, condition_word, number_word


def what_would_suffice(criteria: Criteria, card: ScoreCard, gap: Fraction) -> Iterator[tuple[Criterion, Message]]:
    """Give, for each criterion that could fill a gap in the total by itself, what it would have taken.

    Criteria under a cap are left out: raising one there may add nothing.
    """
    free = {c.id for root in criteria.criteria for c in _uncapped(root)}
    for leaf in criteria.leaves:
        mark = card.marks[leaf.id]
        if leaf.id not in free or leaf.rule is None or mark.mark is None or mark.appraisal is None or not leaf.scale:
            continue
        needed = mark.mark + gap / leaf.scale
        ways = list(
            dict.fromkeys(
                str(way) for way in _ways(leaf.rule, mark.appraisal.outcome, card.values, needed, criteria.catalogue)
            )
        )
        if ways:
            yield leaf, Message("{ways}", {"ways": " ; ou ".join(ways[:3])})


def _uncapped(criterion: Criterion) -> Iterator[Criterion]:
    if not criterion.capped:
        yield criterion
        for child in criterion.criteria or ():
            yield from _uncapped(child)


def _ways(
    rule: AnyRule, outcome: Outcome, values: Mapping[str, Value], needed: Fraction, catalogue: Catalogue
) -> Iterator[Message]:
    if isinstance(rule, (BestOf, WorstOf, SumOf)) and clamped(needed, rule.at_least, rule.at_most) != needed:
        return
    match rule:
        case Lookup():
            names = [name for name, points in rule.points.items() if points >= needed]
            if names:
                yield _with(catalogue[rule.fact], " ou ".join(names))
        case Bands():
            enough = [band for band in rule.bands if band.points >= needed]
            if enough:
                least = min(enough, key=lambda band: band.points)
                yield _with(catalogue[rule.fact], band_word(catalogue[rule.fact], least))
        case Linear():
            yield from _on_a_line(rule, needed, catalogue[rule.fact])
        case PerUnit():
            yield from _with_more_units(rule, needed, catalogue[rule.fact])
        case Checklist():
            yield from _with_more_items(rule, outcome, needed)
        case Cases():
            yield from _in_another_case(rule, outcome, values, needed, catalogue)
        case Table():
            yield from _in_another_cell(rule, values, needed, catalogue)
        case BestOf():
            for part, found in zip(rule.rules, outcome.parts, strict=True):
                yield from _ways(part, found, values, needed, catalogue)
        case SumOf():
            for part, found in zip(rule.rules, outcome.parts, strict=True):
                yield from _ways(part, found, values, found.points + needed - outcome.points, catalogue)
        case Judgement() | Relative():
            return
        case WorstOf():
            low = [i for i, found in enumerate(outcome.parts) if found.points < needed]
            if len(low) == 1:
                yield from _ways(rule.rules[low[0]], outcome.parts[low[0]], values, needed, catalogue)


def _with(fact: Fact, words: str) -> Message:
    return Message("« {label} » : {words}", {"label": fact.label, "words": words})


def _in_another_case(
    rule: Cases, outcome: Outcome, values: Mapping[str, Value], needed: Fraction, catalogue: Catalogue
) -> Iterator[Message]:
    for place, row in enumerate(rule.rows):
        if row.points is not None and row.points >= needed:
            yield Message("{condition}", {"condition": condition_word(row.if_, catalogue)})
        elif row.rule is not None and place == outcome.branch and outcome.parts:
            yield from _ways(row.rule, outcome.parts[0], values, needed, catalogue)


def _in_another_cell(
    rule: Table, values: Mapping[str, Value], needed: Fraction, catalogue: Catalogue
) -> Iterator[Message]:
    read = {name: values[name] for name in own_facts(rule)}
    row, column = ("" if isinstance(value, Missing) else category_of(value) for value in read.values())
    rows = [name for name in rule.points if rule.by_categories.get((fold(name), column), needed - 1) >= needed]
    shown = dict.fromkeys(name for cells in rule.points.values() for name in cells)
    columns = [name for name in shown if rule.by_categories.get((row, fold(name)), needed - 1) >= needed]
    for name, words in ((rule.rows, rows), (rule.columns, columns)):
        if words:
            yield _with(catalogue[name], " ou ".join(words))


def _on_a_line(rule: Linear, needed: Fraction, fact: Fact) -> Iterator[Message]:
    for left, right in pairwise(rule.knots):
        low, high = sorted((left.points, right.points))
        if left.points != right.points and low <= needed <= high:
            at = left.at + (needed - left.points) * (right.at - left.at) / (right.points - left.points)
            rising = right.points > left.points
            if fact.type is FactType.INTEGER:
                at = Fraction(ceil(at) if rising else int(at // 1))
            words = "au moins {}" if rising else "au plus {}"
            yield _with(fact, words.format(number_word(fact, at)))
            return


def _with_more_units(rule: PerUnit, needed: Fraction, fact: Fact) -> Iterator[Message]:
    if rule.points <= 0 or needed <= 0 or (rule.at_most is not None and needed > rule.at_most):
        return
    count = needed / rule.points
    if rule.count is Counting.EXACT:
        yield _with(fact, f"au moins {number_word(fact, rule.after + count * rule.every)}")
    elif rule.count is Counting.COMPLETED:
        yield _with(fact, f"au moins {number_word(fact, rule.after + ceil(count) * rule.every)}")
    else:
        yield _with(fact, f"plus de {number_word(fact, rule.after + (ceil(count) - 1) * rule.every)}")


def _with_more_items(rule: Checklist, outcome: Outcome, needed: Fraction) -> Iterator[Message]:
    rivals = {place for group in rule.rivals for place in group}
    counted = counted_items(rule, outcome.parts)
    reached = sum((part.points for part, counts in zip(outcome.parts, counted, strict=True) if counts), Fraction(0))
    for place, (item, part) in enumerate(zip(rule.items, outcome.parts, strict=True)):
        if not part.met and place not in rivals:
            gained = clamped(reached + item.points, rule.at_least, rule.at_most)
            if gained >= needed:
                yield Message("« {label} »", {"label": item.label})
