"""The cut: who gets a place, who waits, and that it never falls inside a tie."""

from __future__ import annotations

from collections import Counter
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import policy, scored

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.facts import MISSING
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select, threshold_points


def chosen(
    candidatures: list[Scored], selection: str, wave: Wave | None = None
) -> tuple[dict[str, tuple[str, list[str]]], Cut]:
    criteria = policy(f"selection: {selection}")
    standings, cut = select(rank(candidatures, Ranking()), criteria, wave)
    return {s.entry.reference: (s.status.value, [str(reason) for reason in s.reasons]) for s in standings}, cut


def statuses(totals: dict[str, int | None], selection: str) -> dict[str, str]:
    candidatures = [
        scored(name, total, low=0, high=99) if total is None else scored(name, total) for name, total in totals.items()
    ]
    return {name: status for name, (status, _) in chosen(candidatures, selection)[0].items()}


def test_places_go_to_the_first_then_the_reserve_fills() -> None:
    totals = {"A": 90, "B": 80, "C": 70, "D": 60, "E": None}
    assert statuses(totals, "{places: 2, reserve: 1}") == {
        "A": "retenue", "B": "retenue", "C": "réserve", "D": "non retenue", "E": "à compléter",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("places", "reserve", "expected"),
    [
        (1, 0, ["réserve", "réserve", "non retenue"]),
        (1, 1, ["réserve", "réserve", "non retenue"]),
        (1, 3, ["réserve", "réserve", "réserve"]),
        (2, 0, ["retenue", "retenue", "non retenue"]),
        (0, 0, ["non retenue"] * 3),
        (0, 1, ["réserve", "réserve", "non retenue"]),
        (3, 0, ["retenue"] * 3),
    ],
)
def test_equals_share_their_fate(places: int, reserve: int, expected: list[str]) -> None:
    totals: dict[str, int | None] = {"A": 90, "B": 90, "C": 70}
    assert list(statuses(totals, f"{{places: {places}, reserve: {reserve}}}").values()) == expected


def test_a_contested_place_is_named_and_left_to_the_committee() -> None:
    told, cut = chosen([scored("A", 90), scored("B", 80), scored("C", 80), scored("D", 10)], "{places: 2}")
    assert told["B"] == told["C"] == ("réserve", ["2 candidatures à égalité pour la dernière place : à départager"])
    assert (cut.contested, cut.selected, cut.places_left) == (("B", "C"), 1, 1)
    assert cut.last_total == 90


def test_several_contested_places_are_counted() -> None:
    told, cut = chosen([scored(name, 80) for name in "ABC"], "{places: 2}")
    assert told["A"][1] == ["3 candidatures à égalité pour les 2 dernières places : à départager"]
    assert (cut.places_left, cut.last_total) == (2, None)


def test_a_total_below_the_minimum_gets_no_place_and_the_minimum_itself_is_enough() -> None:
    told, cut = chosen([scored("A", 50), scored("B", Fraction(4999, 100))], "{places: 5, minimum: 50}")
    assert told == {"A": ("retenue", []), "B": ("non retenue", ["total de 49,99 inférieur au minimum de 50"])}
    assert cut.minimum == 50
    assert cut.places_left == 4


def test_without_a_number_of_places_whoever_passes_has_one() -> None:
    told, cut = chosen(
        [scored("A", 90), scored("B", 50), scored("C", 50), scored("D", 49)], "{places: all, minimum: 50}"
    )
    assert [status for status, _ in told.values()] == ["retenue", "retenue", "retenue", "non retenue"]
    assert told["D"][1] == ["total de 49 inférieur au minimum de 50"]
    assert (cut.places, cut.selected, cut.places_left, cut.last_total) == (None, 3, 0, Fraction(50))


def test_a_strict_minimum_of_a_category_is_to_be_exceeded() -> None:
    floor = "floors: [{label: Tous, when: {fact: depose_le, present: oui}, at_least: 50, strict: oui}]"
    deposited = {"depose_le": date(2022, 1, 1)}
    both = [scored("A", Fraction(5001, 100), values=deposited), scored("B", 50, values=deposited)]
    told, _ = chosen(both, f"{{places: 5, {floor}}}")
    assert told == {
        "A": ("retenue", []),
        "B": ("non retenue", ["total de 50 : il faut plus que le minimum de 50 (Tous)"]),
    }


def test_a_wave_with_places_of_its_own_has_them_where_the_call_has_no_number() -> None:
    wave = Wave.model_validate({"id": "v", "closes": "2024-01-01", "places": 1, "reserve": 1})
    told, cut = chosen([scored("A", 90), scored("B", 80)], "{places: all}", wave)
    assert [status for status, _ in told.values()] == ["retenue", "réserve"]
    assert cut.places == 1


