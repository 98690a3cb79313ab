"""What a committee types in the yellow cells gives what the engine gives: no total, rank or status differs."""

from __future__ import annotations

import random
import re
import zipfile
from pathlib import Path

import pytest

from ami_scoring import evaluate
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.exact import Fraction
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.book import (
    INPUT_COLUMN,
    MINIMUM_ROW,
    PLACES_ROW,
    POLICY,
    ROBUSTNESS,
    WEIGHTS_ROW,
    book_of,
)
from ami_scoring.reports.workbook.cells import quoted
from ami_scoring.reports.workbook.lines import height
from ami_scoring.reports.workbook.robustness_sheet import FIRST_ROW
from ami_scoring.scoring.robustness import contest_of, interval

from . import engines, pools, trials

ROOT = Path(__file__).parents[3]
BANNERS = ("Classement", "Vue d'ensemble", "Fiche", "Critères", "À compléter")


def _differences(evaluation: Evaluation, criteria: Criteria, path: Path) -> list[str]:
    book = engines.IronCalc(path, trials.typed(evaluation, criteria))
    return trials.differences(evaluation, criteria, book.value)


def _check(evaluation: Evaluation, path: Path, times: int, seed: int) -> None:
    path.write_bytes(workbook(evaluation))
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []
    draw = random.Random(seed)  # noqa: S311 - a test
    for _ in range(times):
        assert _differences(evaluation, trials.tried(evaluation, draw), path) == []


def test_samples_follow_other_weights(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    _check(evaluation, tmp_path / "ami.xlsx", times=2, seed=1)


def test_another_call_follows_other_weights(tmp_path: Path) -> None:
    folder = ROOT / "samples" / "autre-appel"
    evaluation = evaluate([folder / "candidatures"], folder / "criteria.yaml")
    _check(evaluation, tmp_path / "autre.xlsx", times=3, seed=2)


def test_a_thousand_candidatures_with_many_ties(tmp_path: Path) -> None:
    evaluation = pools.pool(read_policy(ROOT / "criteria.yaml").criteria, 1_000, seed=3)
    assert sum(one.tied for one in evaluation.standings) > 100
    path = tmp_path / "mille.xlsx"
    path.write_bytes(workbook(evaluation))
    assert _differences(evaluation, trials.tried(evaluation, random.Random(4)), path) == []  # noqa: S311 - a test


@pytest.mark.parametrize("grid", trials.GRIDS)
def test_example_grids_recompute(grid: str, tmp_path: Path) -> None:
    evaluation = trials.example(grid)
    path = tmp_path / f"{grid}.xlsx"
    path.write_bytes(workbook(evaluation))
    assert engines.differences(engines.stored(path), engines.with_ironcalc(path)) == []
    book = book_of(evaluation)
    if book.has_live_choice:
        draw = random.Random(5)  # noqa: S311 - a test
        assert _differences(evaluation, trials.tried(evaluation, draw), path) == []


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
        pytest.param([(TIES, "ties: [{fact: locaux.accessibles, prefer: oui}, medecins]")], id="a yes first"),
        pytest.param([("    short: Engagement\n", "    short: Engagement\n    capped: oui\n")], id="capped"),
        pytest.param([(TIES, "ties: [medecins]\n  ranks: dense")], id="ranks without gaps"),
        pytest.param([(TIES, "ties: []\n  ranks: dense")], id="ranks without gaps nor tie-breaks"),
        pytest.param([(TIES, "ties: []\n  ranks: average")], id="mean ranks"),
        pytest.param([("share: 0.25}", "share: 0.25, strict: oui}")], id="strict threshold"),
        pytest.param([("  minimum: 50", "  decides_from: 60")], id="people decide below"),
    ],
)
def test_other_policies_follow_other_weights(changes: list[tuple[str, str]], tmp_path: Path) -> None:
    evaluation = pools.pool(_policy(tmp_path, *changes), 60, seed=11, missing=0.01)
    _check(evaluation, tmp_path / "book.xlsx", times=1, seed=12)


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


