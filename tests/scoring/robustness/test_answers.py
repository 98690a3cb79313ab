"""Single answers a step away: the nearest value that changes a mark, to the day, the unit or the hundredth."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.scores import Status
from ami_scoring.evaluation.run import evaluate
from ami_scoring.exact import Fraction
from ami_scoring.scoring.robustness import telling_answers
from ami_scoring.scoring.robustness.answers import _as

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
