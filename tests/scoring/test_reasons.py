"""Why a mark is what it is, in French sentences. Adding a case to `told.yaml` is adding two lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml  # type: ignore[import-untyped, unused-ignore]

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.scores import Cut, Evaluation, Provenance, ScoreCard, Scored, SetAside, Standing, Status
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK, Message
from ami_scoring.scoring.engine import score
from ami_scoring.scoring.reasons import (
    Sign,
    Step,
    closing_sentences,
    missing_items,
    sentence,
    standing_reasons,
    steps,
)

from .building import ORIGIN, POLICY, candidature, policy, read, scored, values_of

TOLD = yaml.load_all((Path(__file__).parent / "told.yaml").read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
CASES = [
    pytest.param(block, case, id=f"{block['about']}: {case['given']}") for block in TOLD for case in block["cases"]
]


def one_criterion(block: dict[str, Any]) -> Criteria:
    leaf = {key: block[key] for key in ("weight", "out_of", "if_missing", "rule") if key in block}
    return Criteria.model_validate({**read(POLICY), "criteria": [{"id": "a", "label": "A", **leaf}]})


def plain(message: object) -> str:
    return str(message).replace(NO_BREAK, " ").replace(NARROW_NO_BREAK, " ")


def scored_by(criteria: Criteria, given: dict[str, Any]) -> ScoreCard:
    rule = criteria.criteria[0].rule
    assert rule is not None
    return score(criteria, values_of(rule, given, criteria.catalogue))


@pytest.mark.parametrize(("block", "case"), CASES)
def test_a_mark_is_told_in_one_sentence(block: dict[str, Any], case: dict[str, Any]) -> None:
    criteria = one_criterion(block)
    card = scored_by(criteria, case["given"])
    assert plain(sentence(criteria.criteria[0], card.marks["a"], card, criteria)) == case["says"]


TREE = """
criteria:
  - id: locaux
    label: Locaux
    weight: 60
    capped: oui
    criteria:
      - {id: bureaux, label: Bureaux, weight: 40, rule: {kind: per_unit, fact: locaux.bureaux, points: 10, at_most: 40}}
      - {id: acces, label: Accès, weight: 30, if_missing: zero,
         rule: {kind: lookup, fact: locaux.accessibles, points: {oui: 30, non: 10}}}
  - {id: zonage, label: Zonage, weight: 40, rule: {kind: lookup, fact: zonage, points: {ZIP: 40}, otherwise: 0}}
"""


@pytest.mark.parametrize(
    ("rooms", "access", "said"),
    [
        (2, False, "20 + 10 = 30 points."),
        (4, True, "40 + 30 = 70, plafonné à 60 points."),
        (MISSING, False, "en attente : entre 10 et 50 points."),
    ],
)
def test_a_node_is_told_by_the_sum_of_its_parts(rooms: Value, access: Value, said: str) -> None:
    criteria = policy(TREE)
    card = score(criteria, {"locaux.bureaux": rooms, "locaux.accessibles": access, "zonage": "ZIP"})
    assert plain(sentence(criteria.by_id["locaux"], card.marks["locaux"], card, criteria)) == said


def lines(told: tuple[Step, ...], depth: int = 0) -> list[str]:
    return [
        line
        for step in told
        for line in (f"{'  ' * depth}[{step.sign.value}] {plain(step.said)}", *lines(step.below, depth + 1))
    ]


def working(rule: str, given: str) -> list[str]:
    criteria = one_criterion({"weight": "100", "rule": read(rule)})
    card = scored_by(criteria, read(given))
    appraisal, made = card.marks["a"].appraisal, criteria.criteria[0].rule
    assert appraisal is not None
    assert made is not None
    return lines(steps(made, appraisal.outcome, card.values, criteria.catalogue))


CHECKLIST = """
kind: checklist
items:
  - {id: deux, label: Deux bureaux, if: {fact: locaux.bureaux, at_least: 2}, points: 2}
  - {id: quatre, label: Quatre bureaux, if: {fact: locaux.bureaux, at_least: 4}, points: 4}
  - {label: Accessibles, if: {fact: locaux.accessibles, is: oui}, points: 8}
  - {label: Plan, if: {fact: pieces, includes: plan}, points: 1}
