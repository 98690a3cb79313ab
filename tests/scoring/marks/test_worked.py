"""The worked examples of `worked/*.yaml`: every rule kind at its boundaries. Adding a case is adding a line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from tests.scoring.building import catalogue_with, rule_of, values_of
from tests.scoring.oracle import points_of

from ami_scoring.domain.facts import Missing
from ami_scoring.domain.rules import KINDS, simple_rules
from ami_scoring.domain.scores import Range
from ami_scoring.exact import parse_fraction
from ami_scoring.scoring.marks.completions import possible_points
from ami_scoring.scoring.marks.rules import evaluate

FILES = sorted((Path(__file__).parents[1] / "worked").glob("*.yaml"))


def blocks() -> Iterator[tuple[str, dict[str, Any]]]:
    for file in FILES:
        for block in yaml.load_all(file.read_text(encoding="utf-8"), Loader=yaml.BaseLoader):
            yield file.stem, block


WORKED = [
    pytest.param(block, case, id=f"{name}: {block['about']}: {case['given']}")
    for name, block in blocks()
    for case in block["cases"]
]


@pytest.mark.parametrize(("block", "case"), WORKED)
def test_a_worked_example_gives_its_points_and_its_range(block: dict[str, Any], case: dict[str, Any]) -> None:
    catalogue = catalogue_with(block.get("facts", []))
    rule = rule_of(block["rule"])
    values = values_of(rule, case["given"], catalogue)
    outcome = evaluate(rule, values)
    assert outcome.points == parse_fraction(str(case["points"]))
    assert outcome.refused == case.get("refused")
    assert list(outcome.missing) == case.get("missing", [])
    expected = Range(*(parse_fraction(str(case.get(bound, case["points"]))) for bound in ("low", "high")))
    assert possible_points(rule, values, catalogue) == expected


@pytest.mark.parametrize(("block", "case"), WORKED)
def test_a_second_reading_of_the_language_agrees_on_every_complete_example(
    block: dict[str, Any], case: dict[str, Any]
) -> None:
    rule = rule_of(block["rule"])
    values = values_of(rule, case["given"], catalogue_with(block.get("facts", [])))
    if not any(isinstance(value, Missing) for value in values.values()) and "refused" not in case:
        assert points_of(block["rule"], values) == parse_fraction(str(case["points"]))


def test_every_kind_has_worked_examples() -> None:
    composed = {part["kind"] for _, block in blocks() for part in [block["rule"], *block["rule"].get("rules", [])]}
    assert composed == set(KINDS)
    assert all(
        list(simple_rules(rule_of(block["rule"]))) for name, block in blocks() if name not in {"cases", "checklist"}
    )
