"""What would have sufficed: the change of one criterion that fills a gap in the total."""

# ruff: noqa: E501 - a case is a line of data

from __future__ import annotations

from collections.abc import Mapping

import pytest
from tests.scoring.building import ORIGIN, WAVE, candidature, policy, read, values_of

from ami_scoring.domain.criteria import Criteria, MissingPolicy
from ami_scoring.domain.facts import Case, Opinions, Value
from ami_scoring.domain.scores import Entry, Evaluation, Provenance, Scored, Standing, Status
from ami_scoring.domain.zoning import NO_ZONING
from ami_scoring.exact import Fraction, parse_fraction
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK
from ami_scoring.scoring.marks.engine import facts_used, read_facts, score, with_pool
from ami_scoring.scoring.places.ranking import rank
from ami_scoring.scoring.places.selection import select
from ami_scoring.scoring.sufficient.retrial import Retrial
from ami_scoring.scoring.sufficient.search import is_out_of_reach, least_total, unmet_thresholds, what_would_suffice


def ways(criterion: str, given: str, gap: object) -> dict[str, str]:
    criteria = policy(f"criteria: [{{id: a, label: A, {criterion}}}]")
    values = {
        name: value
        for leaf in criteria.leaves
        if leaf.rule is not None
        for name, value in values_of(leaf.rule, read(given), criteria.catalogue).items()
    }
    card = score(criteria, values)
    lacking = parse_fraction(str(gap))

    def works(changes: Mapping[str, Value]) -> bool:
        total = score(criteria, {**values, **changes}).total
        return total is not None and card.total is not None and total >= card.total + lacking

    found = what_would_suffice(criteria, card, [lacking], works)
    return {leaf.id: str(said).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ") for leaf, said in found}


def way(rule: str, given: str, gap: object) -> str | None:
    return ways(f"weight: 100, rule: {rule}", given, gap).get("a")


ROOMS = "« Nombre de bureaux de consultation »"
DELAY = "« Délai entre la clôture de la vague et la disponibilité des locaux »"
YEARS = "« Durée de l'engagement »"
ETP = "« Équivalents temps plein des médecins intéressés »"
ZONE = "« Zone de la commune principale (ou de son QPV, s'il est mieux classé) »"
LOOKUP = "{kind: lookup, fact: zonage, points: {ZIP: 30, ZAC: 18}, otherwise: 0}"
BANDS = "{kind: bands, fact: locaux.delai_mois, bands: [{below: 3, points: 10}, {from: 3, below: 6, points: 8}, {from: 6, points: 0}]}"
LINE = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 3, points: 3}, {at: 6, points: 4}]}"
FALLING = (
    "{kind: linear, fact: locaux.delai_mois, knots: [{at: 0, points: 10}, {at: 12, points: 0}, {at: 24, points: 0}]}"
)
UNITS = "{kind: per_unit, fact: medecins_interesses.etp, every: 0.5, after: 1, points: 4, at_most: 16, count: COUNT}"
CHECKLIST = """{kind: checklist, at_most: 12, exclusive: [[deux, quatre]], items: [
  {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 2},
  {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 4}, points: 4},
  {label: Accès, if: {fact: locaux.accessibles, is: oui}, points: 3},
  {label: Plan, if: {fact: pieces, includes: plan}, points: 9}]}"""
ROWS = """{kind: cases, otherwise: 0, rows: [{if: {fact: zonage, is: ZIP}, points: 9},
  {if: {fact: zonage, is: ZAC}, rule: {kind: per_unit, fact: locaux.bureaux, points: 1, at_most: 5}}]}"""
CELLS = (
    "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 9, non: 5}, ZAC: {oui: 4}}, otherwise: 0}"
)
SHADOWED = """{kind: cases, otherwise: 0, rows: [{if: {fact: zonage, is: HZ}, points: 0},
  {if: {fact: locaux.adaptes, is: oui}, points: 9}]}"""
NEVER = (
    "{kind: cases, otherwise: 0, rows: [{if: {all: [{fact: zonage, is: ZIP}, {fact: zonage, is: ZAC}]}, points: 9}]}"
)
BOTH = ROWS.replace("{fact: zonage, is: ZIP}", "{all: [{fact: zonage, is: ZIP}, {fact: locaux.adaptes, is: oui}]}")
PARTNERS = "{kind: cases, otherwise: 0, rows: [{if: {fact: pieces, includes_all: [bail, devis]}, points: 5}, {if: {fact: pieces, includes: bail}, points: 1}]}"
REFUSING = "{kind: linear, outside: refuse, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 5, points: 5}]}"
HILL = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 5, points: 5}, {at: 9, points: 0}]}"
JUDGED = "{kind: judgement, on: projet, highest: 5STEP}"
LEVELS = "{kind: judgement, on: projet, tiers: {Fort: {points: 5, text: A}, Bon: {points: 3, text: B}, Nul: {points: 1, text: C}}}"
HALVES = JUDGED.replace("STEP", ", step: 0.5")


