"""From facts to a score card. Raw marks come first, apart from weights, so that re-weighting never re-runs a rule."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ami_scoring.domain.conditions import facts_of
from ami_scoring.domain.criteria import Criteria, Criterion, MissingPolicy
from ami_scoring.domain.facts import Fact, Missing, Value, is_withheld
from ami_scoring.domain.rules import facts_read, simple_rules
from ami_scoring.domain.scores import Appraisal, Mark, ScoreCard
from ami_scoring.domain.selection import Selection
from ami_scoring.domain.simple_rules import Relative
from ami_scoring.domain.ties import CriterionTie, FactTie
from ami_scoring.scoring.marks.adding import Added, adder
from ami_scoring.scoring.marks.alike import look_of
from ami_scoring.scoring.marks.comparing import Pools
from ami_scoring.scoring.marks.completions import possible_points, unanswered_points
from ami_scoring.scoring.marks.computing import with_operands
from ami_scoring.scoring.marks.joint import Markers, Sharing, joint
from ami_scoring.scoring.marks.pools import awaits_pool, opened, spread_of
from ami_scoring.scoring.marks.remembering import MOST_KEPT, Look, by_facts, by_looks, numbered
from ami_scoring.scoring.marks.rules import clamped, evaluate

_Add = Callable[[Mapping[str, Value]], Added]


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
    looks = {leaf.id: _looks_of(leaf) for leaf in criteria.leaves}
    markers, known = markers_of(criteria, looks), list[Sharing]()
    added = _added(criteria, markers, looks)

    def card(values: Mapping[str, Value]) -> ScoreCard:
        found = ScoreCard(*added(values), keep(values))
        if found.low is found.high or found.low == found.high:
            return found
        if not known:
            known.append(Sharing(criteria))
        waits = any(isinstance(values[name], Missing) for name in known[0].facts)
        return _narrowed(found, known[0], markers, values) if waits else found

    return card


def markers_of(
    criteria: Criteria, looks: Mapping[str, Mapping[str, Look]] | None = None
) -> dict[str, Callable[[Mapping[str, Value]], Mark]]:
    """Make the functions that mark each criterion that carries a rule; `looks` are what each sees of facts."""
    known = {leaf.id: _looks_of(leaf) for leaf in criteria.leaves} if looks is None else looks
    return {leaf.id: _marker(leaf, criteria.catalogue, known[leaf.id]) for leaf in criteria.leaves}


def _looks_of(leaf: Criterion) -> dict[str, Look]:
    """Give numbers, of facts of which a criterion does not see every value, to those that look the same to it."""
    names = facts_read(leaf.rule) if leaf.rule else ()
    return {name: numbered(look) for name in names if leaf.rule and (look := look_of(leaf.rule, name)) is not None}


def _added(criteria: Criteria, markers: Markers, looks: Mapping[str, Mapping[str, Look]]) -> _Add:
    """Make the function that marks and adds up: values that look the same to all the criteria at once, only once.

    Where a criterion compares candidatures, each is marked for itself.
    """
    add, each = adder(criteria), tuple(markers.values())
    reads = {leaf.id: facts_read(leaf.rule) for leaf in criteria.leaves if leaf.rule}
    names = dict.fromkeys(name for its in reads.values() for name in its)

    def work(values: Mapping[str, Value]) -> Added:
        return add([mark(values) for mark in each])

    if pool_rules(criteria) or not names:
        return work
    seen = {name: [looks[leaf].get(name) for leaf, its in reads.items() if name in its] for name in names}
    return by_looks(names, {name: _together(its) for name, its in seen.items() if None not in its}, work)


def _together(looks: Iterable[Look | None]) -> Look:
    known = [look for look in looks if look is not None]
    return known[0] if len(known) == 1 else lambda value: tuple([look(value) for look in known])


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


def _marker(
    leaf: Criterion, catalogue: Mapping[str, Fact], looks: Mapping[str, Look]
) -> Callable[[Mapping[str, Value]], Mark]:
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
