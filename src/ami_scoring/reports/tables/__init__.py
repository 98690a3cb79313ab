"""Flat tables of an evaluation: TSV for programs, CSV for Excel in French, Markdown for people.

Each is a function `(evaluation, top=None) -> str`. `top` leaves out the ranks beyond it, so that equals stay together,
and never what is on hold or set aside.
"""

from __future__ import annotations

from ami_scoring.domain.scores import Evaluation
from ami_scoring.reports.tables.flat import csv, tsv

__all__ = ["csv", "markdown", "tsv"]


def markdown(evaluation: Evaluation, top: int | None = None) -> str:
    """Write a page for people, whose module is not loaded for programs."""
    from ami_scoring.reports.tables.document import markdown as page  # noqa: PLC0415

    return page(evaluation, top)
