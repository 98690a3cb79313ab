"""Whether decisions are those that were taken, all of them, in their order: the chain of `decisions.yaml`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from ami_scoring.domain.chain import FIRST, hash_of
from ami_scoring.domain.decisions import AnyDecision, Register
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message

_KEEP = Message(
    "Une décision prise ne se modifie pas : remettez le fichier tel qu'il était, puis annulez-la par une nouvelle avec "
    "« ami decide »."
)
_RESTORE = Message("Remettez le fichier tel qu'il était : des décisions ne s'ajoutent que par « ami decide ».")


def check_chain(register: Register, entries: Sequence[Mapping[str, Any]]) -> Iterator[Problem]:
    """Say which entries were changed, and the first that no longer follows the one before.

    `entries` are those of the register as plain data, every scalar a text.
    """
    for place, (decision, entry) in enumerate(zip(register.decisions, entries, strict=True)):
        if hash_of(entry) != decision.hash:
            message = Message(
                "La décision no {number} n'est plus celle qui a été prise : son texte ne donne pas son empreinte.",
                {"number": decision.number},
            )
            yield Problem("decision-changed", Severity.ERROR, ("decisions", place, "hash"), message, _KEEP)
    yield from list(_broken(register.decisions))[:1]
    yield from _backwards(register.decisions)


def _broken(decisions: Sequence[AnyDecision]) -> Iterator[Problem]:
    number, previous = 0, FIRST
    for place, decision in enumerate(decisions):
        if decision.number != number + 1:
            message = Message(
                "La décision no {expected} est attendue ici, pas la no {number} : une décision a été retirée, ajoutée "
                "ou déplacée.",
                {"expected": number + 1, "number": decision.number},
            )
            yield Problem("decision-number", Severity.ERROR, ("decisions", place, "number"), message, _RESTORE)
        elif decision.previous != previous:
            message = Message(
                "La décision no {number} ne suit pas celle qui est écrite avant elle : la chaîne est rompue ici.",
                {"number": decision.number},
            )
            yield Problem("decision-chain", Severity.ERROR, ("decisions", place, "previous"), message, _RESTORE)
        number, previous = decision.number, decision.hash


def _backwards(decisions: Sequence[AnyDecision]) -> Iterator[Problem]:
    for place, (before, decision) in enumerate(pairwise(decisions), start=1):
        if decision.date < before.date:
            message = Message(
                "La décision no {number} est du {date}, avant celle qui la précède ({before}).",
                {"number": decision.number, "date": decision.date, "before": before.date},
            )
            yield Problem("decision-backwards", Severity.WARNING, ("decisions", place, "date"), message)
