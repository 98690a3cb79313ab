"""What is said of a budget, in the unit of what is asked."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Fact
from ami_scoring.domain.scores import Evaluation
from ami_scoring.messages import Message, spell_number
from ami_scoring.scoring.words.wording import number_word


def asked_fact(criteria: Criteria) -> Fact | None:
    """Give the fact that says what each asks for, or None without budget."""
    budget = criteria.selection.budget
    return None if budget is None else criteria.catalogue[budget.ask]


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
