"""Gates before any scoring, and what scoring itself refuses."""

from __future__ import annotations

import pytest
from tests.scoring.building import policy, scored

from ami_scoring.domain.facts import MISSING, Missing, Value
from ami_scoring.domain.standings import Status
from ami_scoring.messages import Message
from ami_scoring.scoring.marks.eligibility import awaited, enter, refusals, waited_for, waiting_status
from ami_scoring.scoring.marks.engine import facts_used, score

GATES = """
eligibility:
  - id: hors-gers
    label: Hors du Gers
    reference: AMI, périmètre
    require: {fact: implantation.departement, not_in: ["32"]}
  - {id: porteur, label: Porteur public, require: {fact: porteur.type, in: [commune, epci]}, if_missing: POLICY}
"""


def entrance(departement: Value, kind: Value, policy_: str = "hold") -> tuple[list[str], list[str]]:
    criteria = policy(GATES.replace("POLICY", policy_))
    said = enter(criteria, {"implantation.departement": departement, "porteur.type": kind})
    return [str(reason) for reason in said.refused], [str(reason) for reason in said.pending]


def test_who_meets_every_gate_enters() -> None:
    assert entrance("31", "commune") == ([], [])


def test_every_gate_that_is_not_met_is_told_at_once_with_its_reference() -> None:
    refused = ["condition non remplie : Hors du Gers (AMI, périmètre)", "condition non remplie : Porteur public"]
    assert entrance("32", "autre") == (refused, [])


@pytest.mark.parametrize(
    ("policy_", "refused", "pending"),
    [
        ("hold", [], ["condition à vérifier : Porteur public (il manque « Type de porteur »)"]),
        ("reject", ["condition non établie : Porteur public (il manque « Type de porteur »)"], []),
        ("zero", [], []),
    ],
)
def test_a_gate_without_its_fact_follows_its_policy(policy_: str, refused: list[str], pending: list[str]) -> None:
    assert entrance("31", MISSING, policy_) == (refused, pending)


@pytest.mark.parametrize(("policy_", "names"), [("hold", ("porteur.type",)), ("zero", ())])
def test_the_facts_that_gates_wait_for_are_named(policy_: str, names: tuple[str, ...]) -> None:
    criteria = policy(GATES.replace("POLICY", policy_))
    assert waited_for(criteria, {"implantation.departement": "31", "porteur.type": MISSING}) == names
    assert waited_for(criteria, {"implantation.departement": "31", "porteur.type": "commune"}) == ()


def test_marks_that_no_rule_gave_refuse_nobody() -> None:
    assert refusals(policy(), scored("A", 50).card) == ()


WITHHELD = Missing(Message("un avis est refusé"), withheld=True)


def test_what_waits_for_a_file_to_be_mended_refuses_nobody() -> None:
    assert entrance("31", WITHHELD, "reject")[0] == []
    assert len(entrance("31", WITHHELD, "reject")[1]) == 1
    criteria = policy(CRITERIA)
    card = score(criteria, {"locaux.bureaux": WITHHELD, "locaux.delai_mois": 3})
    assert (refusals(criteria, card), awaited(card)) == ((), ())


def test_what_is_withheld_counts_for_nothing_under_no_policy() -> None:
    criteria = policy(CRITERIA.replace("reject", "zero"))
    card = score(criteria, {"locaux.bureaux": WITHHELD, "locaux.delai_mois": 3, "porteur.siren": 3})
    assert card.total is None
    assert [card.low, card.high] == [30, 90]
    assert awaited(card) == ()


def test_a_total_that_needs_nothing_of_it_waits_too() -> None:
    criteria = policy(CRITERIA)
    card = score(criteria, {"locaux.bureaux": 1, "locaux.delai_mois": 3, "porteur.siren": WITHHELD})
    assert card.total is not None
    assert [str(why) for why in awaited(card)] == ["un avis est refusé"]
    assert waited_for(criteria, card.values) == ("porteur.siren",)


JUDGED = """
computed: [{name: moyenne, label: Moyenne, rule: {kind: judgement, on: projet, highest: 5}},
           {name: produit, label: Produit, product_of: [calculs.moyenne, locaux.bureaux]}]
criteria: [{id: a, label: A, weight: 100, rule: {kind: per_unit, fact: calculs.FACT, points: 20, at_most: 100}}]
"""


@pytest.mark.parametrize(
    ("fact", "rooms", "status"),
    [
        ("moyenne", MISSING, Status.AWAITED),
        ("produit", 2, Status.AWAITED),
        ("produit", MISSING, Status.TO_COMPLETE),
    ],
)
def test_what_is_worked_out_from_opinions_alone_is_owed_by_the_jury(fact: str, rooms: Value, status: Status) -> None:
    criteria = policy(JUDGED.replace("FACT", fact))
    values = {**dict.fromkeys(facts_used(criteria), MISSING), "locaux.bureaux": rooms}
    one = scored("A-1", None)._replace(card=score(criteria, values))
    assert waiting_status(one, criteria) is status


ROOMS = "Nombre de bureaux de consultation"
DELAY = "Délai entre la clôture de la vague et la disponibilité des locaux"
CRITERIA = """
criteria:
  - {id: a, label: Bureaux, weight: 60, if_missing: reject,
     rule: {kind: per_unit, fact: locaux.bureaux, points: 60, at_most: 60}}
  - id: b
    label: Groupe
    weight: 40
    criteria:
      - {id: c, label: Délai, weight: 40,
         rule: {kind: linear, fact: locaux.delai_mois, outside: refuse,
                knots: [{at: 0, points: 40}, {at: 12, points: 0}]}}
"""


@pytest.mark.parametrize(
    ("rooms", "delay", "reasons"),
    [
        (1, 3, []),
        (MISSING, 3, [f"« Bureaux » : il manque « {ROOMS} », sans quoi la candidature n'est pas recevable"]),
        (1, 13, [f"« Délai » : valeur hors du domaine admis ({DELAY})"]),
        (1, MISSING, []),
    ],
)  # fmt: skip
def test_scoring_refuses_what_is_required_and_missing_or_out_of_domain(
    rooms: Value, delay: Value, reasons: list[str]
) -> None:
    criteria = policy(CRITERIA)
    card = score(criteria, {"locaux.bureaux": rooms, "locaux.delai_mois": delay})
    assert [str(reason) for reason in refusals(criteria, card)] == reasons
