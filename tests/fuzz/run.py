"""Run with `make fuzz`: bytes that grow towards code never reached, until a reader raises what it does not document.

Without a door named, all are tried in turn. What is found is kept in `build/fuzz`, a file for each input that raised;
once the reader is mended, that file goes to `tests/fuzz/corpus/<door>`, where the tests read it forever.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore] # installed by `make fuzz` alone

with atheris.instrument_imports(include=["ami_scoring", "yaml", "csv", "json"]):
    from .doors import DOORS, ROOT, SEEDS

CORPUS: Final = Path(__file__).parent / "corpus"
FOUND: Final = ROOT / "build" / "fuzz"
LIMITS: Final = ("-max_len=60000", "-timeout=10", "-rss_limit_mb=2048", "-use_value_profile=1", "-print_final_stats=1")


def main() -> None:
    """Try one door, or each of them in a process of its own."""
    parser = argparse.ArgumentParser(prog="make fuzz", description="Cherche ce qui fait tomber un lecteur de fichiers.")
    parser.add_argument("door", nargs="?", choices=[*DOORS], metavar="PORTE", help=", ".join(DOORS))
    parser.add_argument("--seconds", type=int, default=60, metavar="S", help="durée pour chaque porte (60)")
    asked = parser.parse_args()
    if asked.door is None:
        codes = [_apart(door, asked.seconds) for door in DOORS]
        sys.exit(max(codes))
    _try(asked.door, asked.seconds)


def _apart(door: str, seconds: int) -> int:
    print(f"— {door}", flush=True)
    command = [sys.executable, "-m", "tests.fuzz.run", door, "--seconds", str(seconds)]
    return min(subprocess.run(command, check=False).returncode, 1)


def _try(door: str, seconds: int) -> None:
    grown, kept = FOUND / "corpus" / door, CORPUS / door
    seeds = FOUND / "seeds" / door
    for folder in (grown, kept, seeds):
        folder.mkdir(parents=True, exist_ok=True)
    for place, path in enumerate(path for pattern in SEEDS.get(door, ()) for path in sorted(ROOT.glob(pattern))):
        shutil.copyfile(path, seeds / f"{place}-{path.name}")
    folders = [str(folder) for folder in (grown, kept, seeds)]
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={FOUND}/{door}-", *LIMITS]
    atheris.Setup([sys.argv[0], *options, *folders], DOORS[door])
    atheris.Fuzz()


if __name__ == "__main__":
    main()
