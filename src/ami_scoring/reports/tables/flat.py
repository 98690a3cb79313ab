"""TSV for programs and CSV for Excel in French: one header line, then one line for each candidature.

There are no comment lines: the file that a row comes from stands in its last columns. What is the same for all rows
(the policy and the zoning behind them, the notice of the call) is repeated on each only where `grounds` asks for it.
"""

from __future__ import annotations

from collections.abc import Iterator

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.processes import in_parts
from ami_scoring.reports.tables.cells import Cells, csv_cells, tsv_cells
from ami_scoring.reports.tables.parts import parts_of
from ami_scoring.reports.tables.rows import listed, row_maker
from ami_scoring.scoring.words import total_decimals


def tsv(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> str:
    """Write plain tab-separated lines with decimal points, complete, for other programs; exact totals included."""
    return "".join(tsv_pieces(evaluation, top, grounds=grounds))


def tsv_pieces(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> Iterator[str]:
    """Give the text of `tsv` piece by piece, for those who need not hold it whole."""
    yield from _pieces(evaluation, top, tsv_cells(total_decimals(evaluation)), grounds=grounds)


def csv(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> str:
    """Write semicolons, decimal commas, CRLF and a byte order mark, as Excel in French opens with a double click.

    Text that a spreadsheet would run as a formula is led by an apostrophe; numbers stay numbers.
    """
    return "".join(csv_pieces(evaluation, top, grounds=grounds))


def csv_pieces(evaluation: Evaluation, top: int | None = None, *, grounds: bool = False) -> Iterator[str]:
    """Give the text of `csv` piece by piece, for those who need not hold it whole."""
    yield "\ufeff"
    yield from _pieces(evaluation, top, csv_cells(total_decimals(evaluation)), grounds=grounds)


def _pieces(evaluation: Evaluation, top: int | None, cells: Cells, *, grounds: bool) -> Iterator[str]:
    ranked, separator, end = listed(evaluation, top), cells.separator, cells.end
    parts = parts_of(evaluation, ranked, cells, grounds=grounds)
    writes, row_of = [part.write for part in parts], row_maker(evaluation.criteria)

    def lines(places: range) -> Iterator[str]:
        for place in places:
            row = row_of(ranked[place])
            yield separator.join([write(row) for write in writes]) + end

    yield separator.join(cells.text(header) for part in parts for header in part.headers) + end
    yield from in_parts(len(ranked), lambda places: "".join(lines(places)))
