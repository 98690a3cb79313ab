"""What a policy holds to be plausible of a fact: beyond it people are warned, and nothing is refused."""

from datetime import date
from typing import Self

from ami_scoring.domain.conditions import Bound
from ami_scoring.domain.modelling.markers import Field, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Text
from ami_scoring.exact import Fraction


class Plausible(Model):
    """The values of a number or of a date that surprise nobody, both ends included."""

    from_: Bound | None = Field(None, alias="from", title="À partir de (inclus)")
    to: Bound | None = Field(None, title="Jusqu'à (inclus)")

    @model_validator(mode="after")
    def _an_end_at_least(self) -> Self:
        if self.from_ is None and self.to is None:
            raise RefusalError("plausible-shape", "Il faut dire à partir de quoi (« from »), ou jusqu'à quoi (« to »).")
        return self

    @property
    def bounds(self) -> tuple[Fraction | date | None, Fraction | date | None]:
        """The lowest and the highest; None where nothing is said."""
        return self.from_, self.to


class PlausibleFact(Plausible):
    """The same of any fact that a rule may read."""

    fact: Text = Field(title="Donnée")
