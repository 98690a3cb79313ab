"""The small call, evaluated where each test has its own folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ami_scoring import Evaluation, evaluate

from .small_call import CRITERIA, FOUR, ZONING, Call


@pytest.fixture
def call(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.chdir(tmp_path)

    def run(*candidatures: dict[str, Any], criteria: str = CRITERIA, zoning: str = ZONING) -> Evaluation:
        Path("criteria.yaml").write_text(criteria, encoding="utf-8")
        Path("z.csv").write_text(zoning, encoding="utf-8")
        folder = Path("dossiers")
        folder.mkdir(exist_ok=True)
        for one in candidatures:
            (folder / f"{one['reference']}.json").write_text(json.dumps(one), encoding="utf-8")
        return evaluate([folder], Path("criteria.yaml"))

    return run


@pytest.fixture
def four(call: Call) -> Evaluation:
    return call(*FOUR)
