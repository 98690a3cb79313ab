"""What a policy does with totals: how equals are told apart, who gets a place, what a budget pays."""

from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, Tag, model_validator
from pydantic_core import PydanticCustomError

from ami_scoring.domain.conditions import Condition, Points
from ami_scoring.domain.primitives import Flag, Model, Text
from ami_scoring.domain.quantities import Count
from ami_scoring.exact import Fraction


class Prefer(StrEnum):
    """Which end of a fact comes first in a tie."""

    EARLIEST = "earliest"
    LATEST = "latest"
    HIGHEST = "highest"
    LOWEST = "lowest"


class FactTie(Model):
    """Break a tie by a fact."""

    fact: Text = Field(title="Donnée")
    prefer: Prefer = Field(title="Ce qui passe devant")


class CriterionTie(Model):
    """Break a tie by the points of a criterion: more comes first."""

    criterion: Text = Field(title="Critère")


class DrawTie(Model):
    """Break a tie by a draw that anyone can redo: the order of SHA-256(seed ‖ reference)."""

    draw: Text = Field(title="Graine publiée du tirage au sort")


def _tie_kind(value: Any) -> str:
    if isinstance(value, dict):
        for key in ("fact", "draw"):
            if key in value:
                return f"<{key}>"
    return "<criterion>"


Tie = Annotated[
    Annotated[FactTie, Tag("<fact>")] | Annotated[CriterionTie, Tag("<criterion>")] | Annotated[DrawTie, Tag("<draw>")],
    Discriminator(_tie_kind),
]


class Ranking(Model):
    """How equal totals are told apart; without ties, they share a rank."""

    ties: list[Tie] = Field([], title="Départage, dans l'ordre")

    @model_validator(mode="before")
    @classmethod
    def _criterion_by_name(cls, data: Any) -> Any:
        if isinstance(data, dict) and isinstance(data.get("ties"), list):
            ties = [{"criterion": tie} if isinstance(tie, str) else tie for tie in data["ties"]]
            return {**data, "ties": ties}
        return data


class Floor(Model):
    """A minimum on the total of the candidatures of one category."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    at_least: Points = Field(title="Total minimal")


class Scale(StrEnum):
    """What a threshold is compared with: weighted points, or the raw mark."""

    POINTS = "points"
    MARK = "mark"


class Threshold(Model):
    """A floor on one criterion, without which no place is given."""

    criterion: Text = Field(title="Critère")
    on: Scale = Field(Scale.POINTS, title="Sur les points pondérés (points) ou la note brute (mark)")
    at_least: Points | None = Field(None, title="Au moins")
    share: Points | None = Field(None, title="Part du maximum au moins (0 à 1)")
    strict: Flag = Field(False, title="Le seuil lui-même ne suffit pas")

    @model_validator(mode="after")
    def _points_or_share(self) -> Self:
        if (self.at_least is None) == (self.share is None):
            raise PydanticCustomError("threshold-shape", "Un seuil se dit par « at_least » ou par « share ».")
        return self


class Quota(Model):
    """Places kept for a category, or the most it may get."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    at_least: Count = Field(0, title="Places garanties aux mieux classées d'entre elles")
    at_most: Count | None = Field(None, title="Places au plus")


class Envelope(Model):
    """A part of the budget for a category."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    amount: Points = Field(title="Montant")
    spill: Flag = Field(False, title="Ce qui reste va aux autres candidatures")


class Short(StrEnum):
    """What happens when what is asked for exceeds what is left."""

    STOP = "stop"
    SKIP = "skip"


class Budget(Model):
    """An amount shared in the order of ranks."""

    amount: Points = Field(title="Montant total")
    ask: Text = Field(title="Donnée qui dit le montant demandé")
    times: Points = Field(Fraction(1), title="Admettre jusqu'à tant de fois ce montant")
    partial: Flag = Field(False, title="La dernière peut ne recevoir que le reste")
    when_short: Short = Field(Short.STOP, title="Quand le reste ne suffit pas : s'arrêter (stop) ou passer (skip)")
    envelopes: list[Envelope] = Field([], title="Parts réservées")


class Selection(Model):
    """Who gets a place."""

    places: Count | None = Field(None, title="Nombre de places (facultatif avec un budget)")
    reserve: Count = Field(0, title="Longueur de la liste de réserve")
    minimum: Points | None = Field(None, title="Total minimal")
    floors: list[Floor] = Field([], title="Totaux minimaux par catégorie")
    minimum_mark: Points | None = Field(None, title="Somme minimale des notes brutes des critères de premier niveau")
    thresholds: list[Threshold] = Field([], title="Seuils par critère")
    quotas: list[Quota] = Field([], title="Places garanties ou plafonnées par catégorie")
    budget: Budget | None = Field(None, title="Enveloppe à répartir")
    decides_from: Points | None = Field(None, title="Total à partir duquel la note décide ; au-dessous, on délibère")
    minimum_strict: Flag = Field(False, title="Le total minimal lui-même ne suffit pas")
    """Written `minimum: {at_least: 50, strict: oui}`."""

    @model_validator(mode="before")
    @classmethod
    def _minimum_at_length(cls, data: Any) -> Any:
        """Read `minimum: {at_least: 50, strict: oui}`; a number alone is enough of itself."""
        if not isinstance(data, dict) or not (isinstance(data.get("minimum"), dict) or "minimum_strict" in data):
            return data
        stated = data["minimum"] if isinstance(data.get("minimum"), dict) else {}
        if stated.get("at_least") is None or set(stated) - {"at_least", "strict"} or "minimum_strict" in data:
            raise PydanticCustomError(
                "minimum-shape", "Un minimum est un nombre, ou « {at_least: 50, strict: oui} », et rien d'autre."
            )
        return {**data, "minimum": stated["at_least"], "minimum_strict": stated.get("strict", False)}

    def is_under_minimum(self, total: Fraction) -> bool:
        """Say whether a total is too low for a place: under the minimum, or equal to it where it is strict."""
        return self.minimum is not None and (total < self.minimum or (self.minimum_strict and total == self.minimum))

    @model_validator(mode="after")
    def _places_or_budget(self) -> Self:
        if self.places is None and self.budget is None:
            raise PydanticCustomError("selection-shape", "Il faut un nombre de places (« places ») ou un budget.")
        return self