def _banner(path: Path, typed: dict[engines.Cell, str], sheet: str = "Classement") -> str:
    said = str(engines.IronCalc(path, typed).value((sheet, 3, 1)))
    return said.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_trial_whose_limit_falls_in_a_tie_says_what_is_left_to_the_committee(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    places = (POLICY, PLACES_ROW + 1, INPUT_COLUMN + 1)
    assert _banner(path, {places: "7"}).endswith(
        "à côté. À DÉPARTAGER PAR LE COMITÉ : 1 place entre 2 dossiers à égalité, au rang 7."
    )
    for sheet in BANNERS:
        assert "À DÉPARTAGER" in _banner(path, {places: "7"}, sheet)
        assert "À DÉPARTAGER" not in _banner(path, {places: "8"}, sheet)


def test_a_trial_tells_the_ties_that_the_engine_finds(tmp_path: Path) -> None:
    evaluation = pools.pool(_policy(tmp_path, (TIES, "ties: []")), 60, seed=11, missing=0.01)
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    draw, told = random.Random(21), set()  # noqa: S311 - a test
    kept = [node.id for node in book_of(evaluation).nodes if book_of(evaluation).is_input(node)]
    for places in draw.sample(range(1, 40), 12):
        # Few criteria that weigh make many equal totals.
        weights = {node: Fraction(0) for node in draw.sample(kept, len(kept) - 2)}
        criteria = pools.with_inputs(evaluation.criteria, weights, places, 5, Fraction(3))
        expected, typed = pools.rescored(evaluation, criteria), trials.typed(evaluation, criteria)
        cut = expected.cut
        ranks = {one.rank for one in expected.standings if one.entry.reference in cut.contested}
        stake = f"{cut.at_stake} {'places' if cut.at_stake > 1 else 'place'}"
        right = [f"{stake} entre {len(cut.contested)} dossiers à égalité, au rang {rank}." for rank in ranks]
        found = re.findall(r"COMITÉ : (.*? au rang \d+\.)", _banner(path, typed))
        assert found == right
        told.add(bool(found))
    assert told == {True, False}


def test_weights_that_do_not_add_up_are_told_in_every_banner(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    zoning = [node.id for node in book_of(evaluation).nodes].index("zonage")
    cell = (POLICY, WEIGHTS_ROW + zoning + 1, INPUT_COLUMN + 1)
    for sheet in BANNERS:
        assert "TOTAL DES POIDS FAUX : 101,25 au lieu de 100." in _banner(path, {cell: "31.25"}, sheet)
    assert _banner(path, {cell: "trente"}).startswith("SAISIE REFUSÉE")


def test_the_banner_is_high_enough_for_all_that_a_trial_may_say(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    assert engines.sheet(path, "Fiche").row_dimensions[3].height >= height([("deux\nlignes", 20)])
    assert all(engines.sheet(path, name)["A3"].alignment.wrap_text for name in BANNERS)


def test_a_text_too_long_for_a_formula_is_cut_in_pieces() -> None:
    assert quoted("") == '""'
    assert quoted('dit "oui"') == '"dit ""oui"""'
    assert [len(piece) for piece in quoted("x" * 600).split("&")] == [252, 252, 102]


def test_the_spread_of_totals_shows_where_the_cut_and_the_minimum_fall(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "book.xlsx"
    path.write_bytes(workbook(evaluation))
    places, minimum = ((POLICY, row + 1, INPUT_COLUMN + 1) for row in (PLACES_ROW, MINIMUM_ROW))
    # Under every input: how the legend names both limits, then the classes, of ten points, that they fall in.
    for typed, named, classes in (
        ({}, ["Dernière retenue : 74,5", "Minimum : 50"], [7, 5]),
        ({places: "7", minimum: "68.25"}, ["Dernière retenue : 85,5", "Minimum : 68,25"], [8, 6]),
        ({places: "0", minimum: ""}, ["Aucune retenue", "Sans minimum"], [None, None]),
    ):
        tried = engines.IronCalc(path, typed)
        said = [str(tried.value(("Vue d'ensemble", 2, column))).replace("\u00a0", " ") for column in (25, 26)]
        assert said == named
        found = [[tried.value(("Vue d'ensemble", 3 + row, column)) for row in range(10)] for column in (25, 26)]
        assert [marks.index(1) if 1 in marks else None for marks in found] == classes
    with zipfile.ZipFile(path) as archive:
        chart = archive.read("xl/charts/chart2.xml").decode()
    assert all(f"'Vue d''ensemble'!${letter}$2" in chart for letter in "YZ")


def _ends(evaluation: Evaluation) -> list[tuple[Fraction, Fraction] | None]:
    contest = contest_of(evaluation)
    found = (interval(contest, place) for place in range(len(contest.plane.axes)))
    return [None if each is None else (each.low.weight, each.high.weight) for each in found]


@pytest.mark.parametrize(("places", "minimum"), [(6, "50"), (3, "40"), (40, "65"), (40, "")])
def test_how_far_each_weight_may_go_follows_a_trial(places: int, minimum: str, tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "solidite.xlsx"
    path.write_bytes(workbook(evaluation))
    weights = dict(zip((root.id for root in evaluation.criteria.criteria), (20, 25, 30, 10, 15), strict=True))
    tried = pools.with_inputs(
        evaluation.criteria,
        {name: Fraction(weight) for name, weight in weights.items()},
        places,
        2,
        Fraction(minimum) if minimum else None,
    )
    book = engines.IronCalc(path, trials.typed(evaluation, tried))
    for place, ends in enumerate(_ends(pools.rescored(evaluation, tried))):
        assert ends is not None
        row = FIRST_ROW + place + 1
        found = [book.value((ROBUSTNESS, row, column)) for column in (3, 4)]
        assert found == pytest.approx([float(end) for end in ends], abs=1e-9)
        drawn = book.value((ROBUSTNESS, row, 5))
        assert (len(drawn), drawn.count("●")) == (41, 1)


def test_a_weight_at_zero_has_no_interval_to_show(tmp_path: Path) -> None:
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "zero.xlsx"
    path.write_bytes(workbook(evaluation))
    book = engines.IronCalc(path, {(POLICY, WEIGHTS_ROW + 1, INPUT_COLUMN + 1): "0"})
    assert [book.value((ROBUSTNESS, FIRST_ROW + 1, column)) for column in (3, 4, 5)] == ["–", "–", ""]


def test_where_formulas_would_be_too_many_the_intervals_are_those_of_the_evaluation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ami_scoring.reports.workbook.robustness_sheet.MOST_LIVE", 1)
    evaluation = evaluate([ROOT / "samples" / "candidatures"], ROOT / "criteria.yaml")
    path = tmp_path / "figee.xlsx"
    path.write_bytes(workbook(evaluation))
    rows = engines.values(path, ROBUSTNESS)
    assert "ils ne suivent pas ce que l'on essaie" in str(rows[5][0]).replace("\u00a0", " ")
    shown = [(row[2], row[3]) for row in rows[FIRST_ROW : FIRST_ROW + 5]]
    expected = [(float(low), float(high)) for low, high in filter(None, _ends(evaluation))]
    assert [end for ends in shown for end in ends] == pytest.approx([end for ends in expected for end in ends])
    assert not [cell for cell in engines.stored(path) if cell[0] == ROBUSTNESS and cell[1] > FIRST_ROW]
