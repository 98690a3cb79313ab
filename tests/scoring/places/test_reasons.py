"""What one without a place is told of those who have one: whom it equals, and what placed them ahead."""

from __future__ import annotations

import pytest
from tests.scoring.building import plain, policy

from ami_scoring.domain.standings import Status
from ami_scoring.scoring.places import rank, select

from .test_allocation import ASK, ZIP_FIRST, one, share

LABEL = "Montant total de l'engagement (montant annuel × durée)"
TIES = f"ranking: {{ties: [{{fact: {ASK}, prefer: lowest}}]}}"


def test_who_comes_after_the_reserve_list_is_told_of_the_equal_that_stands_on_it() -> None:
    rows = [one("A", 90, asks=0), one("B", 80, asks=10), one("C", 80, asks=20)]
    criteria = policy(f"{TIES}\nselection: {{places: 1, reserve: 1}}")
    standings, _ = select(rank(rows, criteria.ranking), criteria, None)
    said = f"la place et la réserve sont pourvues ; même total que B, placée devant par « {LABEL} » (10 €, contre 20 €)"
    assert [plain(each.reasons[0]) for each in standings if each.reasons] == [said]


@pytest.mark.parametrize(
    ("kept", "without", "said"),
    [
        ("", "C", f"les 2 places sont pourvues ; même total que B, placée devant par « {LABEL} » (10 €, contre 20 €)"),
        (f", quotas: [{ZIP_FIRST}]", "B", "les 2 places sont pourvues"),
    ],
)
def test_the_equal_that_has_the_last_of_several_places_is_named_where_it_comes_before(
    kept: str, without: str, said: str
) -> None:
    criteria = policy(f"{TIES}\nselection: {{places: 2{kept}}}")
    rows = [one("A", 90, asks=0), one("B", 80, asks=10), one("C", 80, "ZIP", asks=20)]
    standings, _ = select(rank(rows, criteria.ranking), criteria, None)
    refused = {each.entry.reference: plain(each.reasons[0]) for each in standings if each.status is Status.NOT_SELECTED}
    assert refused == {without: said}


def test_all_that_is_contested_or_waits_is_counted_with_the_cut() -> None:
    few = "{label: ZAR, when: {fact: zonage, is: ZAR}, at_most: 1}"
    equals = [one("A", 90, asks=10), one("B", 90, asks=10), one("C", 80, "ZIP", asks=10), one("D", 80, "ZIP", asks=10)]
    _, cut = share([*equals, one("E", 70, "ZIP", asks=10)], f"{{places: 2, reserve: 3, quotas: [{few}]}}")
    assert (cut.contested, cut.at_stake, cut.waiting) == (("A", "B", "C", "D"), 2, ("A", "B", "C", "D"))
    assert (cut.places, cut.reserve, cut.places_left) == (2, 3, 2)


def test_two_of_equal_marks_are_told_apart_by_a_minimum_of_their_categories() -> None:
    floor = "{label: rural, when: {fact: zonage, is: ZIP}, at_least: 75}"
    first = one("A", 70)
    second = one("B", 70, "ZIP")
    shared = second._replace(card=second.card._replace(marks=first.card.marks))
    criteria = policy(f"selection: {{places: 2, floors: [{floor}]}}")
    standings, _ = select(rank([first, shared], criteria.ranking), criteria, None)
    assert [each.status for each in standings] == [Status.SELECTED, Status.NOT_SELECTED]