@pytest.mark.parametrize(
    ("threshold", "points", "reason"),
    [
        ("{criterion: zonage, at_least: 18}", 18, None),
        ("{criterion: zonage, at_least: 18}", 17, "il en faut au moins 18"),
        ("{criterion: zonage, at_least: 18, strict: oui}", 18, "il en faut plus de 18"),
        ("{criterion: zonage, at_least: 18, strict: oui}", 19, None),
        ("{criterion: zonage, share: 0.25}", 15, None),
        ("{criterion: zonage, share: 25 %}", 15, None),
        ("{criterion: zonage, share: 0.25}", Fraction(149, 10), "il en faut au moins 15"),
        ("{criterion: zonage, share: 1, strict: non}", 60, None),
    ],
)
def test_a_threshold_is_points_or_a_share_of_the_weight(threshold: str, points: object, reason: str | None) -> None:
    told, _ = chosen([scored("A", 90, marks={"zonage": points})], f"{{places: 1, thresholds: [{threshold}]}}")
    status, reasons = told["A"]
    assert status == ("retenue" if reason is None else "non retenue")
    assert [reason in said for said in reasons] == [True] * (reason is not None) if reason else reasons == []


MARKED = """
criteria:
  - {id: zonage, label: Zonage, weight: 60, out_of: 5,
     rule: {kind: lookup, fact: zonage, points: {ZIP: 5}, otherwise: 2.5}}
  - {id: bureaux, label: Bureaux, weight: 40, out_of: 4,
     rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 4}}
"""


def refusals_of(zone: str, rooms: int, selection: str) -> list[str]:
    criteria = policy(f"{MARKED}\nselection: {selection}")
    card = score(criteria, {"zonage": zone, "locaux.bureaux": rooms})
    standings, _ = select(rank([scored("A", 0)._replace(card=card)], Ranking()), criteria, None)
    return [str(reason) for reason in standings[0].reasons]


@pytest.mark.parametrize(
    ("threshold", "reasons"),
    [
        ("{criterion: zonage, on: mark, at_least: 2.5}", []),
        ("{criterion: zonage, on: mark, at_least: 3}", ["« Zonage » : note de 2,5, il en faut au moins 3"]),
        ("{criterion: zonage, on: mark, share: 0.5}", []),
        (
            "{criterion: zonage, on: mark, share: 0.5, strict: oui}",
            ["« Zonage » : note de 2,5, il en faut plus de 2,5"],
        ),
        ("{criterion: zonage, on: points, at_least: 30}", []),
        ("{criterion: zonage, at_least: 31}", ["« Zonage » : 30\u00a0points, il en faut au moins 31"]),
    ],
)
def test_a_threshold_may_be_on_the_raw_mark(threshold: str, reasons: list[str]) -> None:
    assert refusals_of("ZAC", 1, f"{{places: 1, thresholds: [{threshold}]}}") == reasons


def test_raw_marks_may_have_a_minimum_of_their_own() -> None:
    assert refusals_of("ZAC", 1, "{places: 1, minimum_mark: 3.5}") == []
    assert refusals_of("ZAC", 1, "{places: 1, minimum_mark: 4}") == ["somme des notes de 3,5, inférieure à 4"]


@pytest.mark.parametrize(
    ("zone", "reasons"), [("ZAC", ["total de 40 inférieur au minimum de 45 (ZAC)"]), ("HZ", []), ("ZIP", [])]
)
def test_a_category_may_have_a_minimum_of_its_own(zone: str, reasons: list[str]) -> None:
    floors = "[{label: ZAC, when: {fact: zonage, is: ZAC}, at_least: 45}]"
    assert refusals_of(zone, 1, f"{{places: 1, floors: {floors}}}") == reasons


def test_a_raw_minimum_waits_for_marks_on_hold() -> None:
    criteria = policy(f"{MARKED}\nselection: {{places: 1, minimum_mark: 9}}")
    card = score(criteria, {"zonage": MISSING, "locaux.bureaux": 1})
    standings, _ = select(rank([scored("A", 0)._replace(card=card)], Ranking()), criteria, None)
    assert (standings[0].status, standings[0].reasons) == (Status.TO_COMPLETE, ())


def test_all_the_reasons_of_a_refusal_are_told() -> None:
    thresholds = "[{criterion: zonage, at_least: 10}, {criterion: bureaux, share: 0.5}]"
    told, _ = chosen(
        [scored("A", 10, marks={"zonage": 5, "bureaux": 5})], f"{{places: 1, minimum: 50, thresholds: {thresholds}}}"
    )
    assert len(told["A"][1]) == 3


def test_who_is_refused_leaves_the_place_to_the_next_even_among_equals() -> None:
    equals = [
        scored("A", 90, marks={"zonage": 0}),
        scored("B", 90, marks={"zonage": 60}),
        scored("C", 80, marks={"zonage": 60}),
    ]
    told, _ = chosen(equals, "{places: 2, thresholds: [{criterion: zonage, at_least: 1}]}")
    assert {name: status for name, (status, _) in told.items()} == {"A": "non retenue", "B": "retenue", "C": "retenue"}