@pytest.mark.parametrize(
    ("rule", "given", "gap", "said"),
    [
        (LOOKUP, "{zonage: HZ}", 18, f"{ZONE} : ZIP ou ZAC"),
        (LOOKUP, "{zonage: ZAC}", 1, f"{ZONE} : ZIP"),
        (LOOKUP, "{zonage: ZIP}", 1, None),
        (BANDS, "{locaux.delai_mois: 9}", 5, f"{DELAY} : de 3 mois à moins de 6 mois"),
        (BANDS, "{locaux.delai_mois: 9}", 9, f"{DELAY} : moins de 3 mois"),
        (BANDS, "{locaux.delai_mois: 9}", 11, None),
        (LINE, "{engagement_financier.duree_annees: 1}", 1, f"{YEARS} : au moins 2 ans"),
        (LINE, "{engagement_financier.duree_annees: 3}", "0.5", f"{YEARS} : au moins 5 ans"),
        (LINE, "{engagement_financier.duree_annees: 3}", 2, None),
        (FALLING, "{locaux.delai_mois: 9}", 5, f"{DELAY} : au plus 3 mois"),
        (UNITS.replace("COUNT", "completed"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : au moins 2 ETP"),
        (UNITS.replace("COUNT", "started"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : plus de 1,5 ETP"),
        (UNITS.replace("COUNT", "exact"), "{medecins_interesses.etp: 1}", 5, f"{ETP} : au moins 1,625 ETP"),
        (UNITS.replace("COUNT", "exact"), "{medecins_interesses.etp: 1}", 17, None),
        (CHECKLIST, "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}", 4, "« Quatre bureaux » ; ou « Plan »"),
        (
            CHECKLIST,
            "{locaux.bureaux: 0, locaux.accessibles: non, pieces: []}",
            3,
            "« Quatre bureaux » ; ou « Accès » ; ou « Plan »",
        ),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: non, pieces: []}", 4, "« Plan »"),
        (CHECKLIST, "{locaux.bureaux: 4, locaux.accessibles: oui, pieces: []}", 6, None),
        (CHECKLIST, "{locaux.bureaux: 2, locaux.accessibles: oui, pieces: [plan]}", 1, None),
        (CHECKLIST, "{locaux.bureaux: 2, locaux.accessibles: oui, pieces: []}", 2, "« Quatre bureaux » ; ou « Plan »"),
        (ROWS, "{zonage: HZ}", 6, f"{ZONE} : ZIP"),
        (ROWS, "{zonage: ZAC, locaux.bureaux: 1}", 2, f"{ZONE} : ZIP ; ou {ROOMS} : au moins 3"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: oui}", 2, f"{ZONE} : ZIP"),
        (CELLS, "{zonage: ZIP, locaux.adaptes: non}", 2, "« Locaux adaptés » : oui"),
        (CELLS, "{zonage: ZAC, locaux.adaptes: non}", 4, f"{ZONE} : ZIP ; ou « Locaux adaptés » : oui"),
        (BOTH, "{zonage: ZIP, locaux.adaptes: non}", 6, "« Locaux adaptés » : oui"),
        (BOTH, "{zonage: HZ, locaux.adaptes: non}", 6, f"{ZONE} : ZIP et « Locaux adaptés » : oui"),
        (NEVER, "{zonage: HZ}", 5, None),
        (SHADOWED, "{zonage: HZ, locaux.adaptes: non}", 5, None),
        (
            PARTNERS,
            "{pieces: [plan]}",
            1,
            "« Pièces fournies » : comprend bail et devis ; ou « Pièces fournies » : comprend bail",
        ),
        (REFUSING, "{engagement_financier.duree_annees: 1}", 1, f"{YEARS} : au moins 2 ans et au plus 5 ans"),
        (HILL, "{engagement_financier.duree_annees: 1}", 1, None),
        (JUDGED.replace("STEP", ""), "{avis.projet: [3]}", 1, "« Avis sur “projet” » : une note d'au moins 4 sur 5"),
        (LEVELS, "{avis.projet: [1]}", 1, "« Avis sur “projet” » : une note d'au moins 3 sur 5"),
        (LEVELS, "{avis.projet: [3]}", 1, "« Avis sur “projet” » : une note de 5 sur 5"),
        (LEVELS, "{avis.projet: [5]}", 1, None),
        (LEVELS, "{avis.projet: [1, 3]}", 1, "« Avis sur “projet” » : moyenne des avis d'au moins 3 sur 5"),
        (HALVES, "{avis.projet: [3]}", "0.7", "« Avis sur “projet” » : une note d'au moins 4 sur 5"),
        (HALVES, "{avis.projet: [3, 4]}", "0.6", "« Avis sur “projet” » : moyenne des avis d'au moins 4,25 sur 5"),
        (
            JUDGED.replace("STEP", ", step: 0.5, aggregate: median"),
            "{avis.projet: [3, 3, 4]}",
            2,
            "« Avis sur “projet” » : médiane des avis de 5 sur 5",
        ),
        (JUDGED.replace("STEP", ""), "{avis.projet: [3]}", 3, None),
        (
            "{kind: lookup, fact: locaux.bureaux, points: {1: 1, 2: 2, deux: 3}}",
            "{locaux.bureaux: 1}",
            1,
            f"{ROOMS} : 2",
        ),
        (
            "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 0}, {at: 4, points: 6}]}",
            "{locaux.bureaux: 1}",
            1,
            f"{ROOMS} : au moins 2",
        ),
        (
            "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 9}, {at: 4, points: 1}]}",
            "{locaux.bureaux: 3}",
            3,
            f"{ROOMS} : au plus 1",
        ),
        ("{kind: per_unit, fact: locaux.bureaux, points: 0}", "{locaux.bureaux: 3}", 1, None),
    ],
)
def test_what_would_suffice_is_said_in_the_units_of_the_fact(
    rule: str, given: str, gap: object, said: str | None
) -> None:
    assert way(rule, given, gap) == said


def composed(kind: str, limits: str = "") -> str:
    rooms = "{kind: per_unit, fact: locaux.bureaux, points: 2, at_most: 10}"
    return f"{{kind: {kind}, rules: [{LOOKUP}, {rooms}]{limits}}}"


YEARLY = "{kind: per_unit, fact: locaux.bureaux, points: 20}"
BY_FOUR = "{kind: per_unit, fact: locaux.bureaux, every: 4, points: 50}"
FEW = "{kind: bands, fact: locaux.bureaux, bands: [{up_to: 4, points: 300}, {above: 4, points: 0}]}"
GIVEN = "{zonage: ZAC, locaux.bureaux: 2}"


def test_a_band_is_told_though_another_criterion_asks_whether_the_answer_is_there() -> None:
    there = "{kind: cases, rows: [{if: {fact: locaux.delai_mois, present: oui}, points: 1}], otherwise: 0}"
    found = ways(
        f"weight: 10, rule: {BANDS}}}, {{id: b, label: B, weight: 1, rule: {there}", "{locaux.delai_mois: 7}", 8
    )
    assert found == {"a": f"{DELAY} : de 3 mois à moins de 6 mois"}


@pytest.mark.parametrize(
    ("rule", "given", "gap", "said"),
    [
        (composed("best_of"), "{zonage: HZ, locaux.bureaux: 2}", 4, f"{ZONE} : ZIP ou ZAC ; ou {ROOMS} : au moins 4"),
        (composed("best_of", ", at_most: 5"), "{zonage: HZ, locaux.bureaux: 2}", 4, None),
        (composed("worst_of"), GIVEN, 4, f"{ROOMS} : au moins 4"),
        (composed("worst_of"), "{zonage: HZ, locaux.bureaux: 0}", 4, None),
        (composed("worst_of", ", at_most: 6"), GIVEN, 4, None),
        (composed("sum_of"), GIVEN, 4, f"{ZONE} : ZIP ; ou {ROOMS} : au moins 4"),
        (composed("sum_of", ", at_most: 23"), GIVEN, 4, None),
    ],
)
def test_a_composed_rule_says_what_one_of_its_parts_would_take(
    rule: str, given: str, gap: object, said: str | None
) -> None:
    assert way(rule, given, gap) == said


@pytest.mark.parametrize(
    ("rules", "given", "gap", "said"),
    [
        (f"sum_of, rules: [{YEARLY}, {BY_FOUR}]", "{locaux.bureaux: 4}", 351, f"{ROOMS} : au moins 16"),
        (f"best_of, rules: [{YEARLY}, {BY_FOUR}]", "{locaux.bureaux: 4}", 351, f"{ROOMS} : au moins 22"),
        (f"sum_of, rules: [{YEARLY}, {FEW}]", "{locaux.bureaux: 9}", 150, f"{ROOMS} : au moins 17"),
        (f"sum_of, rules: [{FEW}, {FEW}]", "{locaux.bureaux: 9}", 600, f"{ROOMS} : au plus 4"),
        (f"sum_of, rules: [{FEW}, {FEW}]", "{locaux.bureaux: 9}", 601, None),
        (f"sum_of, rules: [{LOOKUP}, {LOOKUP}]", "{zonage: HZ}", 36, f"{ZONE} : ZIP ou ZAC"),
        (f"sum_of, rules: [{LOOKUP}, {LOOKUP}]", "{zonage: HZ}", 61, None),
        (f"sum_of, rules: [{PARTNERS}, {PARTNERS}]", "{pieces: []}", 10, None),
    ],
)
def test_a_fact_that_several_parts_read_is_told_once_for_the_whole(
    rules: str, given: str, gap: object, said: str | None
) -> None:
    assert way(f"{{kind: {rules}}}", given, gap) == said


def told_beside(first: str, second: str, given: str, gap: object) -> str | None:
    """Say what would suffice of a first criterion where a second may take back what it gives."""
    return ways(f"weight: 60, rule: {first}}}, {{id: b, label: B, weight: 40, rule: {second}", given, gap).get("a")


ROOMS_RISE = "{kind: linear, fact: locaux.bureaux, knots: [{at: 0, points: 0}, {at: 6, points: 60}]}"
YEARS_RISE = "{kind: linear, fact: engagement_financier.duree_annees, knots: [{at: 0, points: 0}, {at: 6, points: 60}]}"
MANY = "{kind: cases, otherwise: 0, rows: [{if: {fact: locaux.bureaux, at_least: 4}, points: 60}]}"
PLANNED = "{kind: cases, otherwise: 0, rows: [{if: {fact: locaux.etat, in: [travaux, à construire]}, points: 60}]}"
LISTED = (
    "{kind: checklist, items: [{label: Chantier, if: {fact: locaux.etat, in: [travaux, à construire]}, points: 60}]}"
)
UP_TO_FIVE = "{kind: bands, fact: FACT, bands: [{up_to: 5, points: 40}, {above: 5, points: 0}]}"
STATES = "{kind: lookup, fact: locaux.etat, points: {travaux: 40, existants: 40, à construire: 0, aucun: 0}}"


@pytest.mark.parametrize(
    ("first", "second", "given", "gap", "said"),
    [
        (ROOMS_RISE, UP_TO_FIVE.replace("FACT", "locaux.bureaux"), "{locaux.bureaux: 2}", 20, f"{ROOMS} : 4"),
        (MANY, UP_TO_FIVE.replace("FACT", "locaux.bureaux"), "{locaux.bureaux: 2}", 60, f"{ROOMS} : 4"),
        (PLANNED, STATES, "{locaux.etat: existants}", 30, "« État des locaux » : travaux"),
        (LISTED, STATES, "{locaux.etat: existants}", 30, "« Chantier », avec « État des locaux » : travaux"),
        (PLANNED, LISTED, "{locaux.etat: existants}", 30, "« État des locaux » : travaux ou à construire"),
    ],
)
def test_only_the_values_that_no_other_criterion_takes_back_are_told(
    first: str, second: str, given: str, gap: object, said: str | None
) -> None:
    assert told_beside(first, second, given, gap) == said


def test_a_gap_is_weighed_back_to_the_scale_of_the_rule() -> None:
    assert ways(f"weight: 50, out_of: 100, rule: {BANDS}", "{locaux.delai_mois: 9}", 4) == {
        "a": f"{DELAY} : de 3 mois à moins de 6 mois"
    }


def test_under_a_cap_nothing_is_promised_that_the_cap_takes_back() -> None:
    below = f"{{id: b, label: B, weight: 100, rule: {BANDS}}}"
    fresh = {"b": f"{DELAY} : de 3 mois à moins de 6 mois"}
    assert ways(f"weight: 100, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == fresh
    assert ways(f"weight: 100, capped: oui, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == fresh
    assert ways(f"weight: 7, capped: oui, criteria: [{below}]", "{locaux.delai_mois: 9}", 8) == {}


def test_a_mark_without_steps_must_exceed_what_equals_have() -> None:
    criteria = policy(f"criteria: [{{id: a, label: A, weight: 100, rule: {JUDGED.replace('STEP', '')}}}]")
    card = score(criteria, {"avis.projet": Opinions((Fraction(3),))})

    def works(changes: Mapping[str, Value]) -> bool:
        total = score(criteria, changes).total
        return total is not None and total > 4

    ((_, said),) = what_would_suffice(criteria, card, [Fraction(1)], works)
    assert str(said).endswith("une note de plus de 4 sur 5")


def test_on_hold_or_without_weight_nothing_is_promised() -> None:
    assert ways(f"weight: 100, rule: {BANDS}", "{}", 8) == {}
    assert ways(f"weight: 0, out_of: 10, rule: {BANDS}", "{locaux.delai_mois: 9}", 8) == {}


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
