"""Saving: the old file or the new one, never a part of either, and never anything left beside."""

from __future__ import annotations

import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ami_scoring.cli.saving import NotSavedError, save
from ami_scoring.findings import AmiScoringError

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="modes and links of POSIX")
UMASK = 0o027


@pytest.fixture
def umask() -> Iterator[None]:
    before = os.umask(UMASK)
    yield
    os.umask(before)


def names(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def refusal(path: Path, content: bytes = b"nouveau") -> str:
    with pytest.raises(NotSavedError) as caught:
        save(path, content)
    assert isinstance(caught.value, AmiScoringError)
    assert str(caught.value) == str(caught.value.message)
    return str(caught.value)


def test_a_new_file_holds_what_was_given(tmp_path: Path) -> None:
    save(tmp_path / "a.csv", b"\xef\xbb\xbfa\r\n")
    assert (tmp_path / "a.csv").read_bytes() == b"\xef\xbb\xbfa\r\n"
    assert names(tmp_path) == ["a.csv"]


def test_a_relative_name_is_saved_in_the_current_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("a.csv"), b"nouveau")
    assert (tmp_path / "a.csv").read_bytes() == b"nouveau"


def test_an_old_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ancien, plus long")
    save(path, b"nouveau")
    assert path.read_bytes() == b"nouveau"
    assert names(tmp_path) == ["a.csv"]


@POSIX
def test_a_reader_of_the_old_file_keeps_it_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ancien")
    with path.open("rb") as reader:
        save(path, b"nouveau")
        assert reader.read() == b"ancien"


@POSIX
def test_a_new_file_has_the_mode_that_the_umask_leaves(tmp_path: Path, umask: None) -> None:
    save(tmp_path / "a.csv", b"")
    assert mode(tmp_path / "a.csv") == 0o640


@POSIX
@pytest.mark.parametrize("kept", [0o600, 0o644, 0o666, 0o755], ids=oct)
def test_an_old_file_keeps_its_mode(tmp_path: Path, umask: None, kept: int) -> None:
    path = tmp_path / "a.csv"
    path.touch()
    path.chmod(kept)
    save(path, b"nouveau")
    assert mode(path) == kept


@POSIX
def test_the_content_is_never_more_readable_than_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.touch(mode=0o600)
    seen: list[int] = []
    monkeypatch.setattr(os, "fsync", lambda _: seen.extend(mode(each) for each in tmp_path.iterdir()))
    save(path, b"nouveau")
    assert set(seen) == {0o600}


@POSIX
@pytest.mark.parametrize("exists", [True, False], ids=["to a file", "to nothing yet"])
def test_a_symbolic_link_stays_and_what_it_leads_to_changes(tmp_path: Path, exists: bool) -> None:
    (tmp_path / "ailleurs").mkdir()
    target, link = tmp_path / "ailleurs" / "a.csv", tmp_path / "lien.csv"
    if exists:
        target.write_bytes(b"ancien")
    link.symlink_to(target)
    save(link, b"nouveau")
    assert link.is_symlink()
    assert target.read_bytes() == b"nouveau"
    assert names(target.parent) == ["a.csv"]


@POSIX
def test_what_is_not_a_regular_file_is_written_through() -> None:
    save(Path(os.devnull), b"nouveau")
    assert stat.S_ISCHR(Path(os.devnull).stat().st_mode)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    said = refusal(tmp_path / "absent" / "a.csv")
    assert (
        said == f"« {tmp_path / 'absent' / 'a.csv'} » n'est pas enregistré : le dossier n'existe pas. Créez-le d'abord."
    )


def test_a_folder_is_not_replaced(tmp_path: Path) -> None:
    assert "c'est un dossier" in refusal(tmp_path)


def test_a_file_where_a_folder_should_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    assert "n'est pas un dossier" in refusal(tmp_path / "a" / "b.csv")


@POSIX
def test_a_link_to_itself_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.csv").symlink_to(tmp_path / "a.csv")
    assert "tourne en rond" in refusal(tmp_path / "a.csv")


@POSIX
def test_a_name_too_long_is_said(tmp_path: Path) -> None:
    assert "trop long" in refusal(tmp_path / ("a" * 300 + ".csv"))


def test_a_name_with_a_nul_is_said(tmp_path: Path) -> None:
    assert "caractère nul" in refusal(tmp_path / "a\0b.csv")


def test_what_a_terminal_would_obey_is_spelt_out_in_the_sentence(tmp_path: Path) -> None:
    assert "a\\x1b[2J" in refusal(tmp_path / "a\x1b[2J" / "b.csv")


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights that bind")
def test_a_folder_or_a_file_that_may_not_be_written_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ancien")
    path.chmod(0o444)
    assert "droit d'écrire" in refusal(path)
    path.chmod(0o644)
    tmp_path.chmod(0o555)
    assert "droit d'écrire" in refusal(path)
    tmp_path.chmod(0o755)
    assert path.read_bytes() == b"ancien"


def test_a_file_protected_against_writing_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"ancien")
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert "droit d'écrire" in refusal(path)
    assert path.read_bytes() == b"ancien"


@pytest.mark.parametrize("step", ["fsync", "replace"])
@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "plus de place"),
        (errno.EDQUOT, "plus de place"),
        (errno.EROFS, "ne peut pas être modifié"),
        (errno.EACCES, "ouvert dans un autre programme"),
        (errno.EIO, "ne répond pas"),
        (errno.EFBIG, "plus gros que ce qui est permis"),
        (errno.EBUSY, "un autre programme l'utilise"),
    ],
    ids=errno.errorcode.get,
)
@pytest.mark.parametrize("exists", [True, False], ids=["old file", "new file"])
def test_after_a_failure_the_old_file_is_intact_and_nothing_is_left_beside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str, number: int, said: str, exists: bool
) -> None:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    path = tmp_path / "a.csv"
    if exists:
        path.write_bytes(b"ancien")
    monkeypatch.setattr(*{"fsync": (os, "fsync", fail), "replace": (Path, "replace", fail)}[step])
    assert said in refusal(path)
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == ({"a.csv": b"ancien"} if exists else {})


def test_an_interruption_leaves_nothing_beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "a.csv", b"nouveau")
    assert names(tmp_path) == []


@POSIX
def test_a_folder_that_cannot_be_synchronised_does_not_undo_the_saving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(errno.EINVAL, "no")

    monkeypatch.setattr(os, "open", refuse)
    save(tmp_path / "a.csv", b"nouveau")
    assert (tmp_path / "a.csv").read_bytes() == b"nouveau"
