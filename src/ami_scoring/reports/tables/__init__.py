"""Flat tables of an evaluation: TSV for programs, CSV for Excel in French, Markdown for people.

Each is a function `(evaluation, top=None) -> str`; `top` keeps the candidatures ranked at most so.
"""

from __future__ import annotations

from ami_scoring.reports.tables.document import markdown
from ami_scoring.reports.tables.flat import csv, tsv

__all__ = ["csv", "markdown", "tsv"]
