"""Which files of the paths given are read: all that may hold a candidature, each once, in a stable order."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from ami_scoring.sources.files.folders import find_files

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="links of POSIX")


def names(*paths: Path) -> list[str]:
    return [file.name for file in find_files(paths).files]


def make(folder: Path, *files: str) -> Path:
    for name in files:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def test_folders_are_walked_in_the_order_of_names(tmp_path: Path) -> None:
    make(tmp_path, "b.yaml", "a.yml", "d/c.JSON", "a/z.jsonl")
    assert names(tmp_path) == ["a.yml", "b.yaml", "z.jsonl", "c.JSON"]


def test_hidden_files_and_folders_and_those_of_office_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, ".a.yaml", ".git/b.yaml", "~$c.xlsx", "d.yaml")
    assert names(tmp_path) == ["d.yaml"]


def test_a_file_named_outright_is_taken_whatever_its_name(tmp_path: Path) -> None:
    make(tmp_path, ".a.txt", "b.md")
    found = find_files([tmp_path / ".a.txt", tmp_path])
    assert [file.name for file in found.files] == [".a.txt"]
    assert found.named == {tmp_path / ".a.txt"}


def test_a_file_reached_twice_is_read_once_where_it_was_first(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", "b/c.yaml")
    assert names(tmp_path / "b", tmp_path, tmp_path / "a.yaml", tmp_path / "b" / ".." / "a.yaml") == [
        "c.yaml",
        "a.yaml",
    ]


@POSIX
def test_links_are_followed_and_loops_end(tmp_path: Path) -> None:
    make(tmp_path, "loin/a.yaml", "ici/b.yaml")
    (tmp_path / "ici" / "lien").symlink_to(tmp_path / "loin")
    (tmp_path / "ici" / "retour").symlink_to(tmp_path / "ici")
    (tmp_path / "ici" / "encore.yaml").symlink_to(tmp_path / "loin" / "a.yaml")
    (tmp_path / "ici" / "rond.yaml").symlink_to("rond.yaml")
    assert names(tmp_path / "ici") == ["b.yaml", "encore.yaml", "rond.yaml"]


def test_files_of_other_kinds_are_told(tmp_path: Path) -> None:
    make(tmp_path, "a.pdf", "b.pdf", "c.DOCX", "avis.md", "notes.txt", "copie", "LISEZMOI", "readme.md", "d.yaml")
    (finding,) = find_files([tmp_path]).findings
    said = "Fichiers laissés de côté : 1 .docx, 1 .md, 2 .pdf, 1 .txt, 1 sans suffixe. Seuls .yaml, "
    assert str(finding.message).replace("\xa0", " ").startswith(said)
    assert finding.where.path == str(tmp_path)


def test_an_empty_folder_holds_nothing_and_says_nothing(tmp_path: Path) -> None:
    found = find_files([tmp_path])
    assert (found.files, found.findings) == ((), ())
