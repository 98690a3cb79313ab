#!/usr/bin/env python3
"""What the pre-commit hooks run: `ami validate`, in an environment that the locks alone filled the first time.

pre-commit would install a Python hook by letting pip resolve; so it is told that this one is a script, and the script
installs. It lies in the copy of this repository that pre-commit keeps for each revision, and so does the environment.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import install

# Names the environment that is ready: one that was cut short, or that another commit is filling, never counts.
READY = install.ROOT / ".pre-commit-env"
NEWER = ("python3.14", "python3.13", "python3.12", "python3.11")


def environment() -> Path:
    """Give the environment that is ready, or fill one."""
    if READY.exists():
        ready = Path(READY.read_text(encoding="utf-8"))
        if install.program(ready, "python").exists():
            return ready
    print("Installation d'ami, la première fois seulement…", file=sys.stderr)  # noqa: T201
    folder = Path(tempfile.mkdtemp(prefix=".pre-commit-env-", dir=install.ROOT))
    try:
        install.install(folder)
        named = folder / "ready"
        named.write_text(str(folder), encoding="utf-8")
        os.replace(named, READY)  # noqa: PTH105 - said as what it is: one step, seen by everyone or by no one
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _starts(python: str) -> bool:
    """Tell whether a name is that of a Python that can make an environment; pyenv answers to names it cannot start."""
    tried = (python, "-c", "import venv, ensurepip")
    return shutil.which(python) is not None and not subprocess.run(tried, check=False, capture_output=True).returncode  # noqa: S603 - ours


def main(arguments: list[str]) -> int:
    """Run the hook; give the exit code of `ami validate`."""
    if sys.version_info < install.OLDEST:
        newer = next(filter(_starts, NEWER), None)
        return subprocess.call([newer, __file__, *arguments]) if newer else install.main([])  # noqa: S603 - ours
    try:
        python = install.program(environment(), "python")
    except subprocess.CalledProcessError as failed:
        return failed.returncode
    return subprocess.run([python, "-m", "ami_scoring", "validate", *arguments], check=False).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
