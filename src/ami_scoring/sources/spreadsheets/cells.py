"""What one cell holds, told as the text that a person would have typed: one door for cells, YAML and JSON."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from enum import Enum, auto
from functools import lru_cache
from typing import Final, NamedTuple

from ami_scoring.domain.dates import PARIS
from ami_scoring.domain.primitives import SPACES
from ami_scoring.findings import Location

MAX_ROW: Final = 1_048_576
MAX_COLUMN: Final = 16_384

_EXCEL_EPOCH: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - a spreadsheet's days belong to no time zone
_MAC_DAYS: Final = 1_462
"""How many days later the calendar of old Macintosh workbooks begins."""
_LAST_DAY: Final = 2_958_465
_BUILT_IN_DATES: Final = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_BUILT_IN_PERCENTS: Final = frozenset({9, 10})
_NOT_A_SIGN: Final = re.compile(r'"[^"]*"|\\.|_.|\[(?!(?:h+|m+|s+)\])[^\]]*\]|general|standard', re.IGNORECASE)
_LITERAL: Final = re.compile(r'"[^"]*"|\\.')
_CODE: Final = re.compile(r"0(?: ?0)+")
_LETTERS: Final = re.compile(r"[A-Z]{1,3}", re.ASCII)
_ADDRESS: Final = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.ASCII)
_ESCAPE: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")


class Content(Enum):
    """How a cell came by its text."""

    TYPED = auto()
    DATE = auto()
    ERROR = auto()
    """An error of the spreadsheet: `#N/A`, `#REF!`."""
    UNCOMPUTED = auto()
    """A formula whose value no program ever worked out and stored."""


class Cell(NamedTuple):
    """A cell that is not blank. `text` is what it shows, numbers and dates in a form that is never ambiguous."""

    text: str
    content: Content = Content.TYPED
    formula: str | None = None


class Spot(NamedTuple):
    """A place in a grid: row and column, from 1."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """The name that people read on the screen: `C12`."""
        return f"{column_name(self.column)}{self.row}"


WhereIs = Callable[[Spot], Location]


def column_name(column: int) -> str:
    """Name a column by letters: 1 is `A`, 27 is `AA`."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(maxsize=MAX_COLUMN)
def parse_column(name: str) -> int | None:
    """Give the number of a column from its letters, or None when there is no such column."""
    if not _LETTERS.fullmatch(name):
        return None
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number if number <= MAX_COLUMN else None


def parse_address(text: str) -> Spot | None:
    """Read an address such as `C12`; None when no sheet has such a cell."""
    found = _ADDRESS.fullmatch(text)
    if found is None:
        return None
    letters, digits = found.groups()
    row, column = int(digits), parse_column(letters)
    return Spot(row, column) if column is not None and 1 <= row <= MAX_ROW else None


def is_date_format(number: int, code: str | None) -> bool:
    """Say whether a number format shows dates: a built-in one by its number, another by its code."""
    if code is None:
        return number in _BUILT_IN_DATES
    signs = _signs(code)
    return any(sign in signs for sign in "yd") or ("m" in signs and "h" not in signs and "s" not in signs)


def is_percent_format(number: int, code: str | None) -> bool:
    """Say whether a number format shows a hundred times what is stored, as `0.0%` does and `0.0"%"` does not."""
    return number in _BUILT_IN_PERCENTS if code is None else "%" in _signs(code)


def _signs(code: str) -> str:
    return _NOT_A_SIGN.sub("", code.split(";", maxsplit=1)[0]).casefold()


def parse_code_format(code: str | None) -> str | None:
    """Give the zeros and spaces of a number format that shows a code, such as `00000` or `000" "000`; None for others.

    Two zeros at least: a single one shows no more digits than a number has.
    """
    shape = _LITERAL.sub(lambda found: found[0].strip('"\\'), (code or "").split(";", maxsplit=1)[0])
    shape = SPACES.sub(" ", shape)
    return shape if _CODE.fullmatch(shape) else None


def spell_code(raw: str, shape: str) -> str | None:
    """Write a whole number as a format shows it: `09000` for 9000 and `00000`; None when it shows something else."""
    digits = spell_stored(raw)
    if not digits.isdecimal():
        return None
    rest = iter(reversed(digits.rjust(shape.count("0"), "0")))
    shown = [next(rest) if sign == "0" else sign for sign in reversed(shape)]
    return "".join(reversed([*shown, *rest]))


def is_code_of(shown: str, raw: str) -> bool:
    """Say whether what a cell shows is its whole number behind zeros that a format adds."""
    digits = SPACES.sub("", shown)
    return (
        digits.startswith("0")
        and len(digits) > 1
        and digits.isdecimal()
        and digits.lstrip("0") == spell_stored(raw).lstrip("0")
    )


def spell_percent(raw: str) -> str:
    """Write the number that a workbook stores and shows in percent: `12 %` for 0.12, exactly."""
    stored = spell_stored(raw)
    try:
        return f"{spell_decimal(Decimal(stored).scaleb(2))} %"
    except InvalidOperation:
        return stored


def spell_stored(raw: str) -> str:
    """Write the number that a workbook stores as a person would read it there: fifteen digits, never ambiguous.

    Excel computes in binary and shows fifteen digits: `1.1000000000000001` was typed as 1.1.
    """
    try:
        number = Decimal(raw.strip())
        if not number.is_finite():
            return raw
        number = Decimal(f"{float(number):.15g}")
    except (InvalidOperation, OverflowError):
        return raw
    return spell_decimal(number)


def spell_decimal(number: Decimal) -> str:
    """Write a decimal number with a point, and never with exactly three decimals: `1.234` might be a thousand."""
    if number.adjusted() > 20:
        return str(number)
    text = f"{number:f}"
    if "." not in text:
        return text
    text = text.rstrip("0").rstrip(".")
    return text + "0" if len(text.partition(".")[2]) == 3 else text


def spell_day(raw: str, *, mac: bool) -> str | None:
    """Write the date, or the instant, that a serial number stands for; None when it stands for none.

    A spreadsheet has no offset: its time of day is that of Paris.
    """
    try:
        days = float(raw) + (_MAC_DAYS if mac else 0)
    except ValueError:
        return None
    if not 1 <= days <= _LAST_DAY:
        return None
    # Excel believes that 1900 had a 29 February: its first sixty days are one day off.
    whole, seconds = int(days), round((days - int(days)) * 86_400)
    moment = _EXCEL_EPOCH + timedelta(days=whole + (whole < 60), seconds=seconds)
    return moment.date().isoformat() if seconds % 86_400 == 0 else _in_paris(moment)


def place_in_paris(text: str) -> str:
    """Give the offset of Paris to a day and an hour that a spreadsheet stores without any; other texts as they are."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return text
    return text if moment.tzinfo is not None else _in_paris(moment.replace(microsecond=0))


def _in_paris(moment: datetime) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - costs a read of the time zone database, rarely needed

    return moment.replace(tzinfo=ZoneInfo(PARIS)).isoformat()


def unescape(text: str) -> str:
    """Give back the characters that a workbook writes as `_x000D_`."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
