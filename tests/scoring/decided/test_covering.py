"""What a committee decides of equals ranks those whom coverage leaves equal, and never goes before it."""

from __future__ import annotations

from tests.scoring.building import policy, scored

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.scoring.decided import check_decisions, decide
from ami_scoring.scoring.places import rank, select

from .calls import call, parted, register

FACTS = "facts: [{name: land, type: choice, label: Territoire, choices: [n, s, e]}]"


def covered_call(places: int) -> Evaluation:
    criteria = policy(
        f"{FACTS}\nranking: {{ties: [{{uncovered: complements.land}}]}}\nselection: {{places: {places}, reserve: 2}}"
    )
    lands = {"A": (90, "n"), "B": (80, "n"), "C": (80, "s"), "D": (80, "e")}
    rows = [scored(name, total, values={"complements.land": land}) for name, (total, land) in lands.items()]
    standings, cut = select(rank(rows, criteria.ranking), criteria, None)
    return call()._replace(criteria=criteria, standings=standings, cut=cut)


def test_the_committee_parts_those_of_uncovered_categories() -> None:
    evaluation = covered_call(2)
    assert evaluation.cut.contested == ("C", "D")
    decided = decide(evaluation, register(parted("B", "D", "C")))
    assert decided.selected == ("A", "D")


def test_a_vote_does_not_put_a_covered_category_first() -> None:
    decided = decide(covered_call(3), register(parted("B", "D", "C")))
    assert set(decided.selected) == {"A", "C", "D"}


def test_all_the_equals_of_the_rank_are_put_in_order() -> None:
    evaluation, said = covered_call(2), register(parted("D", "C"))
    assert "decision-not-equals" in {each.code for each in check_decisions(evaluation, said)}
