"""What makes two files versions of one candidature, as a policy says it."""

from enum import StrEnum
from typing import Final

from ami_scoring.domain.modelling.markers import Field
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import Text

APPLICANT: Final = "porteur"
"""Stands for the applicant: its SIREN or, where a file gives none, that of the only one that bears its name."""
REFERENCE: Final = "reference"
"""Alone, stands for the reference, which no two candidatures share: no file is then a version of another."""


class Keep(StrEnum):
    """Which of the versions of one candidature counts."""

    LAST = "last"
    """The last complete one or, without any, the last."""
    BEST = "best"
    """The one that has the highest total or, without any total, the same as above."""


class Versions(Model):
    """Two candidatures that agree on all of this are versions of one, and only one of them counts."""

    identified_by: list[Text] = Field(
        [APPLICANT, "implantation.code_insee"],
        title="Ce qui fait de deux dossiers deux versions d'une même candidature",
        min_length=1,
    )

    keep: Keep = Field(Keep.LAST, title="Celle qui compte")

    @property
    def keeps_best(self) -> bool:
        """Whether the one that has the highest total counts, whenever it was deposited."""
        return self.keep is Keep.BEST

    @property
    def each_alone(self) -> bool:
        """Whether no candidature ever replaces another."""
        return self.identified_by == [REFERENCE]
