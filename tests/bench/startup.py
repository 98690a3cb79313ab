"""How long `ami` takes to start, against a Python that does nothing."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from .generate import write_policy, write_yaml
from .table import Row, milliseconds
from .timing import AMI, BARE, Cost, Job, medians

POLICY = Path(__file__).parents[2] / "criteria.yaml"
LIBRARIES = (sys.executable, str(Path(__file__).with_name("libraries.py")), "candidatures")
FILES = 100
ALONE = "les bibliothèques seules, sans rien de nous"
PIPED = f"ami score, {FILES} fichiers, dans un tube"
JOBS = {
    "ami --version": (Job((AMI, "--version")), 3),
    "ami --help": (Job((AMI, "--help")), 10),
    ALONE: (Job(LIBRARIES), None),
    PIPED: (Job((AMI, "score", "candidatures")), 20),
    f"ami score, {FILES} fichiers, au terminal": (Job((AMI, "score", "candidatures"), on_terminal=True), 32),
}


def measure(times: int) -> list[Row]:
    """Time the commands in turn with a bare interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_yaml(folder / "candidatures", FILES)
        write_policy(folder, POLICY)
        jobs = {"bare": Job(BARE), **{what: job for what, (job, _) in JOBS.items()}}
        found = medians(jobs, folder, 3 * times)
    bare, alone = found["bare"].seconds, found[ALONE].seconds
    piped = found[PIPED].seconds
    shown, beside = milliseconds(piped), f"les bibliothèques seules : {milliseconds(alone)}"
    return [
        Row("Démarrage", PIPED, shown, beside, piped / alone, "≤ 1,25 ×"),
        *_beside_nothing(found, bare),
    ]


def _beside_nothing(found: dict[str, Cost], bare: float) -> list[Row]:
    return [
        Row(
            "Démarrage",
            what,
            milliseconds(found[what].seconds),
            f"Python nu : {milliseconds(bare)}",
            found[what].seconds / bare,
            f"≤ {target} ×" if target else "",
        )
        for what, (_, target) in JOBS.items()
    ]
