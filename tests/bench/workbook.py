"""How long the ranked workbook takes to write, beside the time that openpyxl needs for the same cells."""

from __future__ import annotations

import time
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ami_scoring import evaluate
from ami_scoring.reports.workbook import workbook


@dataclass(frozen=True)
class Measured:
    """Seconds of processor for our workbook and for bare openpyxl, and how many cells there are."""

    ours: float
    openpyxl: float
    cells: int

    @property
    def ratio(self) -> float:
        """How many times openpyxl's own time ours is."""
        return self.ours / self.openpyxl


def measure(candidatures: Path, criteria: Path) -> Measured:
    """Write the workbook of candidatures, then the same cells with openpyxl alone."""
    evaluation = evaluate([candidatures], criteria)
    workbook(evaluation)  # imports are paid once
    start = time.process_time()
    content = workbook(evaluation)
    ours = time.process_time() - start
    sheets = [
        (sheet.title, [[cell.value for cell in row] for row in sheet]) for sheet in load_workbook(BytesIO(content))
    ]
    start = time.process_time()
    book = Workbook()
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(BytesIO())
    bare = time.process_time() - start
    return Measured(ours, bare, sum(len(row) for _, rows in sheets for row in rows))
