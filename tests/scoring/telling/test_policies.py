"""The language of policies is English for its keywords; what `ami diff` tells people is French, whatever changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]
from tests.scoring.building import policy

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.models import Model
from ami_scoring.scoring.changes.models import called, differences
from ami_scoring.scoring.changes.policies import steps
from ami_scoring.scoring.telling.policies import Words
from ami_scoring.scoring.telling.vocabulary import CHOICES, title_of

ROOT = Path(__file__).parents[3]
POLICIES = sorted(
    [*ROOT.glob("examples/*/criteria.yaml"), *ROOT.glob("samples/*/criteria.yaml"), ROOT / "criteria.yaml"]
)


def parts_of(kind: Any, seen: set[Any]) -> Iterator[Any]:
    """Give every model and every closed list of choices that a type is made of."""
    if kind in seen:
        return
    seen.add(kind)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        yield kind
    elif isinstance(kind, type) and issubclass(kind, Model):
        yield kind
        for field in kind.model_fields.values():
            yield from parts_of(field.annotation, seen)
    for inside in get_args(kind):
        yield from parts_of(inside, seen)


PARTS = list(parts_of(Criteria, set()))
MODELS = [part for part in PARTS if issubclass(part, Model)]
CHOSEN = [part for part in PARTS if issubclass(part, StrEnum)]
FRENCH = frozenset(
    {
        *("bonus", "budget", "date", "edition", "exact", "maximum", "minimum", "non", "notice", "on", "oui", "places"),
        *("points", "relative", "total", "type", "versions"),
    }
)
"""Keywords that are French words too."""
KEYWORDS = {
    word
    for name in [
        *(name for model in MODELS for field in model.model_fields for name in (field, field.rstrip("_"))),
        *(choice.value for kind in CHOSEN for choice in kind),
        "per_unit, best_of, worst_of, sum_of, cases, lookup, bands, linear, checklist, judgement, relative",
    ]
    for word in re.findall(r"\w+", name)
} - FRENCH


def english(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text) if word in KEYWORDS or "_" in word}


def test_the_walk_meets_every_part_of_the_language() -> None:
    assert {"PerUnit", "Threshold", "Envelope", "DrawTie", "Span", "DatedValue"} <= {each.__name__ for each in MODELS}
    assert {"Counting", "Outside", "Prefer", "Short", "Scale", "End", "Aggregate"} <= {e.__name__ for e in CHOSEN}


@pytest.mark.parametrize("kind", CHOSEN, ids=lambda kind: kind.__name__)
def test_every_choice_has_french_words(kind: type[StrEnum]) -> None:
    assert set(CHOICES[kind]) == set(kind)
    assert not english(" ".join(CHOICES[kind].values()))


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_has_a_french_title(model: type[Model]) -> None:
    told = " ".join(title_of(model, name) for name in model.model_fields if name != "kind")
    assert not english(told)


def everything(part: Any) -> Iterator[Model]:
    """Give every model inside a policy."""
    if isinstance(part, Model):
        yield part
        for name in type(part).model_fields:
            yield from everything(getattr(part, name))
    elif isinstance(part, list):
        for each in part:
            yield from everything(each)


def read_policy(path: Path) -> Criteria:
    return Criteria.model_validate(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader))  # noqa: S506


def french_only(said: str, *policies: Criteria) -> bool:
    """Say whether a sentence has no keyword but those that the policies themselves write in their labels."""
    own = " ".join(str(value) for each in policies for part in everything(each) for value in _written(part))
    return english(said) <= english(own)


def _written(part: Model) -> Iterator[object]:
    for name in ("label", "title", "notice", "reference", "authority", "unit", "short", "zoning", "draw"):
        yield getattr(part, name, "")


@pytest.mark.parametrize(("old", "new"), list(pairwise(POLICIES)), ids=lambda path: path.parent.name)
def test_from_any_real_policy_to_another_all_is_told_in_french(old: Path, new: Path) -> None:
    before, after = read_policy(old), read_policy(new)
    for first, last in ((before, after), (after, before)):
        for step in steps(first, last):
            for said in (step.subject, *step.details):
                assert french_only(str(said), before, after), said


RICH = """
facts:
  - {name: aide, type: money, label: Aide, unit: €, minimum: 0}
  - {name: milieu, type: choice, label: Milieu, choices: [rural, urbain]}
  - {name: debut, type: date, label: Début}
  - {name: fin, type: date, label: Fin}
  - {name: emplois, type: integer, label: Emplois, unit: emplois, minimum: 0, maximum: 9}
