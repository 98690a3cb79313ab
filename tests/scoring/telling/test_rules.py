"""Rules, conditions and computed facts in the words of an elected official."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from pydantic import TypeAdapter
from tests.scoring.building import catalogue_with, plain, read, rule_of

from ami_scoring.domain.computed import ComputedFact, Parameter, parameter_fact
from ami_scoring.domain.conditions import AnyCondition, Condition
from ami_scoring.domain.facts import MISSING, Fact, Value
from ami_scoring.domain.rules import simple_rules
from ami_scoring.domain.simple_rules import Band
from ami_scoring.exact import Fraction
from ami_scoring.scoring.telling.rules import band_word, computed_word, condition_word, scale_word, scale_words

CONDITION: TypeAdapter[AnyCondition] = TypeAdapter(Condition)
FACTS: Mapping[str, Fact] = catalogue_with(
    [
        {"name": "part", "type": "percentage", "label": "Part"},
        {"name": "n", "type": "integer", "label": "N"},
        {"name": "t", "type": "decimal", "label": "T", "unit": "mois"},
    ]
)
VOTED = [
    "{name: p, label: P, unit: mois, values: [{value: 6}]}",
    "{name: q, label: Q, values: [{value: 6}, {from: 2022-01-01, value: 7}]}",
    "{name: d, label: D, values: [{value: 2022-04-01}]}",
]
FACTS = {
    **FACTS,
    **{fact.name: fact for fact in (parameter_fact(Parameter.model_validate(read(each))) for each in VOTED)},
}
T = FACTS["complements.t"]
RANKS = "les valeurs du groupe rangées de la plus {} à la plus {}, les égales au même rang"


@pytest.mark.parametrize(
    ("band", "word"),
    [
        ("{points: 1}", "toute valeur"),
        ("{below: 6, points: 1}", "moins de 6 mois"),
        ("{up_to: 6, points: 1}", "6 mois ou moins"),
        ("{from: 6, points: 1}", "6 mois ou plus"),
        ("{above: 6, points: 1}", "plus de 6 mois"),
        ("{from: 6, below: 12, points: 1}", "de 6 mois à moins de 12 mois"),
        ("{from: 6, up_to: 12, points: 1}", "de 6 mois à 12 mois inclus"),
        ("{above: 6, below: 12, points: 1}", "plus de 6 mois et moins de 12 mois"),
        ("{above: 6, up_to: 12, points: 1}", "plus de 6 mois et 12 mois inclus"),
    ],
)
def test_a_band_is_said_as_one_reads_it(band: str, word: str) -> None:
    assert plain(band_word(T, Band.model_validate(read(band)))) == word


@pytest.mark.parametrize(
    ("band", "word"),
    [
        ("{below: 2022-04-01, points: 1}", "avant le 1er avril 2022"),
        ("{up_to: 2022-04-01, points: 1}", "jusqu'au 1er avril 2022"),
        ("{from: 2022-04-01, points: 1}", "à partir du 1er avril 2022"),
        ("{above: 2022-04-01, points: 1}", "après le 1er avril 2022"),
        ("{from: 2022-04-01, up_to: 2022-04-30, points: 1}", "du 1er avril 2022 au 30 avril 2022"),
        ("{from: 2022-04-01, below: 2022-04-30, points: 1}", "à partir du 1er avril 2022 et avant le 30 avril 2022"),
        ("{above: 2022-04-01, below: 2022-04-30, points: 1}", "après le 1er avril 2022 et avant le 30 avril 2022"),
    ],
)
def test_a_band_of_dates_is_said_as_one_reads_it(band: str, word: str) -> None:
    assert plain(band_word(FACTS["depose_le"], Band.model_validate(read(band)))) == word


@pytest.mark.parametrize(
    ("condition", "word"),
    [
        ("{fact: zonage, is: ZIP}", "« {zonage} » : ZIP"),
        ("{fact: zonage, is_not: ZIP}", "« {zonage} » : autre que ZIP"),
        ("{fact: zonage, in: [ZIP, ZAC]}", "« {zonage} » : ZIP ou ZAC"),
        ("{fact: zonage, not_in: [ZIP, ZAC]}", "« {zonage} » : autre que ZIP et ZAC"),
        ("{fact: complements.t, at_least: 6}", "« T » d'au moins 6 mois"),
        ("{fact: complements.t, at_most: 6}", "« T » d'au plus 6 mois"),
        ("{fact: complements.t, above: 6}", "« T » de plus de 6 mois"),
        ("{fact: complements.t, below: 6}", "« T » de moins de 6 mois"),
        ("{fact: depose_le, from: 2022-04-01}", "« Date de dépôt » à partir du 1er avril 2022"),
        ("{fact: depose_le, until: 2022-04-01}", "« Date de dépôt » jusqu'au 1er avril 2022"),
        ("{fact: depose_le, after: 2022-04-01}", "« Date de dépôt » après le 1er avril 2022"),
        ("{fact: depose_le, before: 2022-04-01}", "« Date de dépôt » avant le 1er avril 2022"),
        ("{fact: pieces, includes: plan}", "« Pièces fournies » : comprend plan"),
        ("{fact: pieces, includes_any: [plan, devis]}", "« Pièces fournies » : comprend plan ou devis"),
        ("{fact: pieces, includes_all: [plan, devis]}", "« Pièces fournies » : comprend plan et devis"),
        ("{fact: pieces, present: oui}", "« Pièces fournies » : indiqué"),
        ("{fact: pieces, present: non}", "« Pièces fournies » : non indiqué"),
        ("{fact: zonage, is: {fact: porteur.type}}", "« {zonage} » : comme « Type de porteur »"),
        ("{fact: complements.t, at_least: {fact: complements.n}}", "« T » vaut au moins « N »"),
        ("{fact: complements.t, above: {fact: parametres.p}}", "« T » dépasse « P » (6 mois)"),
        ("{fact: complements.t, below: {fact: parametres.q}}", "« T » vaut moins que « Q »"),
        ("{fact: depose_le, after: {fact: parametres.d}}", "« Date de dépôt » après « D » (1er avril 2022)"),
        ("{not: {fact: zonage, is: ZIP}}", "pas (« {zonage} » : ZIP)"),
        (
            "{all: [{fact: zonage, is: ZIP}, {any: [{fact: complements.n, is: 1}, {fact: complements.n, is: 2}]}]}",
            "« {zonage} » : ZIP et (« N » : 1 ou « N » : 2)",
        ),
    ],
)
def test_a_condition_is_said_as_one_reads_it_aloud(condition: str, word: str) -> None:
    expected = word.replace("{zonage}", FACTS["zonage"].label)
    assert plain(condition_word(CONDITION.validate_python(read(condition)), FACTS)) == expected


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("{kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}", "ZIP = 30 ; ZAC = 18 ; sinon 0"),
        ("{kind: lookup, fact: locaux.adaptes, points: {oui: 1, non: 0}}", "oui = 1 ; non = 0"),
        (
            "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 3, non: 2}}, otherwise: 1}",
            "ZIP et oui = 3 ; ZIP et non = 2 ; sinon 1",
        ),
        ("{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 3}}}", "ZIP et oui = 3"),
        (
            "{kind: bands, fact: complements.t, bands: [{below: 6, points: 2}, {from: 6, points: 0.5}]}",
            "moins de 6 mois = 2 ; 6 mois ou plus = 0,5",
        ),
        (
            "{kind: linear, fact: complements.t, knots: [{at: 0, points: 4}, {at: 6, points: 0}]}",
            "0 mois = 4 ; 6 mois = 0 ; en ligne droite entre ces valeurs, constant au-delà",
        ),
        (
            "{kind: linear, fact: complements.t, knots: [{at: 0, points: 4}, {at: 6, points: 0}], outside: refuse}",
            "0 mois = 4 ; 6 mois = 0 ; en ligne droite entre ces valeurs, refusé au-delà",
        ),
        ("{kind: per_unit, fact: complements.n, points: 2}", "2 points par unité"),
        (
            "{kind: per_unit, fact: complements.t, points: 2, every: 3, after: 1, count: started, at_most: 8}",
            "2 points par tranche commencée de 3 mois au-delà de 1 mois ; 8 au plus",
        ),
        (
            "{kind: judgement, on: projet, highest: 5, step: 0.5, aggregate: median}",
            "note de 0 à 5 par pas de 0,5, médiane des avis",
        ),
        ("{kind: judgement, on: projet, lowest: 1, highest: 5}", "note de 1 à 5, moyenne des avis"),
        (
            "{kind: judgement, on: projet, required: 2, tiers: {A: {points: 5, text: Oui.}, B: {points: 0, text: N}}}",
            "A = 5 (Oui) ; B = 0 (N) ; moyenne des avis ; 2 avis requis",
        ),
        (
            "{kind: judgement, on: projet, highest: 5, discuss_above: 3}",
            "note de 0 à 5, moyenne des avis ; à discuter si l'écart entre avis dépasse 3",
        ),
        (
            "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1, non: impossible}}}",
            "ZIP et oui = 1 ; ZIP et non s'excluent",
        ),
        (
            "{kind: relative, fact: complements.t, best: lowest, points: 4}",
            "4 points × la plus basse du groupe ÷ la sienne",
        ),
        (
            "{kind: relative, fact: complements.t, best: highest, points: 1}",
            "1 point × la sienne ÷ la plus haute du groupe",
        ),
        (
            "{kind: relative, fact: complements.t, best: highest, by_rank: [4, 1], within: porteur.type}",
            "rang 1 = 4 ; rang 2 = 1 ; rangs suivants = 0 ; "
            + RANKS.format("haute", "basse")
            + " ; le groupe : celles qui"
            " ont le même « Type de porteur »",
        ),
        (
            "{kind: relative, fact: complements.t, best: lowest, by_rank: [4]}",
            "rang 1 = 4 ; rangs suivants = 0 ; " + RANKS.format("basse", "haute"),
        ),
    ],
)
def test_a_scale_is_written_whole(rule: str, word: str) -> None:
    (simple,) = simple_rules(rule_of(rule))
    known = {**FACTS, "avis.projet": FACTS["zonage"]}
    assert plain(scale_word(simple, known)) == word


@pytest.mark.parametrize(
    ("operation", "word"),
    [
        ("ratio: {of: complements.n, to: complements.t}", "N ÷ T = 4 ÷ 2,5 mois"),
        ("difference: {of: complements.n, minus: 1}", "N − 1 = 4 − 1"),
        ("sum_of: [complements.n, 1/2, complements.t]", "N + 0,5 + T = 4 + 0,5 + 2,5 mois"),
        ("product_of: [complements.n, complements.t]", "N × T = 4 × 2,5 mois"),
        ("highest_of: [complements.n, 3]", "la plus grande de (N ; 3) = la plus grande de (4 ; 3)"),
        ("lowest_of: [complements.n, 3]", "la plus petite de (N ; 3) = la plus petite de (4 ; 3)"),
        (
            "days: {from: depose_le, to: locaux.disponibles_le}",
            "Date de dépôt → Date de disponibilité des locaux = 1er avril 2022 → non renseigné",
        ),
        ("rule: {kind: per_unit, fact: complements.n, points: 1}", "points que donne la règle de cette donnée"),
    ],
)
def test_a_computed_fact_shows_its_working(operation: str, word: str) -> None:
    computed = ComputedFact.model_validate(read(f"{{name: r, label: R, {operation}}}"))
    values: dict[str, Value] = {
        "complements.n": 4,
        "complements.t": Fraction(5, 2),
        "depose_le": date(2022, 4, 1),
        "locaux.disponibles_le": MISSING,
    }
    assert plain(computed_word(computed, values, FACTS)) == word


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            (
                "{kind: checklist, at_most: 5, at_least: 1, exclusive: [[a, b]], items: ["
                "{id: a, label: A, if: {fact: complements.n, at_least: 2}, points: 2}, "
                "{id: b, label: B, if: {fact: complements.n, at_least: 4}, points: 4}]}"
            ),
            ["A = 2 ; B = 4 ; de « A » et « B », le meilleur seul compte ; 5 au plus ; 1 au moins"],
        ),
        (
            (
                "{kind: cases, otherwise: 2, rows: [{if: {fact: complements.n, is: 1}, points: 1}, "
                "{if: {fact: complements.n, is: 2}, rule: {kind: per_unit, fact: complements.n, points: 1}}]}"
            ),
            ["le premier cas rempli l'emporte ; sinon 2", "N : 1 point par unité"],
        ),
        (
            "{kind: best_of, at_most: 3, rules: [{kind: per_unit, fact: complements.n, points: 1}]}",
            ["le meilleur compte ; 3 au plus", "N : 1 point par unité"],
        ),
        (
            "{kind: relative, fact: complements.n, best: highest, points: 4}",
            ["N : 4 points × la sienne ÷ la plus haute du groupe"],
        ),
    ],
)
def test_the_scale_of_a_whole_rule_says_where_it_stops_and_what_it_gives_otherwise(rule: str, words: list[str]) -> None:
    assert [plain(each) for each in scale_words(rule_of(rule), FACTS)] == words
