"""How long many candidatures take: one file per commune of a region, then up to a hundred thousand in one file."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from .generate import COMMUNES, with_error, with_warning, write_lines, write_policy, write_tables, write_yaml
from .table import Row, number
from .timing import AMI, Job, medians

POLICY = Path(__file__).parents[2] / "criteria.yaml"
PLAIN = str(Path(__file__).with_name("plain.py"))
SIZES = (1_000, 10_000, 100_000)
WRONG = {"propres": None, "un avertissement chacune": with_warning, "une erreur chacune": with_error}
LINES, FILES, ROWS = 20_000, 2_000, 5_000


def measure(times: int) -> list[Row]:
    """Time a folder of YAML files beside the plain script, then `.jsonl` files of growing size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, POLICY)
        return [*_files(folder, times), *_growth(folder, times), *_findings(folder, times)]


def _files(folder: Path, times: int) -> list[Row]:
    count = write_yaml(folder / "candidatures")
    jobs = {
        "ami": Job((AMI, "score", "candidatures", "-f", "tsv")),
        "plain": Job((sys.executable, PLAIN, "candidatures")),
    }
    found = medians(jobs, folder, times)
    ami, plain = found["ami"], found["plain"]
    source = "une par commune d'Occitanie" if COMMUNES else "inventées"
    part = f"{number(count)} candidatures en YAML, {source}"
    return [
        Row(
            part,
            "temps par fichier, tout compris",
            f"{number(ami.seconds / count * 1000, 2)} ms",
            f"script nu : {number(plain.seconds / count * 1000, 2)} ms",
            ami.seconds / plain.seconds,
            "≤ 0,8 ms",
        ),
        Row(
            part,
            "mémoire au plus haut",
            f"{number(ami.megabytes)} Mo",
            f"script nu : {number(plain.megabytes)} Mo",
            ami.megabytes / plain.megabytes,
            "< 200 Mo",
        ),
    ]


def _growth(folder: Path, times: int) -> list[Row]:
    jobs = {}
    for size in SIZES:
        write_lines(folder / f"{size}.jsonl", size)
        jobs[str(size)] = Job((AMI, "score", f"{size}.jsonl", "-f", "tsv"))
    found = medians(jobs, folder, times)
    seconds = {size: found[str(size)].seconds for size in SIZES}
    rows = []
    for before, size in zip((None, *SIZES), SIZES, strict=False):
        beside = f"{number(before)} : {number(seconds[before], 1)} s" if before else ""
        ratio = seconds[size] / seconds[before] if before else None
        target = "< 15 s" if size == SIZES[-1] else ""
        limit = "≤ 10 ×" if before else ""
        shown = f"{number(seconds[size], 1)} s"
        goal = ", ".join(part for part in (limit, target) if part)
        rows.append(Row("Croissance, en .jsonl", f"{number(size)} candidatures", shown, beside, ratio, goal))
    return rows


def _findings(folder: Path, times: int) -> Iterator[Row]:
    """Time the same candidatures where each one has something that must be told."""
    for place, change in enumerate(WRONG.values()):
        write_lines(folder / f"dit-{place}.jsonl", LINES, change)
        write_yaml(folder / f"dit-{place}", FILES, change)
        write_tables(folder / f"dit-{place}", ROWS, change)
    sources = (
        (LINES, "lignes de JSON", ".jsonl"),
        (FILES, "fichiers YAML", ""),
        (ROWS, "lignes de CSV", ".csv"),
        (ROWS, "lignes de classeur", ".xlsx"),
    )
    for count, source, end in sources:
        jobs = {kind: Job((AMI, "score", f"dit-{place}{end}")) for place, kind in enumerate(WRONG)}
        found = medians(jobs, folder, times)
        clean = found["propres"].seconds
        for kind in list(WRONG)[1:]:
            shown, beside = f"{number(found[kind].seconds, 1)} s", f"propres : {number(clean, 1)} s"
            part = f"Constats, {number(count)} {source}"
            yield Row(part, kind, shown, beside, found[kind].seconds / clean, "≤ 1,3 ×")
