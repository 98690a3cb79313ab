"""The same counts on arrays of NumPy, for many weightings; exact as well, by proof or by doing again what is in doubt.

All is in whole numbers of 64 bits. Where totals would not fit, lines are cut to fewer digits: a total is then known to
within a bound, and each weighting in which two totals, or a total and a floor, are closer than that is counted again
one by one, on all the digits.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from ami_scoring.scoring.robustness.axes import Line
from ami_scoring.scoring.robustness.sobol import BITS, WHOLE
from ami_scoring.scoring.robustness.tallies import Sheet, Tally, count_one_by_one, shared_ranks

MOST_BITS: Final = 61
"""Of a total with a place beside it: what a signed number of 64 bits holds, with room for a difference."""


def tally_arrays(sheet: Sheet, scramblings: Iterable[Any], numpy: Any) -> Tally:
    """Count over arrays of weights drawn, one row a weighting; `numpy` is the module."""
    arrays = _Arrays(sheet, numpy)
    kept = [arrays.counted(drawn) for drawn in scramblings]
    return Tally(kept, shared_ranks(sheet, arrays.table()))


class _Arrays:
    """The field as arrays: lines without their last digits, and how far below a total they may then be."""

    def __init__(self, sheet: Sheet, numpy: Any) -> None:
        self._sheet, self._numpy = sheet, numpy
        demands = [line for own in sheet.demands for line in own]
        self._digits = _digits_left_out([*sheet.lines, *demands], len(sheet.lines))
        self._error = WHOLE + 1 if self._digits else 0
        self._lines, self._demands = self._array(sheet.lines), self._array(demands)
        self._asked = [at for at, own in enumerate(sheet.demands) if own]
        counts = [len(sheet.demands[at]) for at in self._asked]
        self._starts = [sum(counts[:at]) for at in range(len(counts))] if len(set(counts)) > 1 else counts[:1]
        self._able = numpy.array([one.may_enter for one in sheet.contest.field])
        first = {line: at for at, line in reversed(list(enumerate(sheet.lines)))}
        self._same = numpy.array([first[line] for line in sheet.lines])
        self._table = numpy.zeros((len(sheet.ranked), len(sheet.lines)), dtype=numpy.int64)
        self._again = [[0] * len(sheet.lines) for _ in sheet.ranked]

    def table(self) -> list[list[int]]:
        """Give how often each had each place in order."""
        found: list[list[int]] = (self._table + self._numpy.array(self._again)).tolist()
        return found

    def counted(self, drawn: Any) -> list[int]:
        """Count who has a place, and add to the table how often each has each place in order."""
        order, doubts = self._ordered(drawn)
        fit, unsure = self._fit(drawn)
        doubts |= unsure
        if not doubts.any():
            return self._kept(order, fit)
        counts = self._kept(order[~doubts], fit[~doubts])
        doubtful = count_one_by_one(self._sheet, drawn[doubts].tolist(), self._again)
        return [first + second for first, second in zip(counts, doubtful, strict=True)]

    def _array(self, lines: Sequence[Line]) -> tuple[Any, Any]:
        numpy, digits = self._numpy, self._digits
        slopes = numpy.array([[slope >> digits for slope in line.slopes] for line in lines], dtype=numpy.int64)
        return slopes.T, numpy.array([line.fixed >> digits for line in lines], dtype=numpy.int64)

    def _ordered(self, drawn: Any) -> tuple[Any, Any]:
        """Give the field from the highest total to the lowest, and the weightings in which two are too close to tell.

        A place goes in the last bits of each total, so that sorting totals sorts places.
        """
        count = len(self._sheet.lines)
        bits = count.bit_length()
        last = (1 << bits) - 1
        slopes, fixed = self._lines
        packed = ((drawn @ slopes + fixed) << bits) + (last - self._numpy.arange(count))
        packed.sort(axis=1)
        packed = packed[:, ::-1]
        order = last - (packed & last)
        if not self._error:
            return order, self._numpy.zeros(len(drawn), dtype=bool)
        values, same = packed >> bits, self._same[order]
        close = (values[:, :-1] - values[:, 1:] <= self._error) & (same[:, :-1] != same[:, 1:])
        return order, close.any(axis=1)

    def _fit(self, drawn: Any) -> tuple[Any, Any]:
        """Say who is fit for a place in each weighting, and in which weightings it is in doubt."""
        numpy = self._numpy
        fit = numpy.repeat(self._able[None, :], len(drawn), axis=0)
        if not self._asked:
            return fit, numpy.zeros(len(drawn), dtype=bool)
        slopes, fixed = self._demands
        values = drawn @ slopes + fixed
        met = values >= 0
        fit[:, self._asked] &= self._all_of_each(met)
        return fit, (~met & (values > -self._error)).any(axis=1)

    def _all_of_each(self, met: Any) -> Any:
        """Say who meets all that is asked of it: as many demands of each, most often."""
        if len(self._starts) == 1:
            return met.reshape(len(met), len(self._asked), self._starts[0]).all(axis=2)
        return self._numpy.logical_and.reduceat(met, self._starts, axis=1)

    def _kept(self, order: Any, fit: Any) -> list[int]:
        numpy, (count, places) = self._numpy, (len(self._sheet.lines), self._sheet.contest.places)
        position = numpy.empty_like(order)
        numpy.put_along_axis(position, order, numpy.arange(count)[None, :], axis=1)
        self._add(position)
        inside = fit
        if fit.all():
            inside = position < places
        elif places < count:
            # The place of each among those that are fit, in the order of totals.
            ahead = numpy.take_along_axis(fit, order, axis=1).cumsum(axis=1, dtype=numpy.int32)
            inside = fit & (numpy.take_along_axis(ahead, position, axis=1) <= places)
        for group in self._sheet.twins:
            mine = slice(group.start, group.stop)
            inside[:, mine] &= (inside[:, mine] | ~fit[:, mine]).all(axis=1, keepdims=True)
        return [int(times) for times in inside.sum(axis=0)]

    def _add(self, position: Any) -> None:
        some = position[:, self._sheet.ranked.start : self._sheet.ranked.stop]
        keys = some + self._numpy.arange(some.shape[1]) * len(self._sheet.lines)
        counts = self._numpy.bincount(keys.ravel(), minlength=self._table.size)
        self._table += counts.reshape(self._table.shape)


def _digits_left_out(lines: Sequence[Line], count: int) -> int:
    most = max((abs(line.fixed) + (max(map(abs, line.slopes), default=0) << BITS) for line in lines), default=0)
    return max(0, most.bit_length() + count.bit_length() - MOST_BITS)
