"""The same counts on arrays of NumPy, for many weightings; exact as well, by proof or by doing again what is in doubt.

Numbers are whole, held in floating point below 2⁵³, where sums and products are exact. Where totals would not fit,
lines are cut to fewer digits: a total is then known to within a bound, and each weighting in which two totals, or a
total and a floor, are closer than that is counted again one by one, on all the digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any, Final

from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.sobol import BITS, WHOLE
from ami_scoring.scoring.robustness.tallies import Sheet, Tally, count_one_by_one, shared_ranks

MOST_BITS: Final = 52
"""Of a total with a place beside it."""
NOBODY: Final = 1 << 62
"""What stands behind all, and gets nothing."""


def tally_arrays(sheet: Sheet, scramblings: Iterable[Any], numpy: Any) -> Tally:
    """Count over arrays of weights drawn, one row a criterion, one column a weighting; `numpy` is the module."""
    arrays = _Arrays(sheet, numpy)
    kept = [arrays.counted(drawn) for drawn in scramblings]
    return Tally(kept, shared_ranks(sheet, arrays.table()))


class _Arrays:
    """The field as arrays.

    Totals are turned round, the highest first, and a place goes in the last bits of each, so that to sort totals is to
    sort places: of equal totals, the first of the field goes first.
    """

    def __init__(self, sheet: Sheet, numpy: Any) -> None:
        self._sheet, self._numpy = sheet, numpy
        count, asked = len(sheet.lines), [_asked(sheet, at) for at in range(len(sheet.lines))]
        demands = [line for own in asked for line in own]
        bits = count.bit_length()
        self._bits, self._last = bits, (1 << bits) - 1
        self._digits = max(0, _most_bits([*sheet.lines, *demands]) + bits - MOST_BITS)
        self._error = WHOLE + 1 if self._digits else 0
        self._lines, self._demands = self._array(sheet.lines, -1 << bits), self._array(demands, 1)
        self._lines[-1] += numpy.arange(count)
        self._able = numpy.flatnonzero([one.may_enter for one in sheet.contest.field])
        self._floor = None if self._digits else sheet.floor
        self._starts = list(accumulate(map(len, asked[:-1]), initial=0))
        self._twin_of = numpy.arange(count)
        for group in sheet.twins:
            self._twin_of[group.start : group.stop] = group.start
        first = {line: at for at, line in reversed(list(enumerate(sheet.lines)))}
        self._same = numpy.array([first[line] for line in sheet.lines])
        self._window = sheet.ranked.start, sheet.ranked.stop
        self._table = numpy.zeros((count, len(sheet.ranked)), dtype=numpy.int64)
        self._again = [[0] * count for _ in sheet.ranked]

    def table(self) -> list[list[int]]:
        """Give how often each had each place in order."""
        found: list[list[int]] = (self._table.T + self._numpy.array(self._again)).tolist()
        return found

    def counted(self, drawn: Any) -> list[int]:
        """Count who has a place, and add to the table how often each has each place in order."""
        numpy = self._numpy
        weights = numpy.vstack((drawn, numpy.ones(drawn.shape[1]))).T
        ordered = (weights @ self._lines).astype(numpy.int64)
        seated, doubts = self._seated(ordered, weights)
        ordered.sort(axis=1)
        order = ordered & self._last
        if not self._error:
            return self._kept(order, seated)
        doubts = self._are_close(ordered, order) if doubts is None else doubts | self._are_close(ordered, order)
        counts = self._kept(order[~doubts], seated[~doubts])
        doubtful = count_one_by_one(self._sheet, drawn.T[doubts].tolist(), self._again)
        return [first + second for first, second in zip(counts, doubtful, strict=True)]

    def _seated(self, packed: Any, weights: Any) -> tuple[Any, Any]:
        """Sort those who are fit for a place, the others behind; and say in which weightings that is in doubt."""
        numpy, doubts = self._numpy, None
        if self._floor is not None:
            # What is asked of all in the same way is asked of totals: a bound where they are sorted.
            seated = packed[:, self._able]
            seated.sort(axis=1)
            lowest = (-self._floor << self._bits) + self._last
            return numpy.where(seated <= lowest, seated, NOBODY)[:, : self._sheet.contest.places + 1], doubts
        values = weights @ self._demands
        seated = numpy.where(self._all_met(values >= 0), packed, NOBODY)
        seated.sort(axis=1)
        if self._error:
            doubts = ((values < 0) & (values > -self._error)).any(axis=1)
        return seated, doubts

    def _array(self, lines: Sequence[Line], times: int) -> Any:
        """Give lines as columns of slopes, and what is fixed last."""
        digits = self._digits
        rows = [[(each >> digits) * times for each in (*line.slopes, line.fixed)] for line in lines]
        return self._numpy.array(rows, dtype=float).T.copy()

    def _all_met(self, met: Any) -> Any:
        """Say who meets all that is asked of it: one thing of each, most often."""
        if met.shape[1] == len(self._sheet.lines):
            return met
        return self._numpy.logical_and.reduceat(met, self._starts, axis=1)

    def _are_close(self, ordered: Any, order: Any) -> Any:
        """Find the weightings in which two neighbours are too close to tell, unless they are equal in all."""
        same, least = self._same[order], (self._error + 1) << self._bits
        close = (ordered[:, 1:] - ordered[:, :-1] <= least) & (same[:, :-1] != same[:, 1:])
        return close.any(axis=1)

    def _kept(self, order: Any, seated: Any) -> list[int]:
        """Give places to the first who are fit; none to equals between whom the last place falls."""
        numpy, (count, places) = self._numpy, (len(self._sheet.lines), self._sheet.contest.places)
        self._add(order)
        inside, first = seated[:, :places] < NOBODY, seated[:, : places + 1] & self._last
        if self._sheet.twins and seated.shape[1] > places:
            twins = self._twin_of[numpy.minimum(first, count - 1)]
            is_cut = (seated[:, places] < NOBODY) & (twins[:, places - 1] == twins[:, places])
            inside &= ~(is_cut[:, None] & (twins[:, :places] == twins[:, places, None]))
        return [int(times) for times in numpy.bincount(first[:, :places][inside], minlength=count)]

    def _add(self, order: Any) -> None:
        numpy, (start, stop), count = self._numpy, self._window, len(self._sheet.lines)
        keys = order + (numpy.arange(count) * (stop - start) - start)
        if stop - start < count:
            keys = keys[(order >= start) & (order < stop)]
        counts = numpy.bincount(keys.ravel(), minlength=self._table.size)
        self._table += counts.reshape(self._table.shape)


def _asked(sheet: Sheet, at: int) -> Sequence[Line]:
    """Give what is asked of one; of one of whom nothing is, what is always met, or never."""
    still = Line(0 if sheet.contest.field[at].may_enter else -1, (0,) * len(sheet.lines[at].slopes))
    return sheet.demands[at] or (still,)


def _most_bits(lines: Sequence[Line]) -> int:
    sizes = (abs(line.fixed) + (max(map(abs, line.slopes), default=0) << BITS) for line in lines)
    return max(sizes, default=0).bit_length()
