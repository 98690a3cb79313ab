"""The day and the time that a serial number of a spreadsheet stands for."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from ami_scoring.domain.criteria import Wave
from ami_scoring.domain.dates import parse_day, parse_moment
from ami_scoring.sources.spreadsheets.cells import spell_day

DAY = 45_473
"""30 June 2024."""


@pytest.mark.parametrize(
    ("serial", "spelt"),
    [
        ("45473", "2024-06-30"),
        ("45473.0000000001", "2024-06-30"),
        ("45473.5", "2024-06-30T12:00:00+02:00"),
        ("45473.375011574076", "2024-06-30T09:00:01+02:00"),
        ("45473.5000046296", "2024-06-30T12:00:00.400000+02:00"),
        ("45473.9999884259", "2024-06-30T23:59:59+02:00"),
        ("45473.999995", "2024-06-30T23:59:59.568000+02:00"),
        ("45473.99999999999", "2024-06-30T23:59:59.999999+02:00"),
    ],
)
def test_a_serial_number_is_an_instant_of_its_own_day(serial: str, spelt: str) -> None:
    found = spell_day(serial, mac=False)
    assert found is not None
    assert (found[:19], len(found)) == (spelt[:19], len(spelt))
    assert parse_day(found) == date(2024, 6, 30)


@pytest.mark.parametrize("closes", [date(2024, 6, 30), datetime.fromisoformat("2024-06-30T23:59:59.999999+02:00")])
def test_the_last_fraction_of_a_second_of_the_closing_day_is_on_time(closes: date) -> None:
    last = parse_moment(spell_day(str(DAY + 86_399.9 / 86_400), mac=False))
    assert isinstance(last, datetime)
    assert Wave(id="v", closes=closes).takes(last)


def test_a_fraction_of_a_second_after_a_closing_at_noon_is_late() -> None:
    late = parse_moment(spell_day("45473.5000046296", mac=False))
    assert not Wave(id="v", closes=parse_moment("2024-06-30T12:00:00+02:00")).takes(late)
