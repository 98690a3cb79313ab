"""What would have sufficed: the smallest change of one criterion that gives a candidature the place it lacked.

Solves v* = v + (what is lacking) for one criterion at a time, the others being what they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.rules import Checklist
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.selection import Scale
from ami_scoring.domain.simple_rules import Bands, Judgement, Linear, Lookup, PerUnit
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import holds, pool_rules
from ami_scoring.scoring.places import raw_total, threshold_points, threshold_value
from ami_scoring.scoring.sufficient.memory import Memory
from ami_scoring.scoring.sufficient.targets import Changes, Search, Target
from ami_scoring.scoring.sufficient.ways import ways

_ALONE: Final = (Lookup, Bands, Linear, PerUnit, Checklist, Judgement)
"""Rules that are only changed to give the points aimed at: beyond their highest mark, nothing is to be looked for."""
WAYS: Final = 3
"""How many ways are told of one criterion, at most."""


def what_would_suffice(
    criteria: Criteria,
    card: ScoreCard,
    gaps: Sequence[Fraction],
    works: Callable[[Changes], bool],
    memory: Memory | None = None,
) -> Iterator[tuple[Criterion, Message]]:
    """Give, for each criterion that could by itself fill a gap in the total, or pass its threshold, what it takes.

    Gaps are tried from the first, until one does.

    `works` is asked about each change of facts before it is told: it scores and selects anew. `memory` is what was
    found for other candidatures of the same policy.
    """
    search = Search(dict(card.values), criteria.catalogue, works, memory or Memory(criteria))
    for leaf in criteria.leaves:
        mark = card.marks[leaf.id]
        if leaf.rule is None or mark.mark is None or mark.appraisal is None or not leaf.scale:
            continue
        for lack, strict in lacks(criteria, card, leaf, gaps):
            target = Target(mark.mark + lack, strict)
            if isinstance(leaf.rule, _ALONE) and not leaf.open_ended and not target.met(leaf.top):
                continue
            found = ways(leaf.rule, mark.appraisal.outcome, target, search)
            told = list(islice(dict.fromkeys(map(str, found)), WAYS))
            if told:
                yield leaf, Message("{ways}", {"ways": " ; ou ".join(told)})
                break


def is_out_of_reach(criteria: Criteria, card: ScoreCard, gap: Fraction) -> bool:
    """Say whether no criterion of the first level could fill a gap in the total by itself, even with all its points."""
    if pool_rules(criteria) or criteria.selection.quotas or criteria.selection.budget is not None:
        return False
    return not any(
        root.most is None or points is None or root.most - points >= gap
        for root in criteria.criteria
        for points in [card.marks[root.id].points]
    )


def unmet_thresholds(criteria: Criteria, card: ScoreCard) -> tuple[str, ...]:
    """Name the criteria under their threshold: they refuse a candidature whatever its total."""
    labels = []
    for threshold in criteria.selection.thresholds:
        value, least = threshold_value(threshold, card), threshold_points(threshold, criteria)
        if value is not None and (value < least or (threshold.strict and value == least)):
            labels.append(criteria.by_id[threshold.criterion].label)
    return tuple(dict.fromkeys(labels))


def least_total(criteria: Criteria, card: ScoreCard) -> tuple[Fraction, bool] | None:
    """Give the highest of the minimums of the total that concern a candidature, and whether it must be exceeded."""
    selection = criteria.selection
    bars = [(floor.at_least, floor.strict) for floor in selection.floors if holds(floor.when, card.values)]
    if selection.minimum is not None:
        bars.append((selection.minimum, selection.minimum_strict))
    return max(bars, default=None)


def lacks(
    criteria: Criteria, card: ScoreCard, leaf: Criterion, gaps: Sequence[Fraction]
) -> Iterator[tuple[Fraction, bool]]:
    """Give what a mark lacks, from the least: to pass the thresholds, to fill the gap too, and to exceed it.

    Where quotas decide, the least gap may not do: those after it are aimed at in their turn.
    """
    found = []
    for threshold in criteria.selection.thresholds:
        value = threshold_value(threshold, card)
        if value is not None and leaf.id in _below(criteria.by_id[threshold.criterion]):
            is_own = threshold.on is Scale.MARK and threshold.criterion == leaf.id
            found.append((threshold_points(threshold, criteria) - value) / (1 if is_own else leaf.scale))
    raw, least = raw_total(card, criteria), criteria.selection.minimum_mark
    if raw is not None and least is not None:
        found.append((least - raw) / (1 if leaf in criteria.criteria else leaf.scale))
    under = max(found, default=Fraction(0))
    wholes = dict.fromkeys(max(under, gap / leaf.scale, Fraction(0)) for gap in gaps)
    aims = [(under, False), *((whole, strict) for whole in wholes for strict in (False, True))]
    yield from ((lack, strict) for lack, strict in dict.fromkeys(aims) if strict or lack > 0)


def _below(criterion: Criterion) -> Iterator[str]:
    yield criterion.id
    for child in criterion.criteria or ():
        yield from _below(child)
