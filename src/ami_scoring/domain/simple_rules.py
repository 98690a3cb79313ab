"""The simple rules: those that read facts by themselves, with neither conditions nor rules below.

`rules` makes others of them.
"""

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Annotated, Any, Final, Literal, Self

from ami_scoring.domain.conditions import MAX_PARTS, Category, Points, parse_points
from ami_scoring.domain.limits import LimitBound, Limited
from ami_scoring.domain.modelling.markers import Field, WithJsonSchema, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Parsed, Text, fold
from ami_scoring.domain.quantities import Count
from ami_scoring.domain.spellings import recognised
from ami_scoring.exact import Fraction

_MANY: Final = 20
"""Bands from which looking for one costs more than to know where each begins."""
MAX_BANDS: Final = 5_000
"""Bands of one rule: a number is in one of them, and no other is looked at."""


class Lookup(Model):
    """Points by category: `points: {ZIP: 30, ZAC: 18}`."""

    kind: Literal["lookup"]
    fact: Text = Field(title="Donnée lue")
    points: dict[Category, Points] = Field(title="Points par valeur", min_length=1)
    otherwise: Points | None = Field(None, title="Points pour toute autre valeur")

    @cached_property
    def by_category(self) -> dict[str, Fraction]:
        """The table under folded keys, so that case and spelling of spaces do not count."""
        return {fold(key): points for key, points in self.points.items()}


class Band(Limited):
    """One band of values, `[from, below[` by default."""

    from_: LimitBound | None = Field(None, alias="from", title="à partir de (inclus)")
    above: LimitBound | None = Field(None, title="au-dessus de (exclu)")
    below: LimitBound | None = Field(None, title="moins de (exclu)")
    up_to: LimitBound | None = Field(None, title="jusqu'à (inclus)")
    points: Points = Field(title="Points")

    @model_validator(mode="after")
    def _one_bound_a_side(self) -> Self:
        if self.from_ is not None and self.above is not None:
            raise RefusalError("band-two-lower", "Une tranche commence par « from » ou « above », pas les deux.")
        if self.below is not None and self.up_to is not None:
            raise RefusalError("band-two-upper", "Une tranche finit par « below » ou « up_to », pas les deux.")
        return self

    @property
    def bounds(self) -> dict[str, Fraction | date]:
        """The bounds that the band has, by their keys in the file."""
        keys = {"from": self.from_, "above": self.above, "below": self.below, "up_to": self.up_to}
        return {key: bound for key, bound in keys.items() if bound is not None}

    @property
    def lower(self) -> Fraction | date | None:
        """The lower bound, or None where the band has no floor."""
        return self.above if self.from_ is None else self.from_

    @property
    def upper(self) -> Fraction | date | None:
        """The upper bound, or None where the band has no ceiling."""
        return self.up_to if self.below is None else self.below

    def holds(self, value: Any) -> bool:
        """Say whether a value falls in the band."""
        return (
            (self.from_ is None or value >= self.from_)
            and (self.above is None or value > self.above)
            and (self.below is None or value < self.below)
            and (self.up_to is None or value <= self.up_to)
        )


class Bands(Model):
    """Points by band of a number, a date or a delay."""

    kind: Literal["bands"]
    fact: Text = Field(title="Donnée lue")
    bands: list[Band] = Field(title="Tranches, dans l'ordre croissant", min_length=1, max_length=MAX_BANDS)

    def first_for(self, value: Any) -> int:
        """Give the first band that may hold a value: of thousands in order, those far below are not looked at."""
        return 0 if self._starts is None else max(bisect_right(self._starts, value) - 1, 0)

    @cached_property
    def _starts(self) -> list[Any] | None:
        """Where each band but the first begins, if they are many and in order."""
        starts: list[Any] = [band.lower for band in self.bands[1:]]
        if len(starts) < _MANY or any(start is None for start in starts):
            return None
        same = len({isinstance(start, date) for start in starts}) == 1
        return starts if same and all(low <= high for low, high in pairwise(starts)) else None


class Knot(Model):
    """One point of a piecewise-linear function."""

    at: Points = Field(title="Valeur de la donnée")
    points: Points = Field(title="Points à cette valeur")


class Outside(StrEnum):
    """What a piecewise-linear function does beyond its first and last knots."""

    CLAMP = "clamp"
    REFUSE = "refuse"


