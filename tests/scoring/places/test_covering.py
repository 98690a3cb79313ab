"""Among equals who contest a place, those first whose category nobody retained has yet."""

from __future__ import annotations

from fractions import Fraction
from itertools import permutations
from typing import Final

from hypothesis import given
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing
from ami_scoring.domain.ties import Holder
from ami_scoring.domain.waves import with_selection
from ami_scoring.scoring.places.keys import draw_number, opener
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select

FACTS: Final = """
facts:
  - {name: land, type: choice, label: Territoire, choices: [n, s, e, w]}
  - {name: kind, type: choice, label: Genre, choices: [u, r]}
  - {name: ask, type: money, label: Aide, minimum: 0, maximum: 100}
"""
UNCOVERED: Final = "{uncovered: complements.land}"
ONLY_R: Final = "{label: R, when: {fact: complements.kind, is: r}"


def one(name: str, total: int, land: str | Missing, kind: str = "u", ask: int | Missing = 10) -> Scored:
    asked = ask if isinstance(ask, Missing) else Fraction(ask)
    values = {"complements.land": land, "complements.kind": kind, "complements.ask": asked}
    return scored(name, total, values=values)


def share(
    rows: list[Scored],
    selection: str,
    ties: str = UNCOVERED,
    people: str = "",
    retained: tuple[Holder, ...] = (),
) -> tuple[dict[str, Standing], Cut]:
    criteria = policy(f"{FACTS}\nranking: {{ties: [{ties}]}}\nselection: {{{selection}}}")
    criteria = with_selection(criteria, criteria.selection, criteria.ranking.after(retained))
    ranked = rank(rows, criteria.ranking)
    told = [row._replace(order=people.find(row.scored.entry.reference) + 1) for row in ranked]
    standings, cut = select(told, criteria, None)
    return {each.entry.reference: each for each in standings}, cut


def statuses(rows: list[Scored], selection: str, ties: str = UNCOVERED) -> dict[str, str]:
    return {name: each.status.value for name, each in share(rows, selection, ties)[0].items()}


def reasons(found: dict[str, Standing], name: str) -> list[str]:
    return [str(reason) for reason in found[name].reasons]


FOUR: Final = [one("A", 90, "n"), one("B", 80, "n"), one("C", 80, "s"), one("D", 80, "e")]


# --- Places -----------------------------------------------------------------------------------------------------------


def test_equals_of_a_category_that_nobody_has_go_first_and_keep_their_rank() -> None:
    found, cut = share(FOUR, "places: 3")
    assert statuses(FOUR, "places: 3") == {"A": "retenue", "B": "non retenue", "C": "retenue", "D": "retenue"}
    assert [found[name].rank for name in "ABCD"] == [1, 2, 2, 2]
    assert reasons(found, "C") == ["passe devant B, à égalité : aucune retenue n'avait encore le même « Territoire »"]
    assert reasons(found, "B") == [
        "les 3 places sont pourvues",
        "à égalité avec C et D, qui passent devant : A, déjà retenue, a le même « Territoire »",
    ]
    assert cut.contested == ()


def test_nothing_is_said_where_there_are_places_for_all() -> None:
    found, _ = share(FOUR, "places: 4")
    assert [reasons(found, name) for name in "ABCD"] == [[], [], [], []]


def test_what_it_does_not_part_stays_for_the_committee() -> None:
    found, cut = share(FOUR, "places: 2, reserve: 1")
    assert cut.contested == ("C", "D")
    assert reasons(found, "C") == ["2 candidatures à égalité pour la dernière place : à départager"]
    assert found["B"].status.value == "réserve"
    assert reasons(found, "B") == [
        "à égalité avec C et D, qui passent devant : A, déjà retenue, a le même « Territoire »"
    ]


