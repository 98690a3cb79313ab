"""What is wrong in a roster and in assignments, by code and place."""

from __future__ import annotations

import pytest
from tests.scoring.jury.building import dossiers, given, judged, jury, three

from ami_scoring.findings import Problem
from ami_scoring.scoring.jury import Seats, check_assignments, check_jury, check_readers

JUDGEMENTS = judged().judgements
TWO = "  - {id: e1, name: Zoé Un}\n  - {id: e2, name: Adam Deux}"


def found(problems: object) -> list[tuple[str, tuple[str | int, ...]]]:
    assert hasattr(problems, "__iter__")
    return [(each.code, each.path) for each in problems if isinstance(each, Problem)]


@pytest.mark.parametrize(
    ("assessors", "more", "expected"),
    [
        (TWO, "", []),
        (TWO, "required: 2\nrequired_on: {équipe: 1}", []),
        (f"{TWO}\n  - {{id: e3, name: Z, subjects: [budget]}}", "", []),
        (TWO, "required: 0", [("opinions-required", ("required",))]),
        (TWO, "required: 1", [("opinions-required", ("required",))]),
        (TWO, "required_on: {projet: 1}", [("opinions-required", ("required_on", "projet"))]),
        (TWO, "required_on: {budget: 0}", [("opinions-required", ("required_on", "budget"))]),
        (TWO, "required_on: {x: 1}", [("unknown-subject", ("required_on", "x"))]),
        (TWO, "required_on: {budget: 3}", [("too-few-assessors", ("assessors",))]),
        (f"{TWO}\n  - {{id: e3, name: Z, subjects: [x]}}", "", [("unknown-subject", ("assessors", 2, "subjects", 0))]),
        (f"{TWO}\n  - {{id: e3, name: UN Zoe}}", "", [("assessor-name-twice", ("assessors", 2, "name"))]),
        (f"{TWO}\n  - {{id: e1, name: Z}}", "", [("assessor-name-twice", ("assessors", 2, "id"))]),
        (
            f"{TWO}\n  - {{id: e3, name: Z, spellings: [Mme Zoé Un]}}",
            "",
            [("assessor-name-twice", ("assessors", 2, "spellings", 0))],
        ),
        (f"{TWO}\n  - {{id: e3, name: Z, spellings: [z, Z., Z]}}", "", []),
        (f"{TWO}\n  - {{id: e3, name: '…'}}\n  - {{id: e4, name: '?'}}", "", []),
    ],
)
def test_a_roster_is_checked(assessors: str, more: str, expected: list[object]) -> None:
    assert found(check_jury(jury(assessors, more), JUDGEMENTS)) == expected


def test_a_roster_that_is_too_long_is_refused_before_anything_else() -> None:
    roster = jury("\n".join(f"  - {{id: e{n}, name: Personne}}" for n in range(501)))
    assert found(check_jury(roster, JUDGEMENTS)) == [("too-many-assessors", ("assessors",))]


A_1 = ("assignments", "A-1")


@pytest.mark.parametrize(
    ("assignments", "expected"),
    [
        ("{A-1: {projet: [e1, e2], budget: [e3]}}", []),
        ("{A-1: {projet: [e1, e9]}}", [("assessor-unknown", (*A_1, "projet", 1))]),
        ("{A-1: {projet: [e1, e1]}}", [("assignment-twice", (*A_1, "projet", 1))]),
        ("{A-1: {x: [e1]}}", [("unknown-subject", (*A_1, "x"))]),
        ("{B-1: {projet: [e1]}}", [("unknown-reference", ("assignments", "B-1"))]),
        ("{A-1: {projet: [e1]}, a-1: {projet: [e1]}}", [("assignment-twice", ("assignments", "a-1"))]),
        ("{A-1: {projet: [e4]}}", [("subject-not-judged", (*A_1, "projet", 0))]),
    ],
)
def test_assignments_are_checked(assignments: str, expected: list[object]) -> None:
    roster = jury(f"{TWO}\n  - {{id: e3, name: Trois}}\n  - {{id: e4, name: Quatre, subjects: [budget]}}")
    assert found(check_assignments(given(assignments), roster, JUDGEMENTS, {"a-1": "A-1"})) == expected


def test_without_candidatures_read_references_are_not_told_unknown() -> None:
    assert found(check_assignments(given("{B-1: {}}"), three(), JUDGEMENTS)) == []


def test_assignments_of_another_seed_are_told() -> None:
    assert found(check_assignments(given("{}", "autre"), three(), JUDGEMENTS)) == [("assignment-seed", ("seed",))]


def test_readers_who_are_tied_or_too_few_are_told() -> None:
    roster = three("[{reference: A-1, reason: lien}]")
    made = given("{A-1: {projet: [e1, e3], équipe: [e1], budget: [e1]}, A-2: {projet: [e1], équipe: [e1]}}")
    seats = Seats.of(roster, made, dossiers(2))
    assert found(check_readers(made, seats, JUDGEMENTS)) == [
        ("assignment-interest", (*A_1, "projet", 1)),
        ("assignment-short", ("assignments", "A-2")),
        ("assignment-short", ("assignments", "A-2")),
    ]


def test_readers_are_those_that_the_assignments_name() -> None:
    seats = Seats.of(three(), given("{A-1: {projet: [e1, e2]}}"), [])
    assert (seats.readers("a-1", "projet"), seats.readers("A-1", "x"), seats.readers("B-1", "projet")) == (
        ("e1", "e2"),
        (),
        (),
    )
    assert Seats.of(three(), None, []).readers("A-1", "projet") == ()
