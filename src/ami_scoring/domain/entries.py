"""What was read: a candidature with the file that it came from, what of it was refused, and what was verified of it.

Annotations are evaluated as they are read: postponed, `NamedTuple` compiles each, a third of what a class costs.
"""

from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.verified import Checked, Verified
from ami_scoring.findings import Finding


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
