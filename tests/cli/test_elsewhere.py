"""What differs on Windows and macOS, played here: consoles, pipes, names, files in use, disks that ignore capitals."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from ami_scoring.cli import app, guarding, saving, streams
from ami_scoring.cli.exit_codes import ExitCode
from ami_scoring.cli.saving import NotSavedError, save

from .door import Ami, Apply, Command, Terminal

IN_USE = PermissionError(errno.EACCES, "Permission denied")


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Behave as on Windows, without waiting; give the waits that were asked."""
    waits: list[float] = []
    for module in (app, saving, streams):
        monkeypatch.setattr(module, "_ON_WINDOWS", True)
    monkeypatch.setattr(saving, "time", SimpleNamespace(sleep=waits.append))
    return waits


def in_use(monkeypatch: pytest.MonkeyPatch, *, times: int) -> None:
    """Make a file refuse to be replaced, as one that another program has opened does on Windows."""
    left = [IN_USE] * times
    really = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if left:
            raise left.pop()
        return really(self, target)

    monkeypatch.setattr(Path, "replace", replace)


# Files ----------------------------------------------------------------------------------------------------------------


def test_a_workbook_open_in_excel_is_told_and_left_as_it_was(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "classement.xlsx"
    path.write_bytes(b"ancien")
    in_use(monkeypatch, times=100)
    with pytest.raises(NotSavedError, match="ou le fichier est ouvert dans un autre programme"):
        save(path, b"nouveau")
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"ancien", [path])
    assert 0 < sum(windows) < 1


def test_a_file_that_an_antivirus_holds_for_a_moment_is_saved_all_the_same(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    in_use(monkeypatch, times=2)
    save(tmp_path / "classement.xlsx", b"nouveau")
    assert (tmp_path / "classement.xlsx").read_bytes() == b"nouveau"
    assert len(windows) == 2


def test_elsewhere_a_refusal_is_final(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    in_use(monkeypatch, times=1)
    with pytest.raises(NotSavedError):
        save(tmp_path / "classement.xlsx", b"nouveau")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["con.xlsx", "NUL", "Aux.csv", "com1.tsv", "lpt9 .json", "prn.tar.gz"])
def test_names_that_windows_keeps_for_devices_are_refused_there(
    name: str, tmp_path: Path, windows: list[float]
) -> None:
    with pytest.raises(NotSavedError, match="Windows garde ce nom pour un périphérique"):
        save(tmp_path / name, b"perdu")


@pytest.mark.parametrize("name", ["console.xlsx", "com.csv", "com10.csv", "nul-et-non-avenu.json"])
def test_names_that_only_resemble_them_are_not(name: str, tmp_path: Path, windows: list[float]) -> None:
    save(tmp_path / name, b"nouveau")
    assert (tmp_path / name).read_bytes() == b"nouveau"


def test_a_character_that_windows_forbids_in_a_name_is_told(
    tmp_path: Path, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def stat(self: Path) -> None:
        raise OSError(errno.EINVAL, "The filename, directory name, or volume label syntax is incorrect")

    monkeypatch.setattr(Path, "stat", stat)
    with pytest.raises(NotSavedError, match="contient un caractère que ce système n'accepte pas"):
        save(tmp_path / "quoi?.csv", b"nouveau")


def test_where_folders_cannot_be_opened_a_file_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.open

    def opened(path: str | Path, flags: int, mode: int = 0o777) -> int:
        if Path(path).is_dir():
            raise IN_USE
        return really(path, flags, mode)

    monkeypatch.setattr(os, "open", opened)
    save(tmp_path / "a.csv", b"nouveau")
    assert (tmp_path / "a.csv").read_bytes() == b"nouveau"


def test_what_was_read_is_not_written_over_under_other_capitals(
    ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = apply("A-1", name="tout.json.yaml").rename("candidatures/TOUT.json")
    path.write_text('{"reference": "A-1"}', encoding="utf-8")
    if not Path("candidatures/tout.json").exists():
        os.link(path, "candidatures/tout.json")  # as seen on a disk that ignores capitals
        monkeypatch.setattr("ami_scoring.sources.files.folders._held", lambda _: {path.name: False})
    ran = ami("score", "candidatures", "-o", "candidatures/tout.json", "--force")
    assert ran.code == ExitCode.USAGE
    assert "« candidatures/tout.json » vient d'être lu" in ran.err


def test_two_files_whose_capitals_alone_differ_are_two_where_the_disk_says_so(tmp_path: Path) -> None:
    (tmp_path / "A.csv").write_bytes(b"lu")
    assert not guarding._is_same(str(tmp_path / "a.csv"), str(tmp_path / "A.csv")) or (tmp_path / "a.csv").exists()


# Command line ---------------------------------------------------------------------------------------------------------


def test_patterns_are_read_where_the_shell_leaves_them(ami: Ami, apply: Apply, windows: list[float]) -> None:
    for reference in ("B-2", "A-1", "C-3"):
        apply(reference)
    ran = ami("score", "candidatures/[AB]*.yaml", "-f", "csv")
    assert ran.code == ExitCode.DONE
    assert ("A-1" in ran.out, "B-2" in ran.out, "C-3" in ran.out) == (True, True, False)


def test_a_pattern_that_names_no_file_is_told_as_it_was_typed(ami: Ami, windows: list[float]) -> None:
    ran = ami("score", "nulle-part/*.yaml")
    assert ran.code == ExitCode.USAGE
    assert "« nulle-part/*.yaml » n'existe pas" in ran.err


# Consoles and pipes ---------------------------------------------------------------------------------------------------


class Gone(io.TextIOWrapper):
    """A pipe that nobody reads any more, as Windows tells it."""

    def write(self, text: str) -> int:
        raise OSError(errno.EINVAL, "Invalid argument")


def test_a_closed_pipe_of_windows_is_no_error(
    ami: Ami, apply: Apply, windows: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1")
    monkeypatch.setattr(app, "forget_stdout", lambda: None)
    monkeypatch.setattr(sys, "stdout", Gone(io.BytesIO()))
    assert app.run(["score", "candidatures", "-f", "tsv"]) == ExitCode.DONE


def test_the_same_error_elsewhere_is_told(ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    apply("A-1")
    monkeypatch.setattr(sys, "stdout", Gone(io.BytesIO()))
    assert app.run(["score", "candidatures", "-f", "tsv"]) == ExitCode.BUG


@pytest.mark.parametrize("page", ["cp1252", "cp850", "ascii"])
def test_signs_that_the_code_page_of_a_terminal_lacks_are_spelt(
    page: str, call: Path, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1")
    terminal = Terminal(page)
    monkeypatch.setattr(sys, "stdout", terminal)
    assert app.run(["explain", "candidatures", "A-1"]) == ExitCode.DONE
    assert "\\" not in terminal.shown
    assert "->" in terminal.shown


@pytest.mark.parametrize("asked", ["validate -f junit", "validate -f sarif", "schema criteria"])
def test_what_a_program_reads_is_utf_8_whatever_the_console(asked: str, command: Command) -> None:
    assert command(*asked.split(), PYTHONIOENCODING="cp850").out == command(*asked.split(), PYTHONUTF8="1").out
