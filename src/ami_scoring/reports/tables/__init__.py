"""Tables of an evaluation as text: a list for people, TSV for programs, CSV for Excel in French, Markdown for pages.

Each is a function `(evaluation, top=None) -> str`. `top` leaves out the ranks beyond it, so that equals stay together,
and never what is on hold or set aside.
"""

from __future__ import annotations

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.reports.tables.flat import csv, csv_pieces, tsv, tsv_pieces

__all__ = ["csv", "csv_pieces", "listing", "markdown", "tsv", "tsv_pieces"]


def listing(evaluation: Evaluation, top: int | None = None) -> str:
    """Write a list for people, whose module is not loaded for programs."""
    from ami_scoring.reports.tables.one_a_line import listing as lines  # noqa: PLC0415

    return lines(evaluation, top)


def markdown(evaluation: Evaluation, top: int | None = None) -> str:
    """Write a page for people, whose module is not loaded for programs."""
    from ami_scoring.reports.tables.document import markdown as page  # noqa: PLC0415

    return page(evaluation, top)