def test_what_earlier_waves_retained_covers_too_and_is_named_with_its_wave() -> None:
    rows = [one("B", 80, "n"), one("C", 80, "s")]
    found, cut = share(rows, "places: 1", retained=(Holder("Z", "n", "Vague 1"),))
    assert cut.contested == ()
    assert reasons(found, "C") == ["passe devant B, à égalité : aucune retenue n'avait encore le même « Territoire »"]
    assert reasons(found, "B")[-1] == (
        "à égalité avec C, qui passe devant : Z, déjà retenue en Vague 1, a le même « Territoire »"
    )
    both = Holder("Z", "n", "Vague 1"), Holder("Y", "s", "Vague 1")
    assert share(rows, "places: 1", retained=both)[1].contested == ("B", "C")


def test_where_an_earlier_wave_retained_one_that_does_not_say_its_own_nobody_is_parted() -> None:
    rows = [one("B", 80, "n"), one("C", 80, "s")]
    known = Holder("Z", "n", "Vague 1")
    assert share(rows, "places: 1", retained=(known, Holder("Y", None, "Vague 1")))[1].contested == ("B", "C")


def test_two_equals_of_one_uncovered_category_are_not_parted() -> None:
    rows = [one("A", 90, "n"), one("B", 80, "s"), one("C", 80, "s")]
    assert share(rows, "places: 2")[1].contested == ("B", "C")


def test_equals_are_looked_at_at_once_what_one_is_given_covers_nothing_for_the_others() -> None:
    rows = [one("A", 90, "n"), one("B", 80, "s"), one("C", 80, "s"), one("D", 80, "n")]
    assert statuses(rows, "places: 3") == {"A": "retenue", "B": "retenue", "C": "retenue", "D": "non retenue"}


def test_the_next_equals_are_looked_at_with_what_these_cover() -> None:
    rows = [one("A", 90, "n"), one("B", 80, "s"), one("C", 70, "s"), one("D", 70, "e")]
    assert statuses(rows, "places: 3")["D"] == "retenue"


def test_a_value_that_is_missing_parts_none_of_the_equals() -> None:
    rows = [*FOUR, one("E", 80, MISSING)]
    assert share(rows, "places: 3")[1].contested == ("B", "C", "D", "E")


def test_one_retained_who_does_not_say_its_category_may_cover_any() -> None:
    rows = [one("A", 90, MISSING), one("B", 80, "n"), one("C", 80, "s")]
    assert share(rows, "places: 2")[1].contested == ("B", "C")


def test_one_retained_who_does_not_say_its_category_parts_nobody_from_one_that_is_covered() -> None:
    rows = [one("A", 95, "s"), one("B", 90, MISSING), one("C", 80, "n"), one("D", 80, "s")]
    assert share(rows, "places: 3")[1].contested == ("C", "D")


def test_a_category_that_is_not_said_leaves_open_what_orders_one() -> None:
    is_open = opener(policy(f"{FACTS}\nranking: {{ties: [{UNCOVERED}]}}").ranking)
    assert not is_open(one("A", 90, "n").card)
    assert is_open(one("A", 90, MISSING).card)


def test_equals_of_one_category_need_not_know_whether_it_is_covered() -> None:
    rows = [one("A", 90, MISSING), one("B", 80, "n"), one("C", 80, "n")]
    assert share(rows, "places: 2", f"{UNCOVERED}, {{draw: g}}")[1].contested == ()


# --- A draw after it --------------------------------------------------------------------------------------------------


def test_a_draw_parts_those_that_coverage_leaves_equal_and_says_so() -> None:
    found, cut = share(FOUR, "places: 2", f"{UNCOVERED}, {{draw: g}}")
    assert cut.contested == ()
    (served,) = [name for name in "CD" if found[name].status.value == "retenue"]
    (left,) = {"C", "D"} - {served}
    assert reasons(found, left)[-1] == f"à égalité avec {served}, que le tirage au sort place devant"
    assert reasons(found, "B")[-1].startswith(f"à égalité avec {served}, qui passe devant : A")


def test_a_draw_does_not_part_where_a_category_is_missing() -> None:
    rows = [*FOUR, one("E", 80, MISSING)]
    assert share(rows, "places: 3", f"{UNCOVERED}, {{draw: g}}")[1].contested == ("B", "C", "D", "E")


