"""How long it takes to read forms and tables: `python tests/bench/forms.py`. Promised: 100 forms in under 5 seconds."""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from generate import candidature, communes

from ami_scoring.domain.candidature import Candidature
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.form import form_workbook, table_csv, table_workbook
from ami_scoring.sources.loaders import load_candidatures

ROOT = Path(__file__).parents[2]
FORMS = 100
PROMISED = 5.0


def main() -> int:
    """Measure, print, and fail when the promise is not kept."""
    criteria = read_policy(ROOT / "criteria.yaml").criteria
    made = [Candidature.model_validate(candidature(number, code)) for number, code in enumerate(communes(4_454))]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written, _ = timed(lambda: [_write(folder / f"{n}.xlsx", form_workbook(criteria, made[n])) for n in range(FORMS)])
        print(f"{FORMS} formulaires écrits : {written:.2f} s")
        seconds = _read(sorted(folder.glob("*.xlsx")), FORMS)
        print(f"{FORMS} formulaires lus : {seconds:.2f} s (promis : moins de {PROMISED:.0f} s)")
        for count in (FORMS, len(made)):
            _write(folder / "t.xlsx", table_workbook(criteria, made[:count]))
            _write(folder / "t.csv", table_csv(criteria, made[:count]).encode("utf-8-sig"))
            for kind in ("xlsx", "csv"):
                print(f"tableau .{kind} de {count} candidatures lu : {_read([folder / f't.{kind}'], count):.2f} s")
        lines = folder / "c.json"
        lines.write_text(json.dumps([candidature(n, code) for n, code in enumerate(communes(FORMS))]), encoding="utf-8")
        print(f"{FORMS} candidatures JSON lues, pour comparer : {_read([lines], FORMS):.2f} s")
    return 0 if seconds < PROMISED else 1


def timed(call: Callable[[], object]) -> tuple[float, object]:
    """Give the seconds that a call takes, and its result."""
    start = time.perf_counter()
    result = call()
    return time.perf_counter() - start, result


def _read(files: list[Path], expected: int) -> float:
    seconds, loaded = timed(lambda: load_candidatures(files, lambda _: ()).entries)
    if len(list(loaded)) != expected:  # type: ignore[call-overload]
        message = f"{expected} candidatures expected in {files[0]}"
        raise ValueError(message)
    return seconds


def _write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


if __name__ == "__main__":
    sys.exit(main())
