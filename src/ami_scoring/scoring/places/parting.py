"""What tells two candidatures of one total apart, in words."""

from __future__ import annotations

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.selection import CriterionTie, DrawTie, FactTie
from ami_scoring.messages import spell
from ami_scoring.scoring.places.ranking import Ranked, parting_tie
from ami_scoring.scoring.words import inner, value_word


def parting_words(criteria: Criteria, ahead: Ranked, behind: Ranked) -> str:
    """Say by what a candidature comes before another of the same total: a draw, or two values of one thing."""
    first, second = ahead.scored, behind.scored
    match parting_tie(first, second, criteria.ranking):
        case DrawTie():
            return "que le tirage au sort place devant"
        case CriterionTie() as tie:
            marks = [spell(one.card.marks[tie.criterion].points) for one in (first, second)]
            return _placed(criteria.by_id[tie.criterion].label, *marks)
        case FactTie() as tie:
            fact = criteria.catalogue[tie.fact]
            return _placed(fact.label, *(value_word(fact, one.card.values[tie.fact]) for one in (first, second)))


def _placed(label: str, ahead: str, behind: str) -> str:
    return f"placée devant par « {inner(label)} » ({ahead}, contre {behind})"