def test_a_draw_parts_those_that_are_all_covered() -> None:
    rows = [one("A", 90, "n"), one("B", 80, "n"), one("C", 80, "n")]
    found, _ = share(rows, "places: 2", f"{UNCOVERED}, {{draw: g}}")
    left = next(name for name in "BC" if found[name].status.value != "retenue")
    assert "que le tirage au sort place devant" in reasons(found, left)[-1]


def test_a_draw_serves_the_highest_number_first() -> None:
    rows = [one(name, 80, "n") for name in "ABCDE"]
    drawn = sorted("ABCDE", key=lambda name: draw_number("g", name), reverse=True)
    assert drawn != list("ABCDE")
    found = statuses(rows, "places: 2", f"{UNCOVERED}, {{draw: g}}")
    assert sorted(name for name in found if found[name] == "retenue") == sorted(drawn[:2])


def test_one_that_a_draw_parts_from_another_that_is_covered_too_is_told_who_is_not() -> None:
    found, _ = share([*FOUR[:3], one("D", 80, "n")], "places: 3", f"{UNCOVERED}, {{draw: g}}")
    (left,) = [name for name in "BD" if found[name].status.value != "retenue"]
    assert reasons(found, left)[-1] == "à égalité avec C, qui passe devant : A, déjà retenue, a le même « Territoire »"


def test_one_that_does_not_say_what_it_asks_is_told_who_is_drawn_before_it_not_itself() -> None:
    first, last = sorted("BC", key=lambda name: draw_number("g", name), reverse=True)
    rows = [one("A", 90, "n"), one(first, 80, "n"), one(last, 80, "n", ask=MISSING)]
    found, _ = share(rows, "places: 3, budget: {amount: 100, ask: complements.ask}", f"{UNCOVERED}, {{draw: g}}")
    assert reasons(found, last)[-1] == f"à égalité avec {first}, que le tirage au sort place devant"


# --- People after it --------------------------------------------------------------------------------------------------


def test_people_part_those_that_coverage_leaves_equal_and_it_is_said() -> None:
    found, _ = share(FOUR, "places: 2", people="DCB")
    assert found["D"].status.value == "retenue"
    assert reasons(found, "C")[-1] == "à égalité avec D, que le comité place devant"


def test_people_part_alone_where_a_category_is_missing() -> None:
    found, _ = share([*FOUR, one("E", 80, MISSING)], "places: 2", people="EBCD")
    assert found["E"].status.value == "retenue"
    assert reasons(found, "B")[-1] == "à égalité avec E, que le comité place devant"


# --- Guarantees and quotas --------------------------------------------------------------------------------------------


def test_the_places_kept_for_a_category_go_first_to_what_is_not_covered() -> None:
    quotas = f"quotas: [{{label: U, when: {{fact: complements.kind, is: u}}, at_least: 1}}, {ONLY_R}, at_least: 1}}]"
    rows = [one("A", 90, "n"), one("B", 80, "n", "r"), one("C", 80, "s", "r")]
    found, _ = share(rows, f"places: 2, {quotas}")
    assert found["C"].status.value == "retenue"
    assert reasons(found, "C") == [
        "passe devant B, à égalité : aucune retenue n'avait encore le même « Territoire »",
        "place garantie : R",
    ]


def test_places_kept_that_a_first_turn_fills_leave_none_to_the_second() -> None:
    quotas = f"quotas: [{{label: U, when: {{fact: complements.kind, is: u}}, at_least: 1}}, {ONLY_R}, at_least: 2}}]"
    rows = [one("A", 90, "n"), one("B", 80, "n", "r"), one("C", 80, "s", "r"), one("D", 80, "e", "r")]
    assert statuses(rows, f"places: 3, {quotas}") == {
        "A": "retenue",
        "B": "non retenue",
        "C": "retenue",
        "D": "retenue",
    }


