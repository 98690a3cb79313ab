"""What is heard of assessors: nothing, where no opinion of theirs is given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from ami_scoring.domain.entries import Origin
from ami_scoring.domain.facts import Opinions
from ami_scoring.domain.primitives import fold
from ami_scoring.domain.simple_rules import Judgement
from ami_scoring.findings import Finding, Tally
from ami_scoring.sources.files.document import Document
from ami_scoring.sources.people.names import Names

if TYPE_CHECKING:
    from ami_scoring.domain.assessment import Assessment
    from ami_scoring.scoring.jury import Seats
    from ami_scoring.sources.doors.assessments import Refused

Batch = tuple[list[Document], list[Finding]]
"""Some documents, and what their reader found."""


class Heard:
    """What the assessors say, by folded reference then by subject, and what is wrong in their files."""

    def __init__(self, judgements: Mapping[str, Judgement], seats: Seats | None) -> None:
        """Begin with what is judged, by subject, and the jury, where the policy names one."""
        self.opinions: dict[str, dict[str, Opinions]] = {}
        self.findings: list[Finding] = []
        self.origins: list[Origin] = []
        self.refused: list[Refused] = []
        self.kept: list[Assessment] = []
        """Those that are heard, in the order of files."""
        self.judgements = judgements
        self.seats = seats
        self.given: set[tuple[str, str]] = set()
        """Who was heard on what: assessors, under one spelling, and folded references."""
        self.tally = Tally()
        self.shown = Names()
        """What the words of a file may show: all else may be the name of somebody."""

    def who(self, name: str) -> str:
        """Give one spelling to a person: the short name of the roster, or their name, folded."""
        known = None if self.seats is None else self.seats.jury.recognised(name)
        return fold(name) if known is None else known.id

    def tell(self, findings: Iterable[Finding]) -> None:
        """Keep what was found, the first of each kind one by one."""
        self.findings.extend(each for each in findings if self.tally.keeps(each))
