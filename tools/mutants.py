"""Run with `make mutants`: change the code of the core a little, everywhere, and see whether the tests notice.

Mutmut does it, in a copy of the project under `build/mutants`, with the quick tests of those rooms. Those that survive
are compared with those that `docs/decisions/survivors.md` lists with a reason: it fails for one that is not there.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PLACE: Final = ROOT / "build" / "mutants"
LISTED: Final = ROOT / "docs" / "decisions" / "survivors.md"
NEEDED: Final = ("src", "tests", "samples", "examples", "schemas", "docs", "templates", "tools", "criteria.yaml")
LEAST: Final = 95
"""Of a hundred mutants that the tests reach or should, how many they notice at least."""
SETTINGS: Final = """\
[mutmut]
source_paths=src
only_mutate=
    src/ami_scoring/exact.py
    src/ami_scoring/scoring/marks/*
    src/ami_scoring/scoring/places/*
also_copy=
    {needed}
pytest_add_cli_args=
    -p
    no:cacheprovider
    -m
    not hypothesis
pytest_add_cli_args_test_selection=
    tests/test_exact.py
    tests/scoring/marks
    tests/scoring/places
    tests/scoring/words
    tests/scoring/telling
    tests/evaluation
    tests/cli/test_reasons.py
    --deselect=tests/test_exact.py::test_a_run_leaves_the_bytes_that_everybody_shares
timeout_constant=60
use_git_change_detection=false
"""
_RESULT: Final = re.compile(
    r"^\s*(\S+): (survived|no tests|killed|timeout|suspicious|skipped|segfault)\s*$", re.MULTILINE
)
_FUNCTION: Final = re.compile(r"\.x_?(?:ǁ(\w+)ǁ)?(\w+?)__mutmut_\d+$")
_ROW: Final = re.compile(r"^\| `([\w.]+)` \| (\d+) \|", re.MULTILINE)


def main() -> None:
    """Make the copy, run, and compare what survives with what is listed."""
    _copy()
    chosen = sys.argv[1:]
    subprocess.run([sys.executable, "-m", "mutmut", "run", *chosen], cwd=PLACE, check=False)  # noqa: S603 - our own tool
    asked = [sys.executable, "-m", "mutmut", "results", "--all", "true"]
    done = subprocess.run(asked, cwd=PLACE, check=True, capture_output=True, text=True)  # noqa: S603 - same
    found = _RESULT.findall(done.stdout)
    living = Counter(_named(mutant) for mutant, said in found if said in {"survived", "no tests", "suspicious"})
    tried = len(found)
    killed = tried - living.total()
    print(f"{tried} mutants essayés, {killed} vus par les tests ({100 * killed / max(tried, 1):.1f} %).")  # noqa: T201
    listed = {name: int(count) for name, count in _ROW.findall(LISTED.read_text(encoding="utf-8"))}
    new = {name: count for name, count in sorted(living.items()) if count > listed.get(name, 0)}
    for name, count in new.items():
        print(f"  {name} : {count} survivants, {listed.get(name, 0)} connus")  # noqa: T201
    sys.exit(bool(new) or 100 * killed < LEAST * tried)


def _copy() -> None:
    PLACE.mkdir(parents=True, exist_ok=True)
    for name in ("pyproject.toml", *NEEDED):
        source, target = ROOT / name, PLACE / name
        if source.is_dir():
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("node_modules", "__pycache__"))
        else:
            shutil.copyfile(source, target)
    (PLACE / "setup.cfg").write_text(SETTINGS.format(needed="\n    ".join(NEEDED[2:])), encoding="utf-8")


def _named(mutant: str) -> str:
    """Name the function of a mutant: `places.purses.Purses.cause`."""
    module = mutant.removeprefix("ami_scoring.").removeprefix("scoring.").partition(".x")[0]
    owner, function = _FUNCTION.search(mutant).groups() if _FUNCTION.search(mutant) else ("", mutant)
    return ".".join(part for part in (module, owner, function) if part)


if __name__ == "__main__":
    main()
