"""`ami score -o classement.xlsx`: written whole or not at all, the same bytes each time, or refused in a sentence."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami, Apply, Command

TARGET = Path("classement.xlsx")
OLD = b"ancien classeur"
FULL = Path("/dev/full")


def refused(ami: Ami, target: Path | str, said: str) -> None:
    """Check that one sentence says why, with the exit code of a wrong command line."""
    ran = ami("score", "candidatures", "-q", "-o", target, "--force")
    assert ran.code == ExitCode.USAGE
    assert ran.err == f"Erreur : « {target} » n'est pas enregistré : {said}.\n"


def test_a_workbook_opens(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    assert ami("score", "candidatures", "-o", TARGET).code == ExitCode.DONE
    with ZipFile(TARGET) as archive:
        assert archive.testzip() is None
        assert "xl/workbook.xml" in archive.namelist()


def test_two_exports_by_two_processes_are_the_same_bytes(command: Command, apply: Apply, call: Path) -> None:
    apply("A-1")
    apply("A-2", code="09002")
    written = []
    for seed in ("1", "2"):
        assert command("score", "candidatures", "-q", "-o", TARGET, PYTHONHASHSEED=seed, TZ=f"UTC+{seed}").code == 0
        written.append((call / TARGET).read_bytes())
    assert written[0] == written[1]


def test_several_outputs_say_the_same_of_one_evaluation(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    names = ["1.xlsx", "2.xlsx", "r.csv", "r.json", "r.md", "r.tsv", "r.txt"]
    ran = ami("score", "candidatures", *(option for name in names for option in ("-o", name)))
    assert ran.code == ExitCode.DONE
    assert [line for line in ran.err.splitlines() if line.startswith("Écrit")] == [f"Écrit : {name}" for name in names]
    assert Path("1.xlsx").read_bytes() == Path("2.xlsx").read_bytes()
    assert all("A-1" in Path(name).read_text(encoding="utf-8") for name in names[2:])


def test_where_the_folder_of_one_output_is_missing_none_is_written(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    ran = ami("score", "candidatures", "-q", "-o", "1.xlsx", "-o", "absent/2.xlsx", "-o", "3.csv")
    assert ran.code == ExitCode.USAGE
    assert "« absent/2.xlsx » n'est pas enregistré : le dossier n'existe pas" in ran.err
    assert not Path("1.xlsx").exists()


def test_a_folder_as_target_is_refused(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    TARGET.mkdir()
    refused(ami, TARGET, "c'est un dossier")


def test_a_folder_that_does_not_exist_is_refused(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    refused(ami, Path("absent") / TARGET, "le dossier n'existe pas. Créez-le d'abord")


@pytest.mark.skipif(not FULL.exists(), reason="a full device of Linux")
def test_a_full_disk_is_said(ami: Ami, apply: Apply) -> None:
    apply("A-1")
    TARGET.symlink_to(FULL)
    refused(ami, TARGET, "il n'y a plus de place sur ce disque")


@pytest.mark.skipif(sys.platform == "win32", reason="a device of POSIX")
def test_a_folder_that_takes_no_file_is_said(ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch) -> None:
    apply("A-1")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "open", refuse)
    refused(ami, TARGET, "ce disque ne peut pas être modifié")


@pytest.mark.parametrize("number", [errno.EACCES, errno.EPERM], ids=["held open", "immutable"])
def test_a_workbook_that_another_program_holds_is_left_as_it_was(
    ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    """Excel keeps its file from being replaced: the new one must not take its place, nor stay beside."""
    apply("A-1")
    TARGET.write_bytes(OLD)

    def refuse(*_: object) -> None:
        raise PermissionError(number, os.strerror(number))

    monkeypatch.setattr(Path, "replace", refuse)
    refused(ami, TARGET, "il manque le droit d'écrire ici, ou le fichier est ouvert dans un autre programme")
    assert TARGET.read_bytes() == OLD
    assert [path.name for path in Path().iterdir() if path.name.startswith(".ami")] == []


def test_a_reader_never_finds_half_a_workbook(ami: Ami, apply: Apply) -> None:
    for number in range(4):
        apply(f"A-{number}")
    ami("score", "candidatures", "-q", "-o", TARGET)
    sizes: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            with TARGET.open("rb") as file:
                assert is_zipfile(file)
            sizes.add(TARGET.stat().st_size)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for _ in range(3):
        ami("score", "candidatures", "-q", "-o", TARGET)
    done.set()
    watcher.join()
    assert len(sizes) == 1


def test_a_crash_while_the_workbook_is_made_leaves_the_old_one(
    ami: Ami, apply: Apply, monkeypatch: pytest.MonkeyPatch
) -> None:
    apply("A-1")
    TARGET.write_bytes(OLD)

    def crash(*_: object, **__: object) -> bytes:
        raise MemoryError

    monkeypatch.setattr("ami_scoring.reports.workbook.workbook", crash)
    assert ami("score", "candidatures", "-q", "-o", TARGET, "--force").code == ExitCode.BUG
    assert TARGET.read_bytes() == OLD


@pytest.mark.skipif(sys.platform == "win32", reason="limits of POSIX")
@pytest.mark.parametrize("arguments", [["score", "candidatures", "-q", "-o"], ["template"]], ids=lambda each: each[0])
def test_temporary_files_without_room_are_said_and_none_is_left(
    arguments: list[str], call: Path, apply: Apply, tmp_path: Path
) -> None:
    apply("A-1")
    temporary = tmp_path / "temporaires"
    temporary.mkdir()
    # A Python 3.11 short of room keeps half a compiled module, and cannot read it the next time: here it keeps none.
    script = 'export PYTHONDONTWRITEBYTECODE=1; ulimit -f 1; exec "$@"'
    done = subprocess.run(
        ["/bin/sh", "-c", script, "sh", sys.executable, "-m", "ami_scoring", *arguments, str(TARGET)],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, "TMPDIR": str(temporary), "PYTHONUTF8": "1"},  # noqa: TID251 - for another process
        check=False,
    )
    reason = "il faut le préparer dans le dossier temporaire, et ce fichier serait plus gros que ce qui est permis ici"
    assert done.stderr == f"Erreur : « {TARGET} » n'est pas enregistré : {reason}.\n"
    assert done.returncode == ExitCode.USAGE
    assert not TARGET.exists()
    assert list(temporary.iterdir()) == []
