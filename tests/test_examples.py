"""Real published grids, said in the language: each example validates, and scores as its text says by hand."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from ami_scoring import Evaluation, evaluate
from ami_scoring.domain.standings import Status
from ami_scoring.evaluation.validation import check_files
from ami_scoring.reports.json_report import as_json

EXAMPLES = Path(__file__).parent.parent / "examples"
FOLDERS = sorted(path.parent for path in EXAMPLES.glob("*/criteria.yaml"))
ACCEPTED = {
    "marche-public": {"pool-relative"},
    "soutien-par-strate": {"pool-relative"},
    "vergers-de-village": {"version-replaced"},
}
"""Notes that an example is there to show."""

each_example = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def _expected(folder: Path) -> Mapping[str, Mapping[str, Any]]:
    text = (folder / "expected.yaml").read_text(encoding="utf-8")
    expected: Mapping[str, Mapping[str, Any]] = yaml.load(text, Loader=yaml.BaseLoader)  # noqa: S506 - texts only
    return expected


def _evaluate(folder: Path) -> Evaluation:
    opinions = [path for path in [folder / "avis.yaml"] if path.exists()]
    return evaluate([folder / "candidatures"], folder / "criteria.yaml", assessments=opinions)


def test_there_are_examples() -> None:
    assert len(FOLDERS) >= 10


@each_example
def test_it_validates_without_a_finding(folder: Path) -> None:
    checked = check_files([folder / "criteria.yaml", folder / "candidatures"], folder / "criteria.yaml")
    assert [finding for finding in checked.findings if finding.code not in ACCEPTED.get(folder.name, set())] == []
    assert checked.candidatures >= 3


@each_example
def test_it_scores_without_another_finding(folder: Path) -> None:
    findings = {finding.code for finding in _evaluate(folder).findings}
    assert findings == ACCEPTED.get(folder.name, set())


@each_example
def test_its_totals_are_those_worked_by_hand(folder: Path) -> None:
    standings = [standing for standing in _evaluate(folder).standings if standing.card.total is not None]
    totals = {standing.entry.reference: standing.card.total for standing in standings}
    expected = {name: Fraction(each["total"]) for name, each in _expected(folder).items() if "total" in each}
    assert totals == expected


@each_example
def test_its_ranks_and_statuses_are_those_expected(folder: Path) -> None:
    evaluation = _evaluate(folder)
    ranked = {standing.entry.reference: standing for standing in evaluation.standings}
    aside = {each.reference: each for each in evaluation.set_aside}
    expected = _expected(folder)
    assert {*ranked, *aside} == {*expected}
    for name, each in expected.items():
        assert str((ranked.get(name) or aside[name]).status) == each["status"], name
        if "rank" in each:
            assert ranked[name].shown_rank == int(each["rank"]), name


@each_example
def test_every_leaf_says_its_reference_and_has_a_worked_example(folder: Path) -> None:
    criteria = _evaluate(folder).criteria
    assert all(criterion.reference for criterion in criteria.by_id.values())
    judged = {
        leaf.id for leaf in criteria.leaves if leaf.rule is not None and leaf.rule.kind in {"judgement", "relative"}
    }
    assert {leaf.id for leaf in criteria.leaves if not leaf.examples} <= judged


@each_example
def test_its_readme_names_its_source_and_what_is_invented(folder: Path) -> None:
    text = (folder / "README.md").read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 20
    assert "**Source**" in text
    assert re.search(r"\*\*Inventée?s\*\*", text)
    assert f"ami score examples/{folder.name}/candidatures -c examples/{folder.name}/criteria.yaml" in text


def test_the_second_wave_of_the_orchards_knows_what_the_first_gave(tmp_path: Path) -> None:
    folder = EXAMPLES / "vergers-de-village"
    spring = evaluate([folder / "candidatures"], folder / "criteria.yaml", wave="printemps")
    (tmp_path / "printemps.json").write_text(as_json(spring), encoding="utf-8")
    awarded = [tmp_path / "printemps.json"]
    autumn = evaluate([folder / "candidatures"], folder / "criteria.yaml", wave="automne", awarded=awarded)
    for evaluation, kept, budget in ((spring, ["VV-03", "VV-01"], 20000), (autumn, ["VV-06", "VV-08"], 15000)):
        assert [one.entry.reference for one in evaluation.standings if one.status is Status.SELECTED] == kept
        assert evaluation.cut.budget == budget
    assert [one.reference for one in autumn.set_aside if one.status is Status.AWARDED] == ["VV-05"]
    (stopped,) = (one for one in autumn.standings if one.entry.reference == "VV-07")
    assert list(map(str, stopped.reasons)) == ["quota atteint : sans école"]


def test_each_folder_is_named_in_the_index() -> None:
    index = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"\]\(([\w-]+)/README\.md\)", index) == [folder.name for folder in FOLDERS]
