"""Days and instants, as French forms write them; instants are told in Paris time."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from functools import lru_cache
from typing import Annotated, Final

from ami_scoring.domain.modelling.refusals import RefusalError
from ami_scoring.domain.primitives import Remembered, fold, json_type, shown, without_accents, wrong_type
from ami_scoring.patterns import late

PARIS: Final = "Europe/Paris"
_ISO_DATE = late(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_FRENCH_DATE = late(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{2}|\d{4})")
_WRITTEN_DATE = late(r"(\d{1,2})(?:er)? ([a-zàâçéèêëîïôûù]+)\.? (\d{4})")
_MOMENT = late(r"\d{4}-\d{2}-\d{2}[Tt ].+")
_DAY_AND_HOUR = late(
    r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}|\d{1,2}(?:er)? [^\W\d_]+\.? \d{4})(?:t|,? (?:[àa] )?)"
    r"(\d{1,2})(?: ?h(?: ?(\d{2})(?: ?min| ?mn)?)?|:(\d{2})(?::(\d{2})(?:[.,]\d+)?)?)",
)
_LONGEST = 40
"""Characters beyond which no text is a day and an hour."""
_INSTANT = late(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{6})?[+-]\d{2}:\d{2}(?::\d{2})?", re.ASCII)
"""What the reader of spreadsheets makes of a cell that holds a day and a time."""
_MONTHS = {
    "janvier": 1,
    "fevrier": 2,
    "mars": 3,
    "avril": 4,
    "mai": 5,
    "juin": 6,
    "juillet": 7,
    "aout": 8,
    "septembre": 9,
    "octobre": 10,
    "novembre": 11,
    "decembre": 12,
}


def parse_day(value: object) -> date:
    """Read a date: `2021-11-30`, `30/11/2021`, `30.11.2021`, `30 novembre 2021`, `1er avril 2022`.

    An instant gives its day in Paris.
    """
    if isinstance(value, datetime):
        return (value if value.tzinfo is None else in_paris(value)).date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        raise wrong_type("date-expected", "Une date est attendue ici, pas {found}.", value)
    if _INSTANT.fullmatch(value) or _with_hour(value):
        return parse_day(parse_moment(value))
    return _day_from_text(value)


def parse_moment(value: object) -> date | datetime:
    """Read a date, or an instant, which is then told in Paris time: `2024-06-30T09:00+02:00`, `30/06/2024 à 9 h 30`.

    An hour without an offset is that of Paris, as a spreadsheet's is; it is refused in the two nights of a year when
    it comes twice, or never. A typed instant is judged as the text that it writes; typed without an hour, it is a day.
    """
    if isinstance(value, datetime):
        value = value.isoformat() if value.tzinfo is not None or value.time() != time.min else value.date()
    text = fold(value).upper() if isinstance(value, str) else ""
    if isinstance(value, str) and (found := _with_hour(value)):
        day, hour, after_h, minute, second = found.groups()
        return _in_paris_at(value, _day_from_text(day), int(hour), int(after_h or minute or 0), int(second or 0))
    if not _MOMENT.fullmatch(text):
        return parse_day(value)
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise _not_an_instant(value) from None
    if instant.tzinfo is None:
        return _in_paris_at(value, instant.date(), instant.hour, instant.minute, instant.second)
    _refuse_far_year(shown(value), instant.year)
    return in_paris(instant)


def _with_hour(text: str) -> re.Match[str] | None:
    """See a day and an hour without an offset, as people write them: nobody writes an hour without « h » nor « : »."""
    words = fold(text) if len(text) <= _LONGEST else ""
    return _DAY_AND_HOUR.fullmatch(words) if "h" in words or ":" in words else None


def _in_paris_at(value: object, day: date, hour: int, minute: int, second: int) -> datetime:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a read of the time zone database, rarely needed

    _refuse_far_year(shown(value), day.year)
    try:
        instant = datetime(day.year, day.month, day.day, hour, minute, second, tzinfo=ZoneInfo(PARIS))
    except ValueError:
        raise _not_an_instant(value) from None
    if instant.utcoffset() != instant.replace(fold=1).utcoffset():
        raise RefusalError(
            "moment-without-offset",
            "« {text} » : cette nuit-là, cette heure revient deux fois ou n'existe pas ; ajoutez +01:00 (hiver) ou "
            "+02:00 (été).",
            {"text": shown(value)},
        )
    return instant


def _not_an_instant(value: object) -> RefusalError:
    return RefusalError(
        "moment-form",
        "« {text} » n'est pas un instant : écrivez par exemple 30/06/2024 09:00, ou 2022-02-28T23:30:00+01:00.",
        {"text": shown(value)},
    )


def in_paris(instant: datetime) -> datetime:
    """Tell an instant in the legal time of metropolitan France."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a read of the time zone database, rarely needed

    return instant.astimezone(ZoneInfo(PARIS))


@lru_cache(maxsize=8192)
def _day_from_text(text: str) -> date:
    words = fold(text)
    if found := _ISO_DATE.fullmatch(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _FRENCH_DATE.fullmatch(words):
        if len(found[3]) == 2:
            raise RefusalError(
                "date-two-digit-year", "« {text} » : écrivez l'année avec quatre chiffres.", {"text": shown(text)}
            )
        day, month, year = (int(part) for part in found.groups())
    elif (found := _WRITTEN_DATE.fullmatch(words)) and without_accents(found[2]) in _MONTHS:
        day, month, year = int(found[1]), _MONTHS[without_accents(found[2])], int(found[3])
    else:
        raise RefusalError(
            "date-expected",
            "« {text} » n'est pas une date : écrivez par exemple 2022-02-28 ou 28/02/2022.",
            {"text": shown(text)},
        )
    return _calendar_day(text, year, month, day)


def _calendar_day(text: str, year: int, month: int, day: int) -> date:
    if month > 12 >= day >= 1:
        raise RefusalError(
            "date-swapped",
            "« {text} » : il n'y a pas de mois {month}. Le jour et le mois sont-ils inversés ?",
            {"text": shown(text), "month": month},
        )
    _refuse_far_year(shown(text), year)
    try:
        return date(year, month, day)
    except ValueError:
        raise RefusalError(
            "date-unknown", "« {text} » : ce jour n'existe pas au calendrier.", {"text": shown(text)}
        ) from None


def _refuse_far_year(text: str, year: int) -> None:
    if not 1900 <= year <= 2199:
        raise RefusalError(
            "date-range", "« {text} » : l'année {year} est hors de 1900-2199.", {"text": text, "year": year}
        )


Day = Annotated[date, Remembered(parse_day), json_type("string")]
Moment = Annotated[date | datetime, Remembered(parse_moment), json_type("string")]
