"""Ranks on exact totals, declared ties, and the ranks that missing information leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.scoring.building import candidature, plain, read, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Mark, Scored
from ami_scoring.domain.ties import Ranking
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.keys import draw_number
from ami_scoring.scoring.places.ranking import rank

NO_TIES = Ranking()
TOTALS = st.sampled_from(
    [Fraction(n, d) for n in range(5) for d in (1, 2, 3)] + [Fraction(10**30 + 1, 10**30), Fraction(1)]
)


def ranking(ties: str) -> Ranking:
    return Ranking.model_validate({"ties": read(ties)})


def ranks(candidatures: Sequence[Scored], by: Ranking = NO_TIES) -> dict[str, int | None]:
    return {row.scored.entry.reference: row.rank for row in rank(candidatures, by)}


def naive_ranks(totals: dict[str, Any]) -> dict[str, int]:
    """Rank as a child would: one more than how many are better."""
    return {name: 1 + sum(other > total for other in totals.values()) for name, total in totals.items()}


# --- Ranks ------------------------------------------------------------------------------------------------------------


def test_equal_totals_share_a_rank_and_the_places_they_occupy_are_skipped() -> None:
    totals = {"A": 10, "B": 30, "C": 20, "D": 20, "E": 0}
    rows = rank([scored(name, total) for name, total in totals.items()], NO_TIES)
    assert [(row.scored.entry.reference, row.rank, row.tied) for row in rows] == [
        ("B", 1, False), ("C", 2, True), ("D", 2, True), ("A", 4, False), ("E", 5, False),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("prefer", "answers", "expected"),
    [
        ("oui", {"A": False, "B": True, "C": True}, {"B": 1, "C": 1, "A": 3}),
        ("non", {"A": False, "B": True, "C": True}, {"A": 1, "B": 2, "C": 2}),
        ("oui", {"A": False, "B": True, "C": MISSING}, {"A": 1, "B": 1, "C": 1}),
    ],
)
def test_a_yes_or_a_no_parts_equals(prefer: str, answers: dict[str, Value], expected: dict[str, int]) -> None:
    rows = [scored(name, 50, values={"n": answer}) for name, answer in answers.items()]
    assert ranks(rows, ranking(f"[{{fact: n, prefer: {prefer}}}]")) == expected


def test_totals_are_compared_exactly() -> None:
    tenth = Fraction(1, 10)
    assert ranks([scored("A", 3 * tenth), scored("B", tenth + 2 * tenth), scored("C", tenth)]) == {
        "A": 1,
        "B": 1,
        "C": 3,
    }
    close = Fraction(1, 10**40)
    assert ranks([scored("A", 1), scored("B", 1 + close), scored("C", 1 - close)]) == {"B": 1, "A": 2, "C": 3}


@given(st.lists(TOTALS, max_size=8))
def test_ranks_are_one_more_than_the_better_ones(totals: list[Fraction]) -> None:
    named = {f"R{place}": total for place, total in enumerate(totals)}
    assert ranks([scored(name, total) for name, total in named.items()]) == naive_ranks(named)


@given(st.lists(TOTALS, max_size=7), st.randoms(use_true_random=False))
def test_the_order_of_files_changes_nothing(totals: list[Fraction], chance: Any) -> None:
    candidatures = [scored(f"R{place}", total) for place, total in enumerate(totals)]
    shuffled = list(candidatures)
    chance.shuffle(shuffled)
    assert rank(shuffled, NO_TIES) == rank(candidatures, NO_TIES)


@given(st.lists(TOTALS, max_size=7), st.permutations([f"N{place}" for place in range(7)]))
def test_names_change_no_rank(totals: list[Fraction], names: list[str]) -> None:
    before = ranks([scored(f"R{place}", total) for place, total in enumerate(totals)])
    after = ranks([scored(name, total) for name, total in zip(names, totals, strict=False)])
    assert [before[f"R{place}"] for place in range(len(totals))] == [
        after[names[place]] for place in range(len(totals))
    ]


@given(
    st.lists(TOTALS, min_size=1, max_size=7),
    st.integers(0, 6),
    st.sampled_from([Fraction(1, 10**20), Fraction(1), Fraction(9)]),
)
def test_more_points_never_cost_a_rank(totals: list[Fraction], place: int, gain: Fraction) -> None:
    place %= len(totals)
    raised = [total + gain * (index == place) for index, total in enumerate(totals)]
    before, after = (ranks([scored(f"R{i}", total) for i, total in enumerate(each)]) for each in (totals, raised))
    mine = f"R{place}"
    assert (after[mine] or 0) <= (before[mine] or 0)
    assert all((after[name] or 0) >= (before[name] or 0) for name in before if name != mine)


def test_nobody_is_ranked_when_there_is_nobody() -> None:
    assert rank([], NO_TIES) == ()


# --- Ties -------------------------------------------------------------------------------------------------------------

EQUALS: dict[str, tuple[dict[str, int], dict[str, Value]]] = {
    "A": ({"zonage": 30, "medecins": 4}, {"depose_le": date(2022, 9, 2), "n": 5}),
    "B": ({"zonage": 18, "medecins": 16}, {"depose_le": date(2022, 9, 1), "n": 5}),
    "C": ({"zonage": 30, "medecins": 8}, {"depose_le": date(2022, 9, 3), "n": MISSING}),
    "D": ({"zonage": 30, "medecins": 8}, {"depose_le": date(2022, 9, 1), "n": 2}),
}


@pytest.mark.parametrize(
    ("ties", "expected"),
    [
        ("[]", {"A": 1, "B": 1, "C": 1, "D": 1}),
        ("[zonage]", {"A": 1, "C": 1, "D": 1, "B": 4}),
        ("[zonage, medecins]", {"C": 1, "D": 1, "A": 3, "B": 4}),
        ("[medecins, zonage]", {"B": 1, "C": 2, "D": 2, "A": 4}),
        ("[zonage, medecins, {fact: depose_le, prefer: earliest}]", {"D": 1, "C": 2, "A": 3, "B": 4}),
        ("[zonage, medecins, {fact: depose_le, prefer: latest}]", {"C": 1, "D": 2, "A": 3, "B": 4}),
        ("[{fact: n, prefer: highest}]", {"A": 1, "B": 1, "C": 1, "D": 1}),
        ("[zonage, {fact: n, prefer: highest}]", {"A": 1, "C": 1, "D": 1, "B": 4}),
        ("[medecins, {fact: n, prefer: lowest}]", {"B": 1, "C": 2, "D": 2, "A": 4}),
        ("[{fact: n, prefer: highest}, {fact: depose_le, prefer: earliest}]", {"A": 1, "B": 1, "C": 1, "D": 1}),
    ],
)
def test_ties_are_broken_in_the_order_declared(ties: str, expected: dict[str, int]) -> None:
    candidatures = [scored(name, 50, marks=marks, values=values) for name, (marks, values) in EQUALS.items()]
    assert ranks(candidatures, ranking(ties)) == expected


def open_(reference: str, total: int, low: int, high: int, zone: tuple[int, int, int] = (0, 0, 0)) -> Scored:
    """Make a candidature whose total may move, or the points of the first criterion: as it stands, least, most."""
    one = scored(reference, total, low=low, high=high, values={"n": 1})
    points, least, most = (Fraction(each) for each in zone)
    marks = {**one.card.marks, "zonage": Mark("zonage", points, points, least, most)}
    return one._replace(card=one.card._replace(marks=marks))


def told_ranks(candidatures: Sequence[Scored], by: Ranking = NO_TIES) -> dict[str, tuple[int | None, int, int]]:
    return {row.scored.entry.reference: (row.rank, row.best, row.worst) for row in rank(candidatures, by)}


def test_a_total_that_may_rise_or_fall_is_ranked_as_it_stands_and_bounded_by_both() -> None:
    rows = [open_("A", 80, 70, 90), scored("B", 75, values={"n": 1}), scored("C", 85, values={"n": 1})]
    assert told_ranks(rows) == {"C": (1, 1, 2), "A": (2, 1, 3), "B": (3, 2, 3)}


@pytest.mark.parametrize("ties", ["[zonage]", "[{fact: n, prefer: highest}, zonage]"])
def test_a_criterion_that_breaks_ties_and_may_move_leaves_ranks_open(ties: str) -> None:
    zones = {"A": (20, 10, 30), "B": (25, 25, 25), "C": (15, 15, 15)}
    rows = [open_(name, 80, 80, 80, zone) for name, zone in zones.items()]
    assert told_ranks(rows, ranking(ties)) == {"B": (1, 1, 2), "A": (2, 1, 3), "C": (3, 2, 3)}


@pytest.mark.parametrize("first", ["zonage", "{fact: depose_le, prefer: earliest}", "{fact: day, prefer: latest}"])
def test_what_comes_before_a_value_that_is_missing_still_parts_equals(first: str) -> None:
    day, other = date(2022, 9, 1), date(2022, 9, 2)
    drawn: dict[str, tuple[int, date, date, Value]] = {
        "A": (20, day, day, MISSING), "B": (20, day, day, 5), "C": (20, day, day, 3),
        "D": (30, date(2022, 8, 31), other, 4), "E": (10, other, date(2022, 8, 31), 4),
    }  # fmt: skip
    rows = [
        scored(name, 50, marks={"zonage": zone}, values={"depose_le": deposit, "day": another, "n": value})
        for name, (zone, deposit, another, value) in drawn.items()
    ]
    found = told_ranks(rows, ranking(f"[{first}, {{fact: n, prefer: highest}}]"))
    assert found == {"D": (1, 1, 1), "A": (2, 2, 4), "B": (2, 2, 3), "C": (2, 2, 4), "E": (5, 5, 5)}


@pytest.mark.parametrize(
    ("prefer", "worst", "best"),
    [
        ("lowest", {"A": 3, "B": 3, "C": 4, "D": 1}, {"A": 1, "B": 1, "C": 1, "D": 1}),
        ("highest", {"A": 3, "B": 3, "C": 1, "D": 4}, {"A": 1, "B": 1, "C": 1, "D": 1}),
    ],
)
def test_a_value_between_two_bounds_is_before_or_after_those_within(
    prefer: str, worst: dict[str, int], best: dict[str, int]
) -> None:
    numbers: dict[str, Value] = {"A": Missing(at_least=2, at_most=4), "B": 3, "C": 5, "D": 1}
    rows = [scored(name, 50, values={"n": number}) for name, number in numbers.items()]
    found = told_ranks(rows, ranking(f"[{{fact: n, prefer: {prefer}}}]"))
    assert {name: row[2] for name, row in found.items()} == worst
    assert {name: row[1] for name, row in found.items()} == best


def test_of_two_that_share_a_rank_both_are_tied_where_something_is_open() -> None:
    rows = rank([scored("A", 50), scored("B", 50), open_("C", 40, 30, 45)], NO_TIES)
    assert [row.tied for row in rows] == [True, True, False]


def test_on_hold_the_highest_reach_comes_first_then_the_highest_least() -> None:
    rows = [scored(name, None, low=low, high=high) for name, low, high in (("A", 10, 90), ("B", 20, 90), ("C", 0, 95))]
    assert [row.scored.entry.reference for row in rank(rows, NO_TIES)] == ["C", "B", "A"]


def deposited(**moments: str) -> list[Scored]:
    """Make equals deposited at some moments; the fact that ties compare is the day alone."""
    return [
        one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {name}, depose_le: '{moment}'}}")))
        for name, moment in moments.items()
        for one in [scored(name, 50, values={"depose_le": date.fromisoformat(moment[:10])})]
    ]


EARLY, LATE = "2022-09-01T09:00:00+02:00", "2022-09-01T15:00:00+02:00"


@pytest.mark.parametrize(
    ("moments", "earliest", "latest"),
    [
        ({"A": LATE, "B": EARLY}, {"B": 1, "A": 2}, {"A": 1, "B": 2}),
        ({"A": LATE, "B": EARLY, "C": "2022-09-01"}, {"A": 1, "B": 1, "C": 1}, {"A": 1, "B": 1, "C": 1}),
        ({"A": LATE, "B": EARLY, "C": "2022-08-31"}, {"C": 1, "B": 2, "A": 3}, {"A": 1, "B": 2, "C": 3}),
        ({"A": "2022-10-30T02:10:00+01:00", "B": "2022-10-30T02:50:00+02:00"}, {"B": 1, "A": 2}, {"A": 1, "B": 2}),
    ],
    ids=["hours", "one without", "another day without", "the hour that autumn repeats"],
)
def test_hours_tell_deposits_of_one_day_apart_where_all_give_theirs(
    moments: dict[str, str], earliest: dict[str, int], latest: dict[str, int]
) -> None:
    for prefer, expected in (("earliest", earliest), ("latest", latest)):
        found = rank(deposited(**moments), ranking(f"[{{fact: depose_le, prefer: {prefer}}}]"))
        assert {row.scored.entry.reference: row.rank for row in found} == expected
        assert all(row.best == row.rank == row.worst for row in found)


@pytest.mark.parametrize(
    ("moments", "words"),
    [
        ([LATE, EARLY.replace("00:00", "00:30")], ["à 15 h 00", "à 09 h 00 min 30 s"]),
        ([LATE, "2022-09-01"], ["", ""]),
    ],
)
def test_a_deposit_is_told_as_far_as_it_counts(moments: list[str], words: list[str]) -> None:
    ranked = deposited(**dict(zip("AB", moments, strict=True)))
    told = Deposits(ranked)
    said = [plain(told.word(one, date(2022, 9, 1))).removeprefix("1er septembre 2022").strip() for one in ranked]
    assert said == words


def test_equals_stay_equal_where_the_value_that_would_part_them_is_missing_and_others_are_parted() -> None:
    ages: dict[str, Value] = {"A": 30, "B": MISSING, "C": 40}
    equals = [scored(name, 50, values={"n": age}) for name, age in ages.items()]
    others = [scored(name, 40, values={"n": age}) for name, age in {"D": 30, "E": 40}.items()]
    rows = rank([*equals, *others], ranking("[{fact: n, prefer: highest}]"))
    assert [(row.scored.entry.reference, row.rank, row.tied) for row in rows] == [
        ("A", 1, True), ("B", 1, True), ("C", 1, True), ("E", 4, False), ("D", 5, False),
    ]  # fmt: skip
    assert {row.scored.entry.reference: (row.best, row.worst) for row in rows} == {
        "A": (1, 3), "B": (1, 3), "C": (1, 2), "D": (5, 5), "E": (4, 4),
    }  # fmt: skip


def test_a_value_known_in_part_bounds_the_ranks() -> None:
    half: dict[str, Value] = {"A": Missing(at_least=5), "B": 3, "C": Missing(at_most=2)}
    rows = rank(
        [scored(name, 50, values={"n": n}) for name, n in half.items()], ranking("[{fact: n, prefer: highest}]")
    )
    assert {row.scored.entry.reference: row.worst for row in rows} == {"A": 1, "B": 2, "C": 3}
    rows = rank([scored(name, 50, values={"n": n}) for name, n in half.items()], ranking("[{fact: n, prefer: lowest}]"))
    assert {row.scored.entry.reference: row.worst for row in rows} == {"A": 3, "B": 2, "C": 1}


def test_each_file_that_nobody_can_read_widens_the_ranks_by_one() -> None:
    rows = rank([scored("A", 50), scored("B", 40)], NO_TIES, unread=2)
    assert [(row.rank, row.best, row.worst) for row in rows] == [(1, 1, 3), (2, 2, 4)]


def test_a_tie_break_never_beats_a_total() -> None:
    ahead, behind = scored("A", 51, marks={"zonage": 0}), scored("B", 50, marks={"zonage": 30})
    assert ranks([ahead, behind], ranking("[zonage]")) == {"A": 1, "B": 2}


def test_a_draw_can_be_redone_by_anyone() -> None:
    # printf '%s' 'graine 2022|A-1' | sha256sum
    assert draw_number("graine 2022", "A-1") == "8e0dd2863d181504aae2dc46cfcf0e8cd3275af9a878c394fd51dc4a2148cc45"
    references = [f"R{place}" for place in range(6)]
    by_number = sorted(references, key=lambda reference: draw_number("graine", reference), reverse=True)
    drawn = ranks([scored(reference, 50) for reference in references], ranking("[{draw: graine}]"))
    assert drawn == {reference: place for place, reference in enumerate(by_number, start=1)}


def test_another_seed_gives_another_draw() -> None:
    references = [f"R{place}" for place in range(20)]
    one, other = (
        list(ranks([scored(reference, 50) for reference in references], ranking(f"[{{draw: {seed}}}]")))
        for seed in ("graine 1", "graine 2")
    )
    assert one != other


# --- What missing information leaves open -----------------------------------------------------------------------------


def test_a_candidature_on_hold_has_no_rank_and_comes_after_by_what_it_could_reach() -> None:
    rows = rank(
        [scored("A", None, low=0, high=90), scored("B", 10), scored("C", None, low=5, high=95), scored("D", 50)],
        NO_TIES,
    )
    assert [(row.scored.entry.reference, row.rank, row.best, row.worst) for row in rows] == [
        ("D", 1, 1, 3), ("B", 2, 2, 4), ("C", None, 1, 4), ("A", None, 1, 4),
    ]  # fmt: skip


def test_what_a_gate_waits_for_holds_the_rank_too() -> None:
    (row,) = rank([scored("A", 10, pending=True)], NO_TIES)
    assert (row.rank, row.best, row.worst) == (None, 1, 1)


def test_on_hold_equals_come_by_reference() -> None:
    rows = rank([scored("B", None, low=0, high=9), scored("A", None, low=0, high=9)], NO_TIES)
    assert [row.scored.entry.reference for row in rows] == ["A", "B"]


INTERVALS = st.tuples(st.integers(0, 6), st.integers(0, 6), st.sampled_from(["known", "zero", "hold"]))


def interval(place: int, one: int, other: int, state: str) -> Scored:
    """Make a candidature whose total is known, or counted at its lowest, or on hold."""
    low, high = sorted((one, other))
    if state == "known":
        return scored(f"R{place}", low)
    return scored(f"R{place}", None if state == "hold" else low, low=low, high=high)


def extreme_ranks(candidatures: Sequence[Scored], place: int) -> tuple[int, int]:
    """Try every way to complete each file at its lowest or highest; one on hold may also never be completed."""
    choices: list[list[Fraction | None]] = [
        [one.card.low, one.card.high, *([] if one.is_firm or index == place else [None])]
        for index, one in enumerate(candidatures)
    ]
    found = [
        1
        + sum(
            total is not None and total > (totals[place] or 0) for index, total in enumerate(totals) if index != place
        )
        for totals in product(*choices)
    ]
    return min(found), max(found)


@settings(max_examples=150)
@given(st.lists(INTERVALS, min_size=1, max_size=5))
def test_best_and_worst_ranks_are_those_of_the_extreme_completions(drawn: list[tuple[int, int, str]]) -> None:
    candidatures = [interval(place, *each) for place, each in enumerate(drawn)]
    by_reference = {row.scored.entry.reference: row for row in rank(candidatures, NO_TIES)}
    for place in range(len(candidatures)):
        row = by_reference[f"R{place}"]
        assert (row.best, row.worst) == extreme_ranks(candidatures, place)
        assert row.rank is None or row.best <= row.rank <= row.worst


@settings(max_examples=100)
@given(st.lists(st.tuples(TOTALS, st.sampled_from([1, 2, MISSING])), min_size=1, max_size=6))
def test_an_unknown_tie_break_leaves_both_sides_open(drawn: list[tuple[Fraction, Value]]) -> None:
    by = ranking("[{fact: n, prefer: highest}]")
    rows = rank([scored(f"R{place}", total, values={"n": n}) for place, (total, n) in enumerate(drawn)], by)
    for row in rows:
        total, n = row.scored.card.total, row.scored.card.values["n"]
        others = [other.scored.card for other in rows if other is not row]
        is_blank = MISSING in {each.values["n"] for each in [row.scored.card, *others] if each.total == total}
        parted = {2} if n == 1 and not is_blank else set()  # a blank may never come
        surely = sum(o.total > total or (o.total == total and o.values["n"] in parted) for o in others)  # type: ignore[operator]
        beaten = {2: {MISSING}, 1: {MISSING, 2}, MISSING: {MISSING, 1, 2}}[n]
        possibly = sum(o.total > total or (o.total == total and o.values["n"] in beaten) for o in others)  # type: ignore[operator]
        assert (row.best, row.worst) == (1 + surely, 1 + possibly)
