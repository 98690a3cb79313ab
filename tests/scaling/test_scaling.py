"""What a reader or a check does grows as its input: twice as long, twice the work, counted in lines of code run."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.scaling.counting import MOST, growth
from tests.scaling.inputs import POLICIES
from tests.scaling.works import EACH_AGAINST_ALL, SIZE, WORKS

from ami_scoring.domain.composing import in_form, without_marks
from ami_scoring.domain.conditions import MAX_PARTS
from ami_scoring.domain.primitives import fold, parse_text, without_accents
from ami_scoring.domain.simple_rules import MAX_BANDS
from ami_scoring.evaluation.coverage import MOST_PLACES, cover
from ami_scoring.evaluation.policy import read_policy
from ami_scoring.findings import InvalidFileError
from ami_scoring.reports.coverage import coverage_text
from ami_scoring.reports.findings_json import findings_json
from ami_scoring.sources.files.decoding import given

PATH = Path("criteria.yaml")


@pytest.mark.parametrize("name", [name for name in WORKS if name not in EACH_AGAINST_ALL])
def test_work_grows_as_its_input(name: str) -> None:
    assert growth(WORKS[name], SIZE) <= MOST


def _inner(numbers: int) -> None:
    with given({Path("a"): b"a" * numbers}):
        pass


def test_a_count_that_stops_midway_is_made_again() -> None:
    calls: list[int] = []

    def work(size: int) -> Callable[[], object]:
        def call() -> None:
            calls.append(size)
            if len(calls) == 3:
                sys.settrace(None)  # as what takes the place of whoever counts
            for _ in range(size):
                _inner(1)

        return call

    assert 0 < growth(work, 20) <= MOST
    assert len(calls) > 4


def test_work_that_grows_as_a_square_is_told_the_second_time_too() -> None:
    def work(size: int) -> Callable[[], object]:
        def call() -> None:
            for _ in range(size * size):
                _inner(1)

        return call

    assert growth(work, 5) > MOST


@pytest.mark.parametrize("name", sorted(EACH_AGAINST_ALL))
def test_where_each_is_tried_against_all_the_list_has_an_end(name: str) -> None:
    make = POLICIES[name.partition(": ")[2]]
    with given({PATH: make(MAX_PARTS + 1)}), pytest.raises(InvalidFileError) as refused:
        read_policy(PATH)
    said = [(finding.code, str(finding.message)) for finding in refused.value.findings]
    assert said == [("too-many-parts", "Plus de 300 éléments ici.")]


def test_one_band_too_many_is_refused() -> None:
    with given({PATH: POLICIES["bands"](MAX_BANDS + 1)}), pytest.raises(InvalidFileError) as refused:
        read_policy(PATH)
    assert [finding.code for finding in refused.value.findings] == ["too-many-parts"]


def test_examples_of_more_branches_than_a_thousand_are_not_looked_for() -> None:
    with given({PATH: POLICIES["bands"](MOST_PLACES)}):
        (covered,) = cover([PATH])
    assert (covered.branches, covered.exercised, covered.untried, covered.additions) == (1001, None, (), ())
    assert coverage_text([covered]) == (
        "\ncriteria.yaml : 1001 branches, trop pour chercher celles qu'aucun exemple n'exerce.\n"
    )
    assert '"exercised": null' in findings_json([], [], [covered])


@pytest.mark.parametrize("made", [fold, without_accents, parse_text, lambda text: in_form("NFC", text)])
@pytest.mark.parametrize("letter", ["\u0301", "\u0327\u0301", "é"])
def test_no_long_run_of_marks_is_ever_put_in_order(made: object, letter: str, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    really = unicodedata.normalize

    def counted(form: str, text: str) -> str:
        seen.append(len(text))
        return really(form, text)  # type: ignore[arg-type]

    monkeypatch.setattr(unicodedata, "normalize", counted)
    assert callable(made)
    made("e" + letter * 400)
    assert seen == []
    made("e" + letter * 20)
    assert seen


def test_marks_are_dropped_from_what_people_write() -> None:
    assert without_marks("NFD", "Élève à Noël") == "Eleve a Noel"
