"""What would have sufficed in a whole call: compared with the others, past thresholds and gates, to get a place."""

from __future__ import annotations

import pytest
from tests.scoring.building import ORIGIN, WAVE, candidature, policy

from ami_scoring.domain.criteria import Criteria, MissingPolicy
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import Case
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.exact import Fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.marks.engine import facts_used, score, with_pool
from ami_scoring.scoring.marks.reading import read_facts
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select
from ami_scoring.scoring.sufficient.retrial import Retrial
from ami_scoring.scoring.sufficient.search import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice

CALL = """
waves: [{id: v1, closes: 2022-09-30}]
facts:
  - {name: prix, type: money, label: Prix, minimum: 1, unit: €}
  - {name: lits, type: integer, label: Lits}
  - {name: note, type: decimal, label: Note, step: 0.5, minimum: 0, maximum: 10}
  - {name: part, type: percentage, label: Part}
computed: [{name: cout, label: Coût par lit, unit: €, ratio: {of: complements.prix, to: complements.lits}}]
ranking: {ties: []}
"""
PRICE = "{kind: relative, fact: complements.prix, best: lowest, points: 50}"
MOST = "{kind: relative, fact: complements.lits, best: highest, points: 50}"
NOTE = "{kind: per_unit, fact: complements.note, points: 5, count: exact}"
BEDS = "{kind: per_unit, fact: complements.lits, points: 1, at_most: 50}"


def criterion(name: str, rule: str) -> str:
    return f"{{id: {name}, label: {name.upper()}, weight: 50, rule: {rule}}}"


def call(rules: dict[str, str], selection: str, more: str = "") -> Criteria:
    listed = ", ".join(criterion(name, rule) for name, rule in rules.items())
    return policy(f"{CALL}\ncriteria: [{listed}]\nselection: {selection}\n{more}")


def evaluated(criteria: Criteria, candidatures: dict[str, str]) -> Evaluation:
    """Score and select some candidatures, each given by its own facts."""
    entries = [
        Entry(candidature(f"reference: {name}\ncomplements: {facts}"), ORIGIN) for name, facts in candidatures.items()
    ]
    facts = [
        read_facts(facts_used(criteria), criteria, Case(entry.candidature, WAVE.closes_on, NO_ZONING))
        for entry in entries
    ]
    with_pool(criteria, facts)
    scored = [
        Scored(entry, criteria.waves[0], score(criteria, values)) for entry, values in zip(entries, facts, strict=True)
    ]
    standings, cut = select(rank(scored, criteria.ranking), criteria, None)
    return Evaluation(criteria, None, standings, (), cut, (), Provenance("1", ORIGIN, (), ()))


def standing_of(evaluation: Evaluation, reference: str) -> Standing:
    return next(one for one in evaluation.standings if one.entry.reference == reference)


