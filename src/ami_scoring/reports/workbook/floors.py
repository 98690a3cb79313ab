"""What a candidature must reach to have a place: what no weight changes is settled here, the rest is a formula."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criterion
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.selection import Scale, Threshold
from ami_scoring.domain.standings import Standing
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook.amounts import cap_cell, weight_cell, whole
from ami_scoring.reports.workbook.book import Book
from ami_scoring.reports.workbook.columns import Grid
from ami_scoring.reports.workbook.keys import LAST
from ami_scoring.scoring.marks import holds
from ami_scoring.scoring.places import raw_total, threshold_points, threshold_value


def add_floors(grid: Grid, book: Book) -> None:
    """Add the minimum of each candidature's category, and whether its raw marks reach what they must."""
    grid.add("plancher", "Minimum de sa catégorie", [_floor(book, one) for one in book.rows])
    grid.add("notes_admises", "Notes suffisantes (1)", [int(_marks_reach(book, one)) for one in book.rows])


def deciding_tests(book: Book, total: str) -> list[str]:
    """Write the test of a total on which the score decides by itself; none where it always does."""
    selection = book.criteria.selection
    if selection.never_decides:
        return ["1=0"]
    bound = selection.deciding_total
    return [] if bound is None else [f"{total}>={int(whole(book, bound))}"]


def is_fixed(book: Book, threshold: Threshold) -> bool:
    """Say whether no weight changes what a threshold decides: it reads the raw mark of a rule."""
    return threshold.on is Scale.MARK and book.criteria.by_id[threshold.criterion].rule is not None


def is_fit(book: Book, standing: Standing) -> bool:
    """Say whether a candidature passes every floor, as evaluated."""
    card, selection = standing.card, book.criteria.selection
    if card.total is not None and selection.is_under_minimum(card.total):
        return False
    if card.total is not None and whole(book, card.total) < _floor(book, standing):
        return False
    live = (each for each in selection.thresholds if not is_fixed(book, each))
    return _marks_reach(book, standing) and all(_reaches(book, each, standing) for each in live)


def floor_at(book: Book, standing: Standing, *, at_best: bool) -> int:
    """Give the highest minimum of the categories that a candidature surely has, or at worst may have."""
    concerned: set[bool | None] = {True} if at_best else {True, None}
    return _least(book, standing, concerned)


def marks_reach_at(book: Book, standing: Standing, *, at_best: bool) -> bool:
    """Say whether raw marks reach what they must, with what is open at its highest, or at its lowest."""
    selection, card = book.criteria.selection, standing.card
    if selection.minimum_mark is not None:
        marks = [_end(card, root.id, Scale.MARK, at_best=at_best) for root in book.criteria.criteria]
        if sum(marks, Fraction(0)) < selection.minimum_mark:
            return False
    fixed = [each for each in selection.thresholds if is_fixed(book, each)]
    return all(reaches_at(book, each, standing, at_best=at_best) for each in fixed)


def reaches_at(book: Book, threshold: Threshold, standing: Standing, *, at_best: bool) -> bool:
    """Say whether a criterion reaches its threshold, with what is open at its highest, or at its lowest."""
    points = _end(standing.card, threshold.criterion, threshold.on, at_best=at_best)
    floor = threshold_points(threshold, book.criteria)
    return points > floor or (points == floor and not threshold.strict)


def _end(card: ScoreCard, criterion: str, on: Scale, *, at_best: bool) -> Fraction:
    mark = card.marks[criterion]
    raw = mark.appraisal if on is Scale.MARK else None
    low, high = (mark.low, mark.high) if raw is None else sorted((raw.low, raw.high))
    return high if at_best else low


def live_test(grid: Grid, book: Book, threshold: Threshold, side: str = "") -> str:
    """Write the test of a threshold on the points in force: as they stand, at their lowest or at their highest."""
    points, sign = grid.here(f"points{side}:{threshold.criterion}"), ">" if threshold.strict else ">="
    criterion = book.criteria.by_id[threshold.criterion]
    if threshold.at_least is not None or (threshold.on is Scale.MARK and criterion.out_of is not None):
        return f"{points}{sign}{_fixed_points(book, threshold)}"
    share = threshold.share or Fraction(0)
    weight = _weight_formula(grid, book, criterion)
    return f"{points}*{share.denominator}{sign}({weight})*{share.numerator}"


def _fixed_points(book: Book, threshold: Threshold) -> str:
    return f"{whole(book, threshold_points(threshold, book.criteria))}"


def _floor(book: Book, standing: Standing) -> int:
    return _least(book, standing, {True})


def _least(book: Book, standing: Standing, concerned: set[bool | None]) -> int:
    """Give the least total, on the scale of points, that passes the minimums of some categories."""
    floors = [each for each in book.criteria.selection.floors if holds(each.when, standing.card.values) in concerned]
    # On this scale totals are whole: to exceed a minimum is to reach the number after it.
    return max((int(whole(book, each.at_least)) + each.strict for each in floors), default=LAST)


def _marks_reach(book: Book, standing: Standing) -> bool:
    selection = book.criteria.selection
    reached = raw_total(standing.card, book.criteria) if selection.minimum_mark is not None else None
    if reached is not None and selection.minimum_mark is not None and reached < selection.minimum_mark:
        return False
    return all(_reaches(book, each, standing) for each in selection.thresholds if is_fixed(book, each))


def _reaches(book: Book, threshold: Threshold, standing: Standing) -> bool:
    value, floor = threshold_value(threshold, standing.card), threshold_points(threshold, book.criteria)
    return value is None or value > floor or (value == floor and not threshold.strict)


def _weight_formula(grid: Grid, book: Book, criterion: Criterion) -> str:
    """Write the weight of a criterion in force, on the scale of points: its own, its cap, or the sum below."""
    if criterion.capped:
        return cap_cell(grid, criterion)
    if criterion.criteria is None and book.is_input(criterion):
        return f"{weight_cell(grid, criterion)}*{book.scale.marks if book.scale else 1}"
    counted = book.counted(criterion.criteria or ())
    if not counted:
        return f"{whole(book, criterion.weight)}"
    return "+".join(_weight_formula(grid, book, child) for child in counted)
