"""Which wave a deposit falls in, what the waves that are not evaluated hold, and what earlier ones gave."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import lru_cache, partial
from typing import TYPE_CHECKING, NamedTuple

from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.entries import Entry
from ami_scoring.domain.standings import SetAside, Standing, Status
from ami_scoring.messages import Message, to_the_second
from ami_scoring.scoring.marks.identity import Filed, projects
from ami_scoring.scoring.marks.remembering import MOST_KEPT

if TYPE_CHECKING:
    from ami_scoring.domain.evaluated import Award


class Elsewhere(NamedTuple):
    """A candidature of a wave that is not evaluated."""

    entry: Entry
    wave: Wave


def wave_of(submitted: date | datetime, criteria: Criteria) -> Wave | None:
    """Give the first wave that was still open at the deposit, or None when all were closed."""
    for wave in criteria.waves:
        if wave.takes(submitted):
            return wave
    return None


def wave_finder(criteria: Criteria) -> Callable[[date | datetime], Wave | None]:
    """Make a function that does as `wave_of`, and remembers the wave of each day.

    Of the hour that comes twice in a year, both instants are equal to Python: what has an hour is looked at anew.
    """
    of_day = lru_cache(maxsize=MOST_KEPT)(partial(wave_of, criteria=criteria))
    return lambda submitted: of_day(submitted) if type(submitted) is date else wave_of(submitted, criteria)


def why_late(submitted: date | datetime, wave: Wave) -> Message:
    """Say that a deposit comes after the closing of a wave; to the second where the minute is the same."""
    return Message(
        "déposée le {submitted}, après la clôture du {closes} ({wave})",
        {**_told_apart(submitted, wave.closes), "wave": wave.name},
    )


def _told_apart(submitted: date | datetime, closes: date | datetime) -> dict[str, object]:
    if isinstance(submitted, datetime) and isinstance(closes, datetime) and _minute(submitted) == _minute(closes):
        return {"submitted": to_the_second(submitted), "closes": to_the_second(closes)}
    return {"submitted": submitted, "closes": closes}


def _minute(moment: datetime) -> float:
    return moment.timestamp() // 60


def why_elsewhere(submitted: date | datetime, its_wave: Wave, asked: Wave) -> Message:
    """Say that a deposit belongs to another wave than the one asked for."""
    return Message(
        "déposée le {submitted} : relève de {its}, pas de {asked}",
        {"submitted": submitted, "its": its_wave.name, "asked": asked.name},
    )


def already_awarded(entries: Iterable[Entry], awards: "Sequence[Award]", criteria: Criteria) -> dict[int, Message]:
    """Say of each of these, by identity, of which project that an earlier wave retained it is, where it is of one."""
    from ami_scoring.domain.evaluated import Award  # noqa: PLC0415 - a first wave does without

    found: dict[int, Message] = {}
    others = [_Deposit(entry) for entry in entries]
    filed: list[Filed] = [*awards, *others]
    for group in projects(filed, criteria):
        kept = next((one for one in group if isinstance(one, Award)), None)
        if kept is not None:
            said = {"wave": kept.wave.name, "reference": kept.entry.reference}
            message = Message("déjà retenue en {wave} ({reference})", said)
            found.update((id(one.entry), message) for one in group if isinstance(one, _Deposit))
    return found


class _Deposit(NamedTuple):
    entry: Entry


def with_other_versions(
    standings: Sequence[Standing], set_aside: Sequence[SetAside], criteria: Criteria
) -> tuple[Standing, ...]:
    """Tell each candidature of the only wave evaluated that other waves hold versions of it.

    Those are not scored, so that nobody knows here which one would count if all waves were evaluated together.
    """
    others = [
        Elsewhere(one.entry, wave)
        for one in set_aside
        if one.status is Status.OTHER_WAVE and one.entry is not None
        if (wave := wave_of(one.entry.candidature.submitted_at, criteria)) is not None
    ]
    told: dict[int, tuple[Message, ...]] = {}
    filed: list[Filed] = [*standings, *others]
    for group in projects(filed, criteria):
        found = sorted((one for one in group if isinstance(one, Elsewhere)), key=_deposit)
        said = tuple(map(_exists, found))
        told.update((id(one), said) for one in group if isinstance(one, Standing))
    return tuple(one._replace(elsewhere=told[id(one)]) for one in standings)


def _exists(one: Elsewhere) -> Message:
    return Message(
        "une autre version existe : {reference}, déposée le {submitted} ({wave})",
        {"reference": one.entry.reference, "submitted": one.entry.candidature.submitted_on, "wave": one.wave.name},
    )


def _deposit(one: Elsewhere) -> tuple[date, float, str]:
    """Order the deposits to be told: by their day in Paris, then by their instant, then by reference."""
    candidature = one.entry.candidature
    moment = candidature.submitted_at
    instant = moment.timestamp() if isinstance(moment, datetime) else float("-inf")
    return candidature.submitted_on, instant, candidature.reference
