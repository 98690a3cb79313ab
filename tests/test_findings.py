"""What is wrong in a file: its place, its order, and the errors that carry it."""

from __future__ import annotations

import pytest

from ami_scoring.findings import (
    MOST_OF_A_KIND,
    AmiScoringError,
    Finding,
    InvalidFileError,
    Location,
    NothingToScoreError,
    Severity,
    Tally,
    fingerprints,
    in_reading_order,
)
from ami_scoring.messages import Message


def finding(
    path: str, line: int | None = None, column: int | None = None, code: str = "code", said: str = "Non."
) -> Finding:
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


@pytest.mark.parametrize(
    ("place", "written"),
    [
        (Location("a.xlsx", 3, 2, sheet="Dossier", cell="B3"), "a.xlsx, feuille «\u00a0Dossier\u00a0», cellule B3"),
        (Location("a.xlsx", sheet="Dossier"), "a.xlsx, feuille «\u00a0Dossier\u00a0»"),
    ],
)
def test_a_place_in_a_workbook_is_a_sheet_and_a_cell(place: Location, written: str) -> None:
    assert str(place) == written


def test_a_finding_keeps_its_identity_when_lines_move() -> None:
    here = Finding("code", Severity.ERROR, Message("Ligne {n}.", {"n": 3}), Location("a.yaml", 3, 1, "zone: ZRR"))
    moved = Finding("code", Severity.ERROR, Message("Ligne {n}.", {"n": 9}), Location("a.yaml", 9, 1, "  zone: ZRR "))
    assert fingerprints([here]) == fingerprints([moved])


def test_no_two_findings_share_an_identity() -> None:
    several = [finding("a.yaml"), finding("a.yaml"), finding("a.yaml", said="Oui.")]
    several += [finding("b.yaml"), finding("a.yaml", code="x")]
    marks = fingerprints(several)
    assert len(set(marks)) == len(several)
    assert fingerprints(several) == marks


def test_a_kind_is_only_counted_once_the_first_of_those_that_are_is_known() -> None:
    tally = Tally()
    finding = Finding("code", Severity.WARNING, Message("…"), Location("f"))
    for _ in range(MOST_OF_A_KIND):
        assert tally.keeps(finding)
    assert not tally.only_counts("f", "code", Severity.WARNING)
    assert not tally.keeps(finding)
    assert tally.only_counts("f", "code", Severity.WARNING)
    assert not tally.only_counts("g", "code", Severity.WARNING)
