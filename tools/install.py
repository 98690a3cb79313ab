#!/usr/bin/env python3
"""Make an environment that holds this project and what its locks pin: what `make install` does, where there is no make.

    python tools/install.py FOLDER          # what runs ami
    python tools/install.py FOLDER --dev    # and what the tests need; the project is then read where it lies

Nothing is resolved and nothing is built but the project: see the Makefile. It needs Python 3.11 or later and nothing
else; Python 3.7 to 3.10 can read it, and be refused in a sentence.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OLDEST = (3, 11)
PIP = ("-m", "pip", "--disable-pip-version-check", "--no-input")
INSTALL_LOCKED = ("install", "--quiet", "--require-hashes", "--no-deps", "--only-binary", ":all:")
INSTALL_PROJECT = ("install", "--quiet", "--no-index", "--no-deps", "--no-build-isolation")


def program(folder: Path, name: str) -> Path:
    """Give where an environment keeps a program: each system has its place."""
    return folder / ("Scripts" if sys.platform == "win32" else "bin") / name


def install(folder: Path, *, dev: bool = False) -> None:
    """Fill an environment, made if it is not there; raise `CalledProcessError` where pip, which has said why, fails."""
    if not (folder / "pyvenv.cfg").exists():
        venv.create(folder, with_pip=True, symlinks=sys.platform != "win32")
    python = program(folder, "python")
    locks = ("runtime", "build", "dev") if dev else ("runtime", "build")
    requirements = [word for lock in locks for word in ("--requirement", ROOT / "requirements" / f"{lock}.lock")]
    project = ("--editable", ROOT) if dev else (ROOT,)
    for step in ((*INSTALL_LOCKED, *requirements), (*INSTALL_PROJECT, *project), ("check",)):
        # What pip says goes beside what the caller writes, never in the middle of a report.
        subprocess.run([python, *PIP, *step], check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr)  # noqa: S603 - ours


def main(arguments: list[str]) -> int:
    """Run from a shell; the exit code is pip's."""
    if sys.version_info < OLDEST:
        print("Il faut Python 3.11 ou plus récent ; celui-ci est", sys.version.split()[0], file=sys.stderr)  # noqa: T201
        return 2
    folders = [each for each in arguments if not each.startswith("-")]
    options = set(arguments) - set(folders)
    if len(folders) != 1 or options - {"--dev"}:
        print("Usage : python tools/install.py DOSSIER [--dev]", file=sys.stderr)  # noqa: T201
        return 2
    try:
        install(Path(folders[0]), dev="--dev" in options)
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
