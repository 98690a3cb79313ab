"""An amount shared between candidatures: how much there is, what is kept for whom, and when it runs short."""

from enum import StrEnum
from typing import Any, Self

from ami_scoring.domain.conditions import Condition, Points, Share
from ami_scoring.domain.modelling.markers import Field, field_validator, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Text
from ami_scoring.domain.ties import RankTie, Tie, UncoveredTie, by_name
from ami_scoring.exact import Fraction


class Envelope(Model):
    """A part of the budget for a category, stated as an amount or as a share of the whole."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    amount: Points | None = Field(None, title="Montant")
    share: Share | None = Field(None, title="Part du budget (0 à 1, ou en %), à la place du montant")
    spill: Flag = Field(False, title="Ce qui reste va aux autres candidatures")
    order: list[Tie] = Field(
        [], title="Ordre propre à cette part, à la place de celui des rangs", json_schema_extra={"minItems": 1}
    )
    """An empty one is refused below, in a sentence; editors know it by the schema."""

    @model_validator(mode="before")
    @classmethod
    def _criterion_by_name(cls, data: Any) -> Any:
        return by_name(data, "order")

    @field_validator("order", mode="before")
    @classmethod
    def _orders_by_something(cls, data: Any) -> Any:
        if data == []:
            said = "Cet ordre est vide : dites ce qui ordonne cette part, ou retirez « order » si les rangs suffisent."
            raise RefusalError("too-short", said)
        return data

    @property
    def own_order(self) -> list[RankTie]:
        """What orders its candidatures before their ranks do; nothing where ranks alone do."""
        return [tie for tie in self.order if not isinstance(tie, UncoveredTie)]

    @model_validator(mode="after")
    def _amount_or_share(self) -> Self:
        if (self.amount is None) == (self.share is None):
            raise RefusalError(
                "envelope-shape", "Une part réservée se dit par « amount » (un montant) ou par « share » (une part)."
            )
        return self

    def part_of(self, whole: Fraction) -> Fraction:
        """Give the amount that it holds of a whole budget."""
        return (self.share or Fraction(0)) * whole if self.amount is None else self.amount


class Short(StrEnum):
    """What happens when what is asked for exceeds what is left."""

    STOP = "stop"
    SKIP = "skip"
    NEAREST = "nearest"
    """Whole levels of totals are admitted, as near as possible to what may be asked for."""


class Enough(StrEnum):
    """What happens when all that is asked for is within the budget."""

    RANK = "rank"
    """Minimums and thresholds hold, as ever."""
    ALL = "all"
    """None of them holds: whoever is eligible and has a total is retained."""


class Budget(Model):
    """An amount shared in the order of ranks."""

    amount: Points = Field(title="Montant total")
    ask: Text = Field(title="Donnée qui dit le montant demandé")
    times: Points = Field(Fraction(1), title="Admettre jusqu'à tant de fois ce montant")
    least_times: Points | None = Field(None, title="Admettre au moins tant de fois ce montant, par totaux entiers")
    partial: Flag = Field(False, title="La dernière peut ne recevoir que le reste")
    when_short: Short = Field(
        Short.STOP, title="Quand le reste ne suffit pas : s'arrêter (stop), passer (skip), ou totaux entiers (nearest)"
    )
    when_enough: Enough = Field(
        Enough.RANK,
        title="Quand les demandes ne dépassent pas le budget : classer (rank), ou retenir toutes les recevables (all)",
    )
    envelopes: list[Envelope] = Field([], title="Parts réservées")
    spill_order: list[Text] = Field([], title="Parts réservées à qui va d'abord ce qui reste, dans l'ordre")

    @property
    def admits_more(self) -> bool:
        """Whether more may be admitted than there is: nothing is granted yet."""
        return self.times != 1 or self.admits_levels

    @property
    def admits_levels(self) -> bool:
        """Whether all who have a total are admitted, or none of them."""
        return self.when_short is Short.NEAREST

    @property
    def whole(self) -> Fraction:
        """All that may be admitted."""
        return self.amount * self.times

    @property
    def spills_to(self) -> tuple[int, ...]:
        """The envelopes to which what others leave goes first, in order, by their places in the list."""
        labels = [envelope.label for envelope in self.envelopes]
        return tuple(labels.index(label) for label in self.spill_order)

    @property
    def parts(self) -> tuple[Fraction, ...]:
        """The amount of each envelope, whether it is stated or a share of the budget."""
        return tuple(envelope.part_of(self.amount) for envelope in self.envelopes)