computed:
  - {name: part, label: Part, ratio: {of: complements.aide, to: 2}}
  - {name: reste, label: Reste, difference: {of: complements.aide, minus: 2}}
  - {name: somme, label: Somme, sum_of: [complements.aide, 2]}
  - {name: plus, label: Plus, highest_of: [complements.aide, 2]}
  - {name: duree, label: Durée, months: {from: complements.debut, to: complements.fin}}
  - {name: bareme, label: Barème, rule: {kind: lookup, fact: complements.milieu, points: {rural: 1, urbain: 2}}}
parameters: [{name: plafond, label: Plafond, unit: €, values: [{value: 80000}, {from: 2022-01-01, value: 90000}]}]
eligibility: [{id: debut, label: Début connu, require: {fact: complements.debut, before: 2023-01-01}}]
criteria:
  - id: emplois
    label: Emplois
    weight: 10
    rule: {kind: per_unit, fact: complements.emplois, every: 2, points: 1, count: started, at_most: 10}
  - id: delai
    label: Délai
    weight: 10
    rule: {kind: bands, fact: locaux.delai_mois, bands: [{below: 6, points: 10}, {from: 6, points: 0}]}
  - id: aide
    label: Aide
    weight: 10
    rule: {kind: linear, fact: complements.aide, knots: [{at: 0, points: 0}, {at: 100, points: 10}]}
  - id: cases
    label: Cas
    weight: 10
    rule:
      kind: cases
      rows:
        - {if: {fact: complements.milieu, is: rural}, points: 10}
        - if: {not: {fact: complements.emplois, at_least: 2}}
          rule: {kind: lookup, fact: complements.milieu, points: {urbain: 1}, otherwise: 0}
      otherwise: 0
  - id: croix
    label: Croisement
    weight: 10
    rule:
      kind: table
      rows: complements.milieu
      columns: zonage
      points: {rural: {ZIP: 10, ZAC: 5}, urbain: {ZIP: 2}}
      otherwise: 0
  - id: liste
    label: Liste
    weight: 10
    rule:
      kind: checklist
      items:
        - {id: a, label: Rural, if: {fact: complements.milieu, is: rural}, points: 5}
        - {id: b, label: Urbain, if: {fact: complements.milieu, is: urbain}, points: 5}
      at_least: 1
      at_most: 9
  - id: mieux
    label: Mieux
    weight: 10
    rule:
      kind: best_of
      rules:
        - {kind: lookup, fact: complements.milieu, points: {rural: 1, urbain: 2}}
        - {kind: judgement, on: projet, highest: 5}
  - id: bonus
    label: Surplus
    bonus: oui
    open_ended: oui
    rule: {kind: relative, fact: complements.aide, best: lowest, points: 30}
selection:
  places: 3
  floors: [{label: Ruraux, when: {fact: complements.milieu, is: rural}, at_least: 5}]
  thresholds: [{criterion: aide, at_least: 5}, {criterion: delai, share: 1/2, strict: oui, on: mark}]
  quotas: [{label: Ruraux, when: {fact: complements.milieu, is: rural}, at_least: 1, at_most: 2}]
  budget:
    amount: 1000
    ask: complements.aide
    spill_order: [Villes]
    envelopes:
      - {label: Ruraux, when: {fact: complements.milieu, is: rural}, amount: 100}
      - {label: Villes, when: {fact: complements.milieu, is: urbain}, share: 60 %, spill: oui}
