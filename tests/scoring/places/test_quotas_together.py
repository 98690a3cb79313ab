"""Several limits at once: a guarantee never breaks a cap, and who is out by one quota is no rival for another."""

from __future__ import annotations

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

RURAL = "{label: zone, when: {fact: zonage, is: ZIP}, LIMITS}"
OWNERS = "{label: communes, when: {fact: porteur.type, is: commune}, LIMITS}"


def one(reference: str, total: int, zone: str, owner: str) -> Scored:
    values: dict[str, Value] = {"zonage": zone, "porteur.type": owner}
    return scored(reference, total, values=values)


def shared(candidatures: list[Scored], places: int, zone: str, owner: str) -> tuple[Standing, ...]:
    quotas = f"{RURAL.replace('LIMITS', zone)}, {OWNERS.replace('LIMITS', owner)}"
    criteria = policy(f"selection: {{places: {places}, quotas: [{quotas}]}}")
    return select(rank(candidatures, Ranking()), criteria, None)[0]


def kept(standings: tuple[Standing, ...]) -> str:
    return "".join(s.entry.reference for s in standings if s.status is Status.SELECTED)


def test_a_guaranteed_place_stays_under_the_cap_of_another_category() -> None:
    three = [one("A", 90, "ZIP", "commune"), one("B", 80, "ZIP", "commune"), one("C", 70, "ZIP", "epci")]
    assert kept(shared(three, 3, "at_least: 2", "at_most: 1")) == "AC"


def test_who_is_out_by_a_full_quota_is_no_rival_for_the_end_of_another() -> None:
    three = [one("A", 90, "ZAR", "commune"), one("B", 80, "ZIP", "commune"), one("C", 80, "ZIP", "epci")]
    standings = shared(three, 3, "at_most: 1", "at_most: 1")
    assert kept(standings) == "AC"
    assert [str(reason) for reason in standings[1].reasons] == ["quota atteint : communes"]


def test_what_a_full_quota_keeps_from_equals_leaves_the_rest_of_a_guarantee_to_those_who_come_after() -> None:
    """One of A and B gets a guaranteed place, whichever it is; the other guaranteed place is never theirs."""
    four = [
        one("A", 80, "ZIP", "commune"),
        one("B", 80, "ZIP", "commune"),
        one("C", 75, "ZAR", "epci"),
        one("D", 70, "ZAR", "commune"),
    ]
    standings = shared(four, 2, "at_most: 1", "at_least: 2")
    assert kept(standings) == "D"
    parted = [four[0], one("B", 79, "ZIP", "commune"), *four[2:]]
    assert kept(shared(parted, 2, "at_most: 1", "at_least: 2")) == "AD"
    assert [each.status for each in standings[:2]] == [Status.RESERVE] * 2


DRAWN = st.lists(
    st.tuples(st.integers(0, 5), st.sampled_from(["ZIP", "ZAR"]), st.sampled_from(["commune", "epci"])), max_size=8
)


@settings(max_examples=150)
@given(DRAWN, st.integers(0, 5), st.integers(0, 3), st.integers(0, 3))
def test_caps_and_places_hold_whatever_is_guaranteed(
    drawn: list[tuple[int, str, str]], places: int, least: int, most: int
) -> None:
    candidatures = [one(f"R{place}", *each) for place, each in enumerate(drawn)]
    standings = shared(candidatures, places, f"at_least: {least}", f"at_most: {most}")
    served = [standing for standing in standings if standing.status is Status.SELECTED]
    assert len(served) <= places
    assert Counter(standing.card.values["porteur.type"] for standing in served)["commune"] <= most


@settings(max_examples=150)
@given(st.permutations(range(8)), st.integers(1, 6), st.integers(0, 6))
def test_without_ties_guaranteed_places_are_filled_when_enough_qualify(
    totals: list[int], places: int, least: int
) -> None:
    candidatures = [
        one(f"R{place}", total, "ZIP" if place < 4 else "ZAR", "epci") for place, total in enumerate(totals)
    ]
    standings = shared(candidatures, places, f"at_least: {least}", "at_most: 0")
    served = [standing for standing in standings if standing.status is Status.SELECTED]
    assert len(served) == places
    assert sum(standing.card.values["zonage"] == "ZIP" for standing in served) >= min(least, places, 4)


def test_who_asks_for_less_than_nothing_adds_nothing_to_the_budget() -> None:
    ask = "engagement_financier.montant_total"
    candidatures = [scored("A", 90, values={ask: -50}), scored("B", 80, values={ask: 120})]
    criteria = policy(f"selection: {{budget: {{amount: 100, ask: {ask}}}}}")
    standings, cut = select(rank(candidatures, Ranking()), criteria, None)
    assert kept(standings) == "A"
    assert standings[0].granted == cut.granted == 0
