"""What is wrong in a file: its place, its order, and the errors that carry it."""

from __future__ import annotations

import pytest

from ami_scoring.findings import (
    AmiScoringError,
    Finding,
    InvalidFileError,
    Location,
    NothingToScoreError,
    Severity,
    in_reading_order,
)
from ami_scoring.messages import Message


def finding(path: str, line: int | None = None, column: int | None = None, code: str = "code", said: str = "Non.") -> Finding:
    return Finding(code, Severity.ERROR, Message(said), Location(path, line, column))


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Location("a.yaml"), "a.yaml"),
        (Location("a.yaml", 3), "a.yaml:3"),
        (Location("a.yaml", 3, 7, "l'extrait"), "a.yaml:3:7"),
    ],
)
def test_a_place_is_written_without_what_is_unknown(place: Location, written: str) -> None:
    assert str(place) == written


def test_findings_are_told_in_reading_order_whatever_the_order_they_came_in() -> None:
    ordered = (
        finding("a.yaml"),
        finding("a.yaml", 2, 1),
        finding("a.yaml", 2, 5, "a-code"),
        finding("a.yaml", 2, 5, "b-code", "Avant."),
        finding("a.yaml", 2, 5, "b-code", "Encore."),
        finding("a.yaml", 10, 1),
        finding("b.yaml", 1, 1),
    )
    assert in_reading_order(reversed(ordered)) == ordered


def test_an_invalid_file_carries_all_its_findings() -> None:
    error = InvalidFileError([finding("b.yaml", 1, said="Deux."), finding("a.yaml", 1, said="Un.")])
    assert isinstance(error, AmiScoringError)
    assert [str(one.message) for one in error.findings] == ["Un.", "Deux."]
    assert str(error) == "a.yaml:1: Un.; b.yaml:1: Deux."


def test_nothing_to_score_says_what_was_looked_for() -> None:
    error = NothingToScoreError(Message("Aucune candidature dans : {paths}.", {"paths": ["x"]}), [finding("a.yaml")])
    assert str(error) == "Aucune candidature dans : x."
    assert error.findings == (finding("a.yaml"),)
    assert NothingToScoreError(Message("Rien.")).findings == ()
