"""Of candidatures of which nothing is missing, ranks are found level by level; they are those of whole keys."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Final

import pytest
from tests.scoring.building import candidature, policy, read, scored

from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.scores import Opened, Scored
from ami_scoring.domain.standings import Standing
from ami_scoring.domain.ties import Ranking
from ami_scoring.messages import Message
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.places import selection as places
from ami_scoring.scoring.places.deposits import Deposits
from ami_scoring.scoring.places.keys import keyer
from ami_scoring.scoring.places.ranking import Ranked

TIES: Final = (
    "[]",
    "[zonage]",
    "[zonage, {fact: depose_le, prefer: earliest}]",
    "[zonage, {fact: n, prefer: highest}, bureaux]",
    "[{fact: depose_le, prefer: latest}, {fact: n, prefer: lowest}, {draw: graine}]",
)
DAYS: Final = ("2022-09-01", "2022-09-01T09:30:00+02:00", "2022-09-02T10:00:00+02:00", "2022-09-02T11:00:00+02:00")


def draw(random: Random, count: int) -> list[Scored]:
    """Draw candidatures many of which are equal so far, and some to the end."""
    found: list[Scored] = []
    for place in range(count):
        day = random.choice(DAYS)
        values: dict[str, Value] = {"n": random.randint(0, 2), "depose_le": date.fromisoformat(day[:10])}
        marks = {"zonage": random.choice((0, 10)), "bureaux": random.choice((0, 5))}
        one = scored(f"R{random.randint(0, 99):02}-{place}", random.randint(0, 3), marks=marks, values=values)
        entry = one.entry._replace(candidature=candidature(f"{{reference: {one.entry.reference}, depose_le: {day}}}"))
        found.append(one._replace(entry=entry))
    return found


@pytest.mark.parametrize("ties", TIES)
def test_ranks_are_those_of_whole_keys_and_equals_come_by_their_references(ties: str) -> None:
    ranking = Ranking.model_validate({"ties": read(ties)})
    for seed in range(40):
        rows = draw(Random(seed), 14)  # noqa: S311 - drawn, not secret
        keys_of = keyer(ranking, Deposits(rows))
        keys = [keys_of(one).low for one in rows]
        expected = [
            Ranked(one, ahead + 1, ahead + 1, ahead + 1, keys.count(key) > 1)
            for one, key in zip(rows, keys, strict=True)
            for ahead in (sum(other > key for other in keys),)
        ]
        assert rank(rows, ranking) == tuple(sorted(expected, key=lambda row: (row.rank, row.scored.entry.reference)))


def test_one_that_verification_may_refuse_is_surely_ahead_of_nobody_even_where_no_mark_is_open() -> None:
    first, second = scored("A", 90), scored("B", 80)
    pending = (Message("condition à vérifier"),)
    rows = rank([first._replace(opened=Opened((), first.card, pending)), second], Ranking())
    assert [(row.rank, row.best, row.worst) for row in rows] == [(1, 1, 1), (2, 1, 2)]


# --- Those beyond all that there is to share --------------------------------------------------------------------------


def whole(rows: list[Ranked], selection: str, monkeypatch: pytest.MonkeyPatch) -> object:
    """Select with nobody taken for one who comes too late."""
    with monkeypatch.context() as patch:
        patch.setattr(places, "parted_by_reach", lambda rows, room: (rows, ()))
        return select(rows, policy(f"selection: {{{selection}}}"), None)


@pytest.mark.parametrize("more", ["", ", minimum: 1", ", decides_from: 2", ", places: all"])
def test_those_beyond_all_places_are_told_what_each_would_be_told(more: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for seed in range(60):
        random = Random(seed)  # noqa: S311 - same
        ranking = Ranking.model_validate({"ties": read(random.choice(TIES))})
        rows = [*rank(draw(random, 12), ranking)]
        kept = random.randint(0, 2)  # a decision may put some first, whatever their totals
        ahead = [row._replace(rank=place - kept, tied=False) for place, row in enumerate(random.sample(rows, kept))]
        rows = [*ahead, *(row for row in rows if all(row.scored is not each.scored for each in ahead))]
        selection = f"places: {random.randint(0, 4)}, reserve: {random.randint(0, 3)}{more}"
        if "all" in more:
            selection = "places: all"
        told: tuple[tuple[Standing, ...], object] = select(rows, policy(f"selection: {{{selection}}}"), None)
        assert told == whole(rows, selection, monkeypatch)


def test_those_beyond_share_one_reason() -> None:
    rows = rank([scored(name, total) for name, total in zip("ABCDE", (90, 80, 70, 60, 50), strict=True)], Ranking())
    standings, _ = select(rows, policy("selection: {places: 1, reserve: 1}"), None)
    assert standings[2].reasons is standings[3].reasons is standings[4].reasons


def test_one_who_lacks_what_breaks_ties_leaves_ranks_open() -> None:
    ranking = Ranking.model_validate({"ties": read("[{fact: n, prefer: highest}]")})
    rows = rank([scored("A", 50, values={"n": 1}), scored("B", 50, values={"n": MISSING})], ranking)
    assert [(row.best, row.worst, row.tied) for row in rows] == [(1, 2, True), (1, 2, True)]
