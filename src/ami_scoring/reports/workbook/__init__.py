"""The ranked Excel workbook: `workbook(evaluation)` gives its bytes."""

from __future__ import annotations

from ami_scoring.reports.workbook.writer import workbook

__all__ = ["workbook"]
