"""What a policy does with totals: who gets a place, and under which minimums."""

from enum import StrEnum
from typing import Annotated, Any, Self, TypeVar

from ami_scoring.domain.budgets import Budget
from ami_scoring.domain.conditions import Condition
from ami_scoring.domain.limits import SCHEMA, Limit, Limited, LimitShare, parse_limit
from ami_scoring.domain.modelling.markers import Field, WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Flag, Parsed, Text, fold, shown
from ami_scoring.domain.quantities import Count, parse_count
from ami_scoring.exact import Fraction


class Floor(Limited):
    """A minimum on the total of the candidatures of one category."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    at_least: Limit = Field(title="Total minimal")
    strict: Flag = Field(False, title="Le minimum lui-même ne suffit pas")

    def refuses(self, total: Fraction) -> bool:
        """Say whether a total is too low: under the minimum, or equal to it where it is strict."""
        return total < self.at_least or (self.strict and total == self.at_least)


class Scale(StrEnum):
    """What a threshold is compared with: weighted points, or the raw mark."""

    POINTS = "points"
    MARK = "mark"


class Threshold(Limited):
    """A floor on one criterion, without which no place is given."""

    criterion: Text = Field(title="Critère")
    on: Scale = Field(Scale.POINTS, title="Sur les points pondérés (points) ou la note brute (mark)")
    at_least: Limit | None = Field(None, title="Au moins")
    share: LimitShare | None = Field(None, title="Part du maximum au moins (0 à 1, ou en %)")
    strict: Flag = Field(False, title="Le seuil lui-même ne suffit pas")

    @model_validator(mode="after")
    def _points_or_share(self) -> Self:
        if (self.at_least is None) == (self.share is None):
            raise RefusalError("threshold-shape", "Un seuil se dit par « at_least » ou par « share ».")
        return self


class Quota(Model):
    """Places kept for a category, or the most it may get."""

    label: Text = Field(title="Libellé")
    when: Condition = Field(title="Candidatures concernées")
    at_least: Count = Field(0, title="Places garanties aux mieux classées d'entre elles")
    at_most: Count | None = Field(None, title="Places au plus")


class Every(StrEnum):
    """A place for each candidature that passes every minimum: no number limits them."""

    ALL = "all"


class Never(StrEnum):
    """The score ranks and bounds, and people decide of every place."""

    NEVER = "never"


W = TypeVar("W", bound=StrEnum)


def _word(value: object, word: W, told: str) -> W | None:
    """Read the one word that may stand for a number; None for what can only be a number."""
    if not isinstance(value, str) or any(map(str.isdigit, value)):
        return None
    if fold(value) == word:
        return word
    raise RefusalError("number-expected", f"« {{text}} » n'est ni {told}.", {"text": shown(value), "word": str(word)})


def parse_deciding(value: object) -> Fraction | Never:
    """Read the total from which the score decides, or `never`."""
    told = "un total, ni « never » (le comité délibère toujours)"
    return _word(value, Never.NEVER, told) or parse_limit(value)


Deciding = Annotated[
    Fraction | Never,
    Parsed(parse_deciding),
    WithJsonSchema({"anyOf": [{**SCHEMA}, {"enum": [Never.NEVER]}]}),
]


def parse_places(value: object) -> int | Every:
    """Read a number of places, or `all`."""
    told = "un nombre de places, ni « all » (toutes celles qui passent les seuils)"
    return _word(value, Every.ALL, told) or parse_count(value)


Places = Annotated[
    int | Every,
    Parsed(parse_places),
    WithJsonSchema({"anyOf": [{"type": "integer", "minimum": 0}, {"enum": [Every.ALL]}]}),
]


class Selection(Limited):
    """Who gets a place."""

    places: Places | None = Field(None, title="Nombre de places (facultatif avec un budget)")
    reserve: Count = Field(0, title="Longueur de la liste de réserve")
    minimum: Limit | None = Field(None, title="Total minimal")
    floors: list[Floor] = Field([], title="Totaux minimaux par catégorie")
    minimum_mark: Limit | None = Field(None, title="Somme minimale des notes brutes des critères de premier niveau")
    thresholds: list[Threshold] = Field([], title="Seuils par critère")
    quotas: list[Quota] = Field([], title="Places garanties ou plafonnées par catégorie")
    budget: Budget | None = Field(None, title="Budget à répartir")
    decides_from: Deciding | None = Field(None, title="Total à partir duquel la note décide ; au-dessous, on délibère")
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
            raise RefusalError(
                "minimum-shape",
                "Un minimum est un nombre, un paramètre ou, pour qu'il ne suffise pas lui-même, "
                "« {at_least: 50, strict: oui} ».",
            )
        return {**data, "minimum": stated["at_least"], "minimum_strict": stated.get("strict", False)}

    @property
    def counted_places(self) -> int | None:
        """How many places there are; None where a budget, or nothing, limits them."""
        return self.places if isinstance(self.places, int) else None

    @property
    def never_decides(self) -> bool:
        """Whether people decide of every place, whatever the total."""
        return self.decides_from is Never.NEVER

    @property
    def deciding_total(self) -> Fraction | None:
        """The total from which the score decides; None where it always does, or never."""
        return self.decides_from if isinstance(self.decides_from, Fraction) else None

    def decides(self, total: Fraction | None) -> bool:
        """Say whether the score alone decides of one that has a total."""
        bound = self.decides_from
        return bound is None or (isinstance(bound, Fraction) and total is not None and total >= bound)

    def leaves_to_people(self, total: Fraction) -> bool:
        """Say whether a total is under the one from which the score decides, where there is one."""
        return self.deciding_total is not None and total < self.deciding_total

    def is_under_minimum(self, total: Fraction) -> bool:
        """Say whether a total is too low for a place: under the minimum, or equal to it where it is strict."""
        return self.minimum is not None and (total < self.minimum or (self.minimum_strict and total == self.minimum))

    @model_validator(mode="after")
    def _places_or_budget(self) -> Self:
        if self.places is None and self.budget is None and not self.never_decides:
            raise RefusalError(
                "selection-shape",
                "Il faut un nombre de places (« places »), « places: all », un budget, ou « decides_from: never ».",
            )
        return self
