"""What a candidature is worth: marks with their intervals and grounds, up to its score card.

Frozen and exact. Nothing here is rounded, and no sentence is written: `scoring.words` tells it to people.
Annotations are evaluated as they are read: postponed, `NamedTuple` compiles each, a third of what a class costs.
"""

from collections.abc import Mapping
from typing import NamedTuple

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.facts import Value
from ami_scoring.domain.verified import Answer
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message


class Outcome(NamedTuple):
    """What one rule gave, and by which branch.

    `branch` is the position of the band, row, segment or best part that decided, or -1 for "otherwise".
    `parts` are the outcomes of the rules or items below. `missing` names the facts that were needed and absent;
    what they would have decided counts for nothing in `points`.
    """

    points: Fraction
    branch: int = -1
    parts: "tuple[Outcome, ...]" = ()
    missing: tuple[str, ...] = ()
    met: bool = True
    refused: str | None = None
    """The fact whose value is outside what the rule accepts, where it says `outside: refuse`."""


class Range(NamedTuple):
    """The lowest and the highest value that information still missing allows; both are attainable."""

    low: Fraction
    high: Fraction

    @property
    def is_single(self) -> bool:
        """Whether nothing is left open."""
        return self.low == self.high


class Appraisal(NamedTuple):
    """The raw mark of one rule for one candidature, before any weight. `mark` is None when it is on hold."""

    mark: Fraction | None
    low: Fraction
    high: Fraction
    outcome: Outcome
    missing: tuple[str, ...] = ()


class Mark(NamedTuple):
    """A criterion's contribution to the total of one candidature.

    `mark` is on the rule's own scale, `points` on the scale of the total; both are None when missing
    information puts the criterion on hold. `low` and `high` bound `points`.
    """

    criterion: str
    mark: Fraction | None
    points: Fraction | None
    low: Fraction
    high: Fraction
    appraisal: Appraisal | None = None
    """How the rule came to it; None for a criterion made of others."""

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts whose absence leaves the mark open."""
        return self.appraisal.missing if self.appraisal else ()


class ScoreCard(NamedTuple):
    """Every mark of one candidature, and its total. `total` is None when a criterion is on hold."""

    marks: Mapping[str, Mark]
    total: Fraction | None
    low: Fraction
    high: Fraction
    values: Mapping[str, Value]
    """The facts that rules and gates read, by name."""
    is_wide: bool = False
    """Whether `low` and `high` may be out of reach: criteria share missing facts that have too many values to try."""


class Opened(NamedTuple):
    """What becomes of a candidature while verifications that the policy requires are not done: any value may come."""

    answers: tuple[Answer, ...]
    """Those to be verified."""
    card: ScoreCard
    """Marks and total as declared, between what any other answers would give; the facts to be verified are missing."""
    pending: tuple[Message, ...] = ()
    """What gates would wait for without those answers."""


class Scored(NamedTuple):
    """A candidature that passed the gates, in its wave, with its score card."""

    entry: Entry
    wave: Wave
    card: ScoreCard
    pending: tuple[Message, ...] = ()
    """What gates still wait for."""
    unordered: tuple[Entry, ...] = ()
    """The other versions of it of which one may be the last: nobody knows in which order they were deposited."""
    opened: Opened | None = None
    """The same with the answers to be verified left open, where some are."""

    @property
    def unverified(self) -> tuple[Answer, ...]:
        """The answers that the policy requires to be verified, and that nobody verified yet."""
        return () if self.opened is None else self.opened.answers

    @property
    def bounded(self) -> "Scored":
        """The same over every way in which its verifications can end: only what is compared with bounds reads it."""
        if self.opened is None:
            return self
        return self._replace(card=self.opened.card, pending=(*self.opened.pending, *self.pending))

    @property
    def is_firm(self) -> bool:
        """Whether nothing that the policy requires is missing, so that it can hold a rank."""
        return self.card.total is not None and not self.pending and not self.unordered
