"""The door a user uses: a folder with a small call, and the command run in it, in this process or in its own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest

from ami_scoring.cli.app import run

CRITERIA = """\
language: 1
call: {title: Appel d'essai, edition: essai no 1, authority: Comité, notice: Des poids supposés.}
total: 50
waves:
  - {id: v1, label: Vague 1, closes: 2022-02-28, zoning: zonage.csv}
  - {id: v2, label: Vague 2, closes: 2022-09-30, zoning: zonage.csv}
criteria:
  - id: zonage
    label: Zonage
    weight: 30
    rule: {kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}
    if_missing: hold
  - id: bureaux
    label: Bureaux
    weight: 20
    rule: {kind: per_unit, fact: locaux.bureaux, points: 5, at_most: 20}
    if_missing: zero
selection: {places: 1, reserve: 1}
"""
ZONING = """\
code,type,zone,edition,source
09001,commune,ZIP,2022,essai
09002,commune,ZAC,2022,essai
31001,commune,ZV,2022,essai
"""
SCRUBBED = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "TERM", "PYTHONIOENCODING", "PYTHONUTF8")


@dataclass(frozen=True)
class Ran:
    """What one command gave."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything that was written, on either stream."""
        return self.out + self.err


class Ami(Protocol):
    """`ami`, with these arguments."""

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run it."""


class Command(Protocol):
    """`ami` in a process of its own, with this environment."""

    def __call__(self, *arguments: str | Path, **environment: str) -> Ran:
        """Run it."""


class Write(Protocol):
    """Write a file of the call's folder."""

    def __call__(self, name: str, content: str | bytes) -> Path:
        """Give its path, relative to the folder."""


class Apply(Protocol):
    """Write a candidature that is right, but for the changes."""

    def __call__(self, reference: str, *, name: str | None = None, code: str = "09001", more: str = "") -> Path:
        """Give its path, relative to the folder."""


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SCRUBBED:
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the current folder, which holds a call without candidature."""
    folder = tmp_path / "appel"
    (folder / "candidatures").mkdir(parents=True)
    (folder / "criteria.yaml").write_text(CRITERIA, encoding="utf-8")
    (folder / "zonage.csv").write_text(ZONING, encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def write(call: Path) -> Write:
    def writing(name: str, content: str | bytes) -> Path:
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return writing


@pytest.fixture
def apply(write: Write) -> Apply:
    def applying(reference: str, *, name: str | None = None, code: str = "09001", more: str = "") -> Path:
        text = (
            f"reference: {reference}\ndepose_le: 2022-02-01\nporteur: {{nom: Commune d'Essai, type: commune}}\n"
            f"implantation: {{communes: [{{code_insee: \"{code}\", nom: Essai-{reference}}}]}}\n{more}"
        )
        return write(f"candidatures/{name or reference + '.yaml'}", text)

    return applying


@pytest.fixture
def ami(call: Path, capsys: pytest.CaptureFixture[str]) -> Ami:
    def running(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(code, out, err)

    return running


@pytest.fixture
def command(call: Path) -> Command:
    def running(*arguments: str | Path, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "ami_scoring", *map(str, arguments)],
            capture_output=True,
            env={name: value for name, value in os.environ.items() if name not in SCRUBBED} | environment,
            timeout=60,
            check=False,
        )
        decoded = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        return Ran(done.returncode, *decoded)

    return running
