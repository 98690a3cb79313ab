"""The words that a policy names, and the spellings of them that are recognised."""

from __future__ import annotations

import pytest
from pydantic import TypeAdapter

from ami_scoring.domain.catalogue import CATALOGUE
from ami_scoring.domain.conditions import AllOf, AnyOf, FactCondition, Not
from ami_scoring.domain.declared import declared_fact, parse_fact
from ami_scoring.domain.facts import MISSING, Case, Fact, FactType
from ami_scoring.domain.rules import AnyRule, Rule
from ami_scoring.domain.spellings import recognised
from ami_scoring.domain.words import with_words, words_named

from .building import CLOSES_ON, ZONING, candidature, read

RULE: TypeAdapter[AnyRule] = TypeAdapter(Rule)
WORDS = ("ARS", "professionnels de santé", "plan des locaux")


@pytest.mark.parametrize(
    ("typed", "known"),
    [
        ("ars", "ars"),
        ("professionnels de sante", "professionnels de santé"),
        ("plan_des_locaux.pdf", "plan des locaux"),
        ("plan des locaux.docx", "plan des locaux"),
        ("plan", "plan"),
        ("ars occitanie", "ars occitanie"),
    ],
)
def test_a_word_is_recognised_without_its_accents_or_with_the_suffix_of_a_file(typed: str, known: str) -> None:
    assert recognised(frozenset({typed}), WORDS) == {known}
    assert recognised(typed, WORDS) == known


def test_a_spelling_that_two_words_share_is_left_alone() -> None:
    assert recognised(frozenset({"cote", "côte"}), ("côté", "côte")) == {"cote", "côte"}


def test_what_is_no_text_is_left_as_it_is() -> None:
    assert recognised(3, WORDS) == 3


def test_words_are_those_of_conditions_and_tables_each_once() -> None:
    rules = [
        _rule("{kind: lookup, fact: a, points: {Un: 1, un: 2}, otherwise: 0}"),
        _rule("{kind: table, rows: a, columns: b, points: {deux: {x: 1, y: 2}}, otherwise: 0}"),
        _rule(
            "{kind: sum_of, rules: [{kind: checklist, items: [{label: I, points: 1,"
            " if: {fact: c, includes_any: [p, q]}}]}]}"
        ),
    ]
    tests = AnyOf.model_validate(
        {"any": [{"all": [{"fact": "d", "is": "oui"}]}, {"not": {"fact": "d", "present": "oui"}}]}
    )
    assert words_named(rules, [tests]) == {"a": ("Un", "deux"), "b": ("x", "y"), "c": ("p", "q"), "d": ("oui",)}
    assert {type(part) for part in tests.any_} == {AllOf, Not}
    assert isinstance(tests.any_[0], AllOf)
    assert isinstance(tests.any_[0].all_[0], FactCondition)


def test_only_free_texts_are_recognised() -> None:
    pieces = with_words(CATALOGUE["pieces"], WORDS)
    assert pieces.words == WORDS
    assert pieces.read(_case("pieces: [Plan des locaux.PDF, devis]")) == {"plan des locaux", "devis"}
    assert pieces.read(_case("")) is MISSING
    zone = CATALOGUE["zonage"]
    assert with_words(zone, ("ZIP",)) is zone


def test_a_value_of_an_example_is_recognised_as_one_of_a_file() -> None:
    fact = _declared(FactType.TEXT)._replace(words=("Équipé",))
    assert fact.is_free_text
    assert parse_fact(fact, "equipe") == "équipé"


def test_a_choice_is_taken_without_its_accents_unless_two_share_the_spelling() -> None:
    fact = declared_fact("n", FactType.CHOICE, "N", None, None, None, ["Équipé", "Vide"])
    assert not fact.is_free_text
    assert parse_fact(fact, "EQUIPE") == "Équipé"


def _declared(kind: FactType) -> Fact:
    return declared_fact("n", kind, "N", None, None, None, None)


def _rule(text: str) -> AnyRule:
    return RULE.validate_python(read(text))


def _case(changes: str) -> Case:
    return Case(candidature(changes), CLOSES_ON, ZONING)


def test_a_free_text_of_the_model_is_recognised_and_never_parted() -> None:
    fact = with_words(Fact("avis", FactType.TEXT, "Avis", lambda _: "ars", ("avis",), typed_freely=True), WORDS)
    assert fact.read(Case(candidature(), CLOSES_ON, ZONING)) == "ars"
