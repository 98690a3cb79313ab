"""A trial in the page gives what the engine gives: no total, range, rank, status, grant or firmness differs."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from tests.reports.workbook import pools
from tests.reports.workbook.trials import GRIDS
from tests.scoring.firmness.calls import draw_call, draw_versions

from ami_scoring import evaluate
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.ties import Ranks
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.page.frozen import frozen
from ami_scoring.scoring.marks import pool_rules
from ami_scoring.scoring.words import rank_word

from . import trials
from .browser import Browser, needs_browser

ROOT = Path(__file__).parents[3]
POLICIES = 40
CALLS = 80
NUMBERED = """
return arguments[0].map((fields) => {
  const settings = evaluated(policy);
  for (const [name, text] of Object.entries(fields)) change(policy, settings, name, text);
  return asTried(policy, tried(data, settings)).map((line) => [line.row.r, line.rank === null ? "–" : line.shown]);
});
"""
pytestmark = needs_browser


def test_samples_follow_other_settings(browser: Browser, tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(100, evaluation, seed=1)) == []


TRIED = [grid for grid in GRIDS if not frozen(read_policy(ROOT / "examples" / grid / "criteria.yaml").criteria)]


@pytest.mark.parametrize("grid", TRIED)
def test_each_example_grid_follows_other_settings(grid: str, browser: Browser, tmp_path: Path) -> None:
    """An example has a few candidatures: a pool of invented ones makes ties, full quotas and short budgets."""
    criteria = read_policy(ROOT / "examples" / grid / "criteria.yaml").criteria
    compares = pool_rules(criteria)
    evaluation = evaluate_example(grid) if compares else pools.pool(criteria, 24, seed=5, missing=0.05)
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(30, evaluation, seed=6)) == []


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


def test_invented_calls_with_versions_and_unreadable_files(browser: Browser, tmp_path: Path) -> None:
    """Of a project, another version than the one that is listed may count, and so may what nobody can read."""
    calls = [trials.evaluated(draw_call(Random(seed), everything=bool(seed % 2))) for seed in range(CALLS)]  # noqa: S311 - a test
    calls = [call for call in calls if call.standings]
    assert any(call.cut.versions for call in calls)
    assert any(call.unread for call in calls)
    browser.open(trials.write(calls[0], tmp_path / "page.html"))
    wrong = [
        each
        for seed, call in enumerate(calls)
        for each in trials.differences(browser, call, trials.asked(3, call, seed), trials.data_of(call))
    ]
    assert wrong == []


def test_invented_calls_where_the_best_version_counts(browser: Browser, tmp_path: Path) -> None:
    calls = [trials.evaluated(draw_versions(Random(seed), everything=bool(seed % 2))) for seed in range(CALLS)]  # noqa: S311 - a test
    calls = [call for call in calls if call.standings]
    assert sum(len(group.scored) > 1 and group.present for call in calls for group in call.cut.versions) > 5
    browser.open(trials.write(calls[0], tmp_path / "page.html"))
    wrong = [
        each
        for seed, call in enumerate(calls)
        for each in trials.differences(browser, call, trials.asked(3, call, seed), trials.data_of(call))
    ]
    assert wrong == []


def test_candidatures_that_lack_what_several_criteria_read_keep_their_bounds(browser: Browser, tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 60, seed=7, missing=0.3)
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert browser.run("return data.ranked.filter((row) => row.j !== undefined).length") > 10
    assert trials.differences(browser, evaluation, trials.asked(40, evaluation, seed=2)) == []


def test_what_a_page_cannot_bound_is_left_to_be_worked_out_again(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Totals and statuses stay those of the engine; no range and no firmness is said that might not be."""
    monkeypatch.setattr("ami_scoring.reports.page.shares.MOST_NUMBERS", 0)
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 60, seed=7, missing=0.3)
    browser.open(trials.write(evaluation, tmp_path / "page.html"), "#?places=3")
    assert "à recalculer" in browser.text("#bandeau")
    assert browser.run("return document.querySelectorAll('#liste .statut small, #liste .rang small').length") == 0
    fields = trials.asked(5, evaluation, seed=2)
    found = trials.differences(browser, evaluation, fields, exact=False)
    assert found == []


def test_a_thousand_candidatures_with_many_ties(browser: Browser, tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 1_550, seed=3)
    assert len(evaluation.standings) >= 1_000
    assert sum(one.tied for one in evaluation.standings) > 100
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    assert trials.differences(browser, evaluation, trials.asked(3, evaluation, seed=4)) == []


def test_numbers_beyond_what_a_browser_counts_by_are_counted_whole(browser: Browser, tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 40, seed=9, missing=0.1)
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    leaves = [leaf.id for leaf in evaluation.criteria.leaves]
    primes = (999_999_937, 999_999_929, 999_999_893, 999_999_883, 999_999_797)
    fields = [{f"w.{leaf}": f"1/{prime}" for leaf, prime in zip(leaves, primes, strict=False)}]
    assert trials.differences(browser, evaluation, fields) == []
    small = browser.run(
        "const settings = evaluated(policy); for (const [name, text] of Object.entries(arguments[0]))"
        " change(policy, settings, name, text);"
        "return scaleOf(data, policy, weightsOf(policy, settings.weights)).isSmall",
        fields[0],
    )
    assert small is False


@pytest.mark.parametrize("how", ["dense", "average"])
def test_ranks_are_numbered_as_the_engine_numbers_them(how: str, browser: Browser, tmp_path: Path) -> None:
    criteria = read_policy(ROOT / "criteria.yaml").criteria
    ranking = criteria.ranking.model_copy(update={"ties": [], "ranks": Ranks(how)})
    evaluation = pools.pool(criteria.model_copy(update={"ranking": ranking}), 150, seed=3, missing=0.01)
    assert len({one.shown_rank for one in evaluation.standings}) < len(evaluation.standings) - 10
    browser.open(trials.write(evaluation, tmp_path / "page.html"))
    cells = browser.run("return [...document.querySelectorAll('#liste td.rang span')].map((each) => each.textContent)")
    assert [cell.replace("\u00a0=", "") for cell in cells] == [
        rank_word(one.shown_rank) for one in evaluation.standings
    ]
    assert any("rangs possibles se comptent comme" in text for text in browser.text("body").splitlines())
    asked = trials.asked(20, evaluation, seed=8)
    assert trials.differences(browser, evaluation, asked) == []
    for fields, found in zip(asked, browser.run(NUMBERED, asked), strict=True):
        again = trials.rescored(evaluation, trials.policy_of(evaluation, fields))
        assert found == [[one.entry.reference, rank_word(one.shown_rank)] for one in again]
