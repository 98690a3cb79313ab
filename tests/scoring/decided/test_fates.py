"""Computed and decided, side by side: what each decision gives, takes and leaves to the others."""

from __future__ import annotations

from typing import Any

import pytest

from ami_scoring.domain.criteria import Wave
from ami_scoring.scoring.decided import check_decisions, decide

from .calls import call, departure, final, parted, register, withdrawal

MEETING = {"kind": "meeting", "members": ["Mme Aubin"]}
REFUSED = {"kind": "reduced_grant", "reference": "A", "offered": "10000", "accepted": "0"}
TAKEN = {**REFUSED, "accepted": "8000"}
CANCELLED = {"kind": "cancellation", "cancels": "1", "reason": "Erreur de dossier"}


def listed(*said: dict[str, Any], **call_: Any) -> tuple[str, str]:
    decided = decide(call(**call_), register(*said))
    return "".join(decided.selected), "".join(decided.reserve)


@pytest.mark.parametrize(
    ("said", "selected", "reserve"),
    [
        ([], "AB", "CDE"),
        ([MEETING], "AB", "CDE"),
        ([parted("D", "C")], "ABD", "CE"),
        ([withdrawal("A")], "BCD", "EF"),
        ([withdrawal("a")], "BCD", "EF"),
        ([parted("D", "C"), withdrawal("A")], "BDC", "EF"),
        ([departure("E", "oui")], "ABE", "CD"),
        ([departure("A", "non")], "BCD", "EF"),
        ([departure("A", "non"), departure("A", "oui")], "AB", "CDE"),
        ([departure("E", "oui"), departure("E", "non")], "AB", "CDF"),
        ([departure("G", "oui")], "ABG", "CD"),
        ([departure("H", "oui")], "ABH", "CD"),
        ([REFUSED], "BCD", "EF"),
        ([TAKEN], "AB", "CDE"),
        ([withdrawal("A"), CANCELLED], "AB", "CDE"),
        ([final("A", "B", "D", reserve=("C", "E"))], "ABD", "CE"),
        ([final("A", "B", "D", reserve=("C", "E")), withdrawal("B")], "ADC", "E"),
        ([final("A", "B", "D", reserve=("C", "E")), withdrawal("B"), withdrawal("C")], "ADE", ""),
        ([final("A", "B", "D", reserve=("C",)), withdrawal("B"), withdrawal("A")], "DC", ""),
        ([final("A", "B", "D", reserve=("C",)), departure("F", "oui")], "FAB", "DC"),
        ([final("A", "B", "D", reserve=("C",)), departure("D", "non")], "ABC", ""),
        ([withdrawal("X")], "AB", "CDE"),
        ([departure("O", "oui"), final("O")], "AB", "CDE"),
    ],
)
def test_a_decision_changes_who_has_a_place_and_who_waits(
    said: list[dict[str, Any]], selected: str, reserve: str
) -> None:
    assert listed(*said) == (selected, reserve)


def test_equals_of_different_ranks_are_not_told_apart() -> None:
    assert listed(parted("E", "A")) == listed()
    assert listed(parted("G", "X")) == listed()


def test_who_is_kept_under_the_minimum_takes_one_of_the_places() -> None:
    assert listed(departure("F", "oui"), selection="{places: 3, reserve: 2, minimum: 55}") == ("ABF", "CD")


def test_the_places_of_a_wave_alone_are_those_that_are_shared() -> None:
    wave = Wave.model_validate({"id": "v2", "closes": "2022-09-30", "places": 1, "reserve": 1})
    assert listed(wave=wave) == ("A", "B")
    assert listed(departure("G", "oui"), wave=wave) == ("G", "A")


def test_without_a_number_of_places_a_departure_takes_none() -> None:
    selection = "{reserve: 2, budget: {amount: 2, ask: locaux.bureaux}}"
    totals: dict[str, int | None] = {"A": 90, "G": None}
    evaluation = call("{places: 1}", totals)
    budget = call(selection, {"G": None}).criteria
    made = evaluation._replace(criteria=budget, standings=evaluation.standings[1:])
    assert decide(made, register(departure("G", "oui"))).selected == ("G",)


def test_what_was_computed_stays_beside_what_was_decided() -> None:
    decided = decide(call(), register(parted("D", "C"), withdrawal("A"), departure("F", "oui")))
    told = {each.reference: (each.computed.value, each.decided.value, each.call) for each in decided.fates.values()}
    assert told == {
        "A": ("retenue", "désistée", None),
        "B": ("retenue", "retenue", None),
        "C": ("réserve", "réserve", 1),
        "D": ("réserve", "retenue", None),
        "E": ("réserve", "réserve", 2),
        "F": ("non retenue", "retenue", None),
        "G": ("à compléter", "à compléter", None),
        "H": ("inéligible", "inéligible", None),
        "O": ("autre vague", "autre vague", None),
    }
    assert [each.reference for each in decided.fates.values() if each.differs] == ["A", "D", "F"]


