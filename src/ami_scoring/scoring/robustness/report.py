"""All answers about one evaluation, as a report takes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.scoring.robustness.answers import Step
from ami_scoring.scoring.robustness.boundaries import Boundary
from ami_scoring.scoring.robustness.certainty import Certainty
from ami_scoring.scoring.robustness.pairs import Duel, Exchange
from ami_scoring.scoring.robustness.regions import Region
from ami_scoring.scoring.robustness.shares import Shares
from ami_scoring.scoring.robustness.study import Study


class Absence(NamedTuple):
    """What the list would be without one assessor, or without one candidature."""

    who: str
    """The number of an assessor, never a name; or the reference of a candidature."""
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    moved: int
    """How many of the others change places among themselves."""
    furthest: int
    """The most ranks that one of them moves."""
    marks: int = 0
    """How many opinions the assessor gave."""


class Seats(NamedTuple):
    """What was tried by leaving one out, and what changed."""

    tried: int
    absences: tuple[Absence, ...]
    excluded: int = 0
    """Opinions that a conflict of interest had already left out."""


@dataclass(frozen=True, slots=True)
class Robustness:
    """Everything that `ami robustness` found; what was not asked for, or has no meaning here, is None."""

    evaluation: Evaluation
    study: Study
    nearest: Exchange | None
    """The transfer that exchanges the nearest two."""
    duel: Duel | None
    alike: Shares | None
    """Over all weightings alike."""
    around: Shares | None
    """Over weightings around the voted ones."""
    strength: int
    """Of the law around the voted weights, as asked for."""
    region: Region | None
    region_words: str
    """The bounds or the order, as they were asked for."""
    certainties: dict[str, Certainty]
    assessors: Seats | None
    answers: tuple[Step, ...]
    answers_tried: int
    boundaries: tuple[Boundary, ...]
    """Of those nearest the cut, in the order of ranks."""
    removals: Seats | None
