"""`ami init`: a new call that validates without a warning, and scores; nothing is ever replaced."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import pytest

from ami_scoring.cli.exit_codes import ExitCode

from .door import Ami

CREATED = {
    "criteria.yaml",
    "candidatures/exemple.yaml",
    "candidatures/LISEZMOI.md",
    "zonage.csv",
    "README.md",
    ".github/workflows/ami.yml",
    "schemas/criteria.schema.json",
    "schemas/candidature.schema.json",
}


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_it_creates_what_a_call_needs(ami: Ami) -> None:
    ran = ami("init", "nouveau")
    assert ran.code == ExitCode.DONE
    assert files_of(Path("nouveau")) == CREATED
    assert all(f"Créé : nouveau/{name}\n" in ran.out for name in CREATED)


def test_what_it_creates_validates_without_a_warning(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    ami("init", "nouveau")
    monkeypatch.chdir("nouveau")
    ran = ami("validate", "criteria.yaml", "candidatures", "--strict")
    assert ran.said == "Lus : 1 fichier de critères et 1 candidature ; rien à corriger.\n"


def test_what_it_creates_scores(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    ami("init", "nouveau")
    monkeypatch.chdir("nouveau")
    ran = ami("score", "candidatures")
    assert ran.code == ExitCode.DONE
    assert "EXEMPLE-01" in ran.out
    assert "1 candidature lue : 1 retenue." in ran.out


def test_gitlab_has_its_own_file(ami: Ami) -> None:
    ami("init", "nouveau", "--ci", "gitlab")
    assert files_of(Path("nouveau")) == CREATED - {".github/workflows/ami.yml"} | {".gitlab-ci.yml"}


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_the_ci_file_names_the_version_that_made_it(server: str, ami: Ami) -> None:
    from ami_scoring import __version__  # noqa: PLC0415 - what the file should name

    ami("init", "nouveau", "--ci", server)
    name = {"github": ".github/workflows/ami.yml", "gitlab": ".gitlab-ci.yml"}[server]
    assert f"ami-scoring=={__version__}" in (Path("nouveau") / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(CREATED))
def test_one_file_already_there_stops_everything(name: str, ami: Ami) -> None:
    there = Path("nouveau") / name
    there.parent.mkdir(parents=True)
    there.write_text("à moi", encoding="utf-8")
    ran = ami("init", "nouveau")
    assert ran.code == ExitCode.USAGE
    assert f"il y a déjà : {name}. Rien n'est écrit." in ran.err
    assert files_of(Path("nouveau")) == {name}
    assert there.read_text(encoding="utf-8") == "à moi"


def test_a_folder_that_holds_other_files_is_completed(ami: Ami) -> None:
    Path("nouveau").mkdir()
    shutil.copy("zonage.csv", "nouveau/autre.csv")
    assert ami("init", "nouveau").code == ExitCode.DONE
    assert files_of(Path("nouveau")) == CREATED | {"autre.csv"}


def test_a_file_is_not_a_folder(ami: Ami) -> None:
    ran = ami("init", "zonage.csv")
    assert ran.code == ExitCode.USAGE
    assert "« zonage.csv » est un fichier, et non un dossier." in ran.err


def test_a_folder_that_cannot_be_made_is_told(ami: Ami) -> None:
    ran = ami("init", "zonage.csv/nouveau")
    assert ran.code == ExitCode.USAGE
    assert "ne peut pas être créé" in ran.err


@pytest.mark.parametrize("server", ["github", "gitlab"])
def test_the_ci_file_shows_how_to_install_from_a_repository_or_a_wheel(server: str, ami: Ami) -> None:
    ami("init", "nouveau", "--ci", server)
    name = {"github": ".github/workflows/ami.yml", "gitlab": ".gitlab-ci.yml"}[server]
    text = (Path("nouveau") / name).read_text(encoding="utf-8")
    assert "https://ADRESSE/ami-scoring" in text
    assert "pip install --no-deps outils/ami_scoring-" in text
    assert "VERSION" not in text


def test_a_call_without_any_candidature_yet_still_validates(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    ami("init", "nouveau")
    monkeypatch.chdir("nouveau")
    Path("candidatures/exemple.yaml").unlink()
    ran = ami("validate", "criteria.yaml", "candidatures", "--strict")
    assert (ran.code, ran.said) == (ExitCode.DONE, "Lus : 1 fichier de critères ; rien à corriger.\n")


@pytest.mark.parametrize("at", [1, 4, 8], ids=["at the first file", "in the middle", "at the last file"])
def test_on_a_full_disk_nothing_is_left_nor_said_to_be_made(at: int, ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    really, saved = os.fsync, list[int]()

    def fill(handle: int) -> None:
        saved.append(handle)
        if len(saved) == 2 * at - 1:  # each file is followed by its folder
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        really(handle)

    monkeypatch.setattr(os, "fsync", fill)
    ran = ami("init", "nouveau/appel")
    assert (ran.code, ran.out) == (ExitCode.USAGE, "")
    assert ran.err.endswith("n'est pas enregistré : il n'y a plus de place sur ce disque.\n")
    assert not Path("nouveau").exists()


def test_a_folder_that_was_there_stays_as_it_was(ami: Ami, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("nouveau/candidatures").mkdir(parents=True)
    shutil.copy("zonage.csv", "nouveau/autre.csv")

    def fill(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", fill)
    assert ami("init", "nouveau").code == ExitCode.USAGE
    assert files_of(Path("nouveau")) == {"autre.csv"}
    assert Path("nouveau/candidatures").is_dir()


@pytest.mark.parametrize("name", ["a" * 300, "a" * 300 + "/b"], ids=["long", "inside a long one"])
def test_a_name_that_the_system_refuses_is_told(name: str, ami: Ami) -> None:
    ran = ami("init", name)
    assert ran.code == ExitCode.USAGE
    assert "ne peut pas être créé : " in ran.err
