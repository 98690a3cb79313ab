"""A policy of which a part is not made as it must be: the rest is checked all the same, and nothing is made up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ami_scoring.evaluation.policy import read_policy
from ami_scoring.findings import InvalidFileError
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.sources.doors.remainder import what_remains
from ami_scoring.sources.files.document import DataPath
from ami_scoring.sources.text.located_yaml import read_yaml

ROOT = Path(__file__).parents[3]
POLICIES = [
    ROOT / "criteria.yaml",
    *sorted(ROOT.glob("samples/*/criteria.yaml")),
    *sorted(ROOT.glob("examples/*/criteria.yaml")),
]

POLICY = """\
language: 1
call: {title: Essai, edition: "1", authority: Personne}
waves: [{id: unique, closes: 2022-12-31}]
criteria:
  - id: bureaux
    label: Bureaux
    weight: 60
    rule: {kind: bands, fact: locaux.bureaux, bands: [{below: 2, points: 0}, {from: 3, points: 60}]}
  - id: qpv
    label: QPV
    weight: 30
    rule: {kind: lookup, fact: implantation.qpw, points: {oui: 30, non: 0}}
  - id: surface
    label: Surface
    weight: 9
    rule: {kind: bands, fact: locaux.surface_m2, bands: [{below: 50, points: 0}, {from: 50, points: 9}]}
selection: {places: 1}
"""
TWO = {("band-gap", 8), ("unknown-fact", 12)}


def found(text: str, folder: Path) -> set[tuple[str, int | None]]:
    path = folder / "criteria.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidFileError) as error:
        read_policy(path)
    return {(finding.code, finding.where.line) for finding in error.value.findings}


def swapped(before: str, after: str) -> str:
    assert before in POLICY
    return POLICY.replace(before, after)


def test_a_sound_form_shows_every_other_mistake(tmp_path: Path) -> None:
    assert found(POLICY, tmp_path) == {*TWO, ("weights-sum", 5)}


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param("places: 1}", "placess: 1}", {("unknown-key", 17), ("weights-sum", 5)}, id="selection"),
        pytest.param("closes: 2022-12-31", "closes: 2022-13-31", {("date-unknown", 3), ("weights-sum", 5)}, id="wave"),
        pytest.param("label: Surface", "lable: Surface", {("unknown-key", 14)}, id="criterion"),
        pytest.param("selection: {places: 1}", "", {("missing-key", 1), ("weights-sum", 5)}, id="missing section"),
    ],
)
def test_a_part_of_a_wrong_form_hides_no_mistake_elsewhere(
    tmp_path: Path, before: str, after: str, said: set[tuple[str, int | None]]
) -> None:
    assert found(swapped(before, after), tmp_path) == {*TWO, *said}


def test_entries_left_out_do_not_move_the_places_of_those_after_them(tmp_path: Path) -> None:
    assert found(swapped("label: Bureaux\n", "lable: Bureaux\n"), tmp_path) == {
        ("unknown-key", 6),
        ("unknown-fact", 12),
    }


def test_entries_left_out_do_not_move_the_second_place_of_a_clash(tmp_path: Path) -> None:
    path = tmp_path / "criteria.yaml"
    path.write_text(swapped("label: QPV\n", "lable: QPV\n").replace("{below: 50,", "{up_to: 50,"), encoding="utf-8")
    with pytest.raises(InvalidFileError) as error:
        read_policy(path)
    (overlap,) = [finding for finding in error.value.findings if finding.code == "band-overlap"]
    assert [(place.line, place.column) for place in (overlap.where, *overlap.related)] == [(16, 82), (16, 58)]


@pytest.mark.parametrize("waves", ["vagues: [{id: unique, closes: 2022-12-31, zoning: zonage.csv}]", "waves: []", ""])
def test_a_section_that_is_missing_is_not_blamed_for_what_it_does_not_hold(tmp_path: Path, waves: str) -> None:
    broken = POLICY.replace("waves: [{id: unique, closes: 2022-12-31}]", waves).replace(
        "implantation.qpw", "zonage.zip"
    )
    broken = broken.replace(
        "fact: zonage.zip, points: {oui: 30, non: 0}", "fact: zonage, points: {ZIP: 30}, otherwise: 0"
    )
    codes = {code for code, _ in found(broken, tmp_path)}
    assert "band-gap" in codes
    assert "zoning-missing" not in codes


def test_a_fact_that_could_be_declared_by_the_wrong_part_is_not_said_unknown(tmp_path: Path) -> None:
    broken = POLICY.replace("criteria:\n", "facts: [{name: qpw, type: nombre, label: QPW}]\ncriteria:\n")
    assert {code for code, _ in found(broken, tmp_path)} == {"choice-unknown", "band-gap"}


@pytest.mark.parametrize("text", ["language: 2\n", "- a\n", "language: 1\ncriteria: 3\n"])
def test_too_little_of_a_policy_is_not_looked_into(text: str) -> None:
    document = read_yaml(text, "criteria.yaml")[0][0]
    assert what_remains(document.data) is None


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.parent.name)
def test_a_sound_policy_with_a_part_of_a_wrong_form_is_blamed_for_nothing_else(path: Path) -> None:
    data = read_yaml(path.read_text(encoding="utf-8"), str(path))[0][0].data
    places = list(_places(data))
    for place in places[:: max(1, len(places) // 25)]:
        rest = what_remains(_with(data, place, {"étrange": []}))
        if rest is not None and rest.left_out:
            assert rest.surely_wrong(check_criteria(rest.criteria)) == [], place


def _places(data: Any, path: DataPath = ()) -> Iterator[DataPath]:
    if path:
        yield path
    entries = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in entries:
        yield from _places(value, (*path, key))


def _with(data: Any, path: DataPath, value: object) -> Any:
    if not path:
        return value
    copy: Any = dict(data) if isinstance(data, dict) else list(data)
    copy[path[0]] = _with(data[path[0]], path[1:], value)
    return copy
