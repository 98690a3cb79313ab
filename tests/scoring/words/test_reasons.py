"""Why a candidature has its status, and what to ask it for."""

from __future__ import annotations

import pytest
from tests.scoring.building import TREE, candidature, policy, scored

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.standings import Standing, Status
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.engine import score
from ami_scoring.scoring.places import rank, select
from ami_scoring.scoring.words import reasons
from ami_scoring.scoring.words.reasons import missing_items, standing_reasons, unparted


def waiting(changes: str, **values: Value) -> tuple[Scored, Criteria]:
    criteria = policy(TREE)
    known: dict[str, Value] = {"locaux.bureaux": MISSING, "locaux.accessibles": MISSING, "zonage": MISSING}
    card = score(criteria, known | {name.replace("__", "."): value for name, value in values.items()})
    one = scored("A-1", None)
    return one._replace(card=card, entry=one.entry._replace(candidature=candidature(changes))), criteria


def test_what_to_ask_for_is_the_fields_that_are_left_out() -> None:
    assert missing_items(*waiting("locaux: {etat: travaux}", zonage="ZIP")) == (
        "« Nombre de bureaux de consultation »",
        "« Accessibilité aux personnes handicapées »",
    )


def test_a_block_left_out_whole_is_asked_for_once() -> None:
    assert missing_items(*waiting("", zonage="ZIP")) == (
        "« Nombre de bureaux de consultation »",
        "« Accessibilité aux personnes handicapées »",
    )


def test_what_marks_lack_is_remembered_of_them_and_of_no_others() -> None:
    one, criteria = waiting("locaux: {etat: travaux}", zonage="ZIP")
    asked = missing_items(one, criteria)
    others = one._replace(card=one.card._replace(marks={**one.card.marks}))
    assert [missing_items(each, criteria) for each in (one, others, one)] == [asked] * 3
    card = score(criteria, {"locaux.bureaux": 3, "locaux.accessibles": MISSING, "zonage": "ZIP"})
    assert missing_items(one._replace(card=card), criteria) == asked[1:]


def test_what_marks_lack_is_the_same_where_nothing_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    one, criteria = waiting("locaux: {etat: travaux}", zonage="ZIP")
    asked = missing_items(one, criteria)
    monkeypatch.setattr(reasons, "MOST_KEPT", 0)
    others = one._replace(card=one.card._replace(marks={**one.card.marks}))
    assert [missing_items(each, criteria) for each in (one, others, one)] == [asked] * 3


def test_only_what_a_rank_requires_may_be_asked_for() -> None:
    one, criteria = waiting("locaux: {etat: travaux}", zonage="ZIP")
    assert missing_items(one, criteria, required_only=True) == ("« Nombre de bureaux de consultation »",)


def test_where_a_table_is_silent_its_reason_is_told() -> None:
    unknown = Missing(Message("la commune 09001 n'est pas dans la table"))
    one, criteria = waiting("", zonage=unknown, locaux__bureaux=1, locaux__accessibles=True)
    assert missing_items(one, criteria) == ("la commune 09001 n'est pas dans la table",)


def test_a_fact_whose_fields_are_all_given_is_named_itself() -> None:
    one, criteria = waiting("locaux: {bureaux: 3}", zonage="ZIP", locaux__accessibles=True)
    assert missing_items(one, criteria) == ("« Nombre de bureaux de consultation »",)


def test_the_reasons_of_a_status_end_with_what_is_missing() -> None:
    one, criteria = waiting("locaux: {bureaux: 3}", zonage="ZIP", locaux__accessibles=True)
    standing = Standing(one._replace(pending=(Message("à vérifier"),)), Status.TO_COMPLETE, None, 1, 1)
    assert [str(reason) for reason in standing_reasons(standing, criteria)] == [
        "à vérifier",
        "manque : « Nombre de bureaux de consultation »",
    ]
    firm = Standing(scored("A", 1), Status.SELECTED, 1, 1, 1, reasons=(Message("place garantie"),))
    assert [str(reason) for reason in standing_reasons(firm, criteria)] == ["place garantie"]


def test_what_would_part_equals_is_named() -> None:
    criteria = policy("ranking: {ties: [bureaux, {fact: implantation.population, prefer: highest}]}")
    known: dict[str, Value] = {"A": MISSING, "B": 9}
    equals = [scored(name, 50, values={"implantation.population": value}) for name, value in known.items()]
    standings, _ = select(rank(equals, criteria.ranking), criteria, None)
    said = [[str(each) for each in standing_reasons(one, criteria)] for one in standings]
    label = criteria.catalogue["implantation.population"].label
    assert said == [[f"à égalité tant que « {label} » n'est pas renseigné : c'est ce qui les départagerait"], []]


def test_what_two_facts_are_worked_out_from_is_asked_for_once() -> None:
    criteria = policy(
        "facts: [{name: n, type: integer, label: Nombre}]\n"
        "computed: [{name: a, label: A, product_of: [complements.n, complements.n]}, "
        "{name: b, label: B, sum_of: [calculs.a, calculs.a, complements.n]}]\n"
        "criteria: [{id: a, label: A, weight: 100, rule: {kind: per_unit, fact: calculs.b, points: 1, at_most: 100}}]"
    )
    values: dict[str, Value] = {"complements.n": MISSING, "calculs.a": MISSING, "calculs.b": MISSING}
    one = scored("A-1", None)._replace(card=score(criteria, values))
    assert missing_items(one, criteria) == ("« Nombre »",)


def test_what_else_a_worked_out_fact_lacks_is_asked_for_beside_an_answer_that_is_refused() -> None:
    criteria = policy(
        "facts: [{name: n, type: integer, label: Nombre}, {name: m, type: integer, label: Total}]\n"
        "computed: [{name: a, label: A, sum_of: [complements.n, complements.m]}]\n"
        "criteria: [{id: a, label: A, weight: 100, rule: {kind: per_unit, fact: calculs.a, points: 1, at_most: 100}}]"
    )
    refused = Missing(Message("« Nombre » : réponse refusée"), withheld=True)
    values: dict[str, Value] = {"complements.n": refused, "complements.m": MISSING, "calculs.a": refused}
    one = scored("A-1", None)._replace(card=score(criteria, values))
    assert missing_items(one, criteria) == ("« Nombre » : réponse refusée", "« Total »")


def test_equals_whose_coverage_is_not_known_are_told_what_would_part_them() -> None:
    one = scored("A-1", 50, values={"zonage": MISSING, "locaux.bureaux": MISSING})
    told = str(unparted(one, policy("ranking: {ties: [{uncovered: zonage}]}")))
    assert told.endswith("ne départagera ces égales qu'une fois renseigné")
    before = policy("ranking: {ties: [{fact: locaux.bureaux, prefer: highest}, {uncovered: zonage}]}")
    assert "c'est ce qui les départagerait" in str(unparted(one, before))
