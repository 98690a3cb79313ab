"""Who reads what: balanced, the same each time, away from interests, and never against what a hand wrote."""

from __future__ import annotations

from collections import Counter

import pytest
from tests.scoring.jury.building import dossiers, judged, jury, three

from ami_scoring.domain.jury import Jury
from ami_scoring.scoring.jury import Seats, Shortage, assign, shortages

JUDGEMENTS = judged().judgements
Given = dict[str, dict[str, list[str]]]


def loads(given: Given) -> Counter[str]:
    return Counter(name for each in given.values() for name in {name for names in each.values() for name in names})


def many(count: int, more: str = "") -> Jury:
    return jury("\n".join(f"  - {{id: e{n}, name: Personne {n}}}" for n in range(count)), more)


@pytest.mark.parametrize(("assessors", "candidatures"), [(2, 1), (3, 4), (5, 7), (7, 50), (12, 101)])
def test_nobody_has_two_candidatures_more_than_somebody_else(assessors: int, candidatures: int) -> None:
    drawn = assign(many(assessors), JUDGEMENTS, dossiers(candidatures), {})
    every = [loads(drawn)[f"e{n}"] for n in range(assessors)]
    assert max(every) - min(every) <= 1
    assert {len(each["projet"]) for each in drawn.values()} == {2}
    assert {len(each["équipe"]) for each in drawn.values()} == {1}


def test_who_reads_a_candidature_for_one_subject_reads_it_for_another() -> None:
    drawn = assign(many(6), JUDGEMENTS, dossiers(9), {})
    assert all({*each["équipe"], *each["budget"]} <= {*each["projet"]} for each in drawn.values())


def test_the_same_seed_gives_the_same_draw_whatever_the_order_of_files() -> None:
    known = dossiers(20)
    first, again = (assign(many(5), JUDGEMENTS, each, {}) for each in (known, known[::-1]))
    assert first == again
    other = Jury.model_validate(many(5).model_dump(by_alias=True) | {"seed": "autre"})
    assert assign(other, JUDGEMENTS, known, {}) != first


def test_the_roster_may_ask_for_more_than_the_policy() -> None:
    drawn = assign(many(5, "required: 3\nrequired_on: {budget: 4}"), JUDGEMENTS, dossiers(3), {})
    assert {tuple(len(each[subject]) for subject in JUDGEMENTS) for each in drawn.values()} == {(3, 3, 4)}


@pytest.mark.parametrize(
    "tie",
    [
        '{commune: "09001", reason: élue}',
        '{department: "09", reason: habite là}',
        "{reference: a-1, reason: conseil}",
        '{siren: "130005481", reason: salarié}',
        '{epci: "130005481", reason: élue}',
        '{epci: "120027016", communes: ["09001"], reason: élue}',
    ],
)
def test_nobody_reads_what_they_declared_an_interest_in(tie: str) -> None:
    known = [
        one.model_copy(update={"applicant": one.applicant.model_copy(update={"siren": "130005481"})})
        for one in dossiers(1)
    ]
    drawn = assign(three(f"[{tie}]"), JUDGEMENTS, known, {})
    assert drawn["A-1"]["projet"] == ["e1", "e2"]


def test_of_several_ties_the_first_that_was_declared_is_kept() -> None:
    ties = '[{reference: B-9, reason: autre}, {department: "09", reason: premier}, {commune: "09001", reason: second}]'
    seats = Seats.of(three(ties), None, dossiers(2))
    assert {who: tie.reason for who, tie in seats.ties.items()} == {("e3", "a-1"): "premier", ("e3", "a-2"): "premier"}


def test_interests_leave_the_draw_as_balanced_as_they_allow() -> None:
    tied = ", ".join(f"{{reference: A-{n}, reason: lien}}" for n in range(1, 11))
    drawn = assign(three(f"[{tied}]"), JUDGEMENTS, dossiers(30), {})
    assert loads(drawn) == {"e1": 20, "e2": 20, "e3": 20}


def test_who_judges_one_subject_alone_has_their_share_of_it() -> None:
    roster = jury(
        "  - {id: e1, name: Un, subjects: [projet]}\n"
        "  - {id: e2, name: Deux}\n"
        "  - {id: e3, name: Trois, subjects: [équipe, budget]}\n"
        "  - {id: e4, name: Quatre, subjects: [projet]}"
    )
    drawn = assign(roster, JUDGEMENTS, dossiers(12), {})
    assert {loads(drawn)[name] for name in ("e1", "e2", "e4")} == {8}
    assert list(shortages(roster, JUDGEMENTS, drawn)) == []


def test_what_a_hand_wrote_is_kept_and_counted() -> None:
    kept = {f"a-{n}": {"projet": ["e1", "e2"], "équipe": ["e1"], "budget": ["parti"]} for n in (1, 2)}
    kept["b-1"] = {"projet": ["e3"] * 1}
    drawn = assign(three(), JUDGEMENTS, dossiers(6), kept)
    assert drawn["A-1"] == kept["a-1"]
    assert drawn["A-2"] == kept["a-2"]
    assert loads(drawn) == {"e1": 4, "e2": 4, "e3": 4, "parti": 2}


def test_too_few_who_may_read_is_a_shortage() -> None:
    drawn = assign(three('[{department: "09", reason: lien}]'), JUDGEMENTS, dossiers(1), {"a-1": {"projet": ["e1"]}})
    assert list(shortages(three(), JUDGEMENTS, drawn)) == [
        Shortage("A-1", "projet", 1, 2),
        Shortage("A-1", "équipe", 0, 1),
        Shortage("A-1", "budget", 0, 1),
    ]
