"""How long `ami robustness` takes, beside two libraries looped as their users do, in an environment of their own.

Here a ratio says how many times sooner `ami` is.
"""

from __future__ import annotations

import gc
import json
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

from ami_scoring import evaluate
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.scoring.robustness import Drawing, contest_of, shares_over

from .environment import ROOT, environment
from .generate import communes, write_lines, write_policy
from .table import Row, milliseconds, number
from .timing import AMI, Job, medians, once

PART = "Solidité"
PEERS = {"scikit-criteria": "0.10", "pymcdm": "1.4.0"}
SOONER = {"scikit-criteria": "≥ 1 000 ×", "pymcdm": "≥ 300 ×"}
FILES = 100
DRAWN = 10_000


def measure(times: int) -> list[Row]:
    """Draw weightings in this process and by the command, beside the same loops; then the exact answers alone."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        policy = write_policy(folder, ROOT / "criteria.yaml")
        count = len(communes())
        write_lines(folder / "cent.jsonl", FILES)
        write_lines(folder / "communes.jsonl", count)
        evaluation = evaluate([folder / "cent.jsonl"], policy)
        (folder / "marks.json").write_text(json.dumps(_marks(evaluation)), encoding="utf-8")
        jobs = {
            "drawn": Job((AMI, "robustness", "cent.jsonl", "--draws", str(DRAWN))),
            "exact": Job((AMI, "robustness", "communes.jsonl", "--draws", "0")),
        }
        found = medians(jobs, folder, times)
        sampled, whole, exact = _sampled(evaluation, times), found["drawn"].seconds, found["exact"]
        rows = [row for library in PEERS for row in _beside(library, folder, sampled, whole)]
    return [
        *rows,
        Row(
            PART,
            f"lire {number(count)} candidatures, réponses exactes",
            milliseconds(exact.seconds),
            f"mémoire : {number(exact.megabytes)} Mo",
            target="< 5 s et 200 Mo",
        ),
    ]


def _marks(evaluation: Evaluation) -> list[list[float]]:
    """Give the points of each criterion, and one more: pymcdm refuses what is not above zero."""
    roots = [root.id for root in evaluation.criteria.criteria]
    return [[float(one.card.marks[name].points or 0) + 1 for name in roots] for one in evaluation.standings]


def _sampled(evaluation: Evaluation, times: int) -> float:
    """Time the drawing of weightings and the table of ranks, everything included but the reading of files."""
    taken = []
    gc.disable()
    try:
        for _ in range(max(times, 3)):
            start = time.process_time()
            contest = contest_of(evaluation)
            shares_over(evaluation, contest, [1] * len(contest.plane.axes), Drawing("mesure", DRAWN, np))
            taken.append(time.process_time() - start)
    finally:
        gc.enable()
    return statistics.median(taken)


def _beside(library: str, folder: Path, sampled: float, whole: float) -> list[Row]:
    """Run a library once: it takes long."""
    python = environment("bench-peers", PEERS)
    command = () if python is None else (str(python), "-W", "ignore", str(Path(__file__).with_name("peers.py")))
    what = f"{number(DRAWN)} pondérations, {FILES} candidatures, 5 critères"
    if not command:
        return [Row(PART, what, milliseconds(sampled), f"{library} : pas installé, pas mesuré")]
    job = (*command, library, "marks.json", str(DRAWN))
    looped = float(subprocess.run(job, cwd=folder, check=True, capture_output=True, text=True).stdout)
    started = once(Job(job), folder).seconds
    return [
        Row(
            PART,
            what,
            milliseconds(sampled),
            f"{library}, en boucle : {number(looped, 1)} s",
            looped / sampled,
            SOONER[library],
        ),
        Row(
            PART,
            "la commande entière, toutes les réponses",
            milliseconds(whole),
            f"{library}, processus compris : {number(started, 1)} s",
            started / whole,
            "≥ 10 ×",
        ),
    ]
