"""What a page to be published says, and what is nowhere in it; and that the same inputs make the same bytes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ami_scoring.cli.app import run

ROOT = Path(__file__).parents[3]
SAMPLES = ROOT / "samples" / "candidatures"
LEVELS = ("classement", "totaux", "notes")


def written(folder: Path, *options: str) -> str:
    """Write the page of the samples, and give its text."""
    path = folder / "page.html"
    run(["score", str(SAMPLES), "-c", str(ROOT / "criteria.yaml"), "-q", *options, "-o", str(path)])
    return path.read_text(encoding="utf-8")


def test_the_same_inputs_make_the_same_bytes(tmp_path: Path) -> None:
    assert written(tmp_path) == written(tmp_path)


def test_the_page_asks_nothing_of_the_network_and_stays_small(tmp_path: Path) -> None:
    text = written(tmp_path)
    assert re.findall(r"(?:https?:)?//[a-z0-9.-]+\.[a-z]{2,}", text) == []
    assert re.findall(r"\s(?:src|style|on[a-z]+)=", text.partition("</style>")[2].partition("<script")[0]) == []
    assert len(text.encode()) < 400_000


@pytest.mark.parametrize("level", LEVELS)
def test_a_published_page_says_nothing_of_files_answers_or_findings(level: str, tmp_path: Path) -> None:
    text = written(tmp_path, "--public", level)
    for never in ("samples/", ".yaml", "vague-1/", "ligne 1", "siren", "SIREN", "999001408", "AMI-V1-05", "Lu :"):
        assert never not in text.partition("<script>")[0], never
    assert '"texts":[]' in text
    assert "AMI-V1-01" in text
    assert "Association du Seuil" not in text


@pytest.mark.parametrize(
    ("level", "has_total", "has_marks"), [(LEVELS[0], False, False), (LEVELS[1], True, False), (LEVELS[2], True, True)]
)
def test_each_level_says_no_more_than_its_name(level: str, has_total: bool, has_marks: bool, tmp_path: Path) -> None:
    text = written(tmp_path, "--public", level).partition("<script>")[0]
    data = text.partition('id="donnees">')[2]
    assert ('"T":' in data) is has_total
    assert ('"o":' in data) is has_marks
    assert not any(f'"{key}":' in data for key in ("m", "x", "y", "z", "b", "h", "a"))
    assert ("Répartition des totaux" in text) is has_total


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--public", "totaux"], "ajoutez -o FICHIER.html"),
        (["--public", "totaux", "-o", "r.json"], "ajoutez -o FICHIER.html"),
        (["--public", "tout", "-o", "r.html"], "les choix sont : classement, totaux, notes"),
        (["-f", "html"], "Une page s'écrit dans un fichier : -o classement.html."),
    ],
)
def test_a_wrong_use_is_told(options: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    code = run(["score", str(SAMPLES), "-c", str(ROOT / "criteria.yaml"), *options])
    assert code == 2
    assert said in capsys.readouterr().err