"""


def test_every_part_of_a_rich_policy_can_be_told_alone_in_french() -> None:
    rich = policy(RICH)
    words = Words.of(rich, rich)
    told_by_parts = {"Criteria", "Call", "Selection", "Ranking", "Ratio", "Difference", "Span", "Versions"}
    for part in everything(rich):
        if type(part).__name__ not in told_by_parts:
            about = "complements.aide"
            assert not english(called(part, words, about)) - {"reference"}, part


SHARED = "10, à répartir selon « Nombre de bureaux de consultation »"
OF_BUREAUX = "budget: {amount: 10, ask: locaux.bureaux"
ZIP_PART = "{label: E, when: {fact: zonage, is: ZIP}"
ZAC_PART = "{label: F, when: {fact: zonage, is: ZAC}, share: 1/3}"


@pytest.mark.parametrize(
    ("selection", "name", "said"),
    [
        ("places: all", "places", "toutes les candidatures qui passent les minimums"),
        ("decides_from: never", "decides_from", "aucun : le comité délibère de chaque place"),
        (
            "places: 1, floors: [{label: F, when: {fact: depose_le, present: oui}, at_least: 60, strict: oui}]",
            "floors",
            "« F » : total de plus de 60",
        ),
        (
            f"{OF_BUREAUX}, times: 3/2, partial: oui}}",
            "budget",
            (
                f"{SHARED} ; admis jusqu'à 1,5 fois le budget ; quand le reste ne suffit pas, la répartition "
                "s'arrête ; la dernière peut ne recevoir que le reste"
            ),
        ),
        (
            f"{OF_BUREAUX}, when_short: skip, envelopes: [{{label: E, when: {{fact: zonage, is: ZIP}}, amount: 4}}]}}",
            "budget",
            f"{SHARED} ; quand le reste ne suffit pas, on passe à la suivante ; parts réservées : « E » : 4",
        ),
        (
            f"{OF_BUREAUX}, spill_order: [E, F], envelopes: [{ZIP_PART}, share: 40 %, spill: oui}}, {ZAC_PART}]}}",
            "budget",
            (
                f"{SHARED} ; quand le reste ne suffit pas, la répartition s'arrête ; parts réservées : « E » : 40 % "
                "du budget, soit 4, dont le reste va aux autres ; « F » : 1/3 du budget, soit 3,33 (exactement "
                "10/3) ; ce que laissent les parts réservées va d'abord à « E », puis à « F », puis aux autres, dans "
                "l'ordre des rangs"
            ),
        ),
        (
            f"minimum: 1, {OF_BUREAUX}, when_enough: all}}",
            "budget",
            (
                f"{SHARED} ; quand le reste ne suffit pas, la répartition s'arrête ; si les demandes de toutes les "
                "candidatures recevables tiennent dans ce montant, toutes sont retenues, sans minimum"
            ),
        ),
        (
            f"{OF_BUREAUX}, times: 3, least_times: 5/2, when_short: nearest}}",
            "budget",
            (
                f"{SHARED} ; celles d'un même total sont admises ensemble, au plus près de ce qui est à admettre : "
                "3 fois le budget, jamais moins de 2,5 fois"
            ),
        ),
    ],
)
def test_what_decides_of_places_is_told_whole(selection: str, name: str, said: str) -> None:
    criteria = policy(f"selection: {{{selection}}}")
    told = Words.of(criteria, criteria).field(criteria.selection, name)
    assert told.replace("\u00a0", " ") == said


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("every: 2", "every: 3", "Critère « Emplois » | Règle, Taille d'une tranche : 2\u00a0emplois → 3\u00a0emplois"),
        (
            "count: started",
            "count: exact",
            "Critère « Emplois » | Règle, Ce qui compte : les tranches commencées → le prorata exact",
        ),
        (
            "below: 6, points: 10",
            "below: 6, points: 9",
            (
                "Critère « Délai » | Règle, Tranches, no 1 : "
                "moins de 6\u00a0mois = 10\u00a0points → moins de 6\u00a0mois = 9\u00a0points"
            ),
        ),
        (
            "at: 100, points: 10",
            "at: 90, points: 10",
            (
                "Critère « Aide » | Règle, Points de passage, no 2 : "
                "100\u00a0€ = 10\u00a0points → 90\u00a0€ = 10\u00a0points"
            ),
        ),
        (
            "{value: 80000}",
            "{value: 95000}",
            (
                "Données de l'appel | Paramètres, « Plafond », Valeurs, no 1, Valeur : "
                "80\u202f000\u00a0€ → 95\u202f000\u00a0€"
            ),
        ),
        (
            "ratio: {of: complements.aide, to: 2}",
            "product_of: [complements.aide, 2]",
            ("Données de l'appel | Données calculées par l'appel, « Part », Calcul : « Aide » ÷ 2 → « Aide » × 2"),
        ),
        (
            "label: Part, ratio",
            "label: Portion, ratio",
            "Données de l'appel | Données calculées par l'appel, « Portion », Libellé : Part → Portion",
        ),
        (
            "ZIP: 10, ZAC: 5",
            "ZIP: 9, ZAC: 5",
            "Critère « Croisement » | Règle, Points, « rural », « ZIP » : 10 → 9",
        ),
        (
            "rows: complements.milieu",
            "rows: porteur.type",
            "Critère « Croisement » | Règle, Donnée lue en ligne : « Milieu » → « Type de porteur »",
        ),
        (
            "label: Rural, if: {fact: complements.milieu, is: rural}",
            "label: Rural, if: {fact: complements.milieu, is: urbain}",
            "Critère « Liste » | Règle, Éléments, « Rural », Condition : « Milieu » : rural → « Milieu » : urbain",
        ),
        (
            "{kind: judgement, on: projet, highest: 5}",
            "{kind: lookup, fact: complements.milieu, points: {rural: 2}, otherwise: 1}",
            (
                "Critère « Mieux » | Règle, Règles, no 2 : « Avis sur “projet” » : note de 0 à 5, moyenne des avis → "
                "« Milieu » : rural = 2 ; sinon 1"
            ),
        ),
        (
            "share: 60 %",
            "share: 1/3",
            (
                "Sélection, budget à répartir | Budget à répartir, Parts réservées, « Villes », "
                "Part du montant total : 60\u00a0% → 1/3"
            ),
        ),
        (
            "best: lowest",
            "best: highest",
            "Critère « Surplus » | Règle, Meilleure valeur : la plus basse → la plus haute",
        ),
        (
            "criterion: aide, at_least: 5",
            "criterion: aide, at_least: 6",
            "Sélection, seuils par critère | Seuils par critère, « Aide », Minimum : 5 → 6",
        ),
        (
            "at_least: 5}, {criterion: delai",
            "at_least: 5}, {criterion: aide, at_least: 6}, {criterion: delai",
            (
                "Sélection, seuils par critère | Seuils par critère, ajout : "
                "« Délai » : plus de 50\u00a0% du maximum, sur la note brute"
            ),
        ),
        (
            "points: {rural: 1, urbain: 2}}}\n",
            "points: {rural: 1, urbain: 3}}}\n",
            (
                "Données de l'appel | Données calculées par l'appel, « Barème », Règle, Points par valeur, "
                "« urbain » : 2 → 3"
            ),
        ),
        (
            "amount: 1000",
            "amount: 2000",
            ("Sélection, budget à répartir | Budget à répartir, Montant total : 1\u202f000\u00a0€ → 2\u202f000\u00a0€"),
        ),
    ],
)
def test_a_change_is_told_with_labels_and_units(before: str, after: str, said: str) -> None:
    assert before in RICH
    told = [
        f"{step.subject} | {detail}"
        for step in steps(policy(RICH), policy(RICH.replace(before, after)))
        for detail in step.details
    ]
    assert said in told


def test_what_holds_no_fact_is_told_with_plain_numbers() -> None:
    rich = policy(RICH)
    words = Words.of(rich, rich)
    assert words.told(FactType.BOOLEAN) == "oui/non"
    assert [str(each) for each in differences(rich.selection, rich.selection, words)] == []


def test_two_thresholds_on_one_criterion_are_told_by_place() -> None:
    twice = RICH.replace("{criterion: delai, share", "{criterion: aide, share")
    (line,) = (str(said) for step in steps(policy(twice), policy(RICH)) for said in step.details)
    assert line == "Seuils par critère, « Délai », Critère : « Aide » → « Délai »"
