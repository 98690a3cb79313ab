"""Whether anything is open is seen without bounding what each may become, and it is what the bounds say."""

from __future__ import annotations

from random import Random

import pytest
from tests.scoring.building import policy, scored
from tests.scoring.firmness.brute import shown
from tests.scoring.firmness.calls import draw_call

from ami_scoring.domain.standings import Firmness, Versions
from ami_scoring.scoring.firmness import with_firmness
from ami_scoring.scoring.firmness.stakes import all_settled, projects_of
from ami_scoring.scoring.marks import Contenders
from ami_scoring.scoring.places import rank, select


@pytest.mark.parametrize("everything", [False, True])
def test_nothing_is_open_just_where_every_bound_says_so(everything: bool) -> None:
    found = set[bool]()
    for seed in range(600):
        call = draw_call(Random(seed), everything=everything)
        *_, contenders, _ = shown(call)
        settled, projects = all_settled(contenders, call.criteria), projects_of(contenders, call.criteria)
        every = [stake.scored for project in projects for stake in project.stakes]
        assert settled == (every if all(project.is_settled for project in projects) else None)
        found.add(settled is None)
    assert found == {True, False}


def test_a_settled_candidature_that_is_not_listed_is_told_by_the_cut() -> None:
    criteria, one, other = policy(), scored("A", 90), scored("B", 80)
    standings, cut = select(rank([one], criteria.ranking), criteria, None)
    told, cut = with_firmness(
        standings, cut, criteria, contenders=[Contenders([one]), Contenders([other]), Contenders([])]
    )
    assert [each.firmness for each in told] == [Firmness.FIRM]
    assert cut.versions == (Versions((other,), present=True),)
