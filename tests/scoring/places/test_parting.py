"""What tells two candidatures of one total apart, in words."""

from __future__ import annotations

from datetime import date

import pytest
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.parting import parting_words
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select


def test_a_criterion_that_parts_equals_is_named_with_both_marks() -> None:
    criteria = policy("ranking: {ties: [zonage]}\nselection: {places: 1}")
    pair = [scored("A", 50, marks={"zonage": 20}), scored("B", 50, marks={"zonage": 30.5})]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    assert [plain(reason) for reason in standings[1].reasons] == [
        "la place est pourvue ; même total que B, placée devant par « Zonage » (30,5, contre 20)"
    ]


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("2022-09-01T09:00:30+02:00", "2022-09-01T15:00+02:00", "1er septembre 2022 à 09 h 00 min 30 s, contre LATER"),
        ("2022-08-31", "2022-09-01T15:00+02:00", "31 août 2022, contre LATER"),
    ],
    ids=["by their hours", "by their days"],
)
def test_deposits_that_part_equals_are_told_with_their_hours(first: str, second: str, how: str) -> None:
    criteria = policy("ranking: {ties: [{fact: depose_le, prefer: earliest}]}\nselection: {places: 1, reserve: 0}")
    pair = [
        one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {name}, depose_le: '{moment}'}}")))
        for name, moment in (("A", first), ("B", second))
        for one in [scored(name, 50, values={"depose_le": date.fromisoformat(moment[:10])})]
    ]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    told = how.replace("LATER", "1er septembre 2022 à 15 h 00")
    assert [plain(reason) for reason in standings[1].reasons] == [
        f"la place est pourvue ; même total que A, placée devant par « Date de dépôt » ({told})"
    ]


def test_a_draw_that_parts_equals_is_named_before_any_number() -> None:
    criteria = policy("ranking: {ties: [{draw: octobre}]}\nselection: {places: 1, reserve: 0}")
    standings, _ = select(rank([scored("A", 50), scored("B", 50)], criteria.ranking), criteria, None)
    first, last = (one.entry.reference for one in standings)
    assert [plain(reason) for reason in standings[1].reasons] == [
        f"la place est pourvue ; même total que {first}, que le tirage au sort place devant"
    ]
    assert {first, last} == {"A", "B"}


def test_a_fact_that_parts_equals_is_told_with_both_values() -> None:
    criteria = policy("ranking: {ties: [{fact: locaux.bureaux, prefer: highest}]}\nselection: {places: 1, reserve: 0}")
    pair = [scored(name, 50, values={"locaux.bureaux": rooms}) for name, rooms in (("A", 3), ("B", 4))]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    how = "placée devant par « Nombre de bureaux de consultation » (4, contre 3)"
    said = f"la place est pourvue ; même total que B, {how}"
    assert [plain(reason) for reason in standings[1].reasons] == [said]


def test_equals_by_every_tie_break_are_only_said_to_be_placed() -> None:
    criteria = policy("ranking: {ties: [zonage]}")
    first, second = rank([scored("A", 50), scored("B", 50)], criteria.ranking)
    deposits = Deposits([first.scored, second.scored])
    assert parting_words(criteria, deposits, first, second) == "placée devant"


def test_those_that_give_no_hour_of_a_day_are_named() -> None:
    moments = {"A": "2022-09-01", "B": "2022-09-01", "C": "'2022-09-01T10:00+02:00'", "D": "2022-09-02"}
    ones = [
        one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {name}, depose_le: {moment}}}")))
        for name, moment in moments.items()
        for one in [scored(name, 50)]
    ]
    deposits = Deposits(ones)
    assert deposits.silent(date(2022, 9, 1)) == ("A", "B")
    assert deposits.silent(date(2022, 9, 2)) == ("D",)
    assert deposits.silent(date(2022, 9, 3)) == ()