def test_the_end_of_a_quota_goes_first_to_what_is_not_covered() -> None:
    rows = [one("A", 90, "n", "r"), one("B", 80, "n", "r"), one("C", 80, "s", "r"), one("D", 70, "e")]
    found, cut = share(rows, f"places: 3, quotas: [{ONLY_R}, at_most: 2}}]")
    assert [found[name].status.value for name in "ABCD"] == ["retenue", "non retenue", "retenue", "retenue"]
    assert reasons(found, "B")[0] == "quota atteint : R"
    assert cut.contested == ()


def test_those_whom_a_full_quota_stops_are_not_looked_at() -> None:
    rows = [one("A", 90, "n", "r"), one("B", 80, MISSING, "r"), one("C", 80, "n"), one("D", 80, "s")]
    found = statuses(rows, f"places: 2, quotas: [{ONLY_R}, at_most: 1}}]")
    assert (found["B"], found["C"], found["D"]) == ("non retenue", "non retenue", "retenue")


def test_a_category_that_only_a_contested_place_may_cover_parts_nobody() -> None:
    # A or B is retained: nobody knows yet whether it is the land of C.
    rows = [one("A", 90, "n", "r"), one("B", 90, "s", "r"), one("C", 80, "n"), one("D", 80, "e")]
    _, cut = share(rows, f"places: 2, quotas: [{ONLY_R}, at_most: 1}}]")
    assert cut.contested == ("A", "B", "C", "D")


def test_one_alone_that_no_full_quota_stops_is_covered_or_not_all_the_same() -> None:
    rows = [one("A", 90, "n", "r"), one("B", 80, "s", "r"), one("C", 80, "n")]
    found, _ = share(rows, f"places: 2, quotas: [{ONLY_R}, at_most: 1}}]")
    assert found["C"].status.value == "retenue"
    assert reasons(found, "B") == ["quota atteint : R"]


def test_a_place_kept_is_not_given_twice_by_turns() -> None:
    quotas = f"quotas: [{{label: U, when: {{fact: complements.kind, is: u}}, at_least: 1}}, {ONLY_R}, at_least: 1}}]"
    rows = [one("A", 90, "n"), one("D", 80, "n"), one("B", 70, "n", "r"), one("C", 70, "s", "r")]
    found = statuses(rows, f"places: 3, {quotas}")
    assert found == {"A": "retenue", "D": "retenue", "B": "non retenue", "C": "retenue"}


def test_one_alone_beside_those_whom_a_full_quota_stops_is_parted_from_nobody() -> None:
    rows = [one("A", 90, "n", "r"), one("B", 80, "s", "r"), one("C", 80, "n")]
    found, cut = share(rows, f"places: 2, quotas: [{ONLY_R}, at_most: 1}}]")
    assert {name: each.status.value for name, each in found.items()} == {
        "A": "retenue",
        "B": "non retenue",
        "C": "retenue",
    }
    assert (reasons(found, "B"), reasons(found, "C"), cut.contested) == (["quota atteint : R"], [], ())


# --- A budget ---------------------------------------------------------------------------------------------------------


def test_one_paid_in_part_after_an_equal_knows_who_passed_and_why() -> None:
    rows = [one("A", 90, "n", ask=64), one("B", 80, "n", ask=30), one("C", 80, "s", ask=20)]
    found, _ = share(rows, "budget: {amount: 100, ask: complements.ask, partial: oui}")
    assert [found[name].granted for name in "ABC"] == [64, 16, 20]
    assert reasons(found, "B") == [
        "financée en partie, sur 30 demandés",
        "à égalité avec C, qui passe devant : A, déjà retenue, a le même « Territoire »",
    ]
    assert reasons(found, "C") == ["passe devant B, à égalité : aucune retenue n'avait encore le même « Territoire »"]


def test_one_whose_rest_is_paid_later_is_told_of_nobody_before_it() -> None:
    rows = [one("A", 90, "n", ask=20), one("B", 80, "n", ask=30), one("C", 80, "s", ask=20)]
    envelopes = "[{label: U, when: {fact: complements.kind, is: u}, amount: 50, spill: oui}]"
    found, _ = share(rows, f"budget: {{amount: 100, ask: complements.ask, partial: oui, envelopes: {envelopes}}}")
    assert [found[name].granted for name in "ABC"] == [20, 30, 20]
    assert [reasons(found, name) for name in "ABC"] == [[], [], []]


