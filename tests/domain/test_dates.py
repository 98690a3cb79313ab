"""The doors of days and instants: as French forms write them, or a sentence that says how to mend it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ami_scoring.domain.dates import _DAY_AND_HOUR, parse_day, parse_moment

from .building import refused


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-11-30", date(2021, 11, 30)),
        ("2021-1-3", date(2021, 1, 3)),
        ("30/11/2021", date(2021, 11, 30)),
        ("30-11-2021", date(2021, 11, 30)),
        ("30.11.2021", date(2021, 11, 30)),
        ("3/1/2021", date(2021, 1, 3)),
        ("30 novembre 2021", date(2021, 11, 30)),
        ("30\u00a0NOVEMBRE\u202f2021", date(2021, 11, 30)),
        ("1er avril 2022", date(2022, 4, 1)),
        ("1 fevrier 2022", date(2022, 2, 1)),
        ("1 fe\u0301vrier 2022", date(2022, 2, 1)),
        ("15 Août 2022", date(2022, 8, 15)),
        (" 2024-02-29 ", date(2024, 2, 29)),
        (date(2022, 5, 31), date(2022, 5, 31)),
        (datetime(2022, 5, 31, 23, 59), date(2022, 5, 31)),  # noqa: DTZ001 - a spreadsheet's cell has no offset
        (datetime(2022, 5, 31, 23, 59, tzinfo=UTC), date(2022, 6, 1)),
        ("1900-01-01", date(1900, 1, 1)),
        ("31/12/2199", date(2199, 12, 31)),
    ],
)
def test_dates_are_read_as_french_forms_write_them(written: object, day: date) -> None:
    assert parse_day(written) == day


@given(st.from_regex(_DAY_AND_HOUR.pattern, fullmatch=True))
def test_no_hour_is_written_without_its_sign(written: str) -> None:
    assert "h" in written or ":" in written


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("30/11/21", "date-two-digit-year"),
        ("11/30/2021", "date-swapped"),
        ("2021-30-11", "date-swapped"),
        ("29/02/2022", "date-unknown"),
        ("31/04/2022", "date-unknown"),
        ("00/04/2022", "date-unknown"),
        ("2022-00-10", "date-unknown"),
        ("2022-13-13", "date-unknown"),
        ("1899-12-31", "date-range"),
        ("01/01/2200", "date-range"),
        ("0000-01-01", "date-range"),
        ("30 brumaire 2021", "date-expected"),
        ("hier", "date-expected"),
        ("2021", "date-expected"),
        ("2021/11/30", "date-expected"),
        ("2022-02-28T23:30Z", "date-expected"),
        ("44530", "date-expected"),
        (44530, "date-expected"),
        (True, "date-expected"),
        (None, "date-expected"),
        (["2021-11-30"], "date-expected"),
    ],
)
def test_a_doubtful_date_is_refused_with_its_reason(written: object, code: str) -> None:
    with refused(code):
        parse_day(written)


@given(
    st.dates(date(1900, 1, 1), date(2199, 12, 31)), st.sampled_from(["%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y"])
)
def test_every_day_survives_every_way_to_write_it(day: date, form: str) -> None:
    assert parse_day(day.strftime(form)) == day


# --- Instants ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "in_paris"),
    [
        ("2022-02-28T23:30:00Z", "2022-03-01T00:30:00+01:00"),
        ("2022-02-28T22:59:59Z", "2022-02-28T23:59:59+01:00"),
        ("2022-02-28T23:00:00Z", "2022-03-01T00:00:00+01:00"),
        ("2022-02-28 23:30+01:00", "2022-02-28T23:30:00+01:00"),
        ("2022-09-30T21:59:59Z", "2022-09-30T23:59:59+02:00"),
        ("2022-09-30T22:00:00z", "2022-10-01T00:00:00+02:00"),
        ("2022-03-01T00:30:00-05:00", "2022-03-01T06:30:00+01:00"),
        ("2022-03-01T04:00:00+14:00", "2022-02-28T15:00:00+01:00"),
    ],
)
def test_an_instant_is_told_in_paris(written: str, in_paris: str) -> None:
    moment = parse_moment(written)
    assert isinstance(moment, datetime)
    assert moment.isoformat() == in_paris


def test_a_day_alone_stays_a_day() -> None:
    assert parse_moment("28/02/2022") == date(2022, 2, 28)
    assert not isinstance(parse_moment("2022-02-28"), datetime)


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("2022-10-30T02:30:00", "moment-without-offset"),
        ("30/10/2022 à 2 h 30", "moment-without-offset"),
        ("27/03/2022 02:30", "moment-without-offset"),
        ("28/02/2022 25:00", "moment-form"),
        ("28/02/1822 10:00", "date-range"),
        ("31/02/2022 10:00", "date-unknown"),
        ("2022-02-28T25:00:00Z", "moment-form"),
        ("2022-02-30T10:00:00Z", "moment-form"),
        ("2022-02-28T23:30:00 Paris", "moment-form"),
        ("9999-12-31T23:59:59Z", "date-range"),
        ("0001-01-01T00:00:00+05:00", "date-range"),
        ("1899-12-31T10:00:00Z", "date-range"),
        ("demain", "date-expected"),
        (None, "date-expected"),
    ],
)
def test_an_instant_that_could_be_two_is_refused(written: object, code: str) -> None:
    with refused(code):
        parse_moment(written)


@given(
    st.datetimes(datetime(1970, 1, 2), datetime(2100, 1, 1)),  # noqa: DTZ001 - the offset is drawn apart
    st.integers(-14 * 60, 14 * 60),
)
def test_paris_time_is_the_same_instant(naive: datetime, minutes: int) -> None:
    instant = naive.replace(tzinfo=timezone(timedelta(minutes=minutes)), microsecond=0)
    assert parse_moment(instant.isoformat()) == instant
    assert parse_moment(instant) == parse_moment(instant.isoformat())


@pytest.mark.parametrize(
    "written",
    [
        "2024-06-30 09:00",
        "2024-06-30T09:00",
        "2024-06-30T09:00:00.000",
        "30/06/2024 09:00",
        "30.06.2024 9:00:00",
        "30/06/2024 9h",
        "30/06/2024 9 h 00",
        "30/06/2024 à 09h00",
        "30/06/2024, 09:00",
        "30 juin 2024 à 9 h 00 min",
    ],
)
def test_an_hour_without_an_offset_is_that_of_paris(written: str) -> None:
    assert str(parse_moment(written)) == "2024-06-30 09:00:00+02:00"
    assert parse_day(written) == date(2024, 6, 30)


def test_a_typed_instant_is_judged_as_its_text() -> None:
    late = parse_moment(datetime(2022, 9, 30, 22, 30, tzinfo=UTC))
    assert late == parse_moment("2022-09-30T22:30:00Z")
    assert str(late) == "2022-10-01 00:30:00+02:00"
    assert parse_moment(datetime(2022, 9, 30)) == date(2022, 9, 30)  # noqa: DTZ001 - a day, as spreadsheets type it
    assert parse_moment(datetime(2022, 9, 30, 22, 30)) == parse_moment("30/09/2022 22:30")  # noqa: DTZ001 - of Paris


def test_an_iso_hour_without_minutes_is_that_of_paris() -> None:
    assert str(parse_moment("2024-06-30T09")) == "2024-06-30 09:00:00+02:00"
