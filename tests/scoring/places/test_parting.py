"""What tells two candidatures of one total apart, in words."""

from __future__ import annotations

from datetime import date

import pytest
from tests.scoring.building import candidature, plain, policy, scored

from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select


def test_a_criterion_that_parts_equals_is_named_with_both_marks() -> None:
    criteria = policy("ranking: {ties: [zonage]}\nselection: {places: 1}")
    pair = [scored("A", 50, marks={"zonage": 20}), scored("B", 50, marks={"zonage": 30.5})]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    assert [plain(reason) for reason in standings[1].reasons] == [
        "la place est pourvue ; même total que B, placée devant par « Zonage » (30,5, contre 20)"
    ]


@pytest.mark.parametrize(
    ("first", "second", "how"),
    [
        ("2022-09-01T09:00:30+02:00", "2022-09-01T15:00+02:00", "1er septembre 2022 à 09 h 00 min 30 s, contre LATER"),
        ("2022-08-31", "2022-09-01T15:00+02:00", "31 août 2022, contre LATER"),
    ],
    ids=["by their hours", "by their days"],
)
def test_deposits_that_part_equals_are_told_with_their_hours(first: str, second: str, how: str) -> None:
    criteria = policy("ranking: {ties: [{fact: depose_le, prefer: earliest}]}\nselection: {places: 1, reserve: 0}")
    pair = [
        one._replace(entry=one.entry._replace(candidature=candidature(f"{{reference: {name}, depose_le: '{moment}'}}")))
        for name, moment in (("A", first), ("B", second))
        for one in [scored(name, 50, values={"depose_le": date.fromisoformat(moment[:10])})]
    ]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    told = how.replace("LATER", "1er septembre 2022 à 15 h 00")
    assert [plain(reason) for reason in standings[1].reasons] == [
        f"la place est pourvue ; même total que A, placée devant par « Date de dépôt » ({told})"
    ]