class Linear(Model):
    """Points along straight lines between knots."""

    kind: Literal["linear"]
    fact: Text = Field(title="Donnée lue")
    knots: list[Knot] = Field(title="Points de passage, dans l'ordre croissant", min_length=2, max_length=MAX_PARTS)
    outside: Outside = Field(Outside.CLAMP, title="Hors des points de passage : plafonner (clamp) ou refuser (refuse)")


class Counting(StrEnum):
    """How a slice that is not whole counts."""

    COMPLETED = "completed"
    STARTED = "started"
    EXACT = "exact"


class PerUnit(Model):
    """Points for each slice of a number: `points` for every `every`, beyond `after`, never above `at_most`."""

    kind: Literal["per_unit"]
    fact: Text = Field(title="Donnée lue")
    points: Points = Field(title="Points par tranche")
    every: Points = Field(Fraction(1), title="Taille d'une tranche")
    after: Points = Field(Fraction(0), title="À compter au-delà de")
    count: Counting = Field(Counting.COMPLETED, title="Tranche entière, commencée, ou au prorata exact")
    at_most: Points | None = Field(None, title="Plafond de points")

    @model_validator(mode="after")
    def _a_slice_has_a_size(self) -> Self:
        if self.every <= 0:
            raise RefusalError("slice-size", "La taille d'une tranche (« every ») doit être positive.")
        return self


class Cell(StrEnum):
    """What a cell of a table says in the place of points."""

    IMPOSSIBLE = "impossible"


def _parse_cell(value: object) -> Fraction | Cell:
    return Cell.IMPOSSIBLE if isinstance(value, str) and fold(value) == Cell.IMPOSSIBLE else parse_points(value)


PointsOrNever = Annotated[Fraction | Cell, Parsed(_parse_cell), WithJsonSchema({"type": ["number", "string"]})]


class Table(Model):
    """A two-way table: points by the category of one fact and the category of another.

    Two answers whose cell is impossible contradict one another: they are refused, and no point is given.
    """

    kind: Literal["table"]
    rows: Text = Field(title="Donnée lue en ligne")
    columns: Text = Field(title="Donnée lue en colonne")
    points: dict[Category, dict[Category, PointsOrNever]] = Field(
        title="Points : une ligne par valeur ; « impossible » pour deux réponses qui s'excluent", min_length=1
    )
    otherwise: Points | None = Field(None, title="Points pour toute case absente")

    @cached_property
    def cells(self) -> dict[tuple[str, str], Fraction | Cell]:
        """The cells under folded keys."""
        return {
            (fold(row), fold(column)): points for row, cells in self.points.items() for column, points in cells.items()
        }

    @cached_property
    def by_categories(self) -> dict[tuple[str, str], Fraction]:
        """The cells that give points, under folded keys."""
        return {cell: points for cell, points in self.cells.items() if not isinstance(points, Cell)}

    def forbids(self, row: str, column: str) -> bool:
        """Say whether two answers, folded, exclude one another."""
        return self.cells.get((row, column)) is Cell.IMPOSSIBLE

    @property
    def has_forbidden(self) -> bool:
        """Whether any two answers exclude one another."""
        return len(self.by_categories) < len(self.cells)


class Aggregate(StrEnum):
    """How the marks of several assessors make one."""

    MEAN = "mean"
    MEDIAN = "median"
    LOWEST = "lowest"
    HIGHEST = "highest"
    CONSENSUS = "consensus"


class Tier(Model):
    """One described level of a judgement: what earns it, and its points."""

    points: Points = Field(title="Points du niveau")
    text: Text = Field(title="Ce qui vaut ce niveau")


