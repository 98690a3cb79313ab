"""`samples/appel-complet`: a whole invented call, from its rules to its archive, played line by line."""

from __future__ import annotations

import json
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from ami_scoring.cli.app import run
from ami_scoring.cli.exit_codes import ExitCode

SAMPLE = Path(__file__).resolve().parents[2] / "samples" / "appel-complet"


def lines() -> Iterator[list[str]]:
    """Give the commands of the script; it holds nothing but `ami` and `cp`, so that it plays on any system."""
    for line in (SAMPLE / "deroule.sh").read_text(encoding="utf-8").splitlines():
        words = shlex.split(line, comments=True)
        if words and words != ["set", "-e"]:
            yield words


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("appel") / "complet"
    shutil.copytree(SAMPLE, folder)
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        for program, *arguments in lines():
            if program == "cp":
                shutil.copy(*arguments)
            else:
                assert program == "ami"
                assert run(arguments) == ExitCode.DONE, arguments
    return folder


def test_the_register_is_written_as_it_is_kept(played: Path) -> None:
    assert (played / "decisions.yaml").read_bytes() == (SAMPLE / "decisions-attendues.yaml").read_bytes()


def test_what_people_decided_stands_beside_what_was_computed(played: Path) -> None:
    told = json.loads((played / "classement-decide.json").read_text(encoding="utf-8"))
    fates = {each: (one["computed"], one["decided"]) for each, one in told["decided"]["candidatures"].items()}
    assert fates == {
        "EV-01": ("retenue", "retenue"),
        "EV-06": ("retenue", "retenue"),
        "EV-02": ("retenue", "désistée"),
        "EV-03": ("réserve", "réserve"),
        "EV-05": ("réserve", "retenue"),
        "EV-08": ("réserve", "réserve"),
        "EV-07": ("réserve", "retenue"),
        "EV-09": ("non retenue", "non retenue"),
        "EV-04": ("avis attendu", "avis attendu"),
    }
    assert told["decided"]["reserve"] == ["EV-03", "EV-08"]
    assert [each["said"].partition(" : ")[2] for each in told["decided"]["effects"]] == [
        "complément tardif accepté (EV-06)",
        "réunion",
        "déport (EV-03)",
        "ex æquo départagés par un vote : EV-05, puis EV-03, EV-05 a sa place",
        "EV-07 retenue par écart au classement, EV-05 perd sa place",
        "liste définitive, 4 retenues et 3 en réserve",
        "EV-02 se désiste, EV-05 est appelée de la liste de réserve",
    ]


def test_before_the_completion_the_interval_said_what_was_open(played: Path) -> None:
    text = (played / "classement-provisoire.txt").read_text(encoding="utf-8")
    assert "EV-06" in text
    assert "il manque : « Heures d'ouverture par semaine »" in text.replace("\u00a0", " ")


def test_fewer_opinions_than_required_leave_an_interval(played: Path) -> None:
    told = json.loads((played / "classement-decide.json").read_text(encoding="utf-8"))
    (waits,) = (one for one in told["ranking"] if one["reference"] == "EV-04")
    assert (waits["status"], waits["total_low"], waits["total_high"]) == ("avis attendu", 41, 61)
    (recused,) = (one for one in told["ranking"] if one["reference"] == "EV-02")
    assert recused["criteria"]["projet"]["facts"]["avis.projet"] == {"marks": [4, 4], "excluded": 1}


def test_every_assessor_gets_a_grid(played: Path) -> None:
    grids = sorted(each.name for each in (played / "grilles").iterdir())
    assert grids == ["grille-e1.xlsx", "grille-e2.xlsx", "grille-e3.xlsx"]


def test_nobody_who_judged_is_named_in_a_result(played: Path) -> None:
    texts = [(played / f"classement-decide.{suffix}").read_text(encoding="utf-8") for suffix in ("txt", "json")]
    assert not [name for name in ("Ancelin", "Barthas", "Cazenave", "Projet abouti") for text in texts if name in text]


def test_the_page_of_the_sample_names_each_of_its_files() -> None:
    page = (SAMPLE / "README.md").read_text(encoding="utf-8")
    files = [each.name for each in SAMPLE.rglob("*") if each.is_file() and each.parent.name != "candidatures"]
    assert [name for name in files if name not in page and name != "README.md"] == []


def test_each_applicant_has_the_letter_of_what_was_decided(played: Path) -> None:
    first = {path.stem: path.read_text(encoding="utf-8") for path in sorted((played / "papiers" / "lettres").iterdir())}
    said = {name: next(line for line in text.splitlines() if line.startswith("Objet")) for name, text in first.items()}
    assert {name: line.replace("\u00a0", " ").rpartition(" : ")[2] for name, line in said.items()} == {
        "EV-01": "candidature retenue",
        "EV-02": "désistement",
        "EV-03": "candidature inscrite sur la liste de réserve",
        "EV-04": "candidature non retenue, faute d'un avis",
        "EV-05": "candidature retenue",
        "EV-06": "candidature retenue",
        "EV-07": "candidature retenue",
        "EV-08": "candidature inscrite sur la liste de réserve",
        "EV-09": "candidature non retenue",
    }
    assert not any("PROJET" in text for text in first.values())
