"""What the examples of a rule leave out is measured branch by branch, and an example is proposed for each."""

from __future__ import annotations

import pytest

from ami_scoring.domain.criteria import Criteria
from ami_scoring.scoring.examples.places import place_word

from .proposing import policy_of, proposed, told

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
