"""What a committee types in the yellow cells gives what the engine gives: no total, rank or status differs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from ami_scoring import evaluate
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Evaluation
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.book import (
    INPUT_COLUMN,
    MINIMUM_ROW,
    PLACES_ROW,
    POLICY,
    RESERVE_ROW,
    WEIGHTS_ROW,
    WORKING,
    book_of,
)
from ami_scoring.reports.workbook.working import FIRST_ROW, working_of

from . import engines, pools

ROOT = Path(__file__).parents[3]
GRIDS = sorted(path.parent.name for path in (ROOT / "examples").glob("*/criteria.yaml"))
SHOWN = ("total", "rang", "rang_haut", "rang_bas", "statut", "ordre")
Typed = dict[tuple[str, int, int], str]


def _typed(evaluation: Evaluation, criteria: Criteria) -> Typed:
    """Say what to type for the inputs of one policy to become those of another."""
    book = book_of(evaluation)
    nodes = [node for node in book.nodes if book.is_input(node)]
    typed = {book.nodes.index(node) + WEIGHTS_ROW: str(float(criteria.by_id[node.id].weight)) for node in nodes}
    selection = criteria.selection
    typed |= {PLACES_ROW: str(selection.places), RESERVE_ROW: str(selection.reserve)}
    typed[MINIMUM_ROW] = "" if selection.minimum is None else str(float(selection.minimum))
    return {(POLICY, row + 1, INPUT_COLUMN + 1): value for row, value in typed.items()}


def _tried(evaluation: Evaluation, draw: random.Random) -> Criteria:
    """Draw other weights, places, reserve and minimum."""
    book, criteria = book_of(evaluation), evaluation.criteria
    assert book.scale is not None
    top = book.scale.ceiling * 2
    weights = {node.id: Fraction(draw.randrange(0, top), 2) for node in book.nodes if book.is_input(node)}
    count = len(evaluation.standings)
    minimum = draw.choice([None, criteria.total / 4, criteria.total / 2])
    rounded = None if minimum is None else Fraction(int(minimum * 4), 4)
    return pools.with_inputs(criteria, weights, draw.randrange(0, count), draw.randrange(0, 9), rounded)


def _differences(evaluation: Evaluation, criteria: Criteria, path: Path) -> list[str]:
    """Compare every figure of every candidature between the workbook, recomputed, and the engine."""
    found = engines.IronCalc(path, _typed(evaluation, criteria))
    expected = pools.rescored(evaluation, criteria)
    working = working_of(book_of(evaluation))
    by_reference = {one.entry.reference: (place, one) for place, one in enumerate(expected.standings, start=1)}
    wrong = []
    for number, row in enumerate(working.book.rows):
        place, one = by_reference[row.entry.reference]
        total = "?" if one.card.total is None else int(one.card.total * working.book.point)
        rank = "–" if one.rank is None else one.rank
        right = (total, rank, one.rank_best, one.rank_worst, str(one.status), place)
        at = [(WORKING, FIRST_ROW + number + 1, working.grid.place(name) + 1) for name in SHOWN]
        got = tuple(found.value(cell) for cell in at)
        if got != right:
            wrong.append(f"{row.entry.reference}: {got} instead of {right}")
    return wrong


def _check(evaluation: Evaluation, path: Path, trials: int, seed: int) -> None:
    path.write_bytes(workbook(evaluation))
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []
    draw = random.Random(seed)  # noqa: S311 - a test
    for _ in range(trials):
        assert _differences(evaluation, _tried(evaluation, draw), path) == []


def test_samples_follow_other_weights(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    _check(evaluation, tmp_path / "ami.xlsx", trials=2, seed=1)


def test_another_call_follows_other_weights(tmp_path: Path) -> None:
    folder = ROOT / "samples" / "autre-appel"
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    _check(evaluation, tmp_path / "autre.xlsx", trials=3, seed=2)


def test_a_thousand_candidatures_with_many_ties(tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 1_000, seed=3)
    assert sum(one.tied for one in evaluation.standings) > 100
    path = tmp_path / "mille.xlsx"
    path.write_bytes(workbook(evaluation))
    assert _differences(evaluation, _tried(evaluation, random.Random(4)), path) == []  # noqa: S311 - a test


@pytest.mark.parametrize("grid", GRIDS)
def test_example_grids_recompute(grid: str, tmp_path: Path) -> None:
    folder = ROOT / "examples" / grid
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    path = tmp_path / f"{grid}.xlsx"
    path.write_bytes(workbook(evaluation))
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []
    book = book_of(evaluation)
    if book.has_live_choice:
        draw = random.Random(5)  # noqa: S311 - a test
        assert _differences(evaluation, _tried(evaluation, draw), path) == []


def _policy(tmp_path: Path, *changes: tuple[str, str]) -> Criteria:
    """Read the policy of the samples with some words changed."""
    text = (ROOT / "criteria.yaml").read_text(encoding="utf-8").replace("samples/", f"{ROOT}/samples/")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    path = tmp_path / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    return read_policy(path).criteria


TIES = "ties: [zonage, medecins, {fact: depose_le, prefer: earliest}]"


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param([(TIES, "ties: [locaux, medecins, engagement, {draw: graine}]")], id="ties on sums"),
        pytest.param([(TIES, "ties: []")], id="no tie-break"),
        pytest.param([("    short: Engagement\n", "    short: Engagement\n    capped: oui\n")], id="capped"),
        pytest.param([("share: 0.25}", "share: 0.25, strict: oui}")], id="strict threshold"),
        pytest.param([("  minimum: 50", "  decides_from: 60")], id="people decide below"),
    ],
)
def test_other_policies_follow_other_weights(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    evaluation = pools.pool(_policy(tmp_path, *changes), 60, seed=11, missing=0.01)
    _check(evaluation, tmp_path / "book.xlsx", trials=1, seed=12)


def test_a_trial_says_so(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    places = (POLICY, PLACES_ROW + 1, INPUT_COLUMN + 1)
    banner = ("Classement", 3, 1)
    assert "Résultat évalué" in str(engines.IronCalc(path).value(banner))
    assert str(engines.IronCalc(path, {places: "12"}).value(banner)).startswith("ESSAI")
    assert str(engines.IronCalc(path, {places: "douze"}).value(banner)).startswith("SAISIE REFUSÉE")


def test_weights_that_do_not_add_up_are_told(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    zoning = [node.id for node in book_of(evaluation).nodes].index("zonage")
    told = (POLICY, WEIGHTS_ROW + len(book_of(evaluation).nodes) + 1, 5)
    typed = {(POLICY, WEIGHTS_ROW + zoning + 1, INPUT_COLUMN + 1): "31"}
    assert str(engines.IronCalc(path).value(told)).startswith("✓")
    assert engines.IronCalc(path, typed).value(told) == "✗ le total doit être 100"
