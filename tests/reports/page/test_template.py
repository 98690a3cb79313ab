"""What the template compiles to is kept beside our modules, and does without where it cannot be."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ami_scoring.reports.page import template


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Let it be kept in a folder of its own."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    return tmp_path


def test_it_is_kept_once_and_found_again(kept: Path) -> None:
    assert template.rendered("{{ one }}", {"one": "<b>"}) == "&lt;b&gt;"
    (path,) = kept.rglob("*.pyc")
    before = path.stat().st_mtime_ns
    assert template.rendered("{{ one }}", {"one": 2}) == "2"
    assert path.stat().st_mtime_ns == before


def test_another_template_is_compiled_again(kept: Path) -> None:
    template.rendered("{{ one }}", {"one": 1})
    assert template.rendered("{{ one }} et {{ one }}", {"one": 1}) == "1 et 1"
    (path,) = kept.rglob("*.pyc")
    path.write_bytes(b"rien")
    assert template.rendered("{{ one }}", {"one": 3}) == "3"


def test_nothing_is_kept_where_python_keeps_nothing(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert template.rendered("{{ one }}", {"one": 1}) == "1"
    assert list(kept.rglob("*")) == []


def test_without_a_place_to_write_it_is_compiled_each_time(kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(kept / "fichier"))
    (kept / "fichier").write_text("", encoding="utf-8")
    assert template.rendered("{{ one }}", {"one": 1}) == "1"