def test_a_group_that_is_refused_whole_takes_nothing() -> None:
    told, _ = chosen(
        [scored("A", 90, marks={"zonage": 0}), scored("B", 80, marks={"zonage": 60})],
        "{places: 1, thresholds: [{criterion: zonage, at_least: 1}]}",
    )
    assert told["B"][0] == "retenue"


def test_beyond_places_and_reserve_the_reason_says_so() -> None:
    told, _ = chosen([scored("A", 90), scored("B", 80)], "{places: 1}")
    assert told["B"] == ("non retenue", ["la place est pourvue par un total plus élevé"])


@pytest.mark.parametrize(
    ("selection", "reason"),
    [
        ("{places: 2}", "les 2 places sont pourvues par des totaux plus élevés"),
        ("{places: 2, reserve: 1}", "les 2 places et la réserve sont pourvues par des totaux plus élevés"),
        ("{places: 1, reserve: 1}", "la place et la réserve sont pourvues par des totaux plus élevés"),
        ("{places: 3}", "les 3 places sont pourvues ou à départager"),
        ("{places: 3, reserve: 1}", "les 3 places et la réserve sont pourvues ou à départager"),
        ("{places: 0}", "aucune place n'est à pourvoir"),
    ],
)
def test_who_gets_no_place_is_told_why(selection: str, reason: str) -> None:
    candidatures = [*(scored(name, total) for name, total in zip("ABCDE", (90, 80, 70, 70, 10), strict=True))]
    assert chosen(candidatures, selection)[0]["E"] == ("non retenue", [reason])


def test_the_reserve_is_whole_once_equals_are_told_apart() -> None:
    candidatures = [*(scored(name, total) for name, total in zip("ABCDEF", (90, 80, 80, 70, 60, 50), strict=True))]
    told, cut = chosen(candidatures, "{places: 2, reserve: 2}")
    assert [status for status, _ in told.values()] == [
        "retenue", "réserve", "réserve", "réserve", "non retenue", "non retenue",
    ]  # fmt: skip
    assert cut.at_stake == 1


def test_a_wave_may_have_places_of_its_own() -> None:
    candidatures = [scored("A", 90), scored("B", 80), scored("C", 70)]
    own = Wave.model_validate({"id": "v", "closes": "2022-09-30", "places": "1", "reserve": "1"})
    plain = Wave.model_validate({"id": "v", "closes": "2022-09-30"})
    told = {name: [each[0] for each in chosen(candidatures, "{places: 2}", wave)[0].values()] for name, wave in
            {"own": own, "plain": plain, "none": None}.items()}  # fmt: skip
    assert told == {
        "own": ["retenue", "réserve", "non retenue"],
        "plain": ["retenue", "retenue", "non retenue"],
        "none": ["retenue", "retenue", "non retenue"],
    }


def test_a_threshold_without_points_is_a_share_of_the_weight() -> None:
    criteria = policy(
        "selection: {places: 1, thresholds: [{criterion: zonage, share: 1/3}, {criterion: zonage, at_least: 7}]}"
    )
    assert [threshold_points(threshold, criteria) for threshold in criteria.selection.thresholds] == [20, 7]


DRAWN = st.lists(st.one_of(st.none(), st.integers(0, 5)), max_size=10)


@settings(max_examples=200)
@given(DRAWN, st.integers(0, 6), st.integers(0, 3), st.integers(0, 4))
def test_the_cut_is_fair_whatever_the_totals(totals: list[int | None], places: int, reserve: int, minimum: int) -> None:
    candidatures = [
        scored(f"R{place}", None, low=0, high=5) if total is None else scored(f"R{place}", total)
        for place, total in enumerate(totals)
    ]
    criteria = policy(f"selection: {{places: {places}, reserve: {reserve}, minimum: {minimum}}}")
    standings, cut = select(rank(candidatures, Ranking()), criteria, None)
    by_status = Counter(standing.status for standing in standings)
    kept = [standing for standing in standings if standing.status is Status.SELECTED]

    assert sorted(s.entry.reference for s in standings) == sorted(c.entry.reference for c in candidatures)
    assert set(by_status) <= {Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.TO_COMPLETE}
    assert by_status[Status.TO_COMPLETE] == totals.count(None)
    assert by_status[Status.SELECTED] == cut.selected <= places == cut.selected + cut.places_left
    assert shared_fate(standings)
    assert all(_total(one) >= minimum for one in kept)
    order = [Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED]
    fates = [order.index(s.status) for s in standings if s.rank is not None]
    assert fates == sorted(fates)
    assert cut.last_total == min((_total(one) for one in kept), default=None)
    assert all(s.reasons for s in standings if s.status is Status.NOT_SELECTED)
    if cut.contested:
        assert len(cut.contested) > cut.places_left == cut.at_stake > 0


def shared_fate(standings: tuple[Standing, ...]) -> bool:
    fates: dict[int, set[Status]] = {}
    for standing in standings:
        if standing.rank is not None:
            fates.setdefault(standing.rank, set()).add(standing.status)
    return all(len(fate) == 1 for fate in fates.values())


def _total(standing: Standing) -> Fraction:
    total = standing.card.total
    assert total is not None
    return total
