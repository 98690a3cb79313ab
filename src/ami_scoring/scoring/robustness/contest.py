"""Who holds a place against whom: everything that, were weights other, could change who is kept.

A list whose places go in the order of totals changes only where a candidature outside passes one inside, or where one
inside falls under a floor. With quotas or a budget, the order of any two may matter: all pairs are then watched, which
can only find a danger too early, never too late. What was found is tried again by the whole selection (`trials`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from typing import NamedTuple

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.domain.ties import CriterionTie, FactTie
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places import raw_total, threshold_points, threshold_value
from ami_scoring.scoring.robustness.axes import Axis, Line, Loose, Plane, axes_of, plane_of, share, total_line


class Runner(NamedTuple):
    """A candidature in the contest: its reference, its total as a line, its rank, and who it is alike."""

    reference: str
    line: Line
    rank: int
    is_kept: bool
    kin: tuple[object, ...] = ()
    """Its categories, what it asks for and its turn in an own order, where quotas or a budget look at them."""
    covers: object = None
    """Its category, where equals are parted by what nobody retained covers yet."""

    def is_alike(self, other: Runner) -> bool:
        """Say whether an exchange of the two would give the same list: same fate, and nothing tells them apart."""
        return self.is_kept is other.is_kept and self.kin == other.kin and self.covers == other.covers


class Peril(NamedTuple):
    """Gaps that must all be crossed for something to change: one inside loses a floor, one outside gains its own."""

    reference: str
    gaps: tuple[Line, ...]
    """Each is at least 0 as things stand, and below 0 beyond the weights that matter."""


class Kind(Enum):
    """What decides who is kept."""

    ORDER = "order"
    """Places in the order of totals."""
    SHARED = "shared"
    """Quotas, a budget or who is retained as well: what is found without trying again is a bound."""


class Ranker(NamedTuple):
    """A candidature that has a rank, whether or not anything lets it have a place."""

    reference: str
    line: Line
    rank: int
    may_enter: bool
    """Whether it meets what no weight changes."""
    demands: tuple[Line, ...]
    """What must be at least 0 for a place."""
    strict: frozenset[Line] = frozenset()
    """Those of them that must be above 0."""


class Contest(NamedTuple):
    """The list to defend.

    `kept` are those who have a place, `rivals` those who could have one, `perils` the floors. `spare` counts the
    places that equals contest at the cut: as many rivals may pass before anybody loses a place, and what is defended is
    then that those kept stay, not that nobody joins them.
    """

    plane: Plane
    kind: Kind
    kept: tuple[Runner, ...]
    rivals: tuple[Runner, ...]
    perils: tuple[Peril, ...]
    spare: int
    has_own_floors: bool
    """Whether floors that are not the same for all may keep outside one who passes, or let one in."""
    places: int
    field: tuple[Ranker, ...]
    """All who have a rank, in the order of ranks."""
    edge: str | None
    """One who stands exactly on a floor, and whom the least change of weights may take from one side to the other."""
    contested: tuple[str, ...]
    """Equals whom other weights would tell apart; those equal on every criterion, never."""
    people_decide: bool
    """Whether people decide of every place: weights then change ranks alone."""

    @property
    def everyone(self) -> tuple[Runner, ...]:
        """All who are in the contest, in the order of ranks."""
        return tuple(sorted((*self.kept, *self.rivals), key=lambda one: one.rank))


class _Entrant(NamedTuple):
    standing: Standing
    line: Loose
    common: tuple[Loose, ...]
    """What must be at least 0 for a place, the same for all: whoever passes somebody inside has it too."""
    own: tuple[Loose, ...]
    """What must be at least 0 for a place, and is not asked of all in the same way."""
    strict: frozenset[Loose]
    """Those of both that must be above 0."""

    @property
    def reference(self) -> str:
        return self.standing.entry.reference

    @property
    def demands(self) -> tuple[Loose, ...]:
        return (*self.common, *self.own)


def contest_of(evaluation: Evaluation) -> Contest:
    """Find who could take whose place. Those on hold, or refused whatever the weights, are in no contest."""
    criteria, axes = evaluation.criteria, axes_of(evaluation.criteria)
    ranked = [_entrant(one, criteria, axes) for one in evaluation.standings if one.rank is not None]
    if evaluation.cut.enough is not None:  # nothing is asked of anybody
        ranked = [one._replace(common=(), own=(), strict=frozenset()) for one in ranked]
    plane = plane_of(axes, (line for one in ranked for line in (one.line, *one.demands)))
    entrants = [one for one in ranked if _may_enter(one.standing, criteria, axes)]
    able = set(map(id, entrants))
    kind = Kind.ORDER
    if criteria.selection.quotas or criteria.selection.budget is not None or criteria.ranking.uncovered is not None:
        kind = Kind.SHARED
    is_full = _is_full(evaluation.cut)
    inside = [one for one in entrants if one.standing.status is Status.SELECTED]
    outside = [one for one in entrants if one.standing.status is not Status.SELECTED]
    rivals = [one for one in outside if kind is Kind.SHARED or (is_full and not _unmet(one, one.own, plane))]
    if kind is Kind.ORDER and inside:
        # Whoever has more than the last of those inside, and no place, is held back by something that is not weights.
        last = min(plane.line(one.line).at(plane.voted) for one in inside)
        rivals = [one for one in rivals if plane.line(one.line).at(plane.voted) <= last]
    return Contest(
        plane,
        kind,
        tuple(_runner(one, plane, criteria) for one in inside),
        tuple(_runner(one, plane, criteria) for one in rivals),
        tuple(_perils(inside, outside, plane, kind, is_full=is_full)),
        evaluation.cut.at_stake if evaluation.cut.contested else 0,
        any(one.own for one in entrants),
        _seats(evaluation.cut, kind, len(ranked)),
        tuple(_ranker(one, plane, may_enter=id(one) in able) for one in ranked),
        next((one.reference for one in entrants if _is_on_edge(one, criteria, plane)), None),
        _contested(evaluation, {one.reference: one.line for one in entrants}),
        criteria.selection.never_decides,
    )


def _is_full(cut: Cut) -> bool:
    """Say whether whoever comes in takes the place of another: not where no number limits places."""
    return bool(cut.contested) or (cut.places is not None and cut.places_left <= 0)


def _seats(cut: Cut, kind: Kind, ranked: int) -> int:
    """Give how many may have a place: those whom a budget pays now, or all, where no number limits them."""
    if cut.places is not None:
        return cut.places
    return cut.selected if kind is Kind.SHARED else ranked


def _runner(one: _Entrant, plane: Plane, criteria: Criteria) -> Runner:
    values, selection = one.standing.card.values, criteria.selection
    kin: list[object] = [holds(quota.when, values) is True for quota in selection.quotas]
    if selection.budget is not None:
        kin += [holds(envelope.when, values) is True for envelope in selection.budget.envelopes]
        orders = [tie for envelope in selection.budget.envelopes for tie in envelope.own_order]
        kin += [values[tie.fact] for tie in orders if isinstance(tie, FactTie)]
        kin += [one.standing.card.marks[tie.criterion].mark for tie in orders if isinstance(tie, CriterionTie)]
        kin.append(values[selection.budget.ask])
    covers = None if criteria.ranking.uncovered is None else values[criteria.ranking.uncovered]
    is_kept = one.standing.status is Status.SELECTED
    return Runner(one.reference, plane.line(one.line), one.standing.rank or 0, is_kept, tuple(kin), covers)


def _ranker(one: _Entrant, plane: Plane, *, may_enter: bool) -> Ranker:
    demands = tuple(plane.line(demand) for demand in one.demands)
    strict = frozenset(plane.line(demand) for demand in one.strict)
    is_held = any(line.is_still and line.fixed <= 0 for line in strict)
    return Ranker(
        one.reference, plane.line(one.line), one.standing.rank or 0, may_enter and not is_held, demands, strict
    )


def _contested(evaluation: Evaluation, lines: dict[str, Loose]) -> tuple[str, ...]:
    equals = [lines[reference] for reference in evaluation.cut.contested if reference in lines]
    return evaluation.cut.contested if len(set(equals)) > 1 else ()


def _entrant(standing: Standing, criteria: Criteria, axes: Sequence[Axis]) -> _Entrant:
    card, selection = standing.card, criteria.selection
    total = total_line(card, criteria, axes)
    common = [bound for bound in (selection.minimum, selection.deciding_total) if bound is not None]
    floors = [floor for floor in selection.floors if holds(floor.when, card.values)]
    thresholds = dict(_thresholds(card, criteria, axes))
    strict = {demand for demand, is_strict in thresholds.items() if is_strict}
    if selection.minimum is not None and selection.minimum_strict:
        strict.add((total[0] - selection.minimum, total[1]))
    strict |= {(total[0] - floor.at_least, total[1]) for floor in floors if floor.strict}
    return _Entrant(
        standing,
        total,
        tuple((total[0] - bound, total[1]) for bound in common),
        (*((total[0] - floor.at_least, total[1]) for floor in floors), *thresholds),
        frozenset(strict),
    )


def _thresholds(card: ScoreCard, criteria: Criteria, axes: Sequence[Axis]) -> Iterator[tuple[Loose, bool]]:
    """Give the points that weights may take under a threshold, or bring above it, and whether it is strict."""
    for threshold in criteria.selection.thresholds:
        axis = _axis_of(threshold, criteria, axes)
        if axis is not None:
            slope = _part(threshold, card, criteria)
            slopes = tuple(slope if one is axis else Fraction(0) for one in axes)
            yield (-threshold_points(threshold, criteria), slopes), bool(threshold.strict)


def _axis_of(threshold: Threshold, criteria: Criteria, axes: Sequence[Axis]) -> Axis | None:
    """Give the axis that moves a threshold; a share of a weight moves with it, and a raw mark does not move."""
    if threshold.on is Scale.MARK or threshold.at_least is None:
        return None
    above = {each.id: root.id for root in criteria.criteria for each in root.walk()}[threshold.criterion]
    return next((axis for axis in axes if axis.criterion == above), None)


def _part(threshold: Threshold, card: ScoreCard, criteria: Criteria) -> Fraction:
    """Give what one point of weight of its first-level criterion brings to the criterion of a threshold."""
    above = next(root for root in criteria.criteria if any(each.id == threshold.criterion for each in root.walk()))
    if not above.weight:
        return share(card, above)
    return (card.marks[threshold.criterion].points or Fraction(0)) / above.weight


def _may_enter(standing: Standing, criteria: Criteria, axes: Sequence[Axis]) -> bool:
    """Say whether a candidature that has a rank meets what no weight changes."""
    card, selection = standing.card, criteria.selection
    if selection.never_decides:
        return False
    reached = None if selection.minimum_mark is None else raw_total(card, criteria)
    if selection.minimum_mark is not None and reached is not None and reached < selection.minimum_mark:
        return False
    still = (each for each in selection.thresholds if _axis_of(each, criteria, axes) is None)
    return all(_meets(threshold, card, criteria) for threshold in still)


def _meets(threshold: Threshold, card: ScoreCard, criteria: Criteria) -> bool:
    value, floor = threshold_value(threshold, card), threshold_points(threshold, criteria)
    return value is None or value > floor or (value == floor and not threshold.strict)


def _perils(
    inside: Sequence[_Entrant], outside: Sequence[_Entrant], plane: Plane, kind: Kind, *, is_full: bool
) -> Iterator[Peril]:
    """Give the floors that those inside may lose, and those that hold others outside.

    Where all places are given, what is asked of all holds nobody outside: to pass somebody inside is enough.
    """
    for one in inside:
        yield from (Peril(one.reference, (plane.line(demand),)) for demand in one.demands)
    for one in outside:
        unmet = _unmet(one, one.own if is_full and kind is Kind.ORDER else one.demands, plane)
        if unmet:
            yield Peril(one.reference, unmet)
        elif kind is Kind.SHARED:
            yield from (Peril(one.reference, (plane.line(demand),)) for demand in one.demands)


def _is_on_edge(one: _Entrant, criteria: Criteria, plane: Plane) -> bool:
    """Say whether one inside just meets a floor that weights move, or one outside just misses a strict one."""
    is_inside = one.standing.status is Status.SELECTED
    if not is_inside and not _has_strict(criteria):
        return False
    lines = [plane.line(demand) for demand in (one.demands if is_inside else one.own)]
    return any(line.at(plane.voted) == 0 and len(set(line.slopes)) > 1 for line in lines)


def _has_strict(criteria: Criteria) -> bool:
    selection = criteria.selection
    return any(each.strict for each in selection.thresholds) or any(each.strict for each in selection.floors)


def _unmet(one: _Entrant, demands: Sequence[Loose], plane: Plane) -> tuple[Line, ...]:
    """Give the demands that are not met, turned so that to meet them is to fall below 0."""
    lines = [(plane.line(demand), demand in one.strict) for demand in demands]
    return tuple(
        Line(-line.fixed, tuple(-slope for slope in line.slopes))
        for line, is_strict in lines
        if (value := line.at(plane.voted)) < 0 or (value == 0 and is_strict)
    )
