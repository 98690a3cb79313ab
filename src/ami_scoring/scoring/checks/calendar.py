"""Dates that cannot be: after what they come before, of another century, or of a day that says too little."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Final, NamedTuple

from ami_scoring.domain.candidature import Candidature
from ami_scoring.domain.criteria import Criteria, Wave
from ami_scoring.domain.dates import parse_day
from ami_scoring.domain.declared import PREFIX
from ami_scoring.domain.facts import FactType
from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.findings import Problem, Severity
from ami_scoring.messages import Message
from ami_scoring.scoring.words import Path

OLDEST: Final = 1950
"""The year before which a date is told, whatever it is that of."""
NEAR: Final = 20
"""Within so many years of the deposit, a date that is a century off is taken for a slip."""
_A_LIFE: Final = 100 - NEAR


class Dated(NamedTuple):
    """A date of a candidature: where it stands, and whether it can only precede the deposit."""

    path: Path
    day: date
    is_past: bool = False


def check_calendar(candidature: Candidature, criteria: Criteria, wave: Wave | None) -> Iterable[Problem]:
    """Look at every date of a candidature in the light of its deposit, and at its deposit in that of the closings.

    `wave` is the one that the deposit falls in, if any was still open.
    """
    return () if _is_ordinary(candidature, wave) else _look(candidature, criteria, wave)


def _is_ordinary(candidature: Candidature, wave: Wave | None) -> bool:
    """Say at a glance that nothing is to be told, as of nearly every candidature."""
    if wave is None or candidature.extra:
        return False
    submitted, closes, closes_on = candidature.submitted_on, wave.closes, wave.closes_on
    if submitted == closes_on and isinstance(closes, datetime):
        return False
    diagnostic, premises, commitment = candidature.diagnostic, candidature.premises, candidature.commitment
    surveyed = diagnostic.surveyed_on if diagnostic else None
    decided = commitment.decided_on if commitment else None
    available = premises.available_on if premises else None
    year = submitted.year
    return (
        year >= OLDEST
        and abs(year - closes_on.year) < _A_LIFE
        and (surveyed is None or (surveyed <= submitted and surveyed.year >= OLDEST and year - surveyed.year < _A_LIFE))
        and (decided is None or (decided <= submitted and decided.year >= OLDEST and year - decided.year < _A_LIFE))
        and (available is None or (available.year >= OLDEST and abs(available.year - year) < _A_LIFE))
    )


def _look(candidature: Candidature, criteria: Criteria, wave: Wave | None) -> Iterator[Problem]:
    closes_on = (wave or criteria.waves[-1]).closes_on
    strange = _far_off(Dated(("depose_le",), candidature.submitted_on), closes_on)
    if strange is not None:
        yield strange
    elif wave is not None:
        yield from _check_hour(candidature, wave)
    for dated in _dates(candidature, criteria):
        found = _far_off(dated, closes_on if strange else candidature.submitted_on)
        if found is None and strange is None and dated.is_past:
            found = _after_deposit(dated, candidature.submitted_on)
        if found is not None:
            yield found


def _dates(candidature: Candidature, criteria: Criteria) -> Iterator[Dated]:
    diagnostic, premises, commitment = candidature.diagnostic, candidature.premises, candidature.commitment
    told: list[tuple[Path, date | None, bool]] = [
        (("diagnostic", "etat_des_lieux_le"), diagnostic.surveyed_on if diagnostic else None, True),
        (("locaux", "disponibles_le"), premises.available_on if premises else None, False),
        (("engagement_financier", "delibere_le"), commitment.decided_on if commitment else None, True),
    ]
    yield from (Dated(path, day, is_past) for path, day, is_past in told if day is not None)
    for key, raw in candidature.extra.items():
        fact = criteria.catalogue.get(PREFIX + key)
        if fact is not None and fact.type is FactType.DATE and raw is not None:
            try:
                yield Dated(("complements", key), parse_day(raw))
            except RefusalError:
                continue  # told as what it is: no date


def _far_off(dated: Dated, near: date) -> Problem | None:
    """Find a date before 1950, or one that would be near the deposit if its century were another."""
    year = dated.day.year
    if year >= OLDEST and abs(year - near.year) < _A_LIFE:
        return None
    meant = next((other for other in (year - 100, year + 100) if abs(other - near.year) <= NEAR), None)
    if meant is None and year >= OLDEST:
        return None
    message = Message("Cette date est de {year} : est-ce bien l'année ?", {"year": str(year)})
    mend = Message("Vouliez-vous dire {year} ?", {"year": str(meant)}) if meant is not None else None
    return Problem("date-far-off", Severity.WARNING, dated.path, message, mend)


def _after_deposit(dated: Dated, submitted: date) -> Problem | None:
    if dated.day <= submitted:
        return None
    message = Message(
        "Le {day} vient après le dépôt de la candidature ({submitted}).", {"day": dated.day, "submitted": submitted}
    )
    mend = Message("Vérifiez l'année, et que le jour et le mois ne sont pas inversés.")
    return Problem("date-after-deposit", Severity.WARNING, dated.path, message, mend)


def _check_hour(candidature: Candidature, wave: Wave) -> Iterator[Problem]:
    submitted, closes = candidature.submitted_at, wave.closes
    if isinstance(submitted, datetime) or not isinstance(closes, datetime) or submitted != wave.closes_on:
        return
    message = Message(
        "Ce dépôt est du jour de la clôture, sans heure : « {wave} » clôt le {closes}. Il est tenu pour à temps.",
        {"wave": wave.name, "closes": closes},
    )
    mend = Message("Écrivez l'heure du dépôt, par exemple {example}.", {"example": closes.isoformat()})
    yield Problem("deposit-without-hour", Severity.WARNING, ("depose_le",), message, mend)
