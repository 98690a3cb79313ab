"""How long `ami validate` takes: the policy of the project, and one of two thousand lines."""

from __future__ import annotations

import tempfile
from pathlib import Path

from .table import Row, milliseconds
from .timing import AMI, BARE, Job, medians

POLICY = Path(__file__).parents[2] / "criteria.yaml"
PART = "Relire des critères"
LINES = 2_000
HEAD = """language: 1
call: {title: Mesure, edition: "1", authority: mesure}
total: %d
waves: [{id: seule, closes: 2022-09-30}]
selection: {places: 10}
criteria:
"""
CRITERION = """  - id: critere-%d
    label: Critère %d
    weight: 1
    reference: mesure
    rule:
      kind: bands
      fact: locaux.bureaux
      bands:
        - {below: %d, points: 0}
        - {from: %d, points: 1}
    examples:
      - {given: {locaux.bureaux: %d}, points: 1}
"""


def measure(times: int) -> list[Row]:
    """Time `ami validate` beside a bare interpreter."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        count = LINES // CRITERION.count("\n")
        criteria = "".join(CRITERION % (n, n, n % 9 + 1, n % 9 + 1, n % 9 + 1) for n in range(count))
        (folder / "long.yaml").write_text(HEAD % count + criteria, encoding="utf-8")
        jobs = {
            "bare": Job(BARE),
            "own": Job((AMI, "validate", str(POLICY))),
            "long": Job((AMI, "validate", "long.yaml")),
        }
        found = medians(jobs, folder, times)
    bare, own, long = (found[name].seconds for name in ("bare", "own", "long"))
    beside = f"Python nu : {milliseconds(bare)}"
    return [
        Row(PART, "les critères de l'AMI", milliseconds(own), beside, own / bare, "≤ 25 ×"),
        Row(PART, f"{LINES} lignes de critères", milliseconds(long), beside, long / bare, "< 2 s"),
    ]
