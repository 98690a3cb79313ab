"""Whose places a candidature could have had, by the totals of those who have them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

import pytest
from tests.scoring.building import policy, scored

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.ties import Ranking
from ami_scoring.exact import Fraction
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.rivals import Rivals, rivals_of
from ami_scoring.scoring.places.selection import select

ZIP_FIRST = "{label: ZIP, when: {fact: zonage, is: ZIP}, at_least: 1}"
FEW_ZAR = "{label: ZAR, when: {fact: zonage, is: ZAR}, at_most: 1}"


def one(reference: str, total: int, zone: str = "ZAC") -> Scored:
    return scored(reference, total, values={"zonage": MISSING if zone == "?" else zone})


def rivals(selection: str, of: str, *candidatures: Scored) -> Rivals:
    criteria = policy(f"selection: {selection}")
    standings, _ = select(rank(candidatures, Ranking()), criteria, None)
    evaluation = cast("Evaluation", SimpleNamespace(standings=standings, criteria=criteria))
    return rivals_of(evaluation, next(each for each in standings if each.entry.reference == of))


def test_without_quotas_they_are_all_who_have_a_place_from_the_lowest_total() -> None:
    found = rivals("{places: 2}", "C", one("A", 90), one("B", 80), one("C", 70), one("D", 60))
    assert found == Rivals((Fraction(80), Fraction(90)), (), ())


def test_nobody_is_its_own_rival() -> None:
    assert rivals("{places: 2}", "B", one("A", 90), one("B", 80), one("C", 70)).totals == (Fraction(90),)


def test_equal_totals_are_told_once() -> None:
    assert rivals("{places: 2}", "C", one("A", 90), one("B", 90), one("C", 70)).totals == (Fraction(90),)


def test_a_place_kept_for_another_category_is_out_of_reach() -> None:
    four = one("A", 90), one("B", 80), one("C", 50, "ZIP")
    found = rivals(f"{{places: 2, quotas: [{ZIP_FIRST}]}}", "B", *four)
    assert found.totals == (Fraction(90),)
    assert [quota.label for quota in found.kept] == ["ZIP"]
    assert found.full == ()


def test_a_place_that_ranks_give_and_a_guarantee_would_keep_is_out_of_reach_too() -> None:
    found = rivals(f"{{places: 2, quotas: [{ZIP_FIRST}]}}", "C", one("A", 90, "ZIP"), one("B", 80), one("C", 50))
    assert (found.totals, [quota.label for quota in found.kept]) == ((Fraction(80),), ["ZIP"])


def test_a_guarantee_of_which_nobody_is_keeps_nothing() -> None:
    found = rivals(f"{{places: 2, quotas: [{ZIP_FIRST}]}}", "C", one("A", 90), one("B", 80), one("C", 50))
    assert (found.totals, found.kept) == ((Fraction(80), Fraction(90)), ())


def test_its_own_guarantee_is_kept_for_it() -> None:
    four = one("A", 90), one("B", 80), one("C", 50, "ZIP"), one("D", 40, "ZIP")
    found = rivals(f"{{places: 2, quotas: [{ZIP_FIRST}]}}", "D", *four)
    assert (found.totals, found.kept) == ((Fraction(50), Fraction(90)), ())


@pytest.mark.parametrize(("of", "totals", "full"), [("C", [90], ["ZAR"]), ("D", [70, 90], []), ("E", [70, 90], [])])
def test_beyond_the_cap_of_its_category_only_its_own_could_yield(of: str, totals: list[int], full: list[str]) -> None:
    five = one("A", 90, "ZAR"), one("C", 80, "ZAR"), one("B", 70), one("D", 60), one("E", 55, "?")
    found = rivals(f"{{places: 2, quotas: [{FEW_ZAR}]}}", of, *five)
    assert found.totals == tuple(map(Fraction, totals))
    assert [quota.label for quota in found.full] == full


def test_a_cap_that_is_not_reached_narrows_nothing() -> None:
    two = FEW_ZAR.replace("at_most: 1", "at_most: 2")
    found = rivals(f"{{places: 2, quotas: [{two}]}}", "C", one("A", 90, "ZAR"), one("B", 80), one("C", 70, "ZAR"))
    assert (found.totals, found.full) == ((Fraction(80), Fraction(90)), ())
