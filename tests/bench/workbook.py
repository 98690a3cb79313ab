"""How long the ranked workbook takes to write, beside the time that openpyxl needs for the same cells."""

from __future__ import annotations

import statistics
import tempfile
import time
import warnings
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from ami_scoring import evaluate
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.reports.workbook import workbook

from .generate import write_policy, write_yaml
from .table import Row, milliseconds, number
from .timing import AMI, Job, medians

PART = "Classeur"
POLICY = Path(__file__).parents[2] / "criteria.yaml"
FILES = 100


def measure(times: int) -> list[Row]:
    """Write the workbook of 100 candidatures in this process, and of one per commune by the command."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_yaml(folder / "cent", FILES)
        count = write_yaml(folder / "communes")
        policy = write_policy(folder, POLICY)
        evaluation = evaluate([folder / "cent"], policy)
        job = Job((AMI, "score", "communes", "-q", "-o", "classement.xlsx"))
        whole = medians({"whole": job}, folder, 1)["whole"]
    ours, bare = _beside_openpyxl(evaluation, times)
    return [
        Row(
            PART,
            f"écrire le classeur de {FILES} candidatures",
            milliseconds(ours),
            f"openpyxl seul, mêmes cellules : {milliseconds(bare)}",
            ours / bare,
            "≤ 1,2 ×",
        ),
        Row(
            PART,
            f"lire {count} candidatures et écrire leur classeur",
            milliseconds(whole.seconds),
            f"mémoire : {number(whole.megabytes)} Mo",
            target="< 20 s et 300 Mo",
        ),
    ]


def _beside_openpyxl(evaluation: Evaluation, times: int) -> tuple[float, float]:
    content = workbook(evaluation)  # imports are paid once
    with warnings.catch_warnings():
        # What openpyxl cannot keep, such as the newer data bars, is not in the cells that are compared.
        warnings.filterwarnings("ignore", module="openpyxl", category=UserWarning)
        read = load_workbook(BytesIO(content))
    sheets = [(sheet.title, [[cell.value for cell in row] for row in sheet]) for sheet in read]

    def bare() -> None:
        book = Workbook()
        for title, rows in sheets:
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        book.save(BytesIO())

    taken = [(_seconds(lambda: workbook(evaluation)), _seconds(bare)) for _ in range(times)]
    return statistics.median(ours for ours, _ in taken), statistics.median(plain for _, plain in taken)


def _seconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return time.process_time() - start
