"""What tells two candidatures of one total apart, in words."""

from __future__ import annotations

from tests.scoring.building import plain, policy, scored

from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select


def test_a_criterion_that_parts_equals_is_named_with_both_marks() -> None:
    criteria = policy("ranking: {ties: [zonage]}\nselection: {places: 1}")
    pair = [scored("A", 50, marks={"zonage": 20}), scored("B", 50, marks={"zonage": 30.5})]
    standings, _ = select(rank(pair, criteria.ranking), criteria, None)
    assert [plain(reason) for reason in standings[1].reasons] == [
        "la place est pourvue ; même total que B, placée devant par « Zonage » (30,5, contre 20)"
    ]
