"""Environments of the benchmark alone: pinned packages apart from the project's own, installed once into `build`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]


def environment(name: str, packages: Mapping[str, str]) -> Path | None:
    """Give the interpreter of an environment that has these versions, made if need be; None where it cannot be."""
    folder = ROOT / "build" / name
    python, done = folder / "bin" / "python", folder / ".done"
    wanted = [f"{package}=={version}" for package, version in packages.items()]
    if done.exists() and done.read_text(encoding="utf-8").split() == wanted:
        return python
    try:
        subprocess.run((sys.executable, "-m", "venv", "--clear", str(folder)), check=True)
        subprocess.run((str(python), "-m", "pip", "install", "-qq", *wanted), check=True)
    except subprocess.CalledProcessError:
        return None
    done.write_text("\n".join(wanted), encoding="utf-8")
    return python
