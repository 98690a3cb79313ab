"""What the coverage is not measured through is named, and still there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.conftest import UNMEASURED

TESTS = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", sorted(UNMEASURED))
def test_each_test_that_is_left_out_of_the_measure_is_there_under_its_name(name: str) -> None:
    defined = re.compile(rf"^def {name}\(", re.MULTILINE)
    is_path = any(path.name == name for path in TESTS.rglob("*"))
    assert is_path or any(defined.search(path.read_text(encoding="utf-8")) for path in TESTS.rglob("test_*.py"))
