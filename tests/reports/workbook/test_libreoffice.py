"""LibreOffice, forced to recompute, agrees with what is stored; a wrong value planted there is corrected."""

from __future__ import annotations

import os
import random
import re
import shutil
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.ties import Ranks
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.reports.workbook import workbook
from ami_scoring.reports.workbook.book import book_of

from . import engines, pools, trials

ROOT = Path(__file__).parents[3]
CRITERIA = ROOT / "criteria.yaml"
NUMBERINGS = ("dense", "average")
NAMES = ("ami", "autre-appel", *NUMBERINGS, *trials.GRIDS)
REQUIRED = "AMI_REQUIRE_LIBREOFFICE" in os.environ  # noqa: TID251 - .ci/run says so: then, without it, these tests fail
pytestmark = pytest.mark.skipif(not (REQUIRED or shutil.which("soffice")), reason="LibreOffice is not installed")


@dataclass(frozen=True)
class Trial:
    """A workbook recomputed as it was written, and with other weights, places and minimum typed into its cells."""

    evaluation: Evaluation
    path: Path
    stored: engines.Cells
    recomputed: engines.Cells
    criteria: Criteria | None
    typed: engines.Cells


def _numbered(how: str) -> Evaluation:
    """Evaluate a pool of many equals, whose ranks are numbered without gaps or by their mean."""
    criteria = read_policy(CRITERIA).criteria
    ranking = criteria.ranking.model_copy(update={"ties": [], "ranks": Ranks(how)})
    return pools.pool(criteria.model_copy(update={"ranking": ranking}), 120, seed=5)


@pytest.fixture(scope="module")
def tried(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Trial]:
    """Recompute the samples and every example grid in one call of LibreOffice, by name."""
    folder = tmp_path_factory.mktemp("libreoffice")
    other = ROOT / "samples" / "autre-appel"
    evaluations = {
        "ami": evaluate([ROOT / "samples" / "candidatures"], CRITERIA),
        "autre-appel": evaluate([other / "candidatures"], other / "criteria.yaml"),
        **{how: _numbered(how) for how in NUMBERINGS},
    } | {grid: trials.example(grid) for grid in trials.GRIDS}
    draw = random.Random(9)  # noqa: S311 - a test
    typed: dict[str, Criteria] = {}
    paths = {}
    for name, evaluation in evaluations.items():
        paths[name] = folder / f"{name}.xlsx"
        paths[name].write_bytes(workbook(evaluation))
        if book_of(evaluation).has_live_choice:
            typed[name] = trials.tried(evaluation, draw)
            inputs = trials.typed(evaluation, typed[name])
            engines.type_into(paths[name], folder / f"{name}-essai.xlsx", inputs)
    changed = {name: folder / f"{name}-essai.xlsx" for name in typed}
    found = iter(engines.all_with_libreoffice([*paths.values(), *changed.values()], folder))
    recomputed = dict(zip(paths, found, strict=False))
    retried = dict(zip(changed, found, strict=True))
    return {
        name: Trial(
            evaluation,
            paths[name],
            engines.stored(paths[name]),
            recomputed[name],
            typed.get(name),
            retried.get(name, {}),
        )
        for name, evaluation in evaluations.items()
    }


@pytest.mark.parametrize("name", NAMES)
def test_it_agrees_with_what_is_stored(name: str, tried: Mapping[str, Trial]) -> None:
    assert tried[name].stored
    assert engines.differences(tried[name].stored, tried[name].recomputed) == []


@pytest.mark.parametrize("name", NAMES)
def test_it_agrees_with_the_engine_on_other_weights_places_and_minimum(name: str, tried: Mapping[str, Trial]) -> None:
    trial = tried[name]
    if trial.criteria is None:
        pytest.skip("this workbook leaves nothing to try")
    assert trials.differences(trial.evaluation, trial.criteria, trial.typed.get) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_workbook_that_it_saves_again_asks_and_shows_the_same(name: str, tried: Mapping[str, Trial]) -> None:
    before, after = tried[name].path, tried[name].path.parent / "out" / tried[name].path.name
    by_place = sorted(engines.rules(before), key=lambda rule: (rule.sheet, rule.place))
    assert sorted(engines.rules(after), key=lambda rule: (rule.sheet, rule.place)) == by_place
    assert engines.guards(after) == engines.guards(before)
    assert engines.printed(after) == engines.printed(before)


def test_a_thousand_agree(tmp_path: Path) -> None:
    path = tmp_path / "mille.xlsx"
    path.write_bytes(workbook(pools.pool(read_policy(CRITERIA).criteria, 1_000, seed=7)))
    assert engines.differences(engines.stored(path), engines.with_libreoffice(path, tmp_path)) == []


def test_more_criteria_than_a_function_takes_cells_agree(tmp_path: Path) -> None:
    criteria = read_policy(_many(tmp_path / "criteria.yaml", 300)).criteria
    evaluation = pools.pool(criteria, 8, seed=3, missing=0.2)
    path = tmp_path / "trois-cents.xlsx"
    path.write_bytes(workbook(evaluation))
    assert {one.rank for one in evaluation.standings} >= {1, None}
    assert engines.differences(engines.stored(path), engines.with_libreoffice(path, tmp_path)) == []


def _many(path: Path, count: int) -> Path:
    rules = (
        f"{{kind: per_unit, fact: locaux.bureaux, points: 1/{1 + number % 5}, at_most: 1}}" for number in range(count)
    )
    lines = (f"  - {{id: c{number}, label: C{number}, weight: 1, rule: {rule}}}" for number, rule in enumerate(rules))
    head = "language: 1\ncall: {title: T, edition: e, authority: A}\nwaves: [{id: v1, closes: 2024-06-30}]\n"
    policy = f"{head}total: {count}\ncriteria:\n" + "\n".join(lines) + "\nselection: {places: 3}\n"
    path.write_text(policy, encoding="utf-8")
    return path


def test_a_planted_value_is_corrected(tmp_path: Path) -> None:
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(workbook(evaluate([ROOT / "samples" / "candidatures"], CRITERIA)))
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(bad, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet1.xml":
                data = re.sub(rb"(<c r=\"A7\"[^>]*><f>[^<]*</f><v>)1(</v>)", rb"\g<1>999\2", data, count=1)
            target.writestr(name, data)
    wrong = engines.stored(bad)
    assert wrong["Classement", 7, 1] == 999
    assert engines.with_libreoffice(bad, tmp_path)["Classement", 7, 1] == 1
