"""What candidatures ask of a budget, one by one and together, and whether it is enough for all of them."""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from ami_scoring.domain.budgets import Enough
from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message, named, spell_number
from ami_scoring.scoring.marks import stays
from ami_scoring.scoring.places.ranking import Ranked
from ami_scoring.scoring.words import number_word

_NOTHING: Final = Fraction(0)


class Sufficiency(NamedTuple):
    """Whether a budget is enough for all who may be eligible, where the policy then retains all of them."""

    surely: bool
    said: Message | None = None
    """How the demands compare with the budget, where it surely is enough."""
    unless: Message | None = None
    """What it depends on, where it may be."""


NOT_ASKED: Final = Sufficiency(surely=False)


def asks_of(card: ScoreCard, criteria: Criteria) -> tuple[Fraction, Fraction | None]:
    """Give the least and the most that a candidature may ask of the budget, never below nothing; None without limit."""
    budget = criteria.selection.budget
    if budget is None:
        return _NOTHING, _NOTHING
    value, fact = card.values[budget.ask], criteria.catalogue[budget.ask]
    if not isinstance(value, Missing):
        asked = max(_NOTHING, Fraction(value))  # type: ignore[arg-type] # checks let only numbers in
        return asked, asked
    least = fact.minimum if value.at_least is None else value.at_least
    most = fact.maximum if value.at_most is None else value.at_most
    return (
        max(_NOTHING, _NOTHING if least is None else Fraction(least)),  # type: ignore[arg-type] # same reason
        None if most is None else max(_NOTHING, Fraction(most)),  # type: ignore[arg-type] # same reason
    )


def asks_of_values(values: Mapping[str, Value], criteria: Criteria) -> Fraction | None:
    """Give what a candidature asks of the budget, nothing where there is none; None where it does not say."""
    budget = criteria.selection.budget
    value = _NOTHING if budget is None else values[budget.ask]
    return None if isinstance(value, Missing) else max(_NOTHING, Fraction(value))  # type: ignore[arg-type] # same reason


def is_enough(rows: Sequence[Ranked], criteria: Criteria) -> Sufficiency:
    """Compare the budget with all that these candidatures, and those who wait among them, may ask for."""
    budget = criteria.selection.budget
    if budget is None or budget.when_enough is Enough.RANK:
        return NOT_ASKED
    asked = [asks_of(row.scored.card, criteria) for row in rows]
    bounded = [most for _, most in asked if most is not None]
    most = sum(bounded, _NOTHING)
    if len(bounded) == len(asked) and most <= budget.whole:
        ask, is_certain = criteria.catalogue[budget.ask], all(least == most for least, most in asked)
        times = "" if budget.times == 1 else f"{spell_number(budget.times)} fois "
        words = {
            "asked": number_word(ask, most) + ("" if is_certain else " au plus"),
            "whole": f"{times}le budget ({number_word(ask, budget.amount)})",
        }
        return Sufficiency(surely=True, said=Message("les demandes ({asked}) ne dépassent pas {whole}", words))
    sure = [_surely_asks(row.scored, criteria) for row in rows]
    if sum((least for (least, _), is_sure in zip(asked, sure, strict=True) if is_sure), _NOTHING) > budget.whole:
        return NOT_ASKED
    open_ = [
        row.scored.entry.reference
        for row, (least, most_), is_sure in zip(rows, asked, sure, strict=True)
        if least != most_ or not is_sure
    ]
    said = "sauf si toutes les demandes tiennent dans le budget, ce qui dépend de {references}"
    return Sufficiency(surely=False, unless=Message(said, {"references": named(open_)}))


def _surely_asks(one: Scored, criteria: Criteria) -> bool:
    """Say whether one stays eligible whatever it lacks, and is the version that counts: its points change nothing."""
    return not one.unordered and stays(one, criteria)
