"""Decisions that do not agree with the call they are about are findings, one each."""

from __future__ import annotations

from typing import Any

import pytest

from ami_scoring.scoring.decided import check_decisions, open_ties
from ami_scoring.scoring.places import draw_number

from .calls import FILE, OTHER, call, departure, final, parted, register, withdrawal

LATE = {
    "kind": "late_completion",
    "reference": "A",
    "asked_on": "2022-09-01",
    "due_on": "2022-09-10",
    "received_on": "2022-09-12",
    "reason": "Courrier perdu",
}
CANCELS_FIRST = {"kind": "cancellation", "cancels": "1", "reason": "Erreur"}
REFUSED = {"kind": "reduced_grant", "reference": "A", "offered": "10", "accepted": "0"}
FULL_LIST = final("A", "B", "D", reserve=("C", "E"))


def found(*said: dict[str, Any]) -> list[tuple[str, str]]:
    problems = check_decisions(call(), register(*said))
    return [(each.code, ".".join(map(str, each.path))) for each in problems]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ([withdrawal("A"), parted("C", "D"), departure("F", "oui"), LATE], []),
        ([parted("D", "C"), FULL_LIST], []),
        ([departure("O", "oui"), final("O")], []),
        ([withdrawal("X")], [("decision-unknown-reference", "decisions.0")]),
        ([withdrawal("A", files={"A": OTHER})], [("decision-file-changed", "decisions.0.files")]),
        ([withdrawal("A", files={"A": OTHER}), LATE], []),
        ([LATE, withdrawal("A", files={"A": OTHER})], [("decision-file-changed", "decisions.1.files")]),
        ([withdrawal("A", policy=OTHER)], [("decision-policy-changed", "decisions.0.policy")]),
        ([parted("A", "B")], [("decision-not-equals", "decisions.0.order")]),
        ([parted("G", "A")], [("decision-not-equals", "decisions.0.order")]),
        ([withdrawal("C"), parted("D", "C")], [("decision-not-equals", "decisions.1.order")]),
        ([departure("A", "oui")], [("decision-no-departure", "decisions.0.kept")]),
        ([departure("F", "non")], [("decision-no-departure", "decisions.0.kept")]),
        ([departure("G", "oui")], [("decision-not-ranked", "decisions.0.reference")]),
        ([FULL_LIST], [("decision-list-tied", "decisions.0.selected")]),
        ([final("A", "B", reserve=("C", "D", "E"))], [("decision-list-tied", "decisions.0.selected")]),
        (
            [final("A", "F")],
            [("decision-list-tied", "decisions.0.selected"), ("decision-list-unexplained", "decisions.0.selected")],
        ),
        ([departure("D", "non"), final("A", "B", "C", reserve=("E", "F"))], []),
        ([parted("D", "C"), parted("C", "D")], [("decision-repeated", "decisions.1")]),
        ([parted("D", "C"), parted("D", "C")], [("decision-repeated", "decisions.1")]),
        ([parted("D", "C"), CANCELS_FIRST, parted("C", "D")], []),
        ([withdrawal("A"), withdrawal("a", files={"a": FILE})], [("decision-repeated", "decisions.1")]),
        ([withdrawal("A"), withdrawal("B")], []),
        ([REFUSED, withdrawal("A")], [("decision-repeated", "decisions.1")]),
        ([{**REFUSED, "accepted": "5"}, withdrawal("A")], []),
        ([parted("D", "C"), FULL_LIST, FULL_LIST], [("decision-repeated", "decisions.2")]),
        ([parted("D", "C"), final("A", "B")], [("decision-list-unexplained", "decisions.1.selected")]),
        ([parted("D", "C"), final("A", "B", "F")], [("decision-list-unexplained", "decisions.1.selected")]),
        (
            [parted("D", "C"), final("A", "B", "D", reserve=("E", "C"))],
            [("decision-reserve-order", "decisions.1.reserve")],
        ),
    ],
)
def test_what_does_not_agree_is_found_at_its_place(said: list[dict[str, Any]], codes: list[tuple[str, str]]) -> None:
    assert found(*said) == codes


def test_several_files_that_changed_are_told_at_once() -> None:
    (problem,) = check_decisions(call(), register(parted("C", "D", files={"C": OTHER, "D": OTHER})))
    assert str(problem.message) == "La décision no 1 a été prise sur les dossiers C et D, qui ont changé depuis."


def test_a_draw_is_drawn_again() -> None:
    drawn = sorted(["C", "D"], key=lambda each: draw_number("graine", each), reverse=True)
    draw = {"by": "draw", "seed": "graine"}
    assert found(parted(*drawn, **draw)) == []
    assert found(parted(*map(str.lower, drawn), **draw)) == []
    (problem,) = check_decisions(call(), register(parted(*reversed(drawn), **draw)))
    assert problem.code == "decision-draw"
    assert str(problem.message).endswith(f"qui donne : {drawn[0]}, puis {drawn[1]}.")


def test_a_list_says_who_is_there_unexplained_and_who_is_not() -> None:
    (problem,) = check_decisions(call(), register(parted("D", "C"), final("A", "D", "F", reserve=("C", "E"))))
    assert str(problem.message).endswith("F en plus ; B en moins.")


def test_equals_of_the_reserve_that_nobody_told_apart_are_told() -> None:
    evaluation = call("{places: 1, reserve: 4}", {"A": 90, "B": 80, "C": 70, "D": 70, "E": 60})
    (problem,) = check_decisions(evaluation, register(final("A", reserve=("B", "C", "D", "E"))))
    assert problem.code == "decision-reserve-equals"
    assert str(problem.message).startswith("En réserve, C et D sont ex æquo (décision no 1)")
    settled = register(parted("D", "C"), final("A", reserve=("B", "D", "C", "E")))
    assert check_decisions(evaluation, settled) == []


@pytest.mark.parametrize(
    ("said", "equals"),
    [([], ("C", "D")), ([parted("D", "C")], ()), ([withdrawal("C")], ()), ([departure("D", "non")], ())],
)
def test_ties_stay_open_until_a_decision_closes_them(said: list[dict[str, Any]], equals: tuple[str, ...]) -> None:
    assert open_ties(call(), register(*said)) == equals


def test_a_decision_that_is_cancelled_says_nothing_any_more() -> None:
    cancelled = {"kind": "cancellation", "cancels": "1", "reason": "Erreur"}
    assert found(withdrawal("A", files={"A": OTHER}), cancelled) == []
    assert FILE != OTHER
