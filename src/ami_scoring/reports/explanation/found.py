"""The candidature asked for, whatever became of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.facts import Value
from ami_scoring.domain.scores import Evaluation, Origin, Scored, SetAside, Standing
from ami_scoring.findings import AmiScoringError
from ami_scoring.messages import printable


class UnknownReferenceError(AmiScoringError):
    """Raised when no candidature read has the reference asked for."""


@dataclass(frozen=True, slots=True)
class Found:
    """The candidature asked for: ranked, or set aside."""

    standing: Standing | None
    aside: SetAside | None

    @property
    def origin(self) -> Origin:
        """The file it came from."""
        if self.standing is not None:
            return self.standing.entry.origin
        assert self.aside is not None  # noqa: S101 - one of the two, by construction
        return self.aside.origin

    @property
    def scored(self) -> Scored | None:
        """Its score, when it got one."""
        if self.standing is not None:
            return self.standing.scored
        return self.aside.scored if self.aside else None

    @property
    def values(self) -> Mapping[str, Value]:
        """The facts that were read."""
        if self.scored is not None:
            return self.scored.card.values
        return (self.aside.values if self.aside else None) or {}

    @property
    def wave(self) -> Wave | None:
        """The wave that it was read in, when it was."""
        return self.scored.wave if self.scored else self.aside.wave if self.aside else None


def find(evaluation: Evaluation, reference: str) -> Found:
    """Find a candidature by its reference, whatever became of it. Raises `UnknownReferenceError`."""
    wanted = reference.casefold()
    for standing in evaluation.standings:
        if standing.entry.reference.casefold() == wanted:
            return Found(standing, None)
    for aside in evaluation.set_aside:
        if aside.reference is not None and aside.reference.casefold() == wanted:
            return Found(None, aside)
    message = f"aucune candidature lue ne porte la référence « {printable(reference)} »."
    raise UnknownReferenceError(message)
