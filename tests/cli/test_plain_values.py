"""A value that is taken as it is, by any option of any command, is what typer makes of it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import pytest
import typer
from typer.core import TyperCommand, TyperGroup

from ami_scoring.cli import app
from ami_scoring.cli.plain_values import read_plainly

VALUES: Final[tuple[Any, ...]] = (
    None,
    "",
    "texte",
    "json",
    "XLSX",
    "absent.yaml",
    "présent.yaml",
    "dossier",
    "a" * 300,
    "a" * 300 + "/b.yaml",
    "3",
    "-1",
    "-",
    True,
    False,
    7,
    [],
    (),
    ["présent.yaml"],
    ["présent.yaml", "absent.yaml"],
    ("json",),
    [None],
    [3],
    Path("présent.yaml"),
)


def _params() -> Iterator[tuple[str, Any]]:
    def below(command: Any, name: str) -> Iterator[tuple[str, Any]]:
        assert isinstance(command, (TyperCommand, TyperGroup))
        yield from ((f"{name} {param.name}", param) for param in command.params)
        for each, inner in getattr(command, "commands", {}).items():
            yield from below(inner, f"{name} {each}")

    return below(typer.main.get_command(app._application([])), "ami")


PARAMS: Final = dict(_params())


def _made(param: Any, value: Any) -> Any:
    """Say what a parameter makes of a value: its type and itself, or what is refused."""
    context = typer.Context(TyperCommand("essai"))
    try:
        made = param.process_value(context, value)
    except typer.Exit:
        return "exit"
    except typer.exceptions.TyperException as refused:
        return type(refused), str(refused)
    return type(made), made


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "présent.yaml").write_text("a: 1", encoding="utf-8")
    (tmp_path / "dossier").mkdir()
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize("name", PARAMS)
def test_whatever_is_given_an_option_makes_of_it_what_typer_does(name: str) -> None:
    param = PARAMS[name]
    known = [_made(param, value) for value in VALUES]
    before = param.process_value
    try:
        read_plainly(param)
        assert [_made(param, value) for value in VALUES] == known
    finally:
        param.process_value = before


def test_every_command_has_options_that_are_taken_as_they_are() -> None:
    assert len(PARAMS) > 60
    assert {name.split()[1] for name in PARAMS} >= {*app.COMMANDS, "version"}


def test_a_parameter_of_which_nothing_is_known_is_left_to_typer() -> None:
    param = SimpleNamespace(process_value=len)
    read_plainly(param)
    assert param.process_value is len


def test_options_are_read_without_loading_pydantic(tmp_path: Path) -> None:
    code = (
        "import sys; from ami_scoring.cli.app import run\n"
        "run(['score', 'présent.yaml', '-c', 'absent.yaml', '--wave', 'v1', '-o', 'x.xlsx', '--format', 'json'])\n"
        "assert 'pydantic' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
