"""What tells two candidatures of one total apart, in words."""

from __future__ import annotations

from datetime import date

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.scores import Scored
from ami_scoring.domain.ties import CriterionTie, DrawTie, FactTie
from ami_scoring.messages import spell
from ami_scoring.scoring.places.deposits import DEPOSIT, Deposits
from ami_scoring.scoring.places.keys import parting_tie
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import inner, value_word


def parting_words(criteria: Criteria, deposits: Deposits, ahead: Ranked, behind: Ranked) -> str:
    """Say by what a candidature comes before another of the same total: a draw, or two values of one thing.

    Equals by every tie-break come one before the other where ranks were given that part them.
    """
    both = ahead.scored, behind.scored
    match parting_tie(*both, criteria.ranking, deposits):
        case None:
            return "placée devant"
        case DrawTie():
            return "que le tirage au sort place devant"
        case CriterionTie() as tie:
            return _placed(
                criteria.by_id[tie.criterion].label, *(spell(one.card.marks[tie.criterion].points) for one in both)
            )
        case FactTie() as tie:
            words = (_fact_word(one, tie.fact, criteria, deposits) for one in both)
            return _placed(criteria.catalogue[tie.fact].label, *words)


def _fact_word(one: Scored, name: str, criteria: Criteria, deposits: Deposits) -> str:
    """Tell a value; a deposit is told with its hour where hours count."""
    value = one.card.values[name]
    if name == DEPOSIT and isinstance(value, date):
        return deposits.word(one, value)
    return value_word(criteria.catalogue[name], value)


def _placed(label: str, ahead: str, behind: str) -> str:
    return f"placée devant par « {inner(label)} » ({ahead}, contre {behind})"
