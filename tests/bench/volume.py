"""How long many candidatures take: one file per commune of a region, then many more in one file."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .generate import COMMUNES, write_lines, write_policy, write_yaml
from .table import Row, number
from .timing import AMI, Job, medians, once

POLICY = Path(__file__).parents[2] / "criteria.yaml"
PLAIN = str(Path(__file__).with_name("plain.py"))
SIZES = (1_000, 10_000, 100_000)
MANY = 350_000
GROWTH = "Croissance, en .jsonl"


def measure(times: int) -> list[Row]:
    """Time a folder of YAML files beside the plain script, then `.jsonl` files of growing size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_policy(folder, POLICY)
        rows = [*_files(folder, times), *_growth(folder, times)]
        return [*rows, _many(folder)] if times > 1 else rows


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
        rows.append(Row(GROWTH, f"{number(size)} candidatures", shown, beside, ratio, goal))
    return rows


def _many(folder: Path) -> Row:
    """Time every commune of France over ten years of calls, once."""
    write_lines(folder / "beaucoup.jsonl", MANY)
    arguments = ("score", "-f", "tsv")
    less = once(Job((AMI, *arguments, f"{SIZES[-1]}.jsonl")), folder)
    more = once(Job((AMI, *arguments, "beaucoup.jsonl")), folder)
    beside = f"{number(SIZES[-1])} : {number(less.seconds, 1)} s ; mémoire : {number(more.megabytes)} Mo"
    shown = f"{number(more.seconds, 1)} s"
    target = f"≤ {number(1.1 * MANY / SIZES[-1], 2)} ×, < 1 500 Mo"
    return Row(GROWTH, f"{number(MANY)} candidatures", shown, beside, more.seconds / less.seconds, target)