def test_what_is_left_of_a_budget_goes_first_to_what_is_not_covered() -> None:
    rows = [one("A", 90, "n", ask=40), one("B", 80, "n", ask=60), one("C", 80, "s", ask=60)]
    found, cut = share(rows, "budget: {amount: 100, ask: complements.ask}")
    assert found["C"].granted == 60
    assert cut.contested == ()
    assert reasons(found, "B") == [
        "demande 60, il reste 0 sur le budget",
        "à égalité avec C, qui passe devant : A, déjà retenue, a le même « Territoire »",
    ]


def test_equals_of_two_envelopes_take_nothing_from_one_another() -> None:
    envelopes = f"[{ONLY_R}, amount: 50}}]"
    rows = [one("A", 90, "n", ask=40), one("B", 80, "n", "r", 60), one("C", 80, "s", ask=10)]
    found, _ = share(rows, f"budget: {{amount: 100, ask: complements.ask, envelopes: {envelopes}}}")
    assert reasons(found, "B") == ["demande 60, il reste 50 sur la part réservée « R »"]
    assert reasons(found, "C") == []


def test_equals_of_two_envelopes_take_places_or_a_quota_from_one_another() -> None:
    rows = [one("A", 90, "n", ask=40), one("B", 80, "n", "r", 10), one("C", 80, "s", ask=10)]
    budget = f"budget: {{amount: 100, ask: complements.ask, envelopes: [{ONLY_R}, amount: 50}}]}}"
    passed = "à égalité avec C, qui passe devant : A, déjà retenue, a le même « Territoire »"
    quota = "quotas: [{label: Q, when: {not: {fact: complements.land, is: w}}, at_most: 2}]"
    for limit in ("places: 2", quota):
        assert reasons(share(rows, f"{limit}, {budget}")[0], "B")[1:] == [passed]


def test_one_that_does_not_say_what_it_asks_may_cover_its_category() -> None:
    rows = [one("A", 90, "n", ask=MISSING), one("B", 80, "n", ask=100), one("C", 80, "s", ask=100)]
    _, cut = share(rows, "places: 2, budget: {amount: 250, ask: complements.ask}")
    assert cut.contested == ("B", "C")


def test_a_category_that_is_not_covered_yet_and_may_be_parts_nobody_from_one_that_is() -> None:
    rows = [one("A", 95, "s"), one("B", 90, "n", ask=MISSING), one("C", 80, "n"), one("D", 80, "s")]
    _, cut = share(rows, "places: 3, budget: {amount: 250, ask: complements.ask}")
    assert cut.contested == ("C", "D")


def test_one_that_the_common_rest_pays_was_not_passed_over() -> None:
    envelopes = "[{label: W, when: {fact: complements.land, is: w}, amount: 30, spill: oui}]"
    rows = [one("A", 90, "n", ask=40), one("B", 80, "n", ask=30), one("C", 80, "s", ask=30)]
    found, _ = share(rows, f"places: 3, budget: {{amount: 100, ask: complements.ask, envelopes: {envelopes}}}")
    assert {name: each.granted for name, each in found.items()} == {"A": 40, "B": 30, "C": 30}
    assert reasons(found, "C") == []


def test_those_who_contest_the_rest_do_not_cover_their_own_categories() -> None:
    envelopes = "[{label: W, when: {fact: complements.land, is: w}, amount: 20, spill: oui}]"
    rows = [one("A", 90, "n", ask=30), *(one(name, 80, land, ask=30) for name, land in ("Bn", "Cs", "De"))]
    found, cut = share(rows, f"budget: {{amount: 90, ask: complements.ask, envelopes: {envelopes}}}")
    assert [found[name].granted for name in "ABCD"] == [30, None, 30, 30]
    assert cut.contested == ()


