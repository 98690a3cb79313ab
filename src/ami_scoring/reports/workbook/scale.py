"""Whole numbers behind the sheets: marks and weights scaled so that every product and every sum stays exact.

A spreadsheet is exact on whole numbers of fifteen digits at most. Where a policy's fractions do not fit, there is no
scale, and the workbook is frozen instead of being nearly right.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import lcm
from typing import Final

from ami_scoring.domain.criteria import Criteria, Criterion
from ami_scoring.domain.scores import Mark
from ami_scoring.domain.standings import Standing
from ami_scoring.exact import Fraction

LARGEST: Final = 10**14 - 1
"""The largest whole number used. Spreadsheets compute exactly up to 2^53, but read and compare fifteen digits only;
one digit is left for the half that `MATCH` is asked for, so as never to meet an equal."""

HUNDREDTHS: Final = 100
"""Weights and the minimum may be typed with two decimals."""


@dataclass(frozen=True, slots=True)
class Scale:
    """How marks and weights become whole numbers.

    A mark counts as a share of its maximum, times `marks`; a weight, times `weights`. Points are their product.
    """

    marks: int
    weights: int
    ceiling: int
    """The highest weight that a cell accepts."""
    most: int
    """Above every total, whatever weights are typed."""

    @property
    def point(self) -> int:
        """What one point of the total is worth."""
        return self.marks * self.weights


def scale_of(criteria: Criteria, standings: Iterable[Standing]) -> Scale | None:
    """Find the scale of an evaluation, or None where whole numbers would not be exact."""
    shares = _shares(criteria, list(standings))
    marks = _common_denominator(shares)
    weights = _common_denominator(_amounts(criteria), HUNDREDTHS)
    if marks is None or weights is None:
        return None
    ceiling = _ceiling(criteria)
    peak = max((abs(share.numerator) * (marks // share.denominator) for share in shares), default=0)
    most = max(peak, marks) * weights * ceiling * (len(criteria.leaves) + 1)
    fine = max((each.share.denominator for each in criteria.selection.thresholds if each.share is not None), default=1)
    return Scale(marks, weights, ceiling, most) if most * fine <= LARGEST else None


def reaches_far(standings: Iterable[Standing]) -> bool:
    """Say whether what is missing leaves open a total that has too many digits by itself."""
    cards = (one.card for one in standings)
    ends = (end for card in cards if card.low != card.high for end in (card.low, card.high))
    return any(abs(end) * HUNDREDTHS > LARGEST for end in ends)


def _shares(criteria: Criteria, standings: Sequence[Standing]) -> list[Fraction]:
    """Give the shares of all marks; equal facts share their mark."""
    found: list[Fraction] = []
    for leaf in criteria.leaves:
        marks = {id(mark): mark for mark in (one.card.marks[leaf.id] for one in standings)}
        found += (share for mark in marks.values() for share in shares_of(leaf, mark))
    return found


def shares_of(leaf: Criterion, mark: Mark) -> tuple[Fraction, Fraction, Fraction]:
    """Give the mark as it stands, its lowest and its highest, as shares of the highest mark of the rule.

    On hold, the lowest stands for the mark, as it does in a ranking.
    """
    appraisal = mark.appraisal
    assert appraisal is not None  # noqa: S101 - a leaf carries a rule
    settled = appraisal.low if appraisal.mark is None else appraisal.mark
    top = leaf.top or 1
    return Fraction(settled) / top, Fraction(appraisal.low) / top, Fraction(appraisal.high) / top


def _amounts(criteria: Criteria) -> Iterator[Fraction]:
    yield criteria.total
    yield from (criterion.weight for criterion in criteria.by_id.values())
    if criteria.selection.minimum is not None:
        yield criteria.selection.minimum
    yield from (each.at_least for each in criteria.selection.floors)
    if criteria.selection.deciding_total is not None:
        yield criteria.selection.deciding_total
    for each in criteria.selection.thresholds:
        criterion = criteria.by_id[each.criterion]
        yield each.at_least if each.at_least is not None else Fraction((each.share or 0) * (criterion.out_of or 0))


def _ceiling(criteria: Criteria) -> int:
    highest = max(_amounts(criteria))
    return max(1, -(-highest.numerator // highest.denominator))


def _common_denominator(numbers: Iterable[Fraction], start: int = 1) -> int | None:
    common = start
    for denominator in {number.denominator for number in numbers}:
        common = lcm(common, denominator)
        if common > LARGEST:
            return None
    return common
