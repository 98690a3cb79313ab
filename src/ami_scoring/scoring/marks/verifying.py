"""What a policy requires to be verified, and what that leaves open while nobody verified it.

The declared answer counts as long as no other is known; but any answer may be what is found, so that ranks and places
are bounded as if it were missing.
"""

from __future__ import annotations

from collections.abc import Mapping

from ami_scoring.domain.criteria import Criteria
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Missing, Value
from ami_scoring.domain.scores import Appraisal, Mark, Opened, ScoreCard
from ami_scoring.domain.verified import Answer, answered, answers_to
from ami_scoring.scoring.marks.conditions import holds
from ami_scoring.scoring.marks.pools import is_let_in
from ami_scoring.scoring.words import to_verify


def unverified(entry: Entry, criteria: Criteria) -> tuple[Answer, ...]:
    """Give the answers of a candidature that the policy requires to be verified, and that nobody verified.

    What it does not declare, or must correct, waits for its applicant first.
    """
    if not criteria.verify:
        return ()
    done = {each.answer for each in entry.verified}
    return tuple(
        answer
        for name in dict.fromkeys(criteria.verify)
        for answer in answers_to(criteria.catalogue[name], entry.candidature)
        if answer not in done and not isinstance(answered(entry.candidature, answer, criteria.catalogue[name]), Missing)
    )


def is_refused_anyway(values: Mapping[str, Value], criteria: Criteria) -> bool:
    """Say whether a gate refuses a candidature whatever is found of the answers that these facts are without."""
    return any(holds(gate.require, values) is False for gate in criteria.eligibility)


def left_open(card: ScoreCard, other: ScoreCard, answers: tuple[Answer, ...], criteria: Criteria) -> Opened:
    """Put beside a card what any other answers would make of it; `other` is the card without them."""
    pending = () if is_let_in(other.values, criteria) else (to_verify(answers, criteria),)
    return Opened(answers, _widened_card(card, other), pending)


def _widened_card(card: ScoreCard, other: ScoreCard) -> ScoreCard:
    """Give a card the bounds of both, and the facts of the other, in which what is to be verified is missing."""
    marks = {name: _widened(mark, other.marks[name]) for name, mark in card.marks.items()}
    low, high = min(card.low, other.low), max(card.high, other.high)
    return ScoreCard(marks, card.total, low, high, other.values, card.is_wide or other.is_wide)


def _widened(mark: Mark, other: Mark) -> Mark:
    low, high = min(mark.low, other.low), max(mark.high, other.high)
    if low == mark.low and high == mark.high:
        return mark
    return mark._replace(low=low, high=high, appraisal=_appraised(mark.appraisal, other.appraisal))


def _appraised(appraisal: Appraisal | None, other: Appraisal | None) -> Appraisal | None:
    if appraisal is None or other is None:
        return appraisal
    return appraisal._replace(low=min(appraisal.low, other.low), high=max(appraisal.high, other.high))
