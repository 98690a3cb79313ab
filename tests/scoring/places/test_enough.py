"""Minimums that hold only when more is asked for than there is."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

FACTS: Final = """
facts:
  - {name: ask, type: money, label: Aide demandée, minimum: 0, maximum: 60, unit: €}
  - {name: kind, type: choice, label: Genre, choices: [u, r]}
  - {name: ok, type: boolean, label: Accord}
eligibility: [{id: ok, label: Accord, require: {fact: complements.ok, is: oui}}]
"""


def one(name: str, total: int | None, ask: object, kind: Value = "u", *, admitted: bool = True) -> Scored:
    value = ask if isinstance(ask, Missing) else Fraction(str(ask))
    values = {"complements.ask": value, "complements.kind": kind, "complements.ok": True if admitted else MISSING}
    return scored(name, total, values=values, pending=not admitted)


def share(rows: list[Scored], bars: str = "minimum: 50", more: str = "") -> tuple[dict[str, Standing], Cut]:
    budget = f"budget: {{amount: 100, ask: complements.ask, when_enough: all{more}}}"
    criteria = policy(f"{FACTS}\nselection: {{{budget}, {bars}}}")
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    return {each.entry.reference: each for each in standings}, cut


def told(found: dict[str, Standing]) -> dict[str, tuple[str, list[str]]]:
    return {
        name: (each.status.value, [str(reason).replace("\u00a0", " ") for reason in each.reasons])
        for name, each in found.items()
    }


FITS: Final = "les demandes (90 €) ne dépassent pas le budget (100 €)"


def test_who_is_under_the_minimum_is_retained_where_all_demands_are_within_the_budget() -> None:
    found, cut = share([one("A", 90, 60), one("B", 30, 30)])
    assert told(found) == {
        "A": ("retenue", []),
        "B": ("retenue", ["total de 30 inférieur au minimum de 50", f"sans effet, {FITS}"]),
    }
    assert [each.granted for each in found.values()] == [60, 30]
    said = f"{FITS} : toutes les candidatures recevables sont retenues, sans classement nécessaire"
    assert str(cut.enough).replace("\u00a0", " ") == said
    assert cut.minimum is None


def test_where_more_is_asked_for_the_minimum_holds() -> None:
    found, cut = share([one("A", 90, 60), one("B", 80, 30), one("C", 30, 11)])
    assert told(found)["C"] == ("non retenue", ["total de 30 inférieur au minimum de 50"])
    assert cut.enough is None
    assert cut.minimum == 50


def test_demands_that_are_just_the_budget_do_not_exceed_it() -> None:
    assert share([one("A", 90, 60), one("B", 30, 40)])[0]["B"].status is Status.SELECTED


@pytest.mark.parametrize(
    "bars",
    [
        "minimum: {at_least: 30, strict: oui}",
        "minimum_mark: 50",
        "thresholds: [{criterion: zonage, share: 100 %}]",
        "floors: [{label: F, when: {fact: complements.kind, is: u}, at_least: 40}]",
    ],
)
def test_no_bar_of_any_kind_holds(bars: str) -> None:
    assert share([one("A", 30, 60)], bars)[0]["A"].status is Status.SELECTED


def test_a_floor_that_may_concern_one_holds_nothing_back() -> None:
    bars = "floors: [{label: F, when: {fact: complements.kind, is: r}, at_least: 40}]"
    assert told(share([one("A", 30, 60, MISSING)], bars)[0])["A"] == ("retenue", [])
    assert told(share([one("A", 30, 60, MISSING), one("B", 20, 60)], bars)[0])["A"][0] == "à compléter"


def test_who_waits_for_its_marks_counts_in_the_demands_and_is_not_retained() -> None:
    found, cut = share([one("A", 30, 60), one("B", None, 40)])
    assert {name: each.status for name, each in found.items()} == {"A": Status.SELECTED, "B": Status.TO_COMPLETE}
    assert str(cut.enough).endswith(": toutes celles qui sont complètes sont retenues, sans classement nécessaire")
    assert share([one("A", 30, 60), one("B", None, 41)])[0]["A"].status is Status.NOT_SELECTED


def test_a_demand_that_is_not_stated_counts_for_all_that_it_may_be() -> None:
    found, cut = share([one("A", 30, 40), one("B", 90, MISSING)])
    assert {name: each.status for name, each in found.items()} == {"B": Status.TO_COMPLETE, "A": Status.SELECTED}
    assert "(100\u00a0€ au plus) ne dépassent pas" in str(cut.enough)


def test_while_nobody_knows_the_minimum_holds_and_what_could_lift_it_is_said() -> None:
    found, cut = share([one("A", 30, 41), one("B", 90, MISSING)])
    unless = "sauf si toutes les demandes tiennent dans le budget, ce qui dépend de B"
    assert told(found)["A"] == ("non retenue", ["total de 30 inférieur au minimum de 50", unless])
    assert cut.enough is None


def test_what_is_surely_asked_may_be_just_the_budget_and_leaves_the_rest_open() -> None:
    unless = "sauf si toutes les demandes tiennent dans le budget, ce qui dépend de C"
    found, _ = share([one("A", 30, 60), one("B", 90, 40), one("C", 90, MISSING)])
    assert told(found)["A"][1][1:] == [unless]


def test_who_lacks_nothing_but_points_asks_for_as_much_whatever_they_are() -> None:
    found, _ = share([one("A", 30, 60), one("B", None, 41)])
    assert told(found)["A"] == ("non retenue", ["total de 30 inférieur au minimum de 50"])


def test_who_may_be_refused_or_have_another_version_counted_may_ask_for_nothing() -> None:
    unless = "sauf si toutes les demandes tiennent dans le budget, ce qui dépend de "
    found, _ = share([one("A", 30, 60), one("B", 90, 41, admitted=False), one("C", None, 10)])
    assert told(found)["A"][1][1:] == [f"{unless}B"]
    unordered = one("B", 90, 41)._replace(unordered=(one("B2", 90, 10).entry,))
    assert told(share([one("A", 30, 60), unordered])[0])["A"][1][1:] == [f"{unless}B"]


def test_a_multiple_of_the_budget_is_what_demands_are_compared_with() -> None:
    found, cut = share([one("A", 90, 60), one("B", 30, 60)], more=", times: 3/2")
    assert found["B"].status is Status.SELECTED
    assert "ne dépassent pas 1,5 fois le budget (100\u00a0€)" in str(cut.enough)


@given(
    st.lists(st.tuples(st.integers(0, 100), st.one_of(st.integers(0, 60), st.none()), st.booleans()), max_size=5),
)
def test_it_is_enough_when_every_way_of_filling_what_is_missing_is_within_the_budget(
    rows: list[tuple[int, int | None, bool]],
) -> None:
    """Tried with each end of each demand: those who may be refused count for all or for nothing."""
    sums = {0}
    for _, ask, is_sure in rows:
        ends = {0, 60} if ask is None else {ask}
        sums = {so_far + end for so_far in sums for end in (ends if is_sure else {0, *ends})}
    candidatures = [
        one(str(place), total, MISSING if ask is None else ask, admitted=is_sure)
        for place, (total, ask, is_sure) in enumerate(rows)
    ]
    found, cut = share(candidatures)
    assert (cut.enough is not None) == (max(sums) <= 100)
    is_open = any("sauf si" in str(reason) for each in found.values() for reason in each.reasons)
    refused = [each for each in found.values() if each.rank is not None and (each.card.total or 0) < 50]
    assert is_open == (min(sums) <= 100 < max(sums) and bool(refused))
