"""Single answers a step away: the nearest value that changes a mark, to the day, the unit or the hundredth."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.evaluation.run import evaluate
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import boundaries_of, boundary_words, telling_answers
from ami_scoring.scoring.robustness.answers import _as
from ami_scoring.scoring.robustness.boundaries import _days, _first_change, _moved
from ami_scoring.scoring.sufficient import Retrial

ROOT = Path(__file__).parents[3]


def test_every_answer_that_is_told_is_a_step_from_the_one_read() -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    steps, tried = telling_answers(evaluation)
    assert tried > len(steps) > 0
    found = {(step.reference, step.fact): step for step in steps}
    rooms = found["AMI-V3-03", "locaux.bureaux"]
    assert [rooms.was, rooms.would_be] == [3, 4]
    assert rooms.gained == 1
    assert rooms.status is Status.SELECTED
    assert found["AMI-V3-03", "locaux.surface_m2"].would_be == 120
    assert found["AMI-V2-03", "medecins_interesses.etp_avec_lettre"].would_be == 1
    assert all(step.was != step.would_be for step in steps)


@pytest.mark.parametrize(
    ("fact", "number", "expected"),
    [
        ("depose_le", date(2022, 3, 1).toordinal(), date(2022, 3, 1)),
        ("locaux.bureaux", Fraction(3), 3),
        ("locaux.surface_m2", Fraction(241, 2), Fraction(241, 2)),
    ],
)
def test_a_value_tried_is_of_the_type_of_its_fact(fact: str, number: object, expected: object) -> None:
    assert _as(CATALOGUE[fact], number) == expected


def test_answers_tried_among_those_near_are_those_tried_among_all(monkeypatch: pytest.MonkeyPatch) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    near = telling_answers(evaluation)
    monkeypatch.setattr("ami_scoring.scoring.robustness.answers._near", lambda _: None)
    assert telling_answers(evaluation) == near


def test_a_boundary_is_told_in_days_where_a_fact_comes_from_a_day() -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    found = {(each.reference, each.fact): each for each in boundaries_of(evaluation)}
    late = found["AMI-V3-07", "locaux.delai_mois"]
    assert late.days == 17
    assert boundary_words(late, evaluation.criteria) == (
        "« Date de disponibilité des locaux » 17\u00a0jours plus tard, « Locaux » perd 2,5\u00a0points"
    )
    small = found["AMI-V3-01", "locaux.surface_m2"]
    assert small.days is None
    assert small.gap == 1
    assert boundary_words(small, evaluation.criteria) == (
        "« Surface des locaux » vaut 119\u00a0m² : 1\u00a0m² de plus, « Locaux » gagne 1\u00a0point"
    )
    early = found["AMI-V1-10", "locaux.delai_mois"]
    assert early.days == -31
    assert "31\u00a0jours plus tôt" in boundary_words(early, evaluation.criteria)
    assert "1\u00a0jour plus tard" in boundary_words(found["AMI-V3-09", "locaux.delai_mois"], evaluation.criteria)


def test_a_boundary_in_days_is_where_the_whole_call_changes_its_marks(tmp_path: Path) -> None:
    """Move the day in the file itself, by as many days and by one less, and score all again."""
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    standings = {one.entry.reference: one for one in evaluation.standings}
    told = [each for each in boundaries_of(evaluation) if each.fact == "locaux.delai_mois" and each.days]
    alone = [each for each in told if standings[each.reference].entry.origin.path.endswith(".yaml")]
    assert len(alone) >= 5
    scores: list[dict[str, Fraction | None]] = []
    for short in (0, 1):
        folder = tmp_path / str(short)
        folder.mkdir()
        for each in alone:
            _move(standings[each.reference], folder, (each.days or 0) - (short if (each.days or 0) > 0 else -short))
        again = evaluate([folder], ROOT / "criteria.yaml").standings
        scores.append({one.entry.reference: one.card.marks["locaux"].points for one in again})
    for each in alone:
        before = standings[each.reference].card.marks["locaux"].points
        assert before is not None
        gained = {gain.criterion: gain.points for gain in each.gains}["locaux"]
        assert [found[each.reference] for found in scores] == [before + gained, before]


def _move(standing: Standing, folder: Path, days: int) -> None:
    """Copy a candidature's file with the day of its premises moved."""
    premises = standing.entry.candidature.premises
    assert premises is not None
    assert premises.available_on is not None
    moved = (premises.available_on + timedelta(days)).isoformat()
    text = (ROOT / standing.entry.origin.path).read_text(encoding="utf-8")
    written = re.sub(r"(?<=disponibles_le: )[^,}\n]+", moved, text)
    (folder / f"{standing.entry.reference}.yaml").write_text(written, encoding="utf-8")


def test_days_are_not_told_where_no_day_can_be_moved() -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    standing = evaluation.standings[0]
    retrial, catalogue = Retrial(evaluation, standing), evaluation.criteria.catalogue
    assert _days(evaluation.criteria, standing, retrial, catalogue["locaux.bureaux"], 9) is None
    assert _first_change(evaluation.criteria, standing, retrial, catalogue["locaux.delai_mois"], 0) is None
    candidature = standing.entry.candidature
    assert _moved(candidature, ["complements", "jour"], 3) == candidature
    first = date(2022, 3, 1)
    found = _days(evaluation.criteria, standing, retrial, catalogue["depose_le"], first)
    assert found is not None
    assert found[0] == (first - standing.card.values["depose_le"]).days  # type: ignore[operator]
