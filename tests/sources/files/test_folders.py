"""Which files of the paths given are read: all that may hold a candidature, each once, in a stable order."""

from __future__ import annotations

import errno
import sys
from pathlib import Path

import pytest

from ami_scoring.findings import Finding, Severity
from ami_scoring.sources.files.decoding import read_bytes
from ami_scoring.sources.files.folders import MAX_FOLDERS, find_files
from ami_scoring.sources.files.system import reason_of

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


def test_a_hidden_candidature_is_told_among_those_left_aside(tmp_path: Path) -> None:
    make(tmp_path, ".a.yaml", ".DS_Store", "._b.yaml", "~$c.xlsx", ".gitlab-ci.yml", ".git/d.yaml")
    (finding,) = find_files([tmp_path]).findings
    said = "Fichiers laissés de côté : 1 dont le nom commence par un point. "
    assert str(finding.message).replace("\xa0", " ").startswith(said)


def nested(folder: Path, depth: int) -> Path:
    return make(folder, "/".join(["d"] * depth + ["a.yaml"]), "b.yaml")


def test_folders_within_folders_are_read_to_a_limit_which_is_told(tmp_path: Path) -> None:
    found = find_files([nested(tmp_path, MAX_FOLDERS)])
    assert ([file.name for file in found.files], found.findings) == (["b.yaml", "a.yaml"], ())
    found = find_files([nested(tmp_path, MAX_FOLDERS + 1)])
    assert [file.name for file in found.files] == ["b.yaml", "a.yaml"]
    (finding,) = found.findings
    assert (finding.code, finding.severity) == ("unreadable-folder", Severity.ERROR)
    assert "Plus de 40 dossiers les uns dans les autres" in str(finding.message)


def test_a_name_that_the_system_refuses_is_told_in_french(tmp_path: Path) -> None:
    (name,) = find_files([tmp_path / ("a" * 300)]).files
    refused = read_bytes(name)
    assert isinstance(refused, Finding)
    assert str(refused.message) == "Ce fichier ne peut pas être lu : ce nom est trop long."


def test_an_error_that_nobody_foresaw_is_told_by_the_name_of_its_code() -> None:
    assert str(reason_of(OSError(errno.EPROTO, "Protocol error"))) == "le système répond l'erreur EPROTO"
    assert str(reason_of(OSError())) == "le système répond l'erreur 0"
