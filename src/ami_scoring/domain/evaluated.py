"""The whole result of a run: everything that any report shows, where it came from, and what people decided.

Annotations are evaluated as they are read: postponed, `NamedTuple` compiles each, a third of what a class costs.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Entry, Origin
from ami_scoring.domain.facts import Value
from ami_scoring.domain.standings import Cut, Firmness, SetAside, Standing, Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding, Severity
from ami_scoring.messages import Message

if TYPE_CHECKING:
    from ami_scoring.domain.decisions import Register


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


class Decided(NamedTuple):
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


class Evaluation(NamedTuple):
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
