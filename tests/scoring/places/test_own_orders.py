"""A part of the budget that has an order of its own serves its candidatures by it; ranks stay those of totals."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing
from ami_scoring.domain.scores import Mark, Scored
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits
from ami_scoring.scoring.places.own_orders import own_keyers, own_part_of
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

FACTS: Final = """
facts:
  - {name: ask, type: money, label: Aide, minimum: 0, maximum: 100}
  - {name: kind, type: choice, label: Genre, choices: [u, r, s]}
  - {name: n, type: integer, label: Agriculteurs, minimum: 0, maximum: 9}
  - {name: m, type: integer, label: Hectares, minimum: 0, maximum: 9}
"""
HIGHEST: Final = "{fact: complements.n, prefer: highest}"


def one(
    name: str, total: int, ask: int | Missing, kind: str | Missing = "r", n: int | Missing = 1, m: int | Missing = 1
) -> Scored:
    asked = ask if isinstance(ask, Missing) else Fraction(ask)
    values = {"complements.ask": asked, "complements.kind": kind, "complements.n": n, "complements.m": m}
    return scored(name, total, values=values)


def part(kind: str, held: str, order: str = HIGHEST, more: str = "") -> str:
    return f"{{label: {kind.upper()}, when: {{fact: complements.kind, is: {kind}}}, {held}, order: [{order}]{more}}}"


def share(rows: list[Scored], *parts: str, more: str = "", ties: str = "") -> tuple[dict[str, Standing], Cut]:
    budget = f"budget: {{amount: 100, ask: complements.ask, envelopes: [{', '.join(parts)}]{more}}}"
    criteria = policy(f"{FACTS}\nranking: {{ties: [{ties}]}}\nselection: {{reserve: 1, {budget}}}")
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    return {each.entry.reference: each for each in standings}, cut


def granted(found: dict[str, Standing]) -> dict[str, Fraction | None]:
    return {name: each.granted for name, each in found.items() if each.status is Status.SELECTED}


def reasons(found: dict[str, Standing], name: str) -> list[str]:
    return [str(reason) for reason in found[name].reasons]


ROWS: Final = [one("A", 90, 30, n=1), one("B", 80, 30, n=3), one("C", 70, 20, n=2), one("D", 60, 10, "u", 9)]


def test_it_serves_its_own_order_and_leaves_ranks_as_they_are() -> None:
    found, _ = share(ROWS, part("r", "share: 50 %"))
    assert granted(found) == {"B": 30, "C": 20, "D": 10}
    assert [found[name].rank for name in "ABCD"] == [1, 2, 3, 4]
    assert reasons(found, "B") == ["1re de la part réservée « R », dans son ordre"]
    assert reasons(found, "A") == [
        "3e de la part réservée « R », dans son ordre",
        "demande 30, il reste 0 sur la part réservée « R »",
    ]
    assert reasons(found, "D") == []


def test_where_it_stops_it_stops_for_those_that_follow_in_its_order() -> None:
    rows = [one("A", 90, 10, n=1), one("B", 80, 60, n=3)]
    found, _ = share(rows, part("r", "share: 50 %"))
    assert granted(found) == {}
    assert reasons(found, "A")[-1] == "la répartition s'est arrêtée à B, qui demande plus que le reste"
    assert granted(share(rows, part("r", "share: 50 %"), more=", when_short: skip")[0]) == {"A": 10}
    assert granted(share(rows, part("r", "share: 50 %"), more=", partial: oui")[0]) == {"B": 50}


def test_the_rank_then_the_committee_part_those_equal_in_that_order() -> None:
    rows = [one("A", 90, 30), one("B", 80, 30), one("C", 80, 20)]
    found, cut = share(rows, part("r", "amount: 40"), more=", when_short: skip")
    assert granted(found) == {"A": 30}
    assert reasons(found, "C")[0] == "2e à égalité de la part réservée « R », dans son ordre"
    assert cut.contested == ()
    equals, cut = share([one("A", 80, 30), one("B", 80, 20)], part("r", "amount: 40"))
    assert cut.contested == ("A", "B")
    assert (
        reasons(equals, "A")[-1]
        == "2 candidatures à égalité pour les 40 qui restent sur la part réservée « R » : à départager"
    )


def test_it_may_read_the_points_of_a_criterion_and_end_with_a_draw() -> None:
    found, cut = share([one("A", 80, 30), one("B", 80, 30)], part("r", "amount: 40", "zonage, {draw: g}"))
    assert len(granted(found)) == 1
    assert cut.contested == ()


def test_one_that_lacks_what_orders_it_is_held_and_takes_nothing_from_the_others() -> None:
    found, _ = share([*ROWS, one("E", 95, 5, n=MISSING)], part("r", "share: 50 %"))
    assert found["E"].status is Status.TO_COMPLETE
    assert reasons(found, "E") == [
        "sa place dépend de ce qui n'est pas renseigné : « Agriculteurs », pour l'ordre de la part réservée « R »"
    ]
    assert granted(found) == {"B": 30, "C": 20, "D": 10}


def test_nobody_is_held_where_the_part_pays_all_of_its_own() -> None:
    found, _ = share([*ROWS, one("E", 95, 5, n=MISSING)], part("r", "amount: 90"))
    assert granted(found) == {"A": 30, "B": 30, "C": 20, "D": 10, "E": 5}
    assert reasons(found, "B") == []


def test_nobody_is_held_where_the_part_pays_all_of_its_own_to_the_last_euro() -> None:
    found, _ = share([*ROWS, one("E", 95, 5, n=MISSING)], part("r", "amount: 85"))
    assert granted(found) == {"A": 30, "B": 30, "C": 20, "D": 10, "E": 5}


def test_a_blank_that_would_part_nobody_holds_nobody() -> None:
    rows = [one("A", 90, 30, n=1, m=MISSING), one("B", 80, 30, n=2, m=4)]
    found, _ = share(rows, part("r", "amount: 40", f"{HIGHEST}, {{fact: complements.m, prefer: lowest}}"))
    assert granted(found) == {"B": 30}
    assert found["A"].status is Status.RESERVE
    assert reasons(found, "A") == ["demande 30, il reste 10 sur la part réservée « R »"]


def test_one_whose_part_is_not_known_is_held_where_the_order_may_decide() -> None:
    other = part("s", "amount: 20", more="").replace(f", order: [{HIGHEST}]", "")
    found, _ = share([one("A", 90, 30), one("B", 80, 30, MISSING)], other, part("r", "amount: 40"))
    assert found["B"].status is Status.TO_COMPLETE
    two = "{label: N, when: {fact: complements.m, is: 1}, amount: 20}"
    rows = [one("A", 90, 30), one("B", 80, 30, m=MISSING)]
    found, _ = share([rows[0]._replace(card=rows[0].card), rows[1]], two, part("r", "amount: 20"))
    assert found["B"].status is Status.TO_COMPLETE
    assert "part réservée « N »" in reasons(found, "B")[0]


def test_one_that_does_not_say_what_it_asks_keeps_its_turn() -> None:
    rows = [one("A", 90, MISSING, n=3), one("B", 80, 30, n=2), one("C", 70, 30, n=1)]
    found, _ = share(rows, part("r", "amount: 50"))
    assert found["A"].status is Status.TO_COMPLETE
    assert reasons(found, "B")[-1] == "attend de savoir ce que demande A"


def test_two_with_an_order_each_are_told_where_they_stand_and_what_was_left_at_their_turn() -> None:
    rows = [one("A", 90, 60, n=3), one("B", 80, 30, n=1), one("S", 70, 10, "s")]
    found, _ = share(rows, part("r", "amount: 50"), part("s", "amount: 5"), more=", when_short: skip")
    assert reasons(found, "A") == [
        "1re de la part réservée « R », dans son ordre",
        "demande 60, il reste 50 sur la part réservée « R »",
    ]
    assert reasons(found, "B") == ["2e de la part réservée « R », dans son ordre"]
    assert reasons(found, "S")[0] == "1re de la part réservée « S », dans son ordre"


def test_one_blank_beside_one_other_holds_it() -> None:
    found, _ = share([one("A", 90, 30, n=2), one("B", 80, 30, n=MISSING)], part("r", "amount: 40"))
    assert found["B"].status is Status.TO_COMPLETE
    assert granted(found) == {"A": 30}


def test_one_whose_part_is_not_known_counts_for_nothing_before_the_others() -> None:
    two = "{label: N, when: {fact: complements.m, is: 1}, amount: 20}"
    rows = [one("A", 90, 30, m=2), one("B", 80, 30, n=3, m=MISSING)]
    found, _ = share(rows, two, part("r", "amount: 20"))
    assert reasons(found, "A")[0] == "1re de la part réservée « R », dans son ordre"


def test_it_may_read_the_deposit() -> None:
    order = "{fact: depose_le, prefer: earliest}"
    rows = [_deposited(one("A", 90, 30), date(2022, 9, 2)), _deposited(one("B", 80, 30), date(2022, 9, 1))]
    assert granted(share(rows, part("r", "amount: 40", order))[0]) == {"B": 30}


def test_keys_are_those_of_the_marks_at_each_end_and_as_they_stand() -> None:
    budget = f"budget: {{amount: 100, ask: complements.ask, envelopes: [{part('r', 'amount: 40', 'zonage')}]}}"
    criteria = policy(f"{FACTS}\nselection: {{{budget}}}")
    keys_of = own_keyers(criteria.selection.budget, lambda: Deposits(()))[0]
    row = one("A", 80, 30)
    for points, stands in ((Fraction(20), 20), (None, 10)):
        mark = Mark("zonage", points, points, Fraction(10), Fraction(30))
        keys = keys_of(row._replace(card=row.card._replace(marks={"zonage": mark})))
        assert (keys.low, keys.settled, keys.high) == ((10.0, 10), (float(stands), stands), (30.0, 30))
        assert keys.is_open


def _deposited(row: Scored, day: date) -> Scored:
    return row._replace(card=row.card._replace(values={**row.card.values, DEPOSIT: day}))


# --- What it leaves ---------------------------------------------------------------------------------------------------


def test_what_it_leaves_goes_to_all_in_the_order_of_ranks() -> None:
    rows = [one("A", 90, 60, n=1), one("B", 80, 30, n=3), one("U", 95, 70, "u")]
    found, _ = share(rows, part("r", "share: 50 %", more=", spill: oui"))
    assert granted(found) == {"B": 30, "U": 70}
    assert reasons(found, "A") == [
        "2e de la part réservée « R », dans son ordre",
        "demande 60, il reste 20 sur la part réservée « R »",
        "demande 60, il reste 0 en commun",
    ]


def test_each_sharing_that_stops_is_told_as_what_it_is() -> None:
    rows = [one("A", 90, 60, n=1), one("B", 60, 50, n=3), one("C", 50, 15, n=2), one("U", 70, 10, "u")]
    found, _ = share([*rows, one("V", 80, 45, "u")], part("r", "share: 50 %", more=", spill: oui"))
    assert granted(found) == {"B": 50, "V": 45}
    stopped = "la répartition du reste commun, dans l'ordre des rangs, s'est arrêtée à A, qui demande plus que le reste"
    assert reasons(found, "C") == [
        "2e de la part réservée « R », dans son ordre",
        "demande 15, il reste 0 sur la part réservée « R »",
        stopped,
    ]
    assert reasons(found, "A") == [
        "3e de la part réservée « R », dans son ordre",
        "la répartition s'est arrêtée à C, qui demande plus que le reste",
        "demande 60, il reste 5 en commun",
    ]
    assert reasons(found, "U") == [stopped]


def test_a_part_named_first_that_stops_in_its_own_order_says_no_other() -> None:
    rows = [one("A", 90, 10, n=1), one("B", 80, 90, n=3), one("S", 70, 10, "s")]
    parts = (part("r", "amount: 20"), part("s", "amount: 40", more=", spill: oui"))
    found, _ = share(rows, *parts, more=", spill_order: [R]")
    assert granted(found) == {"S": 10}
    assert reasons(found, "A") == [
        "2e de la part réservée « R », dans son ordre",
        "la répartition s'est arrêtée à B, qui demande plus que le reste",
        "la répartition du reste commun s'est arrêtée à B, qui demande plus que le reste",
    ]


def test_named_first_for_what_others_leave_it_serves_in_its_own_order() -> None:
    rows = [one("A", 90, 30, n=1), one("B", 80, 30, n=3), one("S", 70, 10, "s")]
    parts = (part("r", "amount: 20"), part("s", "amount: 40", more=", spill: oui"))
    found, _ = share(rows, *parts, more=", spill_order: [R], when_short: skip")
    assert granted(found)["B"] == 30
    three = (part("r", "amount: 10"), part("s", "amount: 40", more=", spill: oui"), part("u", "amount: 50"))
    found, _ = share(rows, *three, more=", spill_order: [R], when_short: skip")
    assert granted(found) == {"B": 30, "S": 10}


def test_one_whom_the_common_rest_pays_knows_that_its_own_part_keeps_its_rest() -> None:
    own = part("r", "amount: 50").replace(f", order: [{HIGHEST}]", "")
    other = part("u", "amount: 50", more=", spill: oui").replace(f", order: [{HIGHEST}]", "")
    rows = [one("A", 90, 30), one("B", 80, 30), one("C", 70, 25)]
    found, _ = share(rows, own, other)
    assert reasons(found, "B") == ["payée sur le reste commun, et non sur « R », qui garde 20"]
    assert reasons(found, "C") == ["demande 25, il reste 20 en commun ; « R », qui garde 20, n'y ajoute rien"]


@pytest.mark.parametrize(
    ("kind", "label"),
    [("r", "R"), ("s", None), ("u", None), (MISSING, None)],
    ids=["own", "ranks", "common", "unknown"],
)
def test_the_part_that_serves_one_in_its_own_order_is_known_where_it_surely_does(
    kind: str | Missing, label: str | None
) -> None:
    parts = f"{part('r', 'amount: 20')}, {part('s', 'amount: 20').replace(f', order: [{HIGHEST}]', '')}"
    budget = f"{{amount: 100, ask: complements.ask, envelopes: [{parts}]}}"
    found = own_part_of(policy(f"{FACTS}\nselection: {{budget: {budget}}}").selection.budget, one("A", 9, 9, kind).card)
    assert (None if found is None else found.label) == label
    assert own_part_of(None, one("A", 9, 9, kind).card) is None


# --- Properties -------------------------------------------------------------------------------------------------------

_DRAWN = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 40), st.integers(1, 3)), min_size=1, max_size=6)


@given(_DRAWN, st.sampled_from(["stop", "skip"]))
def test_it_is_what_a_walk_down_its_order_gives(drawn: list[tuple[int, int, int]], when_short: str) -> None:
    rows = [one(f"R{place}", 10 * total + place, ask, n=n) for place, (total, ask, n) in enumerate(drawn)]
    found, _ = share(rows, part("r", "amount: 50"), more=f", when_short: {when_short}")
    left, served = Fraction(50), dict[str, Fraction]()
    order = sorted(enumerate(drawn), key=lambda each: (each[1][2], 10 * each[1][0] + each[0]), reverse=True)
    for place, (_, ask, _) in order:
        if ask <= left:
            left -= ask
            served[f"R{place}"] = Fraction(ask)
        elif when_short == "stop":
            break
    assert granted(found) == served


@given(_DRAWN)
def test_an_order_that_says_what_totals_say_changes_nothing(drawn: list[tuple[int, int, int]]) -> None:
    rows = [one(f"R{place}", total, ask, n=total) for place, (total, ask, _) in enumerate(drawn)]
    plain = part("r", "amount: 50").replace(f", order: [{HIGHEST}]", "")
    own, usual = share(rows, part("r", "amount: 50"))[0], share(rows, plain)[0]
    assert {name: (each.status, each.granted) for name, each in own.items()} == {
        name: (each.status, each.granted) for name, each in usual.items()
    }


def test_equals_who_contest_what_their_part_keeps_wait_while_another_part_spills() -> None:
    own = "{label: R, when: {fact: complements.kind, is: r}, amount: 30}"
    other = "{label: U, when: {fact: complements.kind, is: u}, amount: 60, spill: oui}"
    rows = [one("U", 95, 50, "u"), one("A", 90, 20), one("B", 90, 20), one("C", 80, 10), one("D", 70, 12, "s")]
    found, cut = share(rows, own, other, more=", when_short: skip")
    assert cut.contested == ("A", "B")
    assert granted(found) == {"U": 50}
    assert reasons(found, "C") == ["attend le départage de A, B"]
    assert reasons(found, "D")[0].startswith("attend le départage de A")
