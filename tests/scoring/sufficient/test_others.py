"""Trying one candidature against the others sorted once says what ranking and selecting all of them anew says."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random

import pytest
from tests.reports.workbook import pools
from tests.scoring.building import POLICY, read

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.messages import Message
from ami_scoring.scoring.marks import score
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.sufficient import Others, Retrial

ROOT = Path(__file__).parents[3]
CRITERIA = read_policy(ROOT / "criteria.yaml").criteria


def changes_of(standing: Standing, other: Standing, draw: Random) -> Mapping[str, Value]:
    """Give about half of the facts of another candidature."""
    return {name: value for name, value in other.card.values.items() if draw.random() < 0.5}


def anew(evaluation: Evaluation, standing: Standing, changed: Scored) -> bool:
    """Say whether one gets a place, by ranking and selecting everybody."""
    others = [one.scored for one in evaluation.standings if one is not standing]
    found, _ = select(rank([*others, changed], evaluation.criteria.ranking), evaluation.criteria, evaluation.wave)
    return next(one.status for one in found if one.scored is changed) is Status.SELECTED


@pytest.mark.parametrize(("seed", "missing"), [(5, 0.0), (6, 0.1), (8, 0.04)])
def test_a_change_that_gives_a_place_is_found_without_selecting_everybody(seed: int, missing: float) -> None:
    evaluation, draw = pools.pool(CRITERIA, 60, seed, missing), Random(seed)  # noqa: S311 - a test
    others = Others(evaluation)
    assert others.is_plain
    answers = set()
    for standing in evaluation.standings:
        values = {**standing.card.values, **changes_of(standing, draw.choice(evaluation.standings), draw)}
        changed = standing.scored._replace(card=score(CRITERIA, values))
        answers.add(others.selects(standing, changed))
        assert others.selects(standing, changed) is anew(evaluation, standing, changed)
    assert answers == {True, False}


@pytest.mark.parametrize(
    "selection",
    [
        "{places: 2, reserve: 1, quotas: [{label: Z, when: {fact: zonage, is: ZIP}, at_least: 1}]}",
        "{places: 2, reserve: 1, floors: [{label: Z, when: {fact: zonage, is: ZIP}, at_least: 10}]}",
    ],
)
def test_where_categories_decide_everybody_is_selected_anew(selection: str) -> None:
    criteria = Criteria.model_validate({**read(POLICY), "selection": read(selection)})
    evaluation = pools.pool(criteria, 12, seed=1, missing=0)
    others, (first, *_, last) = Others(evaluation), evaluation.standings
    assert not others.is_plain
    assert others.selects(last, last.scored) is None
    assert Retrial(evaluation, first, others).selects({}) is (first.status is Status.SELECTED)


def test_what_lacks_a_tie_break_or_waits_for_something_is_not_taken_for_settled() -> None:
    criteria = Criteria.model_validate(
        {**read(POLICY), "ranking": read("{ties: [{fact: locaux.bureaux, prefer: highest}]}")}
    )
    evaluation = pools.pool(criteria, 12, seed=1, missing=0)
    others, first = Others(evaluation), evaluation.standings[0]
    lacking = first.scored._replace(card=score(criteria, {**first.card.values, "locaux.bureaux": MISSING}))
    assert isinstance(lacking.card.values["locaux.bureaux"], Missing)
    assert others.selects(first, lacking) is None
    assert others.selects(first, first.scored) is True
    assert others.selects(first, first.scored._replace(pending=(Message("attend"),))) is False


def test_a_candidature_under_the_minimum_gets_no_place() -> None:
    criteria = Criteria.model_validate({**read(POLICY), "selection": read("{places: 12, reserve: 1, minimum: 1000}")})
    evaluation = pools.pool(criteria, 12, seed=1, missing=0)
    first = evaluation.standings[0]
    assert Others(evaluation).selects(first, first.scored) is False
