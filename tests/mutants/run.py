"""Run with `make mutants`: change the code of the core a little, everywhere, and see whether the tests notice.

Those that survive are compared with those that `docs/decisions/survivors.md` lists with a reason: it fails for one that
is not there.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections import Counter
from fnmatch import fnmatch
from pathlib import Path
from resource import RUSAGE_CHILDREN, getrusage
from time import process_time
from typing import Final

import pytest

from .changes import ROOT, SOURCE, changes_of
from .trials import Trials

CHANGED: Final = ("exact.py", "scoring/marks/*.py", "scoring/places/*.py")
TESTS: Final = (
    "tests/test_exact.py",
    "tests/scoring/marks",
    "tests/scoring/places",
    "tests/evaluation",
    "tests/cli/test_reasons.py",
)
LEFT_OUT: Final = ("tests/evaluation/test_sides.py", "test_a_run_leaves_the_bytes_that_everybody_shares")
"""What runs other processes: the change is not made there."""
LEAST: Final = 95
"""Of a hundred changes, how many the tests notice at least."""
LISTED: Final = ROOT / "docs" / "decisions" / "survivors.md"
REMEMBERED: Final = ROOT / "build" / "mutants.json"
_ROW: Final = re.compile(r"^\| `([\w.]+)` \| (\d+) \|", re.MULTILINE)


def main() -> None:
    """Try the changes that are asked for, and compare what survives with what is listed."""
    parser = argparse.ArgumentParser(prog="make mutants", description="Cherche ce que les tests laissent passer.")
    parser.add_argument("patterns", nargs="*", default=["*"], metavar="MOTIF", help="places.purses.* par exemple")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, metavar="N", help="à la fois")
    parser.add_argument("--tests", nargs="+", default=TESTS, metavar="CHEMIN", help="ceux-là seuls, plus vite")
    asked = parser.parse_args()
    paths = sorted(path for pattern in CHANGED for path in (SOURCE / "ami_scoring").glob(pattern))
    changes = [
        change
        for path in paths
        if any(_may_be_in(path, pattern) for pattern in asked.patterns)
        for change in changes_of(path)
        if any(fnmatch(change.name, pattern) for pattern in asked.patterns)
    ]
    before = json.loads(REMEMBERED.read_text(encoding="utf-8")) if REMEMBERED.is_file() else {}
    trials = Trials(changes, asked.processes, before)
    options = ["-q", "--assert=plain", "--tb=native", "-p", "no:cacheprovider", "-m", "not hypothesis"]
    left_out = [word for each in LEFT_OUT for word in ("--deselect", each)]
    code = pytest.main([*options, *left_out, *asked.tests], plugins=[trials])
    now = {f"{change.name} {change.told}": name for change, name in trials.noticed.items()}
    REMEMBERED.parent.mkdir(exist_ok=True)
    REMEMBERED.write_text(json.dumps({**before, **now}, indent=0), encoding="utf-8")
    sys.exit(_tell(trials) or code)


def _tell(trials: Trials) -> bool:
    """Say how many of each module the tests notice, and say whether that is too few or a survivor is not listed."""
    survivors, changes = trials.survivors, [*trials.noticed, *trials.survivors]
    tried, living = (Counter(_module(change.path) for change in some) for some in (changes, survivors))
    for module, count in tried.items():
        print(f"{module:24} {count:5} {living[module]:4} survivants  {100 * (count - living[module]) / count:5.1f} %")
    noticed = len(changes) - len(survivors)
    spent = sum(getrusage(RUSAGE_CHILDREN)[:2]) + process_time()
    told = f"{len(changes)} changements, {noticed} vus par les tests ({100 * noticed / max(len(changes), 1):.1f} %)"
    print(f"{told}, en {spent / 60:.0f} min de processeur.")
    listed = {name: int(count) for name, count in _ROW.findall(LISTED.read_text(encoding="utf-8"))}
    found = Counter(change.owner for change in survivors)
    new = {name: count for name, count in found.items() if count > listed.get(name, 0)}
    for name, count in new.items():
        print(f"  {name} : {count} survivants, {listed.get(name, 0)} connus")
    return bool(new) or 100 * noticed < LEAST * len(changes)


def _may_be_in(path: Path, pattern: str) -> bool:
    """Spare the making of the changes of a module that a pattern cannot name."""
    module, begins = f"{_module(path).replace('/', '.')}.", pattern.partition("*")[0]
    return module.startswith(begins) or begins.startswith(module)


def _module(path: Path) -> str:
    return path.relative_to(SOURCE / "ami_scoring").with_suffix("").as_posix().removeprefix("scoring/")


if __name__ == "__main__":
    main()
