"""Accents that were badly converted are told, however the file writes them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.sources.doors.loaders import load_candidatures

DATA: dict[str, Any] = {
    "reference": "AMI-T-01",
    "depose_le": "2022-09-30",
    "porteur": {"nom": "CommunautÃ© d'essai"},
    "implantation": {"communes": [{"code_insee": "09901"}]},
}


@pytest.mark.parametrize("escaped", [False, True])
@pytest.mark.parametrize("name", ["c.json", "c.jsonl", "c.yaml"])
def test_a_garbled_text_is_told_whether_its_letters_are_written_or_escaped(
    name: str, escaped: bool, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_text(json.dumps(DATA, ensure_ascii=escaped), encoding="utf-8")
    assert [each.code for each in load_candidatures([path], lambda _: ()).findings] == ["text-garbled"]


def test_a_sound_text_is_not_told(tmp_path: Path) -> None:
    path = tmp_path / "c.json"
    path.write_text(json.dumps({**DATA, "porteur": {"nom": "Communauté âgée"}}), encoding="utf-8")
    assert load_candidatures([path], lambda _: ()).findings == []