def needed(evaluation: Evaluation, reference: str) -> dict[str, str]:
    """Give what would get a candidature the place of the last that got one."""
    standing = standing_of(evaluation, reference)
    total, last = standing.card.total, evaluation.cut.last_total
    assert total is not None
    gap = max(Fraction(0), (total if last is None else last) - total)
    status = Retrial(evaluation, standing).status
    found = what_would_suffice(
        evaluation.criteria, standing.card, [gap], lambda changes: status(changes) is Status.SELECTED
    )
    return {leaf.id: str(said).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ") for leaf, said in found}


@pytest.mark.parametrize(
    ("rule", "rival", "own", "said"),
    [
        (PRICE, "{prix: 100, note: 4}", "{prix: 200, note: 4}", "« Prix » : au plus 99,99 €"),
        (PRICE, "{prix: 5000, note: 5}", "{prix: 8000, note: 4}", "« Prix » : au plus 4 499 €"),
        (PRICE, "{prix: 1, note: 9}", "{prix: 8000, note: 0}", None),
        (MOST, "{lits: 10, note: 4}", "{lits: 5, note: 4}", "« Lits » : au moins 11"),
        (MOST.replace("lits", "note"), "{note: 8}", "{note: 4}", "« Note » : au moins 8,5"),
        (MOST.replace("lits", "part"), "{part: 0.5, note: 4}", "{part: 0.25, note: 4}", "« Part » : au moins 50,01 %"),
        (MOST, "{lits: 10, note: 4}", "{note: 4}", None),
    ],
)
def test_compared_with_the_others_the_value_from_which_it_wins_is_told(
    rule: str, rival: str, own: str, said: str | None
) -> None:
    criteria = call({"a": f"{rule[:-1]}}}", "b": NOTE}, "{places: 1, reserve: 0}")
    by_zero = criteria.criteria[0].model_copy(update={"if_missing": MissingPolicy.ZERO})
    criteria = criteria.model_copy(update={"criteria": [by_zero, criteria.criteria[1]]})
    assert needed(evaluated(criteria, {"R-1": rival, "X-1": own}), "X-1").get("a") == said


def test_equal_to_the_last_is_not_enough_where_nothing_tells_equals_apart() -> None:
    evaluation = evaluated(
        call({"a": NOTE, "b": BEDS}, "{places: 1}"), {"R-1": "{note: 8, lits: 0}", "X-1": "{note: 4, lits: 0}"}
    )
    assert needed(evaluation, "X-1") == {"a": "« Note » : au moins 8,5", "b": "« Lits » : au moins 21"}


@pytest.mark.parametrize(
    ("rule", "rival", "own", "said"),
    [
        (NOTE.replace("note", "part").replace("5", "50"), "{part: 0.5}", "{part: 0.4}", "« Part » : plus de 50 %"),
        (
            "{kind: linear, fact: complements.part, knots: [{at: 0, points: 50}, {at: 1, points: 0}]}",
            "{part: 0.5}",
            "{part: 0.6}",
            "« Part » : moins de 50 %",
        ),
    ],
)
def test_where_equals_are_not_told_apart_the_bound_itself_is_excluded(
    rule: str, rival: str, own: str, said: str
) -> None:
    criteria = call({"a": rule, "b": NOTE}, "{places: 1}")
    rival, own = (facts.replace("}", ", note: 0}") for facts in (rival, own))
    assert needed(evaluated(criteria, {"R-1": rival, "X-1": own}), "X-1")["a"] == said


def test_what_a_threshold_refuses_anyway_is_not_promised_and_passing_it_is() -> None:
    selection = (
        "{places: 2, minimum: 10, thresholds: [{criterion: b, at_least: 20}, {criterion: b, on: mark, at_least: 5}]}"
    )
    criteria = call({"a": NOTE, "b": BEDS}, selection)
    evaluation = evaluated(criteria, {"R-1": "{note: 8, lits: 30}", "X-1": "{note: 9, lits: 10}"})
    assert needed(evaluation, "X-1") == {"b": "« Lits » : au moins 20"}
    card = standing_of(evaluation, "X-1").card
    assert unmet_thresholds(criteria, card) == ("B",)
    assert unmet_thresholds(criteria, standing_of(evaluation, "R-1").card) == ()
    assert least_total(criteria, card) == (Fraction(10), False)
    assert least_total(call({"a": NOTE, "b": NOTE}, "{places: 2}"), card) is None


def test_the_threshold_of_a_criterion_is_passed_by_any_of_its_parts() -> None:
    parts = ", ".join(criterion(name, rule) for name, rule in {"b": NOTE, "c": BEDS}.items())
    criteria = policy(
        f"{CALL}\ncriteria: [{{id: a, label: A, weight: 100, criteria: [{parts}]}}]\n"
        "selection: {places: 2, thresholds: [{criterion: a, at_least: 40}]}"
    )
    found = needed(evaluated(criteria, {"R-1": "{note: 8, lits: 30}", "X-1": "{note: 6, lits: 5}"}), "X-1")
    assert found == {"b": "« Note » : au moins 7", "c": "« Lits » : au moins 10"}


def test_raw_marks_under_their_minimum_are_brought_up_to_it() -> None:
    evaluation = evaluated(
        call({"a": NOTE, "b": BEDS}, "{places: 2, minimum_mark: 40}"),
        {"R-1": "{note: 8, lits: 30}", "X-1": "{note: 6, lits: 5}"},
    )
    assert needed(evaluation, "X-1") == {"a": "« Note » : au moins 7", "b": "« Lits » : au moins 10"}


def test_a_change_that_closes_a_gate_is_not_promised() -> None:
    gate = "eligibility: [{id: peu, label: Peu de lits, require: {fact: complements.lits, at_most: 20}}]"
    evaluation = evaluated(
        call({"a": NOTE, "b": BEDS}, "{places: 1}", gate), {"R-1": "{note: 8, lits: 0}", "X-1": "{note: 4, lits: 0}"}
    )
    assert needed(evaluation, "X-1") == {"a": "« Note » : au moins 8,5"}


def test_facts_worked_out_from_what_changes_are_worked_out_again() -> None:
    cost = "{kind: linear, fact: calculs.cout, knots: [{at: 0, points: 50}, {at: 100, points: 0}]}"
    evaluation = evaluated(
        call({"a": cost, "b": BEDS}, "{places: 1}"), {"R-1": "{prix: 1000, lits: 20}", "X-1": "{prix: 1000, lits: 10}"}
    )
    status = Retrial(evaluation, standing_of(evaluation, "X-1")).status
    assert status({"complements.lits": 19}) is not Status.SELECTED
    assert status({"complements.lits": 21}) is Status.SELECTED
    assert status({"calculs.cout": Fraction(10)}) is Status.SELECTED


@pytest.mark.parametrize(
    ("selection", "gap", "rule", "answer"),
    [
        ("{places: 1}", 40, NOTE, False),
        ("{places: 1}", 41, NOTE, True),
        ("{places: 1}", 41, PRICE, False),
        (
            "{places: 1, quotas: [{label: Q, when: {fact: complements.lits, at_least: 1}, at_least: 1}]}",
            41,
            NOTE,
            False,
        ),
        ("{budget: {amount: 10, ask: complements.prix}}", 41, NOTE, False),
    ],
)
def test_out_of_reach_is_said_only_when_no_criterion_could_fill_the_gap(
    selection: str, gap: int, rule: str, answer: bool
) -> None:
    criteria = call({"a": rule, "b": NOTE}, selection)
    evaluation = evaluated(criteria, {"R-1": "{prix: 10, note: 8}", "X-1": "{prix: 10, note: 2}"})
    assert is_out_of_reach(criteria, standing_of(evaluation, "X-1").card, Fraction(gap)) is answer
