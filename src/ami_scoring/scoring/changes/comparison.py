"""Two policies side by side: what changed, which candidatures move, and which change moves each."""

from __future__ import annotations

from dataclasses import dataclass

from ami_scoring.domain.standings import Status
from ami_scoring.exact import Fraction
from ami_scoring.findings import Finding
from ami_scoring.messages import Message
from ami_scoring.scoring.changes.policies import Step


@dataclass(frozen=True, slots=True)
class Place:
    """Where one candidature stands by one policy."""

    status: Status
    rank: int | Fraction | None
    """As it is shown: by the numbering of that policy."""
    total: Fraction | None
    granted: Fraction | None = None
    """What it receives of the budget, where there is one."""
    possible: tuple[Fraction, Fraction] | None = None
    """The lowest and the highest total that what is missing allows; None where nothing is open."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One change of the rules, and what it alone does to one candidature, after those before it."""

    subjects: tuple[Message, ...]
    before: Place
    after: Place


@dataclass(frozen=True, slots=True)
class Move:
    """One candidature by the old policy and by the new one, and the changes that move it, in order."""

    reference: str
    name: str
    before: Place
    after: Place
    causes: tuple[Cause, ...]

    @property
    def enters(self) -> bool:
        """Whether it gets a place that it had not."""
        return self.after.status is Status.SELECTED and self.before.status is not Status.SELECTED

    @property
    def leaves(self) -> bool:
        """Whether it loses its place."""
        return self.before.status is Status.SELECTED and self.after.status is not Status.SELECTED


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed in the rules; with candidatures, who moves."""

    old: str
    new: str
    steps: tuple[Step, ...]
    moves: tuple[Move, ...] = ()
    compared: int = 0
    """How many candidatures both policies can read."""
    findings: tuple[Finding, ...] = ()
    """What is wrong in the candidatures."""
    unit: str = ""
    """The unit of what is granted."""
    about_opinions: tuple[Finding, ...] = ()
    """What is wrong in the files of assessors."""
