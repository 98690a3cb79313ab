"""A roster: who is recognised, what each judges, how many opinions it takes; and the forms of what it writes."""

from __future__ import annotations

import pytest

from ami_scoring.domain.jury import Assignments, Jury

from .building import read, refused

ROSTER = """
language: 1
seed: essai
assessors:
  - id: e1
    name: Mme Zoé Martin-Roux
    spellings: [Z. Martin]
    interests: [{department: 2a, reason: élue}]
  - {id: e2, name: Adam Roux, subjects: [projet]}
  - {id: e3, name: 李娜}
"""


def jury(more: str = "") -> Jury:
    return Jury.model_validate(read(ROSTER + more))


@pytest.mark.parametrize(
    ("name", "who"),
    [
        ("e1", "e1"),
        ("martin roux zoe", "e1"),
        ("Zoé MARTIN-ROUX", "e1"),
        ("Martin Z", "e1"),
        ("M. Roux Adam", "e2"),
        ("李娜", "e3"),
        ("Zoé Martin", None),
        ("?", None),
        ("Mme", None),
    ],
)
def test_an_assessor_is_known_by_any_way_of_writing_their_name(name: str, who: str | None) -> None:
    found = jury().recognised(name)
    assert (found.id if found else None) == who


def test_an_assessor_judges_everything_unless_subjects_are_named() -> None:
    known = jury().by_id
    assert [one.assesses("budget") for one in known.values()] == [True, False, True]


@pytest.mark.parametrize(
    ("more", "policy", "required"),
    [("", 1, 1), ("", 3, 3), ("required: 2", 1, 2), ("required: 2", 3, 3), ("required_on: {projet: 4}", 1, 4)],
)
def test_the_roster_never_asks_for_fewer_than_the_policy(more: str, policy: int, required: int) -> None:
    assert jury(more).required_for("projet", policy) == required


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("id: e1", "id: Zoé", "assessor-id"),
        ("id: e1", "id: [e1]", "assessor-id"),
        ("department: 2a", "department: Corse", "department-form"),
        ("department: 2a", "department: [09]", "department-form"),
        ("department: 2a,", "", "interest-shape"),
        ("department: 2a", "department: 2a, communes: ['09001']", "interest-shape"),
    ],
)
def test_what_is_no_name_no_place_or_no_tie_is_refused(old: str, new: str, code: str) -> None:
    with refused(code):
        Jury.model_validate(read(ROSTER.replace(old, new)))


def test_a_department_is_written_in_capitals() -> None:
    assert jury().by_id["e1"].interests[0].department == "2A"


def test_assignments_are_found_whatever_the_case_of_their_references() -> None:
    made = Assignments.model_validate(read("{language: 1, seed: x, assignments: {A-1: {projet: [e1]}}}"))
    assert made.by_reference == {"a-1": {"projet": ["e1"]}}
