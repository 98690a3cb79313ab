"""A folder with a small call, and the command run in it, in this process or in one of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ami_scoring.cli.app import run

from .door import CRITERIA, SCRUBBED, ZONING, Ami, Apply, Command, Ran, Write


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
            f"reference: {reference}\ndepose_le: 2022-02-01\nporteur: {{nom: Commune de {reference}}}\n"
            f"implantation: {{communes: [{{code_insee: '{code}', nom: Essai}}]}}\n{more}"
        )
        return write(f"candidatures/{name or reference + '.yaml'}", text)

    return applying


@pytest.fixture
def ami(call: Path, capsys: pytest.CaptureFixture[str]) -> Ami:
    def running(*arguments: str | Path) -> Ran:
        capsys.readouterr()
        code = run([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return Ran(int(code), out, err)

    return running


@pytest.fixture
def command(call: Path) -> Command:
    def running(*arguments: str | Path, **environment: str) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "ami_scoring", *map(str, arguments)],
            capture_output=True,
            env={**os.environ, **environment},  # noqa: TID251 - for another process, scrubbed above
            timeout=60,
            check=False,
        )
        decoded = (stream.decode("utf-8", "replace") for stream in (done.stdout, done.stderr))
        return Ran(done.returncode, *decoded)

    return running
