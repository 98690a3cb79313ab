"""What people read: rules, working, reasons, and what would have sufficed, in whole French sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.scoring.building import ORIGIN, catalogue_with, plain, policy, read, rule_of, scored, values_of

from ami_scoring.domain.computed import ComputedFact
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation, Provenance
from ami_scoring.domain.facts import MISSING, Missing, Opinions, Value
from ami_scoring.domain.simple_rules import Bands, SimpleRule
from ami_scoring.domain.standings import Cut, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.scoring.marks import engine
from ami_scoring.scoring.marks.eligibility import refusals
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.sufficient.search import what_would_suffice
from ami_scoring.scoring.telling.marks import sentence
from ami_scoring.scoring.telling.rules import band_word, computed_word, scale_word
from ami_scoring.scoring.words.closing import closing_sentences
from ami_scoring.scoring.words.reasons import missing_items
from ami_scoring.scoring.words.wording import value_word

DECLARED: list[dict[str, Any]] = [
    {"name": "n", "type": "integer", "label": "Postes", "minimum": "0", "maximum": "9", "unit": "postes"},
    {"name": "d", "type": "decimal", "label": "Durée"},
    {"name": "b", "type": "boolean", "label": "Accord"},
    {"name": "t", "type": "date", "label": "Jour"},
]
FACTS = catalogue_with(DECLARED)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("{kind: lookup, fact: complements.b, points: {oui: 3, non: 1}}", "oui = 3 ; non = 1"),
        ("{kind: lookup, fact: complements.b, points: {oui: 3}, otherwise: 0}", "oui = 3 ; sinon 0"),
        (
            "{kind: bands, fact: complements.n, bands: [{below: 2, points: 0}, {from: 2, points: 1}]}",
            "moins de 2 postes = 0 ; 2 postes ou plus = 1",
        ),
        (
            "{kind: linear, fact: complements.d, knots: [{at: 0, points: 0}, {at: 2, points: 1}]}",
            "0 = 0 ; 2 = 1 ; en ligne droite entre ces valeurs, constant au-delà",
        ),
        (
            "{kind: linear, fact: complements.d, outside: refuse, knots: [{at: 0, points: 0}, {at: 2, points: 1}]}",
            "0 = 0 ; 2 = 1 ; en ligne droite entre ces valeurs, refusé au-delà",
        ),
        (
            "{kind: per_unit, fact: complements.n, points: 2, every: 3, after: 1, count: started}",
            "2 points par tranche commencée de 3 postes au-delà de 1 poste",
        ),
        ("{kind: per_unit, fact: complements.d, points: 1, at_most: 4}", "1 point par unité entière ; 4 au plus"),
        (
            "{kind: table, rows: complements.b, columns: complements.n, points: {oui: {2: 5}}}",
            "oui et 2 = 5",
        ),
        (
            "{kind: table, rows: complements.b, columns: complements.n, points: {oui: {2: 5}}, otherwise: 0}",
            "oui et 2 = 5 ; sinon 0",
        ),
    ],
)
def test_the_whole_scale_of_a_rule_is_written(rule: str, words: str) -> None:
    made = rule_of(rule)
    assert isinstance(made, SimpleRule)
    assert plain(scale_word(made, FACTS)) == words


def test_the_scales_of_people_and_pools_are_written() -> None:
    judged = "{kind: judgement, on: x, highest: 5, STEP aggregate: consensus}"
    compared = "{kind: relative, fact: complements.n, best: END, points: 4}"
    text = "criteria: [{id: a, label: A, weight: 100, rule: RULE}]\nfacts: [{name: n, type: integer, label: N}]"
    told = {}
    for rule in (
        judged.replace("STEP", ""),
        judged.replace("STEP", "step: 0.5,"),
        *(compared.replace("END", e) for e in ("lowest", "highest")),
    ):
        made = rule_of(rule)
        assert isinstance(made, SimpleRule)
        told[rule] = plain(scale_word(made, policy(text.replace("RULE", rule)).catalogue))
    assert list(told.values()) == [
        "note de 0 à 5, accord de tous les avis",
        "note de 0 à 5 par pas de 0,5, accord de tous les avis",
        "4 points × la plus basse du groupe ÷ la sienne",
        "4 points × la sienne ÷ la plus haute du groupe",
    ]


@pytest.mark.parametrize(
    ("fact", "band", "words"),
    [
        ("n", "{points: 1}", "toute valeur"),
        ("n", "{up_to: 3, points: 1}", "3 postes ou moins"),
        ("n", "{above: 3, points: 1}", "plus de 3 postes"),
        ("n", "{above: 3, up_to: 6, points: 1}", "plus de 3 postes et 6 postes inclus"),
        ("t", "{below: 2022-04-01, points: 1}", "avant le 1er avril 2022"),
        ("t", "{up_to: 2022-04-01, points: 1}", "jusqu'au 1er avril 2022"),
        ("t", "{from: 2022-04-01, points: 1}", "à partir du 1er avril 2022"),
        ("t", "{from: 2022-04-01, up_to: 2022-04-03, points: 1}", "du 1er avril 2022 au 3 avril 2022"),
        ("t", "{above: 2022-04-01, below: 2022-04-03, points: 1}", "après le 1er avril 2022 et avant le 3 avril 2022"),
        ("n", "{from: 3, below: 6, points: 1}", "de 3 postes à moins de 6 postes"),
    ],
)
def test_a_band_is_read_aloud(fact: str, band: str, words: str) -> None:
    name = f"complements.{fact}"
    rule = rule_of(f"{{kind: bands, fact: {name}, bands: [{band}]}}")
    assert isinstance(rule, Bands)
    assert plain(band_word(FACTS[name], rule.bands[0])) == words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (MISSING, "non renseigné"),
        (Missing(at_least=1, at_most=3), "non renseigné (entre 1 et 3)"),
        (Fraction(10, 3), "3,33 postes (exactement 10/3)"),
        (frozenset(), "aucun"),
        (Opinions((Fraction(3), Fraction(4))), "2 avis : 3 ; 4"),
        (Opinions((Fraction(3),), 1), "1 avis : 3 (1 écarté pour conflit d'intérêts)"),
    ],
)
def test_a_value_is_written_with_its_unit_or_what_is_known_of_it(value: Value, words: str) -> None:
    assert plain(value_word(FACTS["complements.n"], value)) == words


@pytest.mark.parametrize(
    ("operation", "words"),
    [
        ("ratio: {of: complements.n, to: 3}", "Postes ÷ 3 = 6 postes ÷ 3"),
        ("difference: {of: complements.n, minus: 1}", "Postes − 1 = 6 postes − 1"),
        ("sum_of: [complements.n, 1]", "Postes + 1 = 6 postes + 1"),
        ("product_of: [complements.n, 2]", "Postes × 2 = 6 postes × 2"),
        ("highest_of: [complements.n, 2]", "la plus grande de (Postes ; 2) = la plus grande de (6 postes ; 2)"),
        ("lowest_of: [complements.n, 2]", "la plus petite de (Postes ; 2) = la plus petite de (6 postes ; 2)"),
        ("months: {from: complements.n, to: complements.n}", "Postes → Postes = 6 postes → 6 postes"),
        ("rule: {kind: per_unit, fact: complements.n, points: 1}", "points que donne la règle de cette donnée"),
    ],
)
def test_the_working_of_a_computed_fact_is_shown(operation: str, words: str) -> None:
    computed = ComputedFact.model_validate(read(f"{{name: r, label: R, {operation}}}"))
    assert plain(computed_word(computed, {"complements.n": 6}, FACTS)) == words


# --- What would have sufficed -----------------------------------------------------------------------------------------

CHECKS = (
    "{kind: checklist, exclusive: [[u, v]], items: ["
    "{id: u, label: Un, if: {fact: complements.n, at_least: 1}, points: 2}, "
    "{id: v, label: Deux, if: {fact: complements.n, at_least: 2}, points: 3}, "
    "{label: Accord, if: {fact: complements.b, is: oui}, points: 2}]}"
)
STARTED = "{kind: per_unit, fact: complements.d, points: 2, count: started, at_most: 8}"
FALLING = "{{kind: linear, fact: complements.{}, knots: [{{at: 0, points: 9}}, {{at: {}, points: 0}}]}}"
BY_CASE = (
    "{kind: cases, otherwise: 0, rows: [{if: {fact: complements.b, is: oui}, points: 9}, "
    "{if: {fact: complements.n, at_least: 1}, rule: {kind: per_unit, fact: complements.n, points: 2, at_most: 8}}]}"
)


@pytest.mark.parametrize(
    ("rule", "given", "gap", "ways"),
    [
        (CHECKS, {"n": 2, "b": "non"}, 2, ["« Accord »"]),
        (CHECKS, {"n": 2, "b": "non"}, 3, []),
        (BY_CASE, {"n": 2, "b": "non"}, 3, ["« Accord » : oui ; ou « Postes » : au moins 4 postes"]),
        (BY_CASE, {"n": 0, "b": "non"}, 9, ["« Accord » : oui"]),
        ("{kind: judgement, on: x, highest: 9}", {}, 1, ["« Avis sur “x” » : une note d'au moins 4 sur 9"]),
        (STARTED, {"d": "1"}, 2, ["« Durée » : plus de 1"]),
        (FALLING.format("d", 9), {"d": 5}, 2, ["« Durée » : au plus 3"]),
        ("{kind: linear, fact: complements.d, knots: [{at: 0, points: 0}, {at: 9, points: 9}]}", {"d": 5}, 20, []),
        (FALLING.format("n", 6), {"n": 6}, 2, ["« Postes » : au plus 4 postes"]),
    ],
)  # fmt: skip
def test_the_least_change_that_suffices_is_told(rule: str, given: dict[str, Any], gap: int, ways: list[str]) -> None:
    text = f"facts: {DECLARED}\ncriteria: [{{id: a, label: A, weight: 9, rule: {rule}}}]"
    criteria = policy(text)
    values = values_of(
        rule_of(rule), {f"complements.{name}": str(raw) for name, raw in given.items()}, criteria.catalogue
    )
    if "judgement" in rule:
        values = {"avis.x": Opinions((Fraction(3),))}
    total = score(criteria, values).total
    assert total is not None

    def works(changes: Mapping[str, Value]) -> bool:
        reached = score(criteria, {**values, **changes}).total
        return reached is not None and reached >= total + gap

    found = what_would_suffice(criteria, score(criteria, values), [Fraction(gap)], works)
    assert [plain(way) for _, way in found] == ways


# --- Reasons ----------------------------------------------------------------------------------------------------------


def test_a_two_way_table_out_of_its_cells_and_a_value_out_of_its_domain_give_nothing_and_say_so() -> None:
    table = "{kind: table, rows: complements.b, columns: complements.n, points: {oui: {2: 5}}}"
    line = "{kind: linear, fact: complements.n, outside: refuse, knots: [{at: 3, points: 0}, {at: 4, points: 5}]}"
    said = []
    for rule in (table, line):
        criteria = policy(f"facts: {DECLARED}\ncriteria: [{{id: a, label: A, weight: 9, rule: {rule}}}]")
        card = score(criteria, {"complements.b": True, "complements.n": 1})
        said.append(plain(sentence(criteria.by_id["a"], card.marks["a"], card, criteria)))
    assert said == ["Accord : oui ; Postes : 1 poste.", "Postes : 1 poste, hors du domaine admis."]


def test_a_card_without_appraisals_refuses_nobody() -> None:
    assert refusals(policy(), scored("A", 5).card) == ()


def test_what_counts_for_nothing_on_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    rule = "{kind: judgement, on: projet, lowest: 1, highest: 5}"
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 5, down_to: 1, if_missing: zero, rule: {rule}}}]")
    card = score(criteria, {"avis.projet": MISSING})
    said = str(sentence(criteria.criteria[0], card.marks["a"], card, criteria))
    assert plain(said) == (
        "Avis sur « projet » : non renseigné ; compté pour rien, la note étant ramenée à 1 par l'échelle : "
        "de 1 à 5 points possibles."
    )


def test_only_a_leaf_is_appraised() -> None:
    node = policy("criteria: [{id: a, label: A, weight: 1, criteria: [{id: b, label: B, weight: 1, "
                  "rule: {kind: lookup, fact: zonage, points: {ZIP: 1}, otherwise: 0}}]}]").criteria[0]  # fmt: skip
    with pytest.raises(ValueError, match="carries no rule"):
        engine._appraised(node, {}, {})


def test_what_a_file_gives_and_a_fact_lacks_is_asked_for_by_its_label() -> None:
    rule = "{kind: lookup, fact: implantation.code_insee, points: {'09001': 9}, otherwise: 0}"
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 9, rule: {rule}}}]")
    card = score(criteria, {"implantation.code_insee": MISSING})
    assert missing_items(scored("A", None)._replace(card=card), criteria) == (
        "« Code INSEE de la commune principale »",
    )


def run(
    count: int, contested: tuple[str, ...], left: int, zonings: tuple[tuple[Origin, str], ...], notice: str
) -> list[str]:
    criteria = policy(f"call: {{title: Appel, edition: e, authority: A{notice}}}")
    standings = tuple(Standing(scored(f"R{n}", 5), Status.SELECTED, n, n, n) for n in range(count))
    cut = Cut(count, count, 0, None, None, contested, left, at_stake=left)
    provenance = Provenance("1", ORIGIN, zonings, ())
    return [plain(said) for said in closing_sentences(Evaluation(criteria, None, standings, (), cut, (), provenance))]


def test_a_report_closes_with_what_was_read_and_what_is_left_to_decide() -> None:
    assert run(1, (), 0, (), "") == [
        "1 candidature lue : 1 retenue.",
        "1 place attribuée, provisoire.",
        "Critères : Appel, édition e.",
    ]
    limit = "La limite tombe entre des candidatures à égalité"
    assert run(2, ("A", "B"), 1, ((ORIGIN, "2022"),), ", notice: Rien n'est voté.") == [
        "2 candidatures lues : 2 retenues.",
        "2 places attribuées sur 2, aucune acquise.",
        f"{limit} : 1 place reste à attribuer entre A et B ; le comité départage.",
        "Critères : Appel, édition e. Zonage : 2022.",
        "Rien n'est voté.",
    ]
    assert "2 places restent" in run(2, ("A", "B", "C"), 2, (), "")[2]
    assert "le reste du budget est à attribuer entre A et B" in run(2, ("A", "B"), 0, (), "")[2]
