"""Examples are proposed for computed facts, gates and caps too, and for whatever policy; all of them hold."""

from __future__ import annotations

from hypothesis import given, settings
from tests.scoring.building import rule_of
from tests.scoring.test_whole_policies import fitted
from tests.scoring.whole_policies import Data, whole_policies

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.scoring.examples.branches import takes
from ami_scoring.scoring.examples.proposals import propose
from ami_scoring.scoring.examples.search import MAX_TRIALS, find
from ami_scoring.scoring.values.proposed import Trial

from .proposing import assert_complete, errors, proposed, told

COMPUTED = """
computed:
  - {name: r, label: Rapport, ratio: {of: complements.d, to: complements.libre}}
  - {name: b, label: Barème, rule: {kind: bands, fact: calculs.r, bands: [{below: 1, points: 0}, {from: 1, points: 2}]}}
  - {name: s, label: Somme, sum_of: [calculs.b, 2/3]}
"""
READ = (
    "{id: c, label: C, open_ended: oui, rule: {kind: per_unit, fact: calculs.s, points: 1, count: exact, at_most: 9}}"
)


def test_computed_facts_are_worked_out_in_an_example_of_a_criterion_that_reads_them() -> None:
    found, examples = proposed(f"{COMPUTED}criteria: [{READ}]")
    assert found.out_of_reach == ()
    assert examples[-2:] == [
        {"given": {"complements.d": "5", "complements.libre": "-1"}, "points": "2/3"},
        {"given": {"calculs.r": "1"}, "points": "8/3"},
    ]


def test_a_computed_fact_that_only_a_gate_reads_is_worked_out_in_a_whole_candidature() -> None:
    gate = "eligibility: [{id: g, label: Porte, require: {fact: calculs.b, at_least: 2}}]"
    rule = "{id: c, label: C, open_ended: oui, rule: {kind: lookup, fact: complements.o, points: {oui: 1, non: 0}}}"
    found, examples = proposed(f"{COMPUTED}{gate}\ncriteria: [{rule}]")
    assert found.out_of_reach == (("computed", 2),)
    assert examples[-2:] == [
        {"given": {"complements.d": "5", "complements.libre": "-1"}, "refused": ["g"]},
        {"given": {"calculs.r": "1", "complements.o": "oui"}, "total": "1"},
    ]


def test_a_computed_fact_that_nothing_reads_has_no_example() -> None:
    rule = "{id: c, label: C, open_ended: oui, rule: {kind: lookup, fact: complements.o, points: {oui: 1, non: 0}}}"
    found, _ = proposed(f"computed: [{{name: r, label: R, ratio: {{of: complements.d, to: 2}}}}]\ncriteria: [{rule}]")
    assert found.out_of_reach == (("computed", 0),)


GATES = """
eligibility:
  - {id: taille, label: Trois lits, require: {fact: complements.n, at_least: 3}}
  - id: milieu
    label: Milieu rural
    require: {any: [{fact: complements.m, is: rural}, {fact: complements.n, at_least: 3}]}
  - {id: date, label: Sans date, require: {fact: complements.j, present: non}}
criteria:
  - id: c
    label: C
    open_ended: oui
    rule: {kind: lookup, fact: complements.o, points: {oui: 1, non: 0}}
    examples: [{given: {complements.o: oui}, points: 1}, {given: {complements.o: non}, points: 0}]
"""


def test_gates_are_met_by_a_whole_candidature_and_refused_one_by_one_where_that_can_be() -> None:
    _, examples = proposed(GATES)
    assert examples == [
        {"given": {"complements.n": "3", "complements.o": "oui"}, "total": "1"},
        {"given": {"complements.n": "2"}, "refused": ["taille"]},
        {"given": {"complements.n": "2", "complements.m": "urbain"}, "refused": ["taille", "milieu"]},
        {"given": {"complements.j": "2022-01-01"}, "refused": ["date"]},
    ]


