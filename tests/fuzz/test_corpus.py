"""Each input that once made a reader fall, and what fuzzing starts from: all are read to findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from .doors import DOORS, SEEDS

FILES = sorted((Path(__file__).parent / "corpus").glob("*/*"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_an_input_ends_in_findings(path: Path) -> None:
    DOORS[path.parent.name](path.read_bytes())


def test_every_door_has_something_to_start_from() -> None:
    assert {path.parent.name for path in FILES} | set(SEEDS) == set(DOORS)