exclusive: [[deux, quatre]]
"""


def test_the_working_of_a_checklist_shows_every_item() -> None:
    assert working(CHECKLIST, "{locaux.bureaux: 4, pieces: []}") == [
        "[plain] 1 sur 4 (Quatre bureaux) → 4 points",
        "  [unmet] Deux bureaux : rempli, mais exclu par un autre élément",
        "  [counted] Quatre bureaux → 4 points",
        "  [unknown] Accessibles : non renseigné (8 points possibles)",
        "  [unmet] Plan : non",
    ]


ROWS = """
kind: cases
rows:
  - {if: {fact: locaux.etat, is: aucun}, points: 0}
  - {if: {fact: locaux.etat, is: existants}, rule: {kind: per_unit, fact: locaux.bureaux, points: 2, at_most: 8}}
  - {if: {fact: locaux.adaptes, is: oui}, points: 3}
otherwise: 1
"""


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (
            "{locaux.etat: existants, locaux.bureaux: 3}",
            [
                "[counted] « État des locaux » : existants → 6 points",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [counted] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "    [counted] Nombre de bureaux de consultation : 3 → 6 points (3 × 2 points par unité)",
                "  [plain] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
        (
            "{locaux.etat: travaux, locaux.adaptes: non}",
            [
                "[counted] aucun des cas prévus → 1 point",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [unmet] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "  [unmet] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
        (
            "{locaux.etat: travaux}",
            [
                "[unknown] non décidé sans « Locaux adaptés »",
                "  [unmet] cas 1 : « État des locaux » : aucun → 0 point",
                "  [unmet] cas 2 : « État des locaux » : existants → règle propre à ce cas",
                "  [unknown] cas 3 : « Locaux adaptés » : oui → 3 points",
            ],
        ),
    ],
)
def test_the_working_of_a_decision_table_shows_every_row(given: str, told: list[str]) -> None:
    assert working(ROWS, given) == told


def test_a_refused_cell_is_told() -> None:
    rule = "{kind: table, rows: zonage, columns: locaux.adaptes, points: {ZIP: {oui: 1}}}"
    assert working(rule, "{zonage: ZAC, locaux.adaptes: oui}")[0].startswith(f"[{Sign.UNMET.value}]")


# --- What to ask for --------------------------------------------------------------------------------------------------


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


# --- The closing sentences of a report --------------------------------------------------------------------------------


def closing(statuses: list[Status], cut: Cut, editions: tuple[str, ...] = (), notice: str = "") -> list[str]:
    call = f"call: {{title: Appel, edition: E1, authority: Comité{f', notice: {notice}' if notice else ''}}}"
    ranked = {Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.TO_COMPLETE}
    standings = tuple(Standing(scored("A", 1), status, 1, 1, 1) for status in statuses if status in ranked)
    aside = tuple(SetAside(status, (), ORIGIN) for status in statuses if status not in ranked)
    provenance = Provenance("0", ORIGIN, tuple((ORIGIN, edition) for edition in editions), ())
    evaluation = Evaluation(policy(call), None, standings, aside, cut, (), provenance)
    return [plain(message) for message in closing_sentences(evaluation)]


DONE = Cut(2, 1, 0, None, None)


def test_a_report_ends_with_counts_editions_and_the_notice() -> None:
    statuses = [Status.SELECTED, Status.SELECTED, Status.RESERVE, Status.NOT_SELECTED, Status.LATE, Status.OTHER_WAVE]
    assert closing(statuses, DONE, ("2018", "2022"), "Hypothèses de travail.") == [
        "6 candidatures lues : 2 retenues, 1 en réserve, 1 non retenue, 1 hors délai, 1 d'une autre vague.",
        "Critères : Appel, édition E1. Zonage : 2018, 2022.",
        "Hypothèses de travail.",
    ]


def test_one_candidature_is_counted_in_the_singular() -> None:
    assert closing([Status.UNREADABLE], DONE) == [
        "1 candidature lue : 1 illisible.",
        "Critères : Appel, édition E1.",
    ]


@pytest.mark.parametrize(("left", "said"), [(1, "1 place reste à attribuer"), (2, "2 places restent à attribuer")])
def test_a_contested_cut_is_told_at_the_end(left: int, said: str) -> None:
    told = closing([Status.RESERVE] * 3, Cut(2, 0, 0, None, None, ("A", "B", "C"), left, at_stake=left))
    assert said in told[1]
    assert "A, B et C" in told[1]
