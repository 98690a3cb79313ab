"""What tells candidatures apart: a fact, the points of a criterion, a draw, or what nobody retained covers yet."""

from enum import StrEnum
from typing import Annotated, Any, NamedTuple, Self

from ami_scoring.domain.modelling.markers import Discriminator, Field, Tag, model_validator
from ami_scoring.domain.modelling.models import Model
from ami_scoring.domain.primitives import Text


class Prefer(StrEnum):
    """Which end of a fact comes first in a tie."""

    EARLIEST = "earliest"
    LATEST = "latest"
    HIGHEST = "highest"
    LOWEST = "lowest"
    YES = "oui"
    NO = "non"

    @property
    def puts_least_first(self) -> bool:
        """Whether the least of two values comes first: a no counts as less than a yes."""
        return self in {Prefer.EARLIEST, Prefer.LOWEST, Prefer.NO}

    @property
    def is_of_answers(self) -> bool:
        """Whether it tells a yes from a no, and nothing else."""
        return self in {Prefer.YES, Prefer.NO}


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


class UncoveredTie(Model):
    """Among equals who contest a place, those come first whose category nobody retained already has."""

    uncovered: Text = Field(title="Donnée dont les valeurs sont à couvrir")


def _tie_kind(value: Any) -> str:
    if isinstance(value, dict):
        for key in ("fact", "draw", "uncovered"):
            if key in value:
                return f"<{key}>"
    return "<criterion>"


RankTie = FactTie | CriterionTie | DrawTie
"""What gives ranks: it depends on two candidatures alone."""
Tie = Annotated[
    Annotated[FactTie, Tag("<fact>")]
    | Annotated[CriterionTie, Tag("<criterion>")]
    | Annotated[DrawTie, Tag("<draw>")]
    | Annotated[UncoveredTie, Tag("<uncovered>")],
    Discriminator(_tie_kind),
]


def by_name(data: Any, key: str) -> Any:
    """Read, in a list under a key, the name of a criterion alone as what orders by its points."""
    if isinstance(data, dict) and isinstance(data.get(key), list):
        return {**data, key: [{"criterion": tie} if isinstance(tie, str) else tie for tie in data[key]]}
    return data


class Ranks(StrEnum):
    """How ranks are numbered where equals share one. Places are always given by the first of these."""

    COMPETITION = "competition"
    """1, 2, 2, 4: one more than the candidatures ahead."""
    DENSE = "dense"
    """1, 2, 2, 3: no number is skipped."""
    AVERAGE = "average"
    """1, 2.5, 2.5, 4: the mean of the ranks that the equals occupy."""


class Holder(NamedTuple):
    """Who was retained, and of which category; None where nothing says it."""

    reference: str
    category: Any
    wave: str = ""
    """The name of the wave that retained it, where it is an earlier one."""


class Ranking(Model):
    """How equal totals are told apart; without ties, they share a rank."""

    ties: list[Tie] = Field([], title="Départage, dans l'ordre")
    ranks: Ranks = Field(Ranks.COMPETITION, title="Comment les rangs se numérotent après une égalité")
    _retained: tuple[Holder, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _criterion_by_name(cls, data: Any) -> Any:
        return by_name(data, "ties")

    @property
    def uncovered(self) -> str | None:
        """The fact whose values are to be covered, where the sharing itself parts equals by it."""
        return next((tie.uncovered for tie in self.ties if isinstance(tie, UncoveredTie)), None)

    @property
    def retained(self) -> tuple[Holder, ...]:
        """Whom earlier waves retained, whose categories are covered for the wave that is evaluated."""
        return self._retained

    def after(self, retained: tuple[Holder, ...]) -> Self:
        """Give the same for a wave that comes after others, which retained these."""
        made = self.model_copy()
        made._retained = retained  # noqa: SLF001 - its own
        return made

    @property
    def ordering(self) -> list[RankTie]:
        """The tie-breaks that give ranks: those before the one that depends on who is retained."""
        found: list[RankTie] = []
        for tie in self.ties:
            if isinstance(tie, UncoveredTie):
                break
            found.append(tie)
        return found

    @property
    def seed(self) -> str | None:
        """The seed of the draw that parts those whom coverage leaves equal."""
        after = self.ties[len(self.ordering) + 1 :]
        return next((tie.draw for tie in after if isinstance(tie, DrawTie)), None)
