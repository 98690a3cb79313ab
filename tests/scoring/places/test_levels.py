"""A budget that admits whole totals, as near as possible to so many times its amount."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

FACTS = """
facts:
  - {name: ask, type: money, label: Aide demandée, minimum: 0, maximum: 100}
  - {name: kind, type: choice, label: Genre, choices: [u, r]}
"""


def one(name: str, total: object, ask: object, kind: Value = "r") -> Scored:
    value = ask if isinstance(ask, Missing) else Fraction(str(ask))
    return scored(name, total, values={"complements.ask": value, "complements.kind": kind})


def share(
    candidatures: list[Scored], how: str, more: str = "", ranking: str = "", facts: str = FACTS
) -> tuple[dict[str, Standing], Cut]:
    budget = f"budget: {{amount: 100, ask: complements.ask, when_short: nearest, {how}}}"
    criteria = policy(f"{facts}{ranking}\nselection: {{{budget}{more}}}")
    standings, cut = select(rank(candidatures, criteria.ranking), criteria, None)
    return {each.entry.reference: each for each in standings}, cut


def kept(found: dict[str, Standing]) -> str:
    return "".join(name for name, each in found.items() if each.status.value == "retenue")


@pytest.mark.parametrize(
    ("asks", "how", "expected"),
    [
        ([90, 80, 70, 50, 60], "times: 3", "ABCD"),  # 290 is nearer to 300 than 240 or 350
        ([90, 80, 70, 80, 60], "times: 3", "ABCD"),  # 240 and 320: 320 is nearer
        ([90, 80, 70, 90, 60], "times: 3", "ABCD"),  # 240 and 330: 330 is nearer
        ([90, 80, 80, 100, 60], "times: 3", "ABCD"),  # as far on both sides: admitted
        ([90, 90, 80, 90, 60], "times: 3", "ABC"),  # 260 and 350: 260 is nearer
        ([100, 100, 40, 130, 60], "times: 3", "ABC"),  # 240 and 370: nearest without a least
        ([100, 100, 40, 130, 60], "times: 3, least_times: 5/2", "ABCD"),  # 240 is less than 250
        ([10, 10, 10, 10, 10], "times: 3, least_times: 5/2", "ABCDE"),  # all together ask for less
        ([100, 100, 100, 0, 0], "times: 3", "ABCDE"),
        ([100, 100, 110, 0, 10], "times: 3", "ABCD"),  # what asks for nothing more goes no farther
        ([201, 1, 1, 1, 1], "times: 1", ""),
    ],
)
def test_the_limit_is_as_near_as_possible_to_the_aim(asks: list[int], how: str, expected: str) -> None:
    rows = [one(name, 90 - 10 * place, ask) for place, (name, ask) in enumerate(zip("ABCDE", asks, strict=True))]
    assert kept(share(rows, how)[0]) == expected


def test_all_who_have_a_total_are_admitted_or_none_even_where_a_draw_ranks_them() -> None:
    rows = [one("A", 90, 90), one("B", 80, 20), one("C", 80, 20), one("D", 80, 60)]
    found, cut = share(rows, "times: 1", ranking="ranking: {ties: [{draw: graine}]}")
    assert sorted(each.rank or 0 for each in found.values()) == [1, 2, 3, 4]
    assert kept(found) == "A"
    assert cut.contested == ()
    assert cut.granted == 90
    assert cut.places is None


def test_whoever_is_admitted_is_granted_all_that_it_asks_for() -> None:
    found, cut = share([one("A", 90, 90), one("B", 80, 70)], "times: 3/2")
    assert {name: each.granted for name, each in found.items()} == {"A": 90, "B": 70}
    assert cut.granted == 160


def test_those_below_the_limit_are_told_where_it_is() -> None:
    found, _ = share([one("A", 90, 90), one("B", 80, 70), one("C", 70, 1)], "times: 1", ", reserve: 1")
    said = "limite au total de 90 : 90 demandés, plus près de 100 que 160 avec le total de 80"
    assert [(each.status.value, [str(reason) for reason in each.reasons]) for each in found.values()] == [
        ("retenue", []),
        ("réserve", [said]),
        ("non retenue", [said]),
    ]
    found, _ = share([one("A", 90, 100)], "times: 2/5")
    assert [str(reason) for reason in found["A"].reasons] == [
        "aucun total n'est admis : le premier demande 100, plus loin de 40 que rien"
    ]


def test_a_demand_that_is_not_stated_holds_those_whose_place_depends_on_it() -> None:
    rows = [one("A", 90, MISSING), one("B", 80, 50), one("C", 70, 60), one("D", 60, 90)]
    found, _ = share(rows, "times: 1")
    assert [each.status.value for each in found.values()] == ["à compléter", "réserve", "réserve", "non retenue"]
    assert [str(found[name].reasons[0]) for name in "ABD"] == [
        "montant demandé non renseigné (« Aide demandée ») : la limite en dépend",
        "attend la réponse de A : la limite en dépend",
        "la limite s'arrête avant le total de 60, quoi que demandent celles qui ne le disent pas",
    ]
    assert kept(share([*rows[:1], one("B", 80, 0)], "times: 3")[0]) == "B"


def test_a_demand_without_limit_keeps_all_who_come_after_waiting() -> None:
    rows = [one("A", 90, 10), one("B", 80, MISSING), one("C", 70, 5)]
    unlimited = FACTS.replace(", maximum: 100", "")
    assert kept(share(rows, "times: 9")[0]) == "AC"
    assert kept(share(rows, "times: 9", facts=unlimited)[0]) == "A"


def test_a_minimum_that_may_concern_one_is_asked_for_where_it_decides() -> None:
    floor = ", floors: [{label: F, when: {fact: complements.kind, is: u}, at_least: 95}]"
    found, _ = share([one("A", 90, 60, MISSING), one("B", 80, 90)], "times: 1", floor)
    assert [each.status.value for each in found.values()] == ["à compléter", "réserve"]
    said = [str(each.reasons[0]) for each in found.values()]
    assert said[0].endswith("pour le minimum de 95 (F)")
    assert said[1] == "attend la réponse de A : la limite en dépend"


def test_a_level_that_is_too_much_with_or_without_a_silent_demand_says_so() -> None:
    rows = [one("A", 90, 90), one("B", 80, MISSING), one("C", 80, 200)]
    found, _ = share(rows, "times: 1")
    said = "la limite s'arrête avant le total de 80, quoi que demandent celles qui ne le disent pas"
    assert [[str(reason) for reason in found[name].reasons] for name in "ABC"] == [[], [said], [said]]


@given(st.lists(st.integers(0, 60), max_size=7), st.sampled_from([(1, 0), (2, 1), (3, 2)]))
def test_the_limit_is_the_best_of_all_of_them(asks: list[int], times: tuple[int, int]) -> None:
    aim, floor = times[0] * 100, times[1] * 100
    rows = [one(f"R{place}", 90 - place, ask) for place, ask in enumerate(asks)]
    found, _ = share(rows, f"times: {times[0]}, least_times: {times[1]}")
    sums = [sum(asks[:count]) for count in range(len(asks) + 1)]
    able = [each for each in sums if each >= floor] or [sums[-1]]
    nearest = min(abs(each - aim) for each in able)
    admitted = sum(each.granted or 0 for each in found.values())
    assert admitted in able
    assert abs(admitted - aim) == nearest