class Judgement(Model):
    """A mark given by people, between bounds or among described levels, each with a written reason: `--assessments`."""

    kind: Literal["judgement"]
    on: Text = Field(title="Sujet jugé, tel que les avis le nomment")
    lowest_mark: Points | None = Field(None, alias="lowest", title="Note la plus basse (0, si rien n'est dit)")
    highest_mark: Points | None = Field(None, alias="highest", title="Note la plus haute")
    step: Points | None = Field(None, title="Pas des notes (0.5 pour des demi-points)")
    tiers: dict[Text, Tier] = Field(
        {}, title="Niveaux décrits, à la place de notes : leur nom, leurs points, leur texte"
    )
    aggregate: Aggregate = Field(Aggregate.MEAN, title="Moyenne, médiane, plus basse, plus haute, ou accord de tous")
    required: Count = Field(1, title="Avis requis : avec moins, la note attend")
    discuss_above: Points | None = Field(None, title="Écart entre avis au-delà duquel ils se discutent")

    @model_validator(mode="after")
    def _marks_or_tiers(self) -> Self:
        bounds = self.lowest_mark is not None or self.highest_mark is not None or self.step is not None
        if bounds is bool(self.tiers) or (not self.tiers and self.highest_mark is None):
            raise RefusalError(
                "judgement-shape",
                "Un jugement a soit une note la plus haute (« highest »), soit des niveaux décrits (« tiers »).",
            )
        return self

    @property
    def lowest(self) -> Fraction:
        """The lowest mark: that of the lowest level, where levels are described."""
        if self.tiers:
            return min(tier.points for tier in self.tiers.values())
        return Fraction(0) if self.lowest_mark is None else self.lowest_mark

    @property
    def highest(self) -> Fraction:
        """The highest mark: that of the highest level, where levels are described."""
        if self.highest_mark is None:
            return max(tier.points for tier in self.tiers.values())
        return self.highest_mark

    @cached_property
    def by_tier(self) -> dict[str, Fraction]:
        """The points of the levels, under folded names."""
        return {fold(name): tier.points for name, tier in self.tiers.items()}

    def takes(self, mark: Fraction) -> bool:
        """Say whether a mark is on the scale."""
        if self.tiers:
            return any(tier.points == mark for tier in self.tiers.values())
        if not self.lowest <= mark <= self.highest:
            return False
        return self.step is None or ((mark - self.lowest) / self.step).denominator == 1

    def mark_of(self, written: Fraction | str) -> Fraction | None:
        """Give the mark that somebody wrote, as a number or as the name of a level; None off the scale."""
        mark = self.by_tier.get(recognised(written, tuple(self.tiers))) if isinstance(written, str) else written
        return mark if mark is not None and self.takes(mark) else None


class End(StrEnum):
    """Which value of the pool is the best."""

    LOWEST = "lowest"
    HIGHEST = "highest"


class Relative(Model):
    """Points by comparison with the other candidatures: the best value gets them all, the others in proportion.

    Or so many points for each rank of the value, equal ones sharing the better rank, and nothing beyond. `within` has
    each compared only with those that share a fact. Removing one candidature can then reorder the others; `validate`
    warns of it.
    """

    kind: Literal["relative"]
    fact: Text = Field(title="Donnée comparée")
    best: End = Field(title="La meilleure valeur est la plus basse (lowest) ou la plus haute (highest)")
    points: Points | None = Field(None, title="Points de la meilleure ; les autres à proportion")
    by_rank: list[Points] | None = Field(
        None, title="Points de chaque rang, du premier au dernier qui en a", min_length=1, max_length=MAX_PARTS
    )
    within: Text | None = Field(None, title="Donnée que partagent celles que l'on compare")

    @model_validator(mode="after")
    def _points_or_ranks(self) -> Self:
        if (self.points is None) == (self.by_rank is None):
            raise RefusalError(
                "relative-shape",
                "Une comparaison donne soit « points », à proportion de la meilleure, soit des points par rang "
                "(« by_rank »).",
            )
        return self

    @property
    def most(self) -> Fraction:
        """The points of the best value."""
        return self.by_rank[0] if self.by_rank else self.points or Fraction(0)

    def at_rank(self, rank: int) -> Fraction:
        """Give the points of a rank, from 1 on."""
        return self.by_rank[rank - 1] if self.by_rank and rank <= len(self.by_rank) else Fraction(0)


OPINIONS = "avis."
POOL = "groupe."
SimpleRule = Lookup | Bands | Linear | PerUnit | Table | Judgement | Relative
"""The rules that read facts by themselves, with neither conditions nor rules below."""


def own_facts(rule: SimpleRule) -> tuple[str, ...]:
    """Name the facts that a simple rule reads."""
    match rule:
        case Table():
            return (rule.rows, rule.columns)
        case Judgement():
            return (f"{OPINIONS}{rule.on}",)
        case Relative():
            told = f"{POOL}{'rang.' if rule.by_rank else ''}{rule.best}.{rule.fact}"
            return (rule.fact, told, *([] if rule.within is None else [rule.within]))
        case _:
            return (rule.fact,)
