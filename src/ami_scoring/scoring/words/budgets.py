"""What is said of a budget, in the unit of what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from ami_scoring.domain.budgets import Budget, Envelope
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact
from ami_scoring.exact import Fraction, plain
from ami_scoring.messages import NO_BREAK, Message, ends, spell_number
from ami_scoring.scoring.words.wording import inner, number_word

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Evaluation

RETAINS_ALL: Final = (
    "si les demandes de toutes les candidatures recevables tiennent dans ce montant, toutes sont retenues, sans minimum"
)
"""What is said of a budget that dispenses from minimums where it is enough for all."""


def asked_fact(criteria: Criteria) -> Fact | None:
    """Give the fact that says what each asks for, or None without budget."""
    budget = criteria.selection.budget
    return None if budget is None else criteria.catalogue[budget.ask]


def share_word(share: Fraction) -> str:
    """Write a share: as a percentage where that ends, else as the fraction that it is."""
    percent = share * 100
    return f"{spell_number(percent)}{NO_BREAK}%" if ends(percent) else plain(share).replace(".", ",")


def envelope_word(envelope: Envelope, budget: Budget, ask: Fact) -> str:
    """Write what an envelope holds: its amount and, where the policy states one, the share of the budget it is."""
    amount = number_word(ask, envelope.part_of(budget.amount))
    return amount if envelope.share is None else f"{share_word(envelope.share)} du budget, soit {amount}"


def spill_words(budget: Budget) -> str:
    """Say to which envelopes what others leave goes first, where the policy states an order."""
    named = ", puis à ".join(f"« {inner(label)} »" for label in budget.spill_order)
    return f"ce que laissent les parts réservées va d'abord à {named}, puis aux autres, dans l'ordre des rangs"


def granted_heading(criteria: Criteria) -> str:
    """Head what each gets: nothing is granted yet where more may be admitted than there is."""
    budget = criteria.selection.budget
    return "Accordé" if budget is None or not budget.admits_more else "Admis"


def granted_words(evaluation: Evaluation) -> Message | None:
    """Say what is granted of the budget, or admitted where more may be than there is; None without budget."""
    cut, budget, ask = evaluation.cut, evaluation.criteria.selection.budget, asked_fact(evaluation.criteria)
    if budget is None or ask is None or cut.budget is None or cut.granted is None:
        return None
    said = {
        "granted": number_word(ask, cut.granted),
        "budget": number_word(ask, cut.budget),
        "times": spell_number(budget.times),
    }
    if budget.admits_levels:
        return Message("{granted} admis, au plus près de {times} fois {budget}", said)
    if budget.times != 1:
        return Message("{granted} admis, jusqu'à {times} fois {budget}", said)
    accorded = "accordés" if cut.granted > 1 else "accordé"
    return Message(f"{{granted}} {accorded} sur {{budget}}", said)
