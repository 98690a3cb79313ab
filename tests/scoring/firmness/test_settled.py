"""Whether anything is open is seen without bounding what each may become, and it is what the bounds say."""

from __future__ import annotations

from random import Random

import pytest
from tests.scoring.building import policy, scored
from tests.scoring.firmness.brute import shown
from tests.scoring.firmness.calls import draw_call

from ami_scoring.domain.standings import Cut, Firmness, Standing, Status, Versions
from ami_scoring.scoring.firmness import with_firmness
from ami_scoring.scoring.firmness.ends import all_settled
from ami_scoring.scoring.firmness.stakes import projects_of
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


def test_a_tie_for_one_guarantee_may_leave_another_to_be_filled_at_the_expense_of_who_has_a_place() -> None:
    """Of C and D, who contest the rural place, only C would fill the other guarantee too: else it takes that of A."""
    when = "when: {fact: locaux.adaptes, is: oui}", "when: {fact: diagnostic.prospective, is: oui}"
    quotas = ", ".join(f"{{label: {label}, {each}, at_least: 1}}" for label, each in zip("RN", when, strict=True))
    criteria = policy(f"selection: {{places: 2, quotas: [{quotas}]}}")

    def shared(first: int, second: int) -> tuple[tuple[Standing, ...], Cut]:
        given = ("A", 90, False, False), ("C", first, True, True), ("D", second, True, False)
        among = [
            scored(name, total, values={"locaux.adaptes": rural, "diagnostic.prospective": other})
            for name, total, rural, other in given
        ]
        return select(rank(among, criteria.ranking), criteria, None)

    told, _ = with_firmness(*shared(50, 50), criteria)
    assert {each.entry.reference: each.firmness for each in told} == {
        "A": Firmness.PROVISIONAL,
        "C": Firmness.POSSIBLE,
        "D": Firmness.POSSIBLE,
    }
    apart = [shared(50, 49)[0], shared(49, 50)[0]]
    kept = [{each.entry.reference for each in one if each.status is Status.SELECTED} for one in apart]
    assert kept == [{"A", "C"}, {"C", "D"}]