def test_equals_who_contest_a_quota_are_not_parted_by_what_those_below_cover_since() -> None:
    envelopes = "[{label: W, when: {fact: complements.land, is: w}, amount: 50, spill: oui}]"
    rows = [one("A", 90, "n"), one("B", 80, "s", "r"), one("C", 80, "e", "r"), one("D", 70, "s")]
    quotas, budget = f"quotas: [{ONLY_R}, at_most: 1}}]", "amount: 100, ask: complements.ask"
    found, cut = share(rows, f"places: 4, {quotas}, budget: {{{budget}, envelopes: {envelopes}}}")
    assert found["D"].status.value == "retenue"
    assert cut.contested == ("B", "C")


def test_equals_who_contest_places_are_not_parted_by_what_an_envelope_leaves() -> None:
    envelopes = f"[{ONLY_R}, amount: 50, spill: oui}}]"
    rows = [one("A", 90, "n", ask=10), one("B", 80, "s", ask=10), one("C", 80, "e", ask=10), one("D", 70, "s", "r", 10)]
    found, cut = share(rows, f"places: 2, budget: {{amount: 100, ask: complements.ask, envelopes: {envelopes}}}")
    assert cut.contested == ("B", "C")
    assert found["D"].status.value == "non retenue"


def test_one_paid_in_part_is_covered_by_itself() -> None:
    envelopes = (
        f"[{ONLY_R}, amount: 10}}, {{label: W, when: {{fact: complements.land, is: w}}, amount: 50, spill: oui}}]"
    )
    rows = [one("A", 90, "n", "r", 40), one("B", 90, "s", ask=60)]
    found, _ = share(rows, f"budget: {{amount: 60, ask: complements.ask, partial: oui, envelopes: {envelopes}}}")
    assert {name: each.granted for name, each in found.items()} == {"A": 10, "B": 50}


# --- Properties -------------------------------------------------------------------------------------------------------


@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from("nsew")), min_size=1, max_size=6), st.integers(1, 5))
def test_with_places_alone_it_is_what_a_walk_down_the_ranks_gives(drawn: list[tuple[int, str]], places: int) -> None:
    rows = [one(f"R{place}", 10 * total, land) for place, (total, land) in enumerate(drawn)]
    served, contested = _walk(drawn, places)
    found, cut = share(rows, f"places: {places}")
    assert {name for name, each in found.items() if each.status.value == "retenue"} == served
    assert set(cut.contested) == contested


def _walk(drawn: list[tuple[int, str]], places: int) -> tuple[set[str], set[str]]:
    served, covered = set[str](), set[str]()
    for total in sorted({total for total, _ in drawn}, reverse=True):
        equals = {f"R{place}": land for place, (own, land) in enumerate(drawn) if own == total}
        for turn in (
            {name for name, land in equals.items() if land not in covered},
            {name for name, land in equals.items() if land in covered},
        ):
            free = places - len(served)
            if len(turn) > free:
                return served, turn if free else set()
            served |= turn
        covered |= set(equals.values())
    return served, set()


@given(st.permutations(FOUR))
def test_the_order_of_files_changes_nothing(rows: list[Scored]) -> None:
    assert statuses(rows, "places: 3") == statuses(FOUR, "places: 3")


def test_nobody_loses_a_place_however_the_committee_parts_those_left_equal() -> None:
    criteria = policy(f"{FACTS}\nranking: {{ties: [{UNCOVERED}]}}\nselection: {{places: 3}}")
    rows = [one("A", 90, "n"), one("B", 80, "n"), one("C", 80, "s"), one("D", 80, "n")]
    ranked = rank(rows, criteria.ranking)
    for order in permutations(range(1, 5)):
        told = [row._replace(order=place) for row, place in zip(ranked, order, strict=True)]
        standings, cut = select(told, criteria, None)
        kept = {each.entry.reference for each in standings if each.status.value == "retenue"}
        assert {"A", "C"} < kept
        assert cut.contested == ()
