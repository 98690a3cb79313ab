"""The entries of a register: what each kind must say, and what it may not."""

from __future__ import annotations

from typing import Any

import pytest
from tests.scoring.decided.calls import departure, entries, final, parted, register, withdrawal

from ami_scoring.domain.chain import FIRST, canonical, hash_of
from ami_scoring.domain.decisions import Kind, Register
from ami_scoring.domain.modelling.refusals import InvalidDataError

MEETING = {"kind": "meeting", "members": ["Mme Aubin"], "recusals": [{"member": "M. B", "references": ["A", "B", "A"]}]}
RECUSAL = {"kind": "recusal", "member": "M. B", "references": ["A", "A"], "reason": "Parent"}
LATE = {
    "kind": "late_completion",
    "reference": "A",
    "asked_on": "2022-09-01",
    "due_on": "2022-09-10",
    "received_on": "2022-09-12",
    "reason": "Courrier perdu",
}
REDUCED = {"kind": "reduced_grant", "reference": "A", "offered": "10 000 €", "accepted": "8000"}
CANCELLED = {"kind": "cancellation", "cancels": "1", "reason": "Erreur"}
EVERY: list[dict[str, Any]] = [
    MEETING, RECUSAL, LATE, parted("A", "B"), departure("A", "non"), withdrawal("A"), REDUCED,
    final("A", reserve=("B",)), CANCELLED,
]  # fmt: skip


def test_every_kind_says_which_candidatures_it_speaks_of() -> None:
    read = register(*EVERY)
    assert [each.speaks_of for each in read.decisions] == [
        ("A", "B"), ("A",), ("A",), ("A", "B"), ("A",), ("A",), ("A",), ("A", "B"), (),
    ]  # fmt: skip
    assert [Kind(each.kind).label for each in read.decisions][:2] == ["réunion", "déport"]
    assert {each.kind for each in read.decisions} == set(Kind)


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"kind": "desistement"}, "decision-kind"),
        ({}, "decision-kind"),
        (withdrawal("A", files={"B": FIRST}), "decision-file-absent"),
        (withdrawal("A", policy="3f2a"), "sha256-form"),
        (withdrawal("A", policy=3), "sha256-form"),
        ({**LATE, "due_on": "2022-08-01"}, "decision-order"),
        ({**LATE, "received_on": "2022-09-10"}, "decision-order"),
        ({**LATE, "received_on": "2022-10-21"}, "decision-order"),
        (withdrawal("A", received_on="2022-10-21"), "decision-order"),
        ({**REDUCED, "accepted": "10001"}, "decision-order"),
        ({**REDUCED, "accepted": "-1"}, "negative-amount"),
        ({**CANCELLED, "cancels": "2"}, "decision-order"),
        ({**CANCELLED, "cancels": "0"}, "decision-order"),
        (parted("A", "a"), "decision-twice"),
        (final("A", "B", "A"), "decision-twice"),
        (final("A", reserve=("B", "A")), "decision-twice"),
        (parted("A", "B", by="draw"), "decision-seed"),
        (parted("A", "B", seed="x"), "decision-seed"),
        ({key: value for key, value in departure("A", "oui").items() if key != "legal_basis"}, "missing"),
    ],
)
def test_a_decision_with_one_mistake_is_refused(said: dict[str, Any], code: str) -> None:
    with pytest.raises(InvalidDataError) as refused:
        register(withdrawal("Z"), said) if code != "decision-order" or "cancels" not in said else register(said)
    assert [each["type"] for each in refused.value.errors()] == [code]


def test_a_decision_that_is_no_block_is_refused() -> None:
    with pytest.raises(InvalidDataError) as refused:
        Register.model_validate({"language": "1", "call": "Essai", "decisions": ["réunion"]})
    assert [each["type"] for each in refused.value.errors()] == ["decision-kind"]


def test_the_head_is_the_hash_of_the_last_entry() -> None:
    assert register().head == FIRST
    read = register(withdrawal("A"), withdrawal("B"))
    assert read.head == read.decisions[1].hash
    assert read.decisions[1].previous == read.decisions[0].hash


def test_what_is_cancelled_no_longer_holds_and_a_cancellation_may_be_cancelled() -> None:
    assert [each.number for each in register(withdrawal("A"), CANCELLED).in_force] == []
    twice = register(withdrawal("A"), CANCELLED, {**CANCELLED, "cancels": "2"})
    assert [each.number for each in twice.in_force] == [1]


def test_the_last_final_list_holds() -> None:
    assert register().final_list is None
    last = register(final("A"), final("A", "B")).final_list
    assert last is not None
    assert last.selected == ["A", "B"]


def test_anyone_can_redo_a_hash() -> None:
    (entry,) = entries(withdrawal("A", vote={"in_favour": 3}, reason=None, members=["é"]))
    written = canonical(entry)
    assert written.startswith('{"date":"2022-10-20","edition":"essai","files":{"A":"')
    assert '"members":["é"]' in written
    assert '"reason":null' in written
    assert '"vote":{"in_favour":"3"}' in written
    assert hash_of({**entry, "hash": "x"}) == hash_of(entry)
