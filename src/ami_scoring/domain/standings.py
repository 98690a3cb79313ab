"""What becomes of candidatures: ranks and statuses, how sure they are, and where the selection stops.

Annotations are evaluated as they are read: postponed, `NamedTuple` compiles each, a third of what a class costs.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import ScoreCard, Scored
from ami_scoring.domain.verified import Answer
from ami_scoring.exact import Fraction
from ami_scoring.messages import Message


class Status(StrEnum):
    """What became of a candidature. Every file read has exactly one."""

    SELECTED = "retenue"
    RESERVE = "réserve"
    NOT_SELECTED = "non retenue"
    TO_DELIBERATE = "à délibérer"
    TO_COMPLETE = "à compléter"
    TO_CORRECT = "à corriger"
    AWAITED = "avis attendu"
    INELIGIBLE = "inéligible"
    LATE = "hors délai"
    REPLACED = "remplacée"
    AWARDED = "déjà retenue"
    OTHER_WAVE = "autre vague"
    UNREADABLE = "illisible"


class Firmness(StrEnum):
    """How sure a place is, or the want of one, over every way in which what is unsettled can end.

    Unsettled are missing facts, unreadable files, eligibility to be checked, opinions awaited, equals that the
    committee must tell apart. That a file is never completed is one of the ways.
    """

    FIRM = "acquise"
    """It has a place, and keeps it in every way."""
    PROVISIONAL = "provisoire"
    """It has a place, and some way could take it away."""
    POSSIBLE = "encore possible"
    """It has no place, and some way could give it one."""
    IMPOSSIBLE = "plus possible"
    """It has no place, and no way gives it one."""


class Threat(NamedTuple):
    """Who or what could still change the fate of a candidature, and what that would need."""

    reference: str | None
    """Of another candidature, or its own where its own file is what is open; None for a file without one."""
    need: Message
    path: str | None = None
    """The file that nobody can read yet, where it is one."""
    movers: tuple[str, ...] = ()
    """Others whose open files alone move what it gets by comparison, where its own is closed."""


class Standing(NamedTuple):
    """A candidature's place. `rank` is None while information that the rules require is missing.

    It is one more than the candidatures ahead, whatever the numbering: places are given by it. `rank_best` and
    `rank_worst` bound it over everything that missing information allows. `shown_rank` is what people read.
    """

    scored: Scored
    status: Status
    rank: int | None
    rank_best: int
    rank_worst: int
    tied: bool = False
    reasons: tuple[Message, ...] = ()
    granted: Fraction | None = None
    """What it gets of the budget, where there is one."""
    elsewhere: tuple[Message, ...] = ()
    """Its other versions, in waves that are not evaluated; they change nothing here."""
    firmness: Firmness = Firmness.PROVISIONAL
    threats: tuple[Threat, ...] = ()
    """Of a provisional place, who could displace it; of one still possible, what it depends on. The first of them."""
    others: int = 0
    """How many more threats there are than `threats` names."""
    versions: int = 1
    """How many versions of its project may still be the one that counts."""
    numbered: int | Fraction | None = None
    """Its rank as the policy numbers them, where that is not `rank`; a fraction where it is no whole number."""

    @property
    def shown_rank(self) -> int | Fraction | None:
        """The rank that is shown: by the numbering that the policy asks for."""
        return self.rank if self.numbered is None else self.numbered

    @property
    def entry(self) -> Entry:
        """The candidature and its origin."""
        return self.scored.entry

    @property
    def card(self) -> ScoreCard:
        """Its score card."""
        return self.scored.card


class Versions(NamedTuple):
    """The versions of one project that may count, where they are not simply the one that is listed."""

    scored: tuple[Scored, ...]
    """From the latest."""
    present: bool
    """Whether one of them surely counts and holds a rank."""


class SetAside(NamedTuple):
    """A candidature, or a file that may hold one, that is not ranked, with the reason."""

    status: Status
    reasons: tuple[Message, ...]
    origin: Origin
    reference: str | None = None
    entry: Entry | None = None
    scored: Scored | None = None
    wave: Wave | None = None
    values: Mapping[str, Value] | None = None
    """The facts that the gates read, and the wave they were read in, where it got so far."""
    counting: tuple[Entry, ...] = ()
    """The version that counts in its stead, or those of which one does."""
    most: int = 1
    """Of a file that nobody can read, how many candidatures it may hold at most."""
    unverified: tuple[Answer, ...] = ()
    """Of one that what it declares makes ineligible, the answers to be verified: they may yet make it eligible."""


class Cut(NamedTuple):
    """Where the selection stops."""

    places: int | None
    """None where no number limits them: a budget does, or nothing but minimums."""
    selected: int
    reserve: int
    minimum: Fraction | None
    last_total: Fraction | None
    """The total of the last candidature that gets a place; None when nobody does."""
    contested: tuple[str, ...] = ()
    """References of the equal candidatures between which the last places would fall."""
    places_left: int = 0
    """Places that nobody gets, because of a tie or for want of candidatures."""
    budget: Fraction | None = None
    granted: Fraction | None = None
    """The budget, and what is granted of it, where there is one."""
    enough: Message | None = None
    """How the demands compare with the budget, where the policy then retains all who are eligible: no minimum holds."""
    at_stake: int = 0
    """How many places the equal candidatures contest; none where they contest the rest of a budget."""
    waiting: tuple[str, ...] = ()
    """References of all those for whom a place or money is kept: the equals, those who wait for them, open demands."""
    unsettled: tuple[str, ...] = ()
    """References, or paths of unreadable files, of those that could still change who gets a place."""
    versions: tuple[Versions, ...] = ()
    """The projects for which another version than the one that is listed, or none, may count in the end."""
    awaited: int = 0
    """How many candidatures, ineligible by what they declare, a verification may yet bring in."""

    @property
    def has_limit(self) -> bool:
        """Whether a number of places, or a budget, ends the list: there is then a last one that gets a place."""
        return self.places is not None or self.budget is not None