def test_after_the_final_list_the_others_have_no_place() -> None:
    fates = decide(call(), register(final("A", "B", "D", reserve=("C",)))).fates
    assert {each: fates[each].decided.value for each in "CEFGH"} == {
        "C": "réserve",
        "E": "non retenue",
        "F": "non retenue",
        "G": "à compléter",
        "H": "inéligible",
    }


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (MEETING, "réunion"),
        (parted("D", "C"), "ex æquo départagés par un vote : D, puis C, D a sa place"),
        (parted("D", "C", by="draw", seed="x"), "ex æquo départagés par le tirage publié : D, puis C, D a sa place"),
        (departure("E", "oui"), "E retenue par écart au classement"),
        (
            withdrawal("A"),
            "A se désiste, C et D sont appelées de la liste de réserve",
        ),
        (REFUSED, "aide réduite (A) : 10 000 proposés, 0 acceptés, C et D sont appelées de la liste de réserve"),
        (TAKEN, "aide réduite (A) : 10 000 proposés, 8 000 acceptés"),
        (final("A", "B", reserve=("C",)), "liste définitive, 2 retenues et 1 en réserve"),
        ({"kind": "recusal", "member": "M. B", "references": ["A", "B"], "reason": "Parent"}, "déport (A et B)"),
    ],
)
def test_each_decision_says_what_it_does(said: dict[str, Any], words: str) -> None:
    (effect,) = decide(call(), register(said)).effects
    assert str(effect.said) == f"décision no 1 : {words}"


def test_a_departure_says_whose_place_it_takes() -> None:
    parted_first = register(parted("D", "C"), departure("F", "oui"))
    assert str(decide(call(), parted_first).effects[1].said) == (
        "décision no 2 : F retenue par écart au classement, D perd sa place"
    )


@pytest.mark.parametrize("deciding", ["never", "95"])
def test_what_people_decide_where_the_score_does_not_departs_from_no_ranking(deciding: str) -> None:
    evaluation = call(f"{{places: all, minimum: 50, decides_from: {deciding}}}", {"A": 90, "B": 80, "C": 40})
    said = register(departure("a", "oui"), departure("B", "non"), departure("C", "oui"))
    assert [str(each.said).partition(" : ")[2] for each in decide(evaluation, said).effects] == [
        "a retenue par délibération du comité",
        "B non retenue par délibération du comité",
        "C retenue par écart au classement",
    ]
    assert [each.code for each in check_decisions(evaluation, said)] == []


def test_a_refusal_that_is_said_twice_changes_nothing() -> None:
    evaluation = call("{minimum: 50, decides_from: never}", {"A": 90})
    said = register(departure("A", "non"), departure("A", "non"))
    assert [each.code for each in check_decisions(evaluation, said)] == ["decision-no-departure"]


def test_two_places_may_be_lost_or_given_at_once() -> None:
    evaluation = call("{places: 2, reserve: 0}", {"A": 90, "B": 90, "C": 80, "D": 80})
    decided = decide(evaluation, register(departure("C", "oui"), departure("C", "non"), parted("D", "C")))
    assert [str(each.said).partition(" : ")[2] for each in decided.effects] == [
        "C retenue par écart au classement, A et B perdent leur place",
        "C non retenue par écart au classement, A et B sont appelées de la liste de réserve",
        "ex æquo départagés par un vote : D, puis C",
    ]
    both = call("{places: 4, reserve: 0}", {"A": 90, "B": 80, "C": 80, "D": 80, "E": 80})
    assert str(decide(both, register(parted("B", "C", "D", "E"))).effects[0].said).endswith("B, C et D ont leur place")


def test_a_place_that_nobody_waits_for_stays_free() -> None:
    evaluation = call("{places: 1, reserve: 0, minimum: 50}", {"A": 90, "B": 40})
    (effect,) = decide(evaluation, register(withdrawal("A"))).effects
    assert str(effect.said) == "décision no 1 : A se désiste, sa place reste libre"


def test_without_a_number_of_places_none_stays_free() -> None:
    (effect,) = decide(call("{places: all, minimum: 50}", {"A": 90, "B": 40}), register(withdrawal("A"))).effects
    assert str(effect.said) == "décision no 1 : A se désiste"


@pytest.mark.parametrize("said", [withdrawal("A"), departure("A", "non")])
def test_a_place_that_equals_contest_does_not_stay_free(said: dict[str, Any]) -> None:
    evaluation = call("{places: 1, reserve: 3}", {"A": 90, "B": 80, "C": 80, "D": 70})
    (effect,) = decide(evaluation, register(said)).effects
    assert str(effect.said).endswith("sa place est à régler entre B et C, ex æquo")


def test_each_candidature_is_told_the_decisions_that_touch_it() -> None:
    decided = decide(call(), register(MEETING, parted("D", "C"), departure("F", "oui")))
    assert decided.fates["D"].numbers == (2,)
    assert [str(each).partition(" : ")[0] for each in decided.fates["D"].said] == ["décision no 2", "décision no 3"]
    assert decided.fates["B"].said == ()
