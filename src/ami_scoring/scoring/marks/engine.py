"""From facts to a score card. Raw marks come first, apart from weights, so that re-weighting never re-runs a rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import Any, NamedTuple

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import MISSING, AsWritten, Case, Fact, Missing, Value, is_withheld
from ami_scoring.domain.rules import facts_read, simple_rules
from ami_scoring.domain.scores import Appraisal, Mark, ScoreCard
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.simple_rules import Relative
from ami_scoring.domain.ties import CriterionTie, FactTie
from ami_scoring.scoring.marks.adding import adder
from ami_scoring.scoring.marks.alike import look_of
from ami_scoring.scoring.marks.comparing import Pools
from ami_scoring.scoring.marks.completions import possible_points, unanswered_points
from ami_scoring.scoring.marks.computing import add_computed, with_operands
from ami_scoring.scoring.marks.joint import Markers, Sharing, joint
from ami_scoring.scoring.marks.pools import awaits_pool, opened, spread_of
from ami_scoring.scoring.marks.remembering import MOST_KEPT, by_facts, by_looks
from ami_scoring.scoring.marks.rules import clamped, evaluate
from ami_scoring.scoring.marks.withheld import withholder


def facts_used(criteria: Criteria) -> tuple[str, ...]:
    """Name the facts that the policy reads anywhere: gates, rules, ties. Others are never computed."""
    gates = (name for gate in criteria.eligibility for name in facts_of(gate.require))
    rules = (name for leaf in criteria.leaves if leaf.rule for name in facts_read(leaf.rule))
    ties = [tie.fact for tie in criteria.ranking.ties if isinstance(tie, FactTie)]
    ties += [] if criteria.ranking.uncovered is None else [criteria.ranking.uncovered]
    return with_operands((*gates, *rules, *ties, *_selection_facts(criteria.selection)), criteria)


def _selection_facts(selection: Selection) -> Iterator[str]:
    for when in [*(quota.when for quota in selection.quotas), *(floor.when for floor in selection.floors)]:
        yield from facts_of(when)
    if selection.budget is not None:
        yield selection.budget.ask
        for envelope in selection.budget.envelopes:
            yield from facts_of(envelope.when)
            yield from (tie.fact for tie in envelope.order if isinstance(tie, FactTie))


def reader(names: Iterable[str], criteria: Criteria) -> Callable[[Case], dict[str, Value]]:
    """Make a function that reads facts from a candidature in its wave, and works out those made from others."""
    facts = [criteria.catalogue[name] for name in names]
    absent: dict[str, Value] = dict.fromkeys((fact.name for fact in facts), MISSING)
    others = [(fact.name, fact.read) for fact in facts if not isinstance(fact.read, AsWritten)]
    withhold, blocks = withholder(facts), _by_block(facts)

    def read(case: Case) -> dict[str, Value]:
        values, candidature = absent.copy(), case.candidature
        for block, answers, given in blocks:
            its = getattr(candidature, block)
            if its is not None:
                for name, value in zip(answers, given(its), strict=True):
                    if value is not None:
                        values[name] = value
        for name, of_case in others:
            values[name] = of_case(case)
        if case.refused:
            withhold(values, case)
        if criteria.computed:
            add_computed(criteria, values)
        return values

    return read


class _Answers(NamedTuple):
    """The facts that are answers of one block."""

    block: str
    names: tuple[str, ...]
    given: Callable[[object], tuple[Value | None, ...]]
    """Gives what the block answers to each of them."""


def _by_block(facts: Iterable[Fact]) -> list[_Answers]:
    """Put together the facts that are answers of one block: of one that is not there, none is looked for."""
    found: dict[str, list[tuple[str, str]]] = {}
    for fact in facts:
        if isinstance(fact.read, AsWritten):
            found.setdefault(fact.read.block, []).append((fact.name, fact.read.field))
    return [
        _Answers(block, tuple(name for name, _ in answers), _getter([field for _, field in answers]))
        for block, answers in found.items()
    ]


def _getter(fields: Sequence[str]) -> Callable[[object], tuple[Value | None, ...]]:
    """Make the function that gives some fields: of one alone, attrgetter would give no tuple."""
    get: Callable[[object], Any] = attrgetter(*fields)
    return get if len(fields) > 1 else lambda its: (get(its),)


def read_facts(names: Iterable[str], criteria: Criteria, case: Case) -> dict[str, Value]:
    """Read the facts of one candidature; `reader` is for many of them."""
    return reader(names, criteria)(case)


def pool_rules(criteria: Criteria) -> tuple[Relative, ...]:
    """Give the rules that compare candidatures with one another."""
    return criteria.comparisons


def with_pool(criteria: Criteria, pool: Sequence[dict[str, Value]]) -> None:
    """Add to the facts of each candidature the best value of the pool, or its own rank there, for the rules that ask.

    Where a rule compares within a fact, each value of that fact has its own pool; where it is unknown, there is none.
    """
    pools = Pools(pool_rules(criteria), pool)
    for values in pool:
        pools.tell(values)


def score(criteria: Criteria, values: Mapping[str, Value]) -> ScoreCard:
    """Score one candidature from its facts: appraise every rule, then weigh."""
    return scorer(criteria)(values)


def scorer(
    criteria: Criteria, keep: Callable[[Mapping[str, Value]], Mapping[str, Value]] = lambda values: values
) -> Callable[[Mapping[str, Value]], ScoreCard]:
    """Make a function that scores candidatures by one policy, and remembers what equal facts gave.

    A card holds the facts as `keep` gives them.
    """
    markers, add = markers_of(criteria), adder(criteria)
    each, known = tuple(markers.values()), list[Sharing]()

    def card(values: Mapping[str, Value]) -> ScoreCard:
        found = ScoreCard(*add([mark(values) for mark in each]), keep(values))
        if found.low is found.high or found.low == found.high:
            return found
        if not known:
            known.append(Sharing(criteria))
        waits = any(isinstance(values[name], Missing) for name in known[0].facts)
        return _narrowed(found, known[0], markers, values) if waits else found

    return card


def markers_of(criteria: Criteria) -> dict[str, Callable[[Mapping[str, Value]], Mark]]:
    """Make the functions that mark each criterion that carries a rule."""
    return {leaf.id: _marker(leaf, criteria.catalogue) for leaf in criteria.leaves}


def _narrowed(card: ScoreCard, sharing: Sharing, markers: Markers, values: Mapping[str, Value]) -> ScoreCard:
    """Bound a total, and the criteria made of others, by what is possible for all the criteria at once.

    A total that is the same whatever is missing is known, unless the marks that it hides decide something else.
    """
    bounds, is_wide = joint(sharing, card.marks, values, markers)
    marks = {
        name: mark if name not in bounds else mark._replace(low=bounds[name][0], high=bounds[name][1])
        for name, mark in card.marks.items()
    }
    low, high = bounds[None]
    total = low if card.total is None and low == high and hides_nothing(card, sharing.criteria) else card.total
    return ScoreCard(marks, total, low, high, card.values, is_wide)


def hides_nothing(card: ScoreCard, criteria: Criteria) -> bool:
    """Say whether nothing but the total reads the marks that are on hold, and no answer must be corrected for them."""
    held = [mark for mark in card.marks.values() if mark.points is None]
    if criteria.selection.minimum_mark is not None or any(
        is_withheld(card.values[name]) for mark in held for name in mark.missing
    ):
        return False
    read = {threshold.criterion for threshold in criteria.selection.thresholds}
    read |= {tie.criterion for tie in criteria.ranking.ties if isinstance(tie, CriterionTie)}
    budget = criteria.selection.budget
    orders = [] if budget is None else [envelope.order for envelope in budget.envelopes]
    read |= {tie.criterion for order in orders for tie in order if isinstance(tie, CriterionTie)}
    return read.isdisjoint(mark.criterion for mark in held)


def _marker(leaf: Criterion, catalogue: Mapping[str, Fact]) -> Callable[[Mapping[str, Value]], Mark]:
    rule = leaf.rule
    parts = simple_rules(rule) if rule else ()
    spreads = [spread_of(part) for part in parts if isinstance(part, Relative)]
    same: dict[Mark, Mark] = {}

    def mark(values: Mapping[str, Value]) -> Mark:
        if len(same) >= MOST_KEPT:
            same.clear()
        found = _leaf_mark(leaf, _appraised(leaf, values, catalogue))
        return same.setdefault(found, found)

    names = facts_read(rule) if rule else ()
    looks = {name: look for name in names if rule and (look := look_of(rule, name)) is not None}
    return by_facts(names, by_looks(names, looks, mark) if looks and not spreads else mark, spreads)


def _appraised(leaf: Criterion, values: Mapping[str, Value], catalogue: Mapping[str, Fact]) -> Appraisal:
    if leaf.rule is None:
        msg = f"{leaf.id} carries no rule"
        raise ValueError(msg)
    outcome, told = evaluate(leaf.rule, values), opened(leaf.rule, values)
    points = outcome.points
    if not outcome.missing and told is values:
        return Appraisal(points, points, points, outcome)
    possible = possible_points(leaf.rule, told, catalogue)
    if not outcome.missing:
        return Appraisal(points, possible.low, possible.high, outcome)
    if possible.is_single:
        return Appraisal(possible.low, possible.low, possible.high, outcome)
    if leaf.if_missing is MissingPolicy.ZERO and not any(is_withheld(values[name]) for name in outcome.missing):
        none = unanswered_points(leaf.rule, told, catalogue, awaits_pool(leaf.rule, values))
        ends = (points, none.low, none.high)
        points, low, high = (clamped(end, leaf.down_to, None if leaf.open_ended else leaf.top) for end in ends)
        low, high = min(points, low, possible.low), max(points, high, possible.high)
        return Appraisal(points, low, high, outcome, outcome.missing)
    return Appraisal(None, possible.low, possible.high, outcome, outcome.missing)


def _leaf_mark(criterion: Criterion, appraisal: Appraisal) -> Mark:
    scale = criterion.scale
    if scale == 1:
        return Mark(criterion.id, appraisal.mark, appraisal.mark, appraisal.low, appraisal.high, appraisal)
    points = None if appraisal.mark is None else appraisal.mark * scale
    if appraisal.low == appraisal.high == appraisal.mark and points is not None:
        return Mark(criterion.id, appraisal.mark, points, points, points, appraisal)
    low, high = sorted((appraisal.low * scale, appraisal.high * scale))
    return Mark(criterion.id, appraisal.mark, points, low, high, appraisal)