CAPPED = """
criteria:
  - id: c
    label: Environnement
    weight: 0
    bonus: oui
    capped: oui
    criteria:
      - {id: c.a, label: A, weight: 3, rule: {kind: per_unit, fact: complements.n, points: 1, at_most: 3}}
      - id: c.b
        label: B
        weight: 2
        capped: oui
        criteria:
          - id: c.b.a
            label: BA
            weight: 2
            out_of: 4
            rule: {kind: lookup, fact: complements.o, points: {oui: 4, non: 0}}
          - {id: c.b.b, label: BB, weight: 1, rule: {kind: lookup, fact: complements.p, points: {oui: 1, non: 0}}}
      - id: c.c
        label: D
        weight: 1
        criteria:
          - id: c.c.a
            label: DA
            weight: 1
            rule: {kind: lookup, fact: complements.m, points: {rural: 1}, otherwise: 0}
"""


def test_a_cap_acts_in_a_whole_candidature() -> None:
    text = CAPPED.replace("weight: 0", "weight: 5")
    assert [word for word in told(text) if "plafonné" in word] == [
        "« Environnement » : plafonné à 5",
        "« B » : plafonné à 2",
    ]
    found, examples = proposed(text)
    assert found.out_of_reach == ()
    assert "total" in examples[-1]


def test_a_cap_that_never_acts_is_told() -> None:
    found, _ = proposed(CAPPED.replace("weight: 0", "weight: 6"))
    assert found.out_of_reach == (("criteria", 0, "capped"),)


def test_a_total_with_too_many_digits_is_not_proposed() -> None:
    gate = "eligibility: [{id: g, label: Porte, require: {fact: complements.n, at_least: 3}}]"
    leaves = [
        f"{{id: c{place}, label: C, open_ended: oui, rule: {{kind: lookup, fact: complements.{name},"
        f" points: {{oui: 1/{digits}, non: 2/{digits}}}}}}}"
        for place, (name, digits) in enumerate({"o": "999999999999989", "p": "123456789012347"}.items())
    ]
    found, _ = proposed(f"{gate}\ncriteria: [{', '.join(leaves)}]")
    assert found.out_of_reach == (("eligibility", 0, "<met>"),)


@settings(deadline=None, max_examples=40)
@given(whole_policies())
def test_whatever_the_policy_its_proposals_hold(data: Data) -> None:
    try:
        data = fitted(data)
        criteria = Criteria.model_validate(data)
    except InvalidDataError:
        return
    if errors(criteria):
        return
    assert_complete(data, propose(criteria))


def test_marks_on_several_subjects_are_tried_apart() -> None:
    found, examples = proposed(
        "{kind: sum_of, rules: [{kind: judgement, on: projet, highest: 5}, {kind: judgement, on: equipe, highest: 3}]}"
    )
    assert found.out_of_reach == ()
    assert examples[0] == {"given": {"avis.projet": ["0", "5"], "avis.equipe": ["3"]}, "points": "5.5"}


def test_an_item_waits_for_its_rivals() -> None:
    rule = rule_of(
        "{kind: checklist, exclusive: [[a, b]], items: ["
        "{id: a, label: A, if: {fact: locaux.adaptes, is: oui}, points: 1},"
        "{id: b, label: B, if: {fact: locaux.accessibles, is: oui}, points: 2}]}"
    )
    known: dict[str, Value] = {"locaux.adaptes": True, "locaux.accessibles": MISSING}
    assert takes(rule, ("items", 0), known) is None
    assert takes(rule, ("items", 0), {**known, "locaux.accessibles": False}) is True
    assert takes(rule, ("items", 0), {**known, "locaux.accessibles": True}) is False


def test_a_search_ends_even_when_nothing_is_ever_said() -> None:
    asked: list[object] = []
    options = {name: [Trial(str(value), value) for value in range(9)] for name in "abcdefgh"}
    assert (
        find(options, lambda values: asked.append(values) if values["h"] != MISSING else None, lambda _: None) is None
    )
    assert 0 < len(asked) <= MAX_TRIALS
