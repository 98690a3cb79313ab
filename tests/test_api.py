"""The public surface of `ami_scoring`: small, importable, documented, and read without opening a file."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

import ami_scoring


@pytest.mark.parametrize("name", ami_scoring.__all__)
def test_every_public_name_is_there_and_documented(name: str) -> None:
    value = getattr(ami_scoring, name)
    assert name == "__version__" or (inspect.getdoc(value) or "").endswith((".", ":", "`", ")"))


def test_public_names_are_sorted_and_each_has_its_home() -> None:
    assert ami_scoring.__all__ == sorted(ami_scoring.__all__)
    assert set(ami_scoring._HOMES) | {"__version__"} == set(ami_scoring.__all__)


def test_a_name_that_is_not_public_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'ami_scoring' has no attribute 'absent'"):
        _ = ami_scoring.absent


def test_importing_it_loads_nothing_else() -> None:
    script = "import sys, ami_scoring; sys.exit(bool({'pydantic', 'yaml', 'rich', 'typer'} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
