"""One row for each candidature read, whatever became of it, and the text of its cells made safe for one line."""

from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from ami_scoring.domain.candidature import Candidature, Commune
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Origin
from ami_scoring.domain.evaluated import Evaluation
from ami_scoring.domain.facts import Missing
from ami_scoring.domain.scores import ScoreCard
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.messages import NARROW_NO_BREAK, NO_BREAK, Message, printable
from ami_scoring.patterns import late
from ami_scoring.scoring.marks import facts_used, wave_of
from ami_scoring.scoring.words import reasoner

ZONE = "zonage"
"""The fact shown as a column of its own, where the policy reads it."""

_SPACES = late(r"[^\S\u00a0\u202f]+")


class Row(NamedTuple):
    """What every table says of one candidature; set aside, it has no rank and no score card."""

    status: Status
    reasons: tuple[Message, ...]
    origin: Origin
    reference: str | None
    candidature: Candidature | None
    commune: Commune | None
    """Its main commune."""
    wave: Wave | None
    standing: Standing | None = None
    card: ScoreCard | None = None
    """The score card, where it counts."""

    @property
    def zone(self) -> str | None:
        """The zone that the policy read."""
        value = self.card.values.get(ZONE) if self.card else None
        return None if value is None or isinstance(value, Missing) else str(value)


def rows_of(evaluation: Evaluation, top: int | None = None) -> list[Row]:
    """Give the ranked candidatures, those on hold, then those set aside; `top` leaves out the ranks beyond it."""
    return [*map(row_maker(evaluation.criteria), listed(evaluation, top))]


def listed(evaluation: Evaluation, top: int | None = None) -> list[Standing | SetAside]:
    """Give what `rows_of` makes rows of, for those who make them one by one."""
    standings = (one for one in evaluation.standings if top is None or (one.shown_rank or 0) <= top)
    return [*standings, *evaluation.set_aside]


def row_maker(criteria: Criteria) -> Callable[[Standing | SetAside], Row]:
    """Make the function that makes the row of one candidature."""
    reasons_of = reasoner(criteria)
    return lambda one: _placed(one, reasons_of(one)) if isinstance(one, Standing) else _aside(one, criteria)


def shows_zone(criteria: Criteria) -> bool:
    """Say whether the policy reads the zone, so that tables show it."""
    return ZONE in facts_used(criteria)


@lru_cache(maxsize=16_384)
def one_line(text: str) -> str:
    """Make any text fit for a cell: spaces and line breaks become one space, unseen characters are spelt out."""
    return printable(text if text.isascii() and text.isprintable() else _with_single_spaces(text))


def _with_single_spaces(text: str) -> str:
    """Make one space of several and of line breaks, and leave none at the ends; no-break spaces stay as they are."""
    if "  " not in text and text.strip() == text:
        seen = text.replace(NO_BREAK, "").replace(NARROW_NO_BREAK, "")
        if seen.isprintable():  # the other spaces are all unprintable, but for the plain one
            return text
    return _SPACES.sub(" ", text).strip()


def joined(reasons: tuple[Message, ...]) -> str:
    """Join sentences in one cell."""
    return " ; ".join(str(reason).removesuffix(".") for reason in reasons)


def _placed(standing: Standing, reasons: tuple[Message, ...]) -> Row:
    (candidature, origin, _, _), wave, card, *_ = standing.scored
    main = candidature.place.main_commune
    return Row(standing.status, reasons, origin, candidature.reference, candidature, main, wave, standing, card)


def _aside(one: SetAside, criteria: Criteria) -> Row:
    candidature = one.entry.candidature if one.entry else None
    wave = wave_of(candidature.submitted_at, criteria) if candidature else None
    commune = candidature.place.main_commune if candidature else None
    return Row(one.status, one.reasons, one.origin, one.reference, candidature, commune, wave)
