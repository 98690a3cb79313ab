"""What users of other tools would write to score the same candidatures by the same barème, beside `ami`.

Each is a script of `scorers`, timed whole, as `ami` is, on one processor. It is first run on a sample: one that gives
other totals than `ami` is not compared, and its row says so.
"""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from .environment import ROOT, environment
from .generate import write_lines, write_policy
from .table import Row, number
from .timing import AMI, Cost, Job, medians

COUNT: Final = 100_000
QUICK: Final = 10_000
SAMPLE: Final = 2_000
PACKAGES: Final = {"duckdb": "2.0.1", "zen-engine": "2.1.3", "openfisca-core": "46.0.1"}
SCORERS: Final = Path(__file__).with_name("scorers")
FILES: Final = ("lignes.jsonl", "zonage.csv")


class Rival(NamedTuple):
    """A script, and how it works."""

    what: str
    script: str
    is_one_by_one: bool
    """Whether it scores one record after another, as `ami` does: it is those that `ami` must be ahead of."""


RIVALS: Final = (
    Rival("script Python, json et Fraction", "script.py", is_one_by_one=True),
    Rival("DuckDB, une requête SQL", "sql.py", is_one_by_one=False),
    Rival("zen-engine, un graphe de décision", "graph.py", is_one_by_one=True),
    Rival("OpenFisca, en colonnes", "vectors.py", is_one_by_one=False),
)


def measure(times: int) -> list[Row]:
    """Run each in turn with `ami`."""
    count = COUNT if times > 1 else QUICK
    part = f"{number(count)} candidatures notées par d'autres, sans explication, borne, refus, départage ni place"
    python = environment("bench-scorers", PACKAGES)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, ROOT / "criteria.yaml")
        write_lines(folder / "sample.jsonl", SAMPLE)
        write_lines(folder / FILES[0], count)
        told = _totals_of_ami(folder)
        jobs, wrong = {"ami": Job((AMI, "score", FILES[0], "-f", "tsv"), is_alone=True)}, []
        for rival in RIVALS:
            command = _command(rival, python)
            if command is None:
                wrong.append(Row(part, rival.what, "", "pas installé, pas mesuré"))
            elif _totals(command, folder) != told:
                wrong.append(Row(part, rival.what, "", "pas les mêmes totaux, pas mesuré"))
            else:
                jobs[rival.what] = Job((*command, *FILES), is_alone=True)
        found = medians(jobs, folder, min(times, 3))
    return [*_rows(part, found), *wrong]


def _command(rival: Rival, python: Path | None) -> tuple[str, ...] | None:
    """Say how a script is run; None where it needs what is not installed. Plain Python needs nothing."""
    path = str(SCORERS / rival.script)
    if rival.script == "script.py":
        return sys.executable, path
    return None if python is None else (str(python), path)


def _totals_of_ami(folder: Path) -> dict[str, float]:
    command = (AMI, "score", "sample.jsonl", "-q", "-f", "csv")
    text = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8-sig", check=True).stdout
    rows = csv.DictReader(io.StringIO(text), delimiter=";")
    return {row["référence"]: float(row["total"].replace(",", ".")) for row in rows if row["rang"]}


def _totals(command: tuple[str, ...], folder: Path) -> dict[str, float]:
    run = (*command, "sample.jsonl", FILES[1])
    text = subprocess.run(run, cwd=folder, capture_output=True, encoding="utf-8", check=True).stdout
    return {reference: float(total) for reference, total in (line.split("\t") for line in text.splitlines())}


def _rows(part: str, found: dict[str, Cost]) -> Iterator[Row]:
    ami = found["ami"]
    shown = f"{number(ami.seconds, 1)} s, {number(ami.megabytes)} Mo"
    for rival in RIVALS:
        if (cost := found.get(rival.what)) is not None:
            beside = f"{number(cost.seconds, 1)} s, {number(cost.megabytes)} Mo"
            target = "≤ 1 ×" if rival.is_one_by_one else ""
            yield Row(part, rival.what, shown, beside, ami.seconds / cost.seconds, target)
