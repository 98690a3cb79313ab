"""The page is the same in Firefox: the list, a candidature opened at its address, and every figure of trials."""

from __future__ import annotations

from pathlib import Path

from ami_scoring import evaluate

from . import trials
from .firefox import answers, needs_firefox

ROOT = Path(__file__).parents[3]


@needs_firefox
def test_firefox_lists_opens_and_tries_as_the_engine_does(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    asked = trials.asked(40, evaluation, seed=11)
    found = answers(trials.write(evaluation, tmp_path / "page.html"), asked, tmp_path / "profil")
    assert found.get("error") is None
    references = [one.entry.reference for one in evaluation.standings]
    assert found["listed"] == references
    assert references[0] in found["opened"]
    assert trials.compared(evaluation, asked, found["trials"]) == []
