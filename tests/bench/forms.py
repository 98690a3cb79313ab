"""How long it takes to read forms and tables, beside the same candidatures in JSON, and to write a form."""

from __future__ import annotations

import gc
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from ami_scoring.domain.candidature import Candidature
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.form import form_workbook, table_csv, table_workbook
from ami_scoring.sources.doors.loaders import load_candidatures

from .generate import candidature, communes
from .table import Row, milliseconds

COUNT = 100
PART = "Formulaires et tableaux"
CRITERIA = Path(__file__).parents[2] / "criteria.yaml"


def measure(times: int) -> list[Row]:
    """Read 100 candidatures from forms, from a table and from a CSV."""
    criteria = read_policy(CRITERIA).criteria
    data = [candidature(number, code) for number, code in enumerate(communes(COUNT))]
    made = [Candidature.model_validate(each) for each in data]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, each in enumerate(made):
            (folder / f"{number:03d}.xlsx").write_bytes(form_workbook(criteria, each))
        forms = sorted(folder.glob("*.xlsx"))
        lines, table, text = folder / "c.json", folder / "t.xlsx", folder / "t.csv"
        lines.write_text(json.dumps(data), encoding="utf-8")
        table.write_bytes(table_workbook(criteria, made))
        text.write_bytes(table_csv(criteria, made).encode("utf-8-sig"))
        plain = _seconds(times, lambda: _read([lines]))
        beside = f"les mêmes en JSON : {milliseconds(plain)}"
        rows = [_row("lire 100 formulaires", _seconds(times, lambda: _read(forms)), beside, plain, "moins de 5 s")]
        for what, path in (
            ("lire un tableau .xlsx de 100 lignes", table),
            ("lire un tableau .csv de 100 lignes", text),
        ):
            rows.append(_row(what, _seconds(times, lambda path=path: _read([path])), beside, plain))  # type: ignore[misc]
    written = _seconds(times, lambda: form_workbook(criteria, made[0]))
    return [*rows, Row(PART, "écrire un formulaire rempli", milliseconds(written))]


def _row(what: str, seconds: float, beside: str, plain: float, target: str = "") -> Row:
    return Row(PART, what, milliseconds(seconds), beside, seconds / plain, target)


def _seconds(times: int, call: Callable[[], object]) -> float:
    """Give the median of some runs, in seconds of processor, without the collector as `ami` reads."""
    taken = []
    gc.disable()
    try:
        for _ in range(times):
            start = time.process_time()
            call()
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return statistics.median(taken)


def _read(files: list[Path]) -> None:
    found = len(load_candidatures(files, lambda _: ()).entries)
    if found != COUNT:
        message = f"{found} candidatures read, out of {COUNT}"
        raise ValueError(message)
