"""What examples leave out is measured branch by branch, and the examples proposed for it hold when they are pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import given, settings
from pydantic import ValidationError
from tests.scoring.building import read, rule_of
from tests.scoring.test_whole_policies import fitted
from tests.scoring.whole_policies import Data, whole_policies

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Value
from ami_scoring.findings import Severity
from ami_scoring.scoring.checks.criteria import check_criteria
from ami_scoring.scoring.examples.branches import takes
from ami_scoring.scoring.examples.coverage import Coverage, Proposal, measure
from ami_scoring.scoring.examples.places import place_word
from ami_scoring.scoring.examples.proposals import propose
from ami_scoring.scoring.examples.search import MAX_TRIALS, find
from ami_scoring.scoring.values.proposed import Trial

FRAME = """
language: 1
call: {title: Appel d'essai, edition: essai, authority: Comité}
total: 0
waves: [{id: v1, closes: 2022-09-30}]
facts:
  - {name: n, type: integer, label: Lits, minimum: 0, maximum: 9}
  - {name: d, type: decimal, label: Durée, minimum: 0, maximum: 10}
  - {name: pas, type: decimal, label: Note, minimum: 0, maximum: 20, step: 0.5}
  - {name: libre, type: decimal, label: Écart}
  - {name: m, type: choice, label: Milieu, choices: [rural, urbain]}
  - {name: o, type: boolean, label: Accord}
  - {name: p, type: boolean, label: Plan}
  - {name: t, type: text, label: Mot}
  - {name: l, type: list, label: Pièces}
  - {name: j, type: date, label: Début}
  - {name: k, type: date, label: Fin}
selection: {places: 1}
"""


def policy_of(text: str) -> Data:
    """Make a policy; a text that gives only a rule is that of its one criterion, without a maximum."""
    data = read(text)
    if "kind" in data:
        data = {"criteria": [{"id": "c", "label": "Critère", "open_ended": "oui", "down_to": "-99", "rule": data}]}
    return {**read(FRAME), **data}


def pasted(data: Data, proposals: Sequence[Proposal]) -> Criteria:
    data = deepcopy(data)
    for proposal in proposals:
        node: Any = data
        for part in proposal.owner:
            node = node[part]
        node.setdefault("examples", []).append(dict(proposal.example))
    return Criteria.model_validate(data)


def proposed(text: str) -> tuple[Coverage, list[Mapping[str, Any]]]:
    """Propose, and prove that what is proposed holds and leaves nothing else out."""
    data = policy_of(text)
    criteria = Criteria.model_validate(data)
    assert errors(criteria) == []
    found = propose(criteria)
    assert_complete(data, found)
    return found, [proposal.example for proposal in found.proposals]


def assert_complete(data: Data, found: Coverage) -> None:
    criteria = pasted(data, found.proposals)
    assert errors(criteria) == []
    assert set(measure(criteria).missed) == set(found.out_of_reach)


def errors(criteria: Criteria) -> list[Any]:
    return [problem for problem in check_criteria(criteria) if problem.severity is Severity.ERROR]


def told(text: str) -> list[str]:
    criteria = Criteria.model_validate(policy_of(text))
    return [place_word(place, criteria).removeprefix("« Critère » : ") for place in measure(criteria).places]


RULES = {
    "{kind: lookup, fact: complements.m, points: {rural: 1, urbain: 2}, otherwise: 0}": ["rural", "urbain"],
    "{kind: lookup, fact: complements.m, points: {rural: 1}, otherwise: 0}": ["rural", "toute autre valeur"],
    "{kind: lookup, fact: complements.n, points: {3: 1}, otherwise: 0}": ["3", "toute autre valeur"],
    "{kind: lookup, fact: complements.t, points: {Oui mais: 1}, otherwise: 0}": ["Oui mais", "toute autre valeur"],
    "{kind: table, rows: complements.m, columns: complements.o, points: {rural: {oui: 1, non: 0}}, otherwise: 2}": [
        "rural et oui",
        "rural et non",
        "toute autre valeur",
    ],
    "{kind: table, rows: complements.m, columns: complements.o,"
    " points: {rural: {oui: 1, non: 0}, urbain: {oui: 1, non: 0}}, otherwise: 2}": [
        "rural et oui",
        "rural et non",
        "urbain et oui",
        "urbain et non",
    ],
    "{kind: table, rows: complements.m, columns: complements.t, points: {rural: {a: 1}}, otherwise: 2}": [
        "rural et a",
        "toute autre valeur",
    ],
    "{kind: bands, fact: complements.n, bands: [{below: 3, points: 0}, {from: 3, points: 1}]}": [
        "moins de 3",
        "3 ou plus",
    ],
    "{kind: bands, fact: complements.j, bands: [{below: 2022-01-01, points: 0}, {from: 2022-01-01, points: 1}]}": [
        "avant le 1er janvier 2022",
        "à partir du 1er janvier 2022",
    ],
    "{kind: bands, fact: complements.pas, bands: [{up_to: 9.9, points: 0}, {above: 9.9, points: 1}]}": [
        "9,9 ou moins",
        "plus de 9,9",
    ],
    "{kind: linear, fact: complements.d, knots: [{at: 2, points: 0}, {at: 4, points: 1}, {at: 6, points: 5}]}": [
        "moins de 2",
        "de 2 à 4",
        "de 4 à 6",
        "plus de 6",
    ],
    "{kind: linear, fact: complements.d, knots: [{at: 0, points: 0}, {at: 10, points: 1}]}": ["de 0 à 10"],
    "{kind: table, rows: complements.m, columns: complements.o, otherwise: 2,"
    " points: {rural: {oui: 1, non: impossible}}}": [
        "rural et oui",
        "toute autre valeur",
    ],
    "{kind: relative, fact: complements.n, best: highest, by_rank: [3, 2], within: complements.m}": [
        "rang 1",
        "rang 2",
        "rang au-delà de 2",
    ],
    "{kind: cases, otherwise: 0, rows: [{if: {fact: complements.t, is: {fact: complements.m}}, points: 1},"
    " {if: {fact: complements.j, before: {fact: complements.k}}, points: 2},"
    " {if: {fact: complements.d, at_most: {fact: complements.n}}, points: 3}]}": [
        "ligne 1, « Mot » : comme « Milieu »",
        "ligne 2, « Début » avant « Fin »",
        "ligne 3, « Durée » vaut au plus « Lits »",
        "aucun des cas prévus",
    ],
    "{kind: linear, fact: complements.libre, knots: [{at: 2, points: 0}, {at: 4, points: 1}]}": [
        "moins de 2",
        "de 2 à 4",
        "plus de 4",
    ],
    "{kind: linear, fact: complements.d, outside: refuse, knots: [{at: 2, points: 0}, {at: 4, points: 1}]}": [
        "de 2 à 4"
    ],
    "{kind: per_unit, fact: complements.n, points: 2/3}": ["aucune tranche", "des tranches"],
    "{kind: per_unit, fact: complements.d, after: 2, every: 3, points: 1, at_most: 1}": [
        "aucune tranche",
        "des tranches",
        "plafond de 1",
    ],
    "{kind: per_unit, fact: complements.n, points: -1}": ["aucune tranche", "des tranches"],
    "{kind: judgement, on: projet, lowest: 1, highest: 4, step: 1}": ["plusieurs avis"],
    "{kind: judgement, on: projet, highest: 4, aggregate: consensus}": ["plusieurs avis"],
    "{kind: judgement, on: projet, required: 3, tiers: {A: {points: 4, text: A}, B: {points: 1, text: B}}}": [
        "plusieurs avis"
    ],
    "{kind: relative, fact: complements.d, best: highest, points: 4}": [
        "la meilleure valeur du groupe",
        "une autre valeur que la meilleure",
    ],
    "{kind: relative, fact: complements.n, best: lowest, points: 4}": [
        "la meilleure valeur du groupe",
        "une autre valeur que la meilleure",
    ],
    "{kind: checklist, at_most: 3, at_least: 0, exclusive: [[a, b]], items: ["
    "{id: a, label: Deux, if: {fact: complements.n, at_least: 2}, points: 2},"
    "{id: b, label: Quatre, if: {fact: complements.n, at_least: 4}, points: 3},"
    "{label: Plan, if: {fact: complements.l, includes: plan}, points: 2},"
    "{label: Retard, if: {fact: complements.o, is: non}, points: -1}]}": [
        "Deux",
        "Quatre",
        "Plan",
        "Retard",
        "plafond de 3",
        "plancher de 0",
    ],
    "{kind: cases, otherwise: 0, rows: ["
    "{if: {all: [{fact: complements.o, is: oui}, {not: {fact: complements.m, in: [rural]}}]}, points: 1},"
    "{if: {fact: complements.m, is: rural}, rule: {kind: per_unit, fact: complements.n, points: 1}},"
    "{if: {fact: complements.j, present: oui}, points: 4}]}": [
        "ligne 1, « Accord » : oui et pas (« Milieu » : rural)",
        "ligne 2, aucune tranche",
        "ligne 2, des tranches",
        "ligne 3, « Début » : indiqué",
        "aucun des cas prévus",
    ],
    "{kind: best_of, at_most: 4, at_least: 1, rules: ["
    "{kind: per_unit, fact: complements.n, points: 1},"
    "{kind: lookup, fact: complements.o, points: {oui: 3, non: 0}}]}": [
        "la règle 1 l'emporte",
        "règle 1, aucune tranche",
        "règle 1, des tranches",
        "la règle 2 l'emporte",
        "règle 2, oui",
        "règle 2, non",
        "plafond de 4",
        "plancher de 1",
    ],
    "{kind: worst_of, rules: [{kind: lookup, fact: complements.o, points: {oui: 3, non: 0}}]}": [
        "la règle 1 l'emporte",
        "règle 1, oui",
        "règle 1, non",
    ],
    "{kind: worst_of, rules: [{kind: lookup, fact: complements.o, points: {oui: 3, non: 0}},"
    "{kind: lookup, fact: complements.p, points: {oui: 2, non: 1}}]}": [
        "la règle 1 l'emporte",
        "règle 1, oui",
        "règle 1, non",
        "la règle 2 l'emporte",
        "règle 2, oui",
        "règle 2, non",
    ],
    "{kind: cases, otherwise: 0, rows: [{if: {fact: complements.o, is: oui}, rule: {kind: sum_of, at_most: 5, rules: ["
    "{kind: per_unit, fact: complements.n, points: 1},"
    "{kind: best_of, rules: [{kind: lookup, fact: complements.p, points: {oui: 1, non: 0}}]}]}}]}": [
        "ligne 1, règle 1, aucune tranche",
        "ligne 1, règle 1, des tranches",
        "ligne 1, règle 2, la règle 1 l'emporte",
        "ligne 1, règle 2, règle 1, oui",
        "ligne 1, règle 2, règle 1, non",
        "ligne 1, plafond de 5",
        "aucun des cas prévus",
    ],
}


@pytest.mark.parametrize(("rule", "words"), RULES.items(), ids=[words[-1] for words in RULES.values()])
def test_every_branch_is_named_and_gets_an_example_that_holds(rule: str, words: list[str]) -> None:
    assert told(rule) == words
    found, _ = proposed(rule)
    assert found.missed == found.places
    assert found.out_of_reach == ()


def test_an_example_gives_no_fact_that_changes_nothing() -> None:
    _, examples = proposed(
        "{kind: cases, otherwise: 0, rows: [{if: {fact: complements.o, is: oui}, points: 1},"
        " {if: {fact: complements.n, above: 3}, points: 2}]}"
    )
    assert examples == [
        {"given": {"complements.o": "oui"}, "points": "1"},
        {"given": {"complements.o": "non", "complements.n": "4"}, "points": "2"},
        {"given": {"complements.o": "non", "complements.n": "3"}, "points": "0"},
    ]


def test_one_example_may_serve_several_branches() -> None:
    _, examples = proposed(
        "{kind: sum_of, rules: [{kind: lookup, fact: complements.o, points: {oui: 1, non: 0}},"
        " {kind: lookup, fact: complements.p, points: {oui: 1, non: 0}}]}"
    )
    assert len(examples) == 3


DOMINATED = (
    "{kind: best_of, rules: [{kind: lookup, fact: complements.o, points: {oui: 3, non: 1}},"
    " {kind: lookup, fact: complements.p, points: {oui: 1, non: 0}}]}"
)


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        (
            "{kind: cases, otherwise: 0, rows: [{if: {fact: complements.n, at_most: 9}, points: 1}]}",
            "aucun des cas prévus",
        ),
        ("{kind: per_unit, fact: complements.n, points: 1, at_most: 9}", "plafond de 9"),
        (DOMINATED, "la règle 2 l'emporte"),
    ],
)
def test_a_branch_that_nothing_reaches_is_told(rule: str, word: str) -> None:
    found, _ = proposed(rule)
    criteria = Criteria.model_validate(policy_of(rule))
    assert [place_word(place, criteria) for place in found.out_of_reach] == [f"« Critère » : {word}"]


def test_points_with_too_many_digits_to_be_written_are_not_proposed() -> None:
    parts = (
        f"{{kind: lookup, fact: complements.{name}, points: {{oui: 1/123456789012347, non: 1/999999999999989}}}}"
        for name in ("o", "p")
    )
    rule = f"{{kind: sum_of, rules: [{', '.join(parts)}]}}"
    found, examples = proposed(rule)
    assert [example["given"] for example in examples] == [
        {"complements.o": "oui", "complements.p": "oui"},
        {"complements.o": "non", "complements.p": "non"},
    ]
    assert found.out_of_reach == ()


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
    except ValidationError:
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
