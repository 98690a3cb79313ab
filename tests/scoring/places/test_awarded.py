"""What earlier waves leave to a wave of what is the whole call's: places, quotas, budget and its envelopes."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, candidature, policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Award
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.ties import Holder
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import already_awarded
from ami_scoring.scoring.places import asks_of_values, left_by

FACTS = """
facts:
  - {name: kind, type: choice, label: Genre, choices: [u, r]}
  - {name: ask, type: money, label: Demande, minimum: 0}
"""
QUOTAS = """
selection:
  places: 5
  reserve: 1
  quotas:
    - {label: U, when: {fact: complements.kind, is: u}, at_least: 2}
    - {label: R, when: {fact: complements.kind, is: r}, at_least: 2, at_most: 2}
"""
BUDGET = """
selection:
  budget:
    amount: 1000
    ask: complements.ask
    times: {times}
    envelopes:
      - {{label: U, when: {{fact: complements.kind, is: u}}, share: 2/5, spill: {spill}}}
      - {{label: R, when: {{fact: complements.kind, is: r}}, amount: 300}}
"""


def award(kind: str | None, granted: int | None = None) -> Award:
    criteria = policy(FACTS)
    values: dict[str, Value] = {"complements.kind": MISSING if kind is None else kind, "complements.ask": 7}
    entry = Entry(candidature("{reference: A-1}"), ORIGIN)
    return Award(entry, criteria.waves[0], None if granted is None else Fraction(granted), values)


def left(changes: str, *awards: Award, wave: int = 1) -> Criteria:
    criteria = policy(FACTS + changes)
    return left_by(criteria, criteria.waves[wave], awards)


def test_places_of_the_call_that_were_given_are_gone_and_never_fewer_than_none() -> None:
    assert left("selection: {places: 3}", award("u")).selection.places == 2
    assert left("selection: {places: 1}", award("u"), award("r")).selection.places == 0
    assert left("selection: {places: all}", award("u")).selection.counted_places is None


def test_what_was_retained_is_covered_and_one_that_does_not_say_its_category_is_of_none() -> None:
    ties = "ranking: {ties: [{uncovered: complements.kind}]}\nselection: {places: all, minimum: 1}"
    found = left(ties, award("u"), award(None)).ranking
    assert found.retained == (Holder("A-1", "u", "v1"), Holder("A-1", None, "v1"))
    assert found.uncovered == "complements.kind"
    assert left(ties).ranking.retained == ()
    assert left("selection: {places: 3}", award("u")).ranking.retained == ()


def test_places_and_a_budget_of_the_wave_itself_stay_whole() -> None:
    waves = "waves: [{id: v1, closes: 2022-02-28}, {id: v2, closes: 2022-09-30, places: 2, budget: 100}]\n"
    criteria = policy(FACTS + waves + BUDGET.format(times=1, spill="non"))
    assert left_by(criteria, criteria.waves[1], [award("u", 100)]) is criteria


@pytest.mark.parametrize(
    ("kinds", "least", "most"),
    [
        ([], (2, 2), 2),
        (["u", "u", "u"], (0, 2), 2),
        (["r"], (2, 1), 1),
        (["r", "r", "r"], (2, 0), 0),
        ([None], (2, 1), 1),
    ],
    ids=["nobody", "one category", "the other", "more than allowed", "unknown"],
)
def test_quotas_count_what_was_given(kinds: list[str | None], least: tuple[int, int], most: int) -> None:
    quotas = left(QUOTAS, *map(award, kinds)).selection.quotas
    assert tuple(quota.at_least for quota in quotas) == least
    assert [quota.at_most for quota in quotas] == [None, most]


@pytest.mark.parametrize(
    ("awards", "times", "spill", "amount", "parts"),
    [
        ([], "1", "non", 1000, (400, 300)),
        ([award("u", 100), award("r", 50), award(None, 30)], "1", "non", 820, (300, 250)),
        ([award("u", 500)], "1", "non", 500, (0, 300)),
        ([award("u", 300)], "3/2", "non", 800, (200, 300)),
        ([award("r", 300), award(None, 500)], "1", "oui", 200, (200, 0)),
        ([award(None, 800)], "1", "oui", 200, (0, 200)),
        ([award(None, 2000)], "1", "non", 0, (0, 0)),
    ],
    ids=["nobody", "each from its own", "more than its own", "times", "spilt", "spilt and more", "more than all"],
)
def test_a_budget_counts_what_was_granted_in_the_whole_and_in_each_envelope(
    awards: list[Award], times: str, spill: str, amount: int, parts: tuple[int, int]
) -> None:
    budget = left(BUDGET.format(times=times, spill=spill), *awards).selection.budget
    assert budget is not None
    assert budget.amount == amount
    assert [*budget.parts] == [*map(Fraction, parts)]
    assert [each.share for each in budget.envelopes] == [None, None]


def test_what_one_asks_is_nothing_without_a_budget_and_unknown_while_it_is_missing() -> None:
    with_budget = policy(FACTS + BUDGET.format(times=1, spill="non"))
    assert asks_of_values({"complements.ask": 7}, with_budget) == 7
    assert asks_of_values({"complements.ask": -7}, with_budget) == 0
    assert asks_of_values({"complements.ask": MISSING}, with_budget) is None
    assert asks_of_values({}, policy()) == 0


def test_another_file_of_a_project_that_has_a_place_is_told_so_and_no_other() -> None:
    criteria = policy(FACTS)
    same = Entry(candidature("{reference: B-1}"), ORIGIN)
    other = Entry(candidature("{reference: B-2, porteur: {nom: Commune d'Ailleurs}}"), ORIGIN)
    found = already_awarded([same, other], [award("u")], criteria)
    assert {each: str(said) for each, said in found.items()} == {id(same): "déjà retenue en v1 (A-1)"}
