"""A policy read by the walk is the one that pydantic makes, and what is not plain is left to pydantic."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import pytest

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.modelling.markers import Discriminator, Tag
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import InvalidDataError
from ami_scoring.domain.modelling.strict import strictly
from ami_scoring.domain.modelling.walking import walk
from ami_scoring.domain.primitives import Text
from ami_scoring.sources.text.located_yaml import read_yaml

REPOSITORY: Final = Path(__file__).parents[3]
POLICIES: Final = sorted(
    path
    for folder in ("samples", "tests/rejected", "tests/fuzz/corpus/criteria")
    for path in (REPOSITORY / folder).rglob("*.yaml")
    if b"\nselection:" in path.read_bytes()
)
ODD: Final[tuple[Any, ...]] = (
    None,
    "",
    "oui",
    "calculs.part",
    "2024-01-31",
    "12 %",
    [],
    {},
    {"fact": "parametres.seuil"},
    ["a"],
    1,
)
RICH: Final = """
language: 1
call: {title: Essai, edition: "1", authority: Personne}
decimals: 1
verified: verifications.yaml
facts: [{name: cout, type: money, label: Coût, plausible: {from: 1, to: 9}}]
verify: [diagnostic.prospective]
computed:
  - {name: part, label: Part, ratio: {of: complements.cout, to: 2}}
  - {name: delai, label: Délai, months: {from: depose_le, to: 2024-01-31}}
parameters: [{name: seuil, label: Seuil, values: [{value: 40}]}]
waves: [{id: unique, closes: 2022-12-31, places: 2}]
eligibility:
  - {id: a, label: A, require: {any: [{fact: implantation.qpv, present: oui}, {not: {fact: calculs.part, above: 2}}]}}
  - {id: b, label: B, require: {all: [{fact: calculs.part, at_least: {fact: complements.cout}}]}, if_missing: reject}
criteria:
  - {id: qpv, label: QPV, weight: 40, rule: {kind: lookup, fact: implantation.qpv, points: {oui: 40, non: 0}}}
  - id: reste
    label: Reste
    short: Le reste
    weight: 60
    capped: oui
    criteria:
      - id: liste
        label: Liste
        weight: 60
        rule:
          kind: best_of
          rules:
            - {kind: checklist, items: [{label: L, if: {fact: porteur.type, is: commune}, points: 60}]}
            - kind: cases
              rows: [{if: {fact: porteur.type, in: [commune]}, rule: {kind: bands, fact: calculs.part, bands: [
                {from: 0, points: 0}, {from: 1, points: 10}]}}]
              otherwise: 0
        examples: [{given: {porteur.type: commune}, points: 60}]
ranking: {ties: [qpv, {fact: depose_le, prefer: earliest}, {draw: graine}], ranks: dense}
selection:
  reserve: 1
  minimum: {at_least: {fact: parametres.seuil}, strict: oui}
  thresholds: [{criterion: qpv, share: 10 %}]
  budget:
    amount: 10
    ask: complements.cout
    envelopes: [{label: E, when: {fact: implantation.qpv, present: oui}, share: 1/2, order: [qpv]}]
examples: [{given: {porteur.type: commune}, total: 60, points: {qpv: 0}}]
"""


def data_of(text: str) -> Any:
    documents, _ = read_yaml(text, "criteria.yaml")
    return documents[0].data if documents else None


def made_of(data: Any) -> Criteria | None:
    try:
        return strictly(Criteria, data)
    except InvalidDataError:
        return None


def told(made: Any) -> Any:
    """Spell out a model whole: the class of each part, what is given, and what is kept beside the fields."""
    if isinstance(made, Model):
        inside = {name: told(value) for name, value in vars(made).items()}
        return type(made), sorted(made.model_fields_set), list(inside.items())
    if isinstance(made, dict):
        return [(key, told(value)) for key, value in made.items()]
    return [told(each) for each in made] if isinstance(made, list) else (type(made), made)


def changed(data: Any, change: Any) -> Iterator[Any]:
    """Give the data with each of its parts, in turn, changed."""
    places: list[list[Any]] = [[]]
    for path in places:
        under = data
        for part in path:
            under = under[part]
        inside = under if isinstance(under, dict) else range(len(under) if isinstance(under, list) else 0)
        places.extend([*path, part] for part in inside)
    for path in places[1:]:
        copy = deepcopy(data)
        under = copy
        for part in path[:-1]:
            under = under[part]
        change(under, path[-1])
        yield copy


@pytest.mark.parametrize("path", POLICIES, ids=lambda path: path.stem)
def test_a_policy_that_its_model_makes_is_the_same_by_the_walk(path: Path) -> None:
    data = data_of(path.read_text(encoding="utf-8", errors="replace"))
    assert told(walk(Criteria, data)) == told(made_of(data))


def test_a_policy_that_says_everything_is_the_same_by_the_walk() -> None:
    data = data_of(RICH)
    made = made_of(data)
    assert made is not None
    assert told(walk(Criteria, data)) == told(made)


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_whatever_is_written_at_any_place_the_walk_makes_nothing_that_the_model_does_not(odd: Any) -> None:
    def put(under: Any, part: Any) -> None:
        under[part] = deepcopy(odd)

    for data in changed(data_of(RICH), put):
        made = walk(Criteria, data)
        assert made is None or told(made) == told(made_of(data))


def test_whatever_is_missing_or_one_too_many_the_walk_makes_nothing_that_the_model_does_not() -> None:
    def drop(under: Any, part: Any) -> None:
        del under[part]

    def add(under: Any, part: Any) -> None:
        if isinstance(under, dict):
            under["inconnu"] = under[part]
        else:
            under.append(under[part])

    for change in (drop, add):
        for data in changed(data_of(RICH), change):
            made = walk(Criteria, data)
            assert made is None or told(made) == told(made_of(data))


@pytest.mark.parametrize("data", [None, [], "texte", {}, {"language": "1"}])
def test_what_is_no_policy_is_left_to_the_model(data: Any) -> None:
    assert walk(Criteria, data) is None


class Typed(Model):
    number: float


class Said(Model):
    name: Annotated[Text, "what nobody knows"]


class Numbered(Model):
    kind: Literal[1]


class One(Model):
    kind: Literal["1"]


class Two(Model):
    kind: Literal["2"]


class HalfTagged(Model):
    one: Annotated[Annotated[One, Tag("1")] | Two, Discriminator(lambda _: "1")]


class Either(Model):
    one: One | Two


@pytest.mark.parametrize(
    ("model", "data"),
    [
        (Typed, {"number": 1.0}),
        (Said, {"name": "a"}),
        (Numbered, {"kind": 1}),
        (HalfTagged, {"one": {"kind": "1"}}),
        (Either, {"one": {"kind": "1"}}),
    ],
)
def test_what_is_read_in_a_way_that_the_walk_does_not_know_is_left_to_the_model(model: Any, data: Any) -> None:
    assert walk(model, data) is None


def test_a_way_that_is_not_known_is_only_met_where_it_is_asked() -> None:
    class Half(Model):
        name: Text
        number: float = 1.0

    assert told(walk(Half, {"name": "a"})) == told(strictly(Half, {"name": "a"}))
    assert walk(Half, {"name": "a", "number": 2.0}) is None
