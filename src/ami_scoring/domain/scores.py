"""What an evaluation found: marks with their intervals and grounds, ranks, statuses, and where all came from.

Frozen and exact. Nothing here is rounded, and no sentence is written: `scoring.reasons` tells it to people.
Annotations are evaluated as they are read: postponed, `NamedTuple` compiles each, a third of what a class costs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.facts import Value
from ami_scoring.domain.verified import Answer, Checked, Verified
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message

if TYPE_CHECKING:
    from ami_scoring.domain.decisions import Register


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


class Origin(NamedTuple):
    """The file that a candidature came from. `line` is where it starts in it."""

    path: str
    sha256: str
    line: int = 1


class Refusal(NamedTuple):
    """An answer that cannot be read: the dotted key whose value is thereby unknown, and what is said of it.

    An empty key stands for the whole file: whatever it does not give may be what was meant.
    """

    key: str
    finding: Finding


class Entry(NamedTuple):
    """One candidature as read, with its origin."""

    candidature: Candidature
    origin: Origin
    refused: tuple[Refusal, ...] = ()
    """Answers that could not be read; what stands in their place in the candidature is nothing."""
    checked: Checked | None = None
    """What a service verified of it, where it verified anything."""

    @property
    def verified(self) -> tuple[Verified, ...]:
        """The answers that a service verified."""
        return () if self.checked is None else self.checked.verified

    @property
    def counted(self) -> Candidature:
        """The candidature whose answers count: the verified ones in place of the declared ones."""
        return self.candidature if self.checked is None else self.checked.candidature

    @property
    def reference(self) -> str:
        """The reference that the applicant's file carries."""
        return self.candidature.reference


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


class Provenance(NamedTuple):
    """What was read, and by which version of this program."""

    version: str
    criteria: Origin
    zonings: tuple[tuple[Origin, str], ...]
    """Each zoning file with its edition."""
    candidatures: tuple[Origin, ...]
    assessments: tuple[Origin, ...] = ()
    """The files of assessors' marks."""
    mappings: tuple[Origin, ...] = ()
    """The files that say how exports are read."""
    decisions: Origin | None = None
    """The register of what people decided, where one was given."""
    awarded: tuple[Origin, ...] = ()
    """The results of earlier waves, where what they gave counts."""
    verifications: Origin | None = None
    """The file of what a service verified, where the policy names one."""


class Award(NamedTuple):
    """A place that an earlier wave gave, and what it was granted of a budget, where there is one."""

    entry: Entry
    wave: Wave
    granted: Fraction | None
    values: Mapping[str, Value]
    """The facts that quotas and envelopes read."""


class ByPeople(StrEnum):
    """What only people decide of a candidature: nothing computes it."""

    WITHDRAWN = "désistée"


class Fate(NamedTuple):
    """What was computed of a candidature, and what people decided of it: side by side, never one for the other."""

    reference: str
    computed: Status
    decided: Status | ByPeople
    """The same where nobody decided otherwise."""
    call: int | None = None
    """Its place on the reserve list as decided, from 1."""
    said: tuple[Message, ...] = ()
    """What the decisions that touch it did, in their order."""
    numbers: tuple[int, ...] = ()
    """The decisions that name it."""

    @property
    def differs(self) -> bool:
        """Whether people decided otherwise than was computed."""
        return self.decided != self.computed


class Effect(NamedTuple):
    """What one decision changed: who came in, and who went out, in the order of ranks."""

    number: int
    said: Message
    entered: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Decided:
    """What people decided of a whole call, beside what was computed."""

    register: "Register"
    fates: Mapping[str, Fate]
    """By reference, in the order of the ranking, then of those set aside."""
    effects: tuple[Effect, ...]
    """What each decision in force changed, in their order."""
    selected: tuple[str, ...]
    """References of those that have a place as decided, in the order of ranks or of the final list."""
    reserve: tuple[str, ...]
    """References of the reserve list as decided, in the order in which it is called."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The result of one run: everything that any report shows."""

    criteria: Criteria
    wave: Wave | None
    """The only wave evaluated, or None when all are."""
    standings: tuple[Standing, ...]
    set_aside: tuple[SetAside, ...]
    cut: Cut
    findings: tuple[Finding, ...]
    provenance: Provenance
    decided: Decided | None = None
    """What people decided, where their register was given; nothing above depends on it."""
    awarded: tuple[Award, ...] = ()
    """What earlier waves gave: the policy above is what they leave of that of the call."""

    @property
    def read(self) -> int:
        """How many candidatures were read, unreadable ones included."""
        return len(self.standings) + len(self.set_aside)

    @property
    def unread(self) -> int:
        """How many files, or parts of files, may hold candidatures that nobody can read."""
        return self.count(Status.UNREADABLE)

    @property
    def held(self) -> int:
        """How many candidatures these may hold at most, each one more rival."""
        return sum(one.most for one in self.set_aside if one.status is Status.UNREADABLE)

    @property
    def beside(self) -> int:
        """How many more rivals may come: from unreadable files, and from candidatures that await a verification."""
        return self.held + self.cut.awaited

    @property
    def awaits_verification(self) -> bool:
        """Whether some answer that the policy requires to be verified is not."""
        return self.cut.awaited > 0 or any(one.scored.unverified for one in self.standings)

    @property
    def has_input_errors(self) -> bool:
        """Whether some file that was read has an error."""
        return any(finding.severity is Severity.ERROR for finding in self.findings)

    @property
    def weights_choose_versions(self) -> bool:
        """Whether other weights may make another version of some project the best, which is the one that counts."""
        several = any(one.counting for one in self.set_aside) or any(one.scored.unordered for one in self.standings)
        return self.criteria.versions.keeps_best and several

    @property
    def firm(self) -> int:
        """How many candidatures hold a place that nothing can take away."""
        return sum(one.firmness is Firmness.FIRM for one in self.standings)

    def count(self, status: Status) -> int:
        """How many candidatures have a status."""
        return sum(s.status is status for s in self.standings) + sum(s.status is status for s in self.set_aside)
