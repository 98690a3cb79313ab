"""A trial in the page gives what the engine gives: no total, range, rank, status or grant differs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.reports.workbook import pools
from tests.reports.workbook.trials import GRIDS
from tests.scoring.firmness.calls import draw_call

from ami_scoring import evaluate
from ami_scoring.domain.scores import Evaluation
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.scoring.marks import pool_rules

from . import trials
from .browser import Browser, needs_browser

ROOT = Path(__file__).parents[3]
POLICIES = 40
pytestmark = needs_browser


def test_samples_follow_other_settings(browser: Browser, tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(100, evaluation, seed=1)) == []


@pytest.mark.parametrize("grid", GRIDS)
def test_each_example_grid_follows_other_settings(grid: str, browser: Browser, tmp_path: Path) -> None:
    """An example has a few candidatures: a pool of invented ones makes ties, full quotas and short budgets."""
    criteria = read_policy(ROOT / "examples" / grid / "criteria.yaml").criteria
    compares = pool_rules(criteria)
    evaluation = evaluate_example(grid) if compares else pools.pool(criteria, 24, seed=5, missing=0.05)
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(60, evaluation, seed=6)) == []


def evaluate_example(grid: str) -> Evaluation:
    folder = ROOT / "examples" / grid
    opinions = [path for path in [folder / "avis.yaml"] if path.exists()]
    return evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=opinions)


def test_invented_policies_with_quotas_budgets_floors_and_blanks(browser: Browser, tmp_path: Path) -> None:
    draw, wrong = Random(7), list[str]()  # noqa: S311 - a test
    for seed in range(POLICIES):
        criteria = draw_call(draw, everything=True).criteria
        evaluation = pools.pool(criteria, 12, seed=seed, missing=0.12)
        if not seed:
            browser.open(trials.write(evaluation, tmp_path / "page.html"))
        asked = trials.asked(6, evaluation, seed)
        wrong += trials.differences(browser, evaluation, asked, trials.data_of(evaluation))
    assert wrong == []


def test_a_thousand_candidatures_with_many_ties(browser: Browser, tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 1_000, seed=3)
    assert sum(one.tied for one in evaluation.standings) > 100
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(3, evaluation, seed=4)) == []
